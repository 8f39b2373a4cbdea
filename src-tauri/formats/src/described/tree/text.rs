//! Bytes as text: UTF-8, or UTF-16 with its mark in front.

use std::borrow::Cow;

use crate::described::DescribeError;

/// The text of a description, without a byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DescribeError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        all => utf8(all, 0),
    }
}

fn utf8(bytes: &[u8], before: usize) -> Result<Cow<'_, str>, DescribeError> {
    let text = std::str::from_utf8(bytes);
    text.map(Cow::Borrowed).map_err(|e| DescribeError::NotText { valid_bytes: before + e.valid_up_to() })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, DescribeError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(Cow::Owned(text)),
        _ => Err(DescribeError::NotText { valid_bytes: 0 }),
    }
}
