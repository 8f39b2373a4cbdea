# Die Arten einer Spalte, wie sie allein stehen (Köpfe, Menüs).
kind-text = Text
kind-code = Kennung
kind-email = E-Mail
kind-place = Ort
kind-integer = Ganze Zahl
kind-number = Zahl
kind-money = Geld
kind-percent = Prozent
kind-boolean = Ja oder nein
kind-date = Datum
kind-date-time = Datum und Uhrzeit
kind-time = Uhrzeit
kind-duration = Dauer

# Wozu jede gut ist, eine Zeile im Menü der Spalte.
kind-text-more = Wörter, wie sie dastehen
kind-code-more = benennt etwas; Nullen vorn bleiben
kind-email-more = eine E-Mail-Adresse
kind-place-more = Ort, Straße oder Land
kind-integer-more = zählt, ohne Nachkommastellen
kind-number-more = mit Nachkommastellen
kind-money-more = auf den Cent genau
kind-percent-more = ein Anteil
kind-boolean-more = eine von zwei Antworten
kind-date-more = ein Tag
kind-date-time-more = ein Tag mit Uhrzeit
kind-time-more = eine Uhrzeit
kind-duration-more = wie lange etwas gedauert hat, auch über einen Tag hinaus

# Im Satz: "war Text und ist jetzt Geld".
kind-of = { $kind ->
    [text] Text
    [code] Kennung
    [email] E-Mail
    [place] Ort
    [integer] ganze Zahl
    [number] Zahl
    [money] Geld
    [percent] Prozent
    [boolean] ja oder nein
    [date] Datum
    [date_time] Datum und Uhrzeit
    [time] Uhrzeit
    [duration] Dauer
   *[other] { $kind }
}
# Im Satz: "als Zahl lesen".
kind-as = { $kind ->
    [text] Text
    [code] Kennung
    [email] E-Mail-Adresse
    [place] Ort
    [integer] ganze Zahl
    [number] Zahl
    [money] Geld
    [percent] Prozent
    [boolean] Ja oder nein
    [date] Datum
    [date_time] Datum mit Uhrzeit
    [time] Uhrzeit
    [duration] eine Dauer
   *[other] { $kind }
}
# Unter dem Namen einer Spalte: "Datum, Tag zuerst" und "Geld, EUR".
kind-with-order = { $name }, { $order ->
    [day_first] Tag zuerst
    [month_first] Monat zuerst
   *[year_first] Jahr zuerst
}
kind-with-unit = { $name }, { $unit }
