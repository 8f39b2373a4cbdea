//! What crosses the wire: requests and answers, one file a subject. TypeScript follows from here.

mod access;
mod bring;
mod doctor;
mod jobs;
mod label;
mod people;
mod product;
mod publish;
mod rules;
mod shelf;
mod start;
mod unlock;
mod versions;

pub use access::*;
pub use bring::*;
pub use doctor::*;
pub use jobs::*;
pub use label::*;
pub use people::*;
pub use product::*;
pub use publish::*;
pub use rules::*;
pub use shelf::*;
pub use start::*;
pub use unlock::*;
pub use versions::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request or an answer without anything in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}
