# Safe repairs: what the switch says, and what it does.
fix-leave-out-rows = { $count ->
    [one] Leave this row out
   *[other] Leave these { $count } rows out
}
fix-leave-out-rows-more = { $rows ->
    [one] 1 row is left then.
   *[other] { $rows } rows are left then.
}
fix-make-empty = { $count ->
    [one] Make this cell empty
   *[other] Make these { $count } cells empty
}
fix-make-empty-more = The rows stay, without a value there.
fix-keep-first = Keep the first of each
fix-keep-first-more = { $count ->
    [one] 1 row that comes again is left out.
   *[other] { $count } rows that come again are left out.
}
fix-leave-out-column = Leave { $column } out
fix-leave-out-column-more = Colleagues do not see this column.
fix-use-common-spelling = Write it the usual way everywhere
fix-use-common-spelling-more = The most frequent spelling takes the place of the others.
fix-accept = Leave it as it is
fix-accept-more = The label shows it, so that colleagues know.
