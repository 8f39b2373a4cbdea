//! Telling colleagues what has changed about oneself.

use larder_model::{Person, Refusal};

use super::decide::unknown;
use crate::founding::put_record;
use crate::names::Room;
use crate::people;
use crate::places::Place;
use crate::records::{CardRecord, app, moment};
use crate::stacks::Stacks;
use crate::{Device, Trust, heads};

/// Renews the card of this device where it says something else of the person than `person` does; answers whether it did. Whose
/// the device is and which others are theirs stays as it was said. Role, e-mail and colour count at once for everybody; of
/// somebody confirmed a new name is a wish ([`Member::wish`](crate::Member::wish)) until a steward confirms the device again.
///
/// A device that has shown no card asks for nothing on this shelf, and goes on so.
///
/// # Errors
/// `Unknown` where its own card cannot be read now; `TooNew`; otherwise what the place answers.
pub fn renew_card(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    person: &Person,
    now: &str,
) -> Result<bool, Refusal> {
    let now = moment(now)?;
    let _turn = device.turn()?;
    let me = device.writer();
    let stacks = Stacks::open_strict(place, [&me])?;
    let own = heads::own(place, &trust.shelf, &me)?;
    let Some(hash) = own.tips.iter().rev().find_map(|tip| tip.body.card.clone()) else { return Ok(false) };
    let mut memo = std::mem::take(&mut trust.memo);
    let stands = people::card(&stacks, &trust.shelf, &mut memo, &me, &hash);
    trust.memo = memo;
    let stands = stands?.ok_or_else(|| unknown(me.as_str()))?;
    let card = CardRecord {
        name: person.name.trim().to_owned(),
        role: person.role.trim().to_owned(),
        email: person.email.clone(),
        color: person.color,
        recipient: Some(device.recipient()),
        app: app(),
        at: now.clone(),
        ..stands.body.clone()
    };
    if stands.body.says_the_same(&card) {
        return Ok(false);
    }
    let hash = put_record(place, device, Room::Messages, &card)?;
    let written = heads::write(place, device, trust, &now, &own, &mut |head| head.card = Some(hash.clone()))?;
    Ok(written.is_some())
}
