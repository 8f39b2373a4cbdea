shelf-page = Regal
shelf-lead =
    Alles, was das Team hier bereitgestellt hat. { $products ->
        [one] Ein { -thing },
       *[other] { $products } { -thing(form: "many") },
    }
shelf-people =
    { $people ->
        [one] betreut von einer Person.
       *[other] betreut von { $people } Personen.
    }
shelf-find = Finden nach Name, Spalte oder Person
shelf-filters = Nur zeigen
shelf-filter-followed = Gefolgt
shelf-filter-mine = Eigene
shelf-filter-overdue = Überfällig
shelf-views = Darstellung
shelf-as-labels = Als Etiketten
shelf-as-list = Als Liste
shelf-show-more =
    { $count ->
        [one] Eines mehr zeigen
       *[other] { $count } weitere zeigen
    }
shelf-show-everything = Alles zeigen
shelf-column-name = Name
shelf-column-area = Bereich
shelf-column-state = Gefüllt
shelf-column-condition = Zustand
shelf-column-keeper = Zuständig
shelf-column-rows = Zeilen
shelf-empty = Das Regal ist leer
shelf-empty-text = Ein { -thing } ist eine Tabelle mit einem Etikett: was darin steht, wer zuständig ist und wie frisch sie ist. Das erste kann jetzt herein.
shelf-bring-in = Datei hereinholen
shelf-how = So funktioniert es
shelf-found-count =
    { $count ->
        [0] Nichts gefunden
        [one] Ein Fund
       *[other] { $count } Funde
    }
shelf-found-column = „{ $query }“ kommt in der Spalte { $column } vor
shelf-found-person = Zuständig: { $name }
shelf-found-tag = Stichwort { $name }
shelf-found-area = Im Bereich { $area }
shelf-nothing = Nichts im Regal erwähnt „{ $query }“
shelf-nothing-text = Vielleicht hilft ein kürzeres Wort, eine Spalte oder ein Name.
shelf-none-pass = Nichts passt zu dieser Auswahl
shelf-none-pass-text = Der Rest des Regals ist noch da.
shelf-unconfirmed = Noch nicht bestätigt
shelf-unconfirmed-title = Dafür steht noch niemand ein
shelf-unconfirmed-text = Das kann jede und jeder mit Zugang zum Ordner hingestellt haben. Am Telefon sechs Wörter vergleichen, dann stehen ihre Sachen bei denen aller anderen.
shelf-unconfirmed-do = Personen bestätigen

area-page = Bereich
area-lead =
    { $products ->
        [one] Ein { -thing } in diesem Bereich.
       *[other] { $products } { -thing(form: "many") } in diesem Bereich.
    }
area-keepers = Zuständig:
area-empty = In diesem Bereich steht nichts mehr
area-empty-text = Vielleicht wurde er umbenannt.
area-to-shelf = Zum Regal
shelf-no-area = Bereich nicht genannt
