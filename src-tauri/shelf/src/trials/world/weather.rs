//! What sync clients, disks and strangers do.

use super::*;
use crate::envelope::{open, seal, sha256};

impl World {
    /// The sync client brings some files from one copy to another, in its way.
    pub(super) fn deliver(&mut self) {
        let from = self.dice.roll(self.seats.len());
        let to = (from + 1 + self.dice.roll(self.seats.len() - 1)) % self.seats.len();
        let there = self.seats[to].place.files();
        let files = self.seats[from].place.files().into_iter().filter(|(name, bytes)| there.get(name) != Some(bytes));
        let files: Vec<(String, Vec<u8>)> = files.filter(|(name, _)| !name.starts_with("Current")).collect();
        let own = self.seats[to].own();
        for _ in 0..1 + self.dice.roll(24) {
            let Some((name, bytes)) = self.dice.pick(&files) else { return };
            if !name.starts_with(&own) {
                self.deliver_one(to, name, bytes.clone());
            } else if self.truth.get(name) == Some(bytes) {
                // Nobody's client takes a damaged copy of one's own files for the better one, but it brings back lost ones.
                self.seats[to].place.set(name, bytes);
            }
        }
    }

    fn deliver_one(&mut self, to: usize, name: &str, mut bytes: Vec<u8>) {
        let place = self.seats[to].place.clone();
        match self.dice.roll(12) {
            0 => {
                bytes.truncate(self.dice.roll(bytes.len().max(1)));
                self.totals.torn += 1;
                place.set(name, &bytes);
            }
            1 => {
                let at = self.dice.roll(bytes.len().max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << self.dice.roll(8);
                }
                self.totals.flipped += 1;
                place.set(name, &bytes);
            }
            2 => {
                bytes.fill(0);
                self.totals.zeroed += 1;
                place.set(name, &bytes);
            }
            3 => {
                self.totals.doubled += 1;
                place.set(&format!("{name} (conflicted copy)"), &bytes);
            }
            4 => {
                self.totals.doubled += 1;
                place.unset(name);
                place.set(&format!("{}-DESKTOP-1.rec", name.trim_end_matches(".rec")), &bytes);
            }
            _ => place.set(name, &bytes),
        }
    }

    /// Some of other people's files are gone from somebody's copy; somebody edits a plain copy.
    pub(super) fn lose(&mut self, who: usize) {
        let seat = &self.seats[who];
        let own = seat.own();
        let files = seat.place.files().into_keys().filter(|name| !name.starts_with(&own) && !name.contains("shelf-"));
        let files: Vec<String> = files.collect();
        for _ in 0..1 + self.dice.roll(4) {
            let Some(name) = self.dice.pick(&files) else { return };
            self.seats[who].place.unset(name);
            self.totals.lost += 1;
        }
        self.seats[who].place.set("Current/sales/table.csv", b"edited");
    }

    /// A copy is set back to an older state, the own folder too; without one, this one is kept for later.
    pub(super) fn set_back(&mut self, who: usize) {
        let seat = &mut self.seats[who];
        match seat.backup.take() {
            Some(files) => {
                seat.place.set_files(files);
                self.totals.replayed += 1;
            }
            None => seat.backup = Some(seat.place.files()),
        }
    }

    /// Somebody who may write into the folder forges a head.
    pub(super) fn forge(&mut self, who: usize) {
        let seat = &self.seats[who];
        let files: Vec<(String, Vec<u8>)> =
            seat.place.files().into_iter().filter(|(name, _)| name.contains("/h/")).collect();
        let Some((name, bytes)) = self.dice.pick(&files).cloned() else { return };
        let Some(head) = open::<Head>(&bytes, &self.shelf).good() else { return };
        let mut body = head.body;
        body.seq += 1 + self.dice.roll(3) as u64;
        body.content = body.seq;
        for releases in body.products.values_mut() {
            releases.reverse();
        }
        let kind = self.dice.roll(3);
        let forged = match kind {
            // With a key that nobody knows.
            0 => seal(&forger(), &body).unwrap(),
            // With the right name and no signature.
            1 => {
                let text = String::from_utf8(bytes).unwrap();
                text.replacen("\\\"seq\\\":", "\\\"seq\\\":9", 1).into_bytes()
            }
            // An old head under a new name.
            _ => bytes,
        };
        *(if kind == 2 { &mut self.totals.replayed } else { &mut self.totals.forged }) += 1;
        let folder = name.split('/').nth(2).unwrap();
        let stem: String = sha256(&forged).chars().take(16).collect();
        self.seats[who].place.set(&format!("larder-data/w/{folder}/h/{:08}-{stem}.rec", body.seq), &forged);
    }

    /// Two of other people's files of one kind and size change places.
    pub(super) fn swap(&mut self, who: usize) {
        let seat = &self.seats[who];
        let own = seat.own();
        let files: Vec<(String, Vec<u8>)> =
            seat.place.files().into_iter().filter(|(n, _)| !n.starts_with(&own)).collect();
        for _ in 0..8 {
            let (Some((name, bytes)), Some((other, theirs))) = (self.dice.pick(&files), self.dice.pick(&files)) else {
                return;
            };
            let room = |name: &str| name.split('/').nth(3).map(str::to_owned);
            // What stands beside the rooms is not exchanged: without its founding record a shelf is none to whoever comes anew.
            let of_one_kind = room(name).is_some() && room(name) == room(other);
            if of_one_kind && bytes.len() == theirs.len() && bytes != theirs {
                self.seats[who].place.set(name, theirs);
                self.seats[who].place.set(other, bytes);
                self.totals.swapped += 1;
                return;
            }
        }
    }

    /// Somebody copies records of another shelf into this one.
    pub(super) fn copy_foreign(&mut self, who: usize) {
        for _ in 0..1 + self.dice.roll(12) {
            let Some((name, bytes)) = self.dice.pick(&self.foreign) else { return };
            self.seats[who].place.set(name, bytes);
            self.totals.forged += 1;
        }
    }
}
