need-overdue-mine = { $title } ist überfällig { $since }.
need-overdue-mine-more = Gefüllt werden soll es von Ihnen.
need-overdue-mine-do = Neue Datei hereinholen
need-overdue-followed = { $title } ist überfällig { $since }.
need-overdue-followed-more =
    { $has_keeper ->
        [no] Sie folgen ihm.
       *[yes] Zuständig ist { $keeper }, und Sie folgen ihm.
    }
need-overdue-followed-do = Öffnen
need-draft-open = { $title } steht noch nicht im Regal.
need-draft-open-more = Der Entwurf liegt auf diesem Computer.
need-draft-open-do = Weitermachen
need-publication-held = { $title } ist noch nicht im Regal angekommen.
need-publication-held-more = Auf diesem Computer ist es sicher, und wir versuchen es weiter.
need-publication-held-do = Ansehen, woran es liegt
need-confirm-person = { $name } möchte mitmachen.
need-confirm-person-more = Anrufen und sechs Wörter vergleichen.
need-confirm-person-do = Wörter vergleichen
need-name-wished = { $name } möchte { $wish } heißen.
need-name-wished-more = Die anderen sehen den neuen Namen, sobald Sie zustimmen.
need-name-wished-do = Ansehen
need-area-joined = { $name } ist jetzt für etwas in { $area } zuständig.
need-area-joined-more = Diesen Bereich haben Sie für { $title } gewählt. Soll { $name } es auch öffnen können?
need-area-joined-do = Hereinlassen
need-area-joined-not = Nein
need-area-left = { $name } ist für nichts mehr in { $area } zuständig.
need-area-left-more = Wegen dieses Bereichs lässt sich { $title } öffnen. Von jetzt an ausnehmen? Was schon geöffnet wurde, ist nicht zurückzuholen.
need-area-left-do = Ausnehmen
need-area-left-not = Dabei lassen
need-area-not-said = { $title } bleibt für { $name } verschlossen.
need-access-asked = { $name } möchte { $title } lesen.
need-access-asked-more = Sagen Sie, ob das in Ordnung ist.
need-access-asked-do = Ansehen, wofür
need-sign-proposal = Ein Vorschlag von { $name } für das Regal.
need-sign-proposal-more = Er zählt, sobald genug von Ihnen unterschrieben haben.
need-sign-proposal-do = Ansehen
need-link-device = Ein weiterer Computer sagt, er gehöre Ihnen.
need-link-device-more = Sechs Wörter an beiden Bildschirmen vergleichen: { $words }
need-link-device-do = Die Wörter vergleichen
need-things-to-fix =
    { $count ->
        [one] Ein Punkt ist offen in { $title }.
       *[other] { $count } Punkte sind offen in { $title }.
    }
need-things-to-fix-more =
    { $count ->
        [one] Er steht auf dem Etikett.
       *[other] Sie stehen auf dem Etikett.
    }
need-things-to-fix-do = Ansehen
need-two-versions = { $title } wurde zweimal zugleich gefüllt.
need-two-versions-more = Beide Fassungen sind aufgehoben. Eine davon soll gelten.
need-two-versions-do = Vergleichen
need-went-backwards = Das Regal zeigt etwas Älteres als vorher.
need-went-backwards-more = Vielleicht wurde der Ordner aus einer Sicherung zurückgeholt. Die Kopien hier sind sicher.
need-went-backwards-do = Nachsehen
need-damaged = Die Kopie von { $title } passt nicht zu ihrem Siegel.
need-damaged-more = Sie lässt sich neu holen.
need-damaged-do = Öffnen
need-cloud-only =
    { $count ->
        [one] Eine Datei von { $shelf } liegt in der Cloud und kommt nicht.
       *[other] { $count } Dateien von { $shelf } liegen in der Cloud und kommen nicht.
    }
need-cloud-only-more = Was schon geöffnet war, lässt sich so lange lesen.
need-cloud-only-do = Was zu tun ist
need-followed-filled = { $title } wurde neu gefüllt.
need-followed-filled-more =
    { $has_keeper ->
        [no] Sie folgen ihm.
       *[yes] Von { $keeper }. Sie folgen ihm.
    }
need-followed-filled-do = Ansehen, was sich geändert hat

need-copy-edited = Jemand hat eine einfache Kopie von { $title } von Hand geändert.
need-copy-edited-more = Sie kann die nächste Ausgabe werden oder richtiggestellt werden.
need-copy-edited-do = Ansehen
need-out-of-use = Dieser Computer ist auf diesem Regal außer Betrieb.
need-out-of-use-more = Niemand bei { $shelf } sieht, was er hineinstellt. Wenn das ein Irrtum ist, fragen Sie jemanden, der andere bestätigen darf.
need-out-of-use-do = Nachsehen, wer das darf
need-access-ended = { $name } kann { $title } noch lesen.
need-access-ended-more = Das war bis { $since } gedacht. Sie können die Person aus der nächsten Ausgabe herausnehmen oder es so lassen.
need-access-ended-do = Ansehen
need-review-due = { $title } ist durchzusehen.
need-review-due-more =
    { $days ->
        [one] Was darüber gesagt ist, ist einen Tag alt.
       *[other] Was darüber gesagt ist, ist { $days } Tage alt.
    }
need-review-due-do = Durchsehen
