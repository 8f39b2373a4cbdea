//! People, their computers, who decides, and invitations.

use std::collections::BTreeMap;

use larder_model::{Person, PersonId, WriterId};
use larder_shelf::{Decided, DeviceStanding, HeadNote, Hint};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LabelCard, PlaceOffer};

/// Something that you may do about a person now. Texts are in the words under `person-may-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PersonDeed {
    /// Confirm them, after comparing six words.
    Confirm,
    /// Call them by the other name that they would like to have.
    Rename,
    /// Put this new computer in the place of all that somebody had who lost them.
    TakeOver,
    /// Let them confirm others and decide.
    MakeSteward,
    /// Let them no more.
    UnmakeSteward,
    /// Let them go: nothing that they say from now on counts.
    Remove,
}

impl PersonDeed {
    /// Every deed, so that the words can be proven complete.
    pub const ALL: [PersonDeed; 6] = {
        use PersonDeed::*;
        [Confirm, Rename, TakeOver, MakeSteward, UnmakeSteward, Remove]
    };
}

/// Something that you may do about a computer now. Texts are in the words under `device-may-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceDeed {
    /// Say that it is yours, after comparing six words on both screens.
    Link,
    /// Take it out of use; it is in good hands.
    Retire,
    /// Stop it; it was lost.
    Revoke,
}

impl DeviceDeed {
    /// Every deed, so that the words can be proven complete.
    pub const ALL: [DeviceDeed; 3] = {
        use DeviceDeed::*;
        [Link, Retire, Revoke]
    };
}

/// A computer of somebody on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceNote {
    /// Which.
    pub writer: WriterId,
    /// How it stands.
    pub standing: DeviceStanding,
    /// It may confirm others.
    pub steward: bool,
    /// Six words to compare by telephone.
    pub words: Vec<String>,
    /// It is this one.
    pub is_this: bool,
    /// Its name, of this computer only.
    pub name: Option<String>,
    /// When it last said whose it is, by its own clock, RFC 3339.
    pub introduced_at: Option<String>,
    /// When it last said anything that counts, by its own clock, RFC 3339.
    pub active_at: Option<String>,
    /// The number of the last thing it said that counts, where later ones do not.
    pub last_good_seq: Option<u64>,
    /// It says to be another computer of yours, and this one has not said so yet.
    pub says_is_mine: bool,
    /// This computer said that it is yours, and it has not said so yet.
    pub waits_for_it: bool,
    /// What you may do about it.
    pub may: Vec<DeviceDeed>,
}

/// Someone on the shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MemberNote {
    /// Their id. Of somebody who is not confirmed, only what they claim.
    pub id: PersonId,
    /// Who.
    pub person: Person,
    /// Their computers that count.
    pub writers: Vec<WriterId>,
    /// All their computers, with those that do not count any more.
    pub devices: Vec<DeviceNote>,
    /// Confirmed by a steward.
    pub confirmed: bool,
    /// May confirm others.
    pub steward: bool,
    /// It is you.
    pub is_me: bool,
    /// Six words to compare by telephone.
    pub words: Vec<String>,
    /// The name of somebody confirmed whose other computer this is, as both of them say: it only has to be confirmed.
    pub second_of: Option<String>,
    /// The name of somebody confirmed whose name looks like this one.
    pub looks_like: Option<String>,
    /// Another name that they would like to have; it counts once somebody who may has confirmed it.
    pub wish: Option<String>,
    /// Something can be sealed for them.
    pub has_key: bool,
    /// Data products that they keep.
    pub keeps: Vec<LabelCard>,
    /// What you may do about them.
    pub may: Vec<PersonDeed>,
}

/// The next roster or the next house rules, for which too few stewards have signed yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProposalNote {
    /// What to sign.
    pub hash: String,
    /// Whether it is about the house rules; else about people.
    pub rules: bool,
    /// Who proposed it.
    pub by: String,
    /// It was you.
    pub by_me: bool,
    /// When, RFC 3339.
    pub at: String,
    /// Names of the stewards who have signed.
    pub signed: Vec<String>,
    /// Names of those who have not.
    pub unsigned: Vec<String>,
    /// How many more have to.
    pub missing: u32,
    /// You may sign.
    pub may_sign: bool,
    /// What would be different. Texts are in the words under `decided-<code>`.
    pub changes: Vec<Decided>,
}

/// What became of something that was decided. Texts are in the words under `outcome-<state>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// It counted already.
    Unchanged,
    /// It counts.
    Done,
    /// Other stewards have to sign it, too.
    Proposed {
        /// How many.
        missing: u32,
    },
    /// This computer has said so; the other one still has to.
    Named,
    /// Both computers have said so; a steward has to confirm it.
    BothNamed,
}

/// Everyone on the shelf.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct PeoplePage {
    /// By name, you first.
    pub members: Vec<MemberNote>,
    /// You may confirm others, and decide with the other stewards.
    pub may_confirm: bool,
    /// How many stewards have to sign a decision.
    pub threshold: u32,
    /// How many may confirm others: at most so many can have to sign.
    pub stewards: u32,
    /// What waits for more signatures, oldest first.
    pub proposals: Vec<ProposalNote>,
    /// What would be better otherwise. Texts are in the words under `hint-<hint>`.
    pub hints: Vec<Hint>,
    /// Two decisions stand side by side: only what both allow counts until a steward brings them together.
    pub forked: bool,
    /// A newer decision has arrived, but not yet what it stands upon.
    pub arriving: bool,
    /// You may bring them together.
    pub may_heal: bool,
    /// You may invite others: you are confirmed.
    pub may_invite: bool,
    /// Six words of the computer that founded the shelf.
    pub founder_words: Vec<String>,
    /// What became of what was just asked for; none where the page was only looked at.
    pub outcome: Option<Outcome>,
}

/// Names computers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConfirmRequest {
    /// Their computers.
    pub writers: Vec<WriterId>,
}

/// Names somebody on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberRequest {
    /// Who.
    pub person: PersonId,
}

/// Names a computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceRequest {
    /// Which.
    pub writer: WriterId,
}

/// Sets how many stewards have to sign a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ThresholdRequest {
    /// How many.
    pub threshold: u32,
}

/// Up to where a lost computer counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(tag = "upto", rename_all = "snake_case")]
pub enum LostAfter {
    /// Everything that it has said so far.
    #[default]
    Everything,
    /// What it had said up to a moment of its history.
    Moment {
        /// The hash of a [`HeadNote`].
        hash: String,
    },
    /// Nothing that it ever said.
    Nothing,
}

/// Stops a computer that was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevokeRequest {
    /// Which.
    pub writer: WriterId,
    /// Up to where it counts.
    pub lost: LostAfter,
}

/// Puts a new computer in the place of all that somebody had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeOverRequest {
    /// Whose it is.
    pub person: PersonId,
    /// The new computer, which has asked to be on the shelf.
    pub writer: WriterId,
    /// Up to where the old ones count.
    pub lost: LostAfter,
}

/// What a computer said, to choose up to where it was in good hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceHistory {
    /// Which.
    pub writer: WriterId,
    /// Whose it is.
    pub name: String,
    /// Newest first.
    pub moments: Vec<HeadNote>,
}

/// Signs what another steward proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignRequest {
    /// The hash of a [`ProposalNote`].
    pub hash: String,
}

/// Asks for an invitation to the shelf that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct InviteRequest {
    /// What helps to find the place, in the words of the one who invites; none is the folder's name.
    pub hint: Option<String>,
}

/// An invitation to hand on. There is no secret in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Invite {
    /// The shelf's name.
    pub shelf: String,
    /// Where it stands, without any secret.
    pub address: String,
    /// It stands in a folder: whoever is invited has to have that folder, too.
    pub folder: bool,
    /// What helps to find the place.
    pub hint: String,
    /// Everything in one line; none where it would be too long for one.
    pub link: Option<String>,
    /// Six words to read out, for whoever has neither the file nor the link.
    pub words: Vec<String>,
    /// The name that the file would have.
    pub file_name: String,
}

/// Where an invitation is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum InvitationRequest {
    /// A link, or what stands in a file, as it was pasted.
    Text {
        /// The text.
        text: String,
    },
    /// A file that the person picks.
    File,
    /// One that was brought in before.
    Brought {
        /// Its id.
        invitation: String,
    },
    /// Six words and the place that they are about.
    Words {
        /// As they were typed.
        words: String,
        /// The id of a [`PlaceOffer`].
        place: String,
    },
}

/// An invitation, as whoever is invited sees it before they join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationNote {
    /// Its id, good until the window closes.
    pub id: String,
    /// The shelf's name.
    pub shelf: String,
    /// Who invites; empty where only words were given.
    pub from: String,
    /// Six words of the computer that founded the shelf, to compare by telephone.
    pub words: Vec<String>,
    /// The kind of place: `folder`, or the kind of a form.
    pub place: String,
    /// This Larder knows that kind of place.
    pub known_place: bool,
    /// It stands in a folder, which this computer has to have, too.
    pub folder: bool,
    /// What to fill into the form of that kind, by field. Never a secret, nor who signs in.
    pub fields: BTreeMap<String, String>,
    /// What helps to find the place.
    pub hint: String,
    /// Places of this computer where the shelf was found.
    pub found: Vec<PlaceOffer>,
    /// The name of the shelf here, if this computer is on it already.
    pub already: Option<String>,
}

/// Joins the shelf that an invitation is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JoinInvitedRequest {
    /// The id of an [`InvitationNote`].
    pub invitation: String,
    /// The id of the [`PlaceOffer`] where the shelf stands.
    pub place: String,
    /// Who you are.
    pub person: Person,
}
