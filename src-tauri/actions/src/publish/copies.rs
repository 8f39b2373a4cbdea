//! Plain copies under `Current/` for people without Larder, and what stays out of them when only the label is shared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use larder_catalog::{SeenRow, ShelfRow};
use larder_formats::out::package::{PackageInput, ShelfEntry, shelf_html, write_package};
use larder_model::{Audience, Card, Change, Finding, Label, ProductId, Profile, Refusal};
use larder_shelf::{Place, current};
use larder_tables::TableFile;

use crate::cards::{self, TABLE_FILE};
use crate::home;
use crate::larder::Rooms;
use crate::words::Words;

/// Writes the plain copies of a release; of a sealed one there are none, and those of earlier ones go. Answers the files that
/// could not be replaced because they are open somewhere. What is under `Current/` is output only: a failure here is told, and
/// takes nothing back.
pub fn write(
    rooms: &Rooms,
    words: &Words,
    place: &dyn Place,
    shelf: &ShelfRow,
    card: &Card,
    folder: &Path,
) -> Result<Vec<String>, Refusal> {
    let staged = staged(folder)?;
    let latest = rooms.seen.latest(Some(&shelf.id))?;
    let mut titles = titles(&latest);
    let mut blocked = if card.label.audience == Audience::Sealed {
        remove_open(rooms, place, card, &titles)?
    } else {
        titles.insert(card.product.clone(), card.label.title.clone());
        let mine = folder_of(&titles, &card.product, &card.label.title);
        let files = laid_out(rooms, words, shelf, card, &staged, &mine)?;
        told(current::write(place, &mine, &files), &mine)
    };
    let folders = current::folder_names(&titles);
    // What it was called before is nobody's any more.
    let in_use = |folder: &str| folders.values().any(|name| name == folder);
    if let Err(refusal) = remove(rooms, place, shelf, &card.product, &in_use) {
        tracing::warn!(%refusal, "plain copies under an earlier name were not removed");
    }
    let on_shelf: Vec<ShelfEntry<'_>> = latest
        .iter()
        .filter(|s| s.confirmed && cards::state_of(s) != crate::wire::CardState::Retired)
        .filter(|s| s.card.label.audience != Audience::Sealed)
        .filter_map(|s| folders.get(&s.product).map(|folder| ShelfEntry { card: &s.card, folder }))
        .collect();
    let html = shelf_html(&shelf.name, &on_shelf, words);
    let index = staged.join("shelf.html");
    home::write_whole(&index, html.as_bytes())?;
    match current::write_root(place, &[("index.html".to_owned(), index)]) {
        Ok(outcome) => blocked.extend(outcome.blocked),
        Err(refusal) => tracing::warn!(%refusal, "the page of the shelf was not written"),
    }
    Ok(blocked)
}

/// Writes the plain copies of a release over whatever somebody made of them. Answers the files that could not be replaced.
///
/// # Errors
/// What laying them out and the place answer.
pub fn restore(
    rooms: &Rooms,
    words: &Words,
    place: &dyn Place,
    shelf: &ShelfRow,
    card: &Card,
    folder: &Path,
    mine: &str,
) -> Result<Vec<String>, Refusal> {
    let files = laid_out(rooms, words, shelf, card, &staged(folder)?, mine)?;
    Ok(current::restore(place, mine, &files)?.blocked)
}

/// Titles of everything that has plain copies. What is sealed has none, and lends no folder its name.
pub fn titles(latest: &[SeenRow]) -> BTreeMap<ProductId, String> {
    let open = latest.iter().filter(|seen| seen.card.label.audience != Audience::Sealed);
    open.map(|seen| (seen.product.clone(), seen.card.label.title.clone())).collect()
}

/// The folder of a data product below `Current`.
pub fn folder_of(titles: &BTreeMap<ProductId, String>, product: &ProductId, title: &str) -> String {
    let folders = current::folder_names(titles);
    folders.get(product).cloned().unwrap_or_else(|| larder_model::safe_title(title))
}

/// An empty folder for copies inside that of a release.
fn staged(folder: &Path) -> Result<PathBuf, Refusal> {
    let staged = folder.join("current");
    let _ = fs::remove_dir_all(&staged);
    fs::create_dir_all(&staged).map_err(|e| home::refuse(&e, &staged))?;
    Ok(staged)
}

/// Lays the package out that will stand in a folder of `Current/`, and remembers that it is ours; answers its files.
fn laid_out(
    rooms: &Rooms,
    words: &Words,
    shelf: &ShelfRow,
    card: &Card,
    staged: &Path,
    mine: &str,
) -> Result<Vec<(String, PathBuf)>, Refusal> {
    let table_file = staged.with_file_name(TABLE_FILE);
    let table = if table_file.exists() { Some(TableFile::open(&table_file)?.read()?) } else { None };
    let input = PackageInput { card, table: table.as_ref(), shelf_name: &shelf.name, words, organisation: &shelf.name };
    let files = write_package(staged, input)?.into_iter().map(|name| {
        let path = name.split('/').fold(staged.to_path_buf(), |path, part| path.join(part));
        (name, path)
    });
    let files = files.collect();
    remember(rooms, shelf, &card.product, mine)?;
    Ok(files)
}

/// Removes the plain copies of releases that everybody could read, whatever they were called.
fn remove_open(
    rooms: &Rooms,
    place: &dyn Place,
    card: &Card,
    titles: &BTreeMap<ProductId, String>,
) -> Result<Vec<String>, Refusal> {
    let mut blocked = Vec::new();
    let mut gone = BTreeSet::new();
    for before in rooms.seen.releases(&card.product)? {
        let title = &before.card.label.title;
        if before.card.label.audience == Audience::Sealed || !gone.insert(title.clone()) {
            continue;
        }
        let mut titles = titles.clone();
        titles.insert(card.product.clone(), title.clone());
        let folder = folder_of(&titles, &card.product, title);
        blocked.extend(told(current::remove(place, &folder), &folder));
    }
    Ok(blocked)
}

/// What could not be written or removed.
fn told(outcome: Result<current::CurrentOutcome, Refusal>, folder: &str) -> Vec<String> {
    match outcome {
        Ok(outcome) => outcome.blocked,
        Err(refusal) => {
            tracing::warn!(%refusal, "plain copies were not written");
            vec![folder.to_owned()]
        }
    }
}

fn folders_key(shelf: &ShelfRow) -> String {
    format!("copies/{}", shelf.id)
}

/// The folders into which this computer has put plain copies, by data product.
pub fn folders_of(rooms: &Rooms, shelf: &ShelfRow) -> Result<BTreeMap<ProductId, Vec<String>>, Refusal> {
    Ok(rooms.catalog.setting(&folders_key(shelf))?.unwrap_or_default())
}

fn remember(rooms: &Rooms, shelf: &ShelfRow, product: &ProductId, folder: &str) -> Result<(), Refusal> {
    let mut all = folders_of(rooms, shelf)?;
    let of_product = all.entry(product.clone()).or_default();
    if of_product.iter().any(|known| known == folder) {
        return Ok(());
    }
    of_product.push(folder.to_owned());
    rooms.catalog.set_setting(&folders_key(shelf), &all)
}

/// Removes the plain copies of a data product from all folders but those that are in use. What somebody edited stays, and what
/// somebody has open is removed another time.
pub fn remove(
    rooms: &Rooms,
    place: &dyn Place,
    shelf: &ShelfRow,
    product: &ProductId,
    in_use: &dyn Fn(&str) -> bool,
) -> Result<(), Refusal> {
    let mut all = folders_of(rooms, shelf)?;
    let Some(of_product) = all.get_mut(product) else { return Ok(()) };
    let mut left = Vec::new();
    for folder in std::mem::take(of_product) {
        if in_use(&folder) || !current::remove(place, &folder)?.blocked.is_empty() {
            left.push(folder);
        }
    }
    match left.is_empty() {
        true => drop(all.remove(product)),
        false => *of_product = left,
    }
    if all == folders_of(rooms, shelf)? {
        return Ok(());
    }
    rooms.catalog.set_setting(&folders_key(shelf), &all)
}

/// Takes every value out of what will be said about a table whose rows stay here.
pub fn forget_values(label: &mut Label, profile: &mut Profile, to_fix: &mut Vec<Finding>) {
    for column in &mut label.columns {
        column.example = None;
    }
    for column in &mut profile.columns {
        column.top.clear();
        column.min = None;
        column.max = None;
        column.mean = None;
        column.quantiles.clear();
        column.histogram.clear();
    }
    for finding in to_fix {
        finding.params.retain(|name, _| matches!(name.as_str(), "column" | "columns" | "product" | "what"));
        finding.rows.clear();
        finding.opposites.clear();
    }
}

/// Only those changes that tell no value.
pub fn without_values(changes: Vec<Change>) -> Vec<Change> {
    let tells_none = |change: &Change| {
        !matches!(
            change,
            Change::ValuesNew { .. } | Change::ValuesGone { .. } | Change::Level { .. } | Change::Range { .. }
        )
    };
    changes.into_iter().filter(tells_none).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use larder_model::{Certainty, ColumnProfile, FindingCode, TopValue};

    #[test]
    fn a_label_without_rows_tells_no_value() {
        let mut label = Label::default();
        let mut profile = Profile {
            rows: 1,
            columns: vec![ColumnProfile {
                id: "email".into(),
                min: Some("anna@example.com".into()),
                top: vec![TopValue { value: "anna@example.com".into(), count: 1 }],
                ..ColumnProfile::default()
            }],
        };
        let mut to_fix = vec![
            Finding::new(FindingCode::SpellingVariants, Certainty::Notice)
                .with("a", "anna@example.com")
                .with("column", "E-mail"),
        ];
        forget_values(&mut label, &mut profile, &mut to_fix);
        let told = serde_json::to_string(&(label, profile, to_fix)).unwrap();
        assert!(!told.contains("example.com"), "{told}");
        assert!(told.contains("E-mail"));
    }
}
