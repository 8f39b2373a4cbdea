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

# Was man über jemanden entscheiden kann.
person-may-confirm = Bestätigen
person-may-take-over = Das ist der neue Computer von jemandem hier
person-may-make-steward = Darf andere bestätigen
person-may-unmake-steward = Darf nicht länger andere bestätigen
person-may-remove = Gehen lassen

# Was man über einen Computer entscheiden kann.
device-may-link = Auch das ist mein Computer
device-may-retire = Außer Dienst stellen
device-may-revoke = Er ging verloren

# Wie es um einen Computer steht.
device-asks = Noch nicht bestätigt
device-active = In Gebrauch
device-retired = Nicht mehr in Gebrauch
device-revoked = Verloren

# Was aus einer Entscheidung wurde.
outcome-unchanged = Es war schon so.
outcome-done = Erledigt. Alle sehen es beim nächsten Blick ins Regal.
outcome-proposed =
    { $missing ->
        [one] Vorgeschlagen. Es muss noch eine Person unterschreiben.
       *[other] Vorgeschlagen. Es müssen noch { $missing } Personen unterschreiben.
    }
outcome-named = An diesem Computer ist es gesagt. Nun dasselbe am anderen sagen.
outcome-both-named = Beide Computer haben es gesagt. Bestätigen muss es jemand, der andere bestätigen darf.

people-threshold = Von { $stewards }, die andere bestätigen dürfen, müssen { $threshold } eine Entscheidung unterschreiben.
people-proposed =
    { $missing ->
        [one] Vorschlag von { $name }; eine Unterschrift fehlt noch:
       *[other] Vorschlag von { $name }; { $missing } Unterschriften fehlen noch:
    }

# Was eine Entscheidung ändert.
decided-person-added = { $name } kommt ans Regal.
decided-person-removed = { $name } geht.
decided-person-renamed = { $before } heißt nun { $name }.
decided-device-added = { $name } hat einen Computer mehr.
decided-device-retired = Ein Computer von { $name } geht außer Dienst.
decided-device-revoked = Ein Computer von { $name } ging verloren: Was er ab dann sagt, zählt nicht.
decided-steward-added = { $name } darf andere bestätigen.
decided-steward-removed = { $name } darf nicht länger andere bestätigen.
decided-threshold = Statt { $before } müssen { $after } eine Entscheidung unterschreiben.
decided-healed = Aus { $count } Entscheidungen, die nebeneinander stehen, wird eine.
decided-rule-changed =
    { $what ->
        [required] Was auf einem Etikett stehen muss
        [publishers] Wer etwas ins Regal stellen darf
        [retention_days] Wie lange frühere Fassungen bleiben
        [max_size_bytes] Wie groß ein { -thing } sein darf
        [kinds] Welche Arten von Dateien darin sein dürfen
        [review_days] Wie oft jemand darüber schauen muss
        [receipts] Ob man sagt, wofür man etwas verwendet
       *[other] Wie neu { -app } sein muss
    }

# Was anders besser wäre.
hint-one-steward = Nur eine Person darf andere bestätigen. Geht ihr Computer verloren, kann es niemand mehr: Am besten darf es noch jemand.
hint-no-spare-steward = Alle { $threshold }, die andere bestätigen dürfen, müssen unterschreiben. Geht ein Computer verloren, ist nichts mehr zu entscheiden: Am besten darf es noch jemand.
hint-no-steward = Niemand ist mehr da, der hier etwas entscheiden könnte. Weiter geht es mit einem neuen Regal.
hint-recreate-device = Der Schlüssel dieses Computers ist zweimal in Gebrauch; vielleicht wurde er aus einer Sicherung zurückgeholt oder kopiert. { -app } auf einem der beiden neu einrichten.
