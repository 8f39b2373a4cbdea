publish-page = Ins Regal stellen
publish-text = Noch einmal ansehen, was geschieht. Nichts wird je überschrieben: Frühere Ausgaben bleiben.
publish-plan = Was geschieht
publish-what = Name
publish-to = In
publish-seen = Wer es sieht
publish-seen-nobody = Sonst ist noch niemand an diesem Regal
publish-seen-people = { $count ->
    [one] { $names }
   *[other] { $count } Personen: { $names }
}
publish-rows = Zeilen
publish-rows-stay = Nur das Etikett kommt dorthin, die Zeilen bleiben hier
publish-version = Ausgabe
publish-version-new = Die erste
publish-version-replace = { $number }, anstelle der Zeilen davor
publish-version-append = { $number }, mit Zeilen zu denen davor
publish-left = Noch zu richten
publish-left-none = Nichts
publish-changes = Was sich ändert
publish-missing = Ein wenig fehlt noch
publish-missing-text = Die Hausregeln verlangen:
publish-accept-suggestions = Alle Vorschläge übernehmen
publish-put = Ins Regal stellen
publish-back = Zurück zum Etikett

publish-clash = { $who } hat { $when } eine neuere Ausgabe ins Regal gestellt, während Sie daran gearbeitet haben.
publish-clash-text = So oder so geht nichts verloren.
publish-clash-compare = Vergleichen
publish-clash-keep = Beide behalten, meine als Entwurf
publish-clash-mine = Meine obenauf, die andere bleibt als frühere Ausgabe
publish-compare = Beide Fassungen nebeneinander
publish-compare-text = { $who } hat die eigene { $when } ins Regal gestellt. Ihre ist noch nur hier.
publish-compare-changes = Was sich ändert, wenn Ihre obenauf kommt
publish-compare-sides = Beide Fassungen
publish-compare-what = Was
publish-compare-theirs = { $who }
publish-compare-mine = Ihre
publish-compare-same-label = Auf beiden Etiketten steht dasselbe.
publish-compare-page = Zur Fassung von { $who }
publish-differs-title = Name
publish-differs-summary = In einem Satz
publish-differs-area = Bereich
publish-differs-keeper = Verantwortlich
publish-differs-keeper-email = E-Mail der verantwortlichen Person
publish-differs-stand-in = Vertretung
publish-differs-good-for = Gut für
publish-differs-not-for = Nicht für
publish-differs-tags = Stichwörter
publish-differs-column-name = Name von { $column }
publish-differs-meaning = Bedeutung von { $column }
publish-differs-empty = Nichts
publish-kept = Der Entwurf ist behalten. Er liegt unter Hereinholen.

publish-going = { $title } ist auf dem Weg ins Regal
publish-done = { $title } steht im Regal
publish-steps = Wie weit es ist
publish-saved = Auf diesem Computer gesichert
publish-saving = Wird auf diesem Computer gesichert
publish-copied = Ins Regal kopiert
publish-copied-text = Zurückgelesen und gleich befunden.
publish-copying = { $done } von { $of }
publish-copying-held = Sobald es geht, wird kopiert; jede Minute ein neuer Versuch.
publish-seen-step = Alle können es sehen
publish-seen-by = Gesehen von { $name } { $when }
publish-seen-by-plain = Gesehen von { $name }
publish-seen-waiting = Noch hat es niemand gesehen. Jedes { -app } schaut von selbst jede Minute nach.
publish-seen-alone = Sonst ist noch niemand an diesem Regal. Wer dazukommt, sieht es sofort.
publish-state-todo = noch nicht
publish-state-busy = läuft
publish-state-waiting = aufgehalten
publish-state-done = fertig
publish-state-stop = braucht Sie
publish-retry = Jetzt versuchen
publish-blocked = { $count ->
    [one] Eine Datei ist noch irgendwo offen: { $files }.
   *[other] { $count } Dateien sind noch irgendwo offen: { $files }.
}
publish-blocked-text = Die neue Ausgabe steht im Regal. Diese Kopien für Excel folgen, sobald sie geschlossen sind.
publish-open = Zur Seite
publish-more = Noch eine Datei hereinholen
publish-later = Trotzdem ins Regal stellen geht: Es wartet auf diesem Computer und wird kopiert, sobald der Ort antwortet.
publish-waits = Wartet auf diesem Computer seit { $when }
publish-waits-text = Gleich wird es ins Regal kopiert.
publish-paused = Angehalten. Es wartet auf diesem Computer seit { $when }
