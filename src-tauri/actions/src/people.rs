//! People on the shelf: who is here, with which computers, who waits to be confirmed, and what you may do about each.

use std::collections::BTreeMap;

use larder_model::{Refusal, WriterId, search_text};
use larder_shelf::{Alert, DeviceStanding, Member, MemberDevice};

use crate::Larder;
use crate::cards::CardMaker;
use crate::known::{self, Known};
use crate::wire::{DeviceDeed, DeviceNote, LabelCard, MemberNote, Nothing, PeoplePage, PersonDeed, ProposalNote};

/// Everyone on the shelf.
pub fn people(larder: &Larder, _: Nothing) -> Result<PeoplePage, Refusal> {
    let rooms = larder.rooms();
    let Some(shelf) = rooms.shelf()? else {
        return Ok(PeoplePage::default());
    };
    let maker = CardMaker::new(larder, &rooms)?;
    let mut kept: BTreeMap<String, Vec<LabelCard>> = BTreeMap::new();
    for seen in rooms.seen.latest_without_profiles(Some(&shelf.id))? {
        let card = maker.card(&seen);
        kept.entry(card.keeper.clone()).or_default().push(card);
    }
    let known = known::known(&rooms, &shelf)?;
    let computer = larder.host.computer_name();
    let eyes = Eyes::new(&known, rooms.device.writer(), &computer);
    let mut members: Vec<MemberNote> = known.people.iter().map(|m| eyes.member(m, &kept)).collect();
    members.sort_by_key(|m| (!m.is_me, search_text(&m.person.name)));
    let is_there = |fits: fn(&Alert) -> bool| known.alerts.iter().any(fits);
    let forked = is_there(|a| matches!(a, Alert::RosterFork | Alert::RulesFork));
    Ok(PeoplePage {
        members,
        may_confirm: eyes.decides,
        threshold: known.threshold,
        stewards: eyes.stewards,
        proposals: known.proposals.iter().map(|p| eyes.proposal(p)).collect(),
        hints: known.hints.clone(),
        forked,
        arriving: is_there(|a| matches!(a, Alert::RosterArriving | Alert::RulesArriving)),
        may_heal: forked && eyes.decides,
        may_invite: known.me().is_some_and(|me| me.confirmed),
        founder_words: known.founder_words.clone(),
        outcome: None,
    })
}

/// What one computer sees of the others.
pub(crate) struct Eyes<'k> {
    known: &'k Known,
    this: WriterId,
    /// The device of this computer, once its card has arrived on the shelf.
    own: Option<&'k MemberDevice>,
    computer: &'k str,
    /// This computer may decide.
    pub decides: bool,
    /// People who may.
    pub stewards: u32,
}

impl<'k> Eyes<'k> {
    pub fn new(known: &'k Known, this: WriterId, computer: &'k str) -> Eyes<'k> {
        let own = known.people.iter().flat_map(|m| &m.devices).find(|d| d.writer == this);
        let stewards = known.people.iter().filter(|m| m.devices.iter().any(|d| d.steward)).count();
        Eyes {
            decides: known.decides(&this),
            stewards: u32::try_from(stewards).unwrap_or(u32::MAX),
            known,
            this,
            own,
            computer,
        }
    }

    fn member(&self, member: &Member, kept: &BTreeMap<String, Vec<LabelCard>>) -> MemberNote {
        let looks_like = self.known.alerts.iter().find_map(|alert| match alert {
            Alert::LookAlike { writer, like, .. } if member.writers.contains(writer) => Some(like.clone()),
            _ => None,
        });
        let second_of = member.second_of.as_ref().map(|person| self.known.name_of(person));
        MemberNote {
            id: member.person_id.clone(),
            keeps: kept.get(&member.person.name).cloned().unwrap_or_default(),
            person: member.person.clone(),
            writers: member.writers.clone(),
            devices: member.devices.iter().map(|device| self.device(member, device)).collect(),
            confirmed: member.confirmed,
            steward: member.steward,
            is_me: member.is_me,
            words: member.words.to_vec(),
            second_of,
            wish: member.wish.as_ref().map(|wish| wish.name.clone()),
            has_key: !member.recipients.is_empty(),
            looks_like,
            may: self.about_person(member),
        }
    }

    fn about_person(&self, member: &Member) -> Vec<PersonDeed> {
        if !self.decides {
            return Vec::new();
        }
        let mut may = Vec::new();
        if !member.confirmed {
            // Who says to be somebody who is there has to be named by one of their computers first, or takes their place.
            if member.second_of.is_some() || self.known.confirmed(&member.person_id).is_none() {
                may.push(PersonDeed::Confirm);
            }
            if member.second_of.is_none() {
                may.push(PersonDeed::TakeOver);
            }
            return may;
        }
        if member.wish.is_some() {
            may.push(PersonDeed::Rename);
        }
        let can_spare = !member.steward || self.can_spare();
        if member.devices.iter().any(|d| d.standing == DeviceStanding::Active && !d.steward) {
            may.push(PersonDeed::MakeSteward);
        }
        if member.steward && can_spare {
            may.push(PersonDeed::UnmakeSteward);
        }
        if can_spare {
            may.push(PersonDeed::Remove);
        }
        may
    }

    /// Whether one steward less is still enough to decide anything.
    fn can_spare(&self) -> bool {
        self.stewards > self.known.threshold.max(1)
    }

    fn device(&self, member: &Member, device: &MemberDevice) -> DeviceNote {
        let is_this = device.writer == self.this;
        let names_me = device.links.contains(&self.this);
        let named = self.own.is_some_and(|own| own.links.contains(&device.writer));
        let open = !is_this && self.may_be_mine(member, device);
        let mut may = Vec::new();
        if open && !named {
            may.push(DeviceDeed::Link);
        }
        if self.decides && self.can_end(member, device) {
            if device.standing == DeviceStanding::Active {
                may.push(DeviceDeed::Retire);
            }
            // Whoever loses this one says so on another.
            if !is_this && matches!(device.standing, DeviceStanding::Active | DeviceStanding::Retired) {
                may.push(DeviceDeed::Revoke);
            }
        }
        DeviceNote {
            writer: device.writer.clone(),
            standing: device.standing,
            steward: device.steward,
            words: device.words.to_vec(),
            is_this,
            name: is_this.then(|| self.computer.to_owned()).filter(|name| !name.is_empty()),
            introduced_at: device.introduced_at.clone(),
            active_at: device.active_at.clone(),
            last_good_seq: device.last_good_seq,
            says_is_mine: open && names_me && !named,
            waits_for_it: open && named && !names_me,
            may,
        }
    }

    /// Whether a device could be another one of the reader's: one of the two has still to be put on the roster.
    fn may_be_mine(&self, member: &Member, device: &MemberDevice) -> bool {
        let in_use = matches!(device.standing, DeviceStanding::Asks | DeviceStanding::Active);
        let own = self.own.map(|own| own.standing);
        let both = own == Some(DeviceStanding::Active) && member.confirmed;
        in_use && !both && matches!(own, Some(DeviceStanding::Asks | DeviceStanding::Active))
    }

    /// Whether enough stewards are left without it.
    fn can_end(&self, member: &Member, device: &MemberDevice) -> bool {
        let last_of_theirs = device.steward && member.devices.iter().filter(|d| d.steward).count() == 1;
        member.confirmed && (!last_of_theirs || self.can_spare())
    }

    /// A proposal with names in the place of ids.
    pub fn proposal(&self, proposal: &larder_shelf::Proposal) -> ProposalNote {
        let by = self.known.of_writer(&proposal.by);
        let names = |people: &[larder_model::PersonId]| people.iter().map(|id| self.known.name_of(id)).collect();
        ProposalNote {
            hash: proposal.hash.clone(),
            rules: proposal.rules,
            by: by.map_or_else(|| proposal.by.to_string(), |member| member.person.name.clone()),
            by_me: by.is_some_and(|member| member.is_me),
            at: proposal.at.clone(),
            signed: names(&proposal.signed),
            unsigned: names(&proposal.unsigned),
            missing: proposal.missing,
            may_sign: proposal.mine_to_sign,
            changes: proposal.changes.clone(),
        }
    }
}
