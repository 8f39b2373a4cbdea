//! Tables of web pages, as many programs write them under the name `.xls`: leniently, as browsers read them (HTML Living
//! Standard, 13.2), but only what makes a table. Each table is a sheet of its own.

use larder_model::{Format, Refusal};

use super::xml::{LONGEST_ENTITY, entity_char, resolve};
use super::{Extent, Listed, Merge, Opened, Request, Sheet, choose_sheet, marked, web_archive};
use crate::caps;
use crate::progress::{Input, report};
use crate::raw::{CellClass, RawBuilder, Stored};
use crate::sniff::not_a_table;

/// Columns or rows that one cell may span, as browsers limit it.
const SPAN: usize = 1_000;
/// Tables inside tables.
const DEPTH: usize = 64;

/// Opens a page and reads one table of it.
pub(crate) fn open(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let text = marked::text(input, request)?;
    let mut sheet_name = None;
    let text = match web_archive::is_archive(&text) {
        false => text,
        true => match web_archive::page(&text).map_err(|refusal| refusal.with("file", request.name))? {
            Some(page) => {
                sheet_name = page.sheet;
                marked::text(Box::new(std::io::Cursor::new(page.bytes)), request)?
            }
            None => return Err(not_a_table(request.name, "web")),
        },
    };
    let mut page = Page { request, text: &text, at: 0, open: Vec::new(), done: Vec::new(), found: 0, loose: false };
    page.read()?;
    let mut tables = page.done;
    tables.sort_by_key(|table| table.place);
    tables.retain(|table| table.rows > 0 && table.widest > 0);
    if tables.is_empty() {
        return Err(not_a_table(request.name, "web"));
    }
    let only = tables.len() == 1;
    let listed: Vec<Listed> = tables
        .iter()
        .enumerate()
        .map(|(place, table)| Listed {
            name: match &sheet_name {
                Some(name) if only => name.clone(),
                _ if table.caption.is_empty() => (place + 1).to_string(),
                _ => table.caption.clone(),
            },
            hidden: false,
            extent: Extent::Known { rows: table.rows, columns: table.widest as u64 },
        })
        .collect();
    let (sheet, default_sheet) = choose_sheet(&listed, request.choices);
    let table = tables.swap_remove(sheet);
    let mut content = table.sheet;
    content.raw = table.builder.finish()?;
    let whole = request.max_rows.is_none_or(|most| table.rows < most);
    let sheets = listed.into_iter().map(Listed::into_note).collect();
    Ok(Opened {
        format: Format::Html,
        sheets,
        sheet,
        default_sheet,
        content,
        text: None,
        lines: None,
        whole,
        cut: None,
    })
}

/// A table while it is read.
struct Table {
    place: usize,
    caption: String,
    builder: RawBuilder,
    sheet: Sheet,
    rows: u64,
    widest: usize,
    column: usize,
    in_row: bool,
    cell: Option<Cell>,
    in_caption: bool,
    /// For each column: rows that a cell above still covers.
    covered: Vec<u16>,
}

/// A cell while it is read.
struct Cell {
    text: String,
    /// What Excel says of its number, beside the text.
    number: Option<String>,
    across: usize,
    down: usize,
}

struct Page<'a> {
    request: &'a Request<'a>,
    text: &'a str,
    at: usize,
    open: Vec<Table>,
    done: Vec<Table>,
    found: usize,
    /// A quote was never closed: from then on quotes mean nothing, so that nobody looks for their ends again and again.
    loose: bool,
}

/// A tag: its name in lower case, what stands behind it, whether it closes.
struct Tag<'a> {
    name: String,
    attributes: &'a str,
    closing: bool,
}

impl<'a> Page<'a> {
    fn read(&mut self) -> Result<(), Refusal> {
        // No tag ends behind the last bracket that closes one.
        let last = memchr::memrchr(b'>', self.text.as_bytes()).map_or(0, |at| at + 1);
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let bracket = memchr::memchr(b'<', rest.as_bytes()).filter(|_| self.at < last);
            let Some(bracket) = bracket else {
                self.add_text(rest);
                break;
            };
            self.add_text(&rest[..bracket]);
            self.at += bracket;
            match self.tag() {
                Some(tag) => self.meet(&tag)?,
                // A bracket that opens no tag is a letter.
                None => {
                    self.add_text("<");
                    self.at += 1;
                }
            }
        }
        while !self.open.is_empty() {
            self.end_table()?;
        }
        Ok(())
    }

    /// The tag that begins here; comments and scripts are passed over as one.
    fn tag(&mut self) -> Option<Tag<'a>> {
        let rest = &self.text[self.at..];
        let nothing = Tag { name: String::new(), attributes: "", closing: false };
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at += 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            return Some(nothing);
        }
        let closing = rest.as_bytes().get(1) == Some(&b'/');
        let name_from = 1 + usize::from(closing);
        let first = *rest.as_bytes().get(name_from)?;
        if !(first.is_ascii_alphabetic() || matches!(first, b'!' | b'?')) {
            return None;
        }
        let end = tag_end(rest, &mut self.loose)?;
        let inside = &rest[name_from..end];
        let name_end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        self.at += end + 1;
        if !closing && matches!(name.as_str(), "script" | "style" | "noscript" | "template") {
            let closing = format!("</{name}");
            let after = &self.text[self.at..];
            self.at += find_ignoring_case(after, &closing).unwrap_or(after.len());
        }
        Some(Tag { name, attributes: &inside[name_end..], closing })
    }

    fn meet(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        match (tag.name.as_str(), tag.closing) {
            ("table", false) if self.open.len() < DEPTH && self.found < caps::SHEETS => {
                self.open.push(Table::new(self.found));
                self.found += 1;
            }
            ("table", true) => self.end_table()?,
            ("tr" | "td" | "th" | "caption" | "thead" | "tbody" | "tfoot", _) => {
                let (request, most) = (self.request, self.request.max_rows);
                let Some(table) = self.open.last_mut() else { return Ok(()) };
                if most.is_none_or(|most| table.rows < most) {
                    table.meet(tag)?;
                }
                if tag.name == "tr" {
                    report(request.progress, table.rows)?;
                }
            }
            ("br", _) => self.add_text("\u{b}"),
            ("p" | "div" | "li" | "h1" | "h2" | "h3", _) => self.add_text(" "),
            _ => {}
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str) {
        let Some(table) = self.open.last_mut() else { return };
        if let Some(cell) = &mut table.cell {
            if cell.text.len() + text.len() <= caps::CELL_BYTES {
                cell.text.push_str(text);
            }
        } else if table.in_caption && table.caption.len() + text.len() < 1_000 {
            table.caption.push_str(text);
        }
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        if let Some(mut table) = self.open.pop() {
            table.end_row()?;
            table.caption = larder_model::display_text(&readable(&table.caption), 60);
            self.done.push(table);
        }
        Ok(())
    }
}

impl Table {
    fn new(place: usize) -> Table {
        Table {
            place,
            caption: String::new(),
            builder: RawBuilder::new(),
            sheet: Sheet::default(),
            rows: 0,
            widest: 0,
            column: 0,
            in_row: false,
            cell: None,
            in_caption: false,
            covered: Vec::new(),
        }
    }

    fn meet(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        match (tag.name.as_str(), tag.closing) {
            ("caption", closing) => self.in_caption = !closing,
            ("tr", false) => {
                self.end_row()?;
                self.in_row = true;
            }
            ("tr" | "thead" | "tbody" | "tfoot", _) => self.end_row()?,
            (_, false) => {
                self.end_cell()?;
                self.in_row = true;
                let span = |name| attribute(tag.attributes, name).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                self.cell = Some(Cell {
                    text: String::new(),
                    number: attribute(tag.attributes, "x:num").filter(|number| !number.is_empty()),
                    across: usize::clamp(span("colspan"), 1, SPAN),
                    down: usize::clamp(span("rowspan"), 1, SPAN),
                });
            }
            (_, true) => self.end_cell()?,
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        while self.covered.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let (row, column) = (self.rows, self.column);
        let end = column + cell.across;
        if cell.down > 1 {
            if self.covered.len() < end.min(caps::COLUMNS) {
                self.covered.resize(end.min(caps::COLUMNS), 0);
            }
            for rows in self.covered.iter_mut().take(end).skip(column) {
                *rows = cell.down as u16;
            }
        }
        if (cell.down > 1 || cell.across > 1) && self.sheet.merges.len() < caps::MERGES {
            self.sheet.merges.push(Merge { rows: row..row + cell.down as u64, columns: column..end });
        }
        self.column = end;
        self.widest = self.widest.max(end);
        let number = cell.number.filter(|number| number.parse::<f64>().is_ok_and(f64::is_finite));
        match number {
            Some(number) => self.builder.place(row, column, &number, CellClass::plain(Stored::Number)),
            None => self.builder.place(row, column, &readable(&cell.text), CellClass::TEXT),
        }
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if !self.in_row {
            return Ok(());
        }
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
        (self.in_row, self.column) = (false, 0);
        self.rows += 1;
        Ok(())
    }
}

/// Where a tag ends; `>` inside quotes does not count, unless the quote is never closed.
fn tag_end(rest: &str, loose: &mut bool) -> Option<usize> {
    let bytes = rest.as_bytes();
    let plain = memchr::memchr(b'>', bytes)?;
    if *loose {
        return Some(plain);
    }
    let (mut at, mut quote) = (1, None);
    while at < bytes.len().min(caps::XML_TOKEN_BYTES) {
        match (bytes[at], quote) {
            (b'>', None) => return Some(at),
            (b'"' | b'\'', None) if bytes[at - 1] == b'=' => quote = Some(bytes[at]),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
        at += 1;
    }
    *loose = true;
    Some(plain)
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let first = wanted.as_bytes()[0];
    memchr::memchr_iter(first, text.as_bytes()).find(|at| {
        text.as_bytes().get(*at..at + wanted.len()).is_some_and(|found| found.eq_ignore_ascii_case(wanted.as_bytes()))
    })
}

/// The value of an attribute, quoted or bare.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some(at) = find_ignoring_case(rest, name) {
        let begins = at == 0 || rest.as_bytes()[at - 1].is_ascii_whitespace();
        let after = rest[at + name.len()..].trim_start();
        rest = &rest[at + name.len()..];
        let Some(value) = after.strip_prefix('=').filter(|_| begins) else { continue };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
            None => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next().unwrap_or_default(),
        };
        return Some(value.to_owned());
    }
    None
}

/// Text as a browser shows it: entities as letters, runs of blanks as one, line breaks where the page breaks lines.
fn readable(text: &str) -> String {
    let text = entities(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{b}' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
            }
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let end = out.trim_end_matches([' ', '\n']).len();
    out.truncate(end);
    // A blank that breaks no line is a blank: on a page it is there for the looks.
    out.trim_start_matches('\n').replace('\u{a0}', " ")
}

/// Letters with a mark of their own, as HTML names them: `Igrave`, `scaron`.
fn marked_letter(name: &str) -> Option<char> {
    const MARKS: &[(&str, char)] = &[
        ("grave", '\u{300}'),
        ("acute", '\u{301}'),
        ("circ", '\u{302}'),
        ("tilde", '\u{303}'),
        ("macr", '\u{304}'),
        ("breve", '\u{306}'),
        ("dot", '\u{307}'),
        ("uml", '\u{308}'),
        ("ring", '\u{30a}'),
        ("dblac", '\u{30b}'),
        ("caron", '\u{30c}'),
        ("cedil", '\u{327}'),
        ("ogon", '\u{328}'),
    ];
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let (_, mark) = MARKS.iter().find(|(mark, _)| *mark == &name[1..])?;
    unicode_normalization::char::compose(letter, *mark)
}

/// Entities of numbers, of XML, and those of HTML that stand in tables.
fn entities(text: &str) -> std::borrow::Cow<'_, str> {
    #[rustfmt::skip]
    const NAMED: &[(&str, char)] = &[
        ("nbsp", '\u{a0}'), ("euro", '€'), ("pound", '£'), ("yen", '¥'), ("cent", '¢'), ("curren", '¤'),
        ("szlig", 'ß'), ("aelig", 'æ'), ("AElig", 'Æ'), ("oelig", 'œ'), ("OElig", 'Œ'), ("oslash", 'ø'), ("Oslash", 'Ø'),
        ("lstrok", 'ł'), ("Lstrok", 'Ł'), ("dstrok", 'đ'), ("Dstrok", 'Đ'), ("eth", 'ð'), ("ETH", 'Ð'), ("thorn", 'þ'),
        ("THORN", 'Þ'), ("inodot", 'ı'), ("iexcl", '¡'), ("iquest", '¿'), ("sect", '§'), ("para", '¶'), ("ordf", 'ª'),
        ("ordm", 'º'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("laquo", '«'), ("raquo", '»'), ("lsaquo", '‹'),
        ("rsaquo", '›'), ("bdquo", '„'), ("sbquo", '‚'), ("ldquo", '“'), ("rdquo", '”'), ("lsquo", '‘'), ("rsquo", '’'),
        ("prime", '′'), ("Prime", '″'), ("deg", '°'), ("micro", 'µ'), ("sup1", '¹'), ("sup2", '²'), ("sup3", '³'),
        ("frac12", '½'), ("frac14", '¼'), ("frac34", '¾'), ("times", '×'), ("divide", '÷'), ("plusmn", '±'), ("minus", '−'),
        ("permil", '‰'), ("copy", '©'), ("reg", '®'), ("trade", '™'), ("bull", '•'), ("middot", '·'), ("dagger", '†'),
        ("sum", '∑'), ("infin", '∞'), ("ne", '≠'), ("le", '≤'), ("ge", '≥'), ("asymp", '≈'), ("larr", '←'), ("rarr", '→'),
        ("check", '✓'), ("thinsp", '\u{2009}'), ("ensp", '\u{2002}'), ("emsp", '\u{2003}'), ("shy", '\u{ad}'), ("not", '¬'),
        ("alpha", 'α'), ("beta", 'β'), ("gamma", 'γ'), ("delta", 'δ'), ("Delta", 'Δ'), ("lambda", 'λ'), ("mu", 'μ'),
        ("pi", 'π'), ("sigma", 'σ'), ("Sigma", 'Σ'), ("omega", 'ω'), ("Omega", 'Ω'),
    ];
    resolve(text, |after| {
        let named = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let end = after.bytes().take(LONGEST_ENTITY).take_while(named).count();
        let name = &after[..end];
        let known = || NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
        let closed = usize::from(after[end..].starts_with(';'));
        let letter = entity_char(name).or_else(known).or_else(|| marked_letter(name))?;
        Some((letter, end + closed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_as_a_browser_shows_it() {
        for (text, wanted) in [
            ("  Br&ouml;tchen \n &amp; Caf&#233; ", "Brötchen & Café"),
            ("a\u{b} b", "a\nb"),
            ("5 &euro", "5 €"),
            ("R&D; x &unknown; y", "R&D; x &unknown; y"),
            ("&nbsp;", " "),
            ("Heft&nbsp;A4", "Heft A4"),
            ("FORL&Igrave; &scaron; &Aring; &#8364; &frac34; &xgrave;", "FORLÌ š Å € ¾ &xgrave;"),
        ] {
            assert_eq!(readable(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn attributes_are_found_quoted_or_bare_and_only_whole() {
        let attributes = " class=\"rowspan=9\" ROWSPAN = '3' colspan=2 data-x:num=7";
        assert_eq!(attribute(attributes, "colspan").as_deref(), Some("2"));
        assert_eq!(attribute(attributes, "x:num"), None);
        assert_eq!(attribute(" rowspan=\"4\"", "rowspan").as_deref(), Some("4"));
    }

    #[test]
    fn a_bracket_in_an_attribute_ends_no_tag() {
        assert_eq!(tag_end("<td title=\"a > b\">x", &mut false), Some(17));
        let mut loose = false;
        assert_eq!(tag_end("<td title=\"never closed>x", &mut loose), Some(23));
        assert!(loose, "nobody looks for its end again");
        assert_eq!(tag_end("<td", &mut false), None);
    }
}
