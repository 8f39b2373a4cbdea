# What waits for the person: a bold lead, the rest of it, and what its button says.
need-overdue-mine = { $title } is overdue { $since }.
need-overdue-mine-more = You promised to fill it.
need-overdue-mine-do = Bring in the new file
need-overdue-followed = { $title } is overdue { $since }.
need-overdue-followed-more =
    { $has_keeper ->
        [no] You follow it.
       *[yes] { $keeper } keeps it, and you follow it.
    }
need-overdue-followed-do = Open it
need-draft-open = { $title } is not on the shelf yet.
need-draft-open-more = Your draft is saved on this computer.
need-draft-open-do = Go on with it
need-publication-held = { $title } has not reached the shelf.
need-publication-held-more = It is safe on this computer, and we keep trying.
need-publication-held-do = See how it stands
need-confirm-person = { $name } wants to join the shelf.
need-confirm-person-more = Ring them and compare six words.
need-confirm-person-do = Compare the words
need-name-wished = { $name } would like to be called { $wish }.
need-name-wished-more = Colleagues see the new name once you agree.
need-name-wished-do = Look at it
need-area-joined = { $name } now keeps something in { $area }.
need-area-joined-more = You chose that area for { $title }. Let { $name } open it, too?
need-area-joined-do = Let them in
need-area-joined-not = No
need-area-left = { $name } keeps nothing in { $area } any more.
need-area-left-more = They can open { $title } because of that area. Leave them out from now on? What they have opened cannot be called back.
need-area-left-do = Leave them out
need-area-left-not = Let them stay
need-area-not-said = { $title } stays closed to { $name }.
need-access-asked = { $name } would like to read { $title }.
need-access-asked-more = Say whether you let them in.
need-access-asked-do = See what for
need-sign-proposal = { $name } proposes something for the shelf.
need-sign-proposal-more = It counts once enough of you have signed it.
need-sign-proposal-do = See what it is
need-link-device = Another computer says it is yours.
need-link-device-more = Compare six words on both screens: { $words }
need-link-device-do = Compare the words
need-things-to-fix =
    { $count ->
        [one] One thing to fix in { $title }.
       *[other] { $count } things to fix in { $title }.
    }
need-things-to-fix-more =
    { $count ->
        [one] It is shown on its label.
       *[other] They are shown on its label.
    }
need-things-to-fix-do = Have a look
need-two-versions = { $title } was filled twice at the same time.
need-two-versions-more = Both are kept. Choose which one counts.
need-two-versions-do = Compare them
need-went-backwards = The shelf shows something older than before.
need-went-backwards-more = Perhaps the folder was put back from a backup. Your copies are safe.
need-went-backwards-do = See what is wrong
need-damaged = The copy of { $title } does not match its seal.
need-damaged-more = It can be fetched again.
need-damaged-do = Open it
need-cloud-only =
    { $count ->
        [one] A file of { $shelf } lies in the cloud and does not come.
       *[other] { $count } files of { $shelf } lie in the cloud and do not come.
    }
need-cloud-only-more = What was opened before can be read meanwhile.
need-cloud-only-do = See what to do
need-followed-filled = { $title } was filled again.
need-followed-filled-more =
    { $has_keeper ->
        [no] You follow it.
       *[yes] By { $keeper }. You follow it.
    }
need-followed-filled-do = See what changed

need-copy-edited = Somebody changed a plain copy of { $title } by hand.
need-copy-edited-more = It can become the next version, or be put right.
need-copy-edited-do = Look at it
need-out-of-use = This computer is out of use on this shelf.
need-out-of-use-more = Nobody at { $shelf } sees what it puts there. If that is a mistake, ask someone who may confirm others.
need-out-of-use-do = See who may
need-access-ended = { $name } can still read { $title }.
need-access-ended-more = You let them in until { $since }. Leave them out of the next version, or let them stay.
need-access-ended-do = Look at it
need-review-due = { $title } has to be looked over.
need-review-due-more =
    { $days ->
        [one] What is said about it is a day old.
       *[other] What is said about it is { $days } days old.
    }
need-review-due-do = Look it over
