//! What the next release of a product stands on: the releases that it takes the place of.

use std::collections::BTreeMap;
use std::sync::Arc;

use larder_model::{ProductId, Refusal, RefusalCode};

use crate::broken::{self, Broken};
use crate::lineage::{self, Counter, Lineage, Load, Named};
use crate::memo::{Loaded, Memo};
use crate::names::{self, Room};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, heads, look, place_write};

/// What the next release of a product stands on.
pub(crate) struct Ground {
    /// The releases that it takes the place of: of those that this device has verified itself (record and list), the newest;
    /// several where they stand side by side.
    pub parents: Vec<Arc<Loaded>>,
    pub named: Vec<Named>,
    /// Whether this device is on the roster.
    pub confirmed: bool,
    /// Whether the roster says that nobody listens to this device any more.
    pub silenced: bool,
    /// What this device has said so far.
    pub own: heads::Own,
}

/// Reads it.
pub(crate) fn ground(
    stacks: &Stacks,
    trust: &Trust,
    memo: &mut Memo,
    device: &Device,
    product: &ProductId,
) -> Result<Ground, Refusal> {
    let me = device.writer();
    let scene = look::scene(stacks, trust, memo)?;
    scene.standing.house.may_write()?;
    // One's own words are read strictly: what cannot be read right now must not pass for never said.
    let own = heads::own(stacks.place, &trust.shelf, &me)?;
    let confirmed = scene.voices.get(&me).is_some_and(|voice| voice.confirmed);
    let silenced = scene.voices.get(&me).is_some_and(|voice| voice.revoked);
    let others = scene.heads().filter(|(writer, _, _)| **writer != me);
    let heads = others.chain(own.tips.iter().map(|tip| (&me, confirmed, &tip.body)));
    let all = lineage::named(heads).remove(product).unwrap_or_default();
    let accepted = scene.still_good(trust.accepted.get(product));
    let accepted = accepted.as_deref();
    let counts = |n: &&Named| n.confirmed || n.writer == me;
    let any = all.iter().any(|n| counts(&n)) || accepted.is_some_and(|a| a.confirmed);
    let mut damaged = BTreeMap::new();
    let mut lineage = Lineage { stacks, shelf: &trust.shelf, memo, device: Some(device), damaged: &mut damaged };
    let mut verified = Vec::new();
    for named in all.iter().filter(|n| !any || counts(n)) {
        let unreadable = stacks.unreadable();
        let load = lineage.load(&named.hash, &[&named.writer])?;
        if named.writer == me && stacks.unreadable() > unreadable {
            return Err(Refusal::new(RefusalCode::Unreachable).with("path", names::writer(me.as_str())));
        }
        let Load::Good(loaded) = load else { continue };
        let sound = loaded.writer == named.writer && loaded.release.product == *product;
        if sound
            && lineage.counter(&loaded)? == Counter::Holds
            && (lineage.has_content(&loaded)? || broken::is(Broken::ParentsUnverified))
        {
            verified.push(loaded);
        }
    }
    // Verified when it was accepted, even if it is gone from the place by now.
    verified
        .extend(accepted.filter(|a| !any || a.confirmed || a.loaded.writer == me).map(|a| Arc::new(a.loaded.clone())));
    let mut parents = lineage.newest(&verified)?;
    parents.truncate(caps::PARENTS);
    Ok(Ground { parents, named: all, confirmed, silenced, own })
}

/// Puts the parents' records beside the release, so that whoever has this device's folder can check its number.
pub(crate) fn put_parents(
    stacks: &Stacks,
    device: &Device,
    trust: &Trust,
    parents: &[Arc<Loaded>],
) -> Result<(), Refusal> {
    let me = device.writer();
    for parent in parents {
        let found = match &parent.text {
            Some(text) => Some(text.clone().into_bytes()),
            None => stacks.record(Room::Releases, parent.hash.as_str(), &[&parent.writer], caps::RELEASE_BYTES)?,
        };
        let sound = found
            .filter(|bytes| Loaded::open(bytes, &trust.shelf).good().is_some_and(|s| s.hash == parent.hash.as_str()));
        if let Some(bytes) = sound {
            place_write::put_bytes(
                stacks.place,
                &names::record(me.as_str(), Room::Releases, parent.hash.as_str()),
                &bytes,
            )?;
        }
    }
    Ok(())
}
