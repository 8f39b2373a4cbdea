//! The first draft of the protocol, for the trials to bring it down again: what came from what decides, as far as it is known,
//! and a head counts until a head that names it has arrived. It fell because the record that proves where something came from
//! may itself not have arrived.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use larder_model::{Refusal, WriterId};

use crate::broken::{self, Broken};
use crate::heads::Tops;
use crate::lineage::Lineage;
use crate::memo::Loaded;
use crate::trust::Accepted;

/// Of all heads of a device that are there, those that none of the others names: behind a gap, an old one looks current.
pub(crate) fn keep_tips_where_ancestry_decides(tops: &mut BTreeMap<WriterId, Tops>) {
    if !broken::is(Broken::Ancestry) {
        return;
    }
    for top in tops.values_mut() {
        let named: HashSet<String> = top.heads.iter().flat_map(|head| head.body.prev.clone()).collect();
        top.heads.retain(|head| !named.contains(&head.hash));
    }
}

/// Releases in an order in which each comes before those it is known to have come from; otherwise by their hashes.
pub(crate) fn order_by_ancestry(lineage: &mut Lineage, releases: &mut Vec<Arc<Loaded>>) -> Result<(), Refusal> {
    let mut rest = std::mem::take(releases);
    rest.sort_by(|a, b| b.hash.cmp(&a.hash));
    while !rest.is_empty() {
        let mut under = HashSet::new();
        for loaded in &rest {
            under.extend(lineage.ancestors(loaded, 0)?.0);
        }
        let (below, first): (Vec<_>, Vec<_>) = rest.into_iter().partition(|l| under.contains(l.hash.as_str()));
        releases.extend(first);
        rest = below;
    }
    Ok(())
}

/// Whether what was accepted before is known to have come from this one.
pub(crate) fn is_known_ancestor(lineage: &mut Lineage, of: &Loaded, before: &Accepted) -> Result<bool, Refusal> {
    let accepted = Arc::new(before.loaded.clone());
    Ok(lineage.ancestors(&accepted, 0)?.0.contains(of.hash.as_str()))
}
