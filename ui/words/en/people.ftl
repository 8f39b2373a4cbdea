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
people-wishes = { $name } would like to be called { $wish }.
people-wishes-you = You would like to be called { $wish }.
people-wishes-text = Colleagues see the new name once someone who may confirm others agrees. If you are not sure that it is really { $name } who asks, ring them.
people-wishes-you-text = Colleagues see the new name once someone who may confirm others agrees.
people-now-called = { $name } is called { $wish } now.
people-now-confirmed = { $name } is confirmed.
people-unknown = Nobody here is called { $name }
people-unknown-text = Perhaps they have changed their name, or left.
person-page = Person

# What you may do about somebody.
person-may-confirm = Confirm
person-may-rename = Agree to the new name
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

# Deciding together.
people-proposed-by-you =
    { $missing ->
        [one] You propose; one more has to sign:
       *[other] You propose; { $missing } more have to sign:
    }
people-signed = Signed by { $signed }. Not yet by { $unsigned }.
people-sign = Sign it, too
people-forked = Two decisions stand side by side
people-forked-text = They were made at the same time. Until they are brought together, only what both allow counts.
people-heal = Bring them together
people-arriving = A newer decision is on its way
people-arriving-text = What it stands upon has not arrived yet.
people-threshold-label = Signatures that a decision needs
people-threshold-hint = { $stewards } may confirm others.
people-second-of = { $name } says on another computer that this is theirs, too. It only has to be confirmed.
people-looks-like = The name looks like that of { $name }
people-looks-like-text = Make sure that it is who you think. The six words tell.
people-devices = Computers
people-devices-more = Another computer of yours joins the shelf under your name; then say on both that it is yours.

person-make-steward-title = Shall { $name } confirm others?
person-make-steward-text = { $name } can then confirm people, let them go, and decide with the others.
person-make-steward-do = Yes
person-unmake-steward-title = Shall { $name } no more confirm others?
person-unmake-steward-text = What { $name } has confirmed stays confirmed.
person-unmake-steward-do = Yes
person-remove-title = Let { $name } go?
person-remove-text = What { $name } says from now on does not count. What they put on the shelf stays until somebody else fills it; what they have opened, they have. New versions of sealed { -thing(form: "many") } are closed to them.
person-remove-do = Yes, let them go

device-this = This computer
device-some = Computer “{ $words }”
device-is-this = you are here
device-since = Since { $when }
device-active-at = Last heard of { $when }
device-says-mine = It says that it is yours.
device-waits-for-it = Say the same on that computer, too.
device-link-title = Is this your computer, too?
device-link-text = Compare these six words with those on its screen, under your name.
device-link-do = They are the same, it is mine
device-retire-title = Take this computer of { $name } out of use?
device-retire-text = What it has put on the shelf stays. It says nothing more; { -app } has to be set up on it anew to come back.
device-retire-do = Take it out of use
device-revoke-title = A computer of { $name } was lost
device-revoke-text = Nobody can use it any more to put something on the shelf in the name of { $name }. What had been opened on it is still on it.
device-revoke-note = Change the password of the folder or server, too: whoever has the computer may still have it.
device-revoke-do = Stop it
device-lost-upto = What does it still stand for?
device-lost-everything = All that is on the shelf by now
device-lost-everything-text = It was lost just now, and nothing odd has come from it.
device-lost-moment = What it had said up to a certain day
device-lost-moment-text = Everything later is taken off the shelf.
device-lost-nothing = Nothing
device-lost-nothing-text = It was in the wrong hands all along.
device-lost-last-good = The last that was in good hands
device-lost-head = number { $number }, { $products } { -thing(form: "many") }
take-over-title = A new computer for somebody who lost theirs
take-over-text = It takes the place of all computers that they had. Their { -thing(form: "many") } go on under the same name.
take-over-who = Whose computer is it?
take-over-do = The words are the same, take it over

# Invitations.
invite-do = Invite a colleague
invite-title = Invite a colleague to { $shelf }
invite-text = Three ways; one is enough. None holds a password.
invite-needs-folder = Your colleague needs the folder { $address } on their computer: share it with them first.
invite-needs-sign-in = Your colleague needs to sign in at { $address }: give them a user name and password of their own.
invite-hint = How do they find the folder?
invite-hint-text = In your words, such as “drive S:, Office, Shelf”
invite-file = As a file
invite-file-text = Send it by mail, or lay it into the folder. They open it, or drop it on the window of { -app }.
invite-file-do = Save the invitation…
invite-saved = The invitation is saved. Send it on as it is.
invite-link = As a link
invite-link-text = Paste it into a message. They paste it into { -app }.
invite-link-do = Copy the link
invite-words = By telephone
invite-words-text = They choose the place themselves, and type these six words.
invited-page = You have an invitation
invited-lead = Show the file, paste the link, or type the six words.
invited-lead-read = It was read. This is what it says.
invited-have = I have an invitation
invited-file = Open the file…
invited-paste = The link, or what stands in the file
invited-paste-do = Read it
invited-words = Six words
invited-words-text = As they were read out to you, with blanks between. Choose the place first.
invited-words-do = Compare them
invited-to = { $from } invites you to { $shelf }
invited-to-words = The words fit: { $shelf }
invited-compare = These are the six words of whoever began the shelf. If you are not sure who sent this, ring them and compare.
invited-found = It was found on this computer
invited-hint = { $from } says where to find it: { $hint }
invited-place = Where is it for you?
invited-join = Join it
invited-already = You are on this shelf already
invited-already-text = Nothing is left to do. It is among your shelves as { $name }.
invited-too-new = It stands at a kind of place that this { -app } does not know yet. Update { -app }.
