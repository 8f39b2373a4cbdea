//! Publications: what is on its way to a shelf, written down before it is done.

use larder_model::{DraftId, ProductId, Refusal, ShelfId};
use rusqlite::{Row, named_params};

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::id;

pub(crate) const CREATE: &str = "
    CREATE TABLE publications (
        draft       TEXT NOT NULL PRIMARY KEY,
        product     TEXT NOT NULL,
        shelf       TEXT NOT NULL,
        state       TEXT NOT NULL,
        detail_json TEXT NOT NULL,
        started_at  TEXT NOT NULL,
        updated_at  TEXT NOT NULL
    ) STRICT;
";

/// One publish that was begun; what remains of it after a crash says how to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRow {
    /// The draft that is put on the shelf.
    pub draft: DraftId,
    /// The data product that it becomes.
    pub product: ProductId,
    /// The shelf.
    pub shelf: ShelfId,
    /// How far it has come.
    pub state: String,
    /// What is needed to go on from there.
    pub detail_json: String,
    /// When it was begun, RFC 3339.
    pub started_at: String,
    /// When it last came further, RFC 3339.
    pub updated_at: String,
}

fn read(row: &Row<'_>) -> Result<PublicationRow, Fault> {
    Ok(PublicationRow {
        draft: id(row, "draft", DraftId::parse)?,
        product: id(row, "product", ProductId::parse)?,
        shelf: id(row, "shelf", ShelfId::parse)?,
        state: row.get("state")?,
        detail_json: row.get("detail_json")?,
        started_at: row.get("started_at")?,
        updated_at: row.get("updated_at")?,
    })
}

impl Catalog {
    /// Every publish that was begun and not removed, the first begun first.
    pub fn publications(&self) -> Result<Vec<PublicationRow>, Refusal> {
        self.with(|connection| {
            connection.prepare_cached("SELECT * FROM publications ORDER BY rowid")?.query_and_then([], read)?.collect()
        })
    }

    /// Writes down how far a publish has come. On the disk when this returns.
    pub fn put_publication(&self, row: &PublicationRow) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO publications (draft, product, shelf, state, detail_json, started_at, updated_at)
                     VALUES (:draft, :product, :shelf, :state, :detail_json, :started_at, :updated_at)
                     ON CONFLICT (draft) DO UPDATE SET product = excluded.product, shelf = excluded.shelf,
                         state = excluded.state, detail_json = excluded.detail_json,
                         started_at = excluded.started_at, updated_at = excluded.updated_at",
                )?
                .execute(named_params! {
                    ":draft": row.draft.as_str(),
                    ":product": row.product.as_str(),
                    ":shelf": row.shelf.as_str(),
                    ":state": row.state,
                    ":detail_json": row.detail_json,
                    ":started_at": row.started_at,
                    ":updated_at": row.updated_at,
                })?;
            Ok(())
        })
    }

    /// Strikes a publish off. One that is not there is fine.
    pub fn remove_publication(&self, draft: &DraftId) -> Result<(), Refusal> {
        self.with(|connection| {
            connection.prepare_cached("DELETE FROM publications WHERE draft = ?1")?.execute([draft.as_str()])?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_publish_is_found_again_as_far_as_it_came() {
        let home = tempfile::tempdir().unwrap();
        let row = |draft: &str, state: &str| PublicationRow {
            draft: DraftId::parse(draft).unwrap(),
            product: ProductId::parse("till-sales").unwrap(),
            shelf: ShelfId::parse("s1").unwrap(),
            state: state.into(),
            detail_json: "{\"parts\":[\"ab\"]}".into(),
            started_at: "2026-03-02T08:00:00Z".into(),
            updated_at: "2026-03-02T08:00:01Z".into(),
        };
        let catalog = Catalog::open(home.path()).unwrap();
        for step in [row("z", "parts"), row("a", "parts"), row("z", "head")] {
            catalog.put_publication(&step).unwrap();
        }
        drop(catalog);
        let catalog = Catalog::open(home.path()).unwrap();
        assert_eq!(catalog.publications().unwrap(), [row("z", "head"), row("a", "parts")]);
        catalog.remove_publication(&row("z", "").draft).unwrap();
        assert_eq!(catalog.publications().unwrap(), [row("a", "parts")]);
    }
}
