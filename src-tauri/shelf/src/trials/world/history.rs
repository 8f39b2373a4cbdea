//! What has to hold between one look and the next, and between readers of the same bytes.

use super::*;
use crate::Alert;
use crate::envelope::sha256;

impl World {
    /// Somebody looks, and everything that has to hold of that is checked.
    pub(super) fn look(&mut self, who: usize) {
        let place = self.seats[who].place.clone();
        let before = self.seats[who].desk.trust.clone();
        let mut desk = std::mem::replace(&mut self.seats[who].desk, Desk::nobody());
        let view = self.read(&mut desk, &place);
        let damaged = self.check_view(&place, &desk, &view, &before.floors);
        for refusal in damaged {
            desk.trust.note_damaged(&refusal);
        }
        self.seats[who].desk = desk;
        self.nothing_goes_back(who, &view);
        self.look_otherwise(who, before, &view);
        self.save(who);
    }

    /// I3 and I16: floors, releases and rosters only go up, and no product disappears.
    fn nothing_goes_back(&self, who: usize, view: &View) {
        let (seat, seed) = (&self.seats[who], self.seed);
        let roster = seat.roster();
        for (product, known) in &seat.accepted {
            // Only what a stolen device said is taken back.
            if holds::is_revoked(roster.as_ref(), &known.writer) {
                continue;
            }
            let now = seat.desk.trust.accepted(product);
            let kept = now.as_ref().is_some_and(|now| (now.0, &now.1) >= (known.n, &known.hash));
            assert!(kept || !known.confirmed, "I3, seed {seed}: {product} {} {now:?}", known.n);
            assert!(view.product(product).is_some(), "I16, seed {seed}: {product} is gone");
        }
        for (writer, floor) in &seat.floors {
            let now = seat.desk.trust.floors.get(writer);
            assert!(now.is_some_and(|now| now >= floor), "I3, seed {seed}: {writer} {floor} {now:?}");
        }
        let v = roster.map_or(0, |roster| roster.v);
        assert!(v >= seat.roster_v, "I3, seed {seed}: roster {} {v}", seat.roster_v);
    }

    fn save(&mut self, who: usize) {
        let seat = &mut self.seats[who];
        let known = |a: &crate::trust::Accepted| Known {
            n: a.loaded.release.n,
            hash: a.loaded.hash.clone(),
            writer: a.loaded.writer.clone(),
            confirmed: a.confirmed,
        };
        seat.accepted = seat.desk.trust.accepted.iter().map(|(p, a)| (p.clone(), known(a))).collect();
        seat.floors = seat.desk.trust.floors.clone();
        seat.roster_v = seat.roster().map_or(0, |roster| roster.v);
        seat.saved = serde_json::to_string(&seat.desk.trust).unwrap();
    }

    /// I4 and I15: the same look again, with the same memory or none, at the same bytes under other names.
    fn look_otherwise(&mut self, who: usize, before: Trust, view: &View) {
        let place = self.seats[who].place.clone();
        let sure = self.heads.of(&place.files(), &self.shelf).misnamed.is_empty();
        match self.dice.roll(6) {
            0 if sure => {
                let other = self.rearranged(&place, before.damaged.is_empty());
                let mut desk = std::mem::replace(&mut self.seats[who].desk, Desk::nobody());
                let now = std::mem::replace(&mut desk.trust, before);
                let again = self.read(&mut desk, &other);
                desk.trust = now;
                self.seats[who].desk = desk;
                assert_eq!(first_difference(&again, view), None, "I4, seed {}", self.seed);
            }
            1 => {
                let shelf = self.shelf.clone();
                let mut fresh = Desk::stranger(&shelf, 90);
                let view = self.read(&mut fresh, &place);
                self.check_view(&place, &fresh, &view, &BTreeMap::new());
                if !sure {
                    return;
                }
                let other = self.rearranged(&place, true);
                let mut second = Desk::stranger(&shelf, 90);
                let again = self.read(&mut second, &other);
                assert_eq!(first_difference(&again, &view), None, "I4, seed {}", self.seed);
            }
            _ => {}
        }
    }

    /// The same bytes under other names: doubled, renamed, and something else below `Current`.
    pub(super) fn rearranged(&mut self, place: &SimPlace, may_move: bool) -> SimPlace {
        let mut files = Files::new();
        for (name, bytes) in place.files() {
            if name.starts_with("Current") {
                files.insert(name, b"something else".to_vec());
                continue;
            }
            let (stem, tail) =
                name.rsplit_once('.').map_or((name.as_str(), String::new()), |(s, t)| (s, format!(".{t}")));
            let odd = format!("{stem} (Anna's conflicted copy){tail}");
            // A name of our grammar over other bytes is something that is arriving, and is not looked into.
            let roll = if oracle::is_arriving(&name, &bytes) { 9 } else { self.dice.roll(8) };
            if roll < 2 {
                files.insert(odd, bytes.clone());
            }
            if roll != 1 || !may_move {
                files.insert(name, bytes);
            }
        }
        files.insert(format!("Current/larder-data/{}", sha256(b"x")), b"junk".to_vec());
        let other = SimPlace::new();
        other.set_files(files);
        other
    }
}

/// A view without the forger, whose heads stand in other people's folders: whether they are met there is left open.
pub(super) fn without_the_forger(view: &View) -> View {
    let mut view = view.clone();
    let forger = forger_writer();
    view.people.retain(|member| !member.writers.contains(&forger));
    view.arrived.remove(&forger);
    view.alerts.retain(|alert| about(alert) != Some(&forger));
    view.has_news = false;
    view
}

/// Whom an alert is about.
pub(super) fn about(alert: &Alert) -> Option<&WriterId> {
    match alert {
        Alert::WentBackwards { writer }
        | Alert::Fork { writer }
        | Alert::SeqJump { writer }
        | Alert::SawNewer { writer, .. }
        | Alert::UnconfirmedVersion { writer, .. }
        | Alert::BadCounter { writer, .. }
        | Alert::NeedsNewer { writer }
        | Alert::LookAlike { writer, .. } => Some(writer),
        _ => None,
    }
}

/// Where two views part, with what stands around it.
pub(super) fn first_difference(a: &View, b: &View) -> Option<String> {
    let (a, b) = (without_the_forger(a), without_the_forger(b));
    if a == b {
        return None;
    }
    let (a, b) = (format!("{a:#?}"), format!("{b:#?}"));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
    let at = a.iter().zip(&b).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
    let around = |lines: &[&str]| lines[at.saturating_sub(12)..(at + 4).min(lines.len())].join(" ");
    Some(format!("{} <> {}", around(&a), around(&b)))
}
