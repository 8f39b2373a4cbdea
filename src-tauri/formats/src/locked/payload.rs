//! The stream `EncryptedPackage` ([MS-OFFCRYPTO] 2.3.4.4): eight bytes of size, then the encrypted package.

use super::block::BLOCK;
use super::bytes::Fields;
use super::error::{CryptError, room};

/// The encrypted package while it becomes the plain one.
pub(super) struct Payload<'a> {
    cipher: &'a [u8],
    plain: Vec<u8>,
    /// The size of the plain package as `StreamSize` says, where that can be.
    size: usize,
    complete: bool,
}

impl<'a> Payload<'a> {
    /// Splits the stream. `StreamSize` is only believed as far as there are bytes for it: a larger one says that the
    /// stream is cut short, or has junk in its upper half, and a zero says nothing. `in_blocks` is for ciphers that
    /// cannot decrypt a part of a block.
    pub(super) fn new(encrypted_package: &'a [u8], in_blocks: bool) -> Result<Self, CryptError> {
        let mut fields = Fields(encrypted_package);
        let said = fields.u64().ok_or(CryptError::Damaged("the package has no size"))?;
        let mut cipher = fields.0;
        if in_blocks {
            cipher = cipher.get(..cipher.len() - cipher.len() % BLOCK).unwrap_or_default();
        }
        let within = |size: u64| usize::try_from(size).ok().filter(|size| *size <= cipher.len());
        let believed = if said == 0 { Some(cipher.len()) } else { within(said) };
        // Office writes the upper half as zero; the lower half alone is what older programs meant by the field.
        let believed = believed.or_else(|| within(said & 0xFFFF_FFFF).filter(|size| *size > 0));
        let size = believed.unwrap_or(cipher.len());
        let in_use = if in_blocks { size.next_multiple_of(BLOCK) } else { size };
        let cipher = cipher.get(..in_use).unwrap_or(cipher);
        Ok(Self { cipher, plain: room(cipher.len())?, size, complete: believed.is_some() })
    }

    /// The next `len` bytes (fewer at the end), still encrypted, at the place where they shall be decrypted.
    pub(super) fn next_part(&mut self, len: usize) -> Option<&mut [u8]> {
        if self.cipher.is_empty() {
            return None;
        }
        let (now, later) = self.cipher.split_at(len.min(self.cipher.len()));
        self.cipher = later;
        let start = self.plain.len();
        self.plain.extend_from_slice(now);
        self.plain.get_mut(start..)
    }

    /// The plain package, and whether all of it is there.
    pub(super) fn finish(mut self) -> (Vec<u8>, bool) {
        self.plain.truncate(self.size);
        (self.plain, self.complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of(said: u64, len: usize) -> (usize, bool) {
        let mut stream = said.to_le_bytes().to_vec();
        stream.resize(8 + len, 0);
        let mut payload = Payload::new(&stream, true).expect("eight bytes are there");
        while payload.next_part(32).is_some() {}
        let (plain, complete) = payload.finish();
        (plain.len(), complete)
    }

    #[test]
    fn the_size_is_believed_only_as_far_as_it_can_be() {
        assert_eq!(size_of(90, 96), (90, true));
        assert_eq!(size_of(90, 4096), (90, true));
        assert_eq!(size_of(0, 96), (96, true));
        assert_eq!(size_of(97, 96), (96, false));
        assert_eq!(size_of(90, 90), (80, false));
        assert_eq!(size_of(u64::MAX, 96), (96, false));
        assert_eq!(size_of(0x0BAD_0000_0000_005A, 96), (90, true));
        assert_eq!(size_of(5, 0), (0, false));
        assert!(Payload::new(&[0; 7], true).is_err());
    }
}
