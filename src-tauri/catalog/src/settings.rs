//! Settings: any value by name.

use larder_model::{Refusal, RefusalCode};
use rusqlite::OptionalExtension;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::catalog::Catalog;
use crate::rows::to_json;

pub(crate) const CREATE: &str = "
    CREATE TABLE settings (
        name       TEXT NOT NULL PRIMARY KEY,
        value_json TEXT NOT NULL
    ) STRICT;
";

impl Catalog {
    /// The value of a setting; `None` where it was never set.
    ///
    /// # Errors
    /// `invalid` where another kind of value stands under that name.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let stored: Option<String> = self.with(|connection| {
            let mut query = connection.prepare_cached("SELECT value_json FROM settings WHERE name = ?1")?;
            Ok(query.query_row([name], |row| row.get(0)).optional()?)
        })?;
        match stored.as_deref() {
            None | Some("null") => Ok(None),
            Some(json) => serde_json::from_str(json).map(Some).map_err(|error| {
                Refusal::new(RefusalCode::Invalid)
                    .with("what", "setting")
                    .with("value", name)
                    .with("detail", error.to_string())
            }),
        }
    }

    /// Sets a setting; a value that is JSON's null unsets it.
    pub fn set_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Refusal> {
        self.with(|connection| {
            let json = to_json(value)?;
            connection
                .prepare_cached(
                    "INSERT INTO settings (name, value_json) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json",
                )?
                .execute([name, &json])?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_of_another_kind_is_refused_and_not_lost() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        catalog.set_setting("zoom", &1.25).unwrap();
        assert_eq!(catalog.setting::<Vec<String>>("zoom").unwrap_err().code, RefusalCode::Invalid);
        assert_eq!(catalog.setting::<f64>("zoom").unwrap(), Some(1.25));
        catalog.set_setting("zoom", &None::<f64>).unwrap();
        assert_eq!(catalog.setting::<f64>("zoom").unwrap(), None);
        assert_eq!(catalog.setting::<f64>("never set").unwrap(), None);
    }
}
