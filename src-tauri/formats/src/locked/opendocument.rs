//! OpenDocument packages that are locked (ODF 1.3 part 2, 4.8 and 5): each part encrypted by itself, or the whole package as one
//! part `encrypted-package`. The manifest says how, in the open.

use std::io::{Cursor, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larder_model::Refusal;

use super::error::{Cancel, CryptError, go_on};
use super::hash::HashName;
use super::opendocument_key::{BYTES_PER_LOOK, Cipher, Derivation};
use crate::book::package::{Package, of_xml};
use crate::book::xml::{Attributes, Token, Xml};
use crate::caps;

pub(super) const MANIFEST: &str = "META-INF/manifest.xml";
/// The part that a whole locked package is.
pub(crate) const WHOLE: &str = "encrypted-package";
const MANIFEST_BYTES: u64 = 4 << 20;
/// Rounds of all parts together; each part has a key of its own.
const ROUNDS: u64 = 10_000_000;
/// Bytes of a part that its checksum is of.
const CHECKED_BYTES: usize = 1_024;

/// How one part is locked.
#[derive(Debug, Default)]
struct Lock {
    checksum: Option<(HashName, Vec<u8>)>,
    cipher: Option<Cipher>,
    iv: Vec<u8>,
    start: Option<HashName>,
    derivation: Option<Derivation>,
    key_bytes: usize,
}

/// A manifest says that parts are locked.
pub(crate) fn says_locked(manifest: &[u8]) -> bool {
    memchr::memmem::find(manifest, b"encryption-data").is_some()
}

/// The package without its lock; nothing where it has none. `refused` says what a failure means.
pub(super) fn open(
    package: &mut Package,
    password: &str,
    cancel: Cancel<'_>,
    refused: &dyn Fn(CryptError) -> Refusal,
) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(manifest) = package.bytes(MANIFEST, MANIFEST_BYTES)?.filter(|manifest| says_locked(manifest)) else {
        return Ok(None);
    };
    let file = package.file().to_owned();
    let locks = locks(&manifest).map_err(|trouble| of_xml(&trouble, &file))?.into_iter();
    let mut locks: Vec<(String, Lock)> = locks.filter(|(path, _)| package.has(path)).collect();
    // The table first: where the password is wrong, nothing else need be tried.
    locks.sort_by_key(|(path, _)| path != "content.xml");
    if locks.is_empty() {
        return Err(refused(CryptError::Damaged("nothing of what is locked is there")));
    }
    if locks.iter().map(|(_, lock)| lock.derivation.as_ref().map_or(0, Derivation::rounds)).sum::<u64>() > ROUNDS {
        return Err(refused(CryptError::Unsupported("more rounds than anybody waits for")));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |_| refused(CryptError::TooLarge);
    let mut add = |path: &str, bytes: &[u8]| -> Result<(), Refusal> {
        let options = zip::write::SimpleFileOptions::default();
        let packed = if path == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        zip.start_file(path, options.compression_method(packed)).map_err(failed)?;
        zip.write_all(bytes).map_err(|_| refused(CryptError::TooLarge))
    };
    if let Some(kind) = package.bytes("mimetype", 100)? {
        add("mimetype", &kind)?;
    }
    let mut left = caps::UNPACKED_BYTES;
    for (path, lock) in &locks {
        let Some(bytes) = package.bytes(path, left)? else { continue };
        let plain = lock.open(bytes, password, cancel, left).map_err(refused)?;
        if path == WHOLE {
            return Ok(Some(plain));
        }
        left = left.saturating_sub(plain.len() as u64);
        add(path, &plain)?;
    }
    add(MANIFEST, &without_locks(&manifest))?;
    Ok(Some(zip.finish().map_err(failed)?.into_inner()))
}

impl Lock {
    fn open(&self, bytes: Vec<u8>, password: &str, cancel: Cancel<'_>, most: u64) -> Result<Vec<u8>, CryptError> {
        let cipher = self.cipher.ok_or(CryptError::Unsupported("an unknown cipher"))?;
        let derivation = self.derivation.as_ref().ok_or(CryptError::Unsupported("an unknown way to a key"))?;
        let start = self.start.unwrap_or(HashName::Sha1).of(&[password.as_bytes()]);
        let key = derivation.key(start.as_slice(), self.key_bytes, cancel)?;
        let packed = cipher.decrypt(&key, &self.iv, bytes, cancel)?;
        if let Some((hash, wanted)) = &self.checksum {
            let checked = &packed[..packed.len().min(CHECKED_BYTES)];
            if hash.of(&[checked]).as_slice() != wanted {
                return Err(CryptError::WrongPassword);
            }
        }
        // A package inside is packed already.
        if packed.starts_with(b"PK\x03\x04") {
            return Ok(packed);
        }
        match (unpacked(&packed, most, cancel)?, &self.checksum, cipher) {
            (Ok(plain), ..) if plain.len() as u64 >= most => Err(CryptError::TooLarge),
            (Ok(plain), ..) => Ok(plain),
            // Without a checksum only what comes of it tells.
            (Err(_), None, Cipher::Blowfish | Cipher::AesChained) => Err(CryptError::WrongPassword),
            (Err(_), ..) => Err(CryptError::Damaged("a part does not unpack")),
        }
    }

    fn learn(&mut self, tag: &str, attributes: Attributes<'_>) {
        let text = |name: &str| attributes.get(name).unwrap_or_default();
        let bytes = |name: &str| STANDARD.decode(text(name).trim()).unwrap_or_default();
        let number = |name: &str| attributes.number(name).and_then(|n| u32::try_from(n).ok());
        let hash = |name: &str| match text(name).to_ascii_lowercase() {
            name if name.contains("sha256") => HashName::Sha256,
            _ => HashName::Sha1,
        };
        match tag {
            "encryption-data" => {
                let sum = bytes("checksum");
                self.checksum = (!sum.is_empty()).then(|| (hash("checksum-type"), sum));
            }
            "algorithm" => {
                self.cipher = Cipher::of(&text("algorithm-name"));
                self.iv = bytes("initialisation-vector");
            }
            "start-key-generation" => self.start = Some(hash("start-key-generation-name")),
            "key-derivation" => {
                self.key_bytes = number("key-size").unwrap_or(16) as usize;
                let salt = bytes("salt");
                self.derivation = match text("key-derivation-name").to_ascii_lowercase() {
                    name if name.ends_with("pbkdf2") => {
                        Some(Derivation::Pbkdf2 { rounds: number("iteration-count").unwrap_or(1_024), salt })
                    }
                    name if name.ends_with("argon2id") => Some(Derivation::Argon2 {
                        passes: number("argon2-iterations").unwrap_or(0),
                        kibibytes: number("argon2-memory").unwrap_or(0),
                        lanes: number("argon2-lanes").unwrap_or(0),
                        salt,
                    }),
                    _ => None,
                };
            }
            _ => {}
        }
    }
}

/// What is packed, at most so many bytes of it; or why it does not unpack.
fn unpacked(packed: &[u8], most: u64, cancel: Cancel<'_>) -> Result<std::io::Result<Vec<u8>>, CryptError> {
    let mut from = flate2::read::DeflateDecoder::new(packed).take(most);
    let mut plain = Vec::new();
    loop {
        go_on(cancel)?;
        match from.by_ref().take(BYTES_PER_LOOK as u64).read_to_end(&mut plain) {
            Ok(0) => return Ok(Ok(plain)),
            Ok(_) => {}
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// Locked parts and how they are locked.
fn locks(manifest: &[u8]) -> Result<Vec<(String, Lock)>, crate::book::xml::Trouble> {
    let mut xml = Xml::new(manifest);
    let (mut out, mut path) = (Vec::<(String, Lock)>::new(), String::new());
    while let Some(token) = xml.next()? {
        match token {
            Token::Start("file-entry", attributes, _) => path = attributes.get("full-path").unwrap_or_default(),
            Token::Start(tag, attributes, _) => {
                if tag == "encryption-data" && out.len() < caps::ZIP_PARTS {
                    out.push((path.clone(), Lock::default()));
                }
                if let Some((_, lock)) = out.last_mut().filter(|(of, _)| *of == path) {
                    lock.learn(tag, attributes);
                }
            }
            _ => {}
        }
    }
    Ok(out)
}

/// A manifest that says nothing of locks any more.
fn without_locks(manifest: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("encryption-data") {
        let Some(from) = rest[..at].rfind('<') else { break };
        out.push_str(&rest[..from]);
        let behind = &rest[at..];
        let closed = behind.find("encryption-data>").map(|to| to + "encryption-data>".len());
        rest = closed.map_or("", |to| &behind[to..]);
    }
    out.push_str(rest);
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacking_can_be_stopped_in_the_middle() {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&vec![7; 5 * BYTES_PER_LOOK + 3]).expect("memory");
        let packed = packer.finish().expect("memory");
        let whole = unpacked(&packed, u64::MAX, &|| false).expect("nobody cancels").expect("it unpacks");
        assert_eq!(whole.len(), 5 * BYTES_PER_LOOK + 3);
        let asked = std::cell::Cell::new(0);
        let stop = || asked.replace(asked.get() + 1) == 3;
        assert_eq!(unpacked(&packed, u64::MAX, &stop).err(), Some(CryptError::Cancelled));
        assert_eq!(asked.get(), 4);
        assert_eq!(unpacked(&packed, 10, &|| false).expect("nobody cancels").expect("it unpacks").len(), 10);
    }

    #[test]
    fn a_manifest_forgets_its_locks() {
        let text = "<m:manifest><m:file-entry m:full-path=\"content.xml\"><m:encryption-data m:checksum=\"x\">\
                    <m:algorithm/></m:encryption-data></m:file-entry><m:file-entry m:full-path=\"/\"/></m:manifest>";
        let wanted = "<m:manifest><m:file-entry m:full-path=\"content.xml\"></m:file-entry>\
                      <m:file-entry m:full-path=\"/\"/></m:manifest>";
        assert_eq!(String::from_utf8_lossy(&without_locks(text.as_bytes())), wanted);
    }
}
