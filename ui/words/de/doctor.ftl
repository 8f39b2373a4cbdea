doctor-page = Ist mit dem Regal alles in Ordnung?
doctor-looking = Es wird durchgesehen. Dabei werden Dateien im Regal gelesen, das kann einen Moment dauern.
doctor-lead = { $shelf }, in { $address }
doctor-again = Noch einmal durchsehen
doctor-other = { $what }

doctor-all-well = Alles in Ordnung
doctor-all-well-more = Alles im Regal ließ sich lesen und passt zu seinem Siegel.
doctor-stray-files =
    { $count ->
        [one] Eine Datei im Regal gehört zu nichts
       *[other] { $count } Dateien im Regal gehören zu nichts
    }
doctor-stray-files-more = Sie schaden nicht. Vielleicht hat sie jemand von Hand dorthin gelegt: { $names }
doctor-conflict-copies =
    { $count ->
        [one] Eine Datei ist doppelt da
       *[other] { $count } Dateien sind doppelt da
    }
doctor-conflict-copies-more = Das Programm, das den Ordner kopiert, hat sie verdoppelt. Sie schaden nicht und dürfen gelöscht werden: { $names }
doctor-renamed-folder = Ein Ordner des Regals heißt anders, als er soll
doctor-renamed-folder-more = Er heißt { $folder }. Den alten Namen zurückgeben, oder wem er gehört, tut es.
doctor-parts-missing = { $title } ist nicht ganz da
doctor-parts-missing-more =
    { $count ->
        [one] Ein Teil fehlt. Vielleicht ist er noch unterwegs.
       *[other] { $count } Teile fehlen. Vielleicht sind sie noch unterwegs.
    }
doctor-parts-in-cloud = { $title } liegt nur in der Cloud
doctor-parts-in-cloud-more =
    { $count ->
        [one] In einen Teil hat niemand hineingesehen, um ihn nicht unnötig herzuholen.
       *[other] In { $count } Teile hat niemand hineingesehen, um sie nicht unnötig herzuholen.
    }
doctor-parts-damaged = { $title } hat beschädigte Teile
doctor-parts-damaged-more = Wer es zuletzt gefüllt hat, kann es noch einmal ins Regal stellen. Frühere Ausgaben bleiben.
doctor-not-durable = Dieser Ort verspricht nicht, eben Geschriebenes zu behalten
doctor-not-durable-more = Nach einem Stromausfall können hier die letzten Minuten fehlen. Auf dem Computer, der sie schrieb, sind sie sicher.
doctor-temp-files =
    { $count ->
        [one] Eine halb geschriebene Datei ist liegen geblieben
       *[other] { $count } halb geschriebene Dateien sind liegen geblieben
    }
doctor-temp-files-more = Sie schaden nicht und werden mit der Zeit aufgeräumt.
doctor-clock-differs = Eine Uhr geht falsch
doctor-clock-differs-more = Ein anderer Computer oder dieser zeigt eine andere Zeit, als er soll. Datum und Uhrzeit in den Einstellungen des Systems prüfen.
doctor-not-confirmed = Sie sind noch nicht bestätigt
doctor-not-confirmed-more = Was Sie ins Regal stellen, steht für sich, bis jemand mit Ihnen sechs Wörter vergleicht.
doctor-one-steward = Nur eine Person darf andere bestätigen
doctor-one-steward-more = Geht dieser Computer verloren, kann niemand Neues mehr bestätigt werden.
doctor-alert =
    { $alert ->
        [went_backwards] Das Regal zeigt etwas Älteres als vorher
        [fork] Derselbe Schlüssel wird auf zwei Computern benutzt
        [seq_jump] Etwas dazwischen ist nicht angekommen
        [saw_newer] Jemand hat schon mehr gesehen, als hier ist
        [roster_fork] Es gibt zwei Listen der Personen
        [roster_arriving] Eine neue Liste der Personen ist unterwegs
        [last_good_missing] Was von einem gesperrten Computer gilt, lässt sich nicht sagen
        [unconfirmed_version] Jemand Unbestätigtes hat ein fremdes { -thing } gefüllt
        [bad_counter] Eine Ausgabe folgt nicht aus der vorigen
        [two_shelves] In diesem Ordner steht ein zweites Regal
        [founding_missing] Die erste Seite des Regals fehlt
        [needs_newer] Etwas wurde mit einem neueren { -app } erstellt
        [look_alike] { $name } sieht aus wie { $like }
        [too_much] In einem Ordner steht ungewöhnlich viel
        [unreadable] Manche Dateien ließen sich nicht lesen
        [cloud_only] Manche Dateien liegen in der Cloud und kommen nicht
       *[other] Etwas im Regal ist seltsam
    }
doctor-alert-more =
    { $alert ->
        [went_backwards] Vielleicht wurde der Ordner aus einer Sicherung zurückgeholt. Die Kopien hier sind sicher.
        [fork] Vielleicht wurde ein Computer kopiert oder wiederhergestellt. Auf einem davon muss { -app } neu eingerichtet werden.
        [seq_jump] Das Programm, das den Ordner kopiert, ist vielleicht noch beschäftigt.
        [saw_newer] Das Programm, das den Ordner kopiert, ist hier vielleicht noch beschäftigt.
        [roster_fork] Es gilt nur, was beide erlauben, bis wieder jemand bestätigt, der es darf.
        [roster_arriving] Bis sie da ist, gilt die vorige.
        [last_good_missing] Seine letzte Seite, die gilt, ist nicht angekommen, oder jemand hat sie weggenommen. Bis sie da ist, steht als unbestätigt abseits, was von diesem Computer kam. Bleibt sie weg, den Ordner aus einer Sicherung zurückholen.
        [unconfirmed_version] Es bleibt weg.
        [bad_counter] Sie bleibt weg.
        [two_shelves] Eines davon in einen eigenen Ordner legen.
        [founding_missing] Was vorher bekannt war, gilt weiter. Den Ordner aus einer Sicherung zurückholen.
        [needs_newer] Es bleibt weg, bis { -app } hier aktualisiert ist.
        [look_alike] Vor dem Bestätigen sechs Wörter vergleichen.
        [too_much] Der Rest davon bleibt weg.
        [unreadable] Vielleicht antwortet der Ordner gerade schlecht. Später noch einmal durchsehen.
        [cloud_only] Sehen Sie nach, ob dieser Computer online ist und OneDrive, Nextcloud oder was sonst den Ordner abgleicht läuft. Lassen Sie es den Ordner immer auf diesem Computer behalten und sehen Sie dann noch einmal nach.
       *[other] Es bleibt weg, und nichts geht verloren.
    }
doctor-more =
    { $count ->
        [one] Und eines mehr
       *[other] Und { $count } weitere
    }
doctor-more-more = Erst das Obige in Ordnung bringen, dann noch einmal durchsehen.
doctor-everything-gone = Aus diesem Ordner ist das ganze Regal verschwunden
doctor-everything-gone-more = Ist es der richtige Ordner, dann zurückstellen, was dieser Computer hat. Danach tun andere auf ihren dasselbe.
doctor-going-doctor = Das Regal wird durchgesehen
doctor-going-mend = Was fehlt, wird zurückgestellt
doctor-going-collect = Es wird aufgeräumt

mend-can =
    { $count ->
        [one] Eine Datei kann von diesem Computer zurückgestellt werden
       *[other] { $count } Dateien können von diesem Computer zurückgestellt werden
    }
mend-can-text = Was im Regal steht, bleibt, wie es ist.
mend-much = Es fehlt so viel, dass es jemand gelöscht oder verschlüsselt haben kann. Erst sicher sein, dass es der richtige Ordner ist und man dort schreiben darf, dann zurückstellen.
mend-now =
    { $count ->
        [one] Zurückstellen
       *[other] { $count } Dateien zurückstellen
    }
mend-done =
    { $count ->
        [one] Eine Datei wurde zurückgestellt
       *[other] { $count } Dateien wurden zurückgestellt
    }
mend-founding = Die erste Seite des Regals
mend-governing =
    { $count ->
        [one] Eine Liste der Personen oder Hausregeln
       *[other] { $count } Listen der Personen oder Hausregeln
    }
mend-own-head = Was dieser Computer den anderen sagt
mend-own-records =
    { $count ->
        [one] Ein kleines Blatt von Ihnen
       *[other] { $count } kleine Blätter von Ihnen
    }
mend-own-parts =
    { $count ->
        [one] Ein Teil dessen, was Sie ins Regal gestellt haben
       *[other] { $count } Teile dessen, was Sie ins Regal gestellt haben
    }
mend-lent =
    { $count ->
        [one] Ein Teil dessen, was andere dorthin gestellt haben, als Leihgabe
       *[other] { $count } Teile dessen, was andere dorthin gestellt haben, als Leihgabe
    }
mend-misplaced =
    { $count ->
        [one] Eine Datei von Ihnen, die an der falschen Stelle steht
       *[other] { $count } Dateien von Ihnen, die an der falschen Stelle stehen
    }
mend-lost =
    { $count ->
        [one] Ein Teil von { $title }, Ausgabe { $number }, ist nicht auf diesem Computer
       *[other] { $count } Teile von { $title }, Ausgabe { $number }, sind nicht auf diesem Computer
    }
mend-lost-unknown =
    { $count ->
        [one] Ein Blatt von etwas im Regal ist nicht auf diesem Computer
       *[other] { $count } Blätter von etwas im Regal sind nicht auf diesem Computer
    }
mend-lost-text = Wer es gefüllt oder schon geöffnet hat, kann es auf demselben Weg zurückstellen.
mend-vanishing = Etwas nimmt immer wieder Dateien weg, sooft sie auch zurückgestellt werden. Vielleicht ein Virenschutz: { $names }

room-title = Wer wie viel Platz braucht
room-who = Wer
room-files = Dateien
room-all = Zusammen
room-earlier = Frühere Ausgaben
room-unneeded = Nicht mehr gebraucht
room-you = Sie
room-nobody = Unbekannt

garbage-title = Aufräumen
garbage-text = Entfernt, was Sie ins Regal gestellt haben und niemand mehr braucht: einen Monat nachdem es angekündigt wurde, und nur Eigenes.
garbage-remove = Aufräumen
garbage-remove-much = Entfernen
garbage-removed =
    { $count ->
        [one] Eine Datei wurde entfernt, { $size }
       *[other] { $count } Dateien wurden entfernt, { $size }
    }
garbage-much =
    { $count ->
        [one] Eine Datei würde entfernt, { $size }. Das ist ein guter Teil dessen, was Sie dort haben.
       *[other] { $count } Dateien würden entfernt, { $size }. Das ist ein guter Teil dessen, was Sie dort haben.
    }
garbage-waiting =
    { $count ->
        [one] Eine Datei wartet, bis sie einen Monat lang angekündigt war, { $size }.
       *[other] { $count } Dateien warten, bis sie einen Monat lang angekündigt waren, { $size }.
    }
garbage-none = Es gibt nichts Eigenes, das niemand braucht.
garbage-held-fork = Nichts wird entfernt: Der Schlüssel dieses Computers wird auf zwei Computern benutzt.
garbage-held-went-backwards = Nichts wird entfernt: Ihr Teil des Regals zeigt etwas Älteres als vorher.
garbage-held-clock = Nichts wird entfernt, bis Sie wieder etwas ins Regal stellen und damit das Datum feststeht.
garbage-held-arriving = Nichts wird entfernt, solange noch etwas unterwegs ist.
doctor-names-more = { $names } und { $count } weitere
