state-ready = Bereit
state-ready-newer-arriving = Neueres kommt gerade
state-arriving = Unterwegs
state-not-here = Nicht auf diesem Computer
state-cloud-only = Nur in der Cloud
state-two-versions = Zwei Fassungen
state-retired = Ausgemustert
state-damaged = Kopie beschädigt
state-went-backwards = Älter als vorher
state-needs-newer-larder = Braucht neueres { -app }
state-label-only = Nur das Etikett
state-needs-key = Noch nicht für Sie
state-hidden-title = Etwas Verschlossenes

state-ready-more = Es liegt auf diesem Computer und passt zu seinem Siegel.
state-ready-newer-arriving-more = Ein neueres ist unterwegs. Bis es ganz da ist, steht hier das vorige.
state-arriving-more = Das Etikett ist da, die Zeilen sind noch unterwegs.
state-not-here-more = Es steht im Regal, aber nicht auf diesem Computer.
state-cloud-only-more = Es steht im Regal. Seine Zeilen liegen in der Cloud hinter diesem Ordner, bis jemand sie haben möchte.
state-two-versions-more = Zwei Personen haben es gefüllt, ohne voneinander zu wissen. Beide Fassungen sind aufgehoben.
state-retired-more = Es wurde ausgemustert und wird nicht mehr gefüllt.
state-damaged-more = Diese Kopie passt nicht zu ihrem Siegel, deshalb gilt sie nicht als gut.
state-went-backwards-more = Das Regal zeigt etwas Älteres, als dieser Computer schon gesehen hat. Vielleicht wurde der Ordner aus einer Sicherung zurückgeholt.
state-needs-newer-larder-more = Es wurde mit einem neueren { -app } erstellt. Zum Öffnen aktualisieren.
state-label-only-more = Geteilt wird nur das Etikett. Nach den Zeilen fragen, wer zuständig ist.
state-needs-key-more = Es ist für andere verschlossen. Wer es pflegt, kann Sie dazunehmen.

pill-filled = Gefüllt { $when }
pill-overdue = Überfällig { $since }
pill-unconfirmed = Nicht bestätigt
fact-keeper-you = Sie
fact-rows =
    { $count ->
        [one] { $count } Zeile
       *[other] { $count } Zeilen
    }
fact-sealed = Versiegelt
fact-followed = Sie folgen ihm

sync-no-shelf = Noch kein Regal
sync-up-to-date = Aktuell, { $time }
sync-up-to-date-plain = Aktuell
sync-looking = Regal wird angesehen
sync-copying = Kopiert { $done } von { $of }
sync-working-from-copies = Arbeitet mit den Kopien auf diesem Computer
sync-needs-you = Wartet auf Sie
sync-shelf = Regal: { $name }
sync-paused = Angehalten
sync-paused-text = Bis es weitergeht, kommt nichts ins Regal und nichts aus ihm.
sync-pause = Anhalten
sync-go-on = Weiter
sync-waiting =
    { $count ->
        [one] Eines wartet auf den Weg ins Regal
       *[other] { $count } warten auf den Weg ins Regal
    }
sync-waiting-title = Wartet auf diesem Computer
sync-waiting-text = Es kommt von selbst ins Regal, sobald das geht.
