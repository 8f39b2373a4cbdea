//! Writing to a WebDAV folder. A file gets its final name at once; whoever reads it before it is whole, or after the line
//! broke, sees by its hash that it is not there yet.

use std::io::Read;
use std::sync::PoisonError;

use larder_model::{Refusal, RefusalCode};
use reqwest::Method;
use reqwest::header::IF_NONE_MATCH;
use url::Url;

use super::super::Place;
use super::super::net::{Answer, Ask, Body, Content};
use super::{ABOUT, About, WebDav, about_row, method, own_path, refused};
use crate::names;

impl WebDav {
    pub(super) fn put_new(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        let parts = names::written(name)?;
        let content = Content::take(name, content, size_bytes)?;
        let taken = || Refusal::new(RefusalCode::Taken).with("name", name);
        if self.stat(name)?.is_some() {
            return Err(taken());
        }
        let answer = self.send_content(&parts, &content, true)?;
        match answer.status.as_u16() {
            200..=206 => done(answer),
            412 => Err(taken()),
            _ => Err(told(refused(answer, true), name, size_bytes)),
        }
    }

    pub(super) fn put_over(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        let parts = names::plain(name)?;
        let content = Content::take(name, content, size_bytes)?;
        let answer = self.send_content(&parts, &content, false)?;
        match answer.status.as_u16() {
            200..=206 => done(answer),
            // Some servers would put it into a folder of that name, others say this.
            403 | 405 | 409 if self.stat(name)?.is_some_and(|entry| entry.folder) => {
                Err(Refusal::new(RefusalCode::IsAFolder).with("file", name))
            }
            _ => Err(told(refused(answer, true), name, size_bytes)),
        }
    }

    /// Sends it; once more where the folders above it went away meanwhile.
    fn send_content(&self, parts: &[&str], content: &Content, new: bool) -> Result<Answer, Refusal> {
        let url = self.url(parts, false);
        let above = parts.split_last().map_or(&[][..], |(_, above)| above);
        let send = || {
            self.make_folder(above)?;
            let ask = Ask { body: Body::Content(content), ..Ask::new(Method::PUT, &url) };
            // Where a server keeps to it, two who write the same name cannot. Where it does not, the hash decides.
            self.net.send(&if new { ask.with(IF_NONE_MATCH, "*") } else { ask })
        };
        let answer = send()?;
        if !matches!(answer.status.as_u16(), 404 | 409) {
            return Ok(answer);
        }
        answer.finish();
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
        send()
    }

    /// Makes a folder and those above it. The root itself is never made.
    fn make_folder(&self, parts: &[&str]) -> Result<(), Refusal> {
        let name = parts.join("/");
        if parts.is_empty() || self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(&name) {
            return Ok(());
        }
        let url = self.url(parts, true);
        let mut answer = self.make(&url)?;
        // Most files go where there is a folder already, so those above are only asked about when this one could not be.
        if matches!(answer.status.as_u16(), 404 | 409) {
            answer.finish();
            match parts.split_last() {
                Some((_, above)) if !above.is_empty() => self.make_folder(above)?,
                _ => self.here()?,
            }
            answer = self.make(&url)?;
        }
        match answer.status.as_u16() {
            // 405 says that there is one.
            200..=206 | 405 => answer.finish(),
            _ => {
                let refusal = refused(answer, true);
                if !self.stat(&name)?.is_some_and(|entry| entry.folder) {
                    return Err(refusal);
                }
            }
        }
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        Ok(())
    }

    fn make(&self, url: &Url) -> Result<Answer, Refusal> {
        self.net.send(&Ask::new(method(b"MKCOL"), url))
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), Refusal> {
        let is_plain = name.starts_with(names::CURRENT);
        let parts = if is_plain { names::plain(name)? } else { names::written(name)? };
        // A folder would go with everything in it.
        match self.stat(name)? {
            None => return Ok(()),
            Some(entry) if entry.folder => return Err(Refusal::new(RefusalCode::IsAFolder).with("file", name)),
            Some(_) => {}
        }
        let answer = self.net.send(&Ask::new(Method::DELETE, &self.url(&parts, false)))?;
        match answer.status.as_u16() {
            404 | 410 | 200..=206 => answer.finish(),
            207 => return Err(Refusal::new(RefusalCode::Locked).with("file", name)),
            _ => return Err(told(refused(answer, true), name, 0)),
        }
        if is_plain {
            self.remove_empty(&parts);
        }
        Ok(())
    }

    /// Empty folders of plain copies go with their last file.
    fn remove_empty(&self, parts: &[&str]) {
        for inside in (2..parts.len()).rev() {
            let folder = parts.get(..inside).unwrap_or_default();
            let url = self.url(folder, true);
            // Some servers do not list what begins with a dot, and would delete it with the folder.
            let note = self.stat(&format!("{}/{}", folder.join("/"), names::MANIFEST));
            if !matches!(note, Ok(None)) || !self.is_empty_folder(&url) {
                return;
            }
            let answer = self.net.send(&Ask::new(Method::DELETE, &url));
            self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
            match answer {
                Ok(answer) if answer.status.is_success() => answer.finish(),
                _ => return,
            }
        }
    }

    /// Whether there is nothing in a folder, also nothing whose name we would pass over.
    fn is_empty_folder(&self, url: &Url) -> bool {
        let own = own_path(url);
        let (mut itself, mut others) = (false, false);
        let there = self.ask(url, "1", ABOUT, &mut |row| match about_row(url, &own, &row) {
            Some(About::Itself) => itself = row.folder,
            _ => others = true,
        });
        matches!(there, Ok(true)) && itself && !others
    }
}

fn done(answer: Answer) -> Result<(), Refusal> {
    answer.finish();
    Ok(())
}

/// With what its sentence says about the file.
fn told(refusal: Refusal, name: &str, size_bytes: u64) -> Refusal {
    match refusal.code {
        RefusalCode::NoSpace => refusal.with("needed_bytes", size_bytes),
        RefusalCode::Locked | RefusalCode::TooLarge => refusal.with("file", name),
        _ => refusal,
    }
}
