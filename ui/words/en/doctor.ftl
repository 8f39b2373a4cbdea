doctor-page = Is all well with the shelf?
doctor-looking = Looking it over. This reads files on the shelf and may take a moment.
doctor-lead = { $shelf }, at { $address }
doctor-again = Look again
doctor-other = { $what }

# What the doctor found, and what follows from it.
doctor-all-well = All is well
doctor-all-well-more = Everything on the shelf could be read and matches its seal.
doctor-stray-files =
    { $count ->
        [one] One file on the shelf belongs to nothing
       *[other] { $count } files on the shelf belong to nothing
    }
doctor-stray-files-more = They do no harm. Someone may have put them there by hand: { $names }
doctor-conflict-copies =
    { $count ->
        [one] One file is there twice
       *[other] { $count } files are there twice
    }
doctor-conflict-copies-more = The program that copies the folder made doubles. They do no harm and may be deleted: { $names }
doctor-renamed-folder = A folder of the shelf has another name than it should
doctor-renamed-folder-more = It is called { $folder }. Give it its old name back, or let its owner do so.
doctor-parts-missing = { $title } is not here whole
doctor-parts-missing-more =
    { $count ->
        [one] One part is missing. It may still be on its way.
       *[other] { $count } parts are missing. They may still be on their way.
    }
doctor-parts-in-cloud = { $title } lies in the cloud only
doctor-parts-in-cloud-more =
    { $count ->
        [one] Nobody looked into one part, so as not to bring it here for nothing.
       *[other] Nobody looked into { $count } parts, so as not to bring them here for nothing.
    }
doctor-parts-damaged = { $title } has damaged parts
doctor-parts-damaged-more = Whoever filled it last can put it on the shelf again. Earlier versions stay.
doctor-not-durable = This place does not promise to keep what was just written
doctor-not-durable-more = After a power cut the last minutes may be missing here. They are safe on the computer that wrote them.
doctor-temp-files =
    { $count ->
        [one] One half-written file was left behind
       *[other] { $count } half-written files were left behind
    }
doctor-temp-files-more = They do no harm and are cleared away in time.
doctor-clock-differs = A clock is wrong
doctor-clock-differs-more = A colleague’s computer or this one shows another time than it should. Check date and time in the settings of the system.
doctor-not-confirmed = You are not confirmed yet
doctor-not-confirmed-more = What you put on the shelf stands apart until someone compares six words with you.
doctor-one-steward = Only one person may confirm others
doctor-one-steward-more = If that computer is lost, nobody new can be confirmed.
doctor-alert =
    { $alert ->
        [went_backwards] The shelf shows something older than before
        [fork] The same key is used on two computers
        [seq_jump] Something in between has not arrived
        [saw_newer] A colleague has seen more than is here
        [roster_fork] There are two lists of people
        [roster_arriving] A new list of people is on its way
        [last_good_missing] It cannot be told what of a stopped computer counts
        [unconfirmed_version] Someone who is not confirmed filled a { -thing } of others
        [bad_counter] A version does not follow from the one before
        [two_shelves] There is a second shelf in this folder
        [founding_missing] The shelf’s first page is gone
        [needs_newer] Something was made with a newer { -app }
        [look_alike] { $name } looks like { $like }
        [too_much] Unusually much stands in one folder
        [unreadable] Some files could not be read
        [cloud_only] Some files lie in the cloud and do not come
       *[other] Something on the shelf is odd
    }
doctor-alert-more =
    { $alert ->
        [went_backwards] Perhaps the folder was put back from a backup. Your copies are safe.
        [fork] Perhaps a computer was copied or restored. Its owner should set { -app } up anew on one of them.
        [seq_jump] The program that copies the folder may still be busy.
        [saw_newer] The program that copies the folder may still be busy here.
        [roster_fork] Only what both allow counts, until someone who may confirm others does so again.
        [roster_arriving] Until it is here, the one before counts.
        [last_good_missing] The last page of it that counts has not arrived, or someone took it away. Until it is here, what came from that computer stands apart as not confirmed. If it stays away, put the folder back from a backup.
        [unconfirmed_version] It is left out.
        [bad_counter] It is left out.
        [two_shelves] Move one of them to a folder of its own.
        [founding_missing] What was known before still counts. Put the folder back from a backup.
        [needs_newer] It is left out until { -app } is updated here.
        [look_alike] Compare six words before confirming anyone.
        [too_much] The rest of it is left out.
        [unreadable] Perhaps the folder does not answer well just now. Look again later.
        [cloud_only] See whether this computer is online and OneDrive, Nextcloud or whatever keeps the folder is running. Tell it to keep the folder on this computer always, then look again.
       *[other] It is left out, and nothing is lost.
    }
doctor-more =
    { $count ->
        [one] And one more
       *[other] And { $count } more
    }
doctor-more-more = Mend what is above first, then look again.
doctor-everything-gone = All of the shelf is gone from this folder
doctor-everything-gone-more = If this is the right folder, put back what this computer has. Then let colleagues do the same on theirs.
doctor-going-doctor = Looking the shelf over
doctor-going-mend = Putting back what is gone
doctor-going-collect = Clearing up

# What this computer can put back, and what it cannot.
mend-can =
    { $count ->
        [one] One file can be put back from this computer
       *[other] { $count } files can be put back from this computer
    }
mend-can-text = Nothing that is on the shelf is changed.
mend-much = So much is gone that someone may have deleted or locked it. Make sure that this is the right folder and that it is safe to write to, then put it back.
mend-now =
    { $count ->
        [one] Put it back
       *[other] Put back { $count } files
    }
mend-done =
    { $count ->
        [one] One file was put back
       *[other] { $count } files were put back
    }
mend-founding = The shelf’s first page
mend-governing =
    { $count ->
        [one] One list of people or house rules
       *[other] { $count } lists of people or house rules
    }
mend-own-head = What this computer says to others
mend-own-records =
    { $count ->
        [one] One small page of yours
       *[other] { $count } small pages of yours
    }
mend-own-parts =
    { $count ->
        [one] One part of what you put on the shelf
       *[other] { $count } parts of what you put on the shelf
    }
mend-lent =
    { $count ->
        [one] One part of what a colleague put there, as a loan
       *[other] { $count } parts of what colleagues put there, as a loan
    }
mend-misplaced =
    { $count ->
        [one] One file of yours that stands in the wrong place
       *[other] { $count } files of yours that stand in the wrong place
    }
mend-lost =
    { $count ->
        [one] One part of { $title }, version { $number }, is not on this computer
       *[other] { $count } parts of { $title }, version { $number }, are not on this computer
    }
mend-lost-unknown =
    { $count ->
        [one] One page of something on the shelf is not on this computer
       *[other] { $count } pages of something on the shelf are not on this computer
    }
mend-lost-text = Whoever filled it, or anyone who has opened it, can put it back the same way.
mend-vanishing = Something keeps taking files away, however often they are put back. Perhaps a virus scanner does: { $names }

# Room on the shelf.
room-title = Who takes how much room
room-who = Who
room-files = Files
room-all = In all
room-earlier = Earlier versions
room-unneeded = No longer needed
room-you = You
room-nobody = Nobody known

# Removing what nobody needs.
garbage-title = Clear up
garbage-text = Removes what you put on the shelf and nobody needs any more: a month after it was announced, and only what is yours.
garbage-remove = Clear up
garbage-remove-much = Remove it
garbage-removed =
    { $count ->
        [one] One file was removed, { $size }
       *[other] { $count } files were removed, { $size }
    }
garbage-much =
    { $count ->
        [one] One file would be removed, { $size }. That is a good part of what you have there.
       *[other] { $count } files would be removed, { $size }. That is a good part of what you have there.
    }
garbage-waiting =
    { $count ->
        [one] One file waits until it was announced for a month, { $size }.
       *[other] { $count } files wait until they were announced for a month, { $size }.
    }
garbage-none = There is nothing of yours that nobody needs.
garbage-held-fork = Nothing is removed: this computer’s key is used on two computers.
garbage-held-went-backwards = Nothing is removed: your part of the shelf shows something older than before.
garbage-held-clock = Nothing is removed until you put something on the shelf again, so that the date is certain.
garbage-held-arriving = Nothing is removed while something is still on its way.
doctor-names-more = { $names } and { $count } more
