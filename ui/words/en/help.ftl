# The help: short pages, always here, also without a network. Blank lines part paragraphs, "## " is a heading, "- " a point,
# two stars around a word make it bold (not at the start of a line).
help-page = Help
help-all = All pages of the help
help-contents = Contents
help-find = Find in the help
help-nothing = The help does not mention “{ $query }”
help-keys-column = Keys
help-keys-does = What they do

help-start-title = How { -app } works
help-start-text =
    A { -thing } is a table with a label. The label says what is in it, who looks after it and how fresh it is, so that colleagues can find it, trust it and use it.

    ## From a file to the shelf
    - Bring in a spreadsheet: drop it anywhere on the window, choose it, or paste a copied table.
    - Check how it was read. Every assumption is a sentence with its opposite beside it.
    - Write the label. Most of it is suggested.
    - Put it on the shelf. Colleagues see it as soon as the folder is copied.

    ## Where everything is
    The shelf is a folder that your team shares. { -app } keeps a copy of it on this computer, so it works without a network, too. There is no server and no account.

    Your own file is never changed. What stands on the shelf is never overwritten: filling something again adds a new version, and the earlier ones stay.

help-today-title = Today
help-today-text =
    Today shows what needs you, what was filled today and what you opened lately. It is not a report: when nothing needs you, it says so.

    ## Needs you
    At most five things, each with one button. A { -thing } that you promised to fill comes first, then what you follow, then drafts you have not finished.

help-shelf-title = The shelf
help-shelf-text =
    The shelf shows everything that your team has put on it, sorted by area. Each label names what is in it, when it was filled and who keeps it.

    ## Find something
    Type a name, a column or a person. The answer says where the word was found, so that you see at once why something is listed. Ctrl+K does the same from every page.

    ## What the pill says
    - Filled, with a tick: it was filled in time.
    - Filled, with a clock: nobody promised when it is filled again.
    - Overdue: it was promised and is late. The keeper sees it, too.
    - Copy damaged: the copy on this computer does not match its seal. Open it to fetch it again.

    The two buttons at the right change between labels and a list.

help-bring-title = Bring in a file
help-bring-text =
    Drop one or several spreadsheets anywhere on the window, choose them with Browse, or paste a table that you copied elsewhere with Ctrl+V.

    { -app } reads Excel (xlsx, xlsm, xls, xlsb, and the XML of Excel 2003), OpenDocument (ods, fods), text with commas, semicolons or tabs, and tables of web pages, also packed in a zip file. It recognises a file by what is in it, not by its name.

    Several files of the same columns, such as one for each month, can be joined into one. A folder of such files becomes one by itself, and files of other columns are listed beside it. The other sheets and tables of a workbook can be brought in too, each with a label of its own.

    If a description lies beside your file (datapackage.json, or a data product contract such as till.odcs.yaml), the label begins with what it says. One click leaves it aside.

    Nothing is shared yet, and your file stays as it is. What you began is kept as a draft on this computer until you finish it or put it away.

help-check-title = Check how it was read
help-check-text =
    At the left are the rows as they stand in your file. Rows that are no data, such as titles and totals, are grey and say why they are left out.

    At the right are sentences. Each says what was assumed, and each has its opposite beside it. One click is enough, and Ctrl+Z takes it back.

    ## Kinds
    Click a column name to choose its kind. Each kind shows how the first three values would read, so you can recognise the right one. Code is the kind that keeps zeros in front.

    ## Next time
    The way you want it read is kept. The next file that looks like this one is read the same way.

help-label-title = The label
help-label-text =
    The label is what colleagues see first. It takes shape at the right while you write.

    ## Suggestions
    Words with a dotted line are suggested. A tick accepts them, and so does changing them. Why this? says where a suggestion comes from.

    ## Things to fix
    Empty cells, rows that appear twice, odd dates: each shows its rows and safe ways to fix them. Your file is not changed. A fix can be switched off again, and leaving something as it is is always allowed; the label then says so.

    ## Promise
    Say how often you will fill it again, or make no promise. A broken promise is shown as overdue, to you and to everyone who follows it.

    Drafts save themselves.

help-publish-title = Put it on the shelf
help-publish-text =
    Before anything happens you see what will happen: where it goes, who will see it, how many rows, and what is left to fix.

    ## Three honest steps
    - Saved on this computer. From here on nothing can be lost.
    - Copied to the shelf. It is read back and compared before it counts. Without a network it waits and goes on by itself.
    - Colleagues can see it. Where their { -app } says so, you see who has it.

    If a colleague put a newer version there while you were working, you choose what shall happen. Nothing is ever overwritten.

help-product-title = The page of a { -thing }
help-product-text =
    One long page: what it is at a glance, a look inside, its columns, where it comes from, its promise and house rules, and what changed.

    ## Use it
    - Open in Excel writes a dated copy with a sheet about where it comes from.
    - More, Save a copy gives you xlsx, csv or parquet.
    - Follow tells you when it is filled, and when it is late.

    ## Look inside
    Click a column name to sort or to show only some rows. What you see stays as it is while you look, even if it is filled again; then a line offers the new one.

    ## Earlier versions
    What changed lists every version by date and person. Its keeper can put an earlier one back.

help-next-month-title = Next month’s file
help-next-month-text =
    Drop the next file on its label, or bring it in as before. If it looks like something on the shelf, { -app } says so and offers three ways:
    - Add the rows to those that are there.
    - Replace the rows with the new ones.
    - Treat it as something else.

    Then it says what changed, in sentences, before anything counts. The version before stays and can be used again.

help-people-title = People and confirming
help-people-text =
    Everyone on the shelf has a key of their own, made on their computer. What they fill is signed with it, so nobody can fill anything in their name.

    ## Six words
    Someone new has to be confirmed once. Ring them, ask for their six words and compare. If they are the same, it really is them. Until then what they put on the shelf stands apart, under Not confirmed yet.

help-activity-title = Activity
help-activity-text =
    Activity is the diary of this computer: what you brought in and put on the shelf, and what arrived from colleagues. It stays on this computer.

help-places-title = Where a shelf can stand
help-places-text =
    Any folder that your team shares will do: a network drive, OneDrive, Dropbox, Google Drive, Nextcloud, Syncthing.

    ## Not reachable
    When the folder does not answer, { -app } works from the copies on this computer and says so at the bottom left. What you put on the shelf waits and goes on by itself.

    ## Check the shelf now
    { -app } looks at the shelf every now and then. F5 looks at once.

    ## Is all well?
    Click on how the shelf stands, at the bottom left, then on “Is all well with it?”. Everything is read once and compared with its seal.

help-trust-title = Who can see what
help-trust-text =
    Everyone who can open the shared folder can open what is on the shelf. “Only the label” keeps the rows on your computer: colleagues see what there is and can ask you for it.

    House rules and “who may see it” are a request, not a lock. Someone who leaves keeps the copies they have.

    Nothing goes anywhere else. { -app } sends nothing over the internet and counts nothing.

help-settings-title = Settings
help-settings-text =
    Light or dark, the language, the size of everything, compact rows and clearer letters count at once.

    Numbers and dates are written as your system does. What you change about yourself is seen by colleagues once the shelf is copied.

help-keys-title = All keys
help-keys-text = Everything can be done with the keyboard. Tab goes from one thing to the next, the arrows move inside lists, menus and tables.
help-key-browse = Bring in a file
help-key-paste = Bring in a copied table
help-key-find = Find anything
help-key-find-inside = Find inside what is open
help-key-today = Today
help-key-shelf = Shelf
help-key-bring = Bring in
help-key-activity = Activity
help-key-back = Back
help-key-forward = Forward
help-key-undo = Undo
help-key-redo = Redo
help-key-print = Print this page
help-key-zoom-in = Larger
help-key-zoom-out = Smaller
help-key-zoom-reset = Normal size
help-key-settings = Settings
help-key-help = Help
help-key-what-is-this = Help about what has the focus
help-key-refresh = Check the shelf now
help-key-next-pane = Next part of the window
help-key-previous-pane = Part before
help-key-menu = Menu of what has the focus
help-key-escape = Close what is on top. Never loses work
