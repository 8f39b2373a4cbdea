# What the command line says.
cli-overdue = overdue since { $since }
cli-area = Area
cli-keeper = Keeper
cli-filled = Filled
cli-version = Version
cli-rows = Rows
cli-condition = Condition
cli-column = Column
cli-filled-cells = Filled
cli-empty = Empty
cli-distinct = Different
cli-least = Least
cli-most = Most
cli-doctor-well = Nothing is wrong.
cli-password = Add --password-stdin and give the password on standard input, in a line of its own.
cli-imported = { $title }: { $rows } rows, { $columns } columns, { $fix } to fix. Saved on this computer as a draft.
cli-described-by = { $columns ->
    [one] Described by { $file }: one column.
   *[other] Described by { $file }: { $columns } columns.
}
cli-described-aside = Brought in, its label and its reading begin with that; one click leaves it aside.
cli-described = { $title }: saved on this computer.
cli-published = { $title } is on the shelf { $shelf }: version { $release }, { $rows } rows, copied and read back.
cli-refreshed = { $products } on the shelf.
cli-sample = The sample bakery is ready.
    Open it: LARDER_HOME="{ $home }"
    Its shelf: { $shelf }
    Practice files: { $practice }
cli-sealed = { $title }: { $count ->
    [0] only you can read it once it is on the shelf.
   *[other] besides you, only { $names } can read it once it is on the shelf.
}
cli-unsealed = { $title }: everyone on the shelf may read it.
cli-review-none = Nothing has to be looked over.
cli-kept-until = Version { $number } is kept until { $when }.
cli-use-none = Nobody has said what it is used for.
cli-use-ask = What do you use it for? You may say it: larder use "{ $title }" --for "…"
cli-nothing-to-add = The other one has no row that is not in the one in use. Keep one of them.
cli-only-beside =
    { $count ->
        [0] The other one has no row that is not in the one in use.
        [one] One row is only in the other one.
       *[other] { $count } rows are only in the other one.
    }
