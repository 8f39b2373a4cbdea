# Why something was not done. Value: what it means and what to do. .title: what happened. .button: tries again.
refusal-not-a-table =
    { $what ->
        [pdf] This is a PDF, so there are no rows to read. Export it as Excel or CSV from the program it came from.
        [image] This is a picture, so there are no rows to read. Ask for the file it was made from.
        [word] This is a text document. Copy the table in it and paste it here with Ctrl+V.
        [zip] This is a packed folder. Unpack it first, then drop the file inside.
        [program] This is a program, not a spreadsheet. It was not opened.
        [mail] This is an e-mail. Save its attachment first, then drop that here.
        [web] This is a web page. Copy the table on it and paste it here with Ctrl+V.
       *[other] There are no rows to read in it. { -app } reads Excel, OpenDocument and CSV files.
    }
    .title = { $file } is not a spreadsheet
refusal-empty = The file has nothing in it. Nothing was brought in.
    .title = { $file } is empty
refusal-damaged = It ends in the middle or has been changed since it was made. Perhaps a copy was not finished. Your own work is safe.
    .title =
        { $has_file ->
            [no] Something here is damaged
           *[yes] { $file } is damaged
        }
    .button = Try again
refusal-password-protected = Type it to read the file; we do not keep it.
    .title = { $file } has a password
refusal-wrong-password = Look at capital letters and at the language of the keyboard, then try again.
    .title = That is not the password of { $file }
    .button = Try again
refusal-cannot-unlock = { -app } cannot open this kind of lock. Open the file in the program it came from, save a copy without a password, and drop the copy here.
    .title = { $file } has a password
refusal-locked = Another program, perhaps Excel, is holding it. Close it there, then try again.
    .title = { $file } is open elsewhere
    .button = Try again
refusal-too-large =
    { $has_limit ->
        [no] It is larger than this computer can read safely. Split it into parts, then bring in each.
       *[yes] It is larger than this computer can read safely (at most { $limit }). Split it into parts, then bring in each.
    }
    .title = { $file } is too large
refusal-not-found = It has been moved, renamed or deleted. Nothing was changed here.
    .title = { $file } is not there any more
refusal-is-a-folder = Drop the files inside it instead.
    .title = { $file } is a folder
refusal-no-spreadsheet = Drop the spreadsheets themselves, or the folder they are in.
    .title = There is no spreadsheet in { $file }
refusal-too-many-files = At most { $limit } files of a folder come in at once. Drop some of them instead.
    .title = There are too many files in { $file }
refusal-same-rows = Another file of the folder has the same name or the same content, so its rows were not added a second time.
    .title = { $file } is there twice
refusal-no-file = Save the attachment first, then drop it here.
    .title = That came without a file
refusal-no-permission =
    { $path ->
        [roster] Someone who may confirm others has to do this, on a computer of theirs that may. Nothing was changed.
        [keeper] Only whoever keeps it can do this. Nothing was changed.
        [sealed] Only whoever put it on the shelf can say who reads it, on a computer that can read it. Nothing was changed.
        [unconfirmed] Someone who may confirm others has to confirm you first. Nothing was changed.
        [revoked] A computer that was stopped stays so: it comes back only when { -app } is set up on it anew. Nothing was changed.
        [out_of_use] This computer was taken out of use on this shelf: nobody would see it. Ask someone who may confirm others. Nothing was changed.
       *[other] This account may not read or save there. Ask the folder's owner for edit rights.
    }
    .title =
        { $path ->
            [roster] You may not decide this
            [keeper] You do not keep it
            [sealed] You may not decide this
            [unconfirmed] You are not confirmed yet
            [revoked] That computer was stopped
            [out_of_use] This computer is out of use on this shelf
           *[other] No permission for { $path }
        }
    .button = Try again
refusal-no-space =
    { $has_needed_bytes ->
        [no] Make some room, then try again. Your work is safe on this computer.
       *[yes] Another { $needed_bytes } are needed. Make some room, then try again. Your work is safe on this computer.
    }
    .title = No room left
    .button = Try again
refusal-unreachable = Is the network or VPN on? Your work is safe on this computer and goes on as soon as it answers.
    .title = We cannot reach { $path } right now
    .button = Try again
refusal-sign-in = Check the name and the password; some services want a password made for apps. Nothing was changed.
    .title = { $path } did not let us sign in
    .button = Sign in again
refusal-certificate = It answered with a certificate that does not hold ({ $detail }). Sending a password there would not be safe, so nothing was sent.
    .title = { $path } cannot prove that it is the right place
    .button = Try again
refusal-host-key =
    { $has_known ->
        [no] Compare its key with the one that whoever runs the server tells you: { $fingerprint }. Nothing was sent to it yet.
       *[yes] Its key was { $known } and is now { $fingerprint }. Either the server was set up anew, or somebody stands in between. Ask whoever runs it. Nothing was sent to it.
    }
    .title =
        { $has_known ->
            [no] Is this the right server?
           *[yes] The key of { $path } has changed
        }
    .button = Try again
refusal-clock = Set this computer’s date and time right, then try again. Nothing was changed.
    .title = The clocks here and at { $path } differ too much
    .button = Try again
refusal-throttled = It asks to be left alone for a while. Your work is safe on this computer and goes on by itself.
    .title = { $path } is busy
    .button = Try again
refusal-not-this-kind =
    { $what ->
        [webdav] Something answers there, but not as WebDAV does. Check the address; a Wi-Fi sign-in page can be in between, too.
        [s3] Something answers there, but not as S3 storage does. Check the address of the service; a Wi-Fi sign-in page can be in between, too.
       *[sftp] Something answers there, but not as SFTP does. Check the address and the port.
    }
    .title = { $path } is not what it was expected to be
    .button = Check the address
refusal-busy = Something else is using it right now. Wait a moment, then try again.
    .title =
        { $has_what ->
            [no] Busy at the moment
           *[yes] { $what } is busy
        }
    .button = Try again
refusal-cancelled = Nothing was changed.
    .title = Stopped
refusal-too-new = It was made with a newer { -app }. You can look; to change anything, update { -app } on this computer.
    .title = Made with a newer { -app }
refusal-rules-unmet =
    { $what ->
        [confirmed] The house rules of this shelf let only people put something here who are confirmed. Your draft stays on this computer.
        [stewards] The house rules of this shelf let only people put something here who may confirm others. Your draft stays on this computer.
        [kinds] The house rules of this shelf do not take such a file: { $value }. Your draft stays on this computer.
        [size] The house rules of this shelf take at most { $limit }, and this has { $value }. Your draft stays on this computer.
       *[other] The house rules ask for a little more before it goes on the shelf. What is missing is marked on the label.
    }
    .title =
        { $what ->
            [confirmed] You are not confirmed yet
            [stewards] You may not put anything here
            [kinds] This kind of file may not go on the shelf
            [size] Too large for this shelf
           *[other] Not quite ready for the shelf
        }
refusal-taken = Choose another name.
    .title = There is already “{ $name }”
refusal-unknown = It may have been taken off the shelf, or it is not on this computer.
    .title =
        { $has_what ->
            [no] Not found
           *[yes] { $what } was not found
        }
refusal-invalid =
    { $what ->
        [promise] “{ $value }” is no promise. Write it as “daily 07:00”, “workdays 18:00”, “monday 09:00”, “month 5 12:00” or “none”. Nothing was changed.
        [address] “{ $value }” is no folder. A shelf stands in a folder that your team shares. Nothing was changed.
        [purpose] Say in a sentence what you need it for. Nothing was changed.
        [recipient] There is no key of { $value } to seal it for yet: it comes as soon as they have looked at the shelf with this { -app }. Nothing was changed.
        [sealed] “{ $value }” is not sealed: everyone on the shelf may read it.
        [required] “{ $value }” is no house rule about labels. Nothing was changed.
        [min_version] This { -app } is older than that, so it may not ask for it. Nothing was changed.
        [invitation] This is no invitation to a shelf, or not all of it is here. Ask for it again as a file.
        [at] Say where the shelf stands: with --at and the folder. Nothing was changed.
        [receipts] The house rules of this shelf do not ask for it. Nothing was changed.
        [stewards] Somebody has to be left who may confirm others. Nothing was changed.
        [threshold] At least one has to sign, and at most as many as may confirm others. Nothing was changed.
       *[other] { $has_value ->
            [no] That value cannot be. Nothing was changed.
           *[yes] “{ $value }” does not fit here. Nothing was changed.
        }
    }
    .title = That does not fit
refusal-no-shelf = Set up your shelf first, or look around with the sample bakery.
    .title = There is no shelf yet
refusal-nobody-yet = Say your name first: in a terminal with larder whoami --name, in the window where your shelf is set up.
    .title = Nobody has said whose computer this is
refusal-wrong-shelf = The invitation is to the shelf of { $words }. What stands there belongs to { $found }. Ask whoever invited you; nothing was changed.
    .title = That is not the shelf you were invited to
    .button = Choose another place
refusal-not-linked = On one of their computers that is on the shelf, the new one has to be named first, after comparing the six words on both screens. Nothing was changed.
    .title = Somebody called { $name } is on the shelf already
    .button = Back to the people
refusal-other-shelf = What stands there is “{ $other }”. Nothing was changed.
    .title = That is not { $name }
    .button = Choose another place
refusal-shelf-in-shelf = A shelf stands inside another one, or two share a folder. Choose a folder of its own.
    .title = Two shelves in one place
refusal-not-verified = What was read back is not what was written. The copy was not counted. We try again by ourselves.
    .title = The copy is not complete
    .button = Try again
refusal-not-here-yet = The label has arrived, its rows are still on their way from the shelf.
    .title =
        { $has_title ->
            [no] Not here yet
           *[yes] { $title } is not here yet
        }
    .button = Try again
refusal-cloud-only = { $file } lies in the cloud, and it did not come when it was asked for. See whether this computer is online and the program that keeps the folder in step is running, and tell it to keep the folder on this computer always. Whatever is on this computer stays.
    .title = In the cloud only
    .button = Try again
refusal-columns-differ = { $columns } do not fit, so these rows cannot be added. Replace the rows instead, or make it a new { -thing }.
    .title = The columns are different
refusal-ambiguous = Choose one of them.
    .title = Several are called “{ $name }”
refusal-bug = That is our fault. Your work is saved. If it happens again, copy the details for whoever looks after { -app }.
    .title = Something went wrong inside { -app }
    .button = Try again
refusal-details = Copy details
refusal-paused = It waits on this computer. Go on when you are ready.
    .title = { $name } is paused
    .button = Go on
