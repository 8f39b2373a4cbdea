//! Sources: how files of a data product are read, kept for the next such file.

use larder_model::{Choice, ProductId, Refusal};
use rusqlite::{Row, named_params};

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::{id, json, to_json};

pub(crate) const CREATE: &str = "
    CREATE TABLE sources (
        product          TEXT NOT NULL,
        file_pattern     TEXT NOT NULL,
        fingerprint_json TEXT NOT NULL,
        choices_json     TEXT NOT NULL,
        file_name        TEXT NOT NULL,
        updated_at       TEXT NOT NULL,
        PRIMARY KEY (product, file_pattern)
    ) STRICT;
";

/// How files of one pattern of names are read for one data product.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// The data product that such files fill.
    pub product: ProductId,
    /// The pattern that the files' names have in common.
    pub file_pattern: String,
    /// What such a file looks like, as the formats room wrote it.
    pub fingerprint_json: String,
    /// What a person chose about reading it, in order.
    pub choices: Vec<Choice>,
    /// The name of the last such file, without folders.
    pub file_name: String,
    /// When it was last read so, RFC 3339.
    pub updated_at: String,
}

fn read(row: &Row<'_>) -> Result<SourceRow, Fault> {
    Ok(SourceRow {
        product: id(row, "product", ProductId::parse)?,
        file_pattern: row.get("file_pattern")?,
        fingerprint_json: row.get("fingerprint_json")?,
        choices: json(row, "choices_json")?,
        file_name: row.get("file_name")?,
        updated_at: row.get("updated_at")?,
    })
}

impl Catalog {
    /// Every source, by data product and pattern.
    pub fn sources(&self) -> Result<Vec<SourceRow>, Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached("SELECT * FROM sources ORDER BY product, file_pattern")?
                .query_and_then([], read)?
                .collect()
        })
    }

    /// Keeps how such files are read; replaces what was kept for the same data product and pattern.
    pub fn put_source(&self, row: &SourceRow) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO sources (product, file_pattern, fingerprint_json, choices_json, file_name, updated_at)
                     VALUES (:product, :file_pattern, :fingerprint_json, :choices_json, :file_name, :updated_at)
                     ON CONFLICT (product, file_pattern) DO UPDATE SET fingerprint_json = excluded.fingerprint_json,
                         choices_json = excluded.choices_json, file_name = excluded.file_name,
                         updated_at = excluded.updated_at",
                )?
                .execute(named_params! {
                    ":product": row.product.as_str(),
                    ":file_pattern": row.file_pattern,
                    ":fingerprint_json": row.fingerprint_json,
                    ":choices_json": to_json(&row.choices)?,
                    ":file_name": row.file_name,
                    ":updated_at": row.updated_at,
                })?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use larder_model::{DateOrder, Kind};

    #[test]
    fn one_product_has_one_source_for_each_pattern_of_names() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let till = SourceRow {
            product: ProductId::parse("till-sales").unwrap(),
            file_pattern: "till_export_#.csv".into(),
            fingerprint_json: "{}".into(),
            choices: vec![Choice::DateOrder { column: None, order: DateOrder::DayFirst }],
            file_name: "till_export_03.csv".into(),
            updated_at: "2026-03-31T18:00:00Z".into(),
        };
        let by_hand = SourceRow { file_pattern: "by hand.xlsx".into(), ..till.clone() };
        let later = SourceRow {
            file_name: "till_export_04.csv".into(),
            choices: vec![Choice::Kind { column: "article".into(), kind: Kind::Code }],
            ..till.clone()
        };
        for row in [&till, &by_hand, &later] {
            catalog.put_source(row).unwrap();
        }
        assert_eq!(catalog.sources().unwrap(), [by_hand, later]);
    }
}
