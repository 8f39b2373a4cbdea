refusal-not-a-table =
    { $what ->
        [pdf] Das ist ein PDF, darin sind keine Zeilen zu lesen. Im Ursprungsprogramm als Excel oder CSV ausgeben.
        [image] Das ist ein Bild, darin sind keine Zeilen zu lesen. Nach der Datei fragen, aus der es entstand.
        [word] Das ist ein Textdokument. Die Tabelle darin kopieren und hier mit Strg+V einfügen.
        [zip] Das ist ein gepackter Ordner. Erst entpacken, dann die Datei darin hereinziehen.
        [program] Das ist ein Programm, keine Tabelle. Es wurde nicht geöffnet.
        [mail] Das ist eine E-Mail. Erst den Anhang speichern, dann ihn hereinziehen.
        [web] Das ist eine Webseite. Die Tabelle darauf kopieren und hier mit Strg+V einfügen.
       *[other] Darin sind keine Zeilen zu lesen. { -app } liest Excel-, OpenDocument- und CSV-Dateien.
    }
    .title = { $file } ist keine Tabelle
refusal-empty = In der Datei steht nichts. Es wurde nichts hereingeholt.
    .title = { $file } ist leer
refusal-damaged = Es endet mittendrin oder wurde nachträglich verändert. Vielleicht ist eine Kopie nicht fertig geworden. Die eigene Arbeit ist sicher.
    .title =
        { $has_file ->
            [no] Hier ist etwas beschädigt
           *[yes] { $file } ist beschädigt
        }
    .button = Noch einmal versuchen
refusal-password-protected = Zum Lesen das Passwort eintippen; wir behalten es nicht.
    .title = { $file } hat ein Passwort
refusal-wrong-password = Großbuchstaben und die Sprache der Tastatur prüfen, dann noch einmal versuchen.
    .title = Das ist nicht das Passwort von { $file }
    .button = Noch einmal versuchen
refusal-cannot-unlock = Diese Art von Schloss kann { -app } nicht öffnen. Die Datei im Ursprungsprogramm öffnen, eine Kopie ohne Passwort speichern und diese hereinziehen.
    .title = { $file } hat ein Passwort
refusal-locked = Ein anderes Programm, vielleicht Excel, hält die Datei fest. Dort schließen, dann noch einmal versuchen.
    .title = { $file } ist anderswo geöffnet
    .button = Noch einmal versuchen
refusal-too-large =
    { $has_limit ->
        [no] Das ist größer, als dieser Computer sicher lesen kann. In Teile aufteilen und jeden einzeln hereinholen.
       *[yes] Das ist größer, als dieser Computer sicher lesen kann (höchstens { $limit }). In Teile aufteilen und jeden einzeln hereinholen.
    }
    .title = { $file } ist zu groß
refusal-not-found = Es wurde verschoben, umbenannt oder gelöscht. Hier hat sich nichts geändert.
    .title = { $file } ist nicht mehr da
refusal-is-a-folder = Stattdessen die Dateien darin hereinziehen.
    .title = { $file } ist ein Ordner
refusal-no-spreadsheet = Die Tabellendateien selbst hereinziehen oder den Ordner, in dem sie liegen.
    .title = In { $file } ist keine Tabellendatei
refusal-too-many-files = Höchstens { $limit } Dateien eines Ordners kommen auf einmal herein. Stattdessen einige davon hereinziehen.
    .title = In { $file } sind zu viele Dateien
refusal-same-rows = Eine andere Datei des Ordners heißt genauso oder hat denselben Inhalt, deshalb wurden die Zeilen nicht ein zweites Mal angefügt.
    .title = { $file } ist doppelt da
refusal-no-file = Den Anhang zuerst speichern, dann hierher ziehen.
    .title = Das kam ohne Datei
refusal-no-permission =
    { $path ->
        [roster] Das muss jemand tun, der andere bestätigen darf, an einem Computer, der es darf. Es wurde nichts geändert.
        [keeper] Das kann nur, wer dafür zuständig ist. Es wurde nichts geändert.
        [sealed] Das kann nur sagen, wer es ins Regal gestellt hat, an einem Computer, der es lesen kann. Es wurde nichts geändert.
        [unconfirmed] Erst muss Sie jemand bestätigen, der das darf. Es wurde nichts geändert.
        [revoked] Ein gesperrter Computer bleibt es: Er kommt nur wieder, wenn { -app } darauf neu eingerichtet wird. Es wurde nichts geändert.
        [out_of_use] Dieser Computer ist auf diesem Regal außer Betrieb: Niemand würde es sehen. Fragen Sie jemanden, der andere bestätigen darf. Es wurde nichts geändert.
       *[other] Dieses Benutzerkonto darf dort nicht lesen oder speichern. Wem der Ordner gehört, kann Schreibrechte geben.
    }
    .title =
        { $path ->
            [roster] Das dürfen Sie nicht entscheiden
            [keeper] Dafür ist jemand anders zuständig
            [sealed] Das dürfen Sie nicht entscheiden
            [unconfirmed] Sie sind noch nicht bestätigt
            [revoked] Dieser Computer wurde gesperrt
            [out_of_use] Dieser Computer ist auf diesem Regal außer Betrieb
           *[other] Keine Berechtigung für { $path }
        }
    .button = Noch einmal versuchen
refusal-no-space =
    { $has_needed_bytes ->
        [no] Etwas Platz schaffen, dann noch einmal versuchen. Die Arbeit ist auf diesem Computer sicher.
       *[yes] Es fehlen { $needed_bytes }. Etwas Platz schaffen, dann noch einmal versuchen. Die Arbeit ist auf diesem Computer sicher.
    }
    .title = Kein Platz mehr
    .button = Noch einmal versuchen
refusal-unreachable = Sind Netz oder VPN an? Die Arbeit ist auf diesem Computer sicher und geht weiter, sobald der Ort antwortet.
    .title = { $path } ist gerade nicht erreichbar
    .button = Noch einmal versuchen
refusal-sign-in = Namen und Passwort prüfen; manche Dienste wollen ein eigenes Passwort für Programme. Es wurde nichts geändert.
    .title = { $path } hat die Anmeldung nicht angenommen
    .button = Noch einmal anmelden
refusal-certificate = Es hat mit einem Zertifikat geantwortet, das nicht stimmt ({ $detail }). Ein Passwort dorthin zu schicken wäre nicht sicher, also wurde nichts geschickt.
    .title = { $path } kann nicht beweisen, dass es der richtige Ort ist
    .button = Noch einmal versuchen
refusal-host-key =
    { $has_known ->
        [no] Den Schlüssel mit dem vergleichen, den die Leute nennen, die den Server betreiben: { $fingerprint }. Es wurde noch nichts dorthin geschickt.
       *[yes] Sein Schlüssel war { $known } und ist jetzt { $fingerprint }. Entweder wurde der Server neu eingerichtet, oder es steht jemand dazwischen. Bei den Betreibern nachfragen. Es wurde nichts dorthin geschickt.
    }
    .title =
        { $has_known ->
            [no] Ist das der richtige Server?
           *[yes] Der Schlüssel von { $path } hat sich geändert
        }
    .button = Noch einmal versuchen
refusal-clock = Datum und Uhrzeit dieses Computers richtig stellen, dann noch einmal versuchen. Es wurde nichts geändert.
    .title = Die Uhren hier und bei { $path } gehen zu weit auseinander
    .button = Noch einmal versuchen
refusal-throttled = Der Ort bittet um eine Pause. Die Arbeit ist auf diesem Computer sicher und geht von selbst weiter.
    .title = { $path } ist ausgelastet
    .button = Noch einmal versuchen
refusal-not-this-kind =
    { $what ->
        [webdav] Dort antwortet etwas, aber nicht wie WebDAV. Die Adresse prüfen; auch eine WLAN-Anmeldeseite kann dazwischen sein.
        [s3] Dort antwortet etwas, aber nicht wie S3-Speicher. Die Adresse des Dienstes prüfen; auch eine WLAN-Anmeldeseite kann dazwischen sein.
       *[sftp] Dort antwortet etwas, aber nicht wie SFTP. Adresse und Port prüfen.
    }
    .title = { $path } ist nicht, was erwartet war
    .button = Adresse prüfen
refusal-busy = Etwas anderes benutzt es gerade. Einen Augenblick warten, dann noch einmal versuchen.
    .title =
        { $has_what ->
            [no] Gerade beschäftigt
           *[yes] { $what } ist beschäftigt
        }
    .button = Noch einmal versuchen
refusal-cancelled = Es wurde nichts geändert.
    .title = Angehalten
refusal-too-new = Es wurde mit einem neueren { -app } erstellt. Ansehen geht; zum Ändern { -app } auf diesem Computer aktualisieren.
    .title = Mit einem neueren { -app } erstellt
refusal-rules-unmet =
    { $what ->
        [confirmed] Nach den Hausregeln dieses Regals darf hier nur etwas hineinstellen, wer bestätigt ist. Der Entwurf bleibt auf diesem Computer.
        [stewards] Nach den Hausregeln dieses Regals darf hier nur etwas hineinstellen, wer andere bestätigen darf. Der Entwurf bleibt auf diesem Computer.
        [kinds] Nach den Hausregeln dieses Regals kommt eine solche Datei nicht hinein: { $value }. Der Entwurf bleibt auf diesem Computer.
        [size] Nach den Hausregeln dieses Regals sind höchstens { $limit } erlaubt, dies hat { $value }. Der Entwurf bleibt auf diesem Computer.
       *[other] Die Hausregeln verlangen noch etwas, bevor es ins Regal kommt. Was fehlt, ist auf dem Etikett markiert.
    }
    .title =
        { $what ->
            [confirmed] Sie sind noch nicht bestätigt
            [stewards] Sie dürfen hier nichts hineinstellen
            [kinds] Diese Art von Datei darf nicht ins Regal
            [size] Zu groß für dieses Regal
           *[other] Noch nicht ganz fertig fürs Regal
        }
refusal-taken = Einen anderen Namen wählen.
    .title = „{ $name }“ gibt es schon
refusal-unknown = Vielleicht wurde es aus dem Regal genommen, oder es liegt nicht auf diesem Computer.
    .title =
        { $has_what ->
            [no] Nicht gefunden
           *[yes] { $what } wurde nicht gefunden
        }
refusal-invalid =
    { $what ->
        [promise] „{ $value }“ ist kein Versprechen. Geschrieben wird es als „daily 07:00“, „workdays 18:00“, „monday 09:00“, „month 5 12:00“ oder „none“. Es wurde nichts geändert.
        [address] „{ $value }“ ist kein Ordner. Ein Regal steht in einem Ordner, den Ihr Team teilt. Es wurde nichts geändert.
        [purpose] In einem Satz sagen, wofür. Es wurde nichts geändert.
        [recipient] Von { $value } ist noch kein Schlüssel da: Er kommt, sobald die Person mit diesem { -app } ins Regal geschaut hat. Es wurde nichts geändert.
        [sealed] „{ $value }“ ist nicht verschlossen: Alle an diesem Regal dürfen es lesen.
        [required] „{ $value }“ ist keine Hausregel für Etiketten. Es wurde nichts geändert.
        [min_version] Dieses { -app } ist älter und darf das deshalb nicht verlangen. Es wurde nichts geändert.
        [invitation] Das ist keine Einladung zu einem Regal, oder sie ist nicht vollständig. Am besten noch einmal als Datei schicken lassen.
        [at] Wo steht das Regal? Mit --at und dem Ordner sagen. Es wurde nichts geändert.
        [receipts] Die Hausregeln dieses Regals fragen nicht danach. Es wurde nichts geändert.
        [stewards] Jemand muss übrig bleiben, der andere bestätigen darf. Es wurde nichts geändert.
        [threshold] Mindestens eine Person muss unterschreiben und höchstens so viele, wie andere bestätigen dürfen. Es wurde nichts geändert.
       *[other] { $has_value ->
            [no] Dieser Wert ist nicht möglich. Es wurde nichts geändert.
           *[yes] „{ $value }“ passt hier nicht. Es wurde nichts geändert.
        }
    }
    .title = Das passt nicht
refusal-no-shelf = Erst das eigene Regal einrichten, oder sich in der Musterbäckerei umsehen.
    .title = Es gibt noch kein Regal
refusal-nobody-yet = Erst den eigenen Namen sagen: im Terminal mit larder whoami --name, im Fenster dort, wo das Regal eingerichtet wird.
    .title = Noch hat niemand gesagt, wem dieser Computer gehört
refusal-wrong-shelf = Eingeladen wurde in das Regal von { $words }. Was dort steht, gehört zu { $found }. Bei wem die Einladung herkam, nachfragen; es wurde nichts geändert.
    .title = Das ist nicht das Regal der Einladung
    .button = Einen anderen Ort wählen
refusal-not-linked = Auf einem der Computer, die schon dabei sind, muss der neue zuerst genannt werden, nach einem Vergleich der sechs Wörter auf beiden Bildschirmen. Es wurde nichts geändert.
    .title = { $name } ist im Regal schon dabei
    .button = Zurück zu den Leuten
refusal-other-shelf = Dort steht „{ $other }“. Es wurde nichts geändert.
    .title = Das ist nicht { $name }
    .button = Einen anderen Ort wählen
refusal-shelf-in-shelf = Ein Regal steht in einem anderen, oder zwei teilen sich einen Ordner. Einen eigenen Ordner wählen.
    .title = Zwei Regale an einem Ort
refusal-not-verified = Zurückgelesen wurde etwas anderes als geschrieben. Die Kopie zählt nicht. Wir versuchen es von selbst noch einmal.
    .title = Die Kopie ist nicht vollständig
    .button = Noch einmal versuchen
refusal-not-here-yet = Das Etikett ist da, die Zeilen sind noch unterwegs vom Regal hierher.
    .title =
        { $has_title ->
            [no] Noch nicht da
           *[yes] { $title } ist noch nicht da
        }
    .button = Noch einmal versuchen
refusal-cloud-only = { $file } liegt in der Cloud und kam nicht, als es geholt werden sollte. Sehen Sie nach, ob dieser Computer online ist und das Programm läuft, das den Ordner abgleicht, und lassen Sie es den Ordner immer auf diesem Computer behalten. Was auf diesem Computer ist, bleibt.
    .title = Nur in der Cloud
    .button = Noch einmal versuchen
refusal-columns-differ = { $columns } passen nicht, deshalb lassen sich diese Zeilen nicht anfügen. Die Zeilen ersetzen oder ein neues { -thing } daraus machen.
    .title = Die Spalten sind andere
refusal-ambiguous = Eines davon auswählen.
    .title = Mehrere heißen „{ $name }“
refusal-bug = Das ist unser Fehler. Die Arbeit ist gespeichert. Falls es noch einmal vorkommt, die Einzelheiten für die Person kopieren, die { -app } betreut.
    .title = In { -app } ist etwas schiefgegangen
    .button = Noch einmal versuchen
refusal-details = Einzelheiten kopieren
refusal-paused = Es wartet auf diesem Computer, bis es weitergehen soll.
    .title = { $name } ist angehalten
    .button = Weiter
