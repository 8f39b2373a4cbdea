people-page = Personen
people-lead = Alle an diesem Regal. Jede Person hat einen eigenen Schlüssel, damit niemand in fremdem Namen etwas füllen kann.
people-empty = Noch ist niemand da
people-empty-text = Sobald jemand mitmacht, steht die Person hier.
people-confirmed = Bestätigt
people-steward = Darf andere bestätigen
people-waiting = Wartet auf Bestätigung
people-is-you = Das sind Sie.
people-keeps =
    { $count ->
        [0] Noch für nichts zuständig
        [one] Zuständig für ein { -thing }
       *[other] Zuständig für { $count } { -thing(form: "many") }
    }
people-keeps-title = Zuständig für
people-change = Name, Aufgabe oder Farbe ändern
people-their-words = Die sechs Wörter dieser Person
people-your-words = Ihre sechs Wörter
people-your-words-text = Bei einem Anruf zur Bestätigung werden diese Wörter vorgelesen.
people-words-confirmed = Sie wurden verglichen und sind gleich.
people-words-compare = { $name } anrufen und sich die sechs Wörter vorlesen lassen. Sie müssen gleich sein, in derselben Reihenfolge.
people-confirm = Sie sind gleich, bestätigen
people-ask-steward = Vergleichen muss sie jemand, der andere bestätigen darf.
people-now-confirmed = { $name } ist bestätigt.
people-unknown = Niemand heißt hier { $name }
people-unknown-text = Vielleicht hat sich der Name geändert, oder die Person ist nicht mehr dabei.
person-page = Person
