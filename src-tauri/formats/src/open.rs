//! Opening files, and the book that comes of it.

use std::io::{Read, SeekFrom};
use std::sync::{Arc, Mutex, OnceLock};

use larder_model::{Choice, Format, Reading, Refusal};

use crate::book::second::{self, Shared};
use crate::book::{Opened, Request};
use crate::caps;
use crate::find::blocks::{self, Block};
use crate::find::look::{Shape, shapes};
use crate::formats::FORMATS;
use crate::progress::{Input, Progress, Quiet};
use crate::read::{Scans, Understood};
use crate::sniff::{HEAD_BYTES, sniff};
use crate::text::mojibake;

/// One opened file: its sheets, and the rows of the chosen sheet as they stand in the file.
pub struct Book {
    pub(crate) file_name: String,
    pub(crate) size_bytes: u64,
    pub(crate) opened: Opened,
    shapes: OnceLock<Vec<Shape>>,
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

/// Opens a file as a whole.
///
/// `choices`: of them the sheet, the encoding and the separator count here. `progress` is told every few thousand rows.
///
/// # Errors
/// `NotATable`, `Empty`, `Damaged`, `PasswordProtected`, `CannotUnlock`, `TooLarge`, `Cancelled`, or what the disk answers.
pub fn open(
    file_name: &str,
    input: Box<dyn Input>,
    choices: &[Choice],
    progress: &dyn Progress,
) -> Result<Book, Refusal> {
    open_with(file_name, input, &Request { name: file_name, choices, max_rows: None, progress })
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
    let input = Shared::new(input);
    let first = (entry.open)(Box::new(input.clone()), request);
    let opened = first.or_else(|refusal| second::try_again(input, format, size_bytes, refusal, request));
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
                || delimiter.unwrap_or(text.guessed.delimiter) != text.delimiter;
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

    pub(crate) fn shapes(&self) -> &[Shape] {
        self.shapes.get_or_init(|| shapes(&self.opened.content.raw))
    }

    pub(crate) fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| blocks::find(&self.opened.content.raw, self.shapes()))
    }

    pub(crate) fn garbled(&self) -> Option<&mojibake::Found> {
        self.garbled.get_or_init(|| mojibake::find(&self.opened.content.raw)).as_ref()
    }
}
