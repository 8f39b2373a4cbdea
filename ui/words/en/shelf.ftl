shelf-page = Shelf
shelf-lead =
    Everything your team has put here, ready to use. { $products ->
        [one] One { -thing },
       *[other] { $products } { -thing(form: "many") },
    }
shelf-people =
    { $people ->
        [one] looked after by one person.
       *[other] looked after by { $people } people.
    }
shelf-find = Find by name, column or person
shelf-filters = Show only
shelf-filter-followed = Followed
shelf-filter-mine = Mine
shelf-filter-overdue = Overdue
shelf-views = How it is shown
shelf-as-labels = As labels
shelf-as-list = As a list
shelf-show-more =
    { $count ->
        [one] Show one more
       *[other] Show { $count } more
    }
shelf-show-everything = Show everything
shelf-column-name = Name
shelf-column-area = Area
shelf-column-state = Filled
shelf-column-condition = Condition
shelf-column-keeper = Keeper
shelf-column-rows = Rows
shelf-empty = The shelf is empty
shelf-empty-text = A { -thing } is a table with a label that says what is in it, who looks after it and how fresh it is. Bring in the first one.
shelf-bring-in = Bring in a file
shelf-how = How it works
shelf-found-count =
    { $count ->
        [0] Nothing found
        [one] One found
       *[other] { $count } found
    }
shelf-found-column = “{ $query }” appears in the column { $column }
shelf-found-person = Kept by { $name }
shelf-found-tag = Marked { $name }
shelf-found-area = In the area { $area }
shelf-nothing = Nothing on the shelf mentions “{ $query }”
shelf-nothing-text = Try a shorter word, a column or a person’s name.
shelf-none-pass = Nothing fits these filters
shelf-none-pass-text = The rest of the shelf is still there.
shelf-unconfirmed = Not confirmed yet
shelf-unconfirmed-title = Nobody has vouched for these yet
shelf-unconfirmed-text = Whoever put them here could be anyone with access to the folder. Compare six words on the telephone, then their things stand among everyone’s.
shelf-unconfirmed-do = Confirm people

area-page = Area
area-lead =
    { $products ->
        [one] One { -thing } in this area.
       *[other] { $products } { -thing(form: "many") } in this area.
    }
area-keepers = Kept by
area-empty = There is nothing in this area any more
area-empty-text = Perhaps it was renamed.
area-to-shelf = To the shelf
shelf-no-area = Area not told
