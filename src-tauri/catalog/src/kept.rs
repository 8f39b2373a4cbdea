//! Own data products: which this computer keeps, and on which shelf each stands.

use larder_model::{Label, ProductId, Refusal, ShelfId};
use rusqlite::{Row, named_params};

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::{id, json, to_json};

pub(crate) const CREATE: &str = "
    CREATE TABLE kept (
        product      TEXT NOT NULL,
        shelf        TEXT NOT NULL,
        title        TEXT NOT NULL,
        label_json   TEXT NOT NULL,
        table_sha256 TEXT,
        updated_at   TEXT NOT NULL,
        PRIMARY KEY (product, shelf)
    ) STRICT;
";

/// A data product that this computer keeps, on one shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRow {
    /// The data product.
    pub product: ProductId,
    /// The shelf on which it stands.
    pub shelf: ShelfId,
    /// Its name.
    pub title: String,
    /// Its label as it was last put on the shelf.
    pub label: Label,
    /// sha256 of its table here, in base 16; none where the rows are not kept here.
    pub table_sha256: Option<String>,
    /// When this was last changed, RFC 3339.
    pub updated_at: String,
}

fn read(row: &Row<'_>) -> Result<KeptRow, Fault> {
    Ok(KeptRow {
        product: id(row, "product", ProductId::parse)?,
        shelf: id(row, "shelf", ShelfId::parse)?,
        title: row.get("title")?,
        label: json(row, "label_json")?,
        table_sha256: row.get("table_sha256")?,
        updated_at: row.get("updated_at")?,
    })
}

impl Catalog {
    /// Every data product that this computer keeps, the first kept first.
    pub fn kept(&self) -> Result<Vec<KeptRow>, Refusal> {
        self.with(|connection| {
            connection.prepare_cached("SELECT * FROM kept ORDER BY rowid")?.query_and_then([], read)?.collect()
        })
    }

    /// Adds a data product to those kept here, or replaces what is known of it on that shelf.
    pub fn put_kept(&self, row: &KeptRow) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO kept (product, shelf, title, label_json, table_sha256, updated_at)
                     VALUES (:product, :shelf, :title, :label_json, :table_sha256, :updated_at)
                     ON CONFLICT (product, shelf) DO UPDATE SET title = excluded.title,
                         label_json = excluded.label_json, table_sha256 = excluded.table_sha256,
                         updated_at = excluded.updated_at",
                )?
                .execute(named_params! {
                    ":product": row.product.as_str(),
                    ":shelf": row.shelf.as_str(),
                    ":title": row.title,
                    ":label_json": to_json(&row.label)?,
                    ":table_sha256": row.table_sha256,
                    ":updated_at": row.updated_at,
                })?;
            Ok(())
        })
    }

    /// No longer keeps a data product on a shelf. One that is not there is fine.
    pub fn remove_kept(&self, product: &ProductId, shelf: &ShelfId) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached("DELETE FROM kept WHERE product = ?1 AND shelf = ?2")?
                .execute([product.as_str(), shelf.as_str()])?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_same_product_may_stand_on_two_shelves() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let row = |shelf: &str, title: &str| KeptRow {
            product: ProductId::parse("till-sales").unwrap(),
            shelf: ShelfId::parse(shelf).unwrap(),
            title: title.into(),
            label: Label { title: title.into(), ..Label::default() },
            table_sha256: Some("cd".repeat(32)),
            updated_at: "2026-03-02T08:00:00Z".into(),
        };
        for put in [row("s1", "Till"), row("s2", "Till"), row("s1", "Till sales")] {
            catalog.put_kept(&put).unwrap();
        }
        assert_eq!(catalog.kept().unwrap(), [row("s1", "Till sales"), row("s2", "Till")]);
        catalog.remove_kept(&row("s1", "").product, &row("s1", "").shelf).unwrap();
        assert_eq!(catalog.kept().unwrap(), [row("s2", "Till")]);
    }
}
