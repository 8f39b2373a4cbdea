publish-page = Put on the shelf
publish-text = Look once more at what will happen. Nothing is ever overwritten: versions before are kept.
publish-plan = What will happen
publish-what = Name
publish-to = To
publish-seen = Who sees it
publish-seen-nobody = Nobody else is on this shelf yet
publish-seen-people = { $count ->
    [one] { $names }
   *[other] { $count } people: { $names }
}
publish-rows = Rows
publish-rows-stay = Only the label goes there, the rows stay here
publish-version = Version
publish-version-new = The first
publish-version-replace = { $number }, in place of the rows before
publish-version-append = { $number }, with rows added to those before
publish-left = Left to fix
publish-left-none = Nothing
publish-changes = What changes
publish-missing = A little is missing
publish-missing-text = The house rules ask for it:
publish-accept-suggestions = Accept all suggestions
publish-put = Put on the shelf
publish-back = Back to the label

publish-clash = { $who } put a newer version on the shelf { $when } while you were working.
publish-clash-text = Nothing is lost either way.
publish-clash-compare = Compare
publish-clash-keep = Keep both, mine as a draft
publish-clash-mine = Put mine on top, the other stays as an earlier version
publish-compare = Two versions side by side
publish-compare-text = { $who } put theirs on the shelf { $when }. Yours is still only here.
publish-compare-changes = What would change if yours goes on top
publish-compare-sides = Both versions
publish-compare-what = What
publish-compare-theirs = { $who }
publish-compare-mine = Yours
publish-compare-same-label = Both labels say the same.
publish-compare-page = Go to { $who }’s version
publish-differs-title = Name
publish-differs-summary = In one sentence
publish-differs-area = Area
publish-differs-keeper = Keeper
publish-differs-keeper-email = Keeper’s e-mail
publish-differs-stand-in = Stand-in
publish-differs-good-for = Good for
publish-differs-not-for = Not for
publish-differs-tags = Tags
publish-differs-column-name = Name of { $column }
publish-differs-meaning = Meaning of { $column }
publish-differs-empty = Nothing
publish-kept = Your draft is kept. You find it under Bring in.

publish-going = { $title } is on its way to the shelf
publish-done = { $title } is on the shelf
publish-steps = How far it is
publish-saved = Saved on this computer
publish-saving = Saving on this computer
publish-copied = Copied to the shelf
publish-copied-text = Read back and found equal.
publish-copying = { $done } of { $of }
publish-copying-held = We copy it as soon as it works, and try again every minute.
publish-seen-step = Colleagues can see it
publish-seen-by = Seen by { $name } { $when }
publish-seen-by-plain = Seen by { $name }
publish-seen-waiting = Not seen by anybody yet. Each { -app } looks by itself every minute.
publish-seen-alone = Nobody else is on this shelf yet. Whoever joins sees it at once.
publish-state-todo = not yet
publish-state-busy = going on
publish-state-waiting = held up
publish-state-done = done
publish-state-stop = needs you
publish-retry = Try now
publish-blocked = { $count ->
    [one] One file is still open somewhere: { $files }.
   *[other] { $count } files are still open somewhere: { $files }.
}
publish-blocked-text = The new version is on the shelf. These copies for Excel follow as soon as they are closed.
publish-open = Go to its page
publish-more = Bring in another file
publish-later = You can put it on the shelf all the same: it waits on this computer and is copied as soon as the place answers.
publish-waits = Waits on this computer since { $when }
publish-waits-text = It is copied to the shelf in a moment.
publish-paused = Paused. It waits on this computer since { $when }
