//! Opens separated text: encoding, separator, then row by row into the arena.

use larder_model::{Choice, Format, Refusal, RefusalCode, SheetNote};

use super::blocks::Blocks;
use super::dialect;
use super::encoding::{self, Decoder, Letters};
use super::records::{Dialect, Found, Records};
use crate::book::{Opened, Request, Sheet, TextNotes};
use crate::caps;
use crate::progress::{Input, report};
use crate::raw::{CellClass, RawBuilder};

const SAMPLE_BYTES: usize = 64 << 10;
/// What a row of the head may take before the head becomes shorter than asked for.
const HEAD_ROW_BYTES: u64 = 4 << 10;

/// The encoding and separator that a person chose last.
pub(crate) fn chosen(choices: &[Choice]) -> (Option<Letters>, Option<u8>) {
    let (mut letters, mut delimiter) = (None, None);
    for choice in choices {
        match choice {
            Choice::Encoding { encoding } => letters = Letters::for_label(encoding).or(letters),
            Choice::Delimiter { delimiter: chosen } => match chosen.as_bytes() {
                [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => delimiter = Some(*byte),
                _ => {}
            },
            _ => {}
        }
    }
    (letters, delimiter)
}

/// Opens a text file.
pub(crate) fn open(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let mut input = input;
    let limit = request.max_rows.map(|rows| (rows.saturating_mul(HEAD_ROW_BYTES)).clamp(1 << 20, 32 << 20));
    let mut blocks = Blocks::read(input.as_mut(), limit, request.name)?;
    let guess = encoding::guess(&blocks);
    let (chosen_letters, chosen_delimiter) = chosen(request.choices);
    let letters = chosen_letters.unwrap_or(guess.letters);
    if !matches!(letters, Letters::Standard(e) if e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE) {
        drop_zeros_at_end(&mut blocks);
    }
    let mark_bytes = if chosen_letters.is_none_or(|l| l == guess.letters) { guess.mark_bytes } else { 0 };
    let (head, middle) = blocks.samples(SAMPLE_BYTES);
    let (head, middle) = (letters.decode(&head[mark_bytes.min(head.len())..]), letters.decode(&middle));
    let ending = request.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let guessed = dialect::guess(&head, &middle, ending);
    let delimiter = chosen_delimiter.unwrap_or(guessed.delimiter);
    let columns = if delimiter == guessed.delimiter { guessed.columns } else { 0 };
    let read = read_rows(blocks, letters, mark_bytes, Dialect { delimiter, columns }, request)?;
    let raw = read.builder.finish()?;
    if raw.rows() == 0 {
        return Err(Refusal::new(RefusalCode::Empty).with("file", request.name));
    }
    let notes =
        TextNotes { letters, guess, delimiter, guessed, ends_short: read.ends_short.filter(|row| *row < raw.rows()) };
    Ok(Opened {
        format: if delimiter == b'\t' { Format::Tsv } else { Format::Csv },
        sheets: vec![SheetNote { name: String::new(), hidden: false, rows: None }],
        sheet: 0,
        default_sheet: 0,
        content: Sheet { raw, ..Sheet::default() },
        text: Some(notes),
        whole: read.whole,
    })
}

/// Some programs leave the zeros of a file that was made larger in advance.
fn drop_zeros_at_end(blocks: &mut Blocks) {
    if blocks.cut {
        return;
    }
    while let Some(block) = blocks.blocks.back_mut() {
        let kept = block.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
        block.truncate(kept);
        if kept > 0 {
            break;
        }
        blocks.blocks.pop_back();
    }
}

struct Read {
    builder: RawBuilder,
    whole: bool,
    /// The last row has too few cells and no line end.
    ends_short: Option<u64>,
}

fn read_rows(
    mut blocks: Blocks,
    letters: Letters,
    mark_bytes: usize,
    dialect: Dialect,
    request: &Request<'_>,
) -> Result<Read, Refusal> {
    let mut decoder = Decoder::new(letters);
    let mut records = Records::default();
    let mut read = Read { builder: RawBuilder::plain(), whole: !blocks.cut, ends_short: None };
    let mut pending = String::new();
    let mut skip = mark_bytes;
    while let Some(block) = blocks.blocks.pop_front() {
        let last = blocks.blocks.is_empty();
        let end_of_file = last && !blocks.cut;
        decoder.decode(&block[skip.min(block.len())..], end_of_file, &mut pending);
        skip = 0;
        drop(block);
        let mut at = 0;
        while at < pending.len() {
            let Found::Row(next) = records.next(&pending, at, end_of_file, dialect) else { break };
            for cell in records.cells(&pending) {
                read.builder.push(&cell, CellClass::TEXT).map_err(|refusal| refusal.with("file", request.name))?;
            }
            if next == pending.len()
                && end_of_file
                && !pending.ends_with(['\n', '\r'])
                && records.len() < dialect.columns
            {
                read.ends_short = Some(read.builder.rows());
            }
            read.builder.end_row()?;
            report(request.progress, read.builder.rows())?;
            at = next;
            if request.max_rows.is_some_and(|most| read.builder.rows() >= most) {
                read.whole = read.whole && last && at >= pending.len();
                return Ok(read);
            }
        }
        pending.drain(..at);
        if pending.len() > caps::ROW_BYTES {
            return Err(caps::too_large("row_bytes", caps::ROW_BYTES as u64).with("file", request.name));
        }
    }
    Ok(read)
}
