//! Telling others what has arrived here.

use larder_model::Refusal;

use crate::places::Place;
use crate::records::{SeenMark, moment};
use crate::{Device, Trust, View, caps, heads};

/// Tells others how far everything has arrived here, where that has changed since the last time: one new head at most. Also
/// brings own heads together that stand side by side after a restore. Answers whether a head was written.
///
/// Devices that only look at each other fall silent: a head that says nothing but what was seen is no news to others.
///
/// # Errors
/// What the place answers; `Busy` while something else of this device is writing.
pub fn note_seen(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    view: &View,
    now: &str,
) -> Result<bool, Refusal> {
    let now = moment(now)?;
    if !view.has_news || view.me().is_none() {
        // Without a card, nobody would know whose eyes these are.
        return Ok(false);
    }
    let _turn = device.turn()?;
    let me = device.writer();
    let own = heads::own(place, &trust.shelf, &me)?;
    let written = heads::write(place, device, trust, &now, &own, &mut |head| {
        let mut changed = false;
        for (writer, seq) in view.arrived.iter().filter(|(writer, _)| **writer != me) {
            let known = head.seen.get(writer).map_or(0, |mark| mark.seq);
            if *seq > known && head.seen.len() < caps::FOLDERS {
                head.seen.insert(writer.clone(), SeenMark { seq: *seq, at: now.clone() });
                changed = true;
            }
        }
        if changed {
            head.seen_at = Some(now.clone());
        }
    })?;
    Ok(written.is_some())
}
