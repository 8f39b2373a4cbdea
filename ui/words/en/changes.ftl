# What changed from one version to the next.
change-first = { $rows ->
    [one] The first version, 1 row.
   *[other] The first version, { $rows } rows.
}
change-rows = { $direction ->
    [more] { $difference ->
        [one] 1 row more: { $after } now.
       *[other] { $difference } rows more: { $after } now.
    }
    [fewer] { $difference ->
        [one] 1 row fewer: { $after } now.
       *[other] { $difference } rows fewer: { $after } now.
    }
   *[same] As many rows as before: { $after }.
}
change-rows-added = { $count ->
    [one] 1 row is new.
   *[other] { $count } rows are new.
}
change-rows-gone = { $count ->
    [one] 1 row is gone.
   *[other] { $count } rows are gone.
}
change-rows-changed = { $count ->
    [one] 1 row has other values.
   *[other] { $count } rows have other values.
}
change-column-new = New column: { $column }.
change-column-gone = The column { $column } is gone.
change-column-renamed = { $before } is now called { $after }.
change-kind-changed = { $column } was { $before } and is { $after } now.
change-level = { $direction ->
    [more] { $column } is { $percent } % higher than before.
   *[fewer] { $column } is { $percent } % lower than before.
}
change-values-new = { $count ->
    [one] New in { $column }: { $values }.
   *[other] { $more ->
        [0] New in { $column }: { $values }.
       *[other] { $count } are new in { $column }: { $values } and { $more } more.
    }
}
change-values-gone = { $count ->
    [one] No longer in { $column }: { $values }.
   *[other] { $more ->
        [0] No longer in { $column }: { $values }.
       *[other] { $count } are no longer in { $column }: { $values } and { $more } more.
    }
}
change-range = { $column } now goes from { $from } to { $to }.
change-emptier = { $column } has { $after ->
    [one] 1 empty cell
   *[other] { $after } empty cells
}, before { $before }.
change-label-only = Only the label was changed.
change-put-back = Version { $release } was put back.
change-chosen = Of the versions filled at the same time, the one of { $by } counts.
change-nothing = Nothing is different.
change-handed-over = { $to } keeps it from now on.
