//! Whether anybody has said anything since the last look, found out with one small question a device.

use std::collections::{BTreeMap, BTreeSet};

use larder_model::{Refusal, RefusalCode};

use crate::places::Place;
use crate::stacks::{Stacks, folder_names, print_of};
use crate::{View, names};

/// The names that stood among the heads when everything was in its place. Heads are written last, so as long as these names
/// are the same, nobody has said anything new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pulse {
    writers: BTreeSet<String>,
    rooms: BTreeMap<String, String>,
}

impl Pulse {
    /// After a look; none where something may still be on its way.
    pub fn of(stacks: &Stacks, view: &View) -> Option<Pulse> {
        let quiet = !stacks.unsettled.get() && stacks.unreadable() == 0 && !view.has_news;
        quiet.then(|| Pulse { writers: stacks.listed.clone(), rooms: stacks.heard.borrow().clone() })
    }

    /// Whether all of it is still so.
    ///
    /// # Errors
    /// What the place answers; `Cancelled`.
    pub fn beats_on(&self, place: &dyn Place, cancelled: &dyn Fn() -> bool) -> Result<bool, Refusal> {
        if folder_names(&place.list(names::WRITERS)?) != self.writers {
            return Ok(false);
        }
        for (inside, print) in &self.rooms {
            if cancelled() {
                return Err(Refusal::new(RefusalCode::Cancelled));
            }
            if print_of(&place.list(inside)?) != *print {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
