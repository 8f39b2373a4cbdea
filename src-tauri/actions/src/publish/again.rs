//! Putting rows on the shelf again that stood there before: an earlier release, or the newest for other people than before.

use std::fs;

use larder_catalog::{PublicationRow, SeenRow};
use larder_model::{Audience, Card, Change, Label, Params, ProductId, Reader, Refusal, RefusalCode};

use super::{Progress, UNDER_WAY, size_of, start, write_card, written};
use crate::cards::CardMaker;
use crate::wire::{HandOverRequest, JobNote, ProductRequest};
use crate::{Larder, cards, home, known};

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

/// Seals a label that is not, where one of these versions is: nobody reads of it what was closed to them.
pub fn seal_as(label: &mut Label, all: &[&SeenRow]) {
    let sealed = all.iter().find(|row| row.card.label.audience == Audience::Sealed);
    if let Some(sealed) = sealed.filter(|_| label.audience != Audience::Sealed) {
        label.audience = Audience::Sealed;
        label.sealing = sealed.card.label.sealing.clone();
    }
}

/// Puts one of several versions that were put there at the same time on top of them all. Where any of them is sealed, so is this
/// one, for its own readers, or else for those of the other.
pub fn choose(larder: &Larder, chosen: &SeenRow, all: &[&SeenRow]) -> Result<JobNote, Refusal> {
    let mut label = chosen.card.label.clone();
    seal_as(&mut label, all);
    let number = all.iter().map(|row| row.release).max().unwrap_or(chosen.release);
    put(larder, chosen, number, label, vec![Change::Chosen { by: chosen.card.filled_by.clone() }])
}

/// Puts the newest release there once more, with another label.
pub fn again(larder: &Larder, product: &ProductId, change: impl FnOnce(&mut Label)) -> Result<JobNote, Refusal> {
    let latest = larder.rooms().seen.release(product, None)?.ok_or_else(|| unknown(product))?;
    let mut label = latest.card.label.clone();
    change(&mut label);
    put(larder, &latest, latest.release, label, vec![Change::Nothing])
}

/// Hands a data product to another keeper: it is put on the shelf once more, and says so. Whoever keeps it can do so, and a
/// steward, for somebody who has left. Who keeps a sealed one can read it.
///
/// # Errors
/// `NoPermission` for anybody else; `Unknown` where nobody of that id is confirmed; `Taken` where they keep it already;
/// otherwise as [`use_earlier`].
pub fn hand_over(larder: &Larder, request: HandOverRequest) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let latest = rooms.seen.release(&request.product, None)?.ok_or_else(|| unknown(&request.product))?;
    let known = known::known(&rooms, &rooms.shelf_by_id(&latest.shelf)?)?;
    if !CardMaker::new(larder, &rooms)?.is_mine(&latest) && !known.me().is_some_and(|me| me.steward) {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", "keeper"));
    }
    let member = known
        .confirmed(&request.person)
        .ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", request.person.as_str()))?;
    let mut label = latest.card.label.clone();
    if known.keeper(&latest).is_some_and(|keeper| keeper.person_id == member.person_id) {
        return Err(Refusal::new(RefusalCode::Taken).with("name", member.person.name.as_str()));
    }
    label.keeper = member.person.name.clone();
    label.keeper_email = member.person.email.clone();
    if label.audience == Audience::Sealed {
        if member.recipients.is_empty() {
            let name = member.person.name.as_str();
            return Err(Refusal::new(RefusalCode::Invalid).with("what", "recipient").with("value", name));
        }
        // Whoever kept it goes on reading it until the new keeper leaves them out.
        let before = known.of_writer(&latest.writer);
        for reader in before.into_iter().chain([member]) {
            if !label.sealing.readers.iter().any(|known| known.person == reader.person_id) {
                label
                    .sealing
                    .readers
                    .push(Reader { person: reader.person_id.clone(), name: reader.person.name.clone() });
            }
        }
    }
    let job = put(larder, &latest, latest.release, label, vec![Change::HandedOver { to: member.person.name.clone() }])?;
    let params = Params::from([
        ("title".to_owned(), latest.card.label.title.clone().into()),
        ("name".to_owned(), member.person.name.clone().into()),
    ]);
    larder.note("handed_over", params, Some(&request.product));
    Ok(job)
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
        label: label.published(),
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
