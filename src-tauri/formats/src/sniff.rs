//! What a file is by its content. Its name's ending is only asked where the content could be either.

use larder_model::{Format, Refusal, RefusalCode};

use crate::book::package::ends_in_the_middle;
use crate::book::web_archive;

/// Bytes of the beginning that are enough to tell.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// Tells the format by the first bytes (64 KiB are enough).
///
/// `tail_hint_size`: size of the whole file in bytes. `file_name`: for its ending and for the refusal.
///
/// # Errors
/// `NotATable` with `what`, `Empty`, `Damaged`.
pub fn sniff(head: &[u8], tail_hint_size: u64, file_name: &str) -> Result<Format, Refusal> {
    if tail_hint_size == 0 || head.is_empty() || (head.len() as u64 >= tail_hint_size && is_blank(head)) {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file_name));
    }
    let head = &head[before_archive(head)..];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let cut = head.len() as u64 >= tail_hint_size && memchr::memmem::find(head, b"PK\x05\x06").is_none();
        return zip_format(head, file_name).map_err(|refusal| match cut {
            true => ends_in_the_middle(file_name, tail_hint_size, None),
            false => refusal,
        });
    }
    if head.starts_with(&crate::book::COMPOUND_MAGIC) {
        return Ok(Format::Xls);
    }
    if crate::book::COMPOUND_MAGIC.starts_with(head) {
        return Err(ends_in_the_middle(file_name, tail_hint_size, None));
    }
    if is_bare_xls(head) {
        return Ok(Format::Xls);
    }
    if let Some(what) = foreign(head) {
        return Err(not_a_table(file_name, what));
    }
    if let Some(format) = marked_table(head) {
        return Ok(format);
    }
    if let Some(what) = foreign_text(head) {
        return Err(not_a_table(file_name, what));
    }
    if is_binary(head) {
        return Err(not_a_table(file_name, "other"));
    }
    let tabs = file_name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("tsv"));
    Ok(if tabs { Format::Tsv } else { Format::Csv })
}

/// Text that a careless program wrote in front of a workbook: blank lines, a mark of byte order, a warning. So many bytes.
pub(crate) fn before_archive(head: &[u8]) -> usize {
    const MOST: usize = 4_096;
    const PARTS: [&str; 7] =
        ["[content_types].xml", "_rels/", "xl/", "docprops/", "mimetype", "content.xml", "meta-inf/"];
    let is_mark = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf);
    let blank = head.iter().take(MOST).take_while(|b| is_mark(b)).count();
    if blank > 0 && head[blank..].starts_with(&crate::book::COMPOUND_MAGIC) {
        return blank;
    }
    let Some(at) = memchr::memmem::find(&head[..head.len().min(MOST)], b"PK\x03\x04") else { return 0 };
    let is_text = || head[..at].iter().all(|b| !b.is_ascii_control() || b.is_ascii_whitespace());
    let is_workbook =
        || names_in(&head[at..]).first().is_some_and(|name| PARTS.iter().any(|part| name.starts_with(part)));
    if at > 0 && is_text() && is_workbook() { at } else { 0 }
}

pub(crate) fn not_a_table(file: &str, what: &str) -> Refusal {
    Refusal::new(RefusalCode::NotATable).with("file", file).with("what", what)
}

fn is_blank(head: &[u8]) -> bool {
    let marks = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"];
    let head = marks.iter().find_map(|mark| head.strip_prefix(*mark)).unwrap_or(head);
    head.iter().all(|b| b.is_ascii_whitespace() || *b == 0 || *b == 0x1a)
}

/// Record streams of old spreadsheets without a compound file around them.
fn is_bare_xls(head: &[u8]) -> bool {
    matches!(head, [0x09, 0x00 | 0x02 | 0x04 | 0x08, length, 0x00, ..] if (4..=16).contains(length) && head.len() > 8)
}

/// What a zip archive holds, by the parts whose beginnings are in sight.
fn zip_format(head: &[u8], file_name: &str) -> Result<Format, Refusal> {
    let names = names_in(head);
    let has = |name: &str| names.iter().any(|n| n == name);
    let under = |folder: &str| names.iter().any(|n| n.starts_with(folder));
    if has("xl/workbook.bin")
        || (under("xl/") && names.iter().any(|n| n.ends_with(".bin") && n.starts_with("xl/worksheets/")))
    {
        return Ok(Format::Xlsb);
    }
    if under("xl/") {
        return Ok(Format::Xlsx);
    }
    if has("mimetype") {
        return match () {
            // Packed, against the standard: what is inside decides.
            () if memchr::memmem::find(head, b"application/").is_none() => Ok(Format::Ods),
            () if memchr::memmem::find(head, b"application/vnd.oasis.opendocument.spreadsheet").is_some() => {
                Ok(Format::Ods)
            }
            () if memchr::memmem::find(head, b"application/vnd.oasis.opendocument.text").is_some() => {
                Err(not_a_table(file_name, "word"))
            }
            () => Err(not_a_table(file_name, "other")),
        };
    }
    let office = has("[content_types].xml") || has("_rels/.rels");
    // Packed by itself, as mail programs and banks do: what it is, is seen once it is unpacked.
    let mut files = names.iter().map(String::as_str).filter(|name| is_packed_file(name));
    if !office && files.next().is_some_and(is_packed_table) && files.next().is_none() {
        return Ok(Format::Xlsx);
    }
    if under("word/") || under("ppt/") || !office && !has("content.xml") {
        return Err(not_a_table(file_name, what_in_zip(names.iter().map(String::as_str))));
    }
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    Ok(match ending.as_str() {
        _ if has("content.xml") => Format::Ods,
        "xlsb" => Format::Xlsb,
        "ods" => Format::Ods,
        _ => Format::Xlsx,
    })
}

/// A file inside an archive that a person put there.
pub(crate) fn is_packed_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    !last.is_empty() && !last.starts_with('.') && !name.starts_with("__macosx/") && last != "thumbs.db"
}

/// A file inside an archive that could be a table, by its name in lower case.
pub(crate) fn is_packed_table(name: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["csv", "tsv", "tab", "txt", "asc", "xls", "xlsx", "xlsm", "xlsb", "ods", "fods", "xml", "html", "htm"];
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// Names of the parts whose local headers stand in these bytes, in lower case.
fn names_in(head: &[u8]) -> Vec<String> {
    memchr::memmem::find_iter(head, b"PK\x03\x04")
        .take(2_000)
        .filter_map(|at| {
            let length = usize::from(u16::from_le_bytes([*head.get(at + 26)?, *head.get(at + 27)?]));
            let name = head.get(at + 30..at + 30 + length)?;
            Some(String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase())
        })
        .collect()
}

/// The sentence for a zip archive that is no workbook, by its parts' names in lower case.
pub(crate) fn what_in_zip<'a>(names: impl Iterator<Item = &'a str>) -> &'static str {
    let mut what = "zip";
    for name in names {
        if name.starts_with("word/") {
            return "word";
        }
        if name.starts_with("ppt/") || name.starts_with("index/") || name == "mimetype" || name.starts_with("visio/") {
            what = "other";
        }
        if name == "androidmanifest.xml" || name == "meta-inf/manifest.mf" {
            what = "program";
        }
    }
    what
}

/// Kinds of files that begin with bytes of their own.
fn foreign(head: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff", "image"),
        (b"GIF87a", "image"),
        (b"GIF89a", "image"),
        (b"II*\0", "image"),
        (b"MM\0*", "image"),
        (b"\0\0\x01\0", "image"),
        (b"8BPS", "image"),
        (b"%!PS", "other"),
        (b"{\\rtf", "word"),
        (b"MZ", "program"),
        (b"\x7fELF", "program"),
        (b"\xcf\xfa\xed\xfe", "program"),
        (b"\xce\xfa\xed\xfe", "program"),
        (b"\xca\xfe\xba\xbe", "program"),
        (b"#!/", "program"),
        (b"7z\xbc\xaf\x27\x1c", "zip"),
        (b"Rar!", "zip"),
        (b"\x1f\x8b", "zip"),
        (b"BZh", "zip"),
        (b"\xfd7zXZ", "zip"),
        (b"\x28\xb5\x2f\xfd", "zip"),
        (b"SQLite format 3\0", "other"),
        (b"PAR1", "other"),
        (b"ARROW1", "other"),
        (b"\0\x01\0\0Standard", "other"),
        (b"OggS", "other"),
        (b"ID3", "other"),
        (b"fLaC", "other"),
        (b"wOF", "other"),
        (b"\x4c\0\0\0\x01\x14\x02\0", "other"),
        (b"!BDN", "mail"),
    ];
    if memchr::memmem::find(&head[..head.len().min(1_024)], b"%PDF-").is_some() {
        return Some("pdf");
    }
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        // "MZ", "ID3" and "BZh" may begin a word: a program, a song and an archive have bytes that no text has.
        let short = head.starts_with(b"MZ")
            || head.starts_with(b"ID3")
            || head.starts_with(b"BZh")
            || head.starts_with(b"PAR1")
            || head.starts_with(b"wOF");
        return (!short || is_binary(head)).then_some(*what);
    }
    let at = |from: usize, bytes: &[u8]| head.get(from..from + bytes.len()) == Some(bytes);
    if at(0, b"RIFF") && at(8, b"WEBP") || at(4, b"ftypheic") || at(4, b"ftypmif1") || at(4, b"ftypavif") {
        return Some("image");
    }
    if at(0, b"BM") && at(6, &[0, 0, 0, 0]) {
        return Some("image");
    }
    if at(0, b"RIFF") && at(8, b"WAVE") || at(4, b"ftyp") {
        return Some("other");
    }
    at(257, b"ustar").then_some("zip")
}

/// Tables in markup, by what their beginning says. Whether a page has one is only seen where it is not too far behind.
fn marked_table(head: &[u8]) -> Option<Format> {
    let text: String = head.iter().filter(|b| **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "ï»¿ÿþ".contains(c));
    if !text.starts_with('<') {
        return web_archive::is_archive(text).then_some(Format::Html);
    }
    let start = &text[..text.floor_char_boundary(4_096)];
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !start.contains("<html") {
        return Some(Format::Xml);
    }
    if start.contains("<office:document") && start.contains("opendocument.spreadsheet") {
        return Some(Format::Fods);
    }
    let page = ["<html", "<!doctype html", "<table", "<body", "<head", "<meta"].iter().any(|tag| start.contains(tag));
    (page && text.contains("<table") && text.contains("<tr")).then_some(Format::Html)
}

/// Text that is written for other programs: pages, mails, lists of names and values.
fn foreign_text(head: &[u8]) -> Option<&'static str> {
    let text: String =
        head.iter().take(4_096).filter(|b| **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "ï»¿ÿþ".contains(c));
    if let Some(rest) = text.strip_prefix('<') {
        return foreign_markup(text, rest);
    }
    if is_mail(text) {
        return Some("mail");
    }
    is_json(text).then_some("other")
}

/// `rest`: what follows the first bracket.
fn foreign_markup(text: &str, rest: &str) -> Option<&'static str> {
    const BEGINNINGS: &[&str] =
        &["!doctype", "html", "head", "body", "table", "?xml", "meta", "script", "div", "style", "!--"];
    let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
    if has(&["<svg"]) && !has(&["<html"]) {
        return Some("image");
    }
    if BEGINNINGS.iter().any(|tag| rest.starts_with(tag)) {
        return Some(if has(&["<html", "<!doctype html", "<table", "<body", "<head"]) { "web" } else { "other" });
    }
    // A table may begin with a bracket as well: any other language closes its tags.
    let name = rest.split(|c: char| !(c.is_ascii_alphanumeric() || ":_-".contains(c))).next().unwrap_or_default();
    let first: String = text.chars().take(80).collect();
    (!name.is_empty() && text.contains("</") && !first.contains([';', '\t'])).then_some("other")
}

fn is_mail(text: &str) -> bool {
    const FIELDS: &[&str] = &[
        "received:",
        "from:",
        "to:",
        "subject:",
        "date:",
        "mime-version:",
        "return-path:",
        "message-id:",
        "delivered-to:",
        "content-type:",
    ];
    let mut lines = text.lines().filter(|line| !line.starts_with([' ', '\t']));
    let first = lines.next().is_some_and(|line| FIELDS.iter().any(|field| line.starts_with(field)));
    first && lines.take(12).filter(|line| FIELDS.iter().any(|field| line.starts_with(field))).count() >= 2
}

fn is_json(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('{').or_else(|| text.strip_prefix('[')) else { return false };
    let rest = rest.trim_start();
    let opens = rest.starts_with(['"', '{', '['])
        && text.starts_with('[')
        && (rest.starts_with('{') || rest.starts_with('[') || rest.ends_with(']'));
    let names = rest.starts_with('"') && text.starts_with('{') && rest.contains("\":");
    opens || names
}

/// Too many bytes that no text has.
fn is_binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(8_192)];
    // Zeros at the end are what a file was made larger by in advance.
    let head = &head[..head.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1)];
    if [&b"\xff\xfe"[..], b"\xfe\xff", b"\0\0\xfe\xff"].iter().any(|mark| head.starts_with(mark)) {
        return false;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 2;
    let (even, odd) = (zeros(0), zeros(1));
    let wide =
        (odd * 10 > head.len() * 4 && even * 20 < head.len()) || (even * 10 > head.len() * 4 && odd * 20 < head.len());
    let control =
        |b: &&u8| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x0b | 0x1a | 0x1b | 0x1f);
    let odd_bytes = head.iter().filter(control).count();
    // Zeros alone may fill cells up to a length, and texts of four bytes a letter have three of them.
    let zeros = head.iter().filter(|b| **b == 0).count();
    let filled_up = odd_bytes == zeros && zeros * 10 < head.len() * 8 && head.contains(&b'\n');
    !wide && !filled_up && odd_bytes * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use larder_model::Param;

    fn what(head: &[u8]) -> String {
        // Of an archive only the beginning is in sight.
        let size = head.len() as u64 + if head.starts_with(b"PK") { 100_000 } else { 0 };
        match sniff(head, size, "x.csv") {
            Ok(format) => format.as_str().to_owned(),
            Err(refusal) => match refusal.params.get("what") {
                Some(Param::Text(what)) => what.clone(),
                _ => refusal.code.as_str().to_owned(),
            },
        }
    }

    #[test]
    fn files_that_are_no_tables_are_told_apart() {
        for (head, wanted) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], "pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
            (b"<!DOCTYPE html><html><body><table>", "web"),
            (b"\xef\xbb\xbf<html>", "web"),
            (b"<?xml version=\"1.0\"?><note>x</note>", "other"),
            (b"<svg xmlns=\"x\"></svg>", "image"),
            (b"{\\rtf1 x}", "word"),
            (b"{\"a\": 1}", "other"),
            (b"[{\"a\": 1}]", "other"),
            (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "program"),
            (b"\x1f\x8b\x08\0", "zip"),
            (b"SQLite format 3\0", "other"),
            (b"From: a@x.de\nTo: b@x.de\nSubject: x\nDate: y\n\nhello", "mail"),
            (b"\x01\x02\x03\x04\x05\x06\x07\x08", "other"),
            (b"", "empty"),
            (b" \r\n\t", "empty"),
            (b"\xef\xbb\xbf \n", "empty"),
        ] {
            assert_eq!(what(head), wanted, "{:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn tables_that_begin_oddly_are_tables() {
        for head in [
            &b"MZ;Menge\nA;1\n"[..],
            b"ID3;x\n1;2\n",
            b"From;To;Subject\na;b;c\n",
            b"<5;6\n7;8\n",
            b"[Header]\na;b\n",
            b"BMI;x\n1;2\n",
            b"Date: 03.03.;x\n1;2\n",
        ] {
            assert_eq!(what(head), "csv", "{:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn what_careless_programs_write_in_front_of_a_workbook_is_passed_over() {
        let workbook = [&b"PK\x03\x04"[..], &[0; 22], &[11, 0, 0, 0], b"_rels/.rels", b"PK\x03\x04"].concat();
        for front in
            [&b"\r\n"[..], b"\xef\xbb\xbf", b"<br />\n<b>Warning</b>: Undefined index in /www/export.php on line 12\n"]
        {
            assert_eq!(before_archive(&[front, &workbook].concat()), front.len());
        }
        assert_eq!(before_archive(&workbook), 0);
        assert_eq!(before_archive(b"Code;PK\x03\x04\n"), 0);
        assert_eq!(before_archive(&[&b"\n"[..], &crate::book::COMPOUND_MAGIC].concat()), 1);
    }

    #[test]
    fn archives_are_told_by_their_parts() {
        let part = |name: &str| {
            [&b"PK\x03\x04"[..], &[0; 22], &(name.len() as u16).to_le_bytes(), &[0, 0], name.as_bytes()].concat()
        };
        assert_eq!(what(&[part("[Content_Types].xml"), part("xl/workbook.xml")].concat()), "xlsx");
        assert_eq!(what(&[part("[Content_Types].xml"), part("xl/workbook.bin")].concat()), "xlsb");
        assert_eq!(what(&[part("[Content_Types].xml"), part("word/document.xml")].concat()), "word");
        assert_eq!(what(&[part("photos/a.jpg"), part("b.txt")].concat()), "zip");
        assert_eq!(
            what(&[part("mimetype"), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()].concat()),
            "ods"
        );
    }
}
