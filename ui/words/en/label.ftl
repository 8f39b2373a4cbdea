label-page = Write the label
label-text = What colleagues need to find it and to trust it. Only you can see this so far.
label-as-seen = As colleagues will see it
label-form = The label

label-what = What is it?
label-title = Name
label-summary = What is in it, in one sentence
label-area = Area
label-area-hint = The part of the business that it belongs to, such as Kitchen or Office.
label-keeper = Keeper
label-keeper-hint = Who looks after it and answers questions.

label-suggested = Suggested
label-accept = Accept
label-accept-named = Accept: { $field }
label-why = Why this?
label-why-named = Why this? { $field }

label-guide = Column guide
label-guide-suggested = { $count ->
    [one] 1 suggestion.
   *[other] { $count } suggestions.
}
label-guide-done = { $described } of { $columns } columns explained.
label-accept-all = Accept all
label-go-through = Go through them
label-going = { $field }: “{ $value }”
label-going-accept = Accept and next
label-going-skip = Next
label-going-stop = Stop
label-accepted = { $count ->
    [one] 1 suggestion accepted.
   *[other] { $count } suggestions accepted.
}
label-column-name = Name
label-column-kind = Kind
label-column-meaning = Meaning
label-column-unit = Unit
label-column-example = Example
label-column-marks = Marks
label-column-name-of = Name of { $column }
label-column-meaning-of = Meaning of { $column }
label-column-unit-of = Unit of { $column }
label-column-key = Makes each row unique
label-column-required = Always filled
label-column-personal = Personal details
label-column-marks-of = Marks of { $column }
label-field-meaning = Meaning of { $column }
label-field-unit = Unit of { $column }
label-field-key = { $column } makes each row unique
label-field-looks-up = { $column } looks up in { $value }
label-suggest-key = Does { $column } make each row unique?
label-suggest-key-yes = Yes, it does
label-suggest-looks-up = { $column } is the same as in { $value }?
label-suggest-looks-up-yes = Yes, they match
label-looks-up = Looks up in { $title }
label-looks-up-remove = { $column } no longer looks up in { $title }

label-fix = Things to fix
label-fix-none = Nothing found. Well kept.
label-fix-text = Your file is never changed. These repairs can be switched off one by one.
label-fix-show = { $count ->
    [one] Show the row
   *[other] Show the rows
}
label-fix-hide = Hide the rows
label-fix-rows = Rows of: { $what }
label-fix-first = The first { $shown } of { $count }.
label-fix-row-number = Row
label-fixed = Repaired

label-promise = Promise
label-promise-text = How often will you fill it again? We will remind you, and colleagues see if it is late.
label-promise-every = How often
label-promise-none = No promise
label-promise-day = Every day
label-promise-working-day = Every working day
label-promise-week = Every week
label-promise-month = Every month
label-promise-on = On
label-promise-month-day = Day of the month
label-promise-by = By
label-promise-by-bad = A time such as 09:00
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
promise-day = Every day by { $by }
promise-working-day = Every working day by { $by }
promise-week = Every { $day } by { $by }
promise-month = On day { $number } of every month by { $by }
promise-none = No promise

label-rules = House rules
label-audience = Who may see the rows?
label-audience-everyone = Everyone on this shelf
label-audience-everyone-text = Everyone who can open this folder can open what is on the shelf.
label-audience-label-only = Only the label
label-audience-label-only-text = The rows stay on this computer. Colleagues ask you for them.
label-audience-sealed = Only people whom you choose
label-audience-sealed-text = For everyone else it is locked, whoever can open the folder. You can let more people in at any time.
label-audience-honest = “Everyone” is a request, not a lock: the folder decides who can open it.
label-terms = What others may do with it
label-terms-internal = Only for our own work
label-terms-cc-by = Free to use, naming us (CC BY 4.0)
label-terms-cc-zero = Free to use, no conditions (CC0 1.0)
label-terms-own = In our own words
label-terms-text = The terms

label-more = More
label-more-text = Not needed, but colleagues thank you for it.
label-stand-in = Stand-in
label-stand-in-hint = Who helps when the keeper is away.
label-email = Keeper’s e-mail
label-email-bad = An address such as anna@example.org
label-good-for = Good for
label-not-for = Not for
label-tags = Words to find it by
label-tags-hint = Type a word and press Enter.
label-tag-remove = Take { $tag } away

label-saved = Saved on this computer { $time }
label-saving = Saving
label-unsaved = Not saved yet
label-put = Put on the shelf
label-plan = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $to_fix ->
    [0] nothing left to fix.
    [one] 1 thing left to fix.
   *[other] { $to_fix } things left to fix.
}
label-plan-to = To: { $shelf }.
label-plan-visible = { $count ->
    [0] Nobody else is on it yet.
    [one] Visible to { $names }.
   *[other] Visible to { $count } people.
}
label-plan-sealed = { $count ->
    [0] Sealed: only you can read it.
    [one] Sealed: only you and { $names } can read it.
   *[other] Sealed: only you and { $count } people can read it.
}
label-missing = { $count ->
    [one] 1 thing is missing.
   *[other] { $count } things are missing.
}
label-back = Back to the rows
label-sealed-who = Who may read it?
label-sealed-you = You, on all your computers, and:
label-sealed-no-key = Cannot read it yet: has not looked at the shelf with this { -app }
label-sealed-gone = Not on the shelf any more
label-sealed-nobody = Nobody else is confirmed yet.
label-sealed-ask = What everyone else may know
label-sealed-ask-hint = Such as “wages by month; ask me if you plan shifts”. This is not locked.
label-sealed-hide = Hide its name
label-sealed-hide-hint = Others see only that there is something sealed.
label-sealed-honest = Rows, columns, label and page are locked with the keys of those chosen. Everyone on the shelf still sees that it is there, how large it is, when it is filled and for whom it is sealed. Whoever opened it keeps what they had. If all these computers are lost, nobody can open it any more.
label-sealed-areas = Or everyone who keeps something in
label-sealed-areas-later = Whoever comes to such an area later is not let in by itself: you are asked under Today.
