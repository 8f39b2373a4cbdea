//! Putting rows on the shelf again that stood there before: an earlier release, or the newest for other people than before.

use std::fs;

use larder_catalog::{PublicationRow, SeenRow};
use larder_model::{Card, Change, Label, ProductId, Refusal, RefusalCode};

use super::{Progress, UNDER_WAY, size_of, start, write_card, written};
use crate::wire::{JobNote, ProductRequest};
use crate::{Larder, cards, home};

fn unknown(product: &ProductId) -> Refusal {
    Refusal::new(RefusalCode::Unknown).with("what", product.as_str())
}

/// Puts an earlier release back, as a new one. Whoever may read it stays as it is now.
pub fn use_earlier(larder: &Larder, request: ProductRequest) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let earlier = rooms.seen.release(&request.product, request.release)?.ok_or_else(|| unknown(&request.product))?;
    let latest = rooms.seen.release(&request.product, None)?.ok_or_else(|| unknown(&request.product))?;
    let label = Label {
        audience: latest.card.label.audience,
        sealing: latest.card.label.sealing.clone(),
        ..earlier.card.label.clone()
    };
    let changes = vec![Change::PutBack { release: earlier.release }];
    put(larder, &earlier, latest.release, label, changes)
}

/// Puts the newest release there once more, with another label.
pub fn again(larder: &Larder, product: &ProductId, change: impl FnOnce(&mut Label)) -> Result<JobNote, Refusal> {
    let latest = larder.rooms().seen.release(product, None)?.ok_or_else(|| unknown(product))?;
    let mut label = latest.card.label.clone();
    change(&mut label);
    put(larder, &latest, latest.release, label, vec![Change::Nothing])
}

fn put(larder: &Larder, from: &SeenRow, latest: u64, label: Label, changes: Vec<Change>) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.shelf_of(&from.product)?;
    let draft = larder.new_draft_id()?;
    let folder = rooms.home.outgoing_of(&draft);
    fs::create_dir_all(&folder).map_err(|e| home::refuse(&e, &folder))?;
    if let Some(table) = cards::table_path(&rooms, from) {
        let not_here = || Refusal::new(RefusalCode::NotHereYet).with("title", from.card.label.title.as_str());
        fs::copy(&table, folder.join(cards::TABLE_FILE)).map_err(|_| not_here())?;
    }
    let now = larder.now();
    let card = Card {
        release: latest + 1,
        label,
        filled_at: now.clone(),
        filled_by: larder.me()?.map(|me| me.person.name).unwrap_or_default(),
        changes,
        ..from.card.clone()
    };
    write_card(&folder, &card)?;
    let progress = Progress {
        title: card.label.title.clone(),
        release: card.release,
        total_bytes: size_of(&folder)?,
        saved: true,
        ..Progress::default()
    };
    let publication = PublicationRow {
        draft,
        product: from.product.clone(),
        shelf: shelf.id,
        state: UNDER_WAY.to_owned(),
        detail_json: written(&progress),
        started_at: now.clone(),
        updated_at: now,
    };
    rooms.catalog.put_publication(&publication)?;
    Ok(start(larder, &rooms, publication, &card.label.title))
}
