# What was found, one sentence each: a lead in bold and the rest. The values come with the finding; lists arrive
# joined, with their length under <name>_count. "state" is "turned" once somebody chose the opposite.

finding-table-found = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $columns ->
    [one] 1 column
   *[other] { $columns } columns
}.
finding-table-found-more = Names are in row { $header_row }.

finding-no-header = No row looks like names.
finding-no-header-more = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $columns ->
    [one] 1 column
   *[other] { $columns } columns
}, with names that we made up.

finding-sheet-chosen = Sheet “{ $sheet }”.
finding-sheet-chosen-more = { $others_count ->
    [0] The only one in the file.
    [one] One more sheet: { $others }.
   *[other] { $others_count } more sheets: { $others }.
}

finding-more-tables = { $tables } tables stand on this sheet.
finding-more-tables-more = We read the one in { $range }.

finding-hidden-things = Something is hidden in this file.
finding-hidden-things-more = Hidden there: { $names }.

finding-date-order = { $fits ->
    [no] { $order ->
        [day_first] { $example } cannot be day first.
       *[other] { $example } cannot be month first.
    }
   *[yes] { $known ->
        [yes] { $example } is { $value }.
       *[no] Dates like { $example } are read in this order.
    }
}
finding-date-order-more = { $fits ->
    [no] So { $column } is text now, as it stands in your file.
   *[yes] { $order ->
        [day_first] Day first, then month.
        [month_first] Month first, then day.
       *[year_first] Year first, then month and day.
    }
}

finding-decimal-mark = { $fits ->
    [no] { $mark ->
        [comma] { $example } does not fit a comma before the cents.
       *[dot] { $example } does not fit a dot before the cents.
    }
   *[yes] { $same ->
        [yes] { $example } reads as it stands.
       *[no] { $example } means { $value }.
    }
}
finding-decimal-mark-more = { $fits ->
    [no] So { $column } is text now, as it stands in your file.
   *[yes] { $mark ->
        [comma] The comma marks cents.
       *[dot] The dot marks cents.
    }
}

finding-two-digit-year = { $example } is in { $year }.
finding-two-digit-year-more = The file writes years with two digits.

finding-day-counts = { $example } is { $value }.
finding-day-counts-more = Spreadsheets count days like that. We read them as dates in { $column }.

finding-first-days = { $example } is read as { $value }.
finding-first-days-more = { $part ->
    [week] A week stands for its Monday in { $column }.
   *[month] A month stands for its first day in { $column }.
}

finding-unit-in-cells = { $column } has units in its cells.
finding-unit-in-cells-more = { $state ->
    [turned] { $example } is kept as words.
   *[other] { $example } is read as a number, and the unit is kept with the column.
}

finding-quote-marks = { $how ->
    [backslash] Quotes inside texts have a backslash in front.
    [wrapped] Every line stands in quotes as a whole.
    [framed] Lines are drawn around the cells.
    [printed] Texts stand in printed quotes.
   *[other] Texts stand in other quotes than usual.
}
finding-quote-marks-more = { $state ->
    [turned] They stay as they stand.
   *[other] We took them off.
}

finding-surplus-cells = { $count ->
    [one] 1 text in { $column } holds the sign between the columns, without quotes.
   *[other] { $count } texts in { $column } hold the sign between the columns, without quotes.
}
finding-surplus-cells-more = { $state ->
    [turned] Their pieces stay in cells of their own.
   *[usual] We put them together: “{ $example }”.
}

finding-code-kept = { $column } is a code.
finding-code-kept-more = { $zeros ->
    [yes] Zeros in front are kept.
   *[no] It names something, so we do not add it up.
}

finding-empty-word = { $has_column ->
    [yes] { $count ->
        [one] 1 cell in { $column } says “{ $word }”.
       *[other] { $count } cells in { $column } say “{ $word }”.
    }
   *[no] { $count ->
        [one] 1 cell says “{ $word }”.
       *[other] { $count } cells say “{ $word }”.
    }
}
finding-empty-word-more = { $state ->
    [turned] Kept as text.
   *[usual] { $count ->
        [one] We read it as empty.
       *[other] We read them as empty.
    }
}

finding-totals-left-out = { $count ->
    [one] { $last ->
        [yes] The last row is a total.
       *[no] Row { $first_row } is a total.
    }
   *[other] { $count } rows are totals.
}
finding-totals-left-out-more = { $state ->
    [turned] Kept as data.
   *[usual] Left out.
}

finding-repeated-header = { $count ->
    [one] The names come again in row { $first_row }.
   *[other] The names come again in { $count } rows.
}
finding-repeated-header-more = Left out.

finding-units-left-out = { $count ->
    [one] Row { $first_row } explains the names above it.
   *[other] { $count } rows explain the names above them.
}
finding-units-left-out-more = It says “{ $example }”. Units were kept with their columns.

finding-notes-left-out = { $count ->
    [one] Row { $first_row } is a title or a note.
   *[other] { $count } rows are titles or notes.
}
finding-notes-left-out-more = Left out.

finding-duplicate-rows = { $count ->
    [one] 1 row appears twice.
   *[other] { $count } rows appear twice.
}
finding-duplicate-rows-more = { $state ->
    [turned] We kept one of each.
   *[usual] All of them are in.
}

finding-encoding = We read the letters as { $encoding }.
finding-encoding-more = It shows in “{ $example }”.

finding-mojibake = { $state ->
    [turned] “{ $was }” looks garbled.
   *[usual] “{ $was }” looks garbled. We read “{ $now }”.
}
finding-mojibake-more = { $state ->
    [turned] Left as it was.
   *[usual] { $count ->
        [0] {""}
        [one] In 1 cell.
       *[other] In { $count } cells.
    }
}

finding-delimiter = { $delimiter_code ->
    [comma] A comma separates the columns.
    [semicolon] A semicolon separates the columns.
    [tab] A tab separates the columns.
    [pipe] An upright bar separates the columns.
    [space] A space separates the columns.
    [width] Columns touch: their places in the row tell them apart.
   *[other] The sign “{ $delimiter }” separates the columns.
}
finding-delimiter-more = If the columns look wrong, it is another sign.

finding-ragged-rows = { $count ->
    [one] Row { $row } has more cells than the others.
   *[other] { $count } rows have more cells than the others.
}
finding-ragged-rows-more = { $cells } cells in row { $row }, { $columns } names above.

finding-misfits = { $count ->
    [one] 1 cell in { $column } is not { kind-as }.
   *[other] { $count } cells in { $column } are not { kind-as }.
}
finding-misfits-more = Kept as empty: { $examples }.

finding-error-cells = { $count ->
    [one] 1 cell shows an error of the spreadsheet.
   *[other] { $count } cells show an error of the spreadsheet.
}
finding-error-cells-more = { $examples }, read as empty.

finding-numbers-as-text = Numbers in { $column } were stored as text.
finding-numbers-as-text-more = We read them as numbers.

finding-merged-cells = { $has_column ->
    [yes] Cells in { $column } are merged over several rows.
   *[no] Cells are merged over several rows.
}
finding-merged-cells-more = { $state ->
    [turned] Only the first row has the value.
   *[usual] Each row has the value.
}

finding-cached-formulas = { $count ->
    [0] Some cells are results of formulas.
    [one] 1 cell is the result of a formula.
   *[other] { $count } cells are results of formulas.
}
finding-cached-formulas-more = We read them as they were last saved.

finding-no-rows = The file has names but no rows yet.
finding-no-rows-more = It can be brought in all the same.

finding-truncated = The file ends in the middle.
finding-truncated-more = { $read_bytes } of { $size_bytes } are there. Probably the copy was not finished.

finding-mixed-currencies = { $column } has money in several currencies.
finding-mixed-currencies-more = { $currencies }. They are not added up.

finding-same-names = Some columns had the same name.
finding-same-names-more = We added numbers: { $names }.

finding-unnamed-columns = { $names_count ->
    [one] 1 column had no name.
   *[other] { $names_count } columns had no name.
}
finding-unnamed-columns-more = We called { $names_count ->
    [one] it
   *[other] them
} { $names }.

finding-columns-moved = The columns have changed since last time.
finding-columns-moved-more = { $new_count ->
    [0] {""}
   *[other] New: { $new }.
} { $gone_count ->
    [0] {""}
   *[other] Gone: { $gone }.
} { $renamed_count ->
    [0] {""}
   *[other] Renamed: { $renamed }.
}

finding-unlocked = This file was locked with a password.
finding-unlocked-more = { -app } keeps an unlocked copy on this computer.
finding-described = { $inside ->
    [yes] The sheet { $file } says what is in it.
   *[no] { $file } beside this file says what is in it.
}
finding-described-more = { $state ->
    [turned] We left it aside. What you wrote and chose yourself stays.
   *[usual] { $columns ->
        [0] The label begins with it.
        [one] The label begins with it, and with what it says about one column.
       *[other] The label begins with it, and with what it says about { $columns } columns.
    } { $notes ->
        [0] {""}
        [one] One part of it has no place here.
       *[other] { $notes } parts of it have no place here.
    }
}
finding-description-broken = { $file } beside this file cannot be read.
finding-description-broken-more = { $line ->
    [0] It should say what is in this file.
   *[other] It breaks off at line { $line }. It should say what is in this file.
}
finding-open-elsewhere = Excel still has this open.
finding-open-elsewhere-more = We read the version last saved at { $saved_at }.

# Things to fix in the table.

finding-empty-cells = { $count ->
    [one] 1 empty cell in { $column }.
   *[other] { $count } empty cells in { $column }.
}
finding-empty-cells-more = Nearly all others are filled.

finding-duplicate-keys = { $count ->
    [one] 1 row appears twice by { $columns }.
   *[other] { $count } rows appear twice by { $columns }.
}
finding-duplicate-keys-more = That should make each row unique. It shows in { $example }.

finding-impossible-dates = { $count ->
    [one] 1 date in { $column } can hardly be right.
   *[other] { $count } dates in { $column } can hardly be right.
}
finding-impossible-dates-more = It shows in { $example }.

finding-outliers = { $count ->
    [one] 1 unusual value in { $column }.
   *[other] { $count } unusual values in { $column }.
}
finding-outliers-more = { $example }, while most lie between { $low } and { $high }.

finding-unknown-reference = { $count ->
    [one] 1 value in { $column } is not in { $product }.
   *[other] { $count } values in { $column } are not in { $product }.
}
finding-unknown-reference-more = { $examples }.

finding-spelling-variants = { $column } spells the same thing in different ways.
finding-spelling-variants-more = “{ $a }” and “{ $b }”.

finding-personal-details = { $column } has personal details.
finding-personal-details-more = { $what ->
    [email] They look like e-mail addresses.
    [name] They look like names of people.
    [phone] They look like telephone numbers.
    [address] They look like addresses.
   *[other] Think about who may see it.
}

finding-negative-values = { $count ->
    [one] 1 value in { $column } is below zero.
   *[other] { $count } values in { $column } are below zero.
}
finding-negative-values-more = { $example }, while all others are above.

finding-constant-column = { $column } always says “{ $value }”.
finding-constant-column-more = It may not be needed.

finding-empty-column = { $column } is empty.
finding-empty-column-more = Not one row has a value there.

finding-formula-text = { $count ->
    [one] 1 cell in { $column } looks like a formula.
   *[other] { $count } cells in { $column } look like formulas.
}
finding-formula-text-more = “{ $example }”. It stays text and is never run.
