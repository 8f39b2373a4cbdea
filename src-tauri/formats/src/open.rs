//! Opening files, and the book that comes of it.

use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, OnceLock};

use larder_model::{Choice, Format, Reading, Refusal, RefusalCode};

use crate::book::lines;
use crate::book::second::{self, Shared};
use crate::book::{Opened, Request};
use crate::caps;
use crate::find::blocks::{self, Block};
use crate::find::look::look;
use crate::find::shapes::Shapes;
use crate::formats::{FORMATS, Opener};
use crate::kinds::facts::clean;
use crate::progress::{Input, Progress, Quiet};
use crate::raw::Cell;
use crate::read::{Scans, Understood};
use crate::sniff::{HEAD_BYTES, before_archive, sniff};
use crate::text::mojibake;

/// Sheets behind a meagre one that are looked at.
const SHEETS_TRIED: usize = 8;

/// One opened file: its sheets, and the rows of the chosen sheet as they stand in the file.
pub struct Book {
    pub(crate) file_name: String,
    pub(crate) size_bytes: u64,
    pub(crate) opened: Opened,
    shapes: OnceLock<Shapes>,
    blocks: OnceLock<Vec<Block>>,
    garbled: OnceLock<Option<mojibake::Found>>,
    pub(crate) cache: Mutex<Cache>,
}

/// What was worked out before: reading again with other choices costs little.
#[derive(Default)]
pub(crate) struct Cache {
    pub scans: Vec<Arc<Scans>>,
    pub understood: Vec<Arc<Understood>>,
}

/// Opens a file as a whole, and understands it so far as these choices go.
///
/// `choices`: of them the sheet, the encoding and the separator count for what is opened. `progress` is told every few thousand rows.
///
/// # Errors
/// `NotATable`, `Empty`, `Damaged`, `PasswordProtected`, `CannotUnlock`, `TooLarge`, `Cancelled`, or what the disk answers.
pub fn open(
    file_name: &str,
    input: Box<dyn Input>,
    choices: &[Choice],
    progress: &dyn Progress,
) -> Result<Book, Refusal> {
    let book = open_with(file_name, input, &Request { name: file_name, choices, max_rows: None, progress })?;
    // Nearly everybody asks for it next, and only here it can be stopped.
    book.understand_while(choices, &|| progress.cancelled())?;
    Ok(book)
}

/// Opens the first `max_rows` rows of a file, reading no more of it than they need.
///
/// # Errors
/// As `open`.
pub fn open_head(file_name: &str, input: Box<dyn Input>, choices: &[Choice], max_rows: u64) -> Result<Book, Refusal> {
    open_with(
        file_name,
        input,
        &Request { name: file_name, choices, max_rows: Some(max_rows.max(1)), progress: &Quiet },
    )
}

fn open_with(file_name: &str, mut input: Box<dyn Input>, request: &Request<'_>) -> Result<Book, Refusal> {
    let disk = |error: std::io::Error| Refusal::from_io(&error, file_name);
    let size_bytes = input.seek(SeekFrom::End(0)).map_err(disk)?;
    input.seek(SeekFrom::Start(0)).map_err(disk)?;
    let mut head = Vec::new();
    Read::take(&mut input, HEAD_BYTES as u64).read_to_end(&mut head).map_err(disk)?;
    input.seek(SeekFrom::Start(0)).map_err(disk)?;
    let format = sniff(&head, size_bytes, file_name)?;
    if size_bytes > caps::FILE_BYTES {
        return Err(caps::too_large("bytes", caps::FILE_BYTES).with("file", file_name));
    }
    let entry = FORMATS.iter().find(|entry| entry.format == format).unwrap_or(&FORMATS[FORMATS.len() - 1]);
    let input = Shared::new(match before_archive(&head) {
        0 => input,
        bytes => Box::new(Behind { input, bytes: bytes as u64 }),
    });
    input.clone().rewind().map_err(disk)?;
    let first = (entry.open)(Box::new(input.clone()), request);
    let opened = first.or_else(|refusal| second::try_again(input.clone(), format, size_bytes, refusal, request));
    let opened = opened.and_then(|opened| {
        match (is_meagre(&opened) || lists_sheets(&opened)) && !has_sheet_choice(request.choices) {
            true => first_full_sheet(opened, &input, entry.open, request),
            false => Ok(opened),
        }
    });
    let opened = opened.and_then(|opened| lines::cut(opened, request.choices));
    let opened = opened.map_err(|refusal| match refusal.params.contains_key("file") {
        true => refusal,
        false => refusal.with("file", file_name),
    })?;
    Ok(Book {
        file_name: file_name.to_owned(),
        size_bytes,
        opened,
        shapes: OnceLock::new(),
        blocks: OnceLock::new(),
        garbled: OnceLock::new(),
        cache: Mutex::new(Cache::default()),
    })
}

fn has_sheet_choice(choices: &[Choice]) -> bool {
    choices.iter().any(|choice| matches!(choice, Choice::Sheet { .. }))
}

/// Hardly anything stands on the sheet: a title, a few words of a cover.
fn is_meagre(opened: &Opened) -> bool {
    let raw = &opened.content.raw;
    if opened.text.is_some() || raw.rows() > 40 || !opened.content.tables.is_empty() {
        return false;
    }
    let filled = |row: u64| raw.row(row).cells().filter(|cell| !cell.is_blank()).count();
    let rows = (0..raw.rows()).filter(|row| filled(*row) >= 2).count();
    rows < 2
}

/// All that stands on the sheet are the names of the other sheets, one under another: a list of contents.
fn lists_sheets(opened: &Opened) -> bool {
    let raw = &opened.content.raw;
    let others: Vec<&str> = opened
        .sheets
        .iter()
        .enumerate()
        .filter(|(place, note)| *place != opened.sheet && !note.hidden)
        .map(|(_, note)| note.name.trim())
        .collect();
    // Beside each may stand names of groups, and a few lines of words over them.
    if opened.text.is_some() || others.is_empty() || raw.rows() > 3 * others.len() as u64 + 20 {
        return false;
    }
    let cells = |row: u64| raw.row(row).cells().filter(|cell| !cell.is_blank());
    let Some(top) = (0..raw.rows()).find(|row| cells(*row).count() >= 2) else { return false };
    let width = (0..raw.rows()).map(|row| raw.row(row).len()).max().unwrap_or(0);
    let lists = |column: usize| {
        let rows = (top + 1..raw.rows()).filter(|row| others.contains(&clean(raw.cell(*row, column).text)));
        let named: Vec<u64> = rows.collect();
        let all = others.iter().all(|name| named.iter().any(|row| clean(raw.cell(*row, column).text) == *name));
        // Figures beside the names are a table of its own, unless they number the sheets.
        let is_number_of = |place: usize, cell: Cell<'_>| cell.text.parse() == Ok(place + 1);
        let words = |(place, row): (usize, &u64)| {
            cells(*row)
                .all(|cell| !look(cell).is_value() || is_number_of(place, cell) || others.contains(&clean(cell.text)))
        };
        all && named.iter().enumerate().all(words)
    };
    (0..width).any(lists)
}

/// The first of the sheets behind that people see and that holds more; the same where none does.
fn first_full_sheet(meagre: Opened, input: &Shared, opener: Opener, request: &Request<'_>) -> Result<Opened, Refusal> {
    let later = meagre.sheets.iter().enumerate().skip(meagre.sheet + 1).filter(|(_, note)| !note.hidden);
    for (place, note) in later.take(SHEETS_TRIED) {
        let mut choices = request.choices.to_vec();
        choices.push(Choice::Sheet { sheet: note.name.clone() });
        let mut again = input.clone();
        again.rewind().map_err(|error| Refusal::from_io(&error, request.name))?;
        let opened = opener(Box::new(again), &Request { choices: &choices, ..*request })?;
        if !is_meagre(&opened) && opened.sheet == place {
            return Ok(Opened { default_sheet: place, ..opened });
        }
    }
    if meagre.content.raw.rows() == 0 && meagre.text.is_none() {
        return Err(Refusal::new(RefusalCode::Empty));
    }
    Ok(meagre)
}

/// A file from behind what does not belong to it.
struct Behind {
    input: Box<dyn Input>,
    bytes: u64,
}

impl Read for Behind {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.input.read(into)
    }
}

impl Seek for Behind {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => SeekFrom::Start(at.saturating_add(self.bytes)),
            other => other,
        };
        let at = self.input.seek(to)?;
        at.checked_sub(self.bytes).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidInput))
    }
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("file_name", &self.file_name)
            .field("format", &self.format())
            .finish_non_exhaustive()
    }
}

impl Book {
    /// The format by the file's content.
    pub fn format(&self) -> Format {
        self.opened.format
    }

    /// False: only the first rows were read.
    pub fn is_whole(&self) -> bool {
        self.opened.whole
    }

    /// Whether these choices ask for another sheet, encoding or separator than the one that was opened.
    pub fn must_reopen(&self, choices: &[Choice]) -> bool {
        if let Some(text) = &self.opened.text {
            let (letters, delimiter) = crate::text::open::chosen(choices);
            return letters.unwrap_or(text.guess.letters) != text.letters
                || delimiter.unwrap_or(text.guessed.delimiter) != text.delimiter
                || crate::text::open::takes_off(choices) != text.take_off
                || text.surplus.is_some() && crate::text::open::joins(choices) != text.joined;
        }
        let (_, delimiter) = crate::text::open::chosen(choices);
        if self
            .opened
            .lines
            .as_ref()
            .is_some_and(|lines| delimiter.unwrap_or(lines.guessed.delimiter) != lines.delimiter)
        {
            return true;
        }
        let wanted = choices.iter().rev().find_map(|choice| match choice {
            Choice::Sheet { sheet } => self.opened.sheets.iter().position(|note| note.name == *sheet),
            _ => None,
        });
        wanted.unwrap_or(self.opened.default_sheet) != self.opened.sheet
    }

    /// Finds the tables and their names, guesses what each column holds, and says every guess. Choices override;
    /// those about columns that this file lacks are passed over.
    pub fn read(&self, choices: &[Choice]) -> Reading {
        self.understand(choices).reading.clone()
    }

    /// The same file with other rows, of which nothing is known yet.
    #[cfg(test)]
    pub(crate) fn with_rows(self, rows: impl FnOnce(&crate::raw::Raw) -> crate::raw::Raw) -> Book {
        let raw = rows(&self.opened.content.raw);
        let mut opened = self.opened;
        opened.content.raw = raw;
        let (shapes, blocks, garbled) = Default::default();
        Book { opened, shapes, blocks, garbled, cache: Mutex::default(), ..self }
    }

    pub(crate) fn shapes(&self) -> &Shapes {
        self.shapes.get_or_init(|| Shapes::of(&self.opened.content.raw))
    }

    pub(crate) fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| {
            let content = &self.opened.content;
            blocks::find(&content.raw, self.shapes(), &content.tables, &content.ranges)
        })
    }

    pub(crate) fn garbled(&self) -> Option<&mojibake::Found> {
        self.garbled.get_or_init(|| mojibake::find(&self.opened.content.raw)).as_ref()
    }
}
