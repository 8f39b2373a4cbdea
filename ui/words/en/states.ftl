# How a data product stands on this computer. Short, for the pill on a label. -more: a sentence for its page.
state-ready = Ready
state-ready-newer-arriving = Newer one arriving
state-arriving = On its way
state-not-here = Not on this computer
state-cloud-only = In the cloud only
state-two-versions = Two versions
state-retired = Retired
state-damaged = Copy damaged
state-went-backwards = Older than before
state-needs-newer-larder = Needs a newer { -app }
state-label-only = Only the label
state-needs-key = Not for you yet
state-hidden-title = Something sealed

state-ready-more = It is on this computer and matches its seal.
state-ready-newer-arriving-more = A newer one is on its way. Until it is here whole, you see the one before.
state-arriving-more = The label is here, its rows are still on their way.
state-not-here-more = It is on the shelf, not on this computer.
state-cloud-only-more = It is on the shelf. Its rows lie in the cloud behind this folder until somebody asks for them.
state-two-versions-more = Two people filled it without knowing of each other. Both are kept.
state-retired-more = Its keeper has retired it. It is not filled any more.
state-damaged-more = This copy does not match its seal, so it is not shown as good.
state-went-backwards-more = The shelf shows something older than this computer has seen. Perhaps the folder was put back from a backup.
state-needs-newer-larder-more = It was made with a newer { -app }. Update to open it.
state-label-only-more = Its keeper shares only the label. Ask them for the rows.
state-needs-key-more = It is sealed for others. Ask its keeper to let you in.

# The pill on a label
pill-filled = Filled { $when }
pill-overdue = Overdue { $since }
pill-unconfirmed = Not confirmed
fact-keeper-you = You
fact-rows =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
fact-sealed = Sealed
fact-followed = You follow it

# How this computer and the shelf stand to each other
sync-no-shelf = No shelf yet
sync-up-to-date = Up to date, { $time }
sync-up-to-date-plain = Up to date
sync-looking = Looking at the shelf
sync-copying = Copying { $done } of { $of }
sync-working-from-copies = Working from the copies on this computer
sync-needs-you = Needs you
sync-shelf = Shelf: { $name }
sync-paused = Paused
sync-paused-text = Nothing goes to the shelf or comes from it until you go on.
sync-pause = Pause
sync-go-on = Go on
sync-waiting =
    { $count ->
        [one] One waits to go on the shelf
       *[other] { $count } wait to go on the shelf
    }
sync-waiting-title = Waits on this computer
sync-waiting-text = It goes on the shelf by itself as soon as that works.
