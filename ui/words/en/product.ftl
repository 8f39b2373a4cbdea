product-page = { -thing(form: "One") }
product-open-excel = Open in Excel
product-follow = Follow
product-following = Following
product-followed = You hear about it when { $title } is filled or late.
product-unfollowed = You no longer follow { $title }.
product-more = More
product-save-xlsx = Save a copy for Excel
product-save-csv = Save a copy as CSV
product-save-parquet = Save a copy as Parquet
product-show-folder = Show in folder
product-print = Print
product-next-file = Bring in the next file
product-opened = Opened { $file }, a copy with today’s date.
product-not-opened = Saved { $file } in { $folder }. No program was found that opens it.
product-saved = Saved { $file } in { $folder }.
product-contents = On this page

product-glance = At a glance
product-filled = Filled
product-filled-by = by { $name }
product-promise = Promise
product-condition = Condition
product-condition-value = { $grade }, { $score } of 100
product-condition-fix = { $count ->
    [one] 1 thing to fix
   *[other] { $count } things to fix
}
product-keeper = Keeper
product-stand-in = Stand-in
product-rows = Rows
product-area = Area
product-version = Version
product-audience = Who may see it
product-audience-everyone = Everyone on this shelf
product-audience-label-only = Only the label is shared
product-audience-sealed = Only people who were chosen
product-tags = Words

product-look = Look inside
product-look-count = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
product-look-filtered = { $count } of { $all } rows
product-look-find = Find inside
product-look-find-hint = A word in any column
product-look-none = No row has that.
product-look-empty = It has no rows.
product-look-row = Row
product-look-rows = Rows of { $title }
product-look-copied = { $count ->
    [one] 1 cell copied
   *[other] { $count } cells copied
}
product-look-clear = Show all rows
product-column-menu = Column { $column }
product-sort-up = { $sort ->
    [text] Sort A to Z
    [time] Sort, oldest first
   *[number] Sort, smallest first
}
product-sort-down = { $sort ->
    [text] Sort Z to A
    [time] Sort, newest first
   *[number] Sort, largest first
}
product-sort-none = As it was
product-sorted-up = { $sort ->
    [text] sorted A to Z
    [time] sorted, oldest first
   *[number] sorted, smallest first
}
product-sorted-down = { $sort ->
    [text] sorted Z to A
    [time] sorted, newest first
   *[number] sorted, largest first
}
product-filter = Only rows where it
product-filter-contains = contains
product-filter-equals = is
product-filter-at-least = is at least
product-filter-at-most = is at most
product-filter-empty = is empty
product-filter-not-empty = is not empty
product-filter-value = Value
product-filter-go = Show these
product-filter-bad = A { $kind } such as { $example }
product-filter-remove = Take away: { $filter }
product-chip-contains = { $column } contains “{ $value }”
product-chip-anywhere = Contains “{ $value }”
product-chip-equals = { $column } is { $value }
product-chip-at-least = { $column } at least { $value }
product-chip-at-most = { $column } at most { $value }
product-chip-empty = { $column } is empty
product-chip-not-empty = { $column } is not empty

product-columns = Columns
product-column = Column
product-column-means = Meaning
product-column-holds = What it holds
product-column-filled = { $percent } filled
product-column-all-filled = all filled
product-column-distinct = { $count ->
    [one] 1 value
   *[other] { $count } different values
}
product-column-range = { $from } to { $to }
product-column-mean = on average { $mean }
product-column-key = Makes each row unique
product-column-required = Always filled
product-column-personal = Personal details
product-column-looks-up = Looks up in { $title }
product-column-top = Most frequent in { $column }
product-column-others = { $count ->
    [one] and 1 other
   *[other] and { $count } others
}
product-column-spread = How { $column } is spread: from { $from } to { $to }, most often between { $low } and { $high }.
product-bar = { $from } to { $to }: { $count ->
    [one] 1 row
   *[other] { $count } rows
}

product-origin = Where it comes from
product-origin-none = Nobody noted where it comes from.
product-origin-picture = Where { $title } comes from and where it is used
product-origin-file = file, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, brought in { $when }
product-origin-here = this { -thing }
product-origin-looks-up = looked up by { $column }
product-origin-looked-up = looks { $column } up here
product-origin-edge = { $column }
product-origin-more-files = { $count ->
    [one] 1 more file
   *[other] { $count } more files
}
product-as-list = Show as list
product-as-picture = Show as picture

product-rules = Promise and house rules
product-promise-kept = Kept. Due again { $when }.
product-promise-overdue = Overdue { $since }.
product-promise-none = No promise was made.
product-terms = What others may do with it
product-good-for = Good for
product-not-for = Not for
product-personal = Has personal details: { $columns }.
product-sharing-everyone = Everyone who can open this folder can open it. House rules are a request, not a lock.
product-sharing-label-only = The rows are not on the shelf. Whoever needs them asks the keeper.
product-sharing-sealed = For everyone else it is locked, whoever can open the folder.
product-to-fix = Left to fix

product-versions = What changed
product-version-line = Version { $number }, filled { $when } by { $name }
product-version-current = in use
product-version-kept-until = kept until { $when }
product-version-kept-past = was kept until { $when }
product-version-look = Look at it
product-version-look-named = Look at it, version { $number }
product-version-use = Use it again
product-version-use-named = Use it again, version { $number }
product-version-used = Version { $number } is in use again. The one before stays in the list.
product-version-more = { $count ->
    [one] Show 1 earlier version
   *[other] Show { $count } earlier versions
}
product-version-rows = Rows from version { $first } to version { $last }: from { $from } to { $to }.

product-earlier = You are looking at version { $number }, filled { $when }.
product-earlier-newest = Show the newest
product-newer = { $name } just filled this again.
product-newer-text = You still see the version before.
product-newer-show = Show the new one
product-not-here = On the shelf, not on this computer.
product-cloud-only = Its rows lie in the cloud only.
product-cloud-only-text = They come when you ask for them, and stay on this computer then.
product-cloud-elsewhere-text = The program that keeps this folder in step has left them there. Tell it to keep the folder on this computer always, then look again.
product-cloud-look = Look again
product-get = Get it, { $size }
product-getting = Getting { $title }
product-got = { $title } is on this computer now.
product-arriving = A newer version is on its way.
product-arriving-first = It is on its way.
product-arriving-parts = { $here } of { $all } parts are here. It shows as soon as all are.
product-overdue = Promised for { $due }. Last filled { $filled }.
product-overdue-remind = Remind { $name }
product-overdue-subject = { $title } is overdue
product-damaged = This copy does not match its seal.
product-damaged-text = It may have been changed or cut short on its way. We do not show it.
product-get-again = Get it again
product-use-other = Use the version of { $when }
product-damaged-ask = Ask to send it again
product-damaged-subject = { $title } has to be sent again
product-kept-this = { $title } is one again.
product-backwards-look = Look the shelf over
product-backwards-tell = Tell the keeper
product-backwards-subject = The shelf shows an older { $title }
product-two-versions = Two people filled it without knowing of each other.
product-two-versions-text = Both are kept, and one of them is shown to everyone until the keeper chooses.
product-see-both = See both
versions-title = Two versions of { $title }
versions-text = They were put on the shelf at the same time, and neither came from the other.
versions-which = Compare with
versions-of = The one of { $name }
versions-yours = Yours
versions-used = { $who } (shown now)
versions-when = Filled
versions-choose = Choose
versions-keep = Keep this one
versions-keep-named = Keep this one: { $who }
versions-sealed = One of them is sealed. Whichever you keep is sealed from then on.
versions-missing = The rows are not on this computer yet: { $who }. Without them nobody can tell what differs.
versions-changes = What differs: from “{ $from }” to “{ $to }”
versions-together = Bring both together
versions-together-text =
    { $count ->
        [one] One row is only in “{ $who }”. It is added to “{ $used }” as a draft, which you look at before it goes on the shelf. Rows that are in both, but with other values, stay as in “{ $used }”.
       *[other] { $count } rows are only in “{ $who }”. They are added to “{ $used }” as a draft, which you look at before it goes on the shelf. Rows that are in both, but with other values, stay as in “{ $used }”.
    }
versions-nothing-more = “{ $who }” has no row that is not in “{ $used }” too: there is nothing to add. Keep one of them.
versions-together-do = Bring them together
versions-keeper-chooses = The keeper chooses which one counts.
product-backwards = The shelf shows an older state than this computer has seen.
product-backwards-text = Perhaps a backup was put back. You see the newest that is here.
product-retired = It is retired.
product-retired-text = Nobody fills it any more.
product-too-new = It was made with a newer { -app }.
product-too-new-text = Update { -app } to see its rows.
product-label-only = Only the label is on the shelf.
product-label-only-text = Ask { $name } for the rows.
product-ask = Ask for it
product-ask-subject = May I have { $title }?
product-unconfirmed = Nobody has confirmed { $name } yet.
product-unconfirmed-text = Compare six words by telephone, and it is certain who put this there.
product-in-doubt = Nobody can tell yet whether this still counts.
product-in-doubt-text = It came from a computer of { $name } that was stopped. The page that says what of it counts has not arrived on this computer.
product-confirm = Confirm
product-copies = Working from the copy of { $time }.
product-copies-text = The shelf cannot be reached right now.
product-publishing = Your version is still on its way to the shelf.
product-publishing-open = See how far

product-printed = { $title }, version { $number }, printed { $date }
product-printed-rows = { $shown ->
    [one] The first row of { $all }
   *[other] The first { $shown } rows of { $all }
}

# Who may read it, and who asks.
access-reads = Can read it
access-waits = Chosen, cannot read it yet
access-asks = Asks for access
access-granted = Was let in
access-denied = Was not let in
access-withdrawn = No longer asks
product-access = Who may read it
access-honest = For everyone else it is locked, also on the server and in the folder. What somebody has opened once cannot be called back.
access-allow = Let somebody in
access-remove = Leave out
access-remove-name = Leave out: { $name }
access-allowed = { $name } can read { $title } now.
access-removed = The next versions of { $title } are closed to { $name }. What { $name } has opened cannot be called back.
access-denied-said = { $name } is told that it is not for them.
access-withdrawn-said = You no longer ask.
access-requests = Asked for
access-answered = Answered by { $name } { $when }
access-grant = Let them in
access-deny = Not for them
access-withdraw = Ask no more
access-locked = It is sealed, and not for you yet
access-purpose = What do you need it for?
access-purpose-hint = Only { $name } can read this sentence.
access-ask = Ask for access
access-asked-said = { $name } sees your question with the next look at the shelf.
access-asked-waits = You have asked. { $name } has not answered yet.

product-hand-over = Hand to another keeper
product-hand-over-title = Who keeps { $title } from now on?
product-hand-over-text = The label names them, they are reminded of the promise, and they fill it next. What stands on the shelf stays as it is.
product-hand-over-to = New keeper
product-hand-over-choose = Choose somebody
product-hand-over-do = Hand it over
product-handed-over = { $name } keeps { $title } now.

edited-title = { $count ->
    [one] Somebody changed the plain copy { $names } on the shelf by hand
   *[other] Somebody changed plain copies on the shelf by hand: { $names }
}
edited-text = It was left as it is, and readers of Larder do not see it. Take it over as the next version, or put the copy of the newest version back.
edited-text-plain = It was left as it is. Put the one of the newest version back, or leave it.
edited-use = Make it the next version
edited-use-file = Make { $name } the next version
edited-restore = Put ours back
edited-restored = The plain copies of { $title } are those of the newest version again.

access-grant-title = Let { $name } read { $title }?
access-grant-do = Let { $name } in
access-until = Until when?
access-until-needed = Until when do you need it?
access-until-none = No end
access-until-asked = { $day }, as they asked
access-until-week = A week, to the end of { $day }
access-until-month = A month, to the end of { $day }
access-until-quarter = Three months, to the end of { $day }
access-until-year = A year, to the end of { $day }
access-until-day = Until the end of { $day }
access-asked-until = Needs it until the end of { $day }
access-grant-open = They can read this version and later ones until you leave them out.
access-leaves = Leave { $name } out by itself after that day
access-leaves-text = With its first look at the shelf after { $day }, { -app } on this computer puts the newest rows there once more under another key, which { $name } does not get. You see it under Activity.
access-stays-text = After { $day } nothing happens by itself: you are reminded under Today.
access-leaves-said = { $name } is left out by itself after that day.
access-stays-said = { $name } stays until you say otherwise.
access-no-recall = What { $name } opens by then, and copies, cannot be called back.
access-deny-title = { $name } is not to read { $title }?
access-deny-words = A sentence with it, if you like
access-deny-hint = Only { $name } reads it.

# Whether somebody has looked it over, as the house rules ask.
review-looked-over = Looked over
review-last = { $when } by { $name }
review-unmet = { $days ->
    [one] Does not meet a house rule: it is to be looked over every day.
   *[other] Does not meet a house rule: it is to be looked over every { $days } days.
}
review-due = { $days ->
    [one] What is said about { $title } is a day old
   *[other] What is said about { $title } is { $days } days old
}
review-due-text = The house rules ask you to look it over. Read it through: say that it holds, or fill it again.
review-do = Looked over: all of it still holds
review-said = { $title } is looked over. Everyone on the shelf can see it.

# What it is used for, where the house rules ask.
use-ask = What do you use { $title } for?
use-ask-hint = Only { $name } and those who may confirm others read it. You may pass it over.
use-say = Say it
use-pass = Not now
use-said = What you use { $title } for is told to its keeper.
use-unsaid = What you use { $title } for is no longer told.
use-used = Used
use-by = Used by { $name } for: { $purpose }. Since { $when }.
use-mine = You use it for: { $purpose }. Since { $when }.
use-no-more = Tell it no longer
