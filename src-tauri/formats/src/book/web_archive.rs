//! Pages saved as one file (MHTML, RFC 2557), as Excel saves workbooks for the web: the part that holds the most cells.

use larder_model::Refusal;

use crate::caps;

/// Parts of an archive that are looked at.
const PARTS: usize = 2_000;

/// Whether a text begins like a page in one file.
pub(crate) fn is_archive(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(4_096)];
    let head = head.trim_start().to_ascii_lowercase();
    let named = ["mime-version:", "from: <saved by", "content-type: multipart/related"];
    named.iter().any(|name| head.starts_with(name)) && head.contains("multipart/related") && head.contains("boundary=")
}

/// A page of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub bytes: Vec<u8>,
    /// What Excel calls the sheet that the page shows.
    pub sheet: Option<String>,
}

/// The page inside that holds the most cells; nothing where none holds a table.
///
/// # Errors
/// `TooLarge` for more than may be unpacked.
pub(crate) fn page(text: &str) -> Result<Option<Page>, Refusal> {
    let Some(boundary) = boundary(text) else { return Ok(None) };
    let mark = format!("--{boundary}");
    let cells = |bytes: &Vec<u8>| memchr::memmem::find_iter(bytes, b"<td").count();
    let mut best: Option<(Vec<u8>, String)> = None;
    let mut frames = String::new();
    for part in text.split(mark.as_str()).skip(1).take(PARTS) {
        let part = part.trim_start_matches(['\r', '\n']);
        let Some((head, body)) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n")) else { continue };
        let head = head.to_ascii_lowercase();
        if !head.contains("text/html") {
            continue;
        }
        let bytes = decoded(&head, body);
        if bytes.len() as u64 > caps::TEXT_BYTES {
            return Err(caps::too_large("bytes", caps::TEXT_BYTES));
        }
        if cells(&bytes) > best.as_ref().map_or(0, |(bytes, _)| cells(bytes)) {
            best = Some((bytes, location(&head).to_owned()));
        } else if cells(&bytes) == 0 && frames.len() < 1 << 20 {
            frames.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    Ok(best.map(|(bytes, location)| Page { bytes, sheet: sheet_name(&frames, &location) }))
}

/// The last piece of where a part says that it was.
fn location(head: &str) -> &str {
    let line = head.lines().find_map(|line| line.strip_prefix("content-location:"));
    line.map_or("", |line| line.trim().rsplit(['/', '\\']).next().unwrap_or_default())
}

/// Beside the pages stands which sheet each of them shows.
fn sheet_name(frames: &str, location: &str) -> Option<String> {
    let sheets = frames.split("<x:ExcelWorksheet>").skip(1);
    let sheet =
        sheets.into_iter().find(|sheet| !location.is_empty() && sheet.to_ascii_lowercase().contains(location))?;
    let name = sheet.split_once("<x:Name>")?.1.split_once("</x:Name>")?.0;
    Some(super::xml::unescape(name).into_owned())
}

fn boundary(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = &text[at..];
    let found = match rest.strip_prefix('"') {
        Some(rest) => rest.split('"').next()?,
        None => rest.split(['\r', '\n', ';', ' ']).next()?,
    };
    (!found.is_empty() && found.len() <= 200).then_some(found)
}

fn decoded(head: &str, body: &str) -> Vec<u8> {
    if head.contains("quoted-printable") {
        quoted_printable(body.as_bytes())
    } else if head.contains("base64") {
        base64(body.as_bytes())
    } else {
        body.as_bytes().to_vec()
    }
}

/// RFC 2045, 6.7.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        match (body.get(at), digit(body.get(at)), digit(body.get(at + 1))) {
            (_, Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (Some(b'\r'), ..) => at += if body.get(at + 1) == Some(&b'\n') { 2 } else { 1 },
            (Some(b'\n'), ..) => at += 1,
            _ => out.push(b'='),
        }
    }
    out
}

/// RFC 2045, 6.8; what is no letter of it is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn archive(encoding: &str, body: &str) -> String {
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--=_x\"\r\n\r\nA page.\r\n\r\n----=_x\r\n\
             Content-Type: text/css\r\n\r\ntd{{}}\r\n----=_x\r\nContent-Transfer-Encoding: {encoding}\r\n\
             Content-Type: text/html; charset=\"utf-8\"\r\n\r\n{body}\r\n----=_x--\r\n"
        )
    }

    #[test]
    fn the_page_with_cells_is_found_and_decoded() {
        let text = archive("quoted-printable", "<table><tr><td>K=C3=A4se=\r\nkuchen</td></tr></table>");
        assert!(is_archive(&text));
        let page = page(&text).unwrap().unwrap();
        assert!(String::from_utf8(page.bytes).unwrap().starts_with("<table><tr><td>Käsekuchen</td>"));
        let text = archive("base64", "PHRhYmxlPjx0cj48dGQ+\r\neDwvdGQ+PC90cj48L3RhYmxlPg==");
        assert_eq!(super::page(&text).unwrap().unwrap().bytes, b"<table><tr><td>x</td></tr></table>");
    }

    #[test]
    fn sheets_have_the_names_that_stand_beside_them() {
        let frames = "<x:ExcelWorksheet><x:Name>A &amp; B</x:Name><x:WorksheetSource HRef=\"x_files/Sheet002.htm\"/>";
        assert_eq!(
            sheet_name(frames, location("content-location: file:///c:/x_files/sheet002.htm")).as_deref(),
            Some("A & B")
        );
        assert_eq!(sheet_name(frames, location("content-type: x")), None);
    }

    #[test]
    fn a_mail_is_no_page() {
        assert!(!is_archive("From: a@example.com\r\nSubject: x\r\n\r\nHello"));
        assert_eq!(page(&archive("7bit", "<p>no table</p>")).unwrap(), None);
    }
}
