//! Who may decide about a shelf, and deciding it: people, their computers, stewards, house rules.
//!
//! Every decision is the next version of the roster or of the rules, signed by a steward's device, written into that device's
//! own folder and named by its next head. Where the roster asks for several signatures it is a proposal until as many stewards
//! have signed; who proposes what another one has proposed signs that one.

mod card;
mod decide;
mod devices;
mod members;
mod proposals;
mod rules;
mod seen;
mod stewards;

pub use card::renew_card;
pub use decide::Decision;
pub use devices::{HeadNote, LastGood, device_heads, leave, retire_device, revoke_device};
pub use members::{Linked, Takeover, confirm, link_device, takeover};
pub(crate) use proposals::{hints, proposals, rule_changes};
pub use rules::set_rules;
pub use seen::note_seen;
pub use stewards::{co_sign, heal_roster, make_stewards, set_threshold, unmake_stewards};
