# The house rules of every label, and what to do where one is not met.
rule-has-title = It has a name.
rule-has-title-do = Give it a name
rule-has-summary = One sentence says what is in it.
rule-has-summary-do = Say in one sentence what is in it
rule-has-area = It belongs to an area.
rule-has-area-do = Choose its area
rule-has-keeper = Somebody looks after it.
rule-has-keeper-do = Say who looks after it
rule-has-columns = It has columns.
rule-has-columns-do = Bring at least one column in

# Who may put things on the shelf.
publishers-everyone = Everyone who can write to the place
publishers-confirmed = Everyone who is confirmed
publishers-stewards = Everyone who may confirm others

# What the other house rules say.
rules-any = No rule about it
rules-days =
    { $days ->
        [one] One day
       *[other] { $days } days
    }
rules-yes = Yes
rules-no = No
rules-changed-by = Changed by { $name }, { $at }
