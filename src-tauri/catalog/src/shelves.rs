//! The shelves that this computer has joined, and what it trusts on each.

use larder_model::{Refusal, ShelfId};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::id;

pub(crate) const CREATE: &str = "
    CREATE TABLE shelves (
        id                TEXT NOT NULL PRIMARY KEY,
        name              TEXT NOT NULL,
        address           TEXT NOT NULL,
        joined_at         TEXT NOT NULL,
        last_refreshed_at TEXT,
        sample            INTEGER NOT NULL
    ) STRICT;
";

pub(crate) const CREATE_TRUST: &str = "
    CREATE TABLE trust (
        shelf      TEXT NOT NULL PRIMARY KEY,
        trust_json TEXT NOT NULL
    ) STRICT;
";

/// A shelf that this computer has joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfRow {
    /// The shelf.
    pub id: ShelfId,
    /// What people here call it.
    pub name: String,
    /// Where it stands: a folder's path or a web address.
    pub address: String,
    /// When it was joined, RFC 3339.
    pub joined_at: String,
    /// When it was last looked through, RFC 3339.
    pub last_refreshed_at: Option<String>,
    /// The sample bakery's shelf, which never mixes with real ones.
    pub sample: bool,
}

fn read(row: &Row<'_>) -> Result<ShelfRow, Fault> {
    Ok(ShelfRow {
        id: id(row, "id", ShelfId::parse)?,
        name: row.get("name")?,
        address: row.get("address")?,
        joined_at: row.get("joined_at")?,
        last_refreshed_at: row.get("last_refreshed_at")?,
        sample: row.get("sample")?,
    })
}

impl Catalog {
    /// Every shelf, in the order in which they were first put.
    pub fn shelves(&self) -> Result<Vec<ShelfRow>, Refusal> {
        self.with(|connection| {
            connection.prepare_cached("SELECT * FROM shelves ORDER BY rowid")?.query_and_then([], read)?.collect()
        })
    }

    /// Adds a shelf, or replaces what is known of it.
    pub fn put_shelf(&self, row: &ShelfRow) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO shelves (id, name, address, joined_at, last_refreshed_at, sample)
                     VALUES (:id, :name, :address, :joined_at, :last_refreshed_at, :sample)
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address,
                         joined_at = excluded.joined_at, last_refreshed_at = excluded.last_refreshed_at,
                         sample = excluded.sample",
                )?
                .execute(named_params! {
                    ":id": row.id.as_str(),
                    ":name": row.name,
                    ":address": row.address,
                    ":joined_at": row.joined_at,
                    ":last_refreshed_at": row.last_refreshed_at,
                    ":sample": row.sample,
                })?;
            Ok(())
        })
    }

    /// Forgets a shelf and what was trusted on it. One that is not there is fine.
    pub fn remove_shelf(&self, shelf: &ShelfId) -> Result<(), Refusal> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM trust WHERE shelf = ?1", [shelf.as_str()])?;
            transaction.execute("DELETE FROM shelves WHERE id = ?1", [shelf.as_str()])?;
            Ok(())
        })
    }

    /// What is trusted on a shelf, as the shelf room wrote it.
    pub fn trust_json(&self, shelf: &ShelfId) -> Result<Option<String>, Refusal> {
        self.with(|connection| {
            let mut query = connection.prepare_cached("SELECT trust_json FROM trust WHERE shelf = ?1")?;
            Ok(query.query_row([shelf.as_str()], |row| row.get(0)).optional()?)
        })
    }

    /// Replaces what is trusted on a shelf. The shelf need not have been put yet.
    pub fn set_trust_json(&self, shelf: &ShelfId, json: &str) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO trust (shelf, trust_json) VALUES (?1, ?2)
                     ON CONFLICT (shelf) DO UPDATE SET trust_json = excluded.trust_json",
                )?
                .execute([shelf.as_str(), json])?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shelf(id: &str) -> ShelfRow {
        ShelfRow {
            id: ShelfId::parse(id).unwrap(),
            name: "Bakery share".into(),
            address: r"S:\Bäckerei\O'Neill; DROP TABLE shelves".into(),
            joined_at: "2026-03-02T08:00:00Z".into(),
            last_refreshed_at: None,
            sample: false,
        }
    }

    #[test]
    fn putting_a_shelf_again_keeps_its_place_and_its_trust() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let (first, second) = (shelf("zz"), shelf("aa"));
        catalog.put_shelf(&first).unwrap();
        catalog.put_shelf(&second).unwrap();
        catalog.set_trust_json(&first.id, "{\"roster\":1}").unwrap();
        let refreshed = ShelfRow { last_refreshed_at: Some("2026-03-02T09:00:00Z".into()), ..first.clone() };
        catalog.put_shelf(&refreshed).unwrap();
        assert_eq!(catalog.shelves().unwrap(), [refreshed, second]);
        assert_eq!(catalog.trust_json(&first.id).unwrap().as_deref(), Some("{\"roster\":1}"));
    }

    #[test]
    fn a_removed_shelf_takes_its_trust_along_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let (gone, stays) = (shelf("gone"), shelf("stays"));
        for row in [&gone, &stays] {
            catalog.put_shelf(row).unwrap();
            catalog.set_trust_json(&row.id, "{}").unwrap();
        }
        catalog.remove_shelf(&gone.id).unwrap();
        catalog.remove_shelf(&gone.id).unwrap();
        assert_eq!(catalog.shelves().unwrap(), std::slice::from_ref(&stays));
        assert_eq!(catalog.trust_json(&gone.id).unwrap(), None);
        assert!(catalog.trust_json(&stays.id).unwrap().is_some());
    }
}
