# The one-click opposites beside what was found.
choice-bring-more = { $count ->
    [one] Bring that in too
   *[other] Bring those in too
}
choice-sheet = Read sheet { $sheet }
choice-table = Read the other table: { $range }
choice-header-row = Names are in another row
choice-header-row-here = Names are in row { $row }
choice-no-header = No row has names
choice-date-order = { $order ->
    [day_first] It is day first
    [month_first] It is month first
   *[year_first] It is year first
}
choice-decimal-mark = It is the other way round
choice-kind = { $kind ->
   *[other] Treat it as { kind-as }
}
choice-empty-word = { $empty ->
    [yes] Read as empty
   *[no] Keep as text
}
choice-totals = { $keep ->
    [yes] { $count ->
        [one] Keep it
       *[other] Keep them
    }
   *[no] { $count ->
        [one] Leave it out
       *[other] Leave them out
    }
}
choice-row = { $keep ->
    [yes] Keep row { $row }
   *[no] Leave row { $row } out
}
choice-duplicates = { $keep ->
    [yes] Keep all of them
   *[no] Keep one of each
}
choice-encoding = Read the letters as { $encoding }
choice-mojibake = { $repair ->
    [yes] Repair it
   *[no] Leave it as it was
}
choice-quoting = { $take_off ->
    [yes] Take them off
   *[no] Leave them as they stand
}
choice-surplus = { $join ->
    [yes] Put the texts together
   *[no] Leave the pieces in cells of their own
}
choice-delimiter = { $delimiter_code ->
    [comma] It is a comma
    [semicolon] It is a semicolon
    [tab] It is a tab
    [pipe] It is an upright bar
    [space] It is a space
   *[other] It is “{ $delimiter }”
}
choice-merged = { $fill ->
    [yes] Give each row the value
   *[no] Only the first row has it
}
choice-unit = { $split ->
    [yes] Take the unit off
   *[no] Keep the unit in the cells
}
choice-column = { $keep ->
    [yes] Bring { $column } in
   *[no] Leave { $column } out
}
choice-name = Call it { $name }
choice-description = { $take ->
    [yes] Take it over
   *[no] Leave it aside
}
