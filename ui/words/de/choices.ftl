# Das Gegenteil mit einem Klick, neben dem Fund.
choice-bring-more = { $count ->
    [one] Auch hereinholen
   *[other] Auch alle hereinholen
}
choice-sheet = Blatt { $sheet } lesen
choice-table = Die andere Tabelle lesen: { $range }
choice-header-row = Die Namen stehen in einer anderen Zeile
choice-header-row-here = Die Namen stehen in Zeile { $row }
choice-no-header = Keine Zeile hat Namen
choice-date-order = { $order ->
    [day_first] Erst kommt der Tag
    [month_first] Erst kommt der Monat
   *[year_first] Erst kommt das Jahr
}
choice-decimal-mark = Es ist andersherum
choice-kind = { $kind ->
    [place] Als Ort lesen
   *[other] Als { kind-as } lesen
}
choice-empty-word = { $empty ->
    [yes] Als leer lesen
   *[no] Als Text behalten
}
choice-totals = { $keep ->
    [yes] Behalten
   *[no] Weglassen
}
choice-row = { $keep ->
    [yes] Zeile { $row } behalten
   *[no] Zeile { $row } weglassen
}
choice-duplicates = { $keep ->
    [yes] Alle behalten
   *[no] Je eine behalten
}
choice-encoding = Die Buchstaben als { $encoding } lesen
choice-mojibake = { $repair ->
    [yes] Reparieren
   *[no] So lassen, wie es war
}
choice-quoting = { $take_off ->
    [yes] Wegnehmen
   *[no] So lassen, wie sie stehen
}
choice-surplus = { $join ->
    [yes] Die Texte zusammenfügen
   *[no] Die Teile in eigenen Zellen lassen
}
choice-delimiter = { $delimiter_code ->
    [comma] Es ist ein Komma
    [semicolon] Es ist ein Strichpunkt
    [tab] Es ist ein Tabulator
    [pipe] Es ist ein senkrechter Strich
    [space] Es ist ein Leerzeichen
   *[other] Es ist „{ $delimiter }“
}
choice-merged = { $fill ->
    [yes] Jeder Zeile den Wert geben
   *[no] Nur die erste Zeile hat ihn
}
choice-unit = { $split ->
    [yes] Die Einheit abtrennen
   *[no] Die Einheit in den Zellen lassen
}
choice-column = { $keep ->
    [yes] { $column } hereinholen
   *[no] { $column } weglassen
}
choice-name = { $name } nennen
choice-description = { $take ->
    [yes] Übernehmen
   *[no] Beiseitelassen
}
