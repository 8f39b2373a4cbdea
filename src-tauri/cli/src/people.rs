//! People and invitations on the terminal.

use std::path::Path;

use larder_actions::wire::{DeviceHistory, DeviceNote, MemberNote, Outcome, PeoplePage};
use larder_actions::{PeopleDeed, Terminal, Words};
use larder_model::{Params, Refusal, display_text};
use serde_json::Value;

use crate::args::PeopleVerb;
use crate::print;

/// Shows who is there, or decides something about them.
pub fn run(terminal: &Terminal, verb: Option<PeopleVerb>, json: bool) -> Result<(), Refusal> {
    let deed = match verb {
        None => return show(&terminal.people()?, json),
        Some(PeopleVerb::History { computer }) => return history(&terminal.history_of(&computer)?, json),
        Some(PeopleVerb::Confirm { names }) => PeopleDeed::Confirm(names),
        Some(PeopleVerb::Rename { name }) => PeopleDeed::Rename(name),
        Some(PeopleVerb::Steward { name, off }) => PeopleDeed::Steward { person: name, off },
        Some(PeopleVerb::Threshold { count }) => PeopleDeed::Threshold(count),
        Some(PeopleVerb::Retire { computer }) => PeopleDeed::Retire(computer),
        Some(PeopleVerb::Revoke { computer, upto }) => PeopleDeed::Revoke { device: computer, upto },
        Some(PeopleVerb::Remove { name }) => PeopleDeed::Remove(name),
        Some(PeopleVerb::Takeover { name, computer }) => PeopleDeed::TakeOver { person: name, device: computer },
        Some(PeopleVerb::Link { computer }) => PeopleDeed::Link(computer),
        Some(PeopleVerb::Cosign { hash }) => PeopleDeed::Sign(hash),
        Some(PeopleVerb::Heal) => PeopleDeed::Heal,
    };
    let page = terminal.decide(&deed)?;
    if json {
        print::json(&page);
        return Ok(());
    }
    if let Some(outcome) = &page.outcome {
        print::line(&told(&print::words(), outcome));
    }
    Ok(())
}

/// What became of a decision, as one sentence.
pub fn told(words: &Words, outcome: &Outcome) -> String {
    let (id, missing) = match outcome {
        Outcome::Unchanged => ("outcome-unchanged", 0),
        Outcome::Done => ("outcome-done", 0),
        Outcome::Proposed { missing } => ("outcome-proposed", *missing),
        Outcome::Named => ("outcome-named", 0),
        Outcome::BothNamed => ("outcome-both-named", 0),
    };
    words.with(id, &Params::from([("missing".to_owned(), u64::from(missing).into())]))
}

fn show(page: &PeoplePage, json: bool) -> Result<(), Refusal> {
    if json {
        print::json(page);
        return Ok(());
    }
    let words = print::words();
    let mut rows = Vec::new();
    for member in &page.members {
        rows.push(vec![display_text(&member.person.name, 40), standing(&words, member), member.words.join(" ")]);
        if let Some(wish) = &member.wish {
            let names = [("name", &member.person.name), ("wish", wish)];
            let names = names.map(|(key, name)| (key.to_owned(), display_text(name, 80).into()));
            rows.push(vec![String::new(), words.with("people-wishes", &Params::from(names))]);
        }
        if member.devices.len() > 1 {
            rows.extend(
                member
                    .devices
                    .iter()
                    .map(|device| vec![String::new(), of_device(&words, device), device.words.join(" ")]),
            );
        }
    }
    print::columns(&rows);
    if page.stewards > 1 {
        let count = Params::from([
            ("threshold".to_owned(), u64::from(page.threshold).into()),
            ("stewards".to_owned(), u64::from(page.stewards).into()),
        ]);
        print::line(&words.with("people-threshold", &count));
    }
    for proposal in &page.proposals {
        let about = Params::from([
            ("name".to_owned(), display_text(&proposal.by, 80).into()),
            ("missing".to_owned(), u64::from(proposal.missing).into()),
        ]);
        print::line(&format!(
            "{} {}",
            &proposal.hash[..12.min(proposal.hash.len())],
            words.with("people-proposed", &about)
        ));
        for change in &proposal.changes {
            print::line(&format!("- {}", print::decided(&words, &change.code, &change.params)));
        }
    }
    for hint in &page.hints {
        let told = serde_json::to_value(hint).unwrap_or_default();
        let id = format!("hint-{}", told["hint"].as_str().unwrap_or_default().replace('_', "-"));
        let count = told.get("threshold").and_then(Value::as_u64).unwrap_or_default();
        print::line(&words.with(&id, &Params::from([("threshold".to_owned(), count.into())])));
    }
    Ok(())
}

fn standing(words: &Words, member: &MemberNote) -> String {
    let id = match (member.confirmed, member.steward) {
        (false, _) => "people-waiting",
        (true, true) => "people-steward",
        (true, false) => "people-confirmed",
    };
    words.text(id)
}

fn of_device(words: &Words, device: &DeviceNote) -> String {
    let standing = serde_json::to_value(device.standing).ok().and_then(|v| v.as_str().map(str::to_owned));
    words.text(&format!("device-{}", standing.unwrap_or_default()))
}

fn history(history: &DeviceHistory, json: bool) -> Result<(), Refusal> {
    if json {
        print::json(history);
        return Ok(());
    }
    let rows: Vec<Vec<String>> =
        history.moments.iter().map(|m| vec![m.seq.to_string(), m.at.clone(), m.products.to_string()]).collect();
    print::columns(&rows);
    Ok(())
}

/// Invites to the shelf.
pub fn invite(terminal: &Terminal, hint: Option<&str>, out: Option<&Path>, json: bool) -> Result<(), Refusal> {
    let invite = terminal.invite(hint, out)?;
    if json {
        print::json(&invite);
        return Ok(());
    }
    if let Some(link) = &invite.link {
        print::line(link);
    }
    print::line(&invite.words.join(" "));
    Ok(())
}

/// Joins a shelf by an invitation.
pub fn join(terminal: &Terminal, invitation: &str, at: Option<&str>, json: bool) -> Result<(), Refusal> {
    let shelf = terminal.join(invitation, at)?;
    if json {
        print::json(&shelf);
    } else {
        print::line(&format!("{}\t{}", display_text(&shelf.name, 80), shelf.address));
    }
    Ok(())
}
