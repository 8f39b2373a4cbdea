//! Agile encryption of OOXML packages: [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15.

use super::block::{Aes, BLOCK};
use super::bytes::fit;
use super::error::{Cancel, CryptError, go_on};
use super::hash::HashName;
use super::password::utf16;
use super::payload::Payload;
use crate::book::xml::{Attributes, Token, Xml};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// The most rounds that the format allows: [MS-OFFCRYPTO] 2.3.4.10, `ST_SpinCount`.
const MOST_ROUNDS: u32 = 10_000_000;
/// A descriptor is a few kilobytes long; salts of the greatest length (65,536 bytes) still fit.
const LONGEST_XML: usize = 1 << 20;
/// The package is encrypted in segments of this length: [MS-OFFCRYPTO] 2.3.4.15.
const SEGMENT: usize = 4096;

/// What goes into the hashes beside the password and the salt: [MS-OFFCRYPTO] 2.3.4.13 and 2.3.4.14.
const FOR_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
const FOR_MAC_KEY: [u8; 8] = [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6];
const FOR_MAC: [u8; 8] = [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33];

/// How something is encrypted: the attributes that `keyData` and `encryptedKey` have in common.
struct Method {
    hash: HashName,
    key_len: usize,
    salt: Vec<u8>,
}

/// The key of the package, encrypted with the password: the `encryptedKey` of [MS-OFFCRYPTO] 2.3.4.10.
struct ByPassword {
    method: Method,
    rounds: u32,
    verifier: Vec<u8>,
    verifier_len: usize,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

/// The descriptor of an agile `EncryptionInfo`: [MS-OFFCRYPTO] 2.3.4.10.
pub(super) struct Agile {
    data: Method,
    by_password: ByPassword,
    /// The encrypted key and value of the HMAC.
    mac: Option<(Vec<u8>, Vec<u8>)>,
}

/// Whether the package is as it was when it was encrypted: [MS-OFFCRYPTO] 2.3.4.14.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Integrity {
    /// The HMAC of the package is as recorded.
    Verified,
    /// The HMAC differs: the package was changed, cut short, or written by a program that computes it differently.
    Mismatch,
    /// The file records no HMAC; standard encryption never does.
    NotRecorded,
}

fn number(tag: Attributes<'_>, name: &str) -> Option<u32> {
    tag.number(name).and_then(|number| number.try_into().ok())
}

fn bytes(tag: Attributes<'_>, name: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let mut text = tag.get(name)?;
    text.retain(|c| !c.is_ascii_whitespace());
    GeneralPurpose::new(&STANDARD, config).decode(text).ok()
}

impl Method {
    fn read(tag: Attributes<'_>) -> Result<Self, CryptError> {
        let cipher = tag.get("cipherAlgorithm").ok_or(CryptError::Damaged("no cipher is named"))?;
        if !cipher.trim().eq_ignore_ascii_case("AES") {
            return Err(CryptError::Unsupported("a cipher other than AES"));
        }
        if tag.get("cipherChaining").is_some_and(|mode| mode.trim() != "ChainingModeCBC") {
            return Err(CryptError::Unsupported("a chaining mode other than CBC"));
        }
        if number(tag, "blockSize").is_some_and(|size| size != 16) {
            return Err(CryptError::Damaged("the block's length"));
        }
        let hash = tag.get("hashAlgorithm").ok_or(CryptError::Damaged("no hash is named"))?;
        let hash = HashName::from_xml(hash.trim()).ok_or(CryptError::Unsupported("an unknown hash"))?;
        let key_len = match number(tag, "keyBits") {
            Some(128) => 16,
            Some(192) => 24,
            Some(256) => 32,
            _ => return Err(CryptError::Damaged("the key's length")),
        };
        let salt = bytes(tag, "saltValue").ok_or(CryptError::Damaged("no salt"))?;
        Ok(Self { hash, key_len, salt })
    }

    /// The start of a chain, bound to `what`: [MS-OFFCRYPTO] 2.3.4.12.
    fn start(&self, what: &[u8]) -> [u8; BLOCK] {
        fit(self.hash.of(&[&self.salt, what]).as_slice(), 0x36)
    }
}

impl ByPassword {
    fn read(tag: Attributes<'_>) -> Result<Self, CryptError> {
        let rounds = number(tag, "spinCount").ok_or(CryptError::Damaged("the number of rounds"))?;
        if rounds > MOST_ROUNDS {
            return Err(CryptError::Unsupported("more than 10,000,000 rounds for the key"));
        }
        let field = |name, what| bytes(tag, name).filter(|bytes| !bytes.is_empty()).ok_or(CryptError::Damaged(what));
        let verifier = field("encryptedVerifierHashInput", "no verifier")?;
        let verifier_len = number(tag, "saltSize").and_then(|len| usize::try_from(len).ok());
        Ok(Self {
            method: Method::read(tag)?,
            rounds,
            verifier_len: verifier_len.unwrap_or(verifier.len()).min(verifier.len()),
            verifier,
            verifier_hash: field("encryptedVerifierHashValue", "no verifier hash")?,
            key: field("encryptedKeyValue", "no encrypted key")?,
        })
    }
}

/// The encrypted key and value of the HMAC. One that is there but cannot be read is a mismatch later on, not an absence.
fn mac_of(tag: Attributes<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (key, value) = ("encryptedHmacKey", "encryptedHmacValue");
    tag.plain(key).and(tag.plain(value))?;
    Some((bytes(tag, key).unwrap_or_default(), bytes(tag, value).unwrap_or_default()))
}

impl Agile {
    /// Reads the XML that follows the version and the reserved field.
    pub(super) fn parse(xml: &[u8]) -> Result<Self, CryptError> {
        if xml.len() > LONGEST_XML {
            return Err(CryptError::Damaged("the description of the key is too long"));
        }
        let (mut data, mut by_password, mut mac, mut has_other_key) = (None, None, None, false);
        let mut xml = Xml::new(xml);
        // What follows the last tag that can be read does not matter: what is missing is told below.
        while let Ok(Some(token)) = xml.next() {
            let Token::Start(name, tag, _) = token else { continue };
            match name {
                "keyData" if data.is_none() => data = Some(Method::read(tag)?),
                // A certificate has an encrypted key too, but nothing to spin.
                "encryptedKey" if tag.plain("spinCount").is_none() => has_other_key = true,
                "encryptedKey" if by_password.is_none() => by_password = Some(ByPassword::read(tag)?),
                "dataIntegrity" if mac.is_none() => mac = mac_of(tag),
                _ => {}
            }
        }
        let data = data.ok_or(CryptError::Damaged("no description of the key"))?;
        let by_password = by_password.ok_or(match has_other_key {
            true => CryptError::Unsupported("opened by certificate only"),
            false => CryptError::Damaged("no encrypted key"),
        })?;
        Ok(Self { data, by_password, mac })
    }

    /// How many rounds a password takes.
    pub(super) fn rounds(&self) -> u32 {
        self.by_password.rounds
    }

    /// The key of the package for a password, `None` where it does not fit: [MS-OFFCRYPTO] 2.3.4.11 and 2.3.4.13.
    pub(super) fn key(&self, password: &str, cancel: Cancel<'_>) -> Result<Option<Aes>, CryptError> {
        let by = &self.by_password;
        let Method { hash, key_len, salt } = &by.method;
        let spun = hash.spin(salt, &utf16(password), by.rounds, cancel)?;
        let open = |what: &[u8], encrypted: &[u8]| {
            // Hashes shorter than the key are filled up with 0x36.
            let key: [u8; 32] = fit(hash.of(&[spun.as_slice(), what]).as_slice(), 0x36);
            let aes = key.get(..*key_len).and_then(Aes::new)?;
            let mut plain = encrypted.to_vec();
            aes.decrypt_chained(fit(salt, 0x36), &mut plain);
            Some(plain)
        };
        let wrong_length = CryptError::Damaged("the key's length");
        let verifier = open(&FOR_VERIFIER, &by.verifier).ok_or(wrong_length)?;
        let expected = open(&FOR_VERIFIER_HASH, &by.verifier_hash).ok_or(wrong_length)?;
        let fits = |verifier: &[u8]| expected.starts_with(hash.of(&[verifier]).as_slice());
        // The hash is that of the verifier alone, but some programs take in what fills up its last block.
        if !verifier.get(..by.verifier_len).is_some_and(fits) && !fits(&verifier) {
            return Ok(None);
        }
        let key = open(&FOR_KEY, &by.key).ok_or(wrong_length)?;
        Ok(Some(key.get(..self.data.key_len).and_then(Aes::new).ok_or(wrong_length)?))
    }

    /// Whether the whole stream has the HMAC that was recorded: [MS-OFFCRYPTO] 2.3.4.14.
    pub(super) fn integrity(
        &self,
        aes: &Aes,
        encrypted_package: &[u8],
        cancel: Cancel<'_>,
    ) -> Result<Integrity, CryptError> {
        let Some((mac_key, mac)) = &self.mac else { return Ok(Integrity::NotRecorded) };
        let size = self.data.hash.size();
        let open = |what: &[u8], encrypted: &[u8]| {
            let mut plain = encrypted.to_vec();
            aes.decrypt_chained(self.data.start(what), &mut plain);
            plain.truncate(size);
            plain
        };
        let (mac_key, mac) = (open(&FOR_MAC_KEY, mac_key), open(&FOR_MAC, mac));
        let found = self.data.hash.hmac(&mac_key, encrypted_package, cancel)?;
        Ok(if found.as_slice() == mac { Integrity::Verified } else { Integrity::Mismatch })
    }

    /// Decrypts the package segment by segment: [MS-OFFCRYPTO] 2.3.4.15.
    pub(super) fn decrypt(
        &self,
        aes: &Aes,
        mut payload: Payload<'_>,
        cancel: Cancel<'_>,
    ) -> Result<(Vec<u8>, bool), CryptError> {
        let mut segment = 0u32;
        while let Some(part) = payload.next_part(SEGMENT) {
            go_on(cancel)?;
            aes.decrypt_chained(self.data.start(&segment.to_le_bytes()), part);
            segment = segment.wrapping_add(1);
        }
        Ok(payload.finish())
    }
}
