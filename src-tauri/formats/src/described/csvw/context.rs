//! CSVW 2015, section 5.2: `@context` with its language and base.

use crate::described::note::Log;
use crate::described::paths::{self, PathFault};
use crate::described::tree::{Fields, Node, Spot};

/// What `@context` sets for the whole document.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The language of texts without one.
    pub(super) language: Option<String>,
    /// The folder that paths start from, with `/` at its end or empty.
    folder: String,
}

impl Context {
    pub(super) fn read(fields: &mut Fields<'_>, log: &mut Log) -> Self {
        let mut context = Self::default();
        let Some(spot) = fields.take("@context") else { return context };
        for spot in spot.some(10, log) {
            if !matches!(spot.node, Node::Map(_)) {
                continue;
            }
            let Some(mut fields) = spot.fields(log) else { continue };
            context.language = fields.text("@language", log).or(context.language);
            if let Some(spot) = fields.take("@base") {
                context.folder = folder(&spot, log).unwrap_or_default();
            }
            fields.rest(log);
        }
        // Texts in the document's own language come after those that were asked for.
        log.languages.extend(context.language.iter().map(|tag| tag.to_lowercase()));
        log.languages.push("und".to_owned());
        context
    }

    /// The safe path of a URL reference.
    pub(super) fn path(&self, url: &str) -> Result<String, PathFault> {
        let path = paths::safe_url(url)?;
        Ok(format!("{}{path}", self.folder))
    }

    /// What a URL is called within the document, however it is written.
    pub(super) fn key(url: &str) -> String {
        paths::safe_url(url).unwrap_or_else(|_| url.to_owned())
    }
}

/// A base on the web is passed by: the files lie beside their description here.
fn folder(spot: &Spot<'_>, log: &mut Log) -> Option<String> {
    let base = spot.exact(log)?;
    let (folder, _) = base.rsplit_once('/')?;
    if matches!(folder, "" | ".") && !base.starts_with('/') {
        return None;
    }
    match paths::safe_url(folder) {
        Ok(path) => Some(format!("{path}/")),
        Err(fault) => {
            paths::refused(fault, &base, &spot.at, log);
            None
        }
    }
}
