# Die Hausregeln für jedes Etikett, und was zu tun ist, wo eine fehlt.
rule-has-title = Es hat einen Namen.
rule-has-title-do = Einen Namen geben
rule-has-summary = Ein Satz sagt, was darin ist.
rule-has-summary-do = In einem Satz sagen, was darin ist
rule-has-area = Es gehört zu einem Bereich.
rule-has-area-do = Den Bereich wählen
rule-has-keeper = Jemand kümmert sich darum.
rule-has-keeper-do = Sagen, wer sich darum kümmert
rule-has-columns = Es hat Spalten.
rule-has-columns-do = Mindestens eine Spalte hereinholen

# Wer etwas ins Regal stellen darf.
publishers-everyone = Alle, die dort schreiben können
publishers-confirmed = Alle, die bestätigt sind
publishers-stewards = Alle, die andere bestätigen dürfen

# Was die anderen Hausregeln sagen.
rules-any = Keine Regel dazu
rules-days =
    { $days ->
        [one] Ein Tag
       *[other] { $days } Tage
    }
rules-yes = Ja
rules-no = Nein
rules-changed-by = Geändert von { $name }, { $at }
