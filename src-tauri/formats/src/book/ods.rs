//! OpenDocument spreadsheets (ODF 1.2 and 1.3).

use std::collections::HashSet;
use std::io::Read;

use larder_model::{Format, Refusal, RefusalCode};

use super::ods_cell::{Written, paragraphs};
use super::package::{Package, damaged, of_xml};
use super::xlsx_sheet::Problem;
use super::xml::{Token, Trouble, Xml};
use super::{Extent, Listed, Merge, NamedRange, Opened, Request, Sheet, choose_sheet, marked, ranges};
use crate::caps;
use crate::locked;
use crate::progress::{Input, report};
use crate::raw::{CellClass, RawBuilder};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Opens a workbook and reads one sheet of it.
pub(crate) fn open(mut package: Package, request: &Request<'_>) -> Result<Opened, Refusal> {
    let file = package.file().to_owned();
    if let Some(kind) = package.bytes("mimetype", 100)?
        && !kind.starts_with(MIME.as_bytes())
    {
        let what = if kind.starts_with(b"application/vnd.oasis.opendocument.text") { "word" } else { "other" };
        return Err(crate::sniff::not_a_table(&file, what));
    }
    if let Some(manifest) = package.bytes("META-INF/manifest.xml", 4 << 20)?
        && locked::opendocument::says_locked(&manifest)
    {
        return Err(locked::asks_password(&file));
    }
    let mut xml = package.xml("content.xml")?.ok_or_else(|| damaged(&file, "the content part is missing"))?;
    let mut content = Content::new(request);
    content.read_all(&mut xml).map_err(|problem| match problem {
        Problem::Xml(trouble) => of_xml(&trouble, &file),
        Problem::Refused(refusal) => refusal.with("file", file.as_str()),
    })?;
    content.choose(&file)
}

/// Opens a workbook that is one XML file (`.fods`) and reads one sheet of it.
pub(crate) fn open_flat(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let text = marked::text(input, request)?;
    let mut content = Content::new(request);
    content.read_all(&mut Xml::new(text.as_bytes())).map_err(|problem| match problem {
        Problem::Xml(trouble) => of_xml(&trouble, request.name),
        Problem::Refused(refusal) => refusal.with("file", request.name),
    })?;
    Ok(Opened { format: Format::Fods, ..content.choose(request.name)? })
}

struct Content<'a> {
    request: &'a Request<'a>,
    hidden_styles: HashSet<String>,
    listed: Vec<Listed>,
    /// Sheets that were read: their place, content, and whether whole.
    read: Vec<(usize, Sheet, bool)>,
    /// Names of cells, each with its sheet.
    ranges: Vec<(String, NamedRange)>,
}

impl<'a> Content<'a> {
    fn new(request: &'a Request<'a>) -> Content<'a> {
        Content { request, hidden_styles: HashSet::new(), listed: Vec::new(), read: Vec::new(), ranges: Vec::new() }
    }

    fn read_all<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), Problem> {
        let mut style = String::new();
        loop {
            let Some(token) = xml.next()? else { return Ok(()) };
            match token {
                Token::Start("style", attributes, _) => style = attributes.get("name").unwrap_or_default(),
                Token::Start("table-properties", attributes, _)
                    if attributes.plain("display") == Some("false") && self.hidden_styles.len() < caps::STYLES =>
                {
                    self.hidden_styles.insert(style.clone());
                }
                Token::Start("table", attributes, closed) => {
                    let name = attributes.get("name").unwrap_or_default();
                    let hidden = attributes.get("style-name").is_some_and(|style| self.hidden_styles.contains(&style));
                    self.table(xml, name, hidden, closed)?;
                }
                Token::Start(tag @ ("named-range" | "database-range"), attributes, _) => {
                    let address = match tag {
                        "named-range" => attributes.get("cell-range-address"),
                        _ => attributes.get("target-range-address"),
                    };
                    let name = attributes.get("name").unwrap_or_default();
                    // Areas to print and to filter by are no tables, nor are filters that nobody gave a name.
                    let other = attributes.plain("range-usable-as").is_some_and(|usable| usable != "none");
                    if !other && !name.starts_with("__Anonymous") && self.ranges.len() < caps::TABLES {
                        self.ranges.extend(address.and_then(|address| ranges::parse(&name, &address, '.')));
                    }
                }
                Token::Start("dde-links" | "tracked-changes" | "external-data", _, false) => xml.skip()?,
                _ => {}
            }
        }
    }

    /// Reads a sheet if it may be the one that is wanted; passes over it otherwise.
    fn table<R: Read>(&mut self, xml: &mut Xml<R>, name: String, hidden: bool, closed: bool) -> Result<(), Problem> {
        if self.listed.len() >= caps::SHEETS {
            return Err(Problem::Refused(caps::too_large("sheets", caps::SHEETS as u64)));
        }
        let place = self.listed.len();
        let wanted = self
            .request
            .choices
            .iter()
            .rev()
            .any(|c| matches!(c, larder_model::Choice::Sheet { sheet } if *sheet == name));
        // Until a sheet is found that would be read by itself, each could be it.
        let settled = self
            .read
            .iter()
            .any(|(at, ..)| *at == choose_sheet(&self.listed, &[]).0 && self.is_table(*at) && !self.listed[*at].hidden);
        let mut extent = Extent::Known { rows: 0, columns: 0 };
        if !closed && (wanted || (!hidden && !settled) || place == 0) {
            let mut rows = Rows::new(self.request);
            rows.read(xml)?;
            extent = Extent::Known { rows: rows.builder.rows() + 1, columns: rows.widest as u64 };
            if rows.widest == 0 {
                extent = Extent::Known { rows: 0, columns: 0 };
            }
            let mut sheet = rows.sheet;
            sheet.raw = rows.builder.finish()?;
            self.read.push((place, sheet, rows.whole));
        } else if !closed {
            xml.skip()?;
        }
        self.listed.push(Listed { name, hidden, extent });
        Ok(())
    }

    fn is_table(&self, place: usize) -> bool {
        matches!(self.listed.get(place).map(|l| l.extent), Some(Extent::Known { rows, columns }) if rows >= 60 || columns > 2)
    }

    fn choose(mut self, file: &str) -> Result<Opened, Refusal> {
        if self.listed.is_empty() {
            return Err(Refusal::new(RefusalCode::Empty).with("file", file));
        }
        let (sheet, default_sheet) = choose_sheet(&self.listed, self.request.choices);
        let at = self.read.iter().position(|(place, ..)| *place == sheet);
        let (mut content, whole) = at.map_or((Sheet::default(), true), |at| {
            let (_, content, whole) = self.read.swap_remove(at);
            (content, whole)
        });
        let read: Vec<usize> = self.read.iter().map(|(place, ..)| *place).chain([sheet]).collect();
        let name = &self.listed[sheet].name;
        content.ranges = self.ranges.into_iter().filter(|(of, _)| of == name).map(|(_, range)| range).collect();
        let sheets = self.listed.into_iter().enumerate().map(|(place, listed)| {
            let mut note = listed.into_note();
            note.rows = note.rows.filter(|_| read.contains(&place));
            note
        });
        Ok(Opened {
            format: Format::Ods,
            sheets: sheets.collect(),
            sheet,
            default_sheet,
            content,
            text: None,
            lines: None,
            whole,
            cut: None,
        })
    }
}

/// The rows of one sheet while they are read.
struct Rows<'a> {
    request: &'a Request<'a>,
    builder: RawBuilder,
    sheet: Sheet,
    row: u64,
    widest: usize,
    whole: bool,
    /// The cells of the row: column, text, class.
    cells: Vec<(usize, String, CellClass)>,
    text: String,
}

impl<'a> Rows<'a> {
    fn new(request: &'a Request<'a>) -> Self {
        Rows {
            request,
            builder: RawBuilder::new(),
            sheet: Sheet::default(),
            row: 0,
            widest: 0,
            whole: true,
            cells: Vec::new(),
            text: String::new(),
        }
    }

    fn read<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), Problem> {
        let mut depth = 0u64;
        loop {
            match xml.next()?.ok_or(Trouble::Ends)? {
                Token::Start("table-row", attributes, closed) => {
                    let repeated = attributes.number("number-rows-repeated").unwrap_or(1).max(1);
                    let hidden = attributes.plain("visibility").is_some_and(|v| v != "visible");
                    self.cells.clear();
                    match (closed, self.whole) {
                        (true, _) => {}
                        (false, true) => self.row(xml)?,
                        (false, false) => xml.skip()?,
                    }
                    // Rows beyond those asked for only count if there is anything in them.
                    if self.request.max_rows.is_some_and(|most| self.row >= most) && !self.cells.is_empty() {
                        self.whole = false;
                        self.cells.clear();
                    }
                    self.end_row(repeated, hidden)?;
                }
                Token::Start(
                    "shapes"
                    | "forms"
                    | "table-source"
                    | "named-expressions"
                    | "conditional-formats"
                    | "sparkline-groups",
                    _,
                    false,
                ) => xml.skip()?,
                Token::Start(_, _, closed) => depth += u64::from(!closed),
                Token::End(_) if depth == 0 => return Ok(()),
                Token::End(_) => depth -= 1,
                _ => {}
            }
        }
    }

    fn row<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), Problem> {
        let mut column = 0u64;
        loop {
            match xml.next()?.ok_or(Trouble::Ends)? {
                Token::Start(tag @ ("table-cell" | "covered-table-cell"), attributes, closed) => {
                    let covered = tag == "covered-table-cell";
                    let mut written = Written::of(attributes);
                    // Whatever a merged cell covers nobody sees.
                    written.covered = covered;
                    self.cell(xml, written, closed, &mut column)?;
                }
                Token::Start(_, _, false) => xml.skip()?,
                Token::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        written: Written,
        closed: bool,
        column: &mut u64,
    ) -> Result<(), Problem> {
        self.text.clear();
        if !closed {
            paragraphs(xml, &mut self.text)?;
        }
        let first = *column;
        *column = column.saturating_add(written.repeated);
        let (text, class) = written.text(&self.text);
        if written.formula {
            self.sheet.formulas += 1;
            if text.is_empty() && self.sheet.formulas_without_result.len() < caps::ROWS_LISTED {
                self.sheet.formulas_without_result.push(self.row);
            }
        }
        if (written.rows_spanned > 1 || written.columns_spanned > 1) && self.sheet.merges.len() < caps::MERGES {
            let rows = self.row..self.row.saturating_add(written.rows_spanned.min(caps::ROWS));
            let columns =
                first as usize..first.saturating_add(written.columns_spanned.min(caps::COLUMNS as u64)) as usize;
            self.sheet.merges.push(Merge { rows, columns });
        }
        if text.is_empty() || written.covered {
            return Ok(());
        }
        if *column > caps::COLUMNS as u64 {
            return Err(Problem::Refused(caps::too_large("columns", caps::COLUMNS as u64)));
        }
        self.widest = self.widest.max(*column as usize);
        for column in first..*column - 1 {
            self.cells.push((column as usize, text.clone(), class));
        }
        self.cells.push((*column as usize - 1, text, class));
        Ok(())
    }

    fn end_row(&mut self, repeated: u64, hidden: bool) -> Result<(), Problem> {
        if hidden && !self.cells.is_empty() && self.sheet.hidden_rows.len() < caps::ROWS_LISTED {
            self.sheet.hidden_rows.push(self.row);
        }
        let wanted = self.request.max_rows.unwrap_or(u64::MAX);
        if !self.cells.is_empty() {
            self.whole &= self.row.saturating_add(repeated) <= wanted;
            for row in self.row..self.row.saturating_add(repeated).min(wanted) {
                for (column, text, class) in &self.cells {
                    self.builder.place(row, *column, text, *class)?;
                }
                report(self.request.progress, row)?;
            }
        }
        self.row = self.row.saturating_add(repeated).min(caps::ROWS);
        Ok(())
    }
}
