//! An object whose names are taken one by one, so that the rest can be told.

use super::Node;
use super::node::{Spot, below};
use crate::described::note::{Log, NoteCode};

/// An object that remembers which of its names were asked for.
#[derive(Debug)]
pub(crate) struct Fields<'n> {
    entries: &'n [(String, Node)],
    asked: Vec<bool>,
    pub(crate) at: String,
}

impl<'n> Fields<'n> {
    pub(crate) fn new(entries: &'n [(String, Node)], at: String) -> Self {
        Self { entries, asked: vec![false; entries.len()], at }
    }

    /// The place of a name, whether it is there or not.
    pub(crate) fn place(&self, name: &str) -> String {
        below(&self.at, name)
    }

    /// Takes a value; a null counts as not there.
    pub(crate) fn take(&mut self, name: &str) -> Option<Spot<'n>> {
        let number = self.entries.iter().position(|(key, _)| key == name)?;
        if let Some(asked) = self.asked.get_mut(number) {
            *asked = true;
        }
        let (_, node) = self.entries.get(number)?;
        (!node.is_null()).then(|| Spot { node, at: self.place(name) })
    }

    /// The first of several names that is there; the others are left for the rest.
    pub(crate) fn take_any(&mut self, names: &[&str]) -> Option<Spot<'n>> {
        names.iter().find_map(|name| self.take(name))
    }

    /// Passes names by that need no place here, as long as their values are no lists or objects.
    pub(crate) fn pass(&mut self, names: &[&str]) {
        for ((key, node), asked) in self.entries.iter().zip(&mut self.asked) {
            *asked |= names.contains(&key.as_str()) && !matches!(node, Node::Map(_) | Node::List(_));
        }
    }

    /// Passes names by whose values say that there is nothing: false, -1, an empty text or list.
    pub(crate) fn pass_unset(&mut self, names: &[&str]) {
        for ((key, node), asked) in self.entries.iter().zip(&mut self.asked) {
            let is_unset = matches!(node.scalar(), Some("false" | "-1" | "0" | ""));
            *asked |=
                names.contains(&key.as_str()) && (is_unset || matches!(node, Node::List(items) if items.is_empty()));
        }
    }

    pub(crate) fn text(&mut self, name: &str, log: &mut Log) -> Option<String> {
        self.take(name)?.text(log)
    }

    pub(crate) fn exact(&mut self, name: &str, log: &mut Log) -> Option<String> {
        self.take(name)?.exact(log)
    }

    pub(crate) fn flag(&mut self, name: &str, log: &mut Log) -> Option<bool> {
        self.take(name)?.flag(log)
    }

    pub(crate) fn count(&mut self, name: &str, log: &mut Log) -> Option<u64> {
        self.take(name)?.count(log)
    }

    /// The items under a name, not more than `most`.
    pub(crate) fn some(&mut self, name: &str, most: usize, log: &mut Log) -> Vec<Spot<'n>> {
        self.take(name).map(|spot| spot.some(most, log)).unwrap_or_default()
    }

    /// Values exactly as written.
    pub(crate) fn values(&mut self, name: &str, most: usize, log: &mut Log) -> Vec<String> {
        self.some(name, most, log).iter().filter_map(|spot| spot.exact(log)).collect()
    }

    /// One character.
    pub(crate) fn mark(&mut self, name: &str, log: &mut Log) -> Option<char> {
        let spot = self.take(name)?;
        let text = spot.exact(log)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(mark), None) => Some(mark),
            (None, _) => None,
            _ => spot.wrong(log),
        }
    }

    /// Whether a name is there and says null.
    pub(crate) fn is_null(&mut self, name: &str) -> bool {
        let is_there = self.entries.iter().any(|(key, _)| key == name);
        is_there && self.take(name).is_none()
    }

    /// Notes every name that nobody asked for.
    pub(crate) fn rest(self, log: &mut Log) {
        self.rest_as(NoteCode::NotKept, log);
    }

    pub(crate) fn rest_as(self, code: NoteCode, log: &mut Log) {
        for ((name, node), asked) in self.entries.iter().zip(&self.asked) {
            if !asked && !node.is_null() {
                log.note(code, below(&self.at, name));
            }
        }
    }
}
