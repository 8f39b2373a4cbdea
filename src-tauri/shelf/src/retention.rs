//! How long earlier releases are kept where the house rules say so. A device lets go of its own only: its head names them no
//! longer, and what nothing needs any more is then removed as everything else is ([`crate::collect`]), a month later at the
//! earliest.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use larder_model::{ProductId, Refusal, ReleaseHash};

use crate::envelope::Signed;
use crate::lineage::{Lineage, Load};
use crate::look::{self, Scene};
use crate::places::Place;
use crate::records::{Head, moment};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, heads};

/// After the rules were changed, nothing goes for so long: everybody has seen by then what will.
const WARNING: SignedDuration = SignedDuration::from_hours(7 * 24);

/// So far this computer's clock may be from what colleagues said last; else nobody knows what day it is.
const SURE: SignedDuration = SignedDuration::from_hours(24);

/// How many releases of a product a head goes on naming.
pub(crate) fn most(trust: &Trust) -> usize {
    if trust.rules().rules.retention_days.is_some() { caps::READ_RELEASES } else { caps::KEPT_RELEASES }
}

/// When the first release may go of a rule that was put in force at a moment.
pub fn earliest(since: Timestamp) -> Timestamp {
    later(since, WARNING)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Until when each of the releases that one device published of a product is kept: so many days after its next one came, and
/// a week after the rules say so (`since`), but no more of them than a head can name. They stand in the order of their numbers;
/// none for the last one, which always stays.
pub fn kept_until(published_at: &[Timestamp], days: u32, since: Timestamp) -> Vec<Option<Timestamp>> {
    let kept = SignedDuration::from_hours(24 * i64::from(days));
    // A clock that was set back once must not make anything older than it is.
    let mut latest = Timestamp::MIN;
    let surely: Vec<Timestamp> = published_at
        .iter()
        .map(|at| {
            latest = latest.max(*at);
            latest
        })
        .collect();
    let until = |i: usize| {
        let by_rule = later(*surely.get(i + 1)?, kept).max(earliest(since));
        Some(surely.get(i + caps::READ_RELEASES).map_or(by_rule, |crowded_out| by_rule.min(*crowded_out)))
    };
    (0..surely.len()).map(until).collect()
}

/// Lets go of this device's earlier releases that the house rules no longer keep. Answers how many; none where nothing was
/// looked through, as something is in doubt: the rules, the clock, or what this device has said so far.
///
/// # Errors
/// What the place answers; `TooNew`; `Busy` while something else of this device is writing.
pub fn let_go(place: &dyn Place, device: &Device, trust: &mut Trust, now: &str) -> Result<Option<u64>, Refusal> {
    let now = moment(now)?;
    let rules = trust.rules();
    let since = rules.at.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
    if rules.fork || rules.too_new {
        return Ok(None);
    }
    let (Some(days), Some(since)) = (rules.rules.retention_days, since) else { return Ok(Some(0)) };
    let _turn = device.turn()?;
    let own = heads::own(place, &trust.shelf, &device.writer())?;
    let mut memo = std::mem::take(&mut trust.memo);
    look::remember_accepted(trust, &mut memo);
    let found = past(place, device, trust, &mut memo, &own, (days, since, &now));
    trust.memo = memo;
    let Some(past) = found? else { return Ok(None) };
    let count = past.len() as u64;
    if count > 0 {
        heads::write(place, device, trust, &now, &own, &mut |head| drop_all(&mut head.products, &past))?;
    }
    Ok(Some(count))
}

fn drop_all(products: &mut BTreeMap<ProductId, Vec<ReleaseHash>>, past: &BTreeSet<ReleaseHash>) {
    for releases in products.values_mut() {
        // The last one stays, whatever else there is.
        let Some(last) = releases.pop() else { continue };
        releases.retain(|release| !past.contains(release));
        releases.push(last);
    }
}

/// Own releases that are past; none where that is in doubt.
fn past(
    place: &dyn Place,
    device: &Device,
    trust: &Trust,
    memo: &mut crate::memo::Memo,
    own: &heads::Own,
    (days, since, now): (u32, Timestamp, &str),
) -> Result<Option<BTreeSet<ReleaseHash>>, Refusal> {
    let me = device.writer();
    let ([tip], Ok(now)) = (own.tips.as_slice(), now.parse::<Timestamp>()) else { return Ok(None) };
    let stacks = Stacks::open_strict(place, trust.roster_writers().iter().chain([&me]))?;
    let scene = look::scene(&stacks, trust, memo)?;
    let silenced = scene.voices.get(&me).is_none_or(|voice| voice.revoked || !voice.confirmed);
    if own.highest < trust.floors.get(&me).copied().unwrap_or(0) || silenced || !knows_the_day(&scene, device, tip, now)
    {
        return Ok(None);
    }
    let mut damaged = BTreeMap::new();
    let mut lineage =
        Lineage { stacks: &stacks, shelf: &trust.shelf, memo, device: Some(device), damaged: &mut damaged };
    let mut past = BTreeSet::new();
    for (product, releases) in &tip.body.products {
        let Some(published) = published_at(&mut lineage, device, releases)? else { continue };
        let accepted = trust.accepted.get(product).map(|accepted| &accepted.loaded.hash);
        for (release, until) in releases.iter().zip(kept_until(&published, days, since)) {
            if until.is_some_and(|until| until <= now) && accepted != Some(release) {
                past.insert(release.clone());
            }
        }
    }
    Ok(Some(past))
}

/// When each of them was published; none where one of them is not here, or does not follow the one before.
fn published_at(
    lineage: &mut Lineage,
    device: &Device,
    releases: &[ReleaseHash],
) -> Result<Option<Vec<Timestamp>>, Refusal> {
    let (mut all, mut before) = (Vec::new(), 0);
    for hash in releases {
        let Load::Good(loaded) = lineage.load(hash.as_str(), &[&device.writer()])? else { return Ok(None) };
        let Ok(at) = loaded.release.at.parse::<Timestamp>() else { return Ok(None) };
        if loaded.release.n <= before {
            return Ok(None);
        }
        before = loaded.release.n;
        all.push(at);
    }
    Ok(Some(all))
}

/// Whether this computer's clock shows what colleagues' do: none of theirs is ahead of it, and the last word of any of them is
/// from today. Whoever is alone has their own last word.
fn knows_the_day(scene: &Scene, device: &Device, tip: &Signed<Head>, now: Timestamp) -> bool {
    let me = device.writer();
    let theirs = scene.heads().filter(|(writer, confirmed, _)| *confirmed && **writer != me);
    let last = theirs.filter_map(|(_, _, head)| head.at.parse::<Timestamp>().ok()).max();
    let last = last.or_else(|| tip.body.at.parse().ok());
    last.is_some_and(|last| now.duration_since(last).abs() <= SURE)
}
