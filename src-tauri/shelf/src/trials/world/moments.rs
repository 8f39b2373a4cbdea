//! What a device may write, and what has to stand at the moment when it puts a head.

use super::*;
use crate::envelope::{open, sha256};
use crate::names::{self, Room};
use crate::records::{CoSignature, FileList, State};
use crate::sim::Moment;

impl World {
    /// Takes in what a device wrote, finished or torn: others may get it, and the finished is what is true.
    pub(super) fn remember(&mut self, who: usize) {
        let (place, own, seed) = (self.seats[who].place.clone(), self.seats[who].own(), self.seed);
        let (written, deleted) = (place.written(), place.deleted());
        for name in &deleted[self.seats[who].deleted..] {
            assert!(name.starts_with(&own) || name.starts_with("Current/"), "I6, seed {seed}: {name} deleted");
        }
        for (name, bytes) in &written[self.seats[who].written..] {
            if name.starts_with("Current/") {
                assert!(names::plain(name).is_ok(), "I13, seed {seed}: {name}");
                continue;
            }
            assert!(names::written(name).is_ok(), "I13, seed {seed}: {name}");
            assert!(name.starts_with(&own), "I6, seed {seed}: {name}");
            let before = self.truth.insert(name.clone(), bytes.clone());
            assert!(before.is_none_or(|before| before == *bytes), "I7, seed {seed}: {name}");
            self.tells_no_secret(name, bytes);
            self.learn(name, bytes);
        }
        self.seats[who].written = written.len();
        self.seats[who].deleted = deleted.len();
        // Torn files were never told to be done, but one that is whole by chance counts.
        for (name, bytes) in place.files() {
            let torn = name.starts_with(&own) && !self.truth.contains_key(&name);
            if torn {
                self.tells_no_secret(&name, &bytes);
            }
            if torn && oracle::is_whole(&name, &bytes) {
                self.learn(&name, &bytes);
                self.truth.insert(name, bytes);
            }
        }
        for moment in place.take_moments() {
            self.totals.heads += 1;
            self.check_moment(who, &moment);
        }
    }

    /// I10: nothing that was ever sealed stands in a file in plain.
    fn tells_no_secret(&self, name: &str, bytes: &[u8]) {
        for (secret, _) in &self.secrets {
            let told = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!told, "I10, seed {}: {name} tells {secret}", self.seed);
        }
    }

    /// Remembers what records say, whoever signed them.
    pub(super) fn learn(&mut self, name: &str, bytes: &[u8]) {
        let shelf = &self.shelf;
        if name.contains("/r/")
            && let Some(release) = open::<Release>(bytes, shelf).good()
        {
            let hash = ReleaseHash::parse(&release.hash).unwrap();
            let about = release.body.about.get("v").and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            let text = match self.secrets.last().filter(|_| release.body.sealed) {
                // A record is read as soon as it is there, so it is that of the newest publication.
                Some((text, readers)) => {
                    self.readers.entry(hash.clone()).or_insert_with(|| readers.clone());
                    text.clone()
                }
                None => about,
            };
            self.tables.entry(hash).or_insert(text);
            self.releases.insert(release.hash, (release.writer, release.body));
        } else if name.contains("/g/")
            && let Some(roster) = open::<Roster>(bytes, shelf).good()
        {
            self.rosters.insert(roster.hash, (roster.writer, roster.body));
        } else if name.contains("/m/")
            && let Some(agreed) = open::<CoSignature>(bytes, shelf).good()
        {
            self.agreed.entry(agreed.body.roster).or_default().insert(agreed.writer);
        }
    }

    fn check_moment(&mut self, who: usize, moment: &Moment) {
        let (seed, me) = (self.seed, self.seats[who].writer());
        let shelf = self.shelf.clone();
        let head = open::<Head>(&moment.bytes, &shelf).good().unwrap();
        assert_eq!(head.writer, me, "I6, seed {seed}");
        let found = self.heads.of(&moment.files, &shelf);
        let own = found.by(&me);
        // I8: one more than all that stands there, or than all that it once said.
        let highest = own.last().map_or(0, |head| head.body.seq);
        let said = |seq: u64| {
            let start = format!("{}h/{seq:08}-", self.seats[who].own());
            self.truth.range(start.clone()..).next().is_some_and(|(name, _)| name.starts_with(&start))
        };
        let next = head.body.seq;
        assert!(next == highest + 1 || (next > highest && said(next - 1)), "I8, seed {seed}: {highest}, then {next}");
        let tips: BTreeSet<&String> = oracle::tips(own).into_iter().map(|tip| &tip.hash).collect();
        assert_eq!(head.body.prev.iter().collect::<BTreeSet<_>>(), tips, "I8, seed {seed}: own heads left out");
        let stood: BTreeSet<&String> = oracle::tips(own)
            .into_iter()
            .flat_map(|tip| tip.body.card.iter().chain(&tip.body.messages).chain(&tip.body.gov))
            .collect();
        for hash in head.body.messages.iter().chain(&head.body.card).filter(|hash| !stood.contains(hash)) {
            self.is_closed(moment, &names::record(me.as_str(), Room::Messages, hash), hash);
        }
        for hash in head.body.gov.iter().filter(|hash| !stood.contains(hash)) {
            self.is_closed(moment, &names::record(me.as_str(), Room::Rosters, hash), hash);
        }
        for hash in head.body.products.values().flatten() {
            let is_new = self.releases.get(hash.as_str()).is_some_and(|(_, release)| release.seq == next);
            if is_new {
                self.check_release(who, moment, hash);
            }
        }
    }

    /// I5: it stands there with the right bytes, and was read back.
    fn is_closed(&self, moment: &Moment, name: &str, hash: &str) -> Vec<u8> {
        let seed = self.seed;
        let bytes = moment.files.get(name).unwrap_or_else(|| panic!("I5, seed {seed}: {name} is not there"));
        assert_eq!(sha256(bytes), hash, "I5, seed {seed}: {name}");
        assert!(!moment.unread.contains(name), "I5, seed {seed}: {name} was not read back");
        bytes.clone()
    }

    /// I5: everything that a new release is made of, and what it says it comes from.
    fn check_release(&self, who: usize, moment: &Moment, hash: &ReleaseHash) {
        let seat = &self.seats[who];
        let me = seat.writer();
        let (_, release) = &self.releases[hash.as_str()];
        self.is_closed(moment, &names::record(me.as_str(), Room::Releases, hash.as_str()), hash.as_str());
        if let Some(list) = &release.list {
            let bytes = self.is_closed(moment, &names::blob(me.as_str(), list), list);
            let parts: Vec<String> = match (&release.keyring, seat.desk.trust.memo.opened_list(release)) {
                (Some(keyring), inside) => {
                    self.is_closed(moment, &names::blob(me.as_str(), keyring), keyring);
                    let files = inside.into_iter().flat_map(|list| &list.files);
                    files.flat_map(|file| file.parts.iter().map(|(part, _)| part.clone())).collect()
                }
                (None, _) => {
                    let files = FileList::read(&bytes).unwrap();
                    files.iter().flat_map(|file| file.parts.iter().map(|(part, _)| part.clone())).collect()
                }
            };
            for part in parts {
                self.is_closed(moment, &names::blob(me.as_str(), &part), &part);
            }
        }
        for parent in &release.parents {
            self.is_closed(moment, &names::record(me.as_str(), Room::Releases, parent.as_str()), parent.as_str());
            let (_, above) = &self.releases[parent.as_str()];
            let known = match &above.list {
                // Whether it was ever looked into is for who has a key to it.
                Some(_) if above.sealed => true,
                Some(list) => {
                    let accepted = seat.accepted.values().any(|known| known.hash == *parent);
                    accepted || seat.desk.trust.memo.lists.contains_key(list)
                }
                None => above.state == State::Retired,
            };
            assert!(known, "I5, seed {}: comes from {parent}, whose list it never had", self.seed);
        }
    }

    /// What a device just said to have seen, it has.
    pub(super) fn says_what_it_has(&mut self, who: usize) {
        let (me, seed) = (self.seats[who].writer(), self.seed);
        let shelf = self.shelf.clone();
        let Some(roster) = self.seats[who].roster() else { return };
        let files = self.seats[who].place.files();
        let found = self.heads.of(&files, &shelf);
        let (own, [newest]) = (found.by(&me), found.top(&me)) else { return };
        let everything = self.heads.of(&self.truth, &shelf);
        let active = |writer: &WriterId| {
            let mut all = roster.people.iter().flat_map(|p| &p.writers);
            all.any(|w| w.id == *writer && w.status != crate::records::Status::Revoked)
        };
        for (writer, mark) in newest.body.seen.iter().filter(|(writer, _)| active(writer)) {
            let before = own.iter().filter(|head| head.hash != newest.hash);
            if before.filter_map(|head| head.body.seen.get(writer)).any(|old| old.seq >= mark.seq) {
                continue;
            }
            let meant = everything.by(writer).iter().filter(|head| head.body.content == mark.seq);
            // A clone may have said something else under the same number.
            let mut each = meant.map(|head| {
                head.body.products.iter().all(|(product, releases)| self.has(who, product, releases.last()))
            });
            let said = each.next();
            assert!(said != Some(false) || each.any(|has| has), "seed {seed}: says to have all of {writer} {mark:?}");
        }
    }

    fn has(&self, who: usize, product: &ProductId, hash: Option<&ReleaseHash>) -> bool {
        let Some((hash, (_, release))) = hash.and_then(|hash| Some((hash, self.releases.get(hash.as_str())?))) else {
            return true;
        };
        let accepted = self.seats[who].desk.trust.accepted(product);
        !self.number_follows(release) || accepted.is_some_and(|(n, known)| (n, &known) >= (release.n, hash))
    }
}
