# Why something is suggested.
why-file-name = It comes from the file’s name, { $file }.
why-title-row = Row { $row } of your file says “{ $text }”.
why-column-names = The columns say so: { $columns }.
why-values = The values look like it: { $examples }.
why-colleague = In { $product }, the column { $column } is described like this.
why-earlier = Version { $release } said the same.
why-known-word = “{ $word }” is a known word in businesses like yours.
why-unique = { $rows ->
    [one] Its one row has a value of its own.
   *[other] Each of the { $rows } rows has a value of its own.
}
why-looks-up = { $share } of the values are in { $product }, column { $column }.
why-you = You bring it in, { $name }.
