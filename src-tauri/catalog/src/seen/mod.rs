//! What stands on shelves, as this computer last saw it, and the search over it. May be deleted at any time.

mod columns;
mod find;
mod index;
mod places;
mod releases;
mod store;

pub use columns::ColumnHit;
pub use find::Hit;
pub use places::HitPlace;
pub use releases::SeenRow;
pub use store::SeenStore;
