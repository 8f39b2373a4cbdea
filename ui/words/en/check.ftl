check-page = Check how we read it
check-text = Only you can see this. Your file stays as it is. Check that we read it the way you mean it.
check-rows = Rows of { $file }
check-sentences = How we read it
check-doubt = Not sure
check-notice = Worth a look
check-sure = Sure

check-left-out-row = Row { $row }: { $text }, { $reason }
check-left-out-empty = Row { $row }, { $reason }
check-as-in-file = As in your file: { $raw }
check-as-in-file-empty = Empty in your file, too
check-odd-misfit = Not { kind-as }, so it is empty
check-odd-empty = Read as empty

check-show = { $count ->
    [one] Show it
   *[other] Show them
}
check-showing = Row { $row }, { $index } of { $count }
check-showing-first = Row { $row }, { $index } of the first { $shown }; { $count } in all
check-more = More
check-next = Next row
check-previous = Row before
check-hide = Done looking

check-pick-title = Which row has the names?
check-pick-text = Click that row, or go to it with the arrow keys and press Enter.
check-pick-done = Names are in row { $row } now.

check-joined = { $files } files, { $rows } rows
check-joined-text = Shown are the rows of the first file. The others are read the same way and follow on it.
check-joined-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
check-joined-missing = Without { $names }: empty for these rows.
check-joined-new = With { $names } besides.
check-joined-take-out = Take out
check-joined-take-out-named = Take out { $file }

check-more-brought = { $count ->
    [one] { $names } waits on Bring in.
   *[other] { $names } wait on Bring in.
}
check-more-table = The table in { $name }
check-more-sheet = Sheet “{ $name }”
check-more-go = Go there

check-undo = Undo
check-redo = Redo
check-go-on = Looks right, go on
check-start-over = Start over
check-started-over = Read anew, as at the beginning.
check-next-time = Next time a file looks like this, we read it the same way.
check-remembered = Read the same way as last time ({ $title }).
check-meant = Next file for { $title }.
check-meant-remembered = Next file for { $title }, read the same way as last time.
check-meant-text = After this check you say whether its rows are added or take the place of those that are there.
check-goes-on = These rows go on with { $title }.

check-busy = { $rows ->
    [0] Reading { $file }
    [one] Reading { $file }: 1 row so far.
   *[other] Reading { $file }: { $rows } rows so far.
}
check-first-rows = Seen so far: the first { $rows } rows.
check-busy-first = The first rows are here to look at. Go on as soon as all are read.
check-busy-share = { $percent } of { $file } read
check-cancel = Cancel
check-cancelled = Stopped. Your file stays as it is.
check-discard = Throw this draft away
check-no-rows = There are no rows to show.
check-waiting = The first rows are on their way

check-column-menu = Column { $column }
check-column-kind = What it holds
check-column-now = now
check-column-misfits = { $count ->
    [one] 1 cell does not fit
   *[other] { $count } cells do not fit
}
check-column-fits = all cells fit
check-column-no-values = no values
check-column-name = Name
check-column-rename = Rename
check-column-leave-out = Leave this column out
check-column-bring-in = Bring this column in
check-column-left-out = Left out

check-next-title = Looks like the same table as { $title }.
check-next-which = Which one does it go on with?
check-next-going = Goes on with { $title }.
check-next-how = What should happen to the rows that are there?
check-next-add = { $count ->
    [one] Add 1 row
   *[other] Add { $count } rows
}
check-next-add-text = The rows that are there stay.
check-next-replace = Replace
check-next-replace-text = These rows take their place. The version before is kept.
check-next-new = It is something else
check-next-new-text = It gets a label of its own.
check-next-changes = What would change
check-next-counting = Comparing the rows
check-next-back = Back to the check
check-next-go-on = Go on to the label
