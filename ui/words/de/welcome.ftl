welcome-page = Willkommen
welcome-line = Die Tabellen des Teams: aufgeräumt, leicht zu finden und aktuell.
welcome-sample = In der Musterbäckerei umsehen
welcome-sample-text = Acht { -thing(form: "many") } einer kleinen Bäckerei und unordentliche Dateien zum Üben. Eigenes bleibt unberührt.
welcome-shelf = Unser Regal einrichten
welcome-shelf-text = Dauert etwa eine Minute. Nötig ist ein Ordner, den das Team teilt.
welcome-waiting =
    { $files_count ->
        [one] { $files } ist aufgehoben
       *[other] { $files } sind aufgehoben
    }
welcome-waiting-text = Erst das eigene Regal einrichten, dann geht es damit weiter. Noch wird nichts geteilt.
welcome-no-account = Kein Konto, kein Passwort.
welcome-sample-page = Die Musterbäckerei
welcome-sample-wait = Fünf Personen, acht { -thing(form: "many") }, alles nur auf diesem Computer. Gleich ist sie fertig.

welcome-place = Wo steht das Regal?
welcome-place-text = In einem Ordner, den das Team teilt. Dort steht alles, was ins Regal kommt.
welcome-other-folder = Anderer Ordner …
welcome-everyone = Wer diesen Ordner öffnen kann, kann auch öffnen, was im Regal steht.
place-one-drive = OneDrive
place-dropbox = Dropbox
place-google-drive = Google Drive
place-nextcloud = Nextcloud
place-syncthing = Syncthing
place-network = Netzlaufwerk
place-folder = Ordner
place-webdav = WebDAV
place-s3 = S3
place-sftp = SFTP
place-only-here = Vorerst nur dieser Computer
place-only-here-text = Zum Ausprobieren. Ein Umzug in einen geteilten Ordner ist später möglich.

probe-checks = Prüfungen dieses Ordners
probe-read = Hier lässt sich lesen
probe-write = Hier lässt sich speichern
probe-space = Es ist Platz
probe-space-free = { $size } frei
probe-space-unknown = nicht bekannt
probe-shelf = Steht schon ein Regal da
probe-shelf-none = noch keines

welcome-ready = Bereit.
welcome-ready-text = Hier kommen die Ordner Current und larder-data dazu, und ein Zettel, der sie erklärt.
welcome-cloud-only = { $name } hält manche Dateien nur online. Sie werden geholt, sobald sie gebraucht werden.
welcome-name = Wie soll das Regal heißen?
welcome-name-hint = Wie der Betrieb oder das Team. Alle werden den Namen sehen.
welcome-name-missing = Das Regal braucht einen Namen.
welcome-name-example = Unsere Bäckerei
welcome-name-own = Mein Regal
welcome-found = Hier steht schon ein Regal: { $name }
welcome-found-text =
    { $products ->
        [0] Noch nichts darin
        [one] Ein { -thing }
       *[other] { $products } { -thing(form: "many") }
    }, { $people ->
        [one] eine Person
       *[other] { $people } Personen
    }.
welcome-join = Mitmachen
welcome-just-looking = Weiter, nur ansehen
welcome-read-only = Ansehen geht hier, speichern nicht
welcome-read-only-text = Ansehen geht, ins Regal stellen nicht. Wem der Ordner gehört, kann Schreibrechte geben.
welcome-read-only-new = Ein neues Regal braucht einen Ordner, in dem gespeichert werden darf. Um Schreibrechte bitten oder einen anderen wählen.
welcome-unreadable = Dieser Ordner lässt sich nicht lesen
welcome-unreadable-text = Dieses Benutzerkonto darf ihn nicht öffnen. Um Zugang bitten oder einen anderen wählen.
welcome-copy-message = Nachricht dafür kopieren
welcome-ask-message = Hallo, darf ich Schreibrechte für den Ordner { $path } haben? Dort steht unser Regal mit { -thing(form: "to-many") }, und ich möchte einige hineinstellen. Danke, { $name }
welcome-too-new = Dieses Regal wurde mit einem neueren { -app } eingerichtet. Ansehen geht; um etwas hineinzustellen, { -app } aktualisieren.

welcome-who = Wer sind Sie?
welcome-who-start = Damit alle wissen, wer was füllt. Dann ist „{ $name }“ bereit.
welcome-who-join = Damit alle wissen, wer was füllt. Dann sind Sie bei „{ $name }“ dabei.
person-name = Name
person-name-missing = Ohne Namen weiß niemand, wer das ist.
person-role = Aufgabe
person-role-example = Filialleitung
person-email = E-Mail
person-email-hint = Für Fragen aus dem Team. Sie steht im Regal.
person-email-odd = In einer E-Mail-Adresse steht in der Mitte ein @.
person-color = Farbe
color-0 = Blau
color-1 = Grün
color-2 = Braun
color-3 = Orchidee
color-4 = Ocker
color-5 = Schiefer
