//! What the command line does, over the same actions as the window.

mod access;
mod files;
mod people;
mod review;
mod rules;
mod shelf;
mod versions;

use std::path::Path;
use std::sync::Arc;

use larder_model::Refusal;

pub use access::{AnswerWords, SealWords};
pub use files::{
    ConvertTo, InspectedColumn, InspectedDescription, InspectedTable, Inspection, convert, inspect, profile,
};
pub use people::PeopleDeed;
pub use rules::RuleWords;
pub use shelf::{Beside, DescribeWords, ImportMode, Shown, Terminal};
pub use versions::Together;

/// Makes the sample bakery under `root`, which has to be `sample` inside the host's home: `shelf`, `practice`, and a
/// home that the window opens as Anna's.
pub fn sample(host: Arc<dyn crate::Host>, root: &Path) -> Result<(), Refusal> {
    crate::sample::build(&*host, root, &|_, _| {}, &|| false)?;
    let larder = crate::Larder::open_quiet(host)?;
    larder.enter(crate::wire::World::Sample)?;
    crate::sample::write_copies(&larder)?;
    larder.close();
    Ok(())
}
