//! Who you are, on every shelf that you are on: what you change about it is told with the next look that reaches the shelf.

use larder_catalog::ShelfRow;
use larder_model::{Params, Person, Refusal, RefusalCode, ShelfId};
use larder_shelf::{Decision, Member, Place};

use crate::jobs::lock;
use crate::larder::{Me, Rooms};
use crate::{Larder, known};

/// The setting that says what a shelf was told last.
fn key(shelf: &ShelfId) -> String {
    format!("introduced/{shelf}")
}

/// Whether a shelf knows what you say of yourself now. One that you only look at needs to know nothing.
pub fn is_told(rooms: &Rooms, shelf: &ShelfRow) -> Result<bool, Refusal> {
    let Some(Me { person: me, .. }) = rooms.catalog.setting("me")? else { return Ok(true) };
    if let Some(told) = rooms.catalog.setting::<Person>(&key(&shelf.id))? {
        return Ok(told == me);
    }
    let says_so = |there: &Member| {
        let name = there.wish.as_ref().map_or(&there.person.name, |wish| &wish.name);
        (name, &there.person.email, there.person.color) == (&me.name, &me.email, me.color)
            && (me.role.is_empty() || there.person.role == me.role)
    };
    Ok(known::known(rooms, shelf)?.me().is_none_or(says_so))
}

/// The name by which colleagues on a shelf know you, where it is another one.
pub fn known_as(rooms: &Rooms, shelf: &ShelfRow) -> Result<Option<String>, Refusal> {
    let Some(me) = rooms.catalog.setting::<Me>("me")? else { return Ok(None) };
    let known = known::known(rooms, shelf)?;
    let there = known.me().filter(|member| member.confirmed && member.person.name != me.person.name);
    Ok(there.map(|member| member.person.name.clone()))
}

/// Tells the shelf where it does not know yet. Answers whether something was written; where that could not be, the next look
/// tries again.
pub fn go_on(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place) -> bool {
    match tell(larder, rooms, shelf, place) {
        Ok(written) => written,
        Err(refusal) => {
            tracing::info!(%refusal, "the shelf was not told who somebody is now");
            false
        }
    }
}

fn tell(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place) -> Result<bool, Refusal> {
    let Some(me) = rooms.catalog.setting::<Me>("me")? else { return Ok(false) };
    let known = known::known(rooms, shelf)?;
    let told: Option<Person> = rooms.catalog.setting(&key(&shelf.id))?;
    if known.out_of_use || told.as_ref() == Some(&me.person) {
        return Ok(false);
    }
    let renamed = known.me().filter(|there| there.confirmed && there.person.name != me.person.name);
    let asks = renamed.is_some() && known.decides(&rooms.device.writer());
    let (written, decision) = {
        let _held = lock(&rooms.shelf_lock);
        let mut trust = rooms.trust(shelf)?;
        let now = larder.now();
        let written = larder_shelf::renew_card(place, &rooms.device, &mut trust, &me.person, &now);
        let decision = match &written {
            Ok(_) if asks => {
                decided(larder_shelf::confirm(place, &rooms.device, &mut trust, &[rooms.device.writer()], &now))
            }
            _ => Ok(Decision::Unchanged),
        };
        // What was learned on the way counts even where nothing was done.
        rooms.set_trust(shelf, &trust)?;
        (written?, decision?)
    };
    rooms.catalog.set_setting(&key(&shelf.id), &me.person)?;
    if written {
        let params = [("shelf".to_owned(), shelf.name.clone().into()), ("name".to_owned(), me.person.name.into())];
        larder.note("introduced", Params::from(params), None);
    }
    if let Decision::Proposed { missing, .. } = decision {
        larder.note("proposed", Params::from([("missing".to_owned(), u64::from(missing).into())]), None);
    }
    larder.changed(&["start"]);
    Ok(written || decision != Decision::Unchanged)
}

/// Somebody may have said meanwhile that this computer decides no more: then others do.
fn decided(decision: Result<Decision, Refusal>) -> Result<Decision, Refusal> {
    match decision {
        Err(refusal) if refusal.code == RefusalCode::NoPermission => Ok(Decision::Unchanged),
        decision => decision,
    }
}
