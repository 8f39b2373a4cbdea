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
rules-page = House rules
rules-lead = What everyone on this shelf keeps to. { -app } holds whoever puts something on the shelf to them, and shows the others what does not.
rules-label = Every label says
rules-publishers = Who may put things on the shelf
rules-files = Files
rules-kinds = Kinds of files that may be brought in
rules-kinds-hint = Their endings, such as xlsx, csv. Empty: all.
rules-size = Largest size in MB
rules-size-hint = Empty: no limit.
rules-size-odd = A whole number, such as 50.
rules-version = Oldest { -app } that may be used
rules-version-hint = Such as 1.2. Empty: any.
rules-version-odd = It looks like 1.2 or 1.2.3.
rules-save = Put them in force
rules-propose = Propose them
rules-not-yours = Those who may confirm others can change them.
rules-usual = They are as { -app } brings them; nobody has changed them.
rules-history = Who changed what
rules-too-new = They were written with a newer { -app }
rules-too-new-text = To put something on the shelf, update { -app }.
rules-proposed =
    { $count ->
        [one] A change waits for signatures
       *[other] { $count } changes wait for signatures
    }
rules-proposed-do = See it
