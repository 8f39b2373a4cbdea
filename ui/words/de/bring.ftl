bring-page = Hereinholen
bring-text = Eine Tabellendatei irgendwo auf dieses Fenster ziehen. Noch wird nichts geteilt, und die Datei bleibt, wie sie ist.
bring-drop-title = Datei hier ablegen
bring-drop-text = Excel in jeder Version, OpenDocument, CSV und anderer Text, gespeicherte Webseiten, gern auch gezippt. Mehrere auf einmal gehen, ebenso ein ganzer Ordner.
bring-browse = Durchsuchen…
bring-paste = Tabelle einfügen
bring-paste-title = Tabelle einfügen
bring-paste-text = Die Zellen in der Tabellenkalkulation kopieren und dann hier einfügen.
bring-paste-field = Die kopierten Zellen
bring-paste-hint = Strg+V geht überall in { -app }.
bring-paste-go = Hereinholen
bring-pasting = Wird hereingeholt

bring-outcome = { $count ->
    [one] Was aus der Datei wurde
   *[other] Was aus den { $count } Dateien wurde
}
bring-outcome-text = Jede lässt sich für sich ansehen.
bring-outcome-text-join = Jede für sich ansehen, oder zu einer verbinden, wenn sie dieselben Spalten haben.
bring-outcome-join = Zu einer verbinden
bring-outcome-ready = Bereit zum Ansehen
bring-outcome-open = Ansehen
bring-outcome-close = Liste ausblenden

bring-password = Passwort
bring-password-named = Passwort von { $file }
bring-password-show = Passwort zeigen
bring-password-hide = Passwort verbergen
bring-password-open = Öffnen
bring-password-later = Jetzt nicht

bring-drafts = Noch nicht fertig
bring-drafts-text = Das sehen nur Sie. Es liegt auf diesem Computer.
bring-drafts-none = Hier wartet nichts
bring-drafts-none-text = Was Sie hereinholen, bleibt hier, bis es im Regal steht.
bring-draft-check = Wie es gelesen wurde
bring-draft-label = Das Etikett schreiben
bring-draft-published = Auf dem Weg ins Regal
bring-draft-discarded = Weggeworfen
bring-draft-saved = gesichert { $when }
bring-draft-go-on = Weiter
bring-draft-go-on-named = Weiter mit { $title }
bring-draft-discard = Wegwerfen
bring-draft-discard-named = { $title } wegwerfen
bring-draft-discarded-toast = { $title } ist weggeworfen. Die Datei bleibt, wo sie ist.

bring-practice = Übungsdateien
bring-practice-text = Dateien, wie sie wirklich kommen, zum Ausprobieren. Eigenes bleibt unberührt.
bring-practice-open = Ausprobieren
bring-practice-open-named = Ausprobieren: { $file }
