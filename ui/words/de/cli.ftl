# Was die Kommandozeile sagt.
cli-overdue = überfällig seit { $since }
cli-area = Bereich
cli-keeper = Zuständig
cli-filled = Gefüllt
cli-version = Fassung
cli-rows = Zeilen
cli-condition = Zustand
cli-column = Spalte
cli-filled-cells = Gefüllt
cli-empty = Leer
cli-distinct = Verschieden
cli-least = Kleinster
cli-most = Größter
cli-doctor-well = Alles in Ordnung.
cli-password = Mit --password-stdin das Passwort über die Standardeingabe geben, in einer Zeile für sich.
cli-imported = { $title }: { $rows } Zeilen, { $columns } Spalten, { $fix } zu klären. Als Entwurf auf diesem Computer gespeichert.
cli-described-by = { $columns ->
    [one] Beschrieben in { $file }: eine Spalte.
   *[other] Beschrieben in { $file }: { $columns } Spalten.
}
cli-described-aside = Beim Hereinholen beginnen Etikett und Lesart damit; ein Klick lässt es beiseite.
cli-described = { $title }: auf diesem Computer gespeichert.
cli-published = { $title } steht im Regal { $shelf }: Fassung { $release }, { $rows } Zeilen, kopiert und zurückgelesen.
cli-refreshed = { $products } im Regal.
cli-sample = Die Beispielbäckerei ist bereit.
    Öffnen: LARDER_HOME="{ $home }"
    Ihr Regal: { $shelf }
    Übungsdateien: { $practice }
cli-sealed = { $title }: { $count ->
    [0] im Regal können nur Sie es lesen.
   *[other] im Regal können es außer Ihnen nur { $names } lesen.
}
cli-unsealed = { $title }: Alle an diesem Regal dürfen es lesen.
cli-review-none = Nichts ist durchzusehen.
cli-kept-until = Ausgabe { $number } wird bis { $when } aufgehoben.
cli-use-none = Niemand hat gesagt, wofür es verwendet wird.
cli-use-ask = Wofür verwenden Sie es? Sie können es sagen: larder use "{ $title }" --for "…"
cli-nothing-to-add = Die andere hat keine Zeile, die nicht auch in der geltenden steht. Behalten Sie eine von beiden.
cli-only-beside =
    { $count ->
        [0] Die andere hat keine Zeile, die nicht auch in der geltenden steht.
        [one] Eine Zeile steht nur in der anderen.
       *[other] { $count } Zeilen stehen nur in der anderen.
    }
