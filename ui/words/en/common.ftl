# Words that several pages share. Data product is always both words; `-thing` holds it, so that one line renames it.
# Forms: one, many; One, Many at the start of a sentence.
-app = Larder
-thing =
    { $form ->
       *[one] data product
        [many] data products
        [One] Data product
        [Many] Data products
    }

app-name = { -app }
app-sample = Sample bakery

common-yes = yes
common-no = no
common-close = Close
common-cancel = Cancel
common-undo = Undo
common-redo = Redo
common-save = Save
common-done = Done
common-retry = Try again
common-go-on = Go on
common-back = Back
common-more = More
common-show = Show
common-copy = Copy
common-copied = Copied
common-dismiss = Dismiss
common-clear = Clear
common-loading = On its way
common-optional = (optional)
common-open = Open
common-show-all = Show all
common-you = you
common-unnamed = No name yet
common-empty-cell = empty
common-why = Why this?
common-rows =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
common-columns =
    { $count ->
        [one] { $count } column
       *[other] { $count } columns
    }
common-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
common-things =
    { $count ->
        [one] { $count } { -thing }
       *[other] { $count } { -thing(form: "many") }
    }
common-to-fix =
    { $count ->
        [one] { $count } to fix
       *[other] { $count } to fix
    }

# When something was or will be; used inside other texts.
when-today = today { $time }
when-yesterday = yesterday { $time }
when-yesterday-short = yesterday
when-tomorrow = tomorrow { $time }
when-weekday = { $day }
when-date = { $date }
since-today = since { $time } today
since-yesterday = since yesterday
since-weekday = since { $day }
since-date = since { $date }
day-today = Today
day-yesterday = Yesterday

# Condition
grade-very-good = Very good
grade-good = Good
grade-fair = Fair
grade-poor = Poor
condition-very-good = Very good condition
condition-good = Good condition
condition-fair = Fair condition
condition-poor = Poor condition
condition-to-fix = { $grade }, { $count } to fix

# Work that takes longer than a moment
job-read = Reading { $about }
job-bring = Bringing in { $about }
job-bring-several = Bringing in the files
job-stop = Stop
job-sample = Setting up the sample bakery
job-publish = Putting { $about } on the shelf
job-refresh = Looking at the shelf
job-fetch = Getting { $about }
job-doctor = Looking the shelf over
job-mend = Putting back what is gone
job-collect = Clearing up
job-rows =
    { $count ->
        [one] { $count } row so far
       *[other] { $count } rows so far
    }
job-part = { $done } of { $of }

key-ctrl = Ctrl
key-shift = Shift
