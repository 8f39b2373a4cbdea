# Was sich von einer Ausgabe zur nächsten geändert hat.
change-first = { $rows ->
    [one] Die erste Ausgabe, 1 Zeile.
   *[other] Die erste Ausgabe, { $rows } Zeilen.
}
change-rows = { $direction ->
    [more] { $difference ->
        [one] 1 Zeile mehr: jetzt { $after }.
       *[other] { $difference } Zeilen mehr: jetzt { $after }.
    }
    [fewer] { $difference ->
        [one] 1 Zeile weniger: jetzt { $after }.
       *[other] { $difference } Zeilen weniger: jetzt { $after }.
    }
   *[same] So viele Zeilen wie zuvor: { $after }.
}
change-rows-added = { $count ->
    [one] 1 Zeile ist neu.
   *[other] { $count } Zeilen sind neu.
}
change-rows-gone = { $count ->
    [one] 1 Zeile ist weg.
   *[other] { $count } Zeilen sind weg.
}
change-rows-changed = { $count ->
    [one] 1 Zeile hat andere Werte.
   *[other] { $count } Zeilen haben andere Werte.
}
change-column-new = Neue Spalte: { $column }.
change-column-gone = Die Spalte { $column } ist weg.
change-column-renamed = { $before } heißt jetzt { $after }.
change-kind-changed = { $column } war { $before } und ist jetzt { $after }.
change-level = { $direction ->
    [more] { $column } liegt { $percent } % höher als zuvor.
   *[fewer] { $column } liegt { $percent } % niedriger als zuvor.
}
change-values-new = { $count ->
    [one] Neu in { $column }: { $values }.
   *[other] { $more ->
        [0] Neu in { $column }: { $values }.
       *[other] { $count } sind neu in { $column }: { $values } und { $more } weitere.
    }
}
change-values-gone = { $count ->
    [one] Nicht mehr in { $column }: { $values }.
   *[other] { $more ->
        [0] Nicht mehr in { $column }: { $values }.
       *[other] { $count } sind nicht mehr in { $column }: { $values } und { $more } weitere.
    }
}
change-range = { $column } reicht jetzt von { $from } bis { $to }.
change-emptier = { $column } hat { $after ->
    [one] 1 leere Zelle
   *[other] { $after } leere Zellen
}, zuvor { $before }.
change-label-only = Nur das Etikett hat sich geändert.
change-put-back = Ausgabe { $release } gilt wieder.
change-chosen = Von den gleichzeitig gefüllten Ausgaben gilt die von { $by }.
change-nothing = Nichts ist anders.
change-handed-over = { $to } ist künftig zuständig.
