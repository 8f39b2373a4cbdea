# The menu bar of the window, and the few dialogs that the system shows. An ampersand stands before the letter that opens
# an item together with Alt.
menu-file = &File
menu-browse = &Bring in a file…
menu-paste = &Paste a table
menu-print = P&rint…
menu-settings = &Settings
menu-quit = &Quit

menu-edit = &Edit
menu-undo = &Undo
menu-redo = &Redo
menu-cut = Cu&t
menu-copy = &Copy
menu-insert = &Paste
menu-select-all = Select &all

menu-view = &View
menu-today = &Today
menu-shelf = &Shelf
menu-bring = Bring &in
menu-activity = &Activity
menu-back = &Back
menu-forward = &Forward
menu-find = Fin&d…
menu-refresh = &Check the shelf now
menu-zoom-in = &Larger
menu-zoom-out = S&maller
menu-zoom-reset = &Normal size

menu-help = &Help
menu-blank = &The window stays blank…
menu-about = &About Larder

window-choose-files = Bring in files
window-spreadsheets = Spreadsheets
window-all-files = All files
window-choose-folder = Choose a folder
window-choose-save = Save a copy

window-quit = Quit
window-try-again = Try again
window-not-started = Larder could not start
window-too-new = A newer Larder was at work here
window-too-new-text = It keeps its records in a way that this one does not know. Nothing was changed. Update Larder on this computer and start it again.
window-damaged = Larder’s records on this computer are damaged
window-damaged-text = The file { $file } cannot be read. Perhaps the computer was switched off while it was written.
window-set-aside = Set it aside and start
window-set-aside-text = Larder can set the damaged file aside and start with its newest backup, or without one. Nothing is deleted, and what is on the shelf stays there.

window-drawing-title = The window stays blank
window-drawing-text = Some computers draw it better in a simpler way. It looks the same. Larder starts anew for that; what you were working on is saved.
window-drawing-simple = Draw simply
window-drawing-usual-text = Larder draws its window in the simple way. Try the usual way again? Larder starts anew for that; what you were working on is saved.
window-drawing-usual = Draw as usual
window-drawing-leave = Leave it
window-choose-file = Choose a file
