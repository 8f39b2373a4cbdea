# Sichere Reparaturen: was der Schalter sagt, und was er tut.
fix-leave-out-rows = { $count ->
    [one] Diese Zeile weglassen
   *[other] Diese { $count } Zeilen weglassen
}
fix-leave-out-rows-more = { $rows ->
    [one] Dann bleibt 1 Zeile.
   *[other] Dann bleiben { $rows } Zeilen.
}
fix-make-empty = { $count ->
    [one] Diese Zelle leeren
   *[other] Diese { $count } Zellen leeren
}
fix-make-empty-more = Die Zeilen bleiben, dort ohne Wert.
fix-keep-first = Jeweils die erste behalten
fix-keep-first-more = { $count ->
    [one] 1 Zeile, die noch einmal kommt, fällt weg.
   *[other] { $count } Zeilen, die noch einmal kommen, fallen weg.
}
fix-leave-out-column = { $column } weglassen
fix-leave-out-column-more = Kolleginnen und Kollegen sehen diese Spalte nicht.
fix-use-common-spelling = Überall in der üblichen Schreibweise
fix-use-common-spelling-more = Die häufigste Schreibweise ersetzt die anderen.
fix-accept = So lassen, wie es ist
fix-accept-more = Das Etikett zeigt es, damit es alle wissen.
