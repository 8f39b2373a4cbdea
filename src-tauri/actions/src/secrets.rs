//! Passwords and keys of places: in the system's key store, and nowhere else.

use std::collections::BTreeMap;
use std::sync::Mutex;

use larder_shelf::Secret;

use crate::jobs::lock;

/// Where secrets are kept, by the address that they sign in at.
pub trait Secrets: Send + Sync {
    /// The secret of an address, if there is one.
    fn get(&self, address: &str) -> Option<Secret>;
    /// Keeps a secret; false where it is only known until the program ends.
    fn set(&self, address: &str, secret: &Secret) -> bool;
    /// Forgets a secret.
    fn forget(&self, address: &str);
}

/// Known until the program ends.
#[derive(Default)]
pub struct SessionSecrets(Mutex<BTreeMap<String, Secret>>);

impl Secrets for SessionSecrets {
    fn get(&self, address: &str) -> Option<Secret> {
        lock(&self.0).get(address).cloned()
    }

    fn set(&self, address: &str, secret: &Secret) -> bool {
        lock(&self.0).insert(address.to_owned(), secret.clone());
        false
    }

    fn forget(&self, address: &str) {
        lock(&self.0).remove(address);
    }
}

/// The name under which the key store lists what is Larder's.
const SERVICE: &str = "Larder";

/// The system's key store: Keychain, Credential Manager, or a Secret Service (GNOME Keyring, KWallet). Where there is none, a
/// secret is known until the program ends and asked for again; it is never written anywhere else.
#[derive(Default)]
pub struct SystemSecrets {
    session: SessionSecrets,
}

impl SystemSecrets {
    /// Asks the key store on a thread of its own: some stores run an event loop that must not be inside of another one.
    fn ask<T: Send>(address: &str, question: impl FnOnce(keyring::Entry) -> keyring::Result<T> + Send) -> Option<T> {
        let answered = std::thread::scope(|scope| {
            let asked = scope.spawn(|| keyring::Entry::new(SERVICE, address).and_then(question));
            asked.join()
        });
        match answered {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(keyring::Error::NoEntry)) | Err(_) => None,
            Ok(Err(error)) => {
                // Which kind of error says enough; some of them carry what was to be kept.
                tracing::info!(kind = kind_of(&error), "the key store did not answer");
                None
            }
        }
    }
}

fn kind_of(error: &keyring::Error) -> &'static str {
    match error {
        keyring::Error::NoStorageAccess(_) => "no access",
        keyring::Error::PlatformFailure(_) => "failure of the system",
        _ => "other",
    }
}

impl Secrets for SystemSecrets {
    fn get(&self, address: &str) -> Option<Secret> {
        if let Some(known) = self.session.get(address) {
            return Some(known);
        }
        let secret = Secret::new(SystemSecrets::ask(address, |entry| entry.get_password())?);
        self.session.set(address, &secret);
        Some(secret)
    }

    fn set(&self, address: &str, secret: &Secret) -> bool {
        self.session.set(address, secret);
        SystemSecrets::ask(address, |entry| entry.set_password(secret.reveal())).is_some()
    }

    fn forget(&self, address: &str) {
        self.session.forget(address);
        let _ = SystemSecrets::ask(address, |entry| entry.delete_credential());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_until_it_is_forgotten() {
        let secrets = SessionSecrets::default();
        assert!(!secrets.set("webdav+https://anna@cloud", &Secret::new("hunter2")));
        assert_eq!(secrets.get("webdav+https://anna@cloud"), Some(Secret::new("hunter2")));
        assert_eq!(secrets.get("webdav+https://ben@cloud"), None);
        secrets.forget("webdav+https://anna@cloud");
        assert_eq!(secrets.get("webdav+https://anna@cloud"), None);
    }
}
