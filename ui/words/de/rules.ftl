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
rules-page = Hausregeln
rules-lead = Woran sich alle bei diesem Regal halten. { -app } achtet darauf, wenn etwas ins Regal kommt, und zeigt den anderen, was nicht passt.
rules-label = Jedes Etikett sagt
rules-publishers = Wer etwas ins Regal stellen darf
rules-files = Dateien
rules-kinds = Arten von Dateien, die erlaubt sind
rules-kinds-hint = Ihre Endungen, etwa xlsx, csv. Leer: alle.
rules-size = Größte Größe in MB
rules-size-hint = Leer: keine Grenze.
rules-size-odd = Eine ganze Zahl, etwa 50.
rules-version = Ältestes erlaubtes { -app }
rules-version-hint = Etwa 1.2. Leer: jedes.
rules-version-odd = Sie sieht aus wie 1.2 oder 1.2.3.
rules-later = Wenn es im Regal steht
rules-retention = Frühere Ausgaben werden so viele Tage aufgehoben
rules-retention-hint = Ab dem Tag, an dem eine neuere gilt. Dann gehören sie nicht mehr dazu, und einen Monat später darf ihr Platz frei werden; die geltende bleibt immer. Von jedem bleiben höchstens 32. Leer: wie üblich die neuesten zehn.
rules-review = Alle so viele Tage wird jedes { -thing } durchgesehen
rules-review-hint = Wer zuständig ist, wird erinnert und sagt, dass alles noch stimmt, oder füllt es neu. Ist das zu spät, sehen es alle. Leer: nie.
rules-receipts = Wer etwas verwendet, wird gefragt, wofür
rules-receipts-hint = In einer Zeile, die man übergehen kann, höchstens einmal im Monat. Die Antworten lesen nur die zuständige Person und alle, die andere bestätigen dürfen.
rules-effect = { $count ->
    [one] Ab { $when } wird eine frühere Ausgabe nicht mehr aufgehoben.
   *[other] { $products ->
        [one] Ab { $when } werden { $count } frühere Ausgaben eines { -thing(form: "of") } nicht mehr aufgehoben.
       *[other] Ab { $when } werden { $count } frühere Ausgaben von { $products } { -thing(form: "to-many") } nicht mehr aufgehoben.
    }
}
rules-effect-none = Von dem, was da ist, würde nichts gehen.
rules-days-odd = Eine ganze Zahl von Tagen, etwa 90.
rules-save = In Kraft setzen
rules-propose = Vorschlagen
rules-not-yours = Ändern können sie alle, die andere bestätigen dürfen.
rules-usual = Sie sind so, wie { -app } sie mitbringt; niemand hat sie geändert.
rules-history = Wer was geändert hat
rules-too-new = Sie wurden mit einem neueren { -app } geschrieben
rules-too-new-text = Um etwas ins Regal zu stellen, { -app } aktualisieren.
rules-proposed =
    { $count ->
        [one] Eine Änderung wartet auf Unterschriften
       *[other] { $count } Änderungen warten auf Unterschriften
    }
rules-proposed-do = Ansehen
