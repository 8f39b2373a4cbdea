frame-skip = Zur Seite springen
frame-sidebar = { -app }: Orte, Sie und das Regal
frame-places = Orte
frame-messages = Meldungen
frame-back = Zurück (Alt+Links)
frame-forward = Vorwärts (Alt+Rechts)
frame-find = Finden
frame-help = Hilfe (F1)
frame-in-sample = Dies ist die Musterbäckerei.
frame-leave-sample = Verlassen
frame-drop = Zum Ansehen loslassen. Noch wird nichts geteilt.
frame-drop-on = Nächste Datei für { $title }
frame-drop-on-text = Nach dem Prüfen wählen Sie, ob Zeilen dazukommen oder ersetzt werden.
frame-drop-spots = Zum Ansehen loslassen, oder auf einem eigenen Etikett, um es neu zu füllen.
frame-drop-files =
    { $count ->
        [one] Eine Datei
       *[other] { $count } Dateien. Jede ansehen, oder verbinden, wenn sie dieselben Spalten haben.
    }
frame-choose-other = Andere Datei wählen
frame-paste-keys = Strg+V holt die kopierte Tabelle herein.
frame-paste-nothing = In der Zwischenablage ist keine Tabelle. Erst einige Zeilen kopieren.
frame-paste-file = Die Datei auf dieses Fenster ziehen oder über „Datei auswählen“ holen.
frame-sync = Wie es um das Regal steht
frame-address = Ort
frame-looked = Zuletzt angesehen
frame-look-only = Ansehen geht hier, ins Regal stellen nicht.
frame-check-now = Regal jetzt prüfen
frame-people = Wer dabei ist
frame-doctor = Ist alles in Ordnung?

find-placeholder = Ein Name, eine Spalte, eine Person, etwas zu tun
find-results = Gefunden
find-recent = Zuletzt geöffnet
find-things = Im Regal
find-people = Personen
find-pages = Seiten
find-commands = Zu tun
find-in-column = Spalte { $name }
find-with-person = Zuständig: { $name }
find-with-tag = { $name }
find-in-area = In { $area }
find-nothing = „{ $query }“ kommt hier nirgends vor.
find-count =
    { $count ->
        [one] Ein Fund
       *[other] { $count } Funde
    }
find-do-browse = Datei hereinholen
find-do-paste = Tabelle einfügen
find-do-refresh = Regal jetzt prüfen
find-do-print = Diese Seite drucken
find-do-zoom-in = Größer
find-do-zoom-out = Kleiner
find-do-zoom-reset = Normale Größe
find-do-back = Zurück, wo ich war

frame-fault = { -app } ist { $when } auf einen eigenen Fehler gestoßen.
frame-fault-text = Ihre Arbeit ist sicher. Nichts hat diesen Computer verlassen.
frame-fault-read = Ansehen, was war
frame-fault-report = Was war
frame-fault-report-text = Für alle, die sich um Ihre Computer kümmern. Dateinamen und Werte aus Zellen fehlen darin.
frame-fault-copy = Kopieren
frame-fault-show = Im Ordner zeigen
frame-shelves = Ihre Regale
frame-shelves-other = Ein anderes Regal ansehen
