# The kinds of a column, as they stand alone (headers, menus).
kind-text = Text
kind-code = Code
kind-email = E-mail
kind-place = Place
kind-integer = Whole number
kind-number = Number
kind-money = Money
kind-percent = Percentage
kind-boolean = Yes or no
kind-date = Date
kind-date-time = Date and time
kind-time = Time
kind-duration = Duration

# What each of them is good for, one line in the column menu.
kind-text-more = words, kept as they are
kind-code-more = names something; zeros in front are kept
kind-email-more = an e-mail address
kind-place-more = a town, street or country
kind-integer-more = counts, without decimals
kind-number-more = with decimals
kind-money-more = exact to the cent
kind-percent-more = a share
kind-boolean-more = one of two answers
kind-date-more = a day
kind-date-time-more = a day and a time
kind-time-more = a time of day
kind-duration-more = how long something took, beyond a day too

# Inside a sentence: "changed from text to money".
kind-of = { $kind ->
    [text] text
    [code] code
    [email] e-mail
    [place] place
    [integer] whole number
    [number] number
    [money] money
    [percent] percentage
    [boolean] yes or no
    [date] date
    [date_time] date and time
    [time] time
    [duration] duration
   *[other] { $kind }
}
# Inside a sentence: "treat it as a number".
kind-as = { $kind ->
    [text] text
    [code] a code
    [email] an e-mail address
    [place] a place
    [integer] a whole number
    [number] a number
    [money] money
    [percent] a percentage
    [boolean] yes or no
    [date] a date
    [date_time] a date and time
    [time] a time
    [duration] a duration
   *[other] { $kind }
}
# Under the name of a column: "Date, day first" and "Money, EUR".
kind-with-order = { $name }, { $order ->
    [day_first] day first
    [month_first] month first
   *[year_first] year first
}
kind-with-unit = { $name }, { $unit }
