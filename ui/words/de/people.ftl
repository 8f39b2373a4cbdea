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
people-wishes = { $name } möchte { $wish } heißen.
people-wishes-you = Sie möchten { $wish } heißen.
people-wishes-text = Die anderen sehen den neuen Namen, sobald jemand zustimmt, der andere bestätigen darf. Wenn Sie nicht sicher sind, ob das wirklich von { $name } kommt, rufen Sie an.
people-wishes-you-text = Die anderen sehen den neuen Namen, sobald jemand zustimmt, der andere bestätigen darf.
people-now-called = { $name } heißt jetzt { $wish }.
people-now-confirmed = { $name } ist bestätigt.
people-unknown = Niemand heißt hier { $name }
people-unknown-text = Vielleicht hat sich der Name geändert, oder die Person ist nicht mehr dabei.
person-page = Person

# Was man über jemanden entscheiden kann.
person-may-confirm = Bestätigen
person-may-rename = Dem neuen Namen zustimmen
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

# Gemeinsam entscheiden.
people-proposed-by-you =
    { $missing ->
        [one] Ihr Vorschlag; eine Unterschrift fehlt:
       *[other] Ihr Vorschlag; { $missing } Unterschriften fehlen:
    }
people-signed = Unterschrieben von { $signed }. Noch nicht von { $unsigned }.
people-sign = Auch unterschreiben
people-forked = Zwei Entscheidungen stehen nebeneinander
people-forked-text = Sie sind zur gleichen Zeit gefallen. Bis sie zusammengeführt sind, gilt nur, was beide erlauben.
people-heal = Zusammenführen
people-arriving = Eine neuere Entscheidung ist unterwegs
people-arriving-text = Worauf sie aufbaut, ist noch nicht da.
people-threshold-label = So viele müssen eine Entscheidung unterschreiben
people-threshold-hint = { $stewards } dürfen andere bestätigen.
people-second-of = { $name } sagt auf einem anderen Computer, dass auch dieser dazugehört. Es fehlt nur noch die Bestätigung.
people-looks-like = Der Name sieht dem von { $name } ähnlich
people-looks-like-text = Bitte sicherstellen, wer es ist. Die sechs Wörter zeigen es.
people-devices = Computer
people-devices-more = Ein weiterer eigener Computer macht unter demselben Namen mit; dann auf beiden sagen, dass er dazugehört.

person-make-steward-title = Soll { $name } andere bestätigen dürfen?
person-make-steward-text = { $name } kann dann Personen bestätigen, sie gehen lassen und mit den anderen entscheiden.
person-make-steward-do = Ja
person-unmake-steward-title = Soll { $name } niemanden mehr bestätigen?
person-unmake-steward-text = Was { $name } bestätigt hat, bleibt bestätigt.
person-unmake-steward-do = Ja
person-remove-title = { $name } gehen lassen?
person-remove-text = Was { $name } ab jetzt sagt, zählt nicht mehr. Was im Regal steht, bleibt, bis es jemand anders füllt; was schon geöffnet wurde, ist nicht zurückzuholen. Neue Fassungen von Versiegeltem bleiben verschlossen.
person-remove-do = Ja, gehen lassen

device-this = Dieser Computer
device-some = Computer „{ $words }“
device-is-this = hier sind Sie
device-since = Seit { $when }
device-active-at = Zuletzt gehört { $when }
device-says-mine = Er sagt, dass er Ihnen gehört.
device-waits-for-it = Dasselbe auch auf jenem Computer sagen.
device-link-title = Ist das auch Ihr Computer?
device-link-text = Diese sechs Wörter mit denen auf seinem Bildschirm vergleichen, unter Ihrem Namen.
device-link-do = Es sind dieselben, er gehört mir
device-retire-title = Diesen Computer von { $name } außer Betrieb nehmen?
device-retire-text = Was er ins Regal gestellt hat, bleibt. Er sagt nichts mehr; um zurückzukommen, muss { -app } auf ihm neu eingerichtet werden.
device-retire-do = Außer Betrieb nehmen
device-revoke-title = Ein Computer von { $name } ging verloren
device-revoke-text = Niemand kann mit ihm mehr etwas im Namen von { $name } ins Regal stellen. Was auf ihm geöffnet war, ist noch auf ihm.
device-revoke-note = Auch das Passwort des Ordners oder Servers ändern: Wer den Computer hat, hat es vielleicht noch.
device-revoke-do = Sperren
device-lost-upto = Wofür steht er noch?
device-lost-everything = Alles, was schon im Regal steht
device-lost-everything-text = Er ging eben erst verloren, und nichts Seltsames kam von ihm.
device-lost-moment = Was er bis zu einem bestimmten Tag gesagt hat
device-lost-moment-text = Alles Spätere kommt aus dem Regal.
device-lost-nothing = Nichts
device-lost-nothing-text = Er war von Anfang an in falschen Händen.
device-lost-last-good = Das Letzte in guten Händen
device-lost-head = Nummer { $number }, { $products } { -thing(form: "many") }
take-over-title = Ein neuer Computer für jemanden ohne den alten
take-over-text = Er tritt an die Stelle aller bisherigen Computer. Ihre { -thing(form: "many") } gehen unter demselben Namen weiter.
take-over-who = Wem gehört er?
take-over-do = Die Wörter sind dieselben, übernehmen

# Einladungen.
invite-do = Jemanden einladen
invite-title = Zu { $shelf } einladen
invite-text = Drei Wege; einer genügt. In keinem steht ein Passwort.
invite-needs-folder = Nötig ist der Ordner { $address } auf dem anderen Computer: zuerst ihn teilen.
invite-needs-sign-in = Nötig ist eine Anmeldung bei { $address }: mit eigenem Benutzernamen und Passwort.
invite-hint = Wie ist der Ordner zu finden?
invite-hint-text = In eigenen Worten, etwa „Laufwerk S:, Büro, Regal“
invite-file = Als Datei
invite-file-text = Mit einer Mail senden oder in den Ordner legen. Öffnen oder auf das Fenster von { -app } ziehen.
invite-file-do = Einladung speichern …
invite-saved = Die Einladung ist gespeichert. So weitergeben, wie sie ist.
invite-link = Als Link
invite-link-text = In eine Nachricht einfügen. Dort in { -app } einfügen.
invite-link-do = Link kopieren
invite-words = Am Telefon
invite-words-text = Dort den Ort selbst wählen und diese sechs Wörter eintippen.
invited-page = Sie haben eine Einladung
invited-lead = Die Datei zeigen, den Link einfügen oder die sechs Wörter eintippen.
invited-lead-read = Sie wurde gelesen. Das steht darin.
invited-have = Ich habe eine Einladung
invited-file = Datei öffnen …
invited-paste = Der Link, oder was in der Datei steht
invited-paste-do = Lesen
invited-words = Sechs Wörter
invited-words-text = Wie vorgelesen, mit Leerzeichen dazwischen. Zuerst den Ort wählen.
invited-words-do = Vergleichen
invited-to = { $from } lädt zu { $shelf } ein
invited-to-words = Die Wörter passen: { $shelf }
invited-compare = Das sind die sechs Wörter von dem Computer, der das Regal begonnen hat. Wer unsicher ist, von wem das kommt, ruft an und vergleicht.
invited-found = Auf diesem Computer gefunden
invited-hint = { $from } sagt, wo es ist: { $hint }
invited-place = Wo ist es hier?
invited-join = Mitmachen
invited-already = Sie sind schon bei diesem Regal
invited-already-text = Es bleibt nichts zu tun. Unter Ihren Regalen heißt es { $name }.
invited-too-new = Es steht an einem Ort, den dieses { -app } noch nicht kennt. { -app } aktualisieren.
