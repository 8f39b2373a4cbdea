# The frame around every page.
frame-skip = Skip to the page
frame-sidebar = { -app }: places, you and the shelf
frame-places = Places
frame-messages = Messages
frame-back = Back (Alt+Left)
frame-forward = Forward (Alt+Right)
frame-find = Find
frame-help = Help (F1)
frame-in-sample = You are in the sample bakery.
frame-leave-sample = Leave
frame-drop = Drop to have a look. Nothing is shared yet.
frame-drop-on = Next file for { $title }
frame-drop-on-text = Its rows are added or take their place: you choose, after a check.
frame-drop-spots = Drop to have a look, or on a label of yours to fill it again.
frame-drop-files =
    { $count ->
        [one] One file
       *[other] { $count } files. Look at each, or join them if they have the same columns.
    }
frame-choose-other = Choose another file
frame-paste-keys = Press Ctrl+V to bring in the table you copied.
frame-paste-nothing = There is no table in the clipboard. Copy some rows first.
frame-paste-file = Drop the file on this window instead, or choose it with Browse.
frame-sync = How the shelf stands
frame-address = Where
frame-looked = Last looked
frame-look-only = You can look here, but not put things on the shelf.
frame-check-now = Check the shelf now
frame-people = Who is on it
frame-doctor = Is all well with it?

find-placeholder = A name, a column, a person, something to do
find-results = What was found
find-recent = Opened lately
find-things = On the shelf
find-people = People
find-pages = Pages
find-commands = Things to do
find-in-column = Column { $name }
find-with-person = Kept by { $name }
find-with-tag = { $name }
find-in-area = In { $area }
find-nothing = Nothing here mentions “{ $query }”.
find-count =
    { $count ->
        [one] One thing found
       *[other] { $count } things found
    }
find-do-browse = Bring in a file
find-do-paste = Paste a table
find-do-refresh = Check the shelf now
find-do-print = Print this page
find-do-zoom-in = Larger
find-do-zoom-out = Smaller
find-do-zoom-reset = Normal size
find-do-back = Back to where I was

frame-fault = { -app } met a fault of its own { $when }.
frame-fault-text = Your work is safe. Nothing left this computer.
frame-fault-read = See what happened
frame-fault-report = What happened
frame-fault-report-text = For whoever looks after your computers. Names of files and values of cells were left out.
frame-fault-copy = Copy
frame-fault-show = Show in folder
frame-shelves = Your shelves
frame-shelves-other = Look at another shelf
