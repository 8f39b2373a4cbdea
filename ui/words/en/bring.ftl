bring-page = Bring in
bring-text = Drop a spreadsheet anywhere on this window. Nothing is shared yet, and your file stays as it is.
bring-drop-title = Drop your file here
bring-drop-text = Excel in any version, OpenDocument, CSV and other text, saved web pages, zipped or not. Several at once are fine, or a folder of them.
bring-browse = Browse…
bring-paste = Paste a table
bring-paste-title = Paste a table
bring-paste-text = Copy the cells in your spreadsheet program, then paste them here.
bring-paste-field = The copied cells
bring-paste-hint = Ctrl+V works anywhere in { -app }, too.
bring-paste-go = Bring it in
bring-pasting = Bringing it in

bring-outcome = { $count ->
    [one] What became of the file
   *[other] What became of the { $count } files
}
bring-outcome-text = Look at each of them on its own.
bring-outcome-text-join = Look at each of them on its own, or join them if they have the same columns.
bring-outcome-join = Join them into one
bring-outcome-ready = Ready to look at
bring-outcome-open = Look at it
bring-outcome-close = Put this list away

bring-password = Password
bring-password-named = Password of { $file }
bring-password-show = Show the password
bring-password-hide = Hide the password
bring-password-open = Open
bring-password-later = Not now

bring-drafts = Not finished yet
bring-drafts-text = Only you can see these. They are kept on this computer.
bring-drafts-none = Nothing is waiting here
bring-drafts-none-text = What you bring in stays here until it is on the shelf.
bring-draft-check = Checking how it was read
bring-draft-label = Writing the label
bring-draft-published = On its way to the shelf
bring-draft-discarded = Thrown away
bring-draft-saved = saved { $when }
bring-draft-go-on = Go on
bring-draft-go-on-named = Go on with { $title }
bring-draft-discard = Throw away
bring-draft-discard-named = Throw { $title } away
bring-draft-discarded-toast = { $title } was thrown away. Your file stays where it is.

bring-practice = Practice files
bring-practice-text = Files as they really come, to try things out. Nothing of yours is touched.
bring-practice-open = Try it
bring-practice-open-named = Try it: { $file }
