//! Excel binary workbooks (MS-XLSB): the parts of an Office Open XML workbook as records instead of XML.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use larder_model::{Format, Refusal, RefusalCode};

use super::biff::Bytes;
use super::package::{Package, damaged, of_io};
use super::serial::NumberFormat;
use super::strings::Strings;
use super::xls::{error_text, unpack};
use super::xlsx::{relations, workbook_part};
use super::{Extent, Listed, Merge, Opened, Request, Sheet, choose_sheet};
use crate::caps;
use crate::progress::report;
use crate::raw::{CellClass, RawBuilder, Stored};

/// Records of a part, one after the other.
struct Records<R> {
    source: BufReader<R>,
    data: Vec<u8>,
}

impl<R: Read> Records<R> {
    fn new(part: R) -> Self {
        Records { source: BufReader::with_capacity(64 << 10, part), data: Vec::new() }
    }

    #[inline]
    fn byte(&mut self) -> std::io::Result<Option<u8>> {
        // Nearly every byte lies in memory already.
        let byte = self.source.fill_buf()?.first().copied();
        self.source.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// A number in groups of seven bits, `most` bytes of them.
    fn number(&mut self, most: u32) -> std::io::Result<Option<u32>> {
        let mut number = 0;
        for group in 0..most {
            let Some(byte) = self.byte()? else {
                return if group == 0 { Ok(None) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) };
            };
            number |= u32::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(Some(number))
    }

    /// The next record's kind; its bytes are in `data`. Nothing at the end.
    fn next(&mut self) -> std::io::Result<Option<u32>> {
        let Some(kind) = self.number(2)? else { return Ok(None) };
        let length = self.number(4)?.ok_or(std::io::ErrorKind::UnexpectedEof)? as usize;
        if length > caps::XML_TOKEN_BYTES {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "a record without end"));
        }
        self.data.resize(length, 0);
        self.source.read_exact(&mut self.data)?;
        Ok(Some(kind))
    }

    fn bytes(&self) -> Bytes<'_> {
        Bytes(&self.data)
    }
}

/// A text of two bytes a letter with its count in front; and what follows.
fn wide(data: Bytes<'_>) -> Option<(String, Bytes<'_>)> {
    let count = data.u32(0)?;
    if count == u32::MAX {
        return Some((String::new(), data.from(4)));
    }
    let length = (count as usize).checked_mul(2)?;
    let bytes = data.from(4).0.get(..length)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    Some((String::from_utf16_lossy(&units), data.from(4 + length)))
}

/// What stands in the workbook part.
#[derive(Default)]
struct Workbook {
    sheets: Vec<(String, bool, String)>,
    epoch_1904: bool,
}

/// Opens a workbook and reads one sheet of it.
pub(crate) fn open(mut package: Package, request: &Request<'_>) -> Result<Opened, Refusal> {
    let file = package.file().to_owned();
    let main = match workbook_part(&mut package)? {
        main if package.has(&main) => main,
        _ => "xl/workbook.bin".to_owned(),
    };
    let base = main.rsplit_once('/').map_or("", |(base, _)| base).to_owned();
    let name = main.rsplit('/').next().unwrap_or(&main);
    let relations = relations(&mut package, &format!("{base}/_rels/{name}.rels"), &base)?;
    let trouble = |error: std::io::Error| of_io(&error, &file);
    let part = package.part(&main)?.ok_or_else(|| damaged(&file, "the workbook part is missing"))?;
    let workbook = read_workbook(part).map_err(trouble)?;
    let entries: Vec<(String, bool, String)> = workbook
        .sheets
        .into_iter()
        .filter_map(|(name, hidden, id)| {
            let (kind, part) = relations.get(&id)?;
            kind.ends_with("/worksheet").then(|| (name, hidden, part.clone()))
        })
        .collect();
    if entries.is_empty() {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file));
    }
    let part_of =
        |ending: &str| relations.values().find(|(kind, _)| kind.ends_with(ending)).map(|(_, part)| part.clone());
    let mut context = Context { strings: Strings::default(), formats: Vec::new(), epoch_1904: workbook.epoch_1904 };
    if let Some(part) = part_of("/styles").map_or(Ok(None), |part| package.part(&part))? {
        context.formats = read_formats(part).map_err(trouble)?;
    }
    let mut listed = Vec::with_capacity(entries.len());
    for (name, hidden, part) in &entries {
        let extent = match package.part(part)? {
            Some(part) if listed.len() < 200 => declared(part).unwrap_or_default(),
            _ => Extent::Unknown,
        };
        listed.push(Listed { name: name.clone(), hidden: *hidden, extent });
    }
    let (sheet, default_sheet) = choose_sheet(&listed, request.choices);
    if let Some(part) = part_of("/sharedStrings").map_or(Ok(None), |part| package.part(&part))? {
        context.strings = read_strings(part).map_err(trouble)?;
    }
    let part = package.part(&entries[sheet].2)?.ok_or_else(|| damaged(&file, "a sheet is missing"))?;
    let (content, whole) = read_sheet(part, &context, request).map_err(|problem| match problem {
        Problem::Io(error) => of_io(&error, &file),
        Problem::Refused(refusal) => refusal,
    })?;
    Ok(Opened {
        format: Format::Xlsb,
        sheets: listed.into_iter().map(Listed::into_note).collect(),
        sheet,
        default_sheet,
        content,
        text: None,
        lines: None,
        cut: None,
        whole,
    })
}

fn read_workbook(part: impl Read) -> std::io::Result<Workbook> {
    let mut records = Records::new(part);
    let mut workbook = Workbook::default();
    while let Some(kind) = records.next()? {
        let data = records.bytes();
        match kind {
            0x99 => workbook.epoch_1904 = data.u8(0).is_some_and(|flags| flags & 1 != 0),
            0x9c if workbook.sheets.len() < caps::SHEETS => {
                let Some((id, rest)) = wide(data.from(8)) else { continue };
                let Some((name, _)) = wide(rest) else { continue };
                workbook.sheets.push((name, data.u32(0) != Some(0), id));
            }
            _ => {}
        }
    }
    Ok(workbook)
}

fn read_formats(part: impl Read) -> std::io::Result<Vec<NumberFormat>> {
    let mut records = Records::new(part);
    let mut codes: HashMap<u16, NumberFormat> = HashMap::new();
    let mut styles = Vec::new();
    let mut inside = false;
    while let Some(kind) = records.next()? {
        let data = records.bytes();
        match kind {
            0x2c if codes.len() < caps::STYLES => {
                if let (Some(number), Some((code, _))) = (data.u16(0), wide(data.from(2))) {
                    codes.insert(number, NumberFormat::of_code(&code));
                }
            }
            0x269 => inside = true,
            0x26a => break,
            0x2f if inside && styles.len() < caps::STYLES => {
                let number = data.u16(2).unwrap_or(0);
                styles.push(codes.get(&number).copied().unwrap_or_else(|| NumberFormat::built_in(u32::from(number))));
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn read_strings(part: impl Read) -> std::io::Result<Strings> {
    let mut records = Records::new(part);
    let mut strings = Strings::default();
    while let Some(kind) = records.next()? {
        if kind == 0x13 {
            let text = wide(records.bytes().from(1)).map_or(String::new(), |(text, _)| text);
            if !strings.push(&text) {
                return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "too many shared strings"));
            }
        }
    }
    Ok(strings)
}

/// The size that a sheet declares before its rows.
fn declared(part: impl Read) -> std::io::Result<Extent> {
    let mut records = Records::new(part);
    while let Some(kind) = records.next()? {
        let data = records.bytes();
        match kind {
            0x94 => {
                let at = |place| data.u32(place).unwrap_or(0);
                let span = |from: u32, to: u32| u64::from(to.saturating_sub(from)) + 1;
                return Ok(Extent::Known { rows: span(at(0), at(4)), columns: span(at(8), at(12)) });
            }
            0x91 => break,
            _ => {}
        }
    }
    Ok(Extent::Unknown)
}

struct Context {
    strings: Strings,
    formats: Vec<NumberFormat>,
    epoch_1904: bool,
}

enum Problem {
    Io(std::io::Error),
    Refused(Refusal),
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Problem::Io(error)
    }
}
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal)
    }
}

fn read_sheet(part: impl Read, context: &Context, request: &Request<'_>) -> Result<(Sheet, bool), Problem> {
    let mut records = Records::new(part);
    let mut builder = RawBuilder::new();
    let mut sheet = Sheet::default();
    let (mut row, mut column, mut rows, mut whole) = (0u64, 0u32, 0, true);
    while let Some(kind) = records.next()? {
        let data = records.bytes();
        match kind {
            0x00 => {
                row = u64::from(data.u32(0).unwrap_or(0));
                if request.max_rows.is_some_and(|most| row >= most) {
                    whole = false;
                    break;
                }
                // Height zero is how a hidden row is stored.
                if data.u8(11).is_some_and(|flags| flags & 0x10 != 0) && sheet.hidden_rows.len() < caps::ROWS_LISTED {
                    sheet.hidden_rows.push(row);
                }
                rows += 1;
                report(request.progress, rows)?;
            }
            0x01..=0x0b | 0x3e => {
                column = data.u32(0).unwrap_or(0);
                place(&mut builder, &mut sheet, (row, column), kind, data.from(4), context)?;
            }
            // Short forms leave the column out: it is the next one.
            0x0c..=0x12 => {
                column = column.saturating_add(1);
                let kind = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07][(kind - 0x0c) as usize];
                place(&mut builder, &mut sheet, (row, column), kind, data, context)?;
            }
            0x3c if data.u16(16).is_some_and(|flags| flags & 1 != 0) => {
                let (first, last) = (data.u32(0).unwrap_or(0), data.u32(4).unwrap_or(0));
                sheet
                    .hidden_columns
                    .extend((first..=last.min(first.saturating_add(200))).map(|column| column as usize));
                sheet.hidden_columns.truncate(caps::ROWS_LISTED);
            }
            0xb0 if sheet.merges.len() < caps::MERGES => {
                let at = |place| data.u32(place).unwrap_or(0);
                if at(0) <= at(4) && at(8) <= at(12) && at(12) < caps::COLUMNS as u32 {
                    sheet.merges.push(Merge {
                        rows: u64::from(at(0))..u64::from(at(4)) + 1,
                        columns: at(8) as usize..at(12) as usize + 1,
                    });
                }
            }
            _ => {}
        }
    }
    sheet.raw = builder.finish()?;
    Ok((sheet, whole))
}

/// A cell: its style, its value.
fn place(
    builder: &mut RawBuilder,
    sheet: &mut Sheet,
    (row, column): (u64, u32),
    kind: u32,
    data: Bytes<'_>,
    context: &Context,
) -> Result<(), Refusal> {
    let Some(style) = data.u32(0) else { return Ok(()) };
    let column = column as usize;
    let format = context.formats.get((style & 0x00ff_ffff) as usize).copied().unwrap_or(NumberFormat::GENERAL);
    let value = data.from(4);
    sheet.formulas += u64::from((0x08..=0x0b).contains(&kind));
    let number = match kind {
        0x02 => value.u32(0).map(unpack),
        0x05 | 0x09 => value.f64(0),
        _ => None,
    };
    if let Some(number) = number {
        return builder.place_written(row, column, |out| format.push(out, number, context.epoch_1904));
    }
    match kind {
        0x03 | 0x0b => {
            builder.place(row, column, error_text(value.u8(0).unwrap_or(0x2a)), CellClass::plain(Stored::Error))
        }
        0x04 | 0x0a => {
            let yes = value.u8(0).is_some_and(|b| b != 0);
            builder.place(row, column, if yes { "TRUE" } else { "FALSE" }, CellClass::plain(Stored::Boolean))
        }
        0x06 | 0x08 => {
            let text = wide(value).map_or(String::new(), |(text, _)| text);
            builder.place(row, column, &text, CellClass::TEXT)
        }
        // With fonts of its own, which one byte in front tells.
        0x3e => {
            let text = wide(value.from(1)).map_or(String::new(), |(text, _)| text);
            builder.place(row, column, &text, CellClass::TEXT)
        }
        0x07 => {
            let text = value.u32(0).and_then(|place| context.strings.get(place as usize)).unwrap_or_default();
            builder.place(row, column, text, CellClass::TEXT)
        }
        _ => Ok(()),
    }
}

/// A small workbook as Excel would write it, for tests: texts and numbers, one style for days.
#[cfg(test)]
pub(crate) fn build(rows: &[&[Result<&str, (f64, u32)>]]) -> Vec<u8> {
    use std::io::Write;
    let record = |kind: u32, data: &[u8]| {
        let mut out = if kind < 0x80 { vec![kind as u8] } else { vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8] };
        let mut length = data.len();
        while length >= 0x80 {
            out.push((length & 0x7f) as u8 | 0x80);
            length >>= 7;
        }
        out.push(length as u8);
        out.extend(data);
        out
    };
    let text = |text: &str| -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        [(units.len() as u32).to_le_bytes().to_vec(), units.iter().flat_map(|u| u.to_le_bytes()).collect()].concat()
    };
    let mut sheet = [
        record(0x81, &[]),
        record(0x94, &[0u32, rows.len() as u32 - 1, 0, 4].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>()),
        record(0x91, &[]),
    ]
    .concat();
    for (row, cells) in rows.iter().enumerate() {
        sheet.extend(record(0x00, &[(row as u32).to_le_bytes().to_vec(), vec![0; 13]].concat()));
        for (column, cell) in cells.iter().enumerate() {
            let head = |style: u32| [(column as u32).to_le_bytes(), style.to_le_bytes()].concat();
            sheet.extend(match cell {
                Ok(words) => record(0x06, &[head(0), text(words)].concat()),
                Err((number, style)) => record(0x05, &[head(*style), number.to_le_bytes().to_vec()].concat()),
            });
        }
    }
    sheet.extend([record(0x92, &[]), record(0x82, &[])].concat());
    let xf =
        |format: u16| record(0x2f, &[0u16.to_le_bytes().to_vec(), format.to_le_bytes().to_vec(), vec![0; 12]].concat());
    let styles = [record(0x269, &2u32.to_le_bytes()), xf(0), xf(14), record(0x26a, &[])].concat();
    let workbook = record(0x9c, &[vec![0; 4], vec![1, 0, 0, 0], text("rId1"), text("Daten")].concat());
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relations = format!(
        "<Relationships>{}{}</Relationships>",
        relation("rId1", "worksheet", "worksheets/sheet1.bin"),
        relation("rId2", "styles", "styles.bin")
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", relation("rId1", "officeDocument", "xl/workbook.bin"))
                .into_bytes(),
        ),
        ("xl/_rels/workbook.bin.rels", relations.into_bytes()),
        ("xl/workbook.bin", workbook),
        ("xl/styles.bin", styles),
        ("xl/worksheets/sheet1.bin", sheet),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(&bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::progress::Quiet;
    use larder_model::{Format, Kind};

    #[test]
    fn a_binary_workbook_reads_like_any_other() {
        let bytes = super::build(&[
            &[Ok("Datum"), Ok("Artikel"), Ok("Menge")],
            &[Err((46_084.0, 1)), Ok("Brot"), Err((3.0, 0))],
            &[Err((46_085.0, 1)), Ok("Brötchen"), Err((12.0, 0))],
        ]);
        let book = crate::open("x.xlsb", Box::new(std::io::Cursor::new(bytes)), &[], &Quiet).unwrap();
        assert_eq!(book.format(), Format::Xlsb);
        let reading = book.read(&[]);
        assert_eq!(reading.sheet, "Daten");
        assert_eq!(reading.columns.iter().map(|c| c.kind).collect::<Vec<_>>(), [Kind::Date, Kind::Text, Kind::Integer]);
        let table = book.table(&reading, &Quiet).unwrap();
        assert_eq!(table.cell(1, 0).as_deref(), Some("2026-03-04"));
        assert_eq!(table.cell(1, 1).as_deref(), Some("Brötchen"));
    }
}
