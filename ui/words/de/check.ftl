check-page = Wie es gelesen wurde
check-text = Das sehen nur Sie. Die Datei bleibt, wie sie ist. Stimmt, wie sie gelesen wurde?
check-rows = Zeilen von { $file }
check-sentences = So ist es gelesen
check-doubt = Nicht sicher
check-notice = Einen Blick wert
check-sure = Sicher

check-left-out-row = Zeile { $row }: { $text }, { $reason }
check-left-out-empty = Zeile { $row }, { $reason }
check-as-in-file = So steht es in der Datei: { $raw }
check-as-in-file-empty = Auch in der Datei leer
check-odd-misfit = Passt nicht zu „{ kind-as }“, darum leer
check-odd-empty = Als leer gelesen

check-show = Zeigen
check-showing = Zeile { $row }, { $index } von { $count }
check-showing-first = Zeile { $row }, { $index } der ersten { $shown }; insgesamt { $count }
check-more = Mehr
check-next = Nächste Zeile
check-previous = Zeile davor
check-hide = Genug gesehen

check-pick-title = In welcher Zeile stehen die Namen?
check-pick-text = Die Zeile anklicken oder mit den Pfeiltasten hingehen und Eingabe drücken.
check-pick-done = Die Namen stehen jetzt in Zeile { $row }.

check-joined = { $files } Dateien, { $rows } Zeilen
check-joined-text = Zu sehen sind die Zeilen der ersten Datei. Die anderen werden genauso gelesen und folgen auf sie.
check-joined-rows = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}
check-joined-missing = Ohne { $names }: in diesen Zeilen leer.
check-joined-new = Dazu { $names }.
check-joined-take-out = Herausnehmen
check-joined-take-out-named = Herausnehmen: { $file }

check-more-brought = { $count ->
    [one] { $names } wartet unter Hereinholen.
   *[other] { $names } warten unter Hereinholen.
}
check-more-table = Die Tabelle in { $name }
check-more-sheet = Das Blatt „{ $name }“
check-more-go = Dorthin

check-undo = Rückgängig
check-redo = Wiederholen
check-go-on = Stimmt so, weiter
check-start-over = Von vorn
check-started-over = Neu gelesen, wie am Anfang.
check-next-time = Sieht eine Datei wieder so aus, lesen wir sie genauso.
check-remembered = Gelesen wie beim letzten Mal ({ $title }).
check-meant = Nächste Datei für { $title }.
check-meant-remembered = Nächste Datei für { $title }, gelesen wie beim letzten Mal.
check-meant-text = Nach dem Prüfen wählen Sie, ob die Zeilen dazukommen oder die vorhandenen ersetzen.
check-goes-on = Diese Zeilen setzen { $title } fort.

check-busy = { $rows ->
    [0] { $file } wird gelesen
    [one] { $file } wird gelesen: bisher 1 Zeile.
   *[other] { $file } wird gelesen: bisher { $rows } Zeilen.
}
check-first-rows = Bisher gesehen: die ersten { $rows } Zeilen.
check-busy-first = Die ersten Zeilen sind schon da. Weiter geht es, sobald alle gelesen sind.
check-busy-share = { $percent } von { $file } gelesen
check-cancel = Abbrechen
check-cancelled = Angehalten. Die Datei bleibt, wie sie ist.
check-discard = Diesen Entwurf wegwerfen
check-no-rows = Es gibt keine Zeilen zu zeigen.
check-waiting = Die ersten Zeilen kommen gleich

check-column-menu = Spalte { $column }
check-column-kind = Was darin steht
check-column-now = jetzt
check-column-misfits = { $count ->
    [one] 1 Zelle passt nicht
   *[other] { $count } Zellen passen nicht
}
check-column-fits = alle Zellen passen
check-column-no-values = keine Werte
check-column-name = Name
check-column-rename = Umbenennen
check-column-leave-out = Diese Spalte weglassen
check-column-bring-in = Diese Spalte hereinholen
check-column-left-out = Weggelassen

check-next-title = Sieht nach derselben Tabelle aus wie { $title }.
check-next-which = Was wird damit fortgesetzt?
check-next-going = Setzt { $title } fort.
check-next-how = Was soll mit den vorhandenen Zeilen geschehen?
check-next-add = { $count ->
    [one] 1 Zeile hinzufügen
   *[other] { $count } Zeilen hinzufügen
}
check-next-add-text = Die vorhandenen Zeilen bleiben.
check-next-replace = Ersetzen
check-next-replace-text = Diese Zeilen treten an ihre Stelle. Die Ausgabe davor bleibt erhalten.
check-next-new = Es ist etwas anderes
check-next-new-text = Es bekommt ein eigenes Etikett.
check-next-changes = Was sich ändern würde
check-next-counting = Die Zeilen werden verglichen
check-next-back = Zurück zur Prüfung
check-next-go-on = Weiter zum Etikett
