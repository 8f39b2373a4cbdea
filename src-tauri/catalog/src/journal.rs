//! The journal: what was done here, by whom and when. Lines are added and never changed; the database itself refuses.

use larder_model::{Params, ProductId, Refusal};
use rusqlite::{Row, named_params};

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::{count, json, optional_id, to_integer, to_json};

pub(crate) const CREATE: &str = "
    CREATE TABLE journal (
        id          INTEGER PRIMARY KEY AUTOINCREMENT,
        at          TEXT NOT NULL,
        code        TEXT NOT NULL,
        params_json TEXT NOT NULL,
        product     TEXT,
        who         TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

/// The most lines that one page holds.
const MAX_PAGE: u64 = 1_000;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalRow {
    /// Its number, given by the journal; later lines have higher ones.
    pub id: i64,
    /// When it was done, RFC 3339.
    pub at: String,
    /// What was done; the words are in the interface.
    pub code: String,
    /// The values in its sentence.
    pub params: Params,
    /// The data product that it is about.
    pub product: Option<ProductId>,
    /// Who did it.
    pub who: String,
}

fn read(row: &Row<'_>) -> Result<JournalRow, Fault> {
    Ok(JournalRow {
        id: row.get("id")?,
        at: row.get("at")?,
        code: row.get("code")?,
        params: json(row, "params_json")?,
        product: optional_id(row, "product", ProductId::parse)?,
        who: row.get("who")?,
    })
}

impl Catalog {
    /// Adds a line; its `id` is ignored. Answers the number that it got.
    pub fn note(&self, row: &JournalRow) -> Result<i64, Refusal> {
        self.with(|connection| {
            let mut insert = connection.prepare_cached(
                "INSERT INTO journal (at, code, params_json, product, who)
                 VALUES (:at, :code, :params_json, :product, :who)",
            )?;
            Ok(insert.insert(named_params! {
                ":at": row.at,
                ":code": row.code,
                ":params_json": to_json(&row.params)?,
                ":product": row.product.as_ref().map(ProductId::as_str),
                ":who": row.who,
            })?)
        })
    }

    /// A page of lines, newest first, from `start` (0 is the newest) and 1,000 at most; and how many there are in all.
    pub fn journal(&self, start: u64, count_wanted: u64) -> Result<(Vec<JournalRow>, u64), Refusal> {
        self.with(|connection| {
            let mut all = connection.prepare_cached("SELECT count(*) AS lines FROM journal")?;
            let lines = all.query_and_then([], |row| count(row, "lines"))?.next().transpose()?.unwrap_or(0);
            if start >= lines {
                return Ok((Vec::new(), lines));
            }
            let rows = connection
                .prepare_cached("SELECT * FROM journal ORDER BY id DESC LIMIT ?2 OFFSET ?1")?
                .query_and_then([to_integer(start)?, to_integer(count_wanted.min(MAX_PAGE))?], read)?
                .collect::<Result<_, Fault>>()?;
            Ok((rows, lines))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use larder_model::Param;

    fn line(code: &str) -> JournalRow {
        JournalRow {
            id: 0,
            at: "2026-03-02T08:00:00Z".into(),
            code: code.into(),
            params: Params::from([("rows".to_owned(), Param::Number(812.0)), ("title".to_owned(), "Till".into())]),
            product: ProductId::parse("till-sales"),
            who: "Anna".into(),
        }
    }

    #[test]
    fn pages_run_from_the_newest_to_the_first() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let ids: Vec<i64> = (0..5).map(|n| catalog.note(&line(&format!("code-{n}"))).unwrap()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
        let (page, lines) = catalog.journal(1, 2).unwrap();
        assert_eq!(lines, 5);
        assert_eq!(page, [JournalRow { id: ids[3], ..line("code-3") }, JournalRow { id: ids[2], ..line("code-2") }]);
        for (start, count) in [(5, 10), (u64::MAX, u64::MAX), (0, 0)] {
            assert_eq!(catalog.journal(start, count).unwrap(), (Vec::new(), 5), "{start} {count}");
        }
        assert_eq!(catalog.journal(0, u64::MAX).unwrap().0.len(), 5);
    }

    #[test]
    fn a_line_can_neither_be_changed_nor_removed() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        catalog.note(&line("published")).unwrap();
        for statement in ["UPDATE journal SET who = 'somebody else'", "DELETE FROM journal"] {
            assert!(catalog.with(|connection| Ok(connection.execute(statement, [])?)).is_err(), "{statement}");
        }
        assert_eq!(catalog.journal(0, 10).unwrap().0[0].who, "Anna");
    }
}
