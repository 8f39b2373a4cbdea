//! Finding by name, sentence, column, tag, area or person, as you type.

use larder_model::Refusal;

use crate::Larder;
use crate::wire::{FindRequest, Found};

/// What fits the words typed, best first.
pub fn find(larder: &Larder, request: FindRequest) -> Result<Found, Refusal> {
    let query: String = request.query.chars().take(200).collect();
    if query.trim().is_empty() {
        return Ok(Found::default());
    }
    let hits = larder.rooms().seen.find(&query, request.limit.clamp(1, 100) as usize)?;
    Ok(Found { hits })
}
