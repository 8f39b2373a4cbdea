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
