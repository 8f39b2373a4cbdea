//! A data product's page, and what a person does with it: open in Excel, save a copy, follow, get the rows.

use std::fs;
use std::path::{Path, PathBuf};

use larder_catalog::SeenRow;
use larder_model::{Params, ProductId, Refusal, RefusalCode, safe_title};
use larder_shelf::Alert;
use larder_tables::TableFile;

use crate::cards::{self, CardMaker};
use crate::home;
use crate::known::Known;
use crate::larder::Rooms;
use crate::wire::{
    CardState, CopyFormat, CopyRequest, FollowRequest, JobKind, JobNote, Nothing, ProductPage, ProductRequest, Related,
    RelationKind, ReleaseNote, Saved,
};
use crate::{Larder, access, known, publish, receipts, retention, review, rules, taking_in};

/// The release that a request names, or the refusal that there is none.
pub fn wanted(rooms: &Rooms, product: &ProductId, release: Option<u64>) -> Result<SeenRow, Refusal> {
    rooms
        .seen
        .release(product, release)?
        .ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", product.as_str()))
}

/// The page of a data product.
pub fn product(larder: &Larder, request: ProductRequest) -> Result<ProductPage, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, request.release)?;
    let latest = wanted(&rooms, &request.product, None)?;
    rooms.catalog.touch_recent("product", request.product.as_str(), &larder.now())?;
    let maker = CardMaker::new(larder, &rooms)?;
    let card = maker.card(&latest);
    let files = cards::files_of(&seen);
    let shelf = rooms.shelf_by_id(&seen.shelf)?;
    let known = known::known(&rooms, &shelf)?;
    let rows = rooms.seen.releases(&request.product)?;
    let kept = retention::kept_until(&known, &rows);
    let mut numbers = std::collections::BTreeSet::new();
    let releases = rows.into_iter().map(|row| ReleaseNote {
        kept_until: kept.get(&row.hash).map(ToString::to_string),
        hash: row.hash.clone(),
        // Of several with one number, the first is the one that is found by it.
        named: numbers.insert(row.release),
        release: row.release,
        filled_at: row.card.filled_at.clone(),
        filled_by: filled_by(&known, &row),
        rows: row.card.profile.rows,
        changes: row.card.changes.clone(),
        rows_here: row.rows_here,
        current: row.latest,
    });
    Ok(ProductPage {
        state: cards::state_of(&seen),
        arriving: arriving(&seen),
        comes_on_request: comes_on_request(&seen),
        keeper: keeper(&known, &seen),
        color: card.color,
        followed: card.followed,
        mine: card.mine,
        may_hand_over: may_hand_over(&known, &latest, card.mine),
        confirmed: seen.confirmed,
        in_doubt: !seen.confirmed && known.alerts.contains(&Alert::LastGoodMissing { writer: seen.writer.clone() }),
        promise: card.promise,
        rows_here: seen.rows_here,
        size_bytes: files.iter().map(|f| f.size_bytes).sum(),
        releases: releases.collect(),
        newer: (latest.release > seen.release).then_some(latest.release),
        related: related(&rooms, &seen)?,
        unmet: unmet(&rooms, &seen)?,
        uses: receipts::note(larder, &rooms, &known, &latest, card.mine)?,
        review: review::note(larder, &rooms, &known, &latest, card.mine)?,
        access: access::note(larder, &rooms, &latest)?,
        edited: publish::edited::of(&rooms, &shelf, &request.product),
        publication: if card.mine { publish::publication_of(larder, &rooms, &request.product)? } else { None },
        card: larder_model::Card { filled_by: filled_by(&known, &seen), ..seen.card },
    })
}

/// Whom the label names, if they are on the shelf; else whoever filled it.
fn keeper(known: &Known, seen: &SeenRow) -> larder_model::Person {
    known.keeper(seen).map_or(&seen.keeper, |member| &member.person).clone()
}

/// What whoever filled it is called now.
pub fn filled_by(known: &Known, seen: &SeenRow) -> String {
    let member = known.of_writer(&seen.writer).filter(|member| member.confirmed);
    member.map_or(&seen.card.filled_by, |member| &member.person.name).clone()
}

/// Whoever keeps it, and a steward, for somebody who has left; where somebody else is there who is confirmed.
fn may_hand_over(known: &Known, latest: &SeenRow, mine: bool) -> bool {
    let stands = !matches!(cards::state_of(latest), CardState::NeedsKey | CardState::Retired);
    let me = known.me().filter(|me| me.confirmed);
    let keeper = known.keeper(latest).map(|member| &member.person_id);
    let others = known.people.iter().any(|member| member.confirmed && Some(&member.person_id) != keeper);
    stands && others && me.is_some_and(|me| mine || me.steward)
}

/// Rules that it does not meet; of what cannot be read here, nobody can tell.
fn unmet(rooms: &Rooms, seen: &SeenRow) -> Result<Vec<larder_model::Rule>, Refusal> {
    if matches!(cards::state_of(seen), CardState::NeedsKey | CardState::Retired) {
        return Ok(Vec::new());
    }
    Ok(rules::on(rooms, rooms.shelf_by_id(&seen.shelf).ok().as_ref())?.unmet(&seen.card.label))
}

/// Parts there and parts needed, as the shelf told.
fn arriving(seen: &SeenRow) -> Option<(u64, u64)> {
    let told: serde_json::Value = serde_json::from_str(&seen.state_json).ok()?;
    Some((told.get("have")?.as_u64()?, told.get("need")?.as_u64()?))
}

/// Whether what lies in a cloud only comes from there when it is asked for.
fn comes_on_request(seen: &SeenRow) -> bool {
    let told: serde_json::Value = serde_json::from_str(&seen.state_json).unwrap_or_default();
    told.get("on_request").and_then(serde_json::Value::as_bool).unwrap_or(false)
}

fn related(rooms: &Rooms, seen: &SeenRow) -> Result<Vec<Related>, Refusal> {
    let latest = rooms.seen.latest_without_profiles(Some(&seen.shelf))?;
    let mut found = Vec::new();
    for column in &seen.card.label.columns {
        let Some(look) = &column.looks_up else {
            continue;
        };
        if let Some(other) = latest.iter().find(|s| s.product.as_str() == look.product) {
            found.push(relation(other, &column.id, &column.name, RelationKind::LooksUp));
        }
    }
    for other in &latest {
        for column in &other.card.label.columns {
            let Some(look) = column.looks_up.as_ref().filter(|l| l.product == seen.product.as_str()) else {
                continue;
            };
            let name = seen.card.label.column(&look.column).map_or(look.column.as_str(), |c| c.name.as_str());
            found.push(relation(other, &look.column, name, RelationKind::LookedUpBy));
        }
    }
    Ok(found)
}

fn relation(other: &SeenRow, column: &str, column_name: &str, relation: RelationKind) -> Related {
    Related {
        product: other.product.clone(),
        title: other.card.label.title.clone(),
        color: cards::area_color(&other.card.label.area),
        column: column.to_owned(),
        column_name: column_name.to_owned(),
        relation,
    }
}

/// Follows a data product, or no longer.
pub fn follow(larder: &Larder, request: FollowRequest) -> Result<Nothing, Refusal> {
    larder.rooms().catalog.set_follow(&request.product, request.on)?;
    Ok(Nothing {})
}

/// Gets the rows of a release.
pub fn fetch_rows(larder: &Larder, request: ProductRequest) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, request.release)?;
    let title = seen.card.label.title;
    if let Some(note) = larder.jobs.running(JobKind::Fetch, Some(&title)) {
        return Ok(note);
    }
    let shared = larder.shared();
    Ok(larder.jobs.start(JobKind::Fetch, &title, move |job| {
        taking_in::fetch(&shared, &rooms, &request.product, request.release, job)
    }))
}

/// Writes a dated copy into the documents folder and opens it.
pub fn open_in_excel(larder: &Larder, request: ProductRequest) -> Result<Saved, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, request.release)?;
    let folder = larder.host.documents_folder().join("Larder");
    fs::create_dir_all(&folder).map_err(|e| home::refuse(&e, &folder))?;
    let day = larder.host.now().strftime("%Y-%m-%d").to_string();
    let stem = format!("{} {day}", safe_title(&seen.card.label.title));
    let path = free_name(&folder, &stem, "xlsx");
    write_copy(larder, &rooms, &seen, CopyFormat::Xlsx, &path)?;
    let opened = larder.host.open_path(&path);
    tell(larder, "opened", &seen, &path);
    Ok(saved(&path, opened))
}

/// A name that no file has yet: an open copy of this morning stays as it is.
fn free_name(folder: &Path, stem: &str, extension: &str) -> PathBuf {
    let first = folder.join(format!("{stem}.{extension}"));
    if !first.exists() {
        return first;
    }
    (2..10_000).map(|n| folder.join(format!("{stem} ({n}).{extension}"))).find(|path| !path.exists()).unwrap_or(first)
}

/// Saves a copy where the person wants it.
pub fn save_copy(larder: &Larder, request: CopyRequest) -> Result<Saved, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, request.release)?;
    let extension = extension_of(request.format);
    let name = format!("{}.{extension}", safe_title(&seen.card.label.title));
    let Some(path) = larder.host.choose_save(&name, extension) else {
        return Ok(Saved { file_name: None, folder: String::new(), opened: false });
    };
    let path = if path.extension().is_none() { path.with_extension(extension) } else { path };
    write_copy(larder, &rooms, &seen, request.format, &path)?;
    tell(larder, "copied", &seen, &path);
    Ok(saved(&path, false))
}

/// The ending of a file in this form.
pub fn extension_of(format: CopyFormat) -> &'static str {
    match format {
        CopyFormat::Xlsx => "xlsx",
        CopyFormat::Csv => "csv",
        CopyFormat::Parquet => "parquet",
    }
}

/// Writes the rows of a release in one form, whole or not at all.
pub fn write_copy(
    larder: &Larder,
    rooms: &Rooms,
    seen: &SeenRow,
    format: CopyFormat,
    path: &Path,
) -> Result<(), Refusal> {
    let title = seen.card.label.title.as_str();
    let not_here = || Refusal::new(RefusalCode::NotHereYet).with("title", title);
    let source = cards::table_path(rooms, seen).filter(|p| p.exists()).ok_or_else(not_here)?;
    if cards::state_of(seen) == CardState::Damaged {
        return Err(Refusal::new(RefusalCode::Damaged).with("file", title).with("detail", ""));
    }
    let part = path.with_extension(format!("{}.part", home::unique()));
    let written = match format {
        CopyFormat::Parquet => fs::copy(&source, &part).map(|_| ()).map_err(|e| home::refuse(&e, path)),
        CopyFormat::Csv => {
            let table = TableFile::open(&source)?.read()?;
            write_file(&part, |out| larder_formats::out::write_csv(&table, larder_formats::out::Names::Titles, out))
        }
        CopyFormat::Xlsx => {
            let table = TableFile::open(&source)?.read()?;
            let shelf = rooms.shelf_of(&seen.product).map(|s| s.name).unwrap_or_default();
            let words = larder.words();
            let now = larder.now();
            let about =
                larder_formats::out::About { card: &seen.card, link: &shelf, generated_at: Some(&now), words: &words };
            let file = fs::File::create(&part).map_err(|e| home::refuse(&e, path))?;
            larder_formats::out::write_xlsx(&table, title, Some(&about), std::io::BufWriter::new(file))
        }
    };
    written.and_then(|()| home::rename(&part, path).map_err(|e| home::refuse(&e, path))).inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

fn write_file(path: &Path, write: impl FnOnce(&mut dyn std::io::Write) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let file = fs::File::create(path).map_err(|e| home::refuse(&e, path))?;
    let mut out = std::io::BufWriter::with_capacity(1 << 20, file);
    write(&mut out)?;
    std::io::Write::flush(&mut out).map_err(|e| home::refuse(&e, path))
}

fn saved(path: &Path, opened: bool) -> Saved {
    Saved {
        file_name: path.file_name().map(|n| n.to_string_lossy().into_owned()),
        folder: path.parent().map(|p| p.display().to_string()).unwrap_or_default(),
        opened,
    }
}

fn tell(larder: &Larder, code: &str, seen: &SeenRow, path: &Path) {
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let params =
        Params::from([("title".to_owned(), seen.card.label.title.clone().into()), ("file".to_owned(), file.into())]);
    larder.note(code, params, Some(&seen.product));
}

/// Shows the plain copies of a data product in the file manager.
pub fn show_in_folder(larder: &Larder, request: ProductRequest) -> Result<Nothing, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, None)?;
    let shelf = rooms.shelf_of(&seen.product)?;
    if !crate::sync::is_folder(&shelf) {
        return Err(Refusal::new(RefusalCode::NotFound)
            .with("file", shelf.address.as_str())
            .with("path", shelf.address));
    }
    let titles = publish::copies::titles(&rooms.seen.latest_without_profiles(Some(&shelf.id))?);
    let folders = larder_shelf::current::folder_names(&titles);
    let root = Path::new(&shelf.address).join("Current");
    let folder = folders.get(&seen.product).map(|name| root.join(name)).filter(|p| p.exists()).unwrap_or(root);
    if !larder.host.reveal(&folder) {
        let path = folder.display().to_string();
        return Err(Refusal::new(RefusalCode::NotFound).with("file", path.as_str()).with("path", path.as_str()));
    }
    Ok(Nothing {})
}
