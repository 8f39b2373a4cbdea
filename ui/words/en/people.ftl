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

# What you may do about somebody.
person-may-confirm = Confirm
person-may-take-over = This is the new computer of somebody here
person-may-make-steward = Let them confirm others
person-may-unmake-steward = Let them confirm others no more
person-may-remove = Let them go

# What you may do about a computer.
device-may-link = This is my computer, too
device-may-retire = Take it out of use
device-may-revoke = It was lost

# How a computer stands.
device-asks = Not confirmed yet
device-active = In use
device-retired = No longer in use
device-revoked = Lost

# What became of a decision.
outcome-unchanged = It was so already.
outcome-done = Done. Everyone sees it as soon as they look at the shelf.
outcome-proposed =
    { $missing ->
        [one] Proposed. One more person has to sign it.
       *[other] Proposed. { $missing } more people have to sign it.
    }
outcome-named = Said on this computer. Now say the same on the other one.
outcome-both-named = Both computers have said so. Someone who may confirm others has to confirm it.

people-threshold = { $threshold } of { $stewards } who may confirm others have to sign a decision.
people-proposed =
    { $missing ->
        [one] { $name } proposes; one more has to sign:
       *[other] { $name } proposes; { $missing } more have to sign:
    }

# What a decision changes.
decided-person-added = { $name } comes to the shelf.
decided-person-removed = { $name } goes.
decided-person-renamed = { $before } is now called { $name }.
decided-device-added = { $name } has one more computer.
decided-device-retired = A computer of { $name } goes out of use.
decided-device-revoked = A computer of { $name } was lost: what it says from then on does not count.
decided-steward-added = { $name } may confirm others.
decided-steward-removed = { $name } may confirm others no more.
decided-threshold = Instead of { $before }, { $after } have to sign a decision.
decided-healed = { $count } decisions that stand side by side become one.
decided-rule-changed =
    { $what ->
        [required] What a label must have
        [publishers] Who may put things on the shelf
        [retention_days] How long earlier versions are kept
        [max_size_bytes] How large a { -thing } may be
        [kinds] Which kinds of files may be in it
        [review_days] How often somebody has to look it over
        [receipts] Whether readers say what they use it for
       *[other] How new { -app } has to be
    }

# What would be better otherwise.
hint-one-steward = Only one person may confirm others. If that computer is lost, nobody can any more: let a second person.
hint-no-spare-steward = All { $threshold } who may confirm others have to sign. If one computer is lost, nothing can be decided any more: let one more person.
hint-no-steward = Nobody is left who could decide anything here. The way on is a new shelf.
hint-recreate-device = The key of this computer is in use twice; perhaps it was put back from a backup, or copied. Set { -app } up anew on one of the two.
