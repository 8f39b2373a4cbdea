//! People and invitations from a terminal: named by their names, their computers by six words.

use std::path::Path;

use larder_model::{PersonId, Refusal, RefusalCode, WriterId, search_text};
use larder_shelf::{DeviceStanding, are_words};

use super::Terminal;
use super::shelf::folder_at;
use crate::invite::{self, Invited};
use crate::wire::{
    ConfirmRequest, DeviceHistory, DeviceNote, DeviceRequest, InvitationNote, InvitationRequest, Invite, InviteRequest,
    LostAfter, MemberNote, MemberRequest, Nothing, PeoplePage, ProposalNote, RevokeRequest, SetUpRequest, ShelfNote,
    SignRequest, TakeOverRequest, ThresholdRequest,
};
use crate::{govern, people};

/// Something that is decided about people. A person is named by name or id; a computer by its six words, its id, or its owner's
/// name where there is but one that is meant.
#[derive(Debug, Clone)]
pub enum PeopleDeed {
    /// Confirms who asks to be on the shelf.
    Confirm(Vec<String>),
    /// Calls somebody by the other name that they would like to have.
    Rename(String),
    /// Lets somebody confirm others, or no more.
    Steward {
        /// Who.
        person: String,
        /// No more.
        off: bool,
    },
    /// Sets how many have to sign.
    Threshold(u32),
    /// Takes a computer out of use.
    Retire(String),
    /// Stops a computer that was lost.
    Revoke {
        /// Which.
        device: String,
        /// The number of the last thing it said that counts; 0 for nothing.
        upto: Option<u64>,
    },
    /// Lets somebody go.
    Remove(String),
    /// Puts a new computer in the place of all that somebody had.
    TakeOver {
        /// Whose.
        person: String,
        /// The new one.
        device: String,
    },
    /// Says that another computer is one's own.
    Link(String),
    /// Signs what others proposed: the only one that waits, or the one whose hash begins so.
    Sign(Option<String>),
    /// Brings together what stands side by side.
    Heal,
}

fn unknown(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Unknown).with("what", what)
}

/// The only one of several.
fn only<T>(mut found: Vec<T>, name: &str) -> Result<T, Refusal> {
    match found.len() {
        0 => Err(unknown(name)),
        1 => Ok(found.remove(0)),
        _ => Err(Refusal::new(RefusalCode::Ambiguous).with("name", name)),
    }
}

fn member<'p>(page: &'p PeoplePage, name: &str, fits: impl Fn(&MemberNote) -> bool) -> Result<&'p MemberNote, Refusal> {
    let folded = search_text(name);
    let is_it = |m: &&MemberNote| {
        let words: Option<[String; 6]> = m.words.clone().try_into().ok();
        fits(m)
            && (search_text(&m.person.name) == folded
                || m.id.as_str() == name
                || words.is_some_and(|words| are_words(&words, name)))
    };
    only(page.members.iter().filter(is_it).collect(), name)
}

fn confirmed(page: &PeoplePage, name: &str) -> Result<PersonId, Refusal> {
    member(page, name, |m| m.confirmed).map(|m| m.id.clone())
}

fn device(page: &PeoplePage, name: &str, fits: impl Fn(&DeviceNote) -> bool) -> Result<WriterId, Refusal> {
    let folded = search_text(name);
    let all = || page.members.iter().flat_map(|m| m.devices.iter().map(move |d| (m, d)));
    let is_meant = |d: &DeviceNote| {
        let words: Option<[String; 6]> = d.words.clone().try_into().ok();
        d.writer.as_str() == name || words.is_some_and(|words| are_words(&words, name))
    };
    if let Some((_, device)) = all().find(|(_, d)| is_meant(d)) {
        return Ok(device.writer.clone());
    }
    let theirs = all().filter(|(m, d)| search_text(&m.person.name) == folded && fits(d));
    only(theirs.map(|(_, d)| d.writer.clone()).collect(), name)
}

fn proposal<'p>(page: &'p PeoplePage, hash: Option<&str>) -> Result<&'p ProposalNote, Refusal> {
    let begins = |p: &&ProposalNote| hash.map_or(p.may_sign, |hash| p.hash.starts_with(hash));
    only(page.proposals.iter().filter(begins).collect(), hash.unwrap_or("proposal"))
}

impl Terminal {
    /// Everyone on the shelf, as it stands there now.
    pub fn people(&self) -> Result<PeoplePage, Refusal> {
        self.refresh()?;
        people::people(&self.larder, Nothing {})
    }

    /// Decides something about them.
    pub fn decide(&self, deed: &PeopleDeed) -> Result<PeoplePage, Refusal> {
        let page = self.people()?;
        let larder = &self.larder;
        match deed {
            PeopleDeed::Confirm(names) => {
                let asks = names.iter().map(|name| member(&page, name, |m| !m.confirmed));
                let writers: Result<Vec<_>, _> = asks.map(|m| m.map(|m| m.writers.clone())).collect();
                govern::confirm_people(larder, ConfirmRequest { writers: writers?.concat() })
            }
            PeopleDeed::Rename(name) => {
                govern::rename_person(larder, MemberRequest { person: confirmed(&page, name)? })
            }
            PeopleDeed::Steward { person, off } => {
                let request = MemberRequest { person: confirmed(&page, person)? };
                if *off { govern::unmake_steward(larder, request) } else { govern::make_steward(larder, request) }
            }
            PeopleDeed::Threshold(threshold) => {
                govern::set_threshold(larder, ThresholdRequest { threshold: *threshold })
            }
            PeopleDeed::Retire(name) => {
                let writer = device(&page, name, |d| d.standing == DeviceStanding::Active)?;
                govern::retire_device(larder, DeviceRequest { writer })
            }
            PeopleDeed::Revoke { device: name, upto } => {
                let writer = device(&page, name, |d| d.standing == DeviceStanding::Active)?;
                let lost = self.lost_after(&writer, *upto)?;
                govern::revoke_device(larder, RevokeRequest { writer, lost })
            }
            PeopleDeed::Remove(name) => {
                govern::remove_person(larder, MemberRequest { person: confirmed(&page, name)? })
            }
            PeopleDeed::TakeOver { person, device: name } => {
                let writer = device(&page, name, |d| d.standing == DeviceStanding::Asks)?;
                let request =
                    TakeOverRequest { person: confirmed(&page, person)?, writer, lost: LostAfter::Everything };
                govern::take_over(larder, request)
            }
            PeopleDeed::Link(name) => {
                let writer = device(&page, name, |d| !d.is_this && d.standing != DeviceStanding::Revoked)?;
                govern::link_device(larder, DeviceRequest { writer })
            }
            PeopleDeed::Sign(hash) => {
                let hash = proposal(&page, hash.as_deref())?.hash.clone();
                govern::co_sign(larder, SignRequest { hash })
            }
            PeopleDeed::Heal => govern::heal_people(larder, Nothing {}),
        }
    }

    fn lost_after(&self, writer: &WriterId, upto: Option<u64>) -> Result<LostAfter, Refusal> {
        match upto {
            None => Ok(LostAfter::Everything),
            Some(0) => Ok(LostAfter::Nothing),
            Some(seq) => {
                let moments = self.device_history(writer)?.moments;
                let moment = moments.into_iter().find(|moment| moment.seq == seq);
                Ok(LostAfter::Moment { hash: moment.ok_or_else(|| unknown(&seq.to_string()))?.hash })
            }
        }
    }

    fn device_history(&self, writer: &WriterId) -> Result<DeviceHistory, Refusal> {
        govern::device_history(&self.larder, DeviceRequest { writer: writer.clone() })
    }

    /// What a computer said, to choose up to where it was in good hands.
    pub fn history_of(&self, name: &str) -> Result<DeviceHistory, Refusal> {
        let page = self.people()?;
        self.device_history(&device(&page, name, |d| d.standing != DeviceStanding::Asks)?)
    }

    /// An invitation; written to a file where one is named.
    pub fn invite(&self, hint: Option<&str>, out: Option<&Path>) -> Result<Invite, Refusal> {
        self.refresh()?;
        let request = InviteRequest { hint: hint.map(str::to_owned) };
        if let Some(out) = out {
            invite::write_invitation(&self.larder, &request, out)?;
        }
        invite::invite(&self.larder, request)
    }

    /// Reads an invitation: a link, or a file's path.
    pub fn invitation(&self, text: &str) -> Result<InvitationNote, Refusal> {
        let path = Path::new(text);
        let read = if invite::is_link(text) {
            let request = InvitationRequest::Text { text: text.to_owned() };
            return invite::read_invitation(&self.larder, request)?.ok_or_else(|| unknown(text));
        } else {
            invite::dropped(&self.larder, path)
        };
        let refuse = || Refusal::new(RefusalCode::Invalid).with("what", "invitation").with("value", text);
        read.unwrap_or_else(|| Err(refuse()))
    }

    /// Joins the shelf that an invitation is about: a link, a file's path, or six words. It stands in the folder at `address`;
    /// where none is named, in the one that was found.
    pub fn join(&self, invitation: &str, address: Option<&str>) -> Result<ShelfNote, Refusal> {
        let path = Path::new(invitation);
        let is_words = !invite::is_link(invitation) && !path.exists() && invitation.split_whitespace().count() > 1;
        let (invited, found) = if is_words {
            (Invited::Words { typed: invitation.to_owned(), shelf: String::new() }, None)
        } else {
            let note = self.invitation(invitation)?;
            (invite::known(&self.larder, &note.id)?, note.found.into_iter().next())
        };
        let address = match (address, found) {
            (Some(address), _) => folder_at(address)?.display().to_string(),
            (None, Some(found)) => found.path,
            (None, None) => return Err(Refusal::new(RefusalCode::Invalid).with("what", "at").with("value", "")),
        };
        let request = SetUpRequest { place: String::new(), name: String::new(), person: self.person()?, join: true };
        invite::join(&self.larder, &invited, &address, None, &request)?;
        self.start()?.shelf.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))
    }
}
