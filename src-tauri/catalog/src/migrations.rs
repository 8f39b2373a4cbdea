//! How a catalog of any earlier version becomes one of today.

use rusqlite::{Connection, TransactionBehavior};

use crate::fault::Fault;
use crate::{drafts, file, follows, journal, kept, publications, recents, settings, shelves, sources};

/// Every step, in order. Append only: the number of steps that a file has been through is its version, so a step that
/// was once shipped is never changed, moved or removed.
pub(crate) const MIGRATIONS: &[&str] = &[
    settings::CREATE,
    shelves::CREATE,
    shelves::CREATE_TRUST,
    sources::CREATE,
    drafts::CREATE,
    publications::CREATE,
    kept::CREATE,
    follows::CREATE,
    journal::CREATE,
    recents::CREATE,
];

/// Takes the steps that the file has not been through, all or none.
pub(crate) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = usize::try_from(file::version(&transaction)?).unwrap_or(usize::MAX);
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    if done < steps.len() {
        file::set_version(&transaction, steps.len())?;
    }
    transaction.commit()?;
    Ok(())
}
