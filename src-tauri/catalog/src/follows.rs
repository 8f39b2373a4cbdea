//! The data products of others that this person follows.

use larder_model::{ProductId, Refusal};

use crate::catalog::Catalog;
use crate::rows::id;

pub(crate) const CREATE: &str = "
    CREATE TABLE follows (
        product TEXT NOT NULL PRIMARY KEY
    ) STRICT;
";

impl Catalog {
    /// Every data product that is followed, the first followed first.
    pub fn follows(&self) -> Result<Vec<ProductId>, Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached("SELECT product FROM follows ORDER BY rowid")?
                .query_and_then([], |row| id(row, "product", ProductId::parse))?
                .collect()
        })
    }

    /// Follows a data product, or no longer. Doing so twice is fine.
    pub fn set_follow(&self, product: &ProductId, on: bool) -> Result<(), Refusal> {
        self.with(|connection| {
            let statement = if on {
                "INSERT INTO follows (product) VALUES (?1) ON CONFLICT (product) DO NOTHING"
            } else {
                "DELETE FROM follows WHERE product = ?1"
            };
            connection.prepare_cached(statement)?.execute([product.as_str()])?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn following_twice_is_following_once() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let [till, oven] = ["till-sales", "oven-log"].map(|id| ProductId::parse(id).unwrap());
        for (product, on) in [(&till, true), (&oven, true), (&till, true)] {
            catalog.set_follow(product, on).unwrap();
        }
        assert_eq!(catalog.follows().unwrap(), [till.clone(), oven.clone()]);
        catalog.set_follow(&till, false).unwrap();
        catalog.set_follow(&till, false).unwrap();
        assert_eq!(catalog.follows().unwrap(), [oven]);
    }
}
