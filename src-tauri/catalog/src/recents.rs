//! What was opened here last.

use larder_model::Refusal;
use rusqlite::params;

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::to_integer;

pub(crate) const CREATE: &str = "
    CREATE TABLE recents (
        turn INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id   TEXT NOT NULL,
        at   TEXT NOT NULL,
        UNIQUE (kind, id)
    ) STRICT;
";

/// How many things are remembered.
const KEPT: u64 = 200;

impl Catalog {
    /// Remembers that something was opened just now: what kind of thing, which one, and when (RFC 3339). The 200 opened
    /// last are remembered.
    pub fn touch_recent(&self, kind: &str, id: &str, at: &str) -> Result<(), Refusal> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO recents (turn, kind, id, at)
                 VALUES ((SELECT coalesce(max(turn), 0) + 1 FROM recents), ?1, ?2, ?3)",
                [kind, id, at],
            )?;
            transaction.execute(
                "DELETE FROM recents WHERE turn NOT IN (SELECT turn FROM recents ORDER BY turn DESC LIMIT ?1)",
                params![to_integer(KEPT)?],
            )?;
            Ok(())
        })
    }

    /// What was opened last, as (kind, id, when), the last opened first.
    pub fn recents(&self, count: u64) -> Result<Vec<(String, String, String)>, Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached("SELECT kind, id, at FROM recents ORDER BY turn DESC LIMIT ?1")?
                .query_and_then([to_integer(count.min(KEPT))?], |row| {
                    Ok::<_, Fault>((row.get("kind")?, row.get("id")?, row.get("at")?))
                })?
                .collect()
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_again_moves_to_the_front_even_when_the_clock_goes_back() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        for (id, at) in [("a", "2026-03-02T08:00:00Z"), ("b", "2026-03-02T09:00:00Z"), ("a", "2026-03-01T08:00:00Z")] {
            catalog.touch_recent("product", id, at).unwrap();
        }
        catalog.touch_recent("person", "a", "2026-03-01T09:00:00Z").unwrap();
        let recents = catalog.recents(10).unwrap();
        let order: Vec<(&str, &str)> = recents.iter().map(|(kind, id, _)| (kind.as_str(), id.as_str())).collect();
        assert_eq!(order, [("person", "a"), ("product", "a"), ("product", "b")]);
    }

    #[test]
    fn only_the_last_ones_are_remembered() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        for n in 0..KEPT + 20 {
            catalog.touch_recent("product", &n.to_string(), "2026-03-02T08:00:00Z").unwrap();
        }
        let recents = catalog.recents(u64::MAX).unwrap();
        assert_eq!(recents.len() as u64, KEPT);
        assert_eq!(recents[0].1, (KEPT + 19).to_string());
    }
}
