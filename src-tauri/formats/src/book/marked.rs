//! Tables in files of markup that stand by themselves, without an archive around them: their bytes as text.

use larder_model::Refusal;

use super::Request;
use crate::caps;
use crate::progress::Input;
use crate::text::blocks::Blocks;
use crate::text::encoding::{self, Letters};

/// Bytes in which a file says how its letters are written.
const DECLARED_WITHIN: usize = 2_048;

/// The whole text of a file. What its bytes prove goes before what it says of itself, and that before a guess.
pub(crate) fn text(input: Box<dyn Input>, request: &Request<'_>) -> Result<String, Refusal> {
    let mut input = input;
    let mut blocks = Blocks::read(input.as_mut(), None, request.name)?;
    if request.progress.cancelled() {
        return Err(Refusal::new(larder_model::RefusalCode::Cancelled));
    }
    let guess = encoding::guess(&blocks);
    let head = blocks.blocks.front().map_or(&[][..], |block| &block[..block.len().min(DECLARED_WITHIN)]);
    let proven = guess.mark_bytes > 0 || !guess.unsure && guess.others.is_empty();
    let letters = if proven { guess.letters } else { declared(head).unwrap_or(guess.letters) };
    let mut bytes = Vec::with_capacity(blocks.bytes as usize);
    for block in blocks.blocks.drain(..) {
        bytes.extend_from_slice(&block);
    }
    bytes.drain(..guess.mark_bytes.min(bytes.len()));
    let text = letters.text(bytes);
    if text.len() as u64 > caps::TEXT_BYTES {
        return Err(caps::too_large("bytes", caps::TEXT_BYTES).with("file", request.name));
    }
    Ok(text)
}

/// `encoding="..."` of XML, `charset=...` of a web page.
fn declared(head: &[u8]) -> Option<Letters> {
    let head: String = head.iter().filter(|b| **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect();
    ["encoding=", "charset="].iter().find_map(|mark| {
        let rest = head[head.find(mark)? + mark.len()..].trim_start_matches(['"', '\'', ' ']);
        let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        Letters::for_label(&label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_how_its_letters_are_written() {
        let name = |head: &str| declared(head.as_bytes()).map(Letters::name);
        assert_eq!(name("<?xml version=\"1.0\" encoding='ISO-8859-1'?>").as_deref(), Some("windows-1252"));
        assert_eq!(name("<meta content=\"text/html; charset=windows-1250\">").as_deref(), Some("windows-1250"));
        assert_eq!(name("<html><body>"), None);
        assert_eq!(name("charset=klingon"), None);
    }
}
