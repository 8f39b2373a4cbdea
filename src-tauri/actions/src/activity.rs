//! What happened on this computer.

use larder_model::Refusal;

use crate::Larder;
use crate::wire::{ActivityEntry, ActivityPage, ActivityRequest, Nothing, PageFault};

/// Entries of the diary, newest first.
pub fn activity(larder: &Larder, request: ActivityRequest) -> Result<ActivityPage, Refusal> {
    let (rows, total) = larder.rooms().catalog.journal(request.start, request.count.min(200))?;
    let entries = rows.into_iter().map(|row| ActivityEntry {
        at: row.at,
        code: row.code,
        params: row.params,
        product: row.product,
        who: row.who,
    });
    Ok(ActivityPage { entries: entries.collect(), total })
}

/// Writes down that something went wrong inside the page.
pub fn page_fault(larder: &Larder, request: PageFault) -> Result<Nothing, Refusal> {
    let message = larder_model::display_text(&request.message, 4_000);
    let page = larder_model::display_text(&request.page, 100);
    tracing::error!(page, message, "the page failed");
    larder.host.note_fault(&page, &message);
    Ok(Nothing {})
}
