//! SpreadsheetML, the XML of Excel 2002 and 2003, which many programs still write and call `.xls` or `.xml`.
//! Source: Microsoft, "XML Spreadsheet Reference" (2001).

use std::collections::HashMap;

use larder_model::{DateOrder, Format, Refusal, RefusalCode};

use super::package::of_xml;
use super::serial::{NumberFormat, Shows};
use super::xlsx_sheet::Problem;
use super::xml::{Attributes, Token, Trouble, Xml, unescape};
use super::{Extent, Listed, Merge, Opened, Request, Sheet, choose_sheet, iso_class, marked};
use crate::caps;
use crate::kinds::date;
use crate::progress::{Input, report};
use crate::raw::{CellClass, RawBuilder, Stored};

/// Opens a workbook and reads one sheet of it.
pub(crate) fn open(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let text = marked::text(input, request)?;
    let file = request.name;
    let refuse = |problem| match problem {
        Problem::Xml(trouble) => of_xml(&trouble, file),
        Problem::Refused(refusal) => refusal.with("file", file),
    };
    let listed = list(&text).map_err(|trouble| of_xml(&trouble, file))?;
    if listed.is_empty() {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file));
    }
    let (sheet, default_sheet) = choose_sheet(&listed, request.choices);
    let mut reader = Reader::new(request, sheet);
    reader.workbook(&mut Xml::new(text.as_bytes())).map_err(refuse)?;
    let mut content = reader.sheet;
    content.raw = reader.builder.finish()?;
    let sheets = listed.into_iter().map(Listed::into_note).collect();
    Ok(Opened {
        format: Format::Xml,
        sheets,
        sheet,
        default_sheet,
        content,
        text: None,
        lines: None,
        whole: reader.whole,
        cut: None,
    })
}

/// The sheets with their names and declared sizes.
fn list(text: &str) -> Result<Vec<Listed>, Trouble> {
    let mut xml = Xml::new(text.as_bytes());
    let mut listed: Vec<Listed> = Vec::new();
    while let Some(token) = xml.next()? {
        match token {
            Token::Start("Worksheet", attributes, _) if listed.len() < caps::SHEETS => {
                let name = attributes.get("Name").unwrap_or_default();
                listed.push(Listed { name, hidden: false, extent: Extent::Unknown });
            }
            Token::Start("Table", attributes, closed) => {
                let size = (attributes.number("ExpandedRowCount"), attributes.number("ExpandedColumnCount"));
                let Some(last) = listed.last_mut() else { continue };
                last.extent = match size {
                    (Some(rows), Some(columns)) => Extent::Known { rows, columns },
                    _ => last.extent,
                };
                if !closed {
                    xml.skip()?;
                }
            }
            Token::Start("Visible", _, false) => {
                let hidden = matches!(xml.next()?, Some(Token::Text(text)) if text.contains("Hidden"));
                if let Some(last) = listed.last_mut() {
                    last.hidden = hidden;
                }
            }
            _ => {}
        }
    }
    Ok(listed)
}

struct Reader<'a> {
    request: &'a Request<'a>,
    wanted: usize,
    formats: HashMap<String, NumberFormat>,
    builder: RawBuilder,
    sheet: Sheet,
    whole: bool,
    row: u64,
    column: u64,
}

/// A cell's attributes.
struct Cell {
    style: String,
    formula: bool,
    across: u64,
    down: u64,
}

impl<'a> Reader<'a> {
    fn new(request: &'a Request<'a>, wanted: usize) -> Self {
        Reader {
            request,
            wanted,
            formats: HashMap::new(),
            builder: RawBuilder::new(),
            sheet: Sheet::default(),
            whole: true,
            row: 0,
            column: 0,
        }
    }

    fn workbook(&mut self, xml: &mut Xml<&[u8]>) -> Result<(), Problem> {
        let (mut style, mut sheets) = (String::new(), 0);
        while let Some(token) = xml.next()? {
            match token {
                Token::Start("Style", attributes, _) => {
                    style = attributes.get("ID").unwrap_or_default();
                    // A style has the format of the one that it was made from, unless it says its own.
                    let parent = attributes.get("Parent").and_then(|parent| self.formats.get(&parent).copied());
                    if let (Some(format), true) = (parent, self.formats.len() < caps::STYLES) {
                        self.formats.insert(style.clone(), format);
                    }
                }
                Token::Start("NumberFormat", attributes, _) if self.formats.len() < caps::STYLES => {
                    let code = attributes.get("Format").unwrap_or_default();
                    self.formats.insert(style.clone(), number_format(&code));
                }
                Token::Start("Worksheet", ..) => sheets += 1,
                Token::Start("Table", _, false) if sheets == self.wanted + 1 => {
                    self.table(xml)?;
                    return Ok(());
                }
                Token::Start("Table", _, false) => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, xml: &mut Xml<&[u8]>) -> Result<(), Problem> {
        loop {
            match xml.next()?.ok_or(Trouble::Ends)? {
                Token::Start("Row", attributes, closed) => {
                    if let Some(index) = attributes.number("Index").and_then(|index| index.checked_sub(1)) {
                        self.row = index.clamp(self.row, caps::ROWS);
                    }
                    if self.request.max_rows.is_some_and(|most| self.row >= most) {
                        self.whole = false;
                        return Ok(());
                    }
                    if attributes.plain("Hidden") == Some("1") && self.sheet.hidden_rows.len() < caps::ROWS_LISTED {
                        self.sheet.hidden_rows.push(self.row);
                    }
                    self.column = 0;
                    if !closed {
                        self.cells(xml)?;
                    }
                    self.row += 1;
                    report(self.request.progress, self.row)?;
                }
                Token::End("Table") => return Ok(()),
                _ => {}
            }
        }
    }

    fn cells(&mut self, xml: &mut Xml<&[u8]>) -> Result<(), Problem> {
        loop {
            match xml.next()?.ok_or(Trouble::Ends)? {
                Token::Start("Cell", attributes, closed) => {
                    if let Some(index) = attributes.number("Index").and_then(|index| index.checked_sub(1)) {
                        self.column = index.max(self.column);
                    }
                    let cell = Cell::of(attributes);
                    if !closed {
                        self.data(xml, &cell)?;
                    }
                    self.merge(&cell);
                    self.column = self.column.saturating_add(1 + cell.across);
                }
                Token::End("Row") => return Ok(()),
                _ => {}
            }
        }
    }

    fn merge(&mut self, cell: &Cell) {
        if (cell.across > 0 || cell.down > 0) && self.sheet.merges.len() < caps::MERGES {
            let (row, column) = (self.row, self.column.min(caps::COLUMNS as u64));
            self.sheet.merges.push(Merge {
                rows: row..row.saturating_add(cell.down + 1),
                columns: column as usize..column.saturating_add(cell.across + 1).min(caps::COLUMNS as u64) as usize,
            });
        }
    }

    /// The value inside a cell, until its end.
    fn data(&mut self, xml: &mut Xml<&[u8]>, cell: &Cell) -> Result<(), Problem> {
        let (mut kind, mut text, mut inside) = (String::new(), String::new(), false);
        loop {
            match xml.next()?.ok_or(Trouble::Ends)? {
                Token::Start("Data", attributes, closed) => {
                    kind = attributes.plain("Type").unwrap_or("String").to_owned();
                    inside = !closed;
                }
                Token::Start("Comment" | "PhoneticText", _, false) => xml.skip()?,
                Token::End("Data") => inside = false,
                Token::End("Cell") => break,
                Token::Text(more) if inside => text.push_str(&unescape(more)),
                Token::Verbatim(more) if inside => text.push_str(more),
                _ => {}
            }
            if text.len() > caps::CELL_BYTES {
                return Err(caps::too_large("cell_bytes", caps::CELL_BYTES as u64).into());
            }
        }
        self.sheet.formulas += u64::from(cell.formula);
        let (text, class) = self.value(&kind, text, cell);
        let column = usize::try_from(self.column).unwrap_or(usize::MAX);
        Ok(self.builder.place(self.row, column, &text, class)?)
    }

    fn value(&self, kind: &str, text: String, cell: &Cell) -> (String, CellClass) {
        let trimmed = text.trim();
        match kind {
            "Number" => match trimmed.parse::<f64>() {
                Ok(number) => {
                    let format = self.formats.get(&cell.style).copied().unwrap_or(NumberFormat::GENERAL);
                    format.text(number, false)
                }
                Err(_) => (text, CellClass::TEXT),
            },
            "DateTime" if self.formats.get(&cell.style).is_some_and(|format| format.shows == Shows::Length) => {
                length(trimmed).unwrap_or_else(|| iso_class(trimmed))
            }
            "DateTime" => {
                // Days are written with a time of midnight.
                let day = trimmed.trim_end_matches(".000").trim_end_matches("T00:00:00");
                // A time of day is written on the day before the first of the calendar.
                let clock =
                    ["1899-12-31T", "1899-12-30T", "1900-01-00T"].iter().find_map(|day| trimmed.strip_prefix(day));
                iso_class(clock.unwrap_or(day))
            }
            "Boolean" => {
                let yes = matches!(trimmed, "1" | "true" | "TRUE");
                ((if yes { "TRUE" } else { "FALSE" }).to_owned(), CellClass::plain(Stored::Boolean))
            }
            "Error" => (text, CellClass::plain(Stored::Error)),
            _ => (text, CellClass::TEXT),
        }
    }
}

/// A length of time is written as the day and the time that it reaches from the first day of the calendar on.
fn length(text: &str) -> Option<(String, CellClass)> {
    let (day, time) = text.split_once('T')?;
    let micros = date::time_of_day(time)?;
    let days = match day {
        "1900-01-00" => 0,
        // Some programs begin a day earlier.
        day => (i64::from(date::written(day)?.days(DateOrder::YearFirst)?) + DAYS_FROM_1899).max(0),
    };
    // The calendar of spreadsheets has a day in 1900 that never was.
    let days = if days >= 60 { days + 1 } else { days };
    let mut out = String::new();
    date::push_time(&mut out, days * date::DAY_MICROS + micros);
    (0..100_000).contains(&days).then_some((out, CellClass::plain(Stored::Time)))
}

/// Days from the last of 1899 to the first of 1970.
const DAYS_FROM_1899: i64 = 25_568;

impl Cell {
    fn of(attributes: Attributes<'_>) -> Cell {
        let span = |name| attributes.number(name).unwrap_or(0).min(caps::ROWS);
        Cell {
            style: attributes.get("StyleID").unwrap_or_default(),
            formula: attributes.plain("Formula").is_some(),
            across: span("MergeAcross"),
            down: span("MergeDown"),
        }
    }
}

/// A number format by its code, or by the name that this format has for it.
fn number_format(code: &str) -> NumberFormat {
    match code {
        "General Date" => NumberFormat::of_code("yyyy-mm-dd hh:mm"),
        "Long Date" | "Medium Date" | "Short Date" => NumberFormat::of_code("yyyy-mm-dd"),
        "Long Time" | "Medium Time" | "Short Time" => NumberFormat::of_code("hh:mm"),
        "Percent" => NumberFormat::of_code("0%"),
        "Euro Currency" => NumberFormat::of_code("0.00 [$€]"),
        "" | "General" | "General Number" | "Currency" | "Fixed" | "Standard" | "Scientific" | "Yes/No"
        | "True/False" | "On/Off" => NumberFormat::GENERAL,
        code => NumberFormat::of_code(code),
    }
}
