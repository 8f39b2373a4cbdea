//! What comes from outside of a shelf: invitations, addresses, and what servers answer.

use crate::Invitation;
use crate::places::{PLACES, PlaceKind, Values, fuzzed};

/// An invitation, as a link or as what stands in a file; and words, as somebody types them.
pub fn invitation(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let words = ["acorn", "bread", "cedar", "dawn", "ember", "flour"].map(str::to_owned);
    assert!(crate::are_words(&words, &words.join(" ")));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    assert!(!crate::are_words(&words, text) || letters(text) > 0, "nothing typed is no word");
    let Ok(invitation) = Invitation::parse(text) else { return };
    let texts = [&invitation.name, &invitation.from, &invitation.hint];
    for text in texts.into_iter().chain(invitation.fields.values()) {
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
    }
    assert!(!invitation.fields.keys().any(|name| ["user", "key", "key_id"].contains(&name.as_str())));
    let file = invitation.to_file().expect("what was read can be written");
    assert_eq!(Invitation::parse(&file).as_ref(), Ok(&invitation), "as a file");
    if let Ok(link) = invitation.to_link() {
        let read = Invitation::parse(&link).expect("a link of ours is read");
        assert_eq!((&read, read.to_link().as_ref()), (&invitation, Ok(&link)), "as a link, to the byte");
    }
    assert_eq!(invitation.words(), invitation.words());
    filled_in(&invitation.fields);
}

/// Kinds of places with a form. A folder is picked, and its path is its address.
fn kinds() -> impl Iterator<Item = &'static PlaceKind> {
    PLACES.iter().filter(|kind| !kind.fields.is_empty())
}

/// A form that was filled in with anything: an address, from which the same is filled in again; or a refusal.
fn filled_in(values: &Values) {
    for kind in kinds() {
        if let Ok(address) = (kind.address)(values) {
            kept(&address, kind.name);
        }
    }
}

/// An address of ours is taken apart and put together to itself, and opens.
fn kept(address: &str, kind: &str) {
    let found = crate::places::kind_of(address).expect("an address is of a kind");
    assert_eq!(found.name, kind, "{address:?}");
    assert!(!address.chars().any(char::is_control), "{address:?}");
    let values = (found.values)(address);
    assert_eq!((found.address)(&values).as_deref(), Ok(address), "{values:?}");
}

/// The bytes as an address, and their lines as what was typed into a form.
pub fn addresses(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for kind in kinds().filter(|kind| (kind.fits)(text)) {
        if let Ok(address) = (kind.address)(&(kind.values)(text)) {
            kept(&address, kind.name);
        }
    }
    for kind in kinds() {
        let typed = kind.fields.iter().map(|field| field.name.to_owned()).zip(text.lines().map(str::to_owned));
        if let Ok(address) = (kind.address)(&typed.collect()) {
            kept(&address, kind.name);
        }
    }
}

/// What a server answers. The first byte says which one: WebDAV about files, S3 about files or about a fault, SFTP.
pub fn listings(bytes: &[u8]) {
    let Some((which, answer)) = bytes.split_first() else { return };
    match which % 4 {
        0 => fuzzed::webdav(answer),
        1 => fuzzed::s3_page(answer),
        2 => fuzzed::s3_fault(answer),
        _ => fuzzed::sftp(answer),
    }
}
