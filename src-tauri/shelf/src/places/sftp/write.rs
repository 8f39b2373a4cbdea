//! Writing to an SFTP server: a temp file, then its name, never in place of another one of ours.
//!
//! Where the server refuses to rename, the name is written directly, which is safe: an unfinished file does not have the hash
//! that anybody looks for.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use larder_model::{Refusal, RefusalCode};
use tokio::time::timeout;

use super::Sftp;
use super::read::read_names;
use super::session::{Fault, Session, is_absent};
use super::wire::{Answer, Attrs, FOR_READING, NEW, Packet, code, kind};
use crate::names;
use crate::places::folder_write::random_name;

/// Bytes that may be on their way before the server said that it has them.
const AHEAD_BYTES: u64 = 4 * 1024 * 1024;
/// Seconds after which a temp file is one that a crash left behind.
const OLD_TEMP: u32 = 24 * 60 * 60;

/// What is to be put.
pub(super) struct Content<'a> {
    pub of: &'a mut dyn Read,
    pub size_bytes: u64,
    /// False once anything was taken from it: then it cannot begin again.
    pub untouched: &'a Cell<bool>,
    pub name: &'a str,
}

impl Content<'_> {
    /// The next bytes, as many as there are up to a whole piece.
    fn next(&mut self, piece: &mut [u8]) -> Result<usize, Fault> {
        self.untouched.set(false);
        let mut filled = 0;
        while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.of.read(rest) {
                Ok(0) => break,
                Ok(got) => filled += got,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Refusal::from_io(&e, self.name).into()),
            }
        }
        Ok(filled)
    }
}

/// Whether a connection can still be talked on after a fault.
fn goes_on(fault: &Fault) -> bool {
    matches!(fault, Fault::No(..) | Fault::Told(_))
}

impl Sftp {
    pub(super) async fn put_new(
        &self,
        session: &mut Session,
        parts: &[&str],
        content: &mut Content<'_>,
    ) -> Result<(), Fault> {
        let name = content.name;
        let taken = || Fault::from(Refusal::new(RefusalCode::Taken).with("name", name));
        let temps = match parts {
            [names::DATA, "w", writer, ..] => vec![names::DATA, "w", writer, "t"],
            _ => parts.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default(),
        };
        let mut along = self.along(parts);
        let target = along.last().cloned().unwrap_or_default();
        let has_own_temps = temps.last() == Some(&"t");
        let temps = self.way.address.path(&temps);
        along.extend(has_own_temps.then(|| temps.clone()));
        let looks = self.looks(session, &along).await?;
        if looks.get(parts.len() - 1).is_some_and(Option::is_some) {
            return Err(taken());
        }
        self.make_folders(session, &along, &looks, &target).await?;
        if self.renames.load(Ordering::Relaxed) {
            let temp = format!("{}/t-{}.tmp", temps.trim_end_matches('/'), random_name()?);
            self.write_new(session, &temp, content).await?;
            self.sweep(session, &temps, &temp).await?;
            match session.done(|id| Packet::new(kind::RENAME, id).text(&temp).text(&target)).await {
                Ok(()) => return Ok(()),
                Err(fault) if !goes_on(&fault) => return Err(fault),
                Err(_) if self.stands(session, &target).await? => {
                    self.drop_file(session, &temp).await?;
                    return Err(taken());
                }
                Err(_) => {}
            }
            // Next time the name is written right away.
            self.renames.store(false, Ordering::Relaxed);
            let copied = self.copy(session, &temp, &target).await;
            self.drop_file(session, &temp).await?;
            return copied;
        }
        match self.write_new(session, &target, content).await {
            // Nothing was taken from the content yet, so it was the opening that was refused.
            Err(Fault::No(..)) if content.untouched.get() && self.stands(session, &target).await? => Err(taken()),
            written => written,
        }
    }

    pub(super) async fn put_over(
        &self,
        session: &mut Session,
        parts: &[&str],
        content: &mut Content<'_>,
    ) -> Result<(), Fault> {
        let along = self.along(parts);
        let target = along.last().cloned().unwrap_or_default();
        let looks = self.looks(session, &along).await?;
        let old = looks.last().copied().flatten();
        if old.is_some_and(|old| old.is_told() && !old.is_file()) {
            let folder = old.is_some_and(|old| old.is_folder());
            let code = if folder { RefusalCode::IsAFolder } else { RefusalCode::NoPermission };
            return Err(Refusal::new(code).with("file", content.name).with("path", content.name).into());
        }
        self.make_folders(session, &along, &looks, &target).await?;
        let (folder, _) = target.rsplit_once('/').unwrap_or((".", ""));
        let temp = format!("{folder}/~larder-{}.tmp", random_name()?);
        self.write_new(session, &temp, content).await?;
        let named = self.name_over(session, &temp, &target, old.is_some(), content.name).await;
        if named.as_ref().is_err_and(goes_on) {
            self.drop_file(session, &temp).await?;
        }
        named
    }

    /// Gives a temp file a name that may be in use.
    async fn name_over(
        &self,
        session: &mut Session,
        temp: &str,
        target: &str,
        is_there: bool,
        name: &str,
    ) -> Result<(), Fault> {
        let rename = |id| Packet::new(kind::RENAME, id).text(temp).text(target);
        let posix_rename =
            |id| Packet::new(kind::EXTENDED, id).text("posix-rename@openssh.com").text(temp).text(target);
        let renamed = match session.offers.posix_rename {
            true => session.done(posix_rename).await,
            false => session.done(rename).await,
        };
        match renamed {
            Ok(()) => return Ok(()),
            Err(fault) if !goes_on(&fault) => return Err(fault),
            Err(_) if !is_there => {
                self.copy(session, temp, target).await?;
                return self.drop_file(session, temp).await;
            }
            Err(_) => {}
        }
        // The old one is in the way. It is only a copy, but goes no sooner than the new one is whole on the server.
        match session.done(|id| Packet::new(kind::REMOVE, id).text(target)).await {
            Ok(()) => {}
            Err(Fault::No(code, _)) if is_absent(code) => {}
            // Somebody has it open: what else a server means by it, it does not say.
            Err(Fault::No(code::FAILURE | code::LOCKED, _)) => {
                return Err(Refusal::new(RefusalCode::Locked).with("file", name).into());
            }
            Err(fault) => return Err(fault),
        }
        match session.done(rename).await {
            Err(fault) if goes_on(&fault) => {
                self.copy(session, temp, target).await?;
                self.drop_file(session, temp).await
            }
            renamed => renamed,
        }
    }

    pub(super) async fn remove(
        &self,
        session: &mut Session,
        parts: &[&str],
        is_plain: bool,
        name: &str,
    ) -> Result<(), Fault> {
        let along = self.along(parts);
        let looks = self.looks(session, &along).await?;
        let (last, above) = looks.split_last().unwrap_or((&None, &[]));
        let is_reached = above.iter().all(|attrs| attrs.is_some_and(|attrs| attrs.is_folder()));
        let Some(attrs) = last.filter(|_| is_reached) else { return Ok(()) };
        if attrs.is_folder() {
            return Err(Refusal::new(RefusalCode::IsAFolder).with("file", name).into());
        }
        if !attrs.is_file() {
            return Ok(());
        }
        let (target, folders) = along.split_last().map(|(last, above)| (last.as_str(), above)).unwrap_or_default();
        match session.done(|id| Packet::new(kind::REMOVE, id).text(target)).await {
            Ok(()) => {}
            Err(Fault::No(code, _)) if is_absent(code) => {}
            Err(Fault::No(code::FAILURE, _)) if is_plain => {
                return Err(Refusal::new(RefusalCode::Locked).with("file", name).into());
            }
            Err(fault) => return Err(fault),
        }
        // Empty folders of plain copies go with their last file; a folder that still holds something stays by itself.
        for folder in folders.iter().skip(1).rev().filter(|_| is_plain) {
            match session.done(|id| Packet::new(kind::RMDIR, id).text(folder)).await {
                Ok(()) => {}
                Err(Fault::No(..)) => break,
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// Makes the folders that are not there, of paths that were looked at; `but` is the file itself.
    async fn make_folders(
        &self,
        session: &mut Session,
        paths: &[String],
        looks: &[Option<Attrs>],
        but: &str,
    ) -> Result<(), Fault> {
        for (path, look) in paths.iter().zip(looks).filter(|(path, _)| *path != but) {
            match look {
                Some(attrs) if attrs.is_folder() => continue,
                Some(_) => return Err(Refusal::new(RefusalCode::NoPermission).with("path", path.as_str()).into()),
                None => {}
            }
            let made = session.done(|id| Packet::new(kind::MKDIR, id).text(path).number(0)).await;
            if let Err(Fault::No(code, words)) = made {
                // Somebody else may just have made it.
                let looking = session.send(|id| Packet::new(kind::LSTAT, id).text(path)).await?;
                if !session.attrs(looking).await?.is_some_and(|attrs| attrs.is_folder()) {
                    return Err(self.why(session, Fault::No(code, words), 0, false).await);
                }
            } else {
                made?;
            }
        }
        Ok(())
    }

    async fn stands(&self, session: &mut Session, path: &str) -> Result<bool, Fault> {
        let looking = session.send(|id| Packet::new(kind::LSTAT, id).text(path)).await?;
        Ok(session.attrs(looking).await?.is_some())
    }

    /// Removes a file of ours, as well as it can be.
    async fn drop_file(&self, session: &mut Session, path: &str) -> Result<(), Fault> {
        match session.done(|id| Packet::new(kind::REMOVE, id).text(path)).await {
            Err(fault) if !goes_on(&fault) => Err(fault),
            _ => Ok(()),
        }
    }

    /// A new file with all of the content, kept by the server's disk where it can; on an error, none.
    async fn write_new(&self, session: &mut Session, path: &str, content: &mut Content<'_>) -> Result<(), Fault> {
        let opening = session.send(|id| Packet::new(kind::OPEN, id).text(path).number(NEW).number(0)).await?;
        let handle = match session.handle(opening).await {
            Ok(handle) => handle,
            Err(fault) => return Err(self.why(session, fault, 0, false).await),
        };
        let patience = session.patience.for_bytes(content.size_bytes);
        let written = timeout(patience, write_all(session, &handle, content)).await.unwrap_or(Err(Fault::Late));
        let closed = match written {
            Ok(()) => self.close_kept(session, &handle).await,
            Err(fault) if goes_on(&fault) => {
                session.send_only(|id| Packet::new(kind::CLOSE, id).text(&handle)).await?;
                Err(fault)
            }
            Err(fault) => return Err(fault),
        };
        match closed {
            Err(fault) if goes_on(&fault) => {
                let why = self.why(session, fault, content.size_bytes, true).await;
                self.drop_file(session, path).await?;
                Err(why)
            }
            closed => closed,
        }
    }

    /// Asks the server's disk to keep a file, and closes it. Servers that cannot are noted, not refused.
    async fn close_kept(&self, session: &mut Session, handle: &[u8]) -> Result<(), Fault> {
        let syncing = match session.offers.fsync {
            true => {
                Some(session.send(|id| Packet::new(kind::EXTENDED, id).text("fsync@openssh.com").text(handle)).await?)
            }
            false => None,
        };
        let closing = session.send(|id| Packet::new(kind::CLOSE, id).text(handle)).await?;
        let synced = match syncing {
            Some(id) => session.is_done(id).await,
            None => Err(Fault::No(code::UNSUPPORTED, String::new())),
        };
        let closed = session.is_done(closing).await;
        match synced {
            // OpenSSH says so where the disk itself knows no such thing.
            Err(Fault::No(code::UNSUPPORTED | code::BAD_MESSAGE, _)) => {
                self.durable.store(false, Ordering::Relaxed);
                closed
            }
            Err(fault) => Err(fault),
            Ok(()) => closed,
        }
    }

    /// Copies a temp file of ours to its name, where the server did not let it be renamed.
    async fn copy(&self, session: &mut Session, from: &str, to: &str) -> Result<(), Fault> {
        let opening = session.send(|id| Packet::new(kind::OPEN, id).text(from).number(FOR_READING).number(0)).await?;
        let source = session.handle(opening).await?;
        let opening = session.send(|id| Packet::new(kind::OPEN, id).text(to).number(NEW).number(0)).await?;
        let target = match session.handle(opening).await {
            Ok(target) => target,
            Err(fault) => return Err(self.why(session, fault, 0, false).await),
        };
        let copied = copy_all(session, &source, &target).await;
        session.send_only(|id| Packet::new(kind::CLOSE, id).text(&source)).await?;
        let copied = match copied {
            Ok(()) => self.close_kept(session, &target).await,
            Err(fault) => {
                session.send_only(|id| Packet::new(kind::CLOSE, id).text(&target)).await?;
                Err(fault)
            }
        };
        match copied {
            Err(fault) if goes_on(&fault) => {
                let why = self.why(session, fault, 0, true).await;
                self.drop_file(session, to).await?;
                Err(why)
            }
            copied => copied,
        }
    }

    /// Why the server refused to write, where it only says that it did: the disk is full, or read-only. `is_open` says that
    /// the file was open already; then what is left is a quota, which no server tells beforehand.
    async fn why(&self, session: &mut Session, fault: Fault, needed: u64, is_open: bool) -> Fault {
        let Fault::No(code::FAILURE, words) = fault else { return fault };
        let room = match session.room(&self.way.address.path(&[])).await {
            Ok(room) => room,
            Err(Fault::No(..)) => None,
            Err(fault) => return fault,
        };
        match room {
            Some(room) if room.read_only => Fault::No(code::PERMISSION_DENIED, words),
            Some(room) if room.free_bytes <= needed || room.free_files == 0 => Fault::No(code::NO_SPACE, words),
            _ if is_open => Fault::No(code::QUOTA, words),
            _ => Fault::No(code::FAILURE, words),
        }
    }

    /// Removes temp files that a crash left behind, once for each folder. Only ones a day older than the one that was just
    /// written: another Larder of the same device may be writing.
    async fn sweep(&self, session: &mut Session, temps: &str, own: &str) -> Result<(), Fault> {
        {
            let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
            if !swept.insert(temps.to_owned()) {
                return Ok(());
            }
        }
        let mut found = Vec::new();
        let opening = session.send(|id| Packet::new(kind::OPENDIR, id).text(temps)).await?;
        let handle = match session.handle(opening).await {
            Ok(handle) => handle,
            Err(Fault::No(..)) => return Ok(()),
            Err(fault) => return Err(fault),
        };
        let reading = read_names(session, &handle, 10_000, |named| {
            let is_ours = named.name.starts_with(b"t-") && named.name.ends_with(b".tmp");
            if let (true, true, Some(at), Ok(name)) =
                (is_ours, named.attrs.is_file(), named.attrs.modified, String::from_utf8(named.name))
            {
                found.push((name, at));
            }
        });
        match reading.await {
            Err(fault) if !goes_on(&fault) => return Err(fault),
            _ => session.send_only(|id| Packet::new(kind::CLOSE, id).text(&handle)).await?,
        }
        let own = own.rsplit('/').next().unwrap_or_default();
        // The server's clock against itself: ours may be another.
        let Some(now) = found.iter().find(|(name, _)| name == own).map(|(_, at)| *at) else { return Ok(()) };
        for (name, at) in found {
            if at.saturating_add(OLD_TEMP) < now && !name.contains('/') {
                self.drop_file(session, &format!("{}/{name}", temps.trim_end_matches('/'))).await?;
            }
        }
        Ok(())
    }
}

/// Writes all of the content, several pieces on their way at a time.
async fn write_all(session: &mut Session, handle: &[u8], content: &mut Content<'_>) -> Result<(), Fault> {
    let mut piece = vec![0_u8; session.write_chunk as usize];
    let ahead = usize::try_from(AHEAD_BYTES / u64::from(session.write_chunk)).unwrap_or(1).max(1);
    let mut asked = VecDeque::new();
    let mut total = 0_u64;
    loop {
        let got = content.next(&mut piece)?;
        if got == 0 {
            break;
        }
        let at = total;
        total += got as u64;
        if total > content.size_bytes {
            break;
        }
        let bytes = piece.get(..got).unwrap_or_default();
        let sent = session.send(|id| Packet::new(kind::WRITE, id).text(handle).long(at).text(bytes));
        asked.push_back(sent.await?);
        if asked.len() >= ahead
            && let Some(id) = asked.pop_front()
        {
            session.is_done(id).await?;
        }
    }
    for id in asked {
        session.is_done(id).await?;
    }
    if total == content.size_bytes {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::Busy).with("what", content.name).into())
    }
}

async fn copy_all(session: &mut Session, source: &[u8], target: &[u8]) -> Result<(), Fault> {
    let chunk = session.read_chunk.min(session.write_chunk);
    let mut at = 0_u64;
    loop {
        let read = session.ask(|id| Packet::new(kind::READ, id).text(source).long(at).number(chunk)).await?;
        let data = match read {
            Answer::Data(data) if !data.is_empty() => data,
            Answer::Status(code::EOF, _) => return Ok(()),
            Answer::Status(code, words) => return Err(Fault::No(code, words)),
            _ => return Err(Fault::Garbled),
        };
        session.done(|id| Packet::new(kind::WRITE, id).text(target).long(at).text(&data)).await?;
        at += data.len() as u64;
    }
}
