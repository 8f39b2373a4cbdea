//! Opening a file that is locked with a password.

use serde::{Deserialize, Deserializer};
use ts_rs::TS;

/// A password as a person typed it. It is written nowhere: it cannot be shown, logged, kept or sent on.
#[derive(Clone, TS)]
#[ts(type = "string")]
pub struct Password(String);

impl Password {
    /// A password out of what was typed.
    pub fn new(typed: impl Into<String>) -> Password {
        Password(typed.into())
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Password, D::Error> {
        // What serde says of a value that is no text repeats the value.
        String::deserialize(from).map(Password).map_err(|_| serde::de::Error::custom("a password is text"))
    }
}

/// Opens a file that was answered as locked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UnlockRequest {
    /// Which one: [`crate::wire::BroughtItem::locked`].
    pub item: String,
    /// The password.
    pub password: Password,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_in_no_error_and_not_shown() {
        let request: UnlockRequest = serde_json::from_str(r#"{"item": "1", "password": "sourdough"}"#).unwrap();
        assert_eq!(request.password.typed(), "sourdough");
        assert!(!format!("{request:?}").contains("sourdough"));
        let refused = serde_json::from_str::<UnlockRequest>(r#"{"item": "1", "password": 4711}"#).unwrap_err();
        assert!(!refused.to_string().contains("4711"), "{refused}");
    }
}
