//! What stands in front of `age`: a header is handed to it only if it is short, plain and of the one kind that we write.
//! Anybody can put anything into a folder, and `age` knows more kinds of stanzas than a shelf ever needs.

use data_encoding::BASE64_NOPAD;

use crate::caps;

const INTRO: &[u8] = b"age-encryption.org/v1\n";
/// The longest line: a full one of a stanza's body has 64 characters, an argument line of ours 53.
const LINE_BYTES: usize = 80;
/// `age` puts in a stanza of noise, so that readers stay able to pass over what they do not know. It has up to 99 bytes.
const GREASE_LINES: usize = 3;

/// The lines of a header, each at most so long, all of them in front of the cap.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Lines<'b> {
    fn next(&mut self) -> Option<&'b [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let end = rest.iter().take(LINE_BYTES + 1).position(|b| *b == b'\n')?;
        self.at += end + 1;
        rest.get(..end)
    }
}

/// The length of the header at the start of these bytes; none where it is not one of ours. Looks at 64 KiB at most, and at
/// each byte once.
pub fn header_len(bytes: &[u8]) -> Option<usize> {
    let head = bytes.get(..bytes.len().min(caps::SEAL_HEADER_BYTES))?;
    if !head.starts_with(INTRO) {
        return None;
    }
    let mut lines = Lines { bytes: head, at: INTRO.len() };
    let (mut locks, mut grease) = (0, 0);
    loop {
        let line = lines.next()?;
        if let Some(mac) = line.strip_prefix(b"--- ") {
            return (locks > 0 && is_32_bytes(mac)).then_some(lines.at);
        }
        let stanza = line.strip_prefix(b"-> ")?;
        match stanza.strip_prefix(b"X25519 ") {
            Some(share) => {
                locks += 1;
                if !is_32_bytes(share) || !is_32_bytes(lines.next()?) {
                    return None;
                }
            }
            None => {
                grease += 1;
                skip_grease(stanza, &mut lines)?;
            }
        }
        if grease > 1 || locks + grease > caps::SEAL_STANZAS {
            return None;
        }
    }
}

/// 32 bytes in base 64 without padding, written in the only way that counts.
fn is_32_bytes(text: &[u8]) -> bool {
    text.len() == 43 && BASE64_NOPAD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// A stanza of noise: a first word that says so, printable words after single blanks, and a short body whose last line is not a
/// full one.
fn skip_grease(stanza: &[u8], lines: &mut Lines) -> Option<()> {
    let mut words = stanza.split(|b| *b == b' ');
    let is_word = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_graphic);
    if !words.next().is_some_and(|tag| is_word(tag) && tag.ends_with(b"-grease")) || !words.all(is_word) {
        return None;
    }
    for _ in 0..GREASE_LINES {
        let line = lines.next()?;
        BASE64_NOPAD.decode(line).ok().filter(|_| line.len() <= 64)?;
        if line.len() < 64 {
            return Some(());
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::sealed::{derived, seal_bytes};
    use crate::trials::Dice;

    fn sealed(to: u8, text: &[u8]) -> Vec<u8> {
        let locks: Vec<_> = (0..to).map(|i| derived(&[i; 32]).to_public()).collect();
        seal_bytes(&locks, text).unwrap()
    }

    /// What the guard says, and that it says so at once.
    fn soon(bytes: &[u8]) -> Option<usize> {
        let since = Instant::now();
        let found = header_len(bytes);
        // Ten milliseconds are asked for; here other trials share the processors, so a slow one is measured again.
        if since.elapsed() > Duration::from_millis(10) {
            let again = Instant::now();
            header_len(bytes);
            assert!(again.elapsed() < Duration::from_millis(10), "{:?}", again.elapsed());
        }
        found
    }

    #[test]
    fn everything_that_we_write_passes() {
        // The noise in it is different each time.
        for i in 0..400_u32 {
            let bytes = sealed(1 + (i % 5) as u8, b"flour");
            let len = soon(&bytes).unwrap();
            assert_eq!(bytes.len() - len, 16 + 5 + 16, "the header ends where the content begins");
        }
        assert!(soon(&sealed(127, b"flour")).is_some());
    }

    // fault 54
    #[test]
    fn a_header_that_is_not_ours_is_refused_at_once() {
        let good = sealed(2, b"flour");
        let len = header_len(&good).unwrap();
        let text = String::from_utf8(good[..len].to_vec()).unwrap();
        let lock = {
            let at = text.find("-> X25519").unwrap();
            let end = text[at..].match_indices('\n').nth(1).unwrap().0;
            text[at..at + end + 1].to_owned()
        };
        let mac = text[text.rfind("--- ").unwrap()..].to_owned();
        let intro = "age-encryption.org/v1\n";
        let whole = |stanzas: &str| format!("{intro}{stanzas}{mac}");
        let noise = "-> x-grease a b\nAAAA\n";
        assert_eq!(soon(whole(&lock).as_bytes()), Some(whole(&lock).len()));
        assert!(soon(whole(&format!("{noise}{lock}")).as_bytes()).is_some());
        assert!(soon(whole(&lock.repeat(127)).as_bytes()).is_some());
        let many = whole(&lock.repeat(4_000));
        let full = format!("-> x-grease\n{}", format!("{}\n", "A".repeat(64)).repeat(80_000));
        let bad = [
            String::new(),
            intro.to_owned(),
            text.replace("/v1", "/v2"),
            whole(""),
            whole(noise),
            whole(&lock.repeat(129)),
            many,
            whole(&full),
            whole(&format!("{lock}{noise}{noise}")),
            whole(&format!("{lock}-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAA\n")),
            whole(&format!("{lock}-> ssh-ed25519 AAAA AAAA\nAAAA\n")),
            whole(&format!("{lock}-> {}\nAAAA\n", "x".repeat(5_000_000))),
            whole(&format!("{lock}-> x-grease  a\nAAAA\n")),
            whole(&format!("{lock}-> x-grease \u{e4}\nAAAA\n")),
            whole(&format!("{lock}-> x-grease\nAAA=\n")),
            whole(&format!("{lock}-> x-grease\nAAB\n")),
            whole(&lock.replace("X25519 ", "X25519  ")),
            whole(&lock.replace("X25519 ", "x25519 ")),
            whole(&lock.replacen('\n', "\r\n", 1)),
            whole(&lock.replacen('\n', " x\n", 1)),
            whole(&lock.replacen("\n", "", 1)),
            format!("{intro}{lock}--- AAAA\n"),
            format!("{intro}{lock}---\n"),
            format!("{intro}{lock}{}", mac.trim_end()),
            format!(" {}", whole(&lock)),
            format!("-----BEGIN AGE ENCRYPTED FILE-----\n{}", whole(&lock)),
        ];
        for bad in &bad {
            assert_eq!(soon(bad.as_bytes()), None, "{}", bad.chars().take(200).collect::<String>());
        }
    }

    // fault 54
    #[test]
    fn whatever_the_bytes_are_the_answer_comes_at_once() {
        let mut dice = Dice::new(54);
        let good = sealed(3, b"flour");
        let header = header_len(&good).unwrap();
        for round in 0..4_000 {
            let mut bytes = good.clone();
            match round % 4 {
                0 => bytes = (0..dice.roll(3_000)).map(|_| dice.roll(256) as u8).collect(),
                1 => bytes.truncate(dice.roll(bytes.len())),
                2 => {
                    let at = dice.roll(header);
                    bytes[at] = bytes[at].wrapping_add(1 + dice.roll(255) as u8);
                }
                _ => {
                    let (from, to) = (dice.roll(header), dice.roll(header));
                    let piece = bytes[from.min(to)..from.max(to)].to_vec();
                    let at = dice.roll(header);
                    bytes.splice(at..at, piece.iter().copied().cycle().take(piece.len() * dice.roll(50)));
                }
            }
            // What passes, `age` reads without a panic: whether it opens is another matter.
            if soon(&bytes).is_some() {
                let _ = age::Decryptor::new_buffered(&bytes[..]);
            }
        }
        for fill in [b'A', b'\n', b'-', b' ', 0, 0xff] {
            assert_eq!(soon(&vec![fill; 5_000_000]), None);
            let mut bytes = INTRO.to_vec();
            bytes.resize(5_000_000, fill);
            assert_eq!(soon(&bytes), None);
        }
    }
}
