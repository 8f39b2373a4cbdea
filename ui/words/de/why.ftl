# Warum etwas vorgeschlagen wird.
why-file-name = Das sagt der Name der Datei, { $file }.
why-title-row = In Zeile { $row } Ihrer Datei steht „{ $text }“.
why-column-names = Das sagen die Spalten: { $columns }.
why-values = Die Werte sehen danach aus: { $examples }.
why-colleague = In { $product } ist die Spalte { $column } so beschrieben.
why-earlier = Ausgabe { $release } sagte dasselbe.
why-known-word = „{ $word }“ ist in Betrieben wie Ihrem ein bekanntes Wort.
why-unique = { $rows ->
    [one] Die eine Zeile hat einen eigenen Wert.
   *[other] Jede der { $rows } Zeilen hat einen eigenen Wert.
}
why-looks-up = { $share } der Werte stehen in { $product }, Spalte { $column }.
why-you = Sie holen es herein, { $name }.
