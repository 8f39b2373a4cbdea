//! The packets of SFTP, version 3 (draft-ietf-secsh-filexfer-02), as a client writes and reads them.
//!
//! Own code, because names and handles are bytes that need not be text, and because servers answer with codes of later
//! versions (no space, quota); a library that insists on text and on nine codes loses handles, names and connections.

/// Kinds of packets that are sent.
pub(super) mod kind {
    pub const INIT: u8 = 1;
    pub const VERSION: u8 = 2;
    pub const OPEN: u8 = 3;
    pub const CLOSE: u8 = 4;
    pub const READ: u8 = 5;
    pub const WRITE: u8 = 6;
    pub const LSTAT: u8 = 7;
    pub const FSTAT: u8 = 8;
    pub const OPENDIR: u8 = 11;
    pub const READDIR: u8 = 12;
    pub const REMOVE: u8 = 13;
    pub const MKDIR: u8 = 14;
    pub const RMDIR: u8 = 15;
    pub const REALPATH: u8 = 16;
    pub const STAT: u8 = 17;
    pub const RENAME: u8 = 18;
    pub const EXTENDED: u8 = 200;
}

/// What a server says about a request, with the codes of later versions that some use all the same.
pub(super) mod code {
    pub const OK: u32 = 0;
    pub const EOF: u32 = 1;
    pub const NO_SUCH_FILE: u32 = 2;
    pub const PERMISSION_DENIED: u32 = 3;
    pub const FAILURE: u32 = 4;
    pub const BAD_MESSAGE: u32 = 5;
    pub const NO_CONNECTION: u32 = 6;
    pub const CONNECTION_LOST: u32 = 7;
    pub const UNSUPPORTED: u32 = 8;
    pub const NO_SUCH_PATH: u32 = 10;
    pub const ALREADY_EXISTS: u32 = 11;
    pub const WRITE_PROTECT: u32 = 12;
    pub const NO_SPACE: u32 = 14;
    pub const QUOTA: u32 = 15;
    pub const LOCKED: u32 = 17;
    pub const NOT_A_FOLDER: u32 = 19;
    pub const INVALID_NAME: u32 = 20;
    pub const LINK_LOOP: u32 = 21;
    pub const IS_A_FOLDER: u32 = 24;
}

/// How a file is opened.
pub(super) const FOR_READING: u32 = 0x01;
/// For writing, new, and never one that is there.
pub(super) const NEW: u32 = 0x02 | 0x08 | 0x20;

/// Longest packet that is read.
pub(super) const LONGEST: usize = 1024 * 1024;

/// A packet that is being written. The length in front is filled in at the end.
pub(super) struct Packet(Vec<u8>);

impl Packet {
    pub fn new(kind: u8, id: u32) -> Packet {
        Packet(vec![0, 0, 0, 0, kind]).number(id)
    }

    pub fn number(mut self, number: u32) -> Packet {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub fn long(mut self, number: u64) -> Packet {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub fn text(self, text: impl AsRef<[u8]>) -> Packet {
        let text = text.as_ref();
        let mut packet = self.number(u32::try_from(text.len()).unwrap_or(u32::MAX));
        packet.0.extend(text);
        packet
    }

    pub fn done(mut self) -> Vec<u8> {
        let length = u32::try_from(self.0.len() - 4).unwrap_or(u32::MAX);
        if let Some(front) = self.0.get_mut(..4) {
            front.copy_from_slice(&length.to_be_bytes());
        }
        self.0
    }
}

/// What is known of something that stands on the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Attrs {
    pub size: Option<u64>,
    pub mode: Option<u32>,
    /// Seconds since 1970, by the server's clock.
    pub modified: Option<u32>,
}

impl Attrs {
    fn format(&self) -> Option<u32> {
        self.mode.map(|mode| mode & 0o170_000).filter(|format| *format != 0)
    }

    pub fn is_folder(&self) -> bool {
        self.format() == Some(0o040_000)
    }

    pub fn is_file(&self) -> bool {
        self.format() == Some(0o100_000)
    }

    /// Whether the server says at all what it is.
    pub fn is_told(&self) -> bool {
        self.format().is_some()
    }

    /// A mark that usually differs once the content was replaced.
    pub fn changed(&self) -> Option<u64> {
        let modified = u64::from(self.modified?);
        Some(modified.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ self.size.unwrap_or_default())
    }
}

/// A line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub name: Vec<u8>,
    pub attrs: Attrs,
}

/// What a server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Status(u32, String),
    Handle(Vec<u8>),
    Data(Vec<u8>),
    Names(Vec<Named>),
    Attrs(Attrs),
    Extended(Vec<u8>),
}

/// Bytes that are being read; every reading answers nothing where they end early.
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, many: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(many)?;
        self.0 = rest;
        Some(front)
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    pub fn long(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_be_bytes)
    }

    pub fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).ok()?)
    }

    fn attrs(&mut self) -> Option<Attrs> {
        let flags = self.number()?;
        let mut attrs = Attrs::default();
        if flags & 0x1 != 0 {
            attrs.size = Some(self.long()?);
        }
        if flags & 0x2 != 0 {
            self.take(8)?;
        }
        if flags & 0x4 != 0 {
            attrs.mode = Some(self.number()?);
        }
        if flags & 0x8 != 0 {
            self.number()?;
            attrs.modified = Some(self.number()?);
        }
        if flags & 0x8000_0000 != 0 {
            for _ in 0..self.number()? {
                self.text()?;
                self.text()?;
            }
        }
        Some(attrs)
    }
}

/// The answer in a packet (without its length), and which request it is to; none where it is not a packet of ours.
pub(super) fn answer(packet: &[u8]) -> Option<(u32, Answer)> {
    let mut bytes = Bytes(packet);
    let kind = bytes.byte()?;
    let id = bytes.number()?;
    let answer = match kind {
        101 => {
            let code = bytes.number()?;
            // Old servers leave the words out.
            let words = bytes.text().unwrap_or_default();
            Answer::Status(code, String::from_utf8_lossy(words).chars().take(200).collect())
        }
        102 => Answer::Handle(bytes.text()?.to_vec()),
        103 => Answer::Data(bytes.text()?.to_vec()),
        104 => {
            let many = bytes.number()?;
            let mut names = Vec::new();
            for _ in 0..many {
                let name = bytes.text()?.to_vec();
                let words = bytes.text()?;
                let mut attrs = bytes.attrs()?;
                if !attrs.is_told() {
                    attrs.mode = mode_in(words);
                }
                names.push(Named { name, attrs });
            }
            Answer::Names(names)
        }
        105 => Answer::Attrs(bytes.attrs()?),
        201 => Answer::Extended(bytes.0.to_vec()),
        _ => return None,
    };
    Some((id, answer))
}

/// What something is, from a line as `ls -l` writes it.
fn mode_in(words: &[u8]) -> Option<u32> {
    let rights = words.split(|b| *b == b' ').next().filter(|rights| rights.len() >= 10)?;
    match rights.first()? {
        b'd' => Some(0o040_000),
        b'-' => Some(0o100_000),
        b'l' => Some(0o120_000),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_read_as_they_are_written() {
        let packet = Packet::new(101, 7).number(code::QUOTA).text("full").text("").done();
        assert_eq!(packet[..5], [0, 0, 0, 21, 101]);
        assert_eq!(answer(&packet[4..]), Some((7, Answer::Status(code::QUOTA, "full".to_owned()))));
        let handle = Packet::new(102, 8).text([0, 0, 0, 0x80]).done();
        assert_eq!(answer(&handle[4..]), Some((8, Answer::Handle(vec![0, 0, 0, 0x80]))));
        let names = Packet::new(104, 9)
            .number(2)
            .text("a")
            .text("drwxr-xr-x 2 u g 0 Jan 1 a")
            .number(0)
            .text(b"\xff")
            .text("")
            .number(0x8000_000f)
            .long(5)
            .long(0)
            .number(0o100_644)
            .number(1)
            .number(2)
            .number(1)
            .text("x")
            .text("y")
            .done();
        let Some((9, Answer::Names(names))) = answer(&names[4..]) else { panic!("names") };
        assert!(names[0].attrs.is_folder() && names[1].attrs.is_file());
        assert_eq!((names[1].attrs.size, names[1].name.as_slice()), (Some(5), b"\xff".as_slice()));
    }

    // fault 57
    #[test]
    fn packets_that_end_early_or_promise_too_much_are_none() {
        let whole = Packet::new(104, 9).number(1).text("a").text("").number(1).long(5).done();
        for end in 5..whole.len() {
            assert_eq!(answer(&whole[4..end]), None, "{end}");
        }
        for packet in [
            Packet::new(104, 1).number(u32::MAX).done(),
            Packet::new(103, 1).number(u32::MAX).done(),
            Packet::new(105, 1).number(0x8000_0000).number(u32::MAX).done(),
            Packet::new(99, 1).done(),
        ] {
            assert_eq!(answer(&packet[4..]), None);
        }
    }
}
