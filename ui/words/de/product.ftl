product-page = { -thing(form: "One") }
product-open-excel = In Excel öffnen
product-follow = Folgen
product-following = Wird gefolgt
product-followed = Sie erfahren, wenn { $title } gefüllt wird oder zu spät ist.
product-unfollowed = Sie folgen { $title } nicht mehr.
product-more = Mehr
product-save-xlsx = Kopie für Excel sichern
product-save-csv = Kopie als CSV sichern
product-save-parquet = Kopie als Parquet sichern
product-show-folder = Im Ordner zeigen
product-print = Drucken
product-next-file = Die nächste Datei hereinholen
product-opened = { $file } ist offen, eine Kopie mit dem Datum von heute.
product-not-opened = { $file } liegt in { $folder }. Kein Programm wurde gefunden, das sie öffnet.
product-saved = { $file } liegt in { $folder }.
product-contents = Auf dieser Seite

product-glance = Auf einen Blick
product-filled = Gefüllt
product-filled-by = von { $name }
product-promise = Zusage
product-condition = Zustand
product-condition-value = { $grade }, { $score } von 100
product-condition-fix = { $count ->
    [one] 1 Punkt zu richten
   *[other] { $count } Punkte zu richten
}
product-keeper = Zuständig
product-stand-in = Vertretung
product-rows = Zeilen
product-area = Bereich
product-version = Ausgabe
product-audience = Wer es sehen darf
product-audience-everyone = Alle an diesem Regal
product-audience-label-only = Nur das Etikett ist geteilt
product-audience-sealed = Nur ausgewählte Personen
product-tags = Stichwörter

product-look = Hineinsehen
product-look-count = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}
product-look-filtered = { $count } von { $all } Zeilen
product-look-find = Darin finden
product-look-find-hint = Ein Wort in irgendeiner Spalte
product-look-none = Keine Zeile hat das.
product-look-empty = Es hat keine Zeilen.
product-look-row = Zeile
product-look-rows = Zeilen von { $title }
product-look-copied = { $count ->
    [one] 1 Zelle kopiert
   *[other] { $count } Zellen kopiert
}
product-look-clear = Alle Zeilen zeigen
product-column-menu = Spalte { $column }
product-sort-up = { $sort ->
    [text] Sortieren von A bis Z
    [time] Sortieren, Ältestes zuerst
   *[number] Sortieren, Kleinstes zuerst
}
product-sort-down = { $sort ->
    [text] Sortieren von Z bis A
    [time] Sortieren, Neuestes zuerst
   *[number] Sortieren, Größtes zuerst
}
product-sort-none = Wie es war
product-sorted-up = { $sort ->
    [text] sortiert von A bis Z
    [time] sortiert, Ältestes zuerst
   *[number] sortiert, Kleinstes zuerst
}
product-sorted-down = { $sort ->
    [text] sortiert von Z bis A
    [time] sortiert, Neuestes zuerst
   *[number] sortiert, Größtes zuerst
}
product-filter = Nur Zeilen, wo sie
product-filter-contains = enthält
product-filter-equals = gleich ist
product-filter-at-least = mindestens ist
product-filter-at-most = höchstens ist
product-filter-empty = leer ist
product-filter-not-empty = nicht leer ist
product-filter-value = Wert
product-filter-go = Diese zeigen
product-filter-bad = Hier passt: { $kind }, etwa { $example }
product-filter-remove = Wegnehmen: { $filter }
product-chip-contains = { $column } enthält „{ $value }“
product-chip-anywhere = Enthält „{ $value }“
product-chip-equals = { $column } ist { $value }
product-chip-at-least = { $column } mindestens { $value }
product-chip-at-most = { $column } höchstens { $value }
product-chip-empty = { $column } ist leer
product-chip-not-empty = { $column } ist nicht leer

product-columns = Spalten
product-column = Spalte
product-column-means = Bedeutung
product-column-holds = Was darin steht
product-column-filled = { $percent } gefüllt
product-column-all-filled = alles gefüllt
product-column-distinct = { $count ->
    [one] 1 Wert
   *[other] { $count } verschiedene Werte
}
product-column-range = { $from } bis { $to }
product-column-mean = im Mittel { $mean }
product-column-key = Macht jede Zeile einmalig
product-column-required = Immer gefüllt
product-column-personal = Persönliche Angaben
product-column-looks-up = Schlägt nach in { $title }
product-column-top = Am häufigsten in { $column }
product-column-others = { $count ->
    [one] und 1 weiterer
   *[other] und { $count } weitere
}
product-column-spread = Wie sich { $column } verteilt: von { $from } bis { $to }, am häufigsten zwischen { $low } und { $high }.
product-bar = { $from } bis { $to }: { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}

product-origin = Woher es kommt
product-origin-none = Woher es kommt, hat niemand vermerkt.
product-origin-picture = Woher { $title } kommt und wo es gebraucht wird
product-origin-file = Datei, { $rows ->
    [one] 1 Zeile
   *[other] { $rows } Zeilen
}, hereingeholt { $when }
product-origin-here = dieses { -thing }
product-origin-looks-up = { $column } wird dort nachgeschlagen
product-origin-looked-up = schlägt { $column } hier nach
product-origin-edge = { $column }
product-origin-more-files = { $count ->
    [one] 1 weitere Datei
   *[other] { $count } weitere Dateien
}
product-as-list = Als Liste zeigen
product-as-picture = Als Bild zeigen

product-rules = Zusage und Hausregeln
product-promise-kept = Gehalten. Wieder fällig { $when }.
product-promise-overdue = Überfällig { $since }.
product-promise-none = Es gibt keine Zusage.
product-terms = Was andere damit tun dürfen
product-good-for = Gut für
product-not-for = Nicht für
product-personal = Enthält persönliche Angaben: { $columns }.
product-sharing-everyone = Wer diesen Ordner öffnen kann, kann es öffnen. Hausregeln sind eine Bitte, kein Schloss.
product-sharing-label-only = Die Zeilen stehen nicht im Regal. Wer sie braucht, fragt die zuständige Person.
product-sharing-sealed = Für alle anderen ist es verschlossen, auch wenn sie den Ordner öffnen können.
product-to-fix = Noch zu richten

product-versions = Was sich geändert hat
product-version-line = Ausgabe { $number }, gefüllt { $when } von { $name }
product-version-current = gilt
product-version-kept-until = aufgehoben bis { $when }
product-version-kept-past = war aufgehoben bis { $when }
product-version-look = Ansehen
product-version-look-named = Ansehen, Ausgabe { $number }
product-version-use = Wieder verwenden
product-version-use-named = Wieder verwenden, Ausgabe { $number }
product-version-used = Ausgabe { $number } gilt wieder. Die davor bleibt in der Liste.
product-version-more = { $count ->
    [one] 1 frühere Ausgabe zeigen
   *[other] { $count } frühere Ausgaben zeigen
}
product-version-rows = Zeilen von Ausgabe { $first } bis Ausgabe { $last }: von { $from } auf { $to }.

product-earlier = Das ist Ausgabe { $number }, gefüllt { $when }.
product-earlier-newest = Die neueste zeigen
product-newer = { $name } hat es gerade neu gefüllt.
product-newer-text = Noch ist die Ausgabe davor zu sehen.
product-newer-show = Die neue zeigen
product-not-here = Im Regal, nicht auf diesem Computer.
product-cloud-only = Seine Zeilen liegen nur in der Cloud.
product-cloud-only-text = Sie kommen, sobald Sie sie holen, und bleiben dann auf diesem Computer.
product-cloud-elsewhere-text = Das Programm, das diesen Ordner abgleicht, hat sie dort gelassen. Lassen Sie es den Ordner immer auf diesem Computer behalten und sehen Sie dann noch einmal nach.
product-cloud-look = Noch einmal nachsehen
product-get = Holen, { $size }
product-getting = { $title } wird geholt
product-got = { $title } ist jetzt auf diesem Computer.
product-arriving = Eine neuere Ausgabe ist unterwegs.
product-arriving-first = Es ist unterwegs.
product-arriving-parts = { $here } von { $all } Teilen sind da. Sind alle da, wird sie gezeigt.
product-overdue = Zugesagt war { $due }. Zuletzt gefüllt { $filled }.
product-overdue-remind = { $name } erinnern
product-overdue-subject = { $title } ist überfällig
product-damaged = Diese Kopie passt nicht zu ihrem Siegel.
product-damaged-text = Vielleicht wurde sie unterwegs verändert oder abgeschnitten. Sie wird nicht gezeigt.
product-get-again = Noch einmal holen
product-use-other = Die Ausgabe von { $when } verwenden
product-damaged-ask = Um neues Senden bitten
product-damaged-subject = Bitte { $title } noch einmal senden
product-kept-this = { $title } ist wieder eins.
product-backwards-look = Das Regal durchsehen
product-backwards-tell = Bescheid geben
product-backwards-subject = Das Regal zeigt { $title } in einem älteren Stand
product-two-versions = Zwei haben es gefüllt, ohne voneinander zu wissen.
product-two-versions-text = Beide sind aufgehoben, und alle sehen eine davon, bis die zuständige Person wählt.
product-see-both = Beide ansehen
versions-title = Zwei Ausgaben von { $title }
versions-text = Sie wurden zur selben Zeit hineingestellt, und keine ist aus der anderen entstanden.
versions-which = Vergleichen mit
versions-of = Die von { $name }
versions-yours = Ihre
versions-used = { $who } (jetzt gezeigt)
versions-when = Gefüllt
versions-choose = Wählen
versions-keep = Diese behalten
versions-keep-named = Diese behalten: { $who }
versions-sealed = Eine davon ist versiegelt. Welche Sie auch behalten, sie ist von da an versiegelt.
versions-missing = Die Zeilen sind noch nicht auf diesem Computer: { $who }. Ohne sie lässt sich nicht sagen, was sich unterscheidet.
versions-changes = Was sich unterscheidet: von „{ $from }“ zu „{ $to }“
versions-together = Beide zusammenführen
versions-together-text =
    { $count ->
        [one] Eine Zeile steht nur in „{ $who }“. Sie kommt als Entwurf zu „{ $used }“ dazu; den sehen Sie an, bevor er ins Regal geht. Zeilen, die in beiden stehen, aber mit anderen Werten, bleiben wie in „{ $used }“.
       *[other] { $count } Zeilen stehen nur in „{ $who }“. Sie kommen als Entwurf zu „{ $used }“ dazu; den sehen Sie an, bevor er ins Regal geht. Zeilen, die in beiden stehen, aber mit anderen Werten, bleiben wie in „{ $used }“.
    }
versions-nothing-more = „{ $who }“ hat keine Zeile, die nicht auch in „{ $used }“ steht: Es gibt nichts dazuzunehmen. Behalten Sie eine von beiden.
versions-together-do = Zusammenführen
versions-keeper-chooses = Die zuständige Person wählt, welche gilt.
product-backwards = Das Regal zeigt einen älteren Stand, als dieser Computer schon kennt.
product-backwards-text = Vielleicht wurde eine Sicherung zurückgespielt. Zu sehen ist das Neueste, das hier liegt.
product-retired = Es ist außer Dienst.
product-retired-text = Niemand füllt es mehr.
product-too-new = Es wurde mit einem neueren { -app } gemacht.
product-too-new-text = Mit einem neueren { -app } sind seine Zeilen zu sehen.
product-label-only = Nur das Etikett steht im Regal.
product-label-only-text = Die Zeilen gibt es bei { $name }.
product-ask = Danach fragen
product-ask-subject = Darf ich { $title } haben?
product-unconfirmed = Noch hat niemand { $name } bestätigt.
product-unconfirmed-text = Sechs Wörter am Telefon vergleichen, dann ist sicher, wer es hierher gestellt hat.
product-in-doubt = Noch lässt sich nicht sagen, ob dies weiter gilt.
product-in-doubt-text = Es kam von einem Computer von { $name }, der gesperrt wurde. Die Seite, auf der steht, was davon gilt, ist auf diesem Computer nicht angekommen.
product-confirm = Bestätigen
product-copies = Zu sehen ist die Kopie von { $time }.
product-copies-text = Das Regal ist gerade nicht zu erreichen.
product-publishing = Ihre Ausgabe ist noch auf dem Weg ins Regal.
product-publishing-open = Ansehen, wie weit

product-printed = { $title }, Ausgabe { $number }, gedruckt { $date }
product-printed-rows = { $shown ->
    [one] Die erste Zeile von { $all }
   *[other] Die ersten { $shown } Zeilen von { $all }
}

# Wer es lesen darf, und wer darum bittet.
access-reads = Kann es lesen
access-waits = Ausgewählt, kann es noch nicht lesen
access-asks = Bittet um Zugang
access-granted = Wurde dazugenommen
access-denied = Wurde nicht dazugenommen
access-withdrawn = Bittet nicht länger
product-access = Wer es lesen darf
access-honest = Für alle anderen ist es verschlossen, auch auf dem Server und im Ordner. Was einmal geöffnet wurde, ist nicht zurückzuholen.
access-allow = Jemanden hereinlassen
access-remove = Ausnehmen
access-remove-name = Ausnehmen: { $name }
access-allowed = { $name } kann { $title } jetzt lesen.
access-removed = Die nächsten Fassungen von { $title } sind für { $name } verschlossen. Was { $name } geöffnet hat, ist nicht zurückzuholen.
access-denied-said = { $name } erfährt, dass es nicht geht.
access-withdrawn-said = Die Anfrage ist zurückgenommen.
access-requests = Angefragt
access-answered = Beantwortet von { $name } { $when }
access-grant = Hereinlassen
access-deny = Ablehnen
access-withdraw = Zurücknehmen
access-locked = Es ist versiegelt und noch nicht für Sie
access-purpose = Wofür wird es gebraucht?
access-purpose-hint = Diesen Satz kann nur { $name } lesen.
access-ask = Um Zugang bitten
access-asked-said = { $name } sieht die Bitte beim nächsten Blick ins Regal.
access-asked-waits = Sie haben gefragt. { $name } hat noch nicht geantwortet.

product-hand-over = Zuständigkeit übergeben
product-hand-over-title = Wer ist künftig für { $title } zuständig?
product-hand-over-text = Der Name steht auf dem Etikett, dorthin geht die Erinnerung an das Versprechen, und dort wird als Nächstes gefüllt. Was im Regal steht, bleibt, wie es ist.
product-hand-over-to = Künftig zuständig
product-hand-over-choose = Jemanden wählen
product-hand-over-do = Übergeben
product-handed-over = { $name } ist jetzt für { $title } zuständig.

edited-title = { $count ->
    [one] Jemand hat die einfache Kopie { $names } im Regal von Hand geändert
   *[other] Jemand hat einfache Kopien im Regal von Hand geändert: { $names }
}
edited-text = Sie blieb, wie sie ist, und wer mit Larder liest, sieht sie nicht. Nehmen Sie sie als nächste Ausgabe, oder legen Sie die Kopie der neuesten Ausgabe zurück.
edited-text-plain = Sie blieb, wie sie ist. Legen Sie die der neuesten Ausgabe zurück, oder lassen Sie sie so.
edited-use = Als nächste Ausgabe nehmen
edited-use-file = { $name } als nächste Ausgabe nehmen
edited-restore = Unsere zurücklegen
edited-restored = Die einfachen Kopien von { $title } sind wieder die der neuesten Ausgabe.

access-grant-title = { $name } soll { $title } lesen dürfen?
access-grant-do = { $name } hereinlassen
access-until = Bis wann?
access-until-needed = Bis wann brauchen Sie es?
access-until-none = Ohne Ende
access-until-asked = { $day }, wie erbeten
access-until-week = Eine Woche, bis Ende { $day }
access-until-month = Einen Monat, bis Ende { $day }
access-until-quarter = Drei Monate, bis Ende { $day }
access-until-year = Ein Jahr, bis Ende { $day }
access-until-day = Bis Ende { $day }
access-asked-until = Wird gebraucht bis Ende { $day }
access-grant-open = Diese und spätere Fassungen sind lesbar, bis Sie die Person ausnehmen.
access-leaves = { $name } nach diesem Tag von selbst ausnehmen
access-leaves-text = Beim ersten Blick ins Regal nach { $day } stellt { -app } auf diesem Computer die neuesten Zeilen noch einmal unter einem anderen Schlüssel hinein, den { $name } nicht bekommt. Sie sehen es unter Verlauf.
access-stays-text = Nach { $day } geschieht nichts von selbst: Sie werden unter Heute erinnert.
access-leaves-said = { $name } wird nach diesem Tag von selbst ausgenommen.
access-stays-said = { $name } bleibt dabei, bis Sie etwas anderes sagen.
access-no-recall = Was { $name } bis dahin öffnet und kopiert, ist nicht zurückzuholen.
access-deny-title = { $name } soll { $title } nicht lesen?
access-deny-words = Ein Satz dazu, wenn Sie mögen
access-deny-hint = Nur { $name } liest ihn.

# Ob jemand es durchgesehen hat, wie die Hausregeln es wollen.
review-looked-over = Durchgesehen
review-last = { $when } von { $name }
review-unmet = { $days ->
    [one] Entspricht einer Hausregel nicht: Es ist jeden Tag durchzusehen.
   *[other] Entspricht einer Hausregel nicht: Es ist alle { $days } Tage durchzusehen.
}
review-due = { $days ->
    [one] Was über { $title } gesagt ist, ist einen Tag alt
   *[other] Was über { $title } gesagt ist, ist { $days } Tage alt
}
review-due-text = Die Hausregeln bitten Sie, es durchzusehen. Lesen Sie nach: Sagen Sie, dass es stimmt, oder füllen Sie es neu.
review-do = Durchgesehen: Alles stimmt noch
review-said = { $title } ist durchgesehen. Alle am Regal können es sehen.

# Wofür es verwendet wird, wo die Hausregeln danach fragen.
use-ask = Wofür verwenden Sie { $title }?
use-ask-hint = Das lesen nur { $name } und alle, die andere bestätigen dürfen. Sie können es übergehen.
use-say = Sagen
use-pass = Jetzt nicht
use-said = Wofür Sie { $title } verwenden, ist der zuständigen Person gesagt.
use-unsaid = Wofür Sie { $title } verwenden, ist nicht mehr gesagt.
use-used = Verwendet
use-by = Verwendet von { $name } für: { $purpose }. Seit { $when }.
use-mine = Sie verwenden es für: { $purpose }. Seit { $when }.
use-no-more = Nicht länger sagen
