//! Saying that a data product was looked over and that all of it still holds: a few bytes in the own folder, in the place of a
//! whole new release.

use larder_model::{ProductId, Refusal, RefusalCode, ReleaseHash};

use super::read::Message;
use super::say::{own_messages, put};
use crate::places::Place;
use crate::records::{ReviewRecord, Reviewed, moment};
use crate::{Device, Trust, caps, heads, names};

/// Says that what is said about a release still holds, as of now. What this device said before about the product counts no more.
///
/// # Errors
/// `Invalid` for what is no release or no moment; otherwise what the place answers.
pub fn looked_over(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    (product, release): (&ProductId, &ReleaseHash),
    now: &str,
) -> Result<(), Refusal> {
    let at = moment(now)?;
    if !names::is_hash(release.as_str()) {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "release").with("value", release.as_str()));
    }
    let _turn = device.turn()?;
    let own = heads::own(place, &trust.shelf, &device.writer())?;
    let mut before: Vec<(String, Vec<Reviewed>)> = Vec::new();
    for (hash, message) in own_messages(place, device, trust, &own)? {
        if let Message::Review(signed) = message {
            before.push((hash, signed.body.reviews));
        }
    }
    let names_it = |(_, reviews): &&(String, Vec<Reviewed>)| reviews.iter().any(|one| one.product == *product);
    let has_room = |(_, reviews): &&(String, Vec<Reviewed>)| reviews.len() < caps::REVIEWS_TOGETHER;
    let with = before.iter().find(names_it).or_else(|| before.iter().find(has_room));
    let mut reviews: Vec<Reviewed> = with.map(|(_, reviews)| reviews.clone()).unwrap_or_default();
    reviews.retain(|one| one.product != *product);
    reviews.push(Reviewed { product: product.clone(), release: release.clone(), at: at.clone() });
    let record = ReviewRecord { protocol: caps::WRITES, shelf: trust.shelf.clone(), reviews, at };
    let instead: Vec<String> = with.map(|(hash, _)| hash.clone()).into_iter().collect();
    put(place, device, trust, &own, (&record, &instead), now).map(drop)
}
