label-page = Das Etikett schreiben
label-text = Was alle brauchen, um es zu finden und ihm zu trauen. Noch sehen das nur Sie.
label-as-seen = So sehen es die anderen
label-form = Das Etikett

label-what = Was ist es?
label-title = Name
label-summary = Was darin ist, in einem Satz
label-area = Bereich
label-area-hint = Der Teil des Betriebs, zu dem es gehört, etwa Backstube oder Büro.
label-keeper = Zuständig
label-keeper-hint = Wer sich darum kümmert und Fragen beantwortet.

label-suggested = Vorschlag
label-accept = Übernehmen
label-accept-named = Übernehmen: { $field }
label-why = Warum das?
label-why-named = Warum das? { $field }

label-guide = Spaltenführer
label-guide-suggested = { $count ->
    [one] 1 Vorschlag.
   *[other] { $count } Vorschläge.
}
label-guide-done = { $described } von { $columns } Spalten erklärt.
label-accept-all = Alle übernehmen
label-go-through = Der Reihe nach ansehen
label-going = { $field }: „{ $value }“
label-going-accept = Übernehmen und weiter
label-going-skip = Weiter
label-going-stop = Aufhören
label-accepted = { $count ->
    [one] 1 Vorschlag übernommen.
   *[other] { $count } Vorschläge übernommen.
}
label-column-name = Name
label-column-kind = Art
label-column-meaning = Bedeutung
label-column-unit = Einheit
label-column-example = Beispiel
label-column-marks = Merkmale
label-column-name-of = Name von { $column }
label-column-meaning-of = Bedeutung von { $column }
label-column-unit-of = Einheit von { $column }
label-column-key = Macht jede Zeile einmalig
label-column-required = Immer gefüllt
label-column-personal = Persönliche Angaben
label-column-marks-of = Merkmale von { $column }
label-field-meaning = Bedeutung von { $column }
label-field-unit = Einheit von { $column }
label-field-key = { $column } macht jede Zeile einmalig
label-field-looks-up = { $column } schlägt nach in { $value }
label-suggest-key = Macht { $column } jede Zeile einmalig?
label-suggest-key-yes = Ja, so ist es
label-suggest-looks-up = Ist { $column } dasselbe wie in { $value }?
label-suggest-looks-up-yes = Ja, das passt zusammen
label-looks-up = Schlägt nach in { $title }
label-looks-up-remove = { $column } schlägt nicht mehr in { $title } nach

label-fix = Was zu richten ist
label-fix-none = Nichts gefunden. Gut gepflegt.
label-fix-text = Die Datei wird nie geändert. Jede Reparatur lässt sich einzeln ausschalten.
label-fix-show = { $count ->
    [one] Die Zeile zeigen
   *[other] Die Zeilen zeigen
}
label-fix-hide = Zeilen ausblenden
label-fix-rows = Zeilen zu: { $what }
label-fix-first = Die ersten { $shown } von { $count }.
label-fix-row-number = Zeile
label-fixed = Repariert

label-promise = Zusage
label-promise-text = Wie oft wird es neu gefüllt? Sie werden erinnert, und alle sehen, wenn es zu spät ist.
label-promise-every = Wie oft
label-promise-none = Keine Zusage
label-promise-day = Jeden Tag
label-promise-working-day = Jeden Werktag
label-promise-week = Jede Woche
label-promise-month = Jeden Monat
label-promise-on = Am
label-promise-month-day = Tag des Monats
label-promise-by = Bis
label-promise-by-bad = Eine Uhrzeit wie 09:00
weekday-monday = Montag
weekday-tuesday = Dienstag
weekday-wednesday = Mittwoch
weekday-thursday = Donnerstag
weekday-friday = Freitag
weekday-saturday = Samstag
weekday-sunday = Sonntag
promise-day = Jeden Tag bis { $by }
promise-working-day = Jeden Werktag bis { $by }
promise-week = Jeden { $day } bis { $by }
promise-month = Am { $number }. jedes Monats bis { $by }
promise-none = Keine Zusage

label-rules = Hausregeln
label-audience = Wer darf die Zeilen sehen?
label-audience-everyone = Alle an diesem Regal
label-audience-everyone-text = Wer diesen Ordner öffnen kann, kann auch öffnen, was im Regal steht.
label-audience-label-only = Nur das Etikett
label-audience-label-only-text = Die Zeilen bleiben auf diesem Computer. Wer sie braucht, fragt danach.
label-audience-sealed = Nur Personen, die Sie auswählen
label-audience-sealed-text = Für alle anderen ist es verschlossen, auch wenn sie den Ordner öffnen können. Weitere Personen können jederzeit dazukommen.
label-audience-honest = „Alle“ ist eine Bitte, kein Schloss: Der Ordner entscheidet, wer ihn öffnen kann.
label-terms = Was andere damit tun dürfen
label-terms-internal = Nur für unsere eigene Arbeit
label-terms-cc-by = Frei nutzbar mit Namensnennung (CC BY 4.0)
label-terms-cc-zero = Frei nutzbar ohne Bedingungen (CC0 1.0)
label-terms-own = In eigenen Worten
label-terms-text = Die Bedingungen

label-more = Mehr
label-more-text = Nicht nötig, aber hilfreich für alle.
label-stand-in = Vertretung
label-stand-in-hint = Wer hilft, wenn sonst niemand da ist.
label-email = E-Mail der zuständigen Person
label-email-bad = Eine Adresse wie anna@example.org
label-good-for = Gut für
label-not-for = Nicht für
label-tags = Wörter, unter denen man es findet
label-tags-hint = Ein Wort schreiben und Eingabe drücken.
label-tag-remove = { $tag } wegnehmen

label-saved = Auf diesem Computer gesichert { $time }
label-saving = Wird gesichert
label-unsaved = Noch nicht gesichert
label-put = Ins Regal stellen
label-plan = { $rows ->
    [one] 1 Zeile
   *[other] { $rows } Zeilen
}, { $to_fix ->
    [0] nichts mehr zu richten.
    [one] 1 Punkt noch zu richten.
   *[other] { $to_fix } Punkte noch zu richten.
}
label-plan-to = In: { $shelf }.
label-plan-visible = { $count ->
    [0] Sonst ist dort noch niemand.
    [one] Sichtbar für { $names }.
   *[other] Sichtbar für { $count } Personen.
}
label-plan-sealed = { $count ->
    [0] Versiegelt: Nur Sie können es lesen.
    [one] Versiegelt: Nur Sie und { $names } können es lesen.
   *[other] Versiegelt: Nur Sie und { $count } Personen können es lesen.
}
label-missing = { $count ->
    [one] 1 Angabe fehlt.
   *[other] { $count } Angaben fehlen.
}
label-back = Zurück zu den Zeilen
label-sealed-who = Wer darf es lesen?
label-sealed-you = Sie, auf all Ihren Computern, und:
label-sealed-no-key = Kann es noch nicht lesen: hat das Regal mit diesem { -app } noch nicht angesehen
label-sealed-gone = Nicht mehr beim Regal
label-sealed-nobody = Sonst ist noch niemand bestätigt.
label-sealed-ask = Was alle anderen wissen dürfen
label-sealed-ask-hint = Etwa „Löhne nach Monat; wer Schichten plant, fragt mich“. Das ist nicht verschlossen.
label-sealed-hide = Den Namen verbergen
label-sealed-hide-hint = Andere sehen nur, dass da etwas Versiegeltes ist.
label-sealed-honest = Zeilen, Spalten, Etikett und Seite sind mit den Schlüsseln der Gewählten verschlossen. Alle beim Regal sehen trotzdem, dass es da ist, wie groß es ist, wann es gefüllt wird und für wen es versiegelt ist. Wer es geöffnet hat, behält, was da war. Gehen alle diese Computer verloren, kann es niemand mehr öffnen.
label-sealed-areas = Oder alle, die etwas führen im Bereich
label-sealed-areas-later = Wer später in einen solchen Bereich kommt, wird nicht von selbst hereingelassen: Sie werden unter Heute gefragt.
