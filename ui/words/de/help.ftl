help-page = Hilfe
help-all = Alle Seiten der Hilfe
help-contents = Inhalt
help-find = In der Hilfe finden
help-nothing = „{ $query }“ kommt in der Hilfe nicht vor
help-keys-column = Tasten
help-keys-does = Was sie tun

help-start-title = So funktioniert { -app }
help-start-text =
    Ein { -thing } ist eine Tabelle mit einem Etikett. Darauf steht, was darin ist, wer zuständig ist und wie frisch sie ist. So lässt sie sich finden, und man kann sich auf sie verlassen.

    ## Von der Datei ins Regal
    - Eine Tabelle hereinholen: irgendwo auf das Fenster ziehen, auswählen oder kopierte Zellen einfügen.
    - Prüfen, wie sie gelesen wurde. Jede Annahme ist ein Satz, daneben steht ihr Gegenteil.
    - Das Etikett schreiben. Das meiste wird vorgeschlagen.
    - Ins Regal stellen. Die anderen sehen es, sobald der Ordner kopiert ist.

    ## Wo alles liegt
    Das Regal ist ein Ordner, den das Team teilt. { -app } hält eine Kopie davon auf diesem Computer und arbeitet deshalb auch ohne Netz. Es gibt keinen Server und kein Konto.

    Die eigene Datei bleibt, wie sie ist. Was im Regal steht, wird nie überschrieben: Neu gefüllt wird mit einer neuen Ausgabe, die früheren bleiben.

help-today-title = Heute
help-today-text =
    Heute zeigt, was auf Sie wartet, was heute gefüllt wurde und was zuletzt geöffnet war. Wartet nichts, dann steht das da.

    ## Wartet auf Sie
    Höchstens fünf Dinge, jedes mit einer Schaltfläche. Zuerst, was Sie zu füllen zugesagt haben, dann, wem Sie folgen, dann angefangene Entwürfe.

help-shelf-title = Das Regal
help-shelf-text =
    Im Regal steht alles, was das Team hineingestellt hat, nach Bereichen geordnet. Jedes Etikett nennt, was darin ist, wann es gefüllt wurde und wer zuständig ist.

    ## Etwas finden
    Einen Namen, eine Spalte oder eine Person eintippen. Die Antwort sagt dazu, wo das Wort steht. Strg+K geht von jeder Seite aus.

    ## Was das Schildchen sagt
    - Gefüllt, mit Haken: rechtzeitig gefüllt.
    - Gefüllt, mit Uhr: Es gibt keine Zusage, wann es wieder gefüllt wird.
    - Überfällig: Es war zugesagt und ist zu spät. Wer zuständig ist, sieht es auch.
    - Kopie beschädigt: Die Kopie hier passt nicht zu ihrem Siegel. Öffnen, um sie neu zu holen.

    Die beiden Schaltflächen rechts wechseln zwischen Etiketten und Liste.

help-bring-title = Eine Datei hereinholen
help-bring-text =
    Eine oder mehrere Tabellen irgendwo auf das Fenster ziehen, auswählen oder anderswo kopierte Zellen mit Strg+V einfügen.

    { -app } liest Excel (xlsx, xlsm, xls, xlsb und das XML von Excel 2003), OpenDocument (ods, fods), Text mit Kommas, Semikolons oder Tabulatoren und Tabellen aus Webseiten, auch gepackt in einer Zip-Datei. Erkannt wird eine Datei an ihrem Inhalt, nicht an ihrem Namen.

    Mehrere Dateien mit denselben Spalten, etwa eine je Monat, lassen sich zu einer verbinden. Ein Ordner mit solchen Dateien wird von selbst zu einer, und Dateien mit anderen Spalten stehen daneben. Die übrigen Blätter und Tabellen einer Arbeitsmappe lassen sich auch hereinholen, jede mit eigenem Etikett.

    Liegt neben der Datei eine Beschreibung (datapackage.json oder ein Datenvertrag wie kasse.odcs.yaml), beginnt das Etikett mit dem, was darin steht. Ein Klick lässt sie beiseite.

    Noch wird nichts geteilt, und die Datei bleibt, wie sie ist. Angefangenes bleibt als Entwurf auf diesem Computer, bis es fertig oder weggelegt ist.

help-check-title = Prüfen, wie gelesen wurde
help-check-text =
    Links stehen die Zeilen, wie sie in der Datei sind. Was keine Daten sind, etwa Titel und Summen, ist grau und sagt, warum es wegbleibt.

    Rechts stehen Sätze. Jeder sagt, was angenommen wurde, und hat sein Gegenteil daneben. Ein Klick genügt, Strg+Z nimmt ihn zurück.

    ## Arten
    Ein Klick auf einen Spaltennamen zeigt die Arten. Jede zeigt, wie die ersten drei Werte damit aussähen. Code ist die Art, bei der führende Nullen bleiben.

    ## Beim nächsten Mal
    Die gewählte Lesart wird gemerkt. Die nächste Datei, die so aussieht, wird ebenso gelesen.

help-label-title = Das Etikett
help-label-text =
    Das Etikett sehen alle zuerst. Es entsteht rechts, während links geschrieben wird.

    ## Vorschläge
    Wörter mit gepunkteter Linie sind vorgeschlagen. Ein Haken nimmt sie an, Ändern ebenso. „Warum das?“ sagt, woher ein Vorschlag kommt.

    ## Offene Punkte
    Leere Zellen, doppelte Zeilen, seltsame Daten: Jeder Punkt zeigt seine Zeilen und sichere Wege. Die Datei bleibt, wie sie ist. Eine Korrektur lässt sich wieder ausschalten, und stehen lassen ist immer erlaubt; dann sagt es das Etikett.

    ## Zusage
    Sagen, wie oft es wieder gefüllt wird, oder nichts zusagen. Wird es zu spät, gilt es als überfällig, für Sie und alle, die ihm folgen.

    Entwürfe speichern sich selbst.

help-publish-title = Ins Regal stellen
help-publish-text =
    Vorher steht da, was geschehen wird: wohin es kommt, wer es sehen wird, wie viele Zeilen es sind und was noch offen ist.

    ## Drei ehrliche Schritte
    - Auf diesem Computer gespeichert. Von da an kann nichts mehr verloren gehen.
    - Ins Regal kopiert. Es wird zurückgelesen und verglichen, bevor es zählt. Ohne Netz wartet es und geht von selbst weiter.
    - Die anderen können es sehen. Wo ihr { -app } es meldet, steht da, wer es hat.

    Hat inzwischen jemand anders eine neuere Ausgabe hineingestellt, entscheiden Sie, was geschieht. Überschrieben wird nie etwas.

help-product-title = Die Seite eines { -thing(form: "of") }
help-product-text =
    Eine lange Seite: auf einen Blick, ein Blick hinein, die Spalten, woher es kommt, Zusage und Hausregeln, und was sich geändert hat.

    ## Benutzen
    - „In Excel öffnen“ schreibt eine datierte Kopie mit einem Blatt über ihre Herkunft.
    - „Mehr“, „Kopie sichern“ gibt xlsx, csv oder parquet.
    - „Folgen“ meldet, wenn es gefüllt wird und wenn es zu spät ist.

    ## Hineinsehen
    Ein Klick auf einen Spaltennamen sortiert oder zeigt nur manche Zeilen. Was zu sehen ist, bleibt beim Ansehen gleich, auch wenn neu gefüllt wird; dann bietet eine Zeile das Neue an.

    ## Frühere Ausgaben
    Unter „Was sich geändert hat“ steht jede Ausgabe mit Datum und Person. Wer zuständig ist, kann eine frühere zurückholen.

help-next-month-title = Die Datei vom nächsten Monat
help-next-month-text =
    Die nächste Datei auf ihr Etikett ziehen oder hereinholen wie zuvor. Gleicht sie etwas im Regal, sagt { -app } das und bietet drei Wege an:
    - Die Zeilen zu den vorhandenen dazunehmen.
    - Die Zeilen durch die neuen ersetzen.
    - Es ist etwas anderes.

    Dann steht in Sätzen da, was sich geändert hat, bevor irgendetwas gilt. Die vorige Ausgabe bleibt und lässt sich wieder benutzen.

help-people-title = Personen und Bestätigen
help-people-text =
    Jede Person am Regal hat einen eigenen Schlüssel, der auf ihrem Computer entstanden ist. Was sie füllt, ist damit unterschrieben. So kann niemand in ihrem Namen etwas füllen.

    ## Sechs Wörter
    Wer neu ist, muss einmal bestätigt werden. Anrufen, sich die sechs Wörter vorlesen lassen und vergleichen. Sind sie gleich, ist es wirklich diese Person. Bis dahin stehen ihre Sachen für sich, unter „Noch nicht bestätigt“.

help-activity-title = Verlauf
help-activity-text =
    Der Verlauf ist das Tagebuch dieses Computers: was hereingeholt und ins Regal gestellt wurde und was von anderen kam. Er bleibt auf diesem Computer.

help-places-title = Wo ein Regal stehen kann
help-places-text =
    Jeder Ordner, den das Team teilt, ist recht: ein Netzlaufwerk, OneDrive, Dropbox, Google Drive, Nextcloud, Syncthing.

    ## Nicht erreichbar
    Antwortet der Ordner nicht, arbeitet { -app } mit den Kopien auf diesem Computer und sagt das unten links. Was ins Regal soll, wartet und geht von selbst weiter.

    ## Regal jetzt prüfen
    { -app } sieht von Zeit zu Zeit nach. F5 sieht sofort nach.

    ## Ist alles in Ordnung?
    Unten links auf den Stand des Regals klicken, dann auf „Ist alles in Ordnung?“. Alles wird einmal gelesen und mit seinem Siegel verglichen.

help-trust-title = Wer was sehen kann
help-trust-text =
    Wer den geteilten Ordner öffnen kann, kann öffnen, was im Regal steht. „Nur das Etikett“ behält die Zeilen auf Ihrem Computer: Die anderen sehen, was es gibt, und können danach fragen.

    Hausregeln und „wer es sehen darf“ sind eine Bitte, kein Schloss. Wer das Team verlässt, behält vorhandene Kopien.

    Sonst geht nichts nirgendwohin. { -app } sendet nichts ins Internet und zählt nichts.

help-settings-title = Einstellungen
help-settings-text =
    Hell oder dunkel, die Sprache, die Größe von allem, kompakte Zeilen und klarere Buchstaben gelten sofort.

    Zahlen und Daten werden geschrieben, wie das System es tut. Änderungen an Ihren Angaben sehen die anderen, sobald das Regal kopiert ist.

help-keys-title = Alle Tasten
help-keys-text = Alles geht mit der Tastatur. Tab führt von einem zum nächsten, die Pfeile bewegen sich in Listen, Menüs und Tabellen.
help-key-browse = Datei hereinholen
help-key-paste = Kopierte Tabelle hereinholen
help-key-find = Irgendetwas finden
help-key-find-inside = Im Geöffneten finden
help-key-today = Heute
help-key-shelf = Regal
help-key-bring = Hereinholen
help-key-activity = Verlauf
help-key-back = Zurück
help-key-forward = Vorwärts
help-key-undo = Rückgängig
help-key-redo = Wiederholen
help-key-print = Diese Seite drucken
help-key-zoom-in = Größer
help-key-zoom-out = Kleiner
help-key-zoom-reset = Normale Größe
help-key-settings = Einstellungen
help-key-help = Hilfe
help-key-what-is-this = Hilfe zu dem, was gerade gewählt ist
help-key-refresh = Regal jetzt prüfen
help-key-next-pane = Nächster Teil des Fensters
help-key-previous-pane = Voriger Teil
help-key-menu = Menü zu dem, was gerade gewählt ist
help-key-escape = Schließt das Oberste. Nie geht Arbeit verloren
