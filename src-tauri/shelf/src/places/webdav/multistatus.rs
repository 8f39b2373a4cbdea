//! What a server says about its files: `multistatus`, the only XML that is ever read here.
//!
//! It is read as it comes, one row at a time, and never kept whole. No document type, no entities but the five of XML
//! itself, no nesting without end, no word of endless length; and what breaks off is never taken for all there is.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use sha2::{Digest, Sha256};

/// Deepest nesting.
const DEPTH: usize = 32;
/// Longest single word of it: a tag with all it carries, or a text.
const WORD_BYTES: u64 = 32 * 1024;
/// What tells the letters of an XML document (XML 1.0, appendix F): a mark, or how `<?xm` is written.
const MARK_BYTES: u64 = 4;

/// What is said about one file or folder.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where it is, as the server writes it.
    pub href: String,
    pub folder: bool,
    pub size_bytes: Option<u64>,
    /// Made of what usually differs once the content was replaced.
    pub changed: Option<u64>,
    /// Room left.
    pub available_bytes: Option<u64>,
    /// Who signed in, as a place on the server.
    pub principal: Option<String>,
    /// Whether it is not there after all.
    pub missing: bool,
}

/// Why it could not be read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Something else than what was asked for.
    Other,
    /// More of it than anybody reads.
    TooMuch,
    /// The line broke, or it ends in the middle.
    Cut,
}

/// The most that is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Most {
    pub bytes: u64,
    pub rows: usize,
}

/// Elements that say something. Their names are enough: only properties of WebDAV itself are ever asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Multistatus,
    Response,
    Href,
    Propstat,
    Prop,
    Status,
    Kind,
    Collection,
    Size,
    Etag,
    Modified,
    Available,
    Principal,
    Other,
}

fn tag(name: &str) -> Tag {
    match name {
        "multistatus" => Tag::Multistatus,
        "response" => Tag::Response,
        "href" => Tag::Href,
        "propstat" => Tag::Propstat,
        "prop" => Tag::Prop,
        "status" => Tag::Status,
        "resourcetype" => Tag::Kind,
        "collection" => Tag::Collection,
        "getcontentlength" => Tag::Size,
        "getetag" => Tag::Etag,
        "getlastmodified" => Tag::Modified,
        "quota-available-bytes" => Tag::Available,
        "current-user-principal" => Tag::Principal,
        _ => Tag::Other,
    }
}

/// Tells every row to `each`, in the order of the server.
///
/// # Errors
/// Why it was not read to its end; some rows may have been told.
pub(crate) fn read(from: impl Read, most: Most, each: &mut dyn FnMut(Row)) -> Result<(), Broken> {
    let meter = Rc::new(Meter { all: Cell::new(most.bytes), word: Cell::new(WORD_BYTES) });
    let from = BufReader::with_capacity(16 * 1024, in_one_piece(from)?);
    let metered = Metered { from, meter: meter.clone() };
    let mut reader = Reader::from_reader(metered);
    reader.config_mut().expand_empty_elements = true;
    let mut state = State { open: Vec::new(), began: false, text: String::new(), row: None, props: None, rows: 0 };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        meter.word.set(WORD_BYTES);
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(_) if meter.is_spent() => return Err(Broken::TooMuch),
            Err(quick_xml::Error::Io(_)) => return Err(Broken::Cut),
            Err(_) if !state.began => return Err(Broken::Other),
            Err(quick_xml::Error::Syntax(_)) => return Err(Broken::Cut),
            Err(_) => return Err(Broken::Other),
        };
        match event {
            Event::Start(start) => state.start(start.local_name().as_ref())?,
            Event::End(_) => {
                if state.end(most.rows, each)? {
                    return Ok(());
                }
            }
            Event::Text(text) => state.add(&text)?,
            Event::CData(text) => state.add(&text)?,
            Event::GeneralRef(name) => {
                let meant = match &*name {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                state.add(meant.ok_or(Broken::Other)?.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(Broken::Other),
            Event::Eof => return Err(if state.began { Broken::Cut } else { Broken::Other }),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The same, with its first bytes at once: they tell in which letters it is, and a line may bring them one by one.
fn in_one_piece(mut from: impl Read) -> Result<impl Read, Broken> {
    let mut first = Vec::with_capacity(MARK_BYTES as usize);
    from.by_ref().take(MARK_BYTES).read_to_end(&mut first).map_err(|_| Broken::Cut)?;
    Ok(io::Cursor::new(first).chain(from))
}

/// Where in it the reader is.
struct State {
    open: Vec<Tag>,
    began: bool,
    text: String,
    row: Option<Row>,
    props: Option<Props>,
    rows: usize,
}

/// What one `propstat` says, which counts once its status is known.
#[derive(Default)]
struct Props {
    row: Row,
    mark: Option<Sha256>,
    refused: bool,
}

impl State {
    fn start(&mut self, name: &str) -> Result<(), Broken> {
        let tag = tag(name);
        if self.open.is_empty() && tag != Tag::Multistatus {
            return Err(Broken::Other);
        }
        if self.open.len() >= DEPTH {
            return Err(Broken::TooMuch);
        }
        self.began = true;
        self.open.push(tag);
        self.text.clear();
        match (self.open.as_slice(), &mut self.props) {
            ([Tag::Multistatus, Tag::Response], _) => self.row = Some(Row::default()),
            ([Tag::Multistatus, Tag::Response, Tag::Propstat], props) => *props = Some(Props::default()),
            ([_, _, Tag::Propstat, Tag::Prop, Tag::Kind, Tag::Collection], Some(props)) => props.row.folder = true,
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, text: &str) -> Result<(), Broken> {
        if self.text.len() + text.len() > WORD_BYTES as usize {
            return Err(Broken::TooMuch);
        }
        // Between rows there is nothing but blanks.
        if self.open.len() > 2 {
            self.text.push_str(text);
        }
        Ok(())
    }

    /// Whether that was the end of it all.
    fn end(&mut self, most: usize, each: &mut dyn FnMut(Row)) -> Result<bool, Broken> {
        let text = std::mem::take(&mut self.text);
        match (self.open.as_slice(), &mut self.row, &mut self.props) {
            ([Tag::Multistatus], ..) => return Ok(true),
            ([Tag::Multistatus, Tag::Response], row, _) => {
                self.rows += 1;
                if self.rows > most {
                    return Err(Broken::TooMuch);
                }
                row.take().into_iter().for_each(each);
            }
            ([_, Tag::Response, Tag::Href], Some(row), _) if row.href.is_empty() => row.href = text.trim().to_owned(),
            ([_, Tag::Response, Tag::Status], Some(row), _) => row.missing = is_refused(&text),
            ([_, Tag::Response, Tag::Propstat], Some(row), props) => {
                if let Some(props) = props.take().filter(|props| !props.refused) {
                    props.into_row(row);
                }
            }
            ([_, _, Tag::Propstat, Tag::Status], _, Some(props)) => props.refused = is_refused(&text),
            ([_, _, Tag::Propstat, Tag::Prop, rest @ ..], _, Some(props)) => props.learn(rest, text.trim()),
            _ => {}
        }
        self.open.pop();
        Ok(false)
    }
}

impl Props {
    fn learn(&mut self, tags: &[Tag], text: &str) {
        match tags {
            [Tag::Size] => self.row.size_bytes = text.parse().ok(),
            [Tag::Available] => self.row.available_bytes = text.parse().ok(),
            [Tag::Principal, Tag::Href] => self.row.principal = Some(text.to_owned()),
            // Servers call a mark weak for a moment, and then the same one strong.
            [Tag::Etag] => self.mark(text.trim_start_matches("W/")),
            [Tag::Modified] => self.mark(text),
            _ => {}
        }
    }

    fn mark(&mut self, text: &str) {
        let mark = self.mark.get_or_insert_default();
        mark.update(text.as_bytes());
        mark.update([0]);
    }

    fn into_row(mut self, row: &mut Row) {
        // Some servers only tell the second.
        if let (Some(mark), Some(size)) = (&mut self.mark, self.row.size_bytes) {
            mark.update(size.to_be_bytes());
        }
        row.folder |= self.row.folder;
        row.size_bytes = row.size_bytes.or(self.row.size_bytes);
        row.available_bytes = row.available_bytes.or(self.row.available_bytes);
        row.principal = row.principal.take().or(self.row.principal);
        let mark = self.mark.map(|mark| mark.finalize());
        let mark = mark.and_then(|mark| mark.first_chunk::<8>().map(|first| u64::from_be_bytes(*first)));
        row.changed = row.changed.or(mark);
    }
}

/// `HTTP/1.1 404 Not Found`, as opposed to 200.
fn is_refused(status: &str) -> bool {
    !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2'))
}

/// How much may still be read: in all, and before the current word ends.
struct Meter {
    all: Cell<u64>,
    word: Cell<u64>,
}

impl Meter {
    fn is_spent(&self) -> bool {
        self.all.get() == 0 || self.word.get() == 0
    }
}

struct Metered<R> {
    from: BufReader<R>,
    meter: Rc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.fill_buf()?.read(buffer)?;
        self.consume(got);
        Ok(got)
    }
}

impl<R: Read> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.meter.is_spent() {
            return Err(io::Error::other("too much"));
        }
        self.from.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.meter.all.set(self.meter.all.get().saturating_sub(bytes as u64));
        self.meter.word.set(self.meter.word.get().saturating_sub(bytes as u64));
        self.from.consume(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: Most = Most { bytes: 1 << 20, rows: 100 };

    fn rows(text: &str) -> Result<Vec<Row>, Broken> {
        let mut rows = Vec::new();
        read(text.as_bytes(), MOST, &mut |row| rows.push(row)).map(|()| rows)
    }

    /// What Nextcloud answers, shortened.
    const NEXTCLOUD: &str = "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\">\
        <d:response><d:href>/remote.php/dav/files/anna/A%20%26%20B/</d:href><d:propstat><d:prop><d:resourcetype>\
        <d:collection/></d:resourcetype><d:quota-available-bytes>-3</d:quota-available-bytes><d:getetag>&quot;1&quot;\
        </d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><d:getcontentlength/>\
        </d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>\
        <d:response><d:href>/a&amp;b&#x2F;c</d:href><d:propstat><d:prop><d:resourcetype/><d:getcontentlength>12\
        </d:getcontentlength><d:getetag>W/\"x\"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>\
        </d:response><d:response><d:href><![CDATA[/gone]]></d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>\
        </d:multistatus>";

    #[test]
    fn rows_are_read_whatever_prefixes_a_server_likes() {
        for text in [
            NEXTCLOUD.to_owned(),
            NEXTCLOUD.replace("d:", "").replace("<multistatus xmlns:d=", "<multistatus xmlns="),
            NEXTCLOUD.replace("<d:", "\n  <lp1:").replace("</d:", "</lp1:"),
        ] {
            let rows = rows(&text).expect("sound");
            let [folder, file, gone] = rows.as_slice() else { panic!("{rows:?}") };
            assert_eq!((folder.href.as_str(), folder.folder), ("/remote.php/dav/files/anna/A%20%26%20B/", true));
            assert_eq!((folder.size_bytes, folder.available_bytes), (None, None), "without end, and what is not there");
            assert_eq!((file.href.as_str(), file.folder, file.size_bytes), ("/a&b/c", false, Some(12)));
            assert!(gone.missing && gone.href == "/gone" && !file.missing && file.changed != folder.changed);
        }
        let strong = NEXTCLOUD.replace("W/", "");
        assert_eq!(rows(&strong), rows(NEXTCLOUD), "a mark that was weak for a moment is the same one");
    }

    #[test]
    fn a_line_that_brings_one_byte_after_the_other_says_the_same() {
        struct ByteByByte<'b>(&'b [u8]);
        impl Read for ByteByByte<'_> {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let most = self.0.len().min(into.len()).min(1);
                Read::read(&mut self.0, &mut into[..most])
            }
        }
        let wide: Vec<u8> = NEXTCLOUD.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let odd = include_bytes!("../../../../../tests/fixtures/fuzz/listings/webdav_in_wide_letters.bin");
        let marked = |mark: &[u8], text: &[u8]| [mark, text].concat();
        for answer in [
            NEXTCLOUD.into(),
            marked(&[0xef, 0xbb, 0xbf], NEXTCLOUD.as_bytes()),
            marked(&[0xfe, 0xff], &wide),
            odd[1..].to_vec(),
            b"<".to_vec(),
        ] {
            let (mut at_once, mut slowly) = (Vec::new(), Vec::new());
            let end = read(&answer[..], MOST, &mut |row| at_once.push(row));
            assert_eq!(read(ByteByByte(&answer), MOST, &mut |row| slowly.push(row)), end);
            assert_eq!(slowly, at_once);
        }
        assert_eq!(rows(&format!("\u{feff}{NEXTCLOUD}")), rows(NEXTCLOUD));
    }

    #[test]
    fn what_breaks_off_is_never_all_there_is() {
        for at in 1..NEXTCLOUD.len() {
            let part = NEXTCLOUD.get(..at).unwrap_or_default();
            assert!(matches!(rows(part), Err(Broken::Cut | Broken::Other)), "{part}");
        }
        let after = NEXTCLOUD.find("<d:response>").unwrap_or_default() + 20;
        assert_eq!(rows(NEXTCLOUD.get(..after).unwrap_or_default()), Err(Broken::Cut));
    }

    #[test]
    fn what_is_something_else_or_too_much_is_told() {
        for (text, broken) in [
            ("".to_owned(), Broken::Other),
            ("{\"a\":1}".to_owned(), Broken::Other),
            ("<html><body>".to_owned(), Broken::Other),
            ("<!DOCTYPE html><html>".to_owned(), Broken::Other),
            (format!("<!DOCTYPE x>{NEXTCLOUD}"), Broken::Other),
            (NEXTCLOUD.replace("/gone", "]]>&x;<![CDATA["), Broken::Other),
            (NEXTCLOUD.replace("&amp;", "&nbsp;"), Broken::Other),
            (format!("<d:multistatus>{}", "<a>".repeat(40)), Broken::TooMuch),
            (format!("<d:multistatus>{}</d:multistatus>", "<response/>".repeat(101)), Broken::TooMuch),
            (format!("<d:multistatus><a b='{}'/></d:multistatus>", "x".repeat(60_000)), Broken::TooMuch),
            (format!("<d:multistatus>{}</d:multistatus>", " ".repeat(2 << 20)), Broken::TooMuch),
        ] {
            assert_eq!(rows(&text), Err(broken), "{}", text.get(..60).unwrap_or(&text));
        }
    }

    #[test]
    fn bytes_that_nobody_meant_never_do_harm() {
        let mut dice = crate::trials::Dice::new(7);
        let pieces = [
            "<",
            ">",
            "/",
            "<d:response>",
            "</d:response>",
            "<d:href>",
            "&",
            ";",
            "&#x",
            "\0",
            "<![CDATA[",
            "\u{feff}",
        ];
        for _ in 0..3_000 {
            let mut bytes = NEXTCLOUD.as_bytes().to_vec();
            for _ in 0..1 + dice.roll(8) {
                let at = dice.roll(bytes.len());
                match dice.roll(4) {
                    0 => bytes[at] = dice.roll(256) as u8,
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.splice(at..at, pieces[dice.roll(pieces.len())].bytes()).for_each(drop),
                    _ => drop(bytes.drain(at..(at + dice.roll(30)).min(bytes.len()).max(at))),
                }
                bytes.push(b' ');
            }
            let mut count = 0;
            let _ = read(bytes.as_slice(), MOST, &mut |_| count += 1);
            assert!(count <= MOST.rows);
            let noise: Vec<u8> = (0..dice.roll(300)).map(|_| dice.roll(256) as u8).collect();
            assert!(read(noise.as_slice(), MOST, &mut |_| {}).is_err(), "{noise:?}");
        }
    }
}
