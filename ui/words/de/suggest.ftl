# Sätze, die Larder für ein Etikett vorschlägt.
suggest-and = und
suggest-summary = { $measures } nach { $by }.
suggest-summary-list = Eine Liste mit { $by }.
suggest-summary-figures = { $measures }.
suggest-promise-day = Jeden Tag bis 18:00
suggest-promise-week = Jeden Montag bis 12:00
suggest-promise-month = Am 5. jedes Monats bis 12:00
suggest-pasted-name = Eingefügte Tabelle
