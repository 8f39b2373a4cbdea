//! Invitations: which shelf is meant and who founded it, so that joining is not blind; and where it stands, as what a form would
//! ask for. As a file `*.larder`, or as a link.
//!
//! An invitation comes from anywhere. Nothing of it ever becomes a path, a command or an address by itself: what it says about
//! the place fills in a form that a person looks at, and the kind of place checks it like anything else that is typed there.

use std::collections::BTreeMap;

use larder_model::{Person, PersonId, Refusal, RefusalCode, ShelfId, WriterId, display_text, search_text};
use serde::{Deserialize, Serialize};

use crate::founding::{find_founding, join_shelf};
use crate::places::{FieldKind, PLACES, Place, kind_of};
use crate::{Device, Trust, caps, names, words};

/// How a link begins.
const LINK: &str = "larder:join?";
/// What a file says to be.
const KIND: &str = "larder-invitation";
/// The version of both.
const VERSION: u32 = 1;
/// Longest name, in characters.
const NAME_CHARS: usize = 80;
/// Longest hint or value of a form's field, in characters.
const TEXT_CHARS: usize = 300;
/// Most fields of a form.
const FIELDS: usize = 12;
/// Fields that say who signs in: everybody has their own.
const OWN: [&str; 3] = ["user", "key_id", "key"];

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The shelf.
    pub shelf: ShelfId,
    /// The founder's device: the fingerprint of its key.
    pub founder: WriterId,
    /// The shelf's name, as the one who invites sees it.
    pub name: String,
    /// Who invites, in their own words.
    pub from: String,
    /// The kind of place, as [`PLACES`] names it; one that this Larder does not know may be among them.
    pub place: String,
    /// What to fill into the form of that kind. Never a secret, nor who signs in.
    pub fields: BTreeMap<String, String>,
    /// What else helps to find it, such as the name of the folder.
    pub hint: String,
}

/// As it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    version: u32,
    shelf: String,
    founder: String,
    name: String,
    from: String,
    place: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    hint: String,
}

fn refuse(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", "invitation").with("value", what)
}

/// The refusal where a shelf is not the one that was meant: the words of the founder who was meant, and of those who are there.
pub(crate) fn wrong_shelf<'w>(meant: &WriterId, found: impl IntoIterator<Item = &'w WriterId>) -> Refusal {
    let found: Vec<String> = found.into_iter().map(|writer| words::six(writer.as_str()).join(" ")).collect();
    Refusal::new(RefusalCode::WrongShelf).with("words", words::six(meant.as_str()).join(" ")).with("found", found)
}

impl Invitation {
    /// An invitation to a shelf that this reader has looked at, and that stands at this address.
    ///
    /// # Errors
    /// `Unknown` where it was never looked at; `Invalid` for an address of no kind.
    pub fn new(trust: &Trust, address: &str, from: &str, hint: &str) -> Result<Invitation, Refusal> {
        let unknown = || Refusal::new(RefusalCode::Unknown).with("what", trust.shelf.as_str());
        let founder = trust.founder.clone().ok_or_else(unknown)?;
        let kind = kind_of(address)?;
        let mut values = (kind.values)(address);
        let shown = |name: &str| {
            let field = kind.fields.iter().find(|field| field.name == name);
            field.is_some_and(|field| matches!(field.kind, FieldKind::Text | FieldKind::Web)) && !OWN.contains(&name)
        };
        values.retain(|name, value| shown(name) && !value.is_empty());
        let invitation = Invitation {
            shelf: trust.shelf.clone(),
            founder,
            name: display_text(&trust.name, NAME_CHARS),
            from: display_text(from, NAME_CHARS),
            place: kind.name.to_owned(),
            fields: values,
            hint: display_text(hint, TEXT_CHARS),
        };
        // A field that a link cannot carry is left to the hint.
        invitation.checked()
    }

    /// Six words of the founder's device: what the one who invites reads out, and the newcomer compares.
    pub fn words(&self) -> [String; 6] {
        words::six(self.founder.as_str())
    }

    /// Whether this Larder has such a form to fill in.
    pub fn is_known_place(&self) -> bool {
        PLACES.iter().any(|kind| kind.name == self.place)
    }

    /// Reads an invitation, whether it is a link or what stands in a file.
    ///
    /// # Errors
    /// `TooNew` for one of a later Larder; `TooLarge`; `Invalid` for anything else that is none.
    pub fn parse(text: &str) -> Result<Invitation, Refusal> {
        if text.len() > caps::INVITATION_BYTES {
            return Err(Refusal::new(RefusalCode::TooLarge)
                .with("file", "invitation")
                .with("limit", caps::INVITATION_BYTES as u64));
        }
        match text.trim_end_matches(['\r', '\n']).strip_prefix(LINK) {
            Some(query) => Invitation::of_link(query),
            None => Invitation::of_file(text),
        }
    }

    fn of_file(text: &str) -> Result<Invitation, Refusal> {
        #[derive(Deserialize)]
        struct Later {
            kind: String,
            version: u32,
        }
        let later: Later = crate::json::read(text.as_bytes()).ok_or_else(|| refuse("file"))?;
        if later.kind != KIND {
            return Err(refuse("kind"));
        }
        if later.version > VERSION {
            return Err(Refusal::new(RefusalCode::TooNew).with("what", "invitation"));
        }
        let file: File = crate::json::read(text.as_bytes()).ok_or_else(|| refuse("file"))?;
        Invitation {
            shelf: ShelfId::parse(&file.shelf).ok_or_else(|| refuse("shelf"))?,
            founder: WriterId::parse(&file.founder).ok_or_else(|| refuse("founder"))?,
            name: file.name,
            from: file.from,
            place: file.place,
            fields: file.fields,
            hint: file.hint,
        }
        .checked()
    }

    fn of_link(query: &str) -> Result<Invitation, Refusal> {
        if query.len() > caps::LINK_CHARS {
            return Err(refuse("length"));
        }
        let mut values: BTreeMap<&str, String> = BTreeMap::new();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').ok_or_else(|| refuse("link"))?;
            let value = decoded(value).ok_or_else(|| refuse("link"))?;
            if values.insert(name, value).is_some() {
                return Err(refuse("link"));
            }
        }
        match values.remove("v").as_deref() {
            Some("1") => {}
            Some(v) if v.len() <= 4 && v.bytes().all(|b| b.is_ascii_digit()) && !v.starts_with('0') => {
                return Err(Refusal::new(RefusalCode::TooNew).with("what", "invitation"));
            }
            _ => return Err(refuse("version")),
        }
        let mut take = |name: &'static str| values.remove(name).ok_or_else(|| refuse(name));
        let shelf = ShelfId::parse(&take("shelf")?).ok_or_else(|| refuse("shelf"))?;
        let founder = WriterId::parse(&take("founder")?).ok_or_else(|| refuse("founder"))?;
        let (name, from, place) = (take("name")?, take("from")?, take("place")?);
        let hint = values.remove("hint").unwrap_or_default();
        let mut fields = BTreeMap::new();
        for (name, value) in values {
            // Nothing else may be said in a link.
            let field = name.strip_prefix("at.").ok_or_else(|| refuse("link"))?;
            fields.insert(field.to_owned(), value);
        }
        Invitation { shelf, founder, name, from, place, fields, hint }.checked()
    }

    /// Itself, if every field is within its grammar.
    fn checked(self) -> Result<Invitation, Refusal> {
        let is_name = |name: &str, most: usize| {
            (1..=most).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
        };
        let fields = self.fields.len() <= FIELDS
            && self.fields.iter().all(|(name, value)| {
                is_name(name, 20) && !OWN.contains(&name.as_str()) && !value.is_empty() && is_plain(value, TEXT_CHARS)
            });
        let faults = [
            (names::is_hash(self.shelf.as_str()), "shelf"),
            (names::is_writer(self.founder.as_str()), "founder"),
            (is_plain(&self.name, NAME_CHARS), "name"),
            (is_plain(&self.from, NAME_CHARS), "from"),
            (is_name(&self.place, 20), "place"),
            (fields, "fields"),
            (is_plain(&self.hint, TEXT_CHARS), "hint"),
        ];
        match faults.into_iter().find(|(fits, _)| !fits) {
            Some((_, what)) => Err(refuse(what)),
            None => Ok(self),
        }
    }

    /// As what stands in a file `*.larder`.
    ///
    /// # Errors
    /// `Invalid` where a field was changed to what cannot be.
    pub fn to_file(&self) -> Result<String, Refusal> {
        let it = self.clone().checked()?;
        let file = File {
            kind: KIND.to_owned(),
            version: VERSION,
            shelf: it.shelf.to_string(),
            founder: it.founder.to_string(),
            name: it.name,
            from: it.from,
            place: it.place,
            fields: it.fields,
            hint: it.hint,
        };
        serde_json::to_string_pretty(&file).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))
    }

    /// As a link.
    ///
    /// # Errors
    /// `TooLarge` where it would be too long for one; `Invalid` where a field was changed to what cannot be.
    pub fn to_link(&self) -> Result<String, Refusal> {
        let it = self.clone().checked()?;
        let mut query = format!("v={VERSION}&shelf={}&founder={}", it.shelf, it.founder);
        for (name, value) in [("name", &it.name), ("from", &it.from), ("place", &it.place)] {
            query.push_str(&format!("&{name}={}", encoded(value)));
        }
        for (name, value) in &it.fields {
            query.push_str(&format!("&at.{name}={}", encoded(value)));
        }
        if !it.hint.is_empty() {
            query.push_str(&format!("&hint={}", encoded(&it.hint)));
        }
        if query.len() > caps::LINK_CHARS {
            let limit = caps::LINK_CHARS as u64;
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "invitation").with("limit", limit));
        }
        Ok(format!("{LINK}{query}"))
    }
}

/// Whether a text is harmless on one line as it is: nothing in it is hidden or turned round. One that was shortened ends in `…`.
fn is_plain(text: &str, max_chars: usize) -> bool {
    text.len() <= 4 * (max_chars + 1) && text.chars().count() <= max_chars + 1 && display_text(text, usize::MAX) == text
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The text, if every byte of it is one that [`encoded`] leaves as it is, or two digits of base 16.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte),
            b'%' => {
                let digit = |b: u8| char::from(b).to_digit(16);
                let value = digit(bytes.next()?)? * 16 + digit(bytes.next()?)?;
                out.push(u8::try_from(value).ok()?);
            }
            _ => return None,
        }
    }
    String::from_utf8(out).ok()
}

/// A shelf that stands at a place, before anything of it is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founder {
    /// The shelf.
    pub shelf: ShelfId,
    /// What it calls itself.
    pub name: String,
    /// Six words of its founder's device.
    pub words: [String; 6],
}

/// Every shelf that stands at a place: normally one. Whoever joins without an invitation compares the words by telephone.
///
/// # Errors
/// What the place answers.
pub fn founders(place: &dyn Place) -> Result<Vec<Founder>, Refusal> {
    let found = find_founding(place)?;
    Ok(found
        .into_iter()
        .map(|found| Founder {
            shelf: found.shelf,
            name: display_text(&found.founding.name, caps::TITLE_CHARS),
            words: words::six(found.writer.as_str()),
        })
        .collect())
}

/// Whether these are the words, however they were typed.
pub fn are_words(words: &[String; 6], typed: &str) -> bool {
    let plain = |text: &str| {
        search_text(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    plain(typed) == words.iter().map(String::as_str).map(search_text).collect::<Vec<_>>()
}

/// Asks to be on the shelf that an invitation means, and on no other: which it is and who founded it is settled before
/// anything of it is read. What comes out is what this computer trusts from then on.
///
/// # Errors
/// `WrongShelf` \[words, found\] where another shelf stands there; `NoShelf` where none does; otherwise as [`crate::join`].
pub fn join_invited(
    place: &dyn Place,
    device: &Device,
    person: &Person,
    person_id: &PersonId,
    invitation: &Invitation,
    now: &str,
) -> Result<Trust, Refusal> {
    let mut trust = Trust::new(invitation.shelf.clone());
    trust.founder = Some(invitation.founder.clone());
    trust.name = invitation.name.clone();
    let found = find_founding(place)?;
    if found.is_empty() {
        return Err(Refusal::new(RefusalCode::NoShelf));
    }
    let meant = found.iter().find(|found| found.shelf == invitation.shelf && found.writer == invitation.founder);
    // Where a second shelf stands beside it, it is known which one is meant.
    let meant = meant.ok_or_else(|| wrong_shelf(&invitation.founder, found.iter().map(|found| &found.writer)))?;
    join_shelf(place, device, meant, person, person_id, now)?;
    Ok(trust)
}

/// The same with nothing but the six words, read out over the telephone.
///
/// # Errors
/// `WrongShelf` \[found\] where no shelf's founder has these words; otherwise as [`crate::join`].
pub fn join_with_words(
    place: &dyn Place,
    device: &Device,
    person: &Person,
    person_id: &PersonId,
    typed: &str,
    now: &str,
) -> Result<Trust, Refusal> {
    let found = find_founding(place)?;
    if found.is_empty() {
        return Err(Refusal::new(RefusalCode::NoShelf));
    }
    let meant = found.iter().find(|found| are_words(&words::six(found.writer.as_str()), typed));
    let there: Vec<String> = found.iter().map(|found| words::six(found.writer.as_str()).join(" ")).collect();
    let wrong = || Refusal::new(RefusalCode::WrongShelf).with("words", display_text(typed, 120)).with("found", there);
    let meant = meant.ok_or_else(wrong)?;
    let mut trust = Trust::new(meant.shelf.clone());
    trust.founder = Some(meant.writer.clone());
    join_shelf(place, device, meant, person, person_id, now)?;
    Ok(trust)
}
