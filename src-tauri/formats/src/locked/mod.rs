//! Workbooks that are locked with a password.
//!
//! - xlsx, xlsm and xlsb: such a file is a compound file with the streams `EncryptionInfo` and `EncryptedPackage`, of
//!   which `package` makes the plain zip archive. Agile encryption ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15) and standard
//!   encryption (2.3.4.5 to 2.3.4.9) are read.
//! - xls: the records of the stream `Workbook` or `Book` are encrypted; `stream` makes the plain one. XOR obfuscation
//!   ([MS-OFFCRYPTO] 2.3.7), RC4 (2.3.6) and RC4 `CryptoAPI` (2.3.5) are read.
//! - ods: parts of the archive are encrypted each by itself, or the archive as one part, of which `opendocument` makes the plain
//!   archive. Blowfish, AES chained and AES-GCM, keys by PBKDF2 and Argon2id are read.
//!
//! Workbooks that are protected against changes only are encrypted as well, with a password that every program knows: a
//! file is tried with that one and with none before a person is asked (`file`).
//!
//! No input makes anything here panic, or allocate more than the input's size and a small constant.
//!
//! [MS-OFFCRYPTO]: https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-offcrypto

mod agile;
mod apart;
mod binary_rc4;
mod block;
mod bytes;
mod cryptoapi;
mod error;
mod file;
mod hash;
pub(crate) mod opendocument;
mod opendocument_key;
mod package;
mod password;
mod payload;
mod rc4;
mod records;
mod standard;
mod stream;
mod xor;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;

pub use file::unlock;
pub(crate) use file::{asks_password, cannot_unlock, package_unasked, stream_unasked};
