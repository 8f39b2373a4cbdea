//! What waits for more signatures, what it would change, and what would be better otherwise.

use std::collections::BTreeSet;

use larder_model::{HouseRules, Param, Params, PersonId, WriterId, display_text};

use super::decide::missing;
use crate::look::Scene;
use crate::records::{Roster, RosterPerson, Status};
use crate::roster::{Standing, Waiting, combine};
use crate::{Decided, DecidedCode, Hint, Proposal, caps};

/// Most changes that one proposal tells.
const CHANGES: usize = 200;

/// The next rosters and rules that wait for more signatures, oldest first.
pub(crate) fn proposals(standing: &Standing, me: &WriterId) -> Vec<Proposal> {
    let Some(now) = combine(standing.tips()) else { return Vec::new() };
    let rosters = standing.waiting.iter().map(|waiting| {
        let mut changes = roster_changes(&now, &waiting.record.body);
        if waiting.record.body.prev.len() > 1 {
            changes.insert(0, decided(DecidedCode::Healed, [("count", waiting.record.body.prev.len().into())]));
        }
        proposal(standing, me, waiting, &waiting.record.body.at, changes)
    });
    let in_force = standing.house.in_force();
    let rules = standing.house.waiting.iter().map(|waiting| {
        let mut changes = rule_changes(&in_force.rules, &waiting.record.body.rules.read().0);
        if waiting.record.body.prev.len() > 1 {
            changes.insert(0, decided(DecidedCode::Healed, [("count", waiting.record.body.prev.len().into())]));
        }
        Proposal { rules: true, ..proposal(standing, me, waiting, &waiting.record.body.at, changes) }
    });
    let mut all: Vec<Proposal> = rosters.chain(rules).collect();
    all.sort_by(|a, b| (&a.at, &a.hash).cmp(&(&b.at, &b.hash)));
    all.truncate(caps::ALERTS);
    all
}

fn proposal<T>(
    standing: &Standing,
    me: &WriterId,
    waiting: &Waiting<T>,
    at: &str,
    mut changes: Vec<Decided>,
) -> Proposal {
    let people = |writers: &BTreeSet<WriterId>| -> BTreeSet<PersonId> {
        let of = standing.tips().flat_map(|tip| tip.steward_people(writers));
        of.filter_map(PersonId::parse).collect()
    };
    let stewards: BTreeSet<WriterId> = standing.tips().flat_map(|tip| tip.stewards.iter().cloned()).collect();
    let signed = people(&waiting.signed);
    let unsigned: Vec<PersonId> = people(&stewards).difference(&signed).cloned().collect();
    let mine = people(&BTreeSet::from([me.clone()]));
    changes.truncate(CHANGES);
    Proposal {
        hash: waiting.record.hash.clone(),
        rules: false,
        by: waiting.record.writer.clone(),
        at: at.to_owned(),
        missing: missing(standing.tips(), &waiting.signed),
        mine_to_sign: mine.iter().any(|person| unsigned.contains(person)),
        signed: signed.into_iter().collect(),
        unsigned,
        changes,
    }
}

fn decided<const N: usize>(code: DecidedCode, values: [(&str, Param); N]) -> Decided {
    Decided { code, params: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Params>() }
}

fn shown(name: &str) -> Param {
    display_text(name, caps::NAME_CHARS).into()
}

/// What the next roster says otherwise.
fn roster_changes(now: &Roster, next: &Roster) -> Vec<Decided> {
    let mut changes = Vec::new();
    for person in &next.people {
        match now.people.iter().find(|p| p.person == person.person) {
            None => changes.push(decided(DecidedCode::PersonAdded, [("name", shown(&person.name))])),
            Some(before) => person_changes(before, person, &mut changes),
        }
    }
    let gone = now.people.iter().filter(|p| !next.people.iter().any(|n| n.person == p.person));
    changes.extend(gone.map(|p| decided(DecidedCode::PersonRemoved, [("name", shown(&p.name))])));
    let name_of = |writer: &WriterId| -> Param {
        let person = next.person_of(writer).or_else(|| now.person_of(writer));
        person.map_or_else(|| writer.as_str().into(), |person| shown(&person.name))
    };
    let named =
        |code, writer: &WriterId| decided(code, [("name", name_of(writer)), ("writer", writer.as_str().into())]);
    let added = next.stewards.iter().filter(|w| !now.stewards.contains(w));
    changes.extend(added.map(|w| named(DecidedCode::StewardAdded, w)));
    let removed = now.stewards.iter().filter(|w| !next.stewards.contains(w));
    changes.extend(removed.map(|w| named(DecidedCode::StewardRemoved, w)));
    if now.threshold != next.threshold {
        let values = [("before", u64::from(now.threshold).into()), ("after", u64::from(next.threshold).into())];
        changes.push(decided(DecidedCode::Threshold, values));
    }
    changes
}

fn person_changes(before: &RosterPerson, after: &RosterPerson, changes: &mut Vec<Decided>) {
    if (&before.name, &before.role) != (&after.name, &after.role) {
        let values = [("name", shown(&after.name)), ("before", shown(&before.name))];
        changes.push(decided(DecidedCode::PersonRenamed, values));
    }
    let counts = |person: &RosterPerson| person.writers.iter().any(|w| w.status != Status::Revoked);
    if counts(before) && !counts(after) {
        changes.push(decided(DecidedCode::PersonRemoved, [("name", shown(&after.name))]));
    }
    for writer in &after.writers {
        let known = before.writers.iter().find(|w| w.id == writer.id);
        if known.is_some_and(|known| known == writer) {
            continue;
        }
        let code = match writer.status {
            Status::Active => DecidedCode::DeviceAdded,
            Status::Retired => DecidedCode::DeviceRetired,
            Status::Revoked => DecidedCode::DeviceRevoked,
        };
        let mut change = decided(code, [("name", shown(&after.name)), ("writer", writer.id.as_str().into())]);
        if let Some(seq) = writer.last_good_seq {
            change.params.insert("seq".to_owned(), seq.into());
        }
        changes.push(change);
    }
}

/// What the next house rules say otherwise.
fn rule_changes(now: &HouseRules, next: &HouseRules) -> Vec<Decided> {
    let (before, after) = (rule_texts(now), rule_texts(next));
    let differ = before.into_iter().zip(after).filter(|((_, before), (_, after))| before != after);
    differ
        .map(|((what, before), (_, after))| {
            decided(
                DecidedCode::RuleChanged,
                [("what", what.into()), ("before", before.into()), ("after", after.into())],
            )
        })
        .collect()
}

/// Each rule as a code or a number; empty where nothing is asked.
fn rule_texts(rules: &HouseRules) -> [(&'static str, String); 8] {
    let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    let kinds = rules.kinds.as_ref().map(|kinds| kinds.iter().cloned().collect::<Vec<_>>().join(" "));
    [
        ("required", rules.required.iter().map(|rule| rule.as_str()).collect::<Vec<_>>().join(" ")),
        ("publishers", rules.publishers.as_str().to_owned()),
        ("retention_days", number(rules.retention_days.map(u64::from))),
        ("max_size_bytes", number(rules.max_size_bytes)),
        // Every kind, and no kind at all.
        ("kinds", kinds.map_or_else(String::new, |kinds| if kinds.is_empty() { "none".to_owned() } else { kinds })),
        ("review_days", number(rules.review_days.map(u64::from))),
        ("receipts", rules.receipts.to_string()),
        ("min_version", rules.min_version.clone().unwrap_or_default()),
    ]
}

/// What would be better otherwise, for whoever it concerns.
pub(crate) fn hints(scene: &Scene, me: &WriterId) -> Vec<Hint> {
    let mut hints = BTreeSet::new();
    // Forked now, or brought together by the newest head.
    let own = scene.voices.get(me).map_or(&[][..], |voice| &voice.heads);
    if own.len() > 1 || own.iter().any(|head| head.body.prev.len() > 1) {
        hints.insert(Hint::RecreateDevice);
    }
    let standing = &scene.standing;
    let Some(now) = combine(standing.tips()) else { return hints.into_iter().collect() };
    let counted = now.people.iter().filter(|p| p.writers.iter().any(|w| w.status != Status::Revoked)).count();
    let stewards = now.steward_people(&now.stewards).len();
    let threshold = now.threshold as usize;
    // Alone, there is nobody to ask.
    if stewards == 1 && threshold == 1 && counted > 1 {
        hints.insert(Hint::OneSteward);
    } else if stewards > 0 && stewards == threshold && threshold > 1 {
        hints.insert(Hint::NoSpareSteward { threshold: now.threshold });
    }
    // Side by side, the stewards of each can still agree on the next one.
    if stewards < threshold && !standing.fork {
        hints.insert(Hint::NoSteward);
    }
    hints.into_iter().collect()
}
