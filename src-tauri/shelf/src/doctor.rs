//! A thorough look at a shelf for the person who takes care of it: what lies around, what is missing, what is damaged.

use std::collections::BTreeMap;

use larder_model::{Params, Refusal, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::names::{self, Room};
use crate::places::Place;
use crate::stacks::{Blob, Found, Stacks};
use crate::{Alert, Device, SeenState, Trust, View, caps, look};

/// What the doctor found. Texts are in the words under `doctor-<code>`; parameters in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoctorCode {
    /// Nothing is wrong \[products, people\].
    AllWell,
    /// Files that belong to nothing \[count, names\].
    StrayFiles,
    /// Doubles that a sync client made \[count, names\].
    ConflictCopies,
    /// A device's folder has another name than it should \[folder\].
    RenamedFolder,
    /// Parts of a release that are not there \[title, release, count\].
    PartsMissing,
    /// Parts of a release whose bytes lie in a cloud, so that nobody looked into them \[title, release, count\].
    PartsInCloud,
    /// Parts of a release that have the wrong bytes \[title, release, count\].
    PartsDamaged,
    /// The place does not promise that what was written survives a power cut.
    NotDurable,
    /// Temp files that were left behind \[count\].
    TempFiles,
    /// A colleague's clock or this one's is wrong \[writer, at\].
    ClockDiffers,
    /// This device is not confirmed yet.
    NotConfirmed,
    /// There is only one steward: if that device is lost, nobody can confirm others.
    OneSteward,
    /// The folder is there, and all that Larder had put into it is gone.
    EverythingGone,
    /// Something that a look tells too \[alert\], and its values.
    Alert,
    /// More problems than can be told \[count\].
    More,
}

impl DoctorCode {
    /// Every code, so that the words can be proven complete.
    pub const ALL: [DoctorCode; 15] = {
        use DoctorCode::*;
        [
            AllWell,
            StrayFiles,
            ConflictCopies,
            RenamedFolder,
            PartsMissing,
            PartsInCloud,
            PartsDamaged,
            NotDurable,
            TempFiles,
            ClockDiffers,
            NotConfirmed,
            OneSteward,
            EverythingGone,
            Alert,
            More,
        ]
    };
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DoctorNote {
    /// Which sentence.
    pub code: DoctorCode,
    /// The values in it.
    pub params: Params,
}

impl DoctorNote {
    fn new(code: DoctorCode) -> DoctorNote {
        DoctorNote { code, params: Params::new() }
    }

    fn with(mut self, name: &str, value: impl Into<larder_model::Param>) -> DoctorNote {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// Looks into everything: every folder, and every byte of each product's newest release. Slow on a network drive; changes
/// nothing there. What is found damaged is remembered in `trust`, what has healed is forgotten.
///
/// # Errors
/// As [`crate::look`].
pub fn doctor(
    place: &dyn Place,
    trust: &mut Trust,
    device: &Device,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<DoctorNote>, Refusal> {
    let view = look::look(place, trust, device, &|_| false, cancelled)?;
    let listed = trust.roster_writers();
    let stacks = Stacks::open(place, listed.iter().chain([&device.writer()]), cancelled)?;
    let mut notes = Vec::new();
    odd_files(&stacks, &mut notes)?;
    parts(&stacks, trust, &view, &mut notes)?;
    clocks(&view, &mut notes);
    if !place.durable() {
        notes.push(DoctorNote::new(DoctorCode::NotDurable));
    }
    if view.me().is_none_or(|me| !me.confirmed) {
        notes.push(DoctorNote::new(DoctorCode::NotConfirmed));
    }
    let confirmed = view.people.iter().filter(|m| m.confirmed).count();
    if confirmed > 1 && view.people.iter().filter(|m| m.steward).count() == 1 {
        notes.push(DoctorNote::new(DoctorCode::OneSteward));
    }
    notes.extend(view.alerts.iter().filter_map(alert_note));
    if notes.is_empty() {
        let well = DoctorNote::new(DoctorCode::AllWell).with("products", view.products.len());
        notes.push(well.with("people", view.people.len()));
    }
    if notes.len() > caps::ALERTS {
        let extra = notes.len() - caps::ALERTS;
        notes.truncate(caps::ALERTS);
        notes.push(DoctorNote::new(DoctorCode::More).with("count", extra));
    }
    Ok(notes)
}

fn alert_note(alert: &Alert) -> Option<DoctorNote> {
    let serde_json::Value::Object(fields) = serde_json::to_value(alert).ok()? else { return None };
    Some(fields.into_iter().fold(DoctorNote::new(DoctorCode::Alert), |note, (name, value)| match value {
        serde_json::Value::String(text) => note.with(&name, text),
        serde_json::Value::Number(number) => note.with(&name, number.as_f64().unwrap_or_default()),
        other => note.with(&name, other.to_string()),
    }))
}

#[derive(Default)]
struct Odd {
    strays: Vec<String>,
    doubles: Vec<String>,
    temps: u64,
}

impl Odd {
    /// A double still begins with the name that it was made from.
    fn add(&mut self, inside: &str, name: &str, room: Room) {
        let stem_chars = match room {
            Room::Heads => 25,
            _ => 64,
        };
        let stem = name.get(..stem_chars).map(str::to_ascii_lowercase).unwrap_or_default();
        let is_double = match room {
            Room::Heads => names::head_seq(&format!("{stem}.rec")).is_some(),
            _ => names::is_hash(&stem),
        };
        let told = larder_model::display_text(&format!("{inside}/{name}"), caps::TITLE_CHARS);
        if is_double { self.doubles.push(told) } else { self.strays.push(told) }
    }
}

fn odd_files(stacks: &Stacks, notes: &mut Vec<DoctorNote>) -> Result<(), Refusal> {
    let mut odd = Odd::default();
    for folder in &stacks.folders {
        if !names::is_writer(folder) {
            notes.push(
                DoctorNote::new(DoctorCode::RenamedFolder)
                    .with("folder", larder_model::display_text(folder, caps::NAME_CHARS)),
            );
        }
        for room in [Room::Heads, Room::Releases, Room::Messages, Room::Rosters] {
            for inside in stacks.rooms(folder, room)? {
                for entry in stacks.list(&inside)? {
                    let usual = match room {
                        Room::Heads => names::head_seq(&entry.name).is_some(),
                        _ => names::record_hash(&entry.name).is_some(),
                    };
                    if !usual || entry.folder {
                        odd.add(&inside, &entry.name, room);
                    }
                }
            }
        }
        for inside in stacks.rooms(folder, Room::Blobs)? {
            for shard in stacks
                .list(&inside)?
                .into_iter()
                .filter(|e| e.folder && names::listed(&e.name).is_ok())
                .take(256 + caps::STRAYS)
            {
                let inside = format!("{inside}/{}", shard.name);
                for entry in stacks.list(&inside)?.into_iter().filter(|e| e.folder || !names::is_hash(&e.name)) {
                    odd.add(&inside, &entry.name, Room::Blobs);
                }
            }
        }
        for inside in stacks.rooms(folder, Room::Temps)? {
            odd.temps += stacks.list(&inside)?.len() as u64;
        }
    }
    for (code, found) in [(DoctorCode::StrayFiles, odd.strays), (DoctorCode::ConflictCopies, odd.doubles)] {
        if !found.is_empty() {
            let first: Vec<String> = found.iter().take(20).cloned().collect();
            notes.push(DoctorNote::new(code).with("count", found.len()).with("names", first));
        }
    }
    if odd.temps > 0 {
        notes.push(DoctorNote::new(DoctorCode::TempFiles).with("count", odd.temps));
    }
    Ok(())
}

/// Reads every part of each product's newest release.
fn parts(stacks: &Stacks, trust: &mut Trust, view: &View, notes: &mut Vec<DoctorNote>) -> Result<(), Refusal> {
    for seen in view.products.iter().filter(|seen| seen.state != SeenState::Retired) {
        let first: [&WriterId; 1] = [&seen.writer];
        let (mut missing, mut in_cloud, mut damaged) = (0_u64, 0_u64, 0_u64);
        for (hash, size_bytes) in seen.files.iter().flat_map(|file| &file.parts) {
            let found = stacks.blob_names(hash, *size_bytes, &first)?.found;
            let mut healthy = false;
            if found.iter().any(|found| found.on_request) {
                in_cloud += 1;
                continue;
            }
            for Found { name, changed: mark, .. } in &found {
                if stacks.has_hash(name, hash, *size_bytes)? {
                    trust.damaged.remove(name);
                    healthy = true;
                    break;
                }
                if trust.damaged.len() < caps::DAMAGED {
                    trust.damaged.insert(name.clone(), *mark);
                }
            }
            let elsewhere = || stacks.blob(hash, *size_bytes, &first, &mut trust.damaged.clone());
            if healthy {
                continue;
            }
            match elsewhere()? {
                Blob::Present(_) => {}
                Blob::OnRequest(_) | Blob::Elsewhere => in_cloud += 1,
                _ if found.is_empty() => missing += 1,
                _ => damaged += 1,
            }
        }
        let told = [
            (DoctorCode::PartsMissing, missing),
            (DoctorCode::PartsInCloud, in_cloud),
            (DoctorCode::PartsDamaged, damaged),
        ];
        for (code, count) in told {
            if count > 0 {
                notes.push(
                    DoctorNote::new(code)
                        .with("title", seen.title.as_str())
                        .with("release", seen.release)
                        .with("count", count),
                );
            }
        }
    }
    Ok(())
}

/// Clocks are only ever shown, so a wrong one does no harm but confuse: tell the most extreme of each device.
fn clocks(view: &View, notes: &mut Vec<DoctorNote>) {
    let tomorrow = jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(24));
    let Ok(tomorrow) = tomorrow else { return };
    let mut latest: BTreeMap<&WriterId, (jiff::Timestamp, &str)> = BTreeMap::new();
    for seen in &view.products {
        let Ok(at) = seen.published_at.parse::<jiff::Timestamp>() else { continue };
        let known = latest.entry(&seen.writer).or_insert((at, &seen.published_at));
        if at > known.0 {
            *known = (at, &seen.published_at);
        }
    }
    for (writer, (_, told)) in latest.into_iter().filter(|(_, (at, _))| *at > tomorrow) {
        notes.push(DoctorNote::new(DoctorCode::ClockDiffers).with("writer", writer.as_str()).with("at", told));
    }
}
