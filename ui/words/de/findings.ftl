# Was gefunden wurde, je ein Satz: ein fetter Anfang und der Rest. Die Werte kommen mit dem Fund; Listen kommen
# verbunden an, ihre Länge heißt <name>_count. "state" ist "turned", sobald jemand das Gegenteil gewählt hat.

finding-table-found = { $rows ->
    [one] 1 Zeile
   *[other] { $rows } Zeilen
}, { $columns ->
    [one] 1 Spalte
   *[other] { $columns } Spalten
}.
finding-table-found-more = Die Namen stehen in Zeile { $header_row }.

finding-no-header = Keine Zeile sieht nach Namen aus.
finding-no-header-more = { $rows ->
    [one] 1 Zeile
   *[other] { $rows } Zeilen
}, { $columns ->
    [one] 1 Spalte
   *[other] { $columns } Spalten
}, mit erdachten Namen.

finding-sheet-chosen = Blatt „{ $sheet }“.
finding-sheet-chosen-more = { $others_count ->
    [0] Das einzige in der Datei.
    [one] Noch ein Blatt: { $others }.
   *[other] { $others_count } weitere Blätter: { $others }.
}

finding-more-tables = { $tables } Tabellen stehen auf diesem Blatt.
finding-more-tables-more = Gelesen ist die in { $range }.

finding-hidden-things = In dieser Datei ist etwas ausgeblendet.
finding-hidden-things-more = Ausgeblendet sind: { $names }.

finding-date-order = { $fits ->
    [no] { $order ->
        [day_first] { $example } kann nicht mit dem Tag anfangen.
       *[other] { $example } kann nicht mit dem Monat anfangen.
    }
   *[yes] { $known ->
        [yes] { $example } ist der { $value }.
       *[no] Ein Datum wie { $example } lesen wir in dieser Reihenfolge.
    }
}
finding-date-order-more = { $fits ->
    [no] { $column } ist deshalb jetzt Text, wie er in Ihrer Datei steht.
   *[yes] { $order ->
        [day_first] Erst der Tag, dann der Monat.
        [month_first] Erst der Monat, dann der Tag.
       *[year_first] Erst das Jahr, dann Monat und Tag.
    }
}

finding-decimal-mark = { $fits ->
    [no] { $mark ->
        [comma] { $example } passt nicht zu einem Komma vor den Cent.
       *[dot] { $example } passt nicht zu einem Punkt vor den Cent.
    }
   *[yes] { $same ->
        [yes] { $example } gilt, wie es dasteht.
       *[no] { $example } heißt { $value }.
    }
}
finding-decimal-mark-more = { $fits ->
    [no] { $column } ist deshalb jetzt Text, wie er in Ihrer Datei steht.
   *[yes] { $mark ->
        [comma] Das Komma trennt die Cent ab.
       *[dot] Der Punkt trennt die Cent ab.
    }
}

finding-two-digit-year = { $example } liegt im Jahr { $year }.
finding-two-digit-year-more = Die Datei schreibt Jahre mit zwei Ziffern.

finding-day-counts = { $example } ist der { $value }.
finding-day-counts-more = So zählen Tabellenprogramme die Tage. Wir lesen sie in { $column } als Datum.

finding-first-days = { $example } lesen wir als { $value }.
finding-first-days-more = { $part ->
    [week] In { $column } steht eine Woche für ihren Montag.
   *[month] In { $column } steht ein Monat für seinen ersten Tag.
}

finding-unit-in-cells = In { $column } stehen Einheiten in den Zellen.
finding-unit-in-cells-more = { $state ->
    [turned] { $example } bleibt Text.
   *[other] { $example } wird als Zahl gelesen, die Einheit steht bei der Spalte.
}

finding-quote-marks = { $how ->
    [backslash] Vor Anführungszeichen in Texten steht ein Backslash.
    [wrapped] Jede Zeile steht als Ganze in Anführungszeichen.
    [framed] Um die Zellen sind Striche gezogen.
    [printed] Texte stehen in gedruckten Anführungszeichen.
   *[other] Texte stehen in anderen Anführungszeichen als üblich.
}
finding-quote-marks-more = { $state ->
    [turned] Sie bleiben, wie sie stehen.
   *[other] Wir haben sie weggenommen.
}

finding-surplus-cells = { $count ->
    [one] 1 Text in { $column } enthält das Trennzeichen der Spalten, ohne Anführungszeichen.
   *[other] { $count } Texte in { $column } enthalten das Trennzeichen der Spalten, ohne Anführungszeichen.
}
finding-surplus-cells-more = { $state ->
    [turned] Die Teile bleiben in eigenen Zellen.
   *[usual] Wir haben sie zusammengefügt: „{ $example }“.
}

finding-code-kept = { $column } ist eine Kennung.
finding-code-kept-more = { $zeros ->
    [yes] Nullen vorn bleiben erhalten.
   *[no] Sie benennt etwas und wird nicht zusammengezählt.
}

finding-empty-word = { $has_column ->
    [yes] { $count ->
        [one] In 1 Zelle von { $column } steht „{ $word }“.
       *[other] In { $count } Zellen von { $column } steht „{ $word }“.
    }
   *[no] { $count ->
        [one] In 1 Zelle steht „{ $word }“.
       *[other] In { $count } Zellen steht „{ $word }“.
    }
}
finding-empty-word-more = { $state ->
    [turned] Das bleibt Text.
   *[usual] Das gilt als leer.
}

finding-totals-left-out = { $count ->
    [one] { $last ->
        [yes] Die letzte Zeile ist eine Summe.
       *[no] Zeile { $first_row } ist eine Summe.
    }
   *[other] { $count } Zeilen sind Summen.
}
finding-totals-left-out-more = { $state ->
    [turned] Als Daten behalten.
   *[usual] Weggelassen.
}

finding-repeated-header = { $count ->
    [one] Die Namen stehen in Zeile { $first_row } noch einmal.
   *[other] Die Namen stehen in { $count } Zeilen noch einmal.
}
finding-repeated-header-more = Weggelassen.

finding-units-left-out = { $count ->
    [one] Zeile { $first_row } erklärt die Namen darüber.
   *[other] { $count } Zeilen erklären die Namen darüber.
}
finding-units-left-out-more = Dort steht „{ $example }“. Einheiten stehen jetzt bei ihren Spalten.

finding-notes-left-out = { $count ->
    [one] Zeile { $first_row } ist ein Titel oder eine Notiz.
   *[other] { $count } Zeilen sind Titel oder Notizen.
}
finding-notes-left-out-more = Weggelassen.

finding-duplicate-rows = { $count ->
    [one] 1 Zeile kommt doppelt vor.
   *[other] { $count } Zeilen kommen doppelt vor.
}
finding-duplicate-rows-more = { $state ->
    [turned] Je eine ist behalten.
   *[usual] Alle sind dabei.
}

finding-encoding = Die Buchstaben sind als { $encoding } gelesen.
finding-encoding-more = Das zeigt sich an „{ $example }“.

finding-mojibake = { $state ->
    [turned] „{ $was }“ sieht verstümmelt aus.
   *[usual] „{ $was }“ sieht verstümmelt aus. Gelesen ist „{ $now }“.
}
finding-mojibake-more = { $state ->
    [turned] So gelassen, wie es war.
   *[usual] { $count ->
        [0] {""}
        [one] In 1 Zelle.
       *[other] In { $count } Zellen.
    }
}

finding-delimiter = { $delimiter_code ->
    [comma] Ein Komma trennt die Spalten.
    [semicolon] Ein Strichpunkt trennt die Spalten.
    [tab] Ein Tabulator trennt die Spalten.
    [pipe] Ein senkrechter Strich trennt die Spalten.
    [space] Ein Leerzeichen trennt die Spalten.
    [width] Spalten berühren sich: Ihre Plätze in der Zeile trennen sie.
   *[other] Das Zeichen „{ $delimiter }“ trennt die Spalten.
}
finding-delimiter-more = Sehen die Spalten falsch aus, ist es ein anderes Zeichen.

finding-ragged-rows = { $count ->
    [one] Zeile { $row } hat mehr Zellen als die anderen.
   *[other] { $count } Zeilen haben mehr Zellen als die anderen.
}
finding-ragged-rows-more = { $cells } Zellen in Zeile { $row }, { $columns } Namen darüber.

finding-misfits = { $count ->
    [one] 1 Zelle in { $column } passt nicht zu „{ kind-as }“.
   *[other] { $count } Zellen in { $column } passen nicht zu „{ kind-as }“.
}
finding-misfits-more = Als leer behalten: { $examples }.

finding-error-cells = { $count ->
    [one] 1 Zelle zeigt einen Fehler der Tabellenkalkulation.
   *[other] { $count } Zellen zeigen einen Fehler der Tabellenkalkulation.
}
finding-error-cells-more = { $examples }, als leer gelesen.

finding-numbers-as-text = Zahlen in { $column } waren als Text gespeichert.
finding-numbers-as-text-more = Gelesen sind sie als Zahlen.

finding-merged-cells = { $has_column ->
    [yes] Zellen in { $column } sind über mehrere Zeilen verbunden.
   *[no] Zellen sind über mehrere Zeilen verbunden.
}
finding-merged-cells-more = { $state ->
    [turned] Nur die erste Zeile hat den Wert.
   *[usual] Jede Zeile hat den Wert.
}

finding-cached-formulas = { $count ->
    [0] Einige Zellen sind Ergebnisse von Formeln.
    [one] 1 Zelle ist das Ergebnis einer Formel.
   *[other] { $count } Zellen sind Ergebnisse von Formeln.
}
finding-cached-formulas-more = Gelesen ist, was zuletzt gespeichert war.

finding-no-rows = Die Datei hat Namen, aber noch keine Zeilen.
finding-no-rows-more = Hereinholen lässt sie sich trotzdem.

finding-truncated = Die Datei hört mittendrin auf.
finding-truncated-more = { $read_bytes } von { $size_bytes } sind da. Wahrscheinlich war das Kopieren nicht fertig.

finding-mixed-currencies = { $column } hat Geld in mehreren Währungen.
finding-mixed-currencies-more = { $currencies }. Sie werden nicht zusammengezählt.

finding-same-names = Einige Spalten hießen gleich.
finding-same-names-more = Sie haben jetzt Nummern: { $names }.

finding-unnamed-columns = { $names_count ->
    [one] 1 Spalte hatte keinen Namen.
   *[other] { $names_count } Spalten hatten keinen Namen.
}
finding-unnamed-columns-more = { $names_count ->
    [one] Sie heißt jetzt
   *[other] Sie heißen jetzt
} { $names }.

finding-columns-moved = Die Spalten sind anders als beim letzten Mal.
finding-columns-moved-more = { $new_count ->
    [0] {""}
   *[other] Neu: { $new }.
} { $gone_count ->
    [0] {""}
   *[other] Weg: { $gone }.
} { $renamed_count ->
    [0] {""}
   *[other] Umbenannt: { $renamed }.
}

finding-unlocked = Diese Datei war mit einem Passwort verschlossen.
finding-unlocked-more = { -app } behält eine offene Kopie auf diesem Computer.
finding-described = { $inside ->
    [yes] Das Blatt { $file } sagt, was darin steht.
   *[no] { $file } neben dieser Datei sagt, was darin steht.
}
finding-described-more = { $state ->
    [turned] Wir haben es beiseitegelassen. Was Sie selbst geschrieben und gewählt haben, bleibt.
   *[usual] { $columns ->
        [0] Das Etikett beginnt damit.
        [one] Das Etikett beginnt damit und mit dem, was es über eine Spalte sagt.
       *[other] Das Etikett beginnt damit und mit dem, was es über { $columns } Spalten sagt.
    } { $notes ->
        [0] {""}
        [one] Ein Teil davon hat hier keinen Platz.
       *[other] { $notes } Teile davon haben hier keinen Platz.
    }
}
finding-description-broken = { $file } neben dieser Datei lässt sich nicht lesen.
finding-description-broken-more = { $line ->
    [0] Darin sollte stehen, was in dieser Datei ist.
   *[other] Es bricht in Zeile { $line } ab. Darin sollte stehen, was in dieser Datei ist.
}
finding-open-elsewhere = Excel hat diese Datei noch offen.
finding-open-elsewhere-more = Gelesen ist, was zuletzt um { $saved_at } gespeichert war.

# Was in der Tabelle zu richten ist.

finding-empty-cells = { $count ->
    [one] 1 leere Zelle in { $column }.
   *[other] { $count } leere Zellen in { $column }.
}
finding-empty-cells-more = Fast alle anderen sind gefüllt.

finding-duplicate-keys = { $count ->
    [one] 1 Zeile kommt nach { $columns } doppelt vor.
   *[other] { $count } Zeilen kommen nach { $columns } doppelt vor.
}
finding-duplicate-keys-more = Das soll jede Zeile einmalig machen. Es zeigt sich an { $example }.

finding-impossible-dates = { $count ->
    [one] 1 Datum in { $column } kann kaum stimmen.
   *[other] { $count } Daten in { $column } können kaum stimmen.
}
finding-impossible-dates-more = Das zeigt sich an { $example }.

finding-outliers = { $count ->
    [one] 1 ungewöhnlicher Wert in { $column }.
   *[other] { $count } ungewöhnliche Werte in { $column }.
}
finding-outliers-more = { $example }, während die meisten zwischen { $low } und { $high } liegen.

finding-unknown-reference = { $count ->
    [one] 1 Wert in { $column } steht nicht in { $product }.
   *[other] { $count } Werte in { $column } stehen nicht in { $product }.
}
finding-unknown-reference-more = { $examples }.

finding-spelling-variants = { $column } schreibt dasselbe verschieden.
finding-spelling-variants-more = „{ $a }“ und „{ $b }“.

finding-personal-details = { $column } enthält persönliche Angaben.
finding-personal-details-more = { $what ->
    [email] Es sieht nach E-Mail-Adressen aus.
    [name] Es sieht nach Namen von Personen aus.
    [phone] Es sieht nach Telefonnummern aus.
    [address] Es sieht nach Anschriften aus.
   *[other] Überlegen Sie, wer das sehen darf.
}

finding-negative-values = { $count ->
    [one] 1 Wert in { $column } liegt unter null.
   *[other] { $count } Werte in { $column } liegen unter null.
}
finding-negative-values-more = { $example }, während alle anderen darüber liegen.

finding-constant-column = In { $column } steht immer „{ $value }“.
finding-constant-column-more = Vielleicht wird sie nicht gebraucht.

finding-empty-column = { $column } ist leer.
finding-empty-column-more = Keine einzige Zeile hat dort einen Wert.

finding-formula-text = { $count ->
    [one] 1 Zelle in { $column } sieht wie eine Formel aus.
   *[other] { $count } Zellen in { $column } sehen wie Formeln aus.
}
finding-formula-text-more = „{ $example }“. Das bleibt Text und wird nie ausgeführt.
