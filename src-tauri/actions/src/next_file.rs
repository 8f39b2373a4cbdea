//! "Next time a file looks like this, we read it the same way": recognising the next file of a source.

use std::sync::Arc;

use larder_catalog::{DraftRow, SeenRow, SourceRow};
use larder_formats::{Book, Fingerprint};
use larder_model::{Choice, DraftId, Label, ProductId, Refusal};

use crate::larder::{Me, Rooms};
use crate::wire::{DraftMode, ProductMatch};
use crate::{drafts, known, taken_over};

/// From this likeness on the reading of an earlier file is applied by itself, and said.
const SAME_READING: f64 = 0.75;

/// From this likeness on a data product is offered as the one that the file goes on with.
const WORTH_ASKING: f64 = 0.6;

/// Data products that a fingerprint could be the next file of, likeliest first.
pub fn matches(rooms: &Rooms, fingerprint: &Fingerprint) -> Result<Vec<(f64, SourceRow)>, Refusal> {
    let mut found: Vec<(f64, SourceRow)> = rooms
        .catalog
        .sources()?
        .into_iter()
        .filter_map(|source| {
            let known: Fingerprint = serde_json::from_str(&source.fingerprint_json).ok()?;
            let likeness = fingerprint.likeness(&known);
            (likeness >= WORTH_ASKING).then_some((likeness, source))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = std::collections::HashSet::new();
    found.retain(|(_, source)| seen.insert(source.product.clone()));
    Ok(found)
}

/// The same, by name, for the window.
pub fn named_matches(rooms: &Rooms, fingerprint: &Fingerprint) -> Result<Vec<ProductMatch>, Refusal> {
    let found = matches(rooms, fingerprint)?;
    Ok(found
        .into_iter()
        .filter_map(|(likeness, source)| {
            let title = title_of(rooms, &source.product)?;
            Some(ProductMatch { product: source.product, title, likeness })
        })
        .take(3)
        .collect())
}

/// The name of a data product that is kept here or stands on the shelf.
pub fn title_of(rooms: &Rooms, product: &ProductId) -> Option<String> {
    if let Ok(Some(seen)) = rooms.seen.release(product, None) {
        return Some(seen.card.label.title);
    }
    rooms.catalog.kept().ok()?.into_iter().find(|kept| &kept.product == product).map(|kept| kept.title)
}

/// Applies the reading of the source that this file looks like, if the person made no choice of their own yet.
pub fn remember_reading(rooms: &Rooms, id: &DraftId, book: &Arc<Book>) -> Result<(), Refusal> {
    let row = drafts::saved(rooms, id)?;
    let extra = drafts::extra(&row);
    if !is_untouched(&row, &extra) {
        return Ok(());
    }
    let fingerprint = book.fingerprint(&book.read(&taken_over::said(&row)));
    let mut known = matches(rooms, &fingerprint)?;
    // A file that was dropped on a label is read as that one's last file, however alike another one is.
    let place = known.iter().position(|(_, source)| Some(&source.product) == extra.meant.as_ref()).unwrap_or(0);
    if known.is_empty() {
        return Ok(());
    }
    let (likeness, source) = known.swap_remove(place);
    let told = [row.product.as_ref(), extra.meant.as_ref()].contains(&Some(&source.product));
    if likeness < SAME_READING && !told {
        return Ok(());
    }
    drafts::change(rooms, id, |row| {
        let mut extra = drafts::extra(row);
        // The person may have chosen something in the meantime.
        if !is_untouched(row, &extra) {
            return Ok(());
        }
        // A part of a file that was brought in beside another one stays that part.
        let given = extra.given_choices();
        let is_described = extra.described.as_ref().is_some_and(|described| described.brought.is_some());
        let said = taken_over::remembered(source.choices, is_described).into_iter();
        let said = said.filter(|choice| given == 0 || !is_place(choice));
        extra.remembered = title_of(rooms, &source.product);
        drafts::set_extra(row, &extra);
        taken_over::change(row, |row| row.choices.extend(said));
        Ok(())
    })?;
    Ok(())
}

/// Nobody chose anything about how it is read, and no earlier reading was applied.
fn is_untouched(row: &DraftRow, extra: &drafts::Extra) -> bool {
    // What a description says is where a draft begins.
    let begun = extra.described.as_ref().map_or(0, |described| described.choices);
    row.choices.len() <= extra.given_choices().max(begun) && row.undone.is_empty() && extra.remembered.is_none()
}

/// Choices that say where in a file the table stands.
fn is_place(choice: &Choice) -> bool {
    matches!(choice, Choice::Sheet { .. } | Choice::Table { .. })
}

/// Keeps how a file was read, for the next one.
pub fn keep_reading(
    rooms: &Rooms,
    row: &DraftRow,
    product: &ProductId,
    print: &Fingerprint,
    at: &str,
) -> Result<(), Refusal> {
    let fingerprint_json = serde_json::to_string(print).unwrap_or_default();
    rooms.catalog.put_source(&SourceRow {
        product: product.clone(),
        file_pattern: print.name_pattern.clone(),
        fingerprint_json,
        choices: taken_over::kept(row),
        file_name: row.file_name.clone(),
        updated_at: at.to_owned(),
    })
}

/// The label of a release, for the next one: whoever keeps it and has another name now is named by that.
fn label_of(rooms: &Rooms, seen: &SeenRow) -> Result<Label, Refusal> {
    let known = known::known(rooms, &rooms.shelf_by_id(&seen.shelf)?)?;
    let mut label = seen.card.label.clone();
    if known.keeper(seen).is_some_and(|keeper| keeper.is_me)
        && let Some(me) = rooms.catalog.setting::<Me>("me")?
        && me.person.name != label.keeper
    {
        label.keeper = me.person.name;
    }
    Ok(label)
}

/// Makes a draft go on with a data product: its label comes along, and the release that it goes on from is remembered.
pub fn go_on_with(
    rooms: &Rooms,
    row: &mut DraftRow,
    product: Option<&ProductId>,
    mode: DraftMode,
) -> Result<(), Refusal> {
    let mut extra = drafts::extra(row);
    match product {
        None => {
            row.product = None;
            row.mode = drafts::written(&DraftMode::New);
            extra.based_on = None;
        }
        Some(product) => {
            let seen = rooms.seen.release(product, None)?;
            row.product = Some(product.clone());
            row.mode = drafts::written(&mode);
            extra.based_on = seen.as_ref().map(|s| s.release);
            let label = match seen {
                Some(seen) => Some(label_of(rooms, &seen)?),
                None => rooms.catalog.kept()?.into_iter().find(|k| &k.product == product).map(|k| k.label),
            };
            if let Some(label) = label
                && !row.label_touched
            {
                row.label = label;
                if let Some(described) = &mut extra.described {
                    described.let_go_of_label();
                }
            }
        }
    }
    drafts::set_extra(row, &extra);
    Ok(())
}
