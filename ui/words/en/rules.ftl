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
rules-later = Once it is on the shelf
rules-retention = Earlier versions are kept for so many days
rules-retention-hint = From the day on which a newer one took their place. Then they leave the list, and a month later their room may be used for others; the one in use never goes. Of each, 32 are kept at most. Empty: as usual, the newest ten.
rules-review = Each { -thing } is looked over every so many days
rules-review-hint = Its keeper is reminded, and says that all of it still holds or fills it again. Where that is late, everyone sees it. Empty: never.
rules-receipts = Colleagues are asked what they use something for
rules-receipts-hint = In one line that can be passed over, once a month at most. Only the keeper and those who may confirm others read the answers.
rules-effect = { $count ->
    [one] From { $when } on, one earlier version is no longer kept.
   *[other] { $products ->
        [one] From { $when } on, { $count } earlier versions of one { -thing } are no longer kept.
       *[other] From { $when } on, { $count } earlier versions of { $products } { -thing(form: "many") } are no longer kept.
    }
}
rules-effect-none = No version that is there now would go.
rules-days-odd = A whole number of days, such as 90.
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
