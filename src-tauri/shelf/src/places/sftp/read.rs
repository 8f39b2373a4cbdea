//! Reading from an SFTP server: what stands there, and what is in it.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::Write;

use larder_model::{Refusal, RefusalCode};
use tokio::time::timeout;

use super::Sftp;
use super::session::{Fault, Session, is_absent};
use super::wire::{Answer, Attrs, FOR_READING, Named, Packet, code, kind};
use crate::places::Entry;
use crate::places::folder::keep_greatest;
use crate::{caps, names};

/// Bytes that are asked for ahead.
const AHEAD_BYTES: u64 = 4 * 1024 * 1024;
/// Questions about names that are on their way together.
const TOGETHER: usize = 64;

/// Where content goes.
pub(super) struct Out<'a> {
    pub to: &'a mut dyn Write,
    /// False once anything went there: then it cannot begin again.
    pub untouched: &'a Cell<bool>,
    pub name: &'a str,
    pub max_bytes: u64,
}

impl Out<'_> {
    fn too_large(&self) -> Fault {
        Refusal::new(RefusalCode::TooLarge).with("file", self.name).with("limit", self.max_bytes).into()
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.untouched.set(false);
        self.to.write_all(bytes).map_err(|e| Refusal::from_io(&e, self.name).into())
    }
}

impl Sftp {
    /// What stands at each of these paths, none where nothing is; all asked at once.
    ///
    /// # Errors
    /// `Unreachable` where the root itself is not a folder right now.
    pub(super) async fn looks(&self, session: &mut Session, paths: &[String]) -> Result<Vec<Option<Attrs>>, Fault> {
        let asked = self.ask_looks(session, paths).await?;
        self.hear_looks(session, asked).await
    }

    /// Asks what [`Sftp::hear_looks`] hears.
    async fn ask_looks(&self, session: &mut Session, paths: &[String]) -> Result<Vec<u32>, Fault> {
        let root = self.way.address.path(&[]);
        // The root may be a link; nothing below it may.
        let mut asked = vec![session.send(|id| Packet::new(kind::STAT, id).text(&root)).await?];
        for path in paths {
            asked.push(session.send(|id| Packet::new(kind::LSTAT, id).text(path)).await?);
        }
        Ok(asked)
    }

    async fn hear_looks(&self, session: &mut Session, asked: Vec<u32>) -> Result<Vec<Option<Attrs>>, Fault> {
        let mut heard = Vec::new();
        for (i, id) in asked.into_iter().enumerate() {
            let attrs = session.attrs(id).await?;
            if i > 0 {
                heard.push(attrs);
            } else if !attrs.is_some_and(|root| root.is_folder()) {
                return Err(self.away().into());
            }
        }
        Ok(heard)
    }

    /// The paths of a name and of every folder above it.
    pub(super) fn along(&self, parts: &[&str]) -> Vec<String> {
        (1..=parts.len()).map(|n| self.way.address.path(parts.get(..n).unwrap_or_default())).collect()
    }

    /// What stands at a name; none where it, or a folder above it, is not there or is a link.
    async fn found(&self, session: &mut Session, parts: &[&str]) -> Result<Option<Attrs>, Fault> {
        Ok(last_of(&self.looks(session, &self.along(parts)).await?))
    }

    pub(super) async fn entry(&self, session: &mut Session, parts: &[&str]) -> Result<Option<Entry>, Fault> {
        let found = self.found(session, parts).await?;
        let name = parts.last().copied().unwrap_or_default().to_owned();
        Ok(found.and_then(|attrs| entry(name, &attrs)))
    }

    /// What stands directly in a folder.
    pub(super) async fn listing(&self, session: &mut Session, parts: &[&str]) -> Result<Vec<Entry>, Fault> {
        let path = self.way.address.path(parts);
        let looks = self.ask_looks(session, &self.along(parts)).await?;
        // Asked along with the rest, to save a wait; where it turns out to be a link, what was opened is left alone.
        let opening = session.send(|id| Packet::new(kind::OPENDIR, id).text(&path)).await?;
        let looks = self.hear_looks(session, looks).await?;
        let opened = session.handle(opening).await;
        if !parts.is_empty() && !last_of(&looks).is_some_and(|attrs| attrs.is_folder()) {
            if let Ok(handle) = opened {
                session.send_only(|id| Packet::new(kind::CLOSE, id).text(&handle)).await?;
            }
            return Ok(Vec::new());
        }
        let handle = match opened {
            Ok(handle) => handle,
            Err(Fault::No(code, _)) if is_absent(code) && !parts.is_empty() => return Ok(Vec::new()),
            Err(Fault::No(code, _)) if is_absent(code) => return Err(self.away().into()),
            Err(fault) => return Err(fault),
        };
        let mut entries = Vec::new();
        let mut untold = Vec::new();
        let reading = read_names(session, &handle, caps::SCANNED_NAMES, |named| {
            let Some(name) = own_name(named.name) else { return };
            if !named.attrs.is_told() {
                untold.push(name);
            } else if let Some(entry) = entry(name, &named.attrs) {
                entries.push(entry);
            }
            if entries.len() >= 2 * caps::LISTED_NAMES {
                keep_greatest(&mut entries, caps::LISTED_NAMES);
            }
            if untold.len() >= 2 * caps::LISTED_NAMES {
                untold.sort_unstable();
                untold.drain(..caps::LISTED_NAMES);
            }
        });
        reading.await?;
        session.send_only(|id| Packet::new(kind::CLOSE, id).text(&handle)).await?;
        for names in untold.chunks(TOGETHER) {
            let paths: Vec<String> =
                names.iter().map(|name| format!("{}/{name}", path.trim_end_matches('/'))).collect();
            let looks = self.looks(session, &paths).await?;
            entries.extend(names.iter().zip(looks).filter_map(|(name, attrs)| entry(name.clone(), &attrs?)));
        }
        keep_greatest(&mut entries, caps::LISTED_NAMES);
        Ok(entries)
    }

    /// The whole content of a file.
    pub(super) async fn content(
        &self,
        session: &mut Session,
        parts: &[&str],
        out: &mut Out<'_>,
    ) -> Result<Option<u64>, Fault> {
        let Some(attrs) = self.found(session, parts).await?.filter(Attrs::is_file) else { return Ok(None) };
        let size = attrs.size.unwrap_or_default();
        if size > out.max_bytes {
            return Err(out.too_large());
        }
        let path = self.way.address.path(parts);
        let opening = session.send(|id| Packet::new(kind::OPEN, id).text(&path).number(FOR_READING).number(0)).await?;
        let handle = match session.handle(opening).await {
            Ok(handle) => handle,
            Err(Fault::No(code, _)) if is_absent(code) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let patience = session.patience.for_bytes(size);
        let read = timeout(patience, read_all(session, &handle, size, out)).await.unwrap_or(Err(Fault::Late));
        if !matches!(read, Err(Fault::Lost | Fault::Late | Fault::Garbled)) {
            session.send_only(|id| Packet::new(kind::CLOSE, id).text(&handle)).await?;
        }
        read
    }

    pub(super) async fn free(&self, session: &mut Session) -> Result<Option<u64>, Fault> {
        self.looks(session, &[]).await?;
        let room = session.room(&self.way.address.path(&[])).await?;
        Ok(room.map(|room| room.free_bytes))
    }

    pub(super) async fn is_nested(&self, session: &mut Session) -> Result<bool, Fault> {
        self.looks(session, &[]).await?;
        let root = self.way.address.path(&[]);
        let real = match session.ask(|id| Packet::new(kind::REALPATH, id).text(&root)).await? {
            Answer::Names(names) => names.into_iter().next().and_then(|named| String::from_utf8(named.name).ok()),
            _ => None,
        };
        // Where the server does not say what is above, only what is below can be looked at.
        let real = real.unwrap_or_default();
        let above: Vec<&str> = real.split('/').filter(|part| !part.is_empty()).collect();
        if above.contains(&names::DATA) {
            return Ok(true);
        }
        for n in 0..above.len().min(64) {
            let folder: String = above.iter().take(n).map(|part| format!("/{part}")).collect();
            if holds_a_shelf(session, &folder).await? {
                return Ok(true);
            }
        }
        for entry in self.listing(session, &[]).await?.into_iter().filter(|entry| entry.folder).take(1_000) {
            if holds_a_shelf(session, &self.way.address.path(&[&entry.name])).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What stands at the last of a row of paths, all before it being folders.
fn last_of(looks: &[Option<Attrs>]) -> Option<Attrs> {
    let (last, above) = looks.split_last()?;
    let is_reached = above.iter().all(|attrs| attrs.is_some_and(|attrs| attrs.is_folder()));
    (*last).filter(|_| is_reached)
}

/// An entry for what is a file or a folder; links and devices are none.
fn entry(name: String, attrs: &Attrs) -> Option<Entry> {
    match (attrs.is_folder(), attrs.is_file()) {
        (true, _) => Some(Entry::folder(name)),
        (_, true) => Some(Entry::file(name, attrs.size, attrs.changed())),
        _ => None,
    }
}

/// A name that a server told, where it can be one: a single component that leads nowhere else.
fn own_name(name: Vec<u8>) -> Option<String> {
    let name = String::from_utf8(name).ok()?;
    (names::listed(&name).ok()?.len() == 1).then_some(name)
}

/// The names that a packet tells. Only for feeding it with bytes that nobody meant.
#[cfg(any(test, fuzzing))]
pub(in crate::places) fn told_in(packet: &[u8]) -> Vec<String> {
    match super::wire::answer(packet) {
        Some((_, super::wire::Answer::Names(names))) => {
            assert!(names.len() <= packet.len() / 12, "every line takes its room in the packet");
            names.into_iter().filter_map(|named| own_name(named.name)).collect()
        }
        _ => Vec::new(),
    }
}

/// Every line of an open folder, up to so many.
pub(super) async fn read_names(
    session: &mut Session,
    handle: &[u8],
    most: usize,
    mut each: impl FnMut(Named),
) -> Result<(), Fault> {
    let mut reading = async |session: &mut Session| {
        let mut asked = VecDeque::new();
        let mut seen = 0;
        // The second answer usually is that there are no more.
        for _ in 0..2 {
            asked.push_back(session.send(|id| Packet::new(kind::READDIR, id).text(handle)).await?);
        }
        while let Some(id) = asked.pop_front() {
            match session.answer(id).await? {
                Answer::Names(names) if !names.is_empty() && seen < most => {
                    seen += names.len();
                    names.into_iter().for_each(&mut each);
                    asked.push_back(session.send(|id| Packet::new(kind::READDIR, id).text(handle)).await?);
                }
                Answer::Names(_) | Answer::Status(code::EOF, _) => break,
                Answer::Status(code, words) => return Err(Fault::No(code, words)),
                _ => return Err(Fault::Garbled),
            }
        }
        Ok(())
    };
    let patience = session.patience.whole;
    timeout(patience, reading(session)).await.unwrap_or(Err(Fault::Late))
}

/// Reads an open file to its end, asking ahead as far as it is said to go and once beyond.
async fn read_all(session: &mut Session, handle: &[u8], size: u64, out: &mut Out<'_>) -> Result<Option<u64>, Fault> {
    let looking = session.send(|id| Packet::new(kind::FSTAT, id).text(handle)).await?;
    let mut asked: VecDeque<(u32, u64, u32)> = VecDeque::new();
    let (mut next, mut total) = (0_u64, 0_u64);
    let mut chunk = session.read_chunk;
    let mut is_looked_at = false;
    loop {
        while asked.is_empty() || (next <= size && next - total < AHEAD_BYTES) {
            // Exactly to where it should end, and once beyond: that answer says whether it does.
            let many = if next < size { chunk.min(u32::try_from(size - next).unwrap_or(chunk)) } else { chunk };
            let id = session.send(|id| Packet::new(kind::READ, id).text(handle).long(next).number(many)).await?;
            asked.push_back((id, next, many));
            next += u64::from(many);
        }
        if !std::mem::replace(&mut is_looked_at, true) {
            // It may have become something else since it was looked at.
            let told = session.attrs(looking).await?;
            if told.is_none_or(|attrs| attrs.is_told() && !attrs.is_file()) {
                return Ok(None);
            }
        }
        let Some((id, at, many)) = asked.pop_front() else { continue };
        let data = match session.answer(id).await? {
            Answer::Data(data) if !data.is_empty() && data.len() <= many as usize => data,
            Answer::Status(code::EOF, _) => return Ok(Some(total)),
            Answer::Status(code, words) => return Err(Fault::No(code, words)),
            _ => return Err(Fault::Garbled),
        };
        total += data.len() as u64;
        if total > out.max_bytes {
            return Err(out.too_large());
        }
        out.write(&data)?;
        let got = u32::try_from(data.len()).unwrap_or(many);
        if got < many {
            // A server that gives no more at once: what was asked for beyond does not fit any more.
            session.forget(asked.drain(..).map(|(id, _, _)| id));
            next = total;
            chunk = if at < size { got.max(1024) } else { chunk };
        }
    }
}

/// Whether a founding record seems to stand in a folder. By its name only: this is a warning to a person, not a decision.
async fn holds_a_shelf(session: &mut Session, folder: &str) -> Result<bool, Fault> {
    let path = format!("{}/{}", folder.trim_end_matches('/'), names::DATA);
    let opening = session.send(|id| Packet::new(kind::OPENDIR, id).text(&path)).await?;
    let handle = match session.handle(opening).await {
        Ok(handle) => handle,
        Err(Fault::No(..)) => return Ok(false),
        Err(fault) => return Err(fault),
    };
    let mut holds = false;
    let read = read_names(session, &handle, 1_000, |named| {
        holds |= named.name.starts_with(b"shelf-") && named.name.ends_with(b".rec");
    });
    match read.await {
        Ok(()) | Err(Fault::No(..)) => {}
        Err(fault) => return Err(fault),
    }
    session.send_only(|id| Packet::new(kind::CLOSE, id).text(&handle)).await?;
    Ok(holds)
}
