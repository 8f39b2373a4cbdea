people-page = People
people-lead = Everyone on this shelf. Each has a key of their own, so nobody can fill a { -thing } in another’s name.
people-empty = Nobody is here yet
people-empty-text = Colleagues appear as soon as they join the shelf.
people-confirmed = Confirmed
people-steward = May confirm others
people-waiting = Waits to be confirmed
people-is-you = This is you.
people-keeps =
    { $count ->
        [0] Keeps nothing yet
        [one] Keeps one { -thing }
       *[other] Keeps { $count } { -thing(form: "many") }
    }
people-keeps-title = Keeps
people-change = Change your name, role or colour
people-their-words = Their six words
people-your-words = Your six words
people-your-words-text = When a colleague rings to confirm you, read these to them.
people-words-confirmed = They were compared and are the same.
people-words-compare = Ring { $name } and ask them to read their six words. They must be the same, in the same order.
people-confirm = They are the same, confirm
people-ask-steward = Someone who may confirm others has to compare these words.
people-now-confirmed = { $name } is confirmed.
people-unknown = Nobody here is called { $name }
people-unknown-text = Perhaps they have changed their name, or left.
person-page = Person
