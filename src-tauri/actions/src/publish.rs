//! Putting it on the shelf: a plan first, then three honest steps. Each step is written down before it is done, so that a
//! crash at any of them is gone on with at the next start.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_catalog::{DraftRow, KeptRow, PublicationRow, ShelfRow};
use larder_model::{
    Audience, CARD_FORMAT, Card, Change, Condition, DraftId, Label, Params, ProductId, Refusal, RefusalCode, SourceNote,
};
use larder_shelf::{Place, PublishFile, PublishStep, Published, Publishing};
use larder_tables::Table;
use serde::{Deserialize, Serialize};

use crate::drafts::{self, Checked};
use crate::home;
use crate::jobs::{Job, lock};
use crate::larder::Rooms;
use crate::wire::{
    Clash, DraftMode, DraftRequest, DraftStep, JobKind, JobNote, ProductRequest, Publication, PublishPlan, SeenBy,
};
use crate::{
    Larder, cards, joined, known, label, next_file, places, reading_job, release, rules, suggest, sync, taken_over,
};

mod again;
pub mod copies;
pub mod edited;
pub mod outbox;
mod sealing;
pub mod upkeep;

pub use again::{again, choose, hand_over, seal_as, use_earlier};

/// How far one publication is, as it is written down.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Progress {
    title: String,
    release: u64,
    total_bytes: u64,
    copied_bytes: u64,
    copied: bool,
    hash: Option<String>,
    blocked: Vec<String>,
    refusal: Option<Refusal>,
    /// Written once everything that will be copied lies in the outgoing folder.
    saved: bool,
}

const UNDER_WAY: &str = "under_way";
const DONE: &str = "done";

/// What will happen when the draft is put on the shelf.
pub fn publish_plan(larder: &Larder, request: DraftRequest) -> Result<PublishPlan, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let shelf = match &row.product {
        Some(product) => Some(rooms.shelf_of(product)?),
        None => rooms.shelf()?,
    };
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let (mut label, checked) = release::checked(larder, &rooms, &row, &open)?;
    let changes = label::changes(&rooms, &row, &mut label, &checked)?;
    let latest = match &row.product {
        Some(product) => rooms.seen.release(product, None)?,
        None => None,
    };
    let based_on = drafts::extra(&row).based_on;
    let clash = latest.as_ref().filter(|l| Some(l.release) != based_on).map(|l| Clash {
        release: l.release,
        by: l.card.filled_by.clone(),
        at: l.card.filled_at.clone(),
    });
    let (others, keyless) = match &shelf {
        Some(shelf) => sealing::readers_of(&known::known(&rooms, shelf)?, &label),
        None => Default::default(),
    };
    let waits = shelf.as_ref().map(|shelf| outbox::waiting(larder, &rooms, shelf)).unwrap_or_default();
    let opens_up = label.audience != Audience::Sealed
        && latest.as_ref().is_some_and(|before| before.card.label.audience == Audience::Sealed);
    Ok(PublishPlan {
        waiting: waits.into_iter().find(|waiting| waiting.draft == row.id),
        draft: row.id.clone(),
        shelf: shelf.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
        address: shelf.as_ref().map(|s| places::shown(&s.address)).unwrap_or_default(),
        title: label.title.clone(),
        release: latest.map_or(1, |l| l.release + 1),
        mode: drafts::mode(&row),
        rows: checked.table.rows(),
        with_rows: label.audience != Audience::LabelOnly,
        sealed: label.audience == Audience::Sealed,
        visible_to: others,
        keyless,
        opens_up,
        to_fix: Condition::of(&checked.findings, checked.table.rows()).to_fix,
        unmet: rules::on(&rooms, shelf.as_ref())?.unmet(&label),
        changes,
        clash,
        refusal: match shelf {
            None => Some(Refusal::new(RefusalCode::NoShelf)),
            Some(shelf) => {
                let allowed = rules::may_publish(&rooms, &shelf, &row);
                sync::can_write(larder, &rooms, &shelf).and(allowed).err()
            }
        },
    })
}

/// Puts the draft on the shelf.
pub fn publish(larder: &Larder, request: DraftRequest) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let shelf = match &row.product {
        Some(product) => rooms.shelf_of(product)?,
        None => rooms.the_shelf()?,
    };
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let (label, _) = release::checked(larder, &rooms, &row, &open)?;
    let unmet = rules::on(&rooms, Some(&shelf))?.unmet(&label);
    if !unmet.is_empty() {
        let rules: Vec<String> = unmet.iter().map(drafts::written).collect();
        return Err(Refusal::new(RefusalCode::RulesUnmet).with("rules", rules));
    }
    rules::may_publish(&rooms, &shelf, &row)?;
    if let Some(note) = larder.jobs.running(JobKind::Publish, Some(&label.title)) {
        return Ok(note);
    }
    match rooms.catalog.publications()?.into_iter().find(|p| p.draft == row.id) {
        // What was on its way when Larder ended goes on as the same release of the same data product.
        Some(publication) if publication.state == UNDER_WAY => {
            return Ok(start(larder, &rooms, renewed(publication), &label.title));
        }
        // It got there in the meantime: a draft becomes a release once.
        Some(_) => return Ok(larder.jobs.start(JobKind::Publish, &label.title, |_| Ok(()))),
        None => {}
    }
    let product = match &row.product {
        Some(product) => product.clone(),
        None => suggest::product_id(&label.title, &larder.new_id())
            .ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "product id"))?,
    };
    let now = larder.now();
    let publication = PublicationRow {
        draft: row.id.clone(),
        product: product.clone(),
        shelf: shelf.id.clone(),
        state: UNDER_WAY.to_owned(),
        detail_json: written(&Progress { title: label.title.clone(), ..Progress::default() }),
        started_at: now.clone(),
        updated_at: now,
    };
    rooms.catalog.put_publication(&publication)?;
    Ok(start(larder, &rooms, publication, &label.title))
}

/// The same publication, laid out anew: the label or the repairs may have changed since it was held up.
fn renewed(publication: PublicationRow) -> PublicationRow {
    let mut progress = progress_of(&publication);
    // Only what nobody can have seen yet: after that it is carried out as it was signed.
    progress.saved &= progress.copied || progress.refusal.is_none();
    PublicationRow { detail_json: written(&progress), ..publication }
}

fn start(larder: &Larder, rooms: &Arc<Rooms>, publication: PublicationRow, title: &str) -> JobNote {
    let work =
        Work { host: larder.host.clone(), rooms: rooms.clone(), words: larder.words(), me: larder.me().ok().flatten() };
    let shared = larder.shared();
    larder.jobs.start(JobKind::Publish, title, move |job| {
        let mut publication = publication;
        let done = work.run(&shared, job, &mut publication);
        if let Err(refusal) = &done {
            let refusal = outbox::why(&shared, &work.rooms, &publication, refusal);
            let mut progress = progress_of(&publication);
            progress.refusal = Some(refusal);
            publication.detail_json = written(&progress);
            let _ = work.rooms.catalog.put_publication(&publication);
        }
        shared.changed(&["shelf", "drafts", "sync"]);
        done
    })
}

struct Work {
    host: Arc<dyn crate::Host>,
    rooms: Arc<Rooms>,
    words: crate::words::Words,
    me: Option<crate::larder::Me>,
}

impl Work {
    fn run(&self, larder: &Larder, job: &Job, publication: &mut PublicationRow) -> Result<(), Refusal> {
        let mut progress = progress_of(publication);
        progress.refusal = None;
        let shelf = self
            .rooms
            .catalog
            .shelves()?
            .into_iter()
            .find(|s| s.id == publication.shelf)
            .ok_or_else(|| Refusal::new(RefusalCode::NoShelf))?;
        let folder = self.rooms.home.outgoing_of(&publication.draft);
        if !progress.saved || !folder.join(cards::CARD_FILE).exists() {
            self.save(larder, job, publication, &mut progress, &folder)?;
            rules::may_be_so_large(&self.rooms, &shelf, progress.total_bytes)?;
            progress.saved = true;
            self.keep(publication, &progress)?;
        }
        job.go_on()?;
        if self.rooms.is_paused(&shelf.id) {
            return Err(Refusal::new(RefusalCode::Paused).with("name", shelf.name));
        }
        let card = read_card(&folder)?;
        let place = sync::place(larder, &shelf)?;
        let published = self.copy(job, &*place, &shelf, &card, &folder, publication, &mut progress)?;
        progress.copied = true;
        progress.release = published.n;
        progress.hash = Some(published.hash.to_string());
        self.keep(publication, &progress)?;
        // A colleague's release may have got there since the card was written; the number that was signed counts.
        let card = Card { release: published.n, ..card };
        self.finish(larder, &*place, &shelf, &folder, publication, &mut progress, card)
    }

    fn keep(&self, publication: &mut PublicationRow, progress: &Progress) -> Result<(), Refusal> {
        publication.detail_json = written(progress);
        publication.updated_at = crate::larder::moment(&self.host.now());
        self.rooms.catalog.put_publication(publication)
    }

    /// Step one: everything that will stand on the shelf, saved on this computer.
    fn save(
        &self,
        larder: &Larder,
        job: &Job,
        publication: &PublicationRow,
        progress: &mut Progress,
        folder: &Path,
    ) -> Result<(), Refusal> {
        let row = drafts::saved(&self.rooms, &publication.draft)?;
        let open = reading_job::open_whole(larder, &self.rooms, &row)?;
        let (mut label, checked) = release::checked(larder, &self.rooms, &row, &open)?;
        let changes = label::changes(&self.rooms, &row, &mut label, &checked)?;
        let table = release::final_table(&mut label, &checked);
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(|e| home::refuse(&e, folder))?;
        job.go_on()?;
        if label.audience != Audience::LabelOnly {
            write_table(&table, &folder.join(cards::TABLE_FILE))?;
        }
        let card = self.card(&row, publication, label, &checked, changes, &table)?;
        progress.title = card.label.title.clone();
        progress.release = card.release;
        if let Some(reading) = open.reading(&taken_over::said(&row))
            && let Some(print) = drafts::fingerprint(&open, &reading)
        {
            next_file::keep_reading(&self.rooms, &row, &publication.product, &print, &publication.started_at)?;
        }
        // The card is written last: where it stands, everything else does.
        write_card(folder, &card)?;
        progress.total_bytes = size_of(folder)?;
        Ok(())
    }

    fn card(
        &self,
        row: &DraftRow,
        publication: &PublicationRow,
        label: Label,
        checked: &Checked,
        changes: Vec<Change>,
        table: &Table,
    ) -> Result<Card, Refusal> {
        let before = self.rooms.seen.release(&publication.product, None)?;
        let extra = drafts::extra(row);
        let said = taken_over::said(row);
        let reading = self.rooms.drafts.get(&row.id).and_then(|open| open.reading(&said));
        let mut sources = match (&before, drafts::mode(row)) {
            (Some(before), DraftMode::Append) => before.card.sources.clone(),
            _ => Vec::new(),
        };
        sources.push(SourceNote {
            file_name: row.file_name.clone(),
            sheet: reading.as_ref().map(|r| r.sheet.clone()).filter(|s| !s.is_empty()),
            sha256: row.source_sha256.clone(),
            size_bytes: row.source_size_bytes,
            rows: reading.as_ref().map_or(0, |r| r.rows),
            brought_in_at: extra.brought_in_at,
        });
        let open = self.rooms.drafts.get(&row.id);
        let joined = open.zip(reading).map(|(open, reading)| joined::read_all(&open, &said, &reading));
        for other in joined.iter().flat_map(|joined| joined.iter()) {
            sources.push(SourceNote {
                file_name: other.file.file_name.clone(),
                sheet: None,
                sha256: other.file.sha256.clone(),
                size_bytes: other.file.size_bytes,
                rows: other.table.as_ref().map_or(0, |table| table.rows()),
                brought_in_at: other.file.brought_in_at.clone(),
            });
        }
        let mut profile = larder_tables::profile(table);
        let mut to_fix = checked.findings.clone();
        let mut label = label.published();
        crate::access::areas::carry(&self.rooms, &publication.product, &mut label)?;
        if label.audience == Audience::LabelOnly {
            copies::forget_values(&mut label, &mut profile, &mut to_fix);
        }
        let changes = if label.audience == Audience::LabelOnly { copies::without_values(changes) } else { changes };
        let related: std::collections::BTreeSet<String> =
            label.columns.iter().filter_map(|c| c.looks_up.as_ref().map(|l| l.product.clone())).collect();
        Ok(Card {
            format: CARD_FORMAT,
            product: publication.product.clone(),
            release: before.map_or(1, |b| b.release + 1),
            condition: Condition::of(&checked.findings, table.rows()),
            to_fix,
            filled_at: crate::larder::moment(&self.host.now()),
            filled_by: self.me.as_ref().map(|me| me.person.name.clone()).unwrap_or_default(),
            changes,
            sources,
            related: related.into_iter().collect(),
            label,
            profile,
        })
    }

    /// Step two: copied, read back, and found equal.
    #[allow(clippy::too_many_arguments)]
    fn copy(
        &self,
        job: &Job,
        place: &dyn Place,
        shelf: &ShelfRow,
        card: &Card,
        folder: &Path,
        publication: &PublicationRow,
        progress: &mut Progress,
    ) -> Result<Published, Refusal> {
        let ledger = self.rooms.trust(shelf)?.ledger();
        let total = progress.total_bytes;
        let files = release_files(folder);
        let told = larder_shelf::Publication {
            product: &publication.product,
            title: &card.label.title,
            rows: card.profile.rows,
            files,
            about: serde_json::Value::Null,
            seal: sealing::seal(&known::known(&self.rooms, shelf)?, &card.label, folder),
        };
        let copied = std::cell::Cell::new(0);
        let step = |step| {
            if let PublishStep::Copying { bytes, .. } = step {
                copied.set(bytes);
                job.progress(bytes, total);
            }
            !job.cancelled()
        };
        // Others may look at the shelf while the files are on their way.
        let device = &self.rooms.device;
        let copying = Publishing::copy(place, device, &told, ledger, &step).inspect_err(|_| {
            progress.copied_bytes = copied.get();
        })?;
        let _held = lock(&self.rooms.shelf_lock);
        let mut trust = self.rooms.trust(shelf)?;
        let published = copying.finish(place, device, &mut trust, &told, &publication.started_at, &step);
        // What is trusted is remembered even after a refusal: a head may already stand there.
        self.rooms.set_trust(shelf, &trust)?;
        progress.copied_bytes = copied.get().max(if published.is_ok() { total } else { 0 });
        published
    }

    /// Step three, as far as it is ours: plain copies for Excel, and what this computer knows about it.
    #[allow(clippy::too_many_arguments)]
    fn finish(
        &self,
        larder: &Larder,
        place: &dyn Place,
        shelf: &ShelfRow,
        folder: &Path,
        publication: &mut PublicationRow,
        progress: &mut Progress,
        card: Card,
    ) -> Result<(), Refusal> {
        let table = folder.join(cards::TABLE_FILE);
        let table_sha256 = if table.exists() { Some(self.rooms.home.keep_table(&table)?.0) } else { None };
        let refreshed = sync::look_at_shelf(larder, &self.rooms, shelf, None);
        self.rooms.catalog.put_kept(&KeptRow {
            product: publication.product.clone(),
            shelf: shelf.id.clone(),
            title: card.label.title.clone(),
            label: card.label.clone(),
            table_sha256,
            updated_at: card.filled_at.clone(),
        })?;
        progress.blocked = copies::write(&self.rooms, &self.words, place, shelf, &card, folder)?;
        self.mark_published(publication)?;
        publication.state = DONE.to_owned();
        self.keep(publication, progress)?;
        let params = Params::from([
            ("title".to_owned(), card.label.title.clone().into()),
            ("release".to_owned(), progress.release.into()),
            ("shelf".to_owned(), shelf.name.clone().into()),
        ]);
        larder.note("published", params, Some(&publication.product));
        let _ = fs::remove_dir_all(folder);
        refreshed
    }

    fn mark_published(&self, publication: &PublicationRow) -> Result<(), Refusal> {
        let Some(mut row) = self.rooms.catalog.draft(&publication.draft)? else {
            return Ok(());
        };
        row.step = drafts::written(&DraftStep::Published);
        row.product = Some(publication.product.clone());
        self.rooms.catalog.put_draft(&row)?;
        self.rooms.drafts.close(&publication.draft);
        Ok(())
    }
}

/// The files of a staged release.
pub fn release_files(folder: &Path) -> Vec<PublishFile> {
    let mut files = vec![PublishFile {
        name: cards::CARD_FILE.to_owned(),
        media_type: "application/json".to_owned(),
        path: folder.join(cards::CARD_FILE),
    }];
    let table = folder.join(cards::TABLE_FILE);
    if table.exists() {
        files.push(PublishFile {
            name: cards::TABLE_FILE.to_owned(),
            media_type: "application/vnd.apache.parquet".to_owned(),
            path: table,
        });
    }
    files
}

/// Lays a release out in a folder, ready to be put on a shelf.
pub fn stage(folder: &Path, card: &Card, table: Option<&Table>) -> Result<(), Refusal> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|e| home::refuse(&e, folder))?;
    if let Some(table) = table {
        write_table(table, &folder.join(cards::TABLE_FILE))?;
    }
    write_card(folder, card)
}

fn write_table(table: &Table, path: &Path) -> Result<(), Refusal> {
    let file = fs::File::create(path).map_err(|e| home::refuse(&e, path))?;
    larder_tables::write_parquet(table, std::io::BufWriter::with_capacity(1 << 20, file))
}

fn write_card(folder: &Path, card: &Card) -> Result<(), Refusal> {
    let json = serde_json::to_vec(card).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
    home::write_whole(&folder.join(cards::CARD_FILE), &json)
}

fn read_card(folder: &Path) -> Result<Card, Refusal> {
    let path = folder.join(cards::CARD_FILE);
    let json = fs::read(&path).map_err(|e| home::refuse(&e, &path))?;
    serde_json::from_slice(&json)
        .map_err(|e| Refusal::new(RefusalCode::Damaged).with("file", cards::CARD_FILE).with("detail", e.to_string()))
}

fn size_of(folder: &Path) -> Result<u64, Refusal> {
    let paths: Vec<PathBuf> = release_files(folder).into_iter().map(|f| f.path).collect();
    let sizes = paths.iter().map(|p| fs::metadata(p).map(|m| m.len()).map_err(|e| home::refuse(&e, p)));
    sizes.sum()
}

fn progress_of(publication: &PublicationRow) -> Progress {
    serde_json::from_str(&publication.detail_json).unwrap_or_default()
}

fn written(progress: &Progress) -> String {
    serde_json::to_string(progress).unwrap_or_default()
}

/// How the latest publication of a data product from this computer stands.
pub fn publication(larder: &Larder, request: ProductRequest) -> Result<Option<Publication>, Refusal> {
    publication_of(larder, &larder.rooms(), &request.product)
}

/// The same, for a page that has the rooms already.
pub fn publication_of(larder: &Larder, rooms: &Rooms, product: &ProductId) -> Result<Option<Publication>, Refusal> {
    let mut all = rooms.catalog.publications()?;
    all.retain(|p| &p.product == product);
    // Of several with one number, the one that was begun last. No clock says which that is.
    let Some(latest) = all.into_iter().max_by_key(|publication| progress_of(publication).release) else {
        return Ok(None);
    };
    let progress = progress_of(&latest);
    let running = larder.jobs.running(JobKind::Publish, Some(&progress.title));
    let seen = rooms.seen.release(product, Some(progress.release))?;
    let people = match rooms.shelf_by_id(&latest.shelf) {
        Ok(shelf) => known::people(rooms, &shelf)?,
        Err(_) => Vec::new(),
    };
    let others: Vec<_> = people.iter().filter(|m| !m.is_me).collect();
    let seen_by = seen.map(|s| s.seen_by).unwrap_or_default();
    let seen_by = others
        .iter()
        .filter(|m| seen_by.iter().any(|seen| seen == m.person_id.as_str()))
        .map(|m| SeenBy { name: m.person.name.clone(), at: m.seen_at.clone() })
        .collect();
    Ok(Some(Publication {
        product: product.clone(),
        title: progress.title,
        release: progress.release,
        saved: progress.saved,
        copied_bytes: running.as_ref().map_or(progress.copied_bytes, |job| job.done),
        total_bytes: progress.total_bytes,
        copied: progress.copied,
        seen_by,
        others: others.len() as u32,
        current_blocked: progress.blocked,
        refusal: progress.refusal,
        job: running.map(|job| job.id),
    }))
}

/// Whether something of a data product is on its way to the shelf.
pub fn goes_on(rooms: &Rooms, product: &ProductId) -> Result<bool, Refusal> {
    Ok(rooms.catalog.publications()?.iter().any(|p| p.state == UNDER_WAY && p.product == *product))
}

/// Drafts of publications that are under way, which must not be thrown away.
pub fn under_way(rooms: &Rooms) -> Result<Vec<DraftId>, Refusal> {
    let all = rooms.catalog.publications()?;
    Ok(all.into_iter().filter(|p| p.state == UNDER_WAY).map(|p| p.draft).collect())
}
