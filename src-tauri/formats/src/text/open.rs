//! Opens separated text: encoding, separator, then row by row into the arena.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use larder_model::{Choice, Format, Refusal, RefusalCode, SheetNote};
use larder_tables::parallel;

use super::blocks::{Blocks, Source};
use super::dialect;
use super::encoding::{self, Decoder, Letters};
use super::records::{Dialect, Found, Records};
use super::rewrite::Rewrite;
use super::separator::Separator;
use super::surplus::Surplus;
use super::whole_rows;
use super::widths::{self, Widths};
use crate::book::{Opened, Request, Sheet, TextNotes};
use crate::caps;
use crate::progress::{Input, report};
use crate::raw::{CellClass, Part, Raw, RawBuilder};

const SAMPLE_BYTES: usize = 64 << 10;
/// What a row of the head may take before the head becomes shorter than asked for.
const HEAD_ROW_BYTES: u64 = 4 << 10;

/// The encoding and separator that a person chose last.
pub(crate) fn chosen(choices: &[Choice]) -> (Option<Letters>, Option<Separator>) {
    let (mut letters, mut delimiter) = (None, None);
    for choice in choices {
        match choice {
            Choice::Encoding { encoding } => letters = Letters::for_label(encoding).or(letters),
            Choice::Delimiter { delimiter: chosen } => delimiter = Separator::parse(chosen).or(delimiter),
            _ => {}
        }
    }
    (letters, delimiter)
}

/// Whether quotes and frames are taken off: unless a person wants them.
pub(crate) fn takes_off(choices: &[Choice]) -> bool {
    let chosen = choices.iter().rev().find_map(|choice| match choice {
        Choice::Quoting { take_off } => Some(*take_off),
        _ => None,
    });
    chosen.unwrap_or(true)
}

/// Whether texts that their own separators cut are put together: unless a person wants their pieces.
pub(crate) fn joins(choices: &[Choice]) -> bool {
    let chosen = choices.iter().rev().find_map(|choice| match choice {
        Choice::Surplus { join } => Some(*join),
        _ => None,
    });
    chosen.unwrap_or(true)
}

/// Opens a text file.
pub(crate) fn open(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let mut input = input;
    let limit = request.max_rows.map(|rows| (rows.saturating_mul(HEAD_ROW_BYTES)).clamp(1 << 20, 32 << 20));
    if limit.is_none() {
        let blocks = Blocks::begin(input.as_mut(), request.name)?;
        if let Some(opened) = open_blocks(blocks, request)? {
            return Ok(opened);
        }
        input.rewind().map_err(|error| Refusal::from_io(&error, request.name))?;
    }
    let blocks = Blocks::read(input.as_mut(), limit, request.name)?;
    open_blocks(blocks, request)?.ok_or_else(|| Refusal::new(RefusalCode::Damaged).with("file", request.name))
}

/// Opens what was read of a file. Nothing where its beginning does not tell how the rest is to be read: all of it is
/// needed then.
fn open_blocks(mut blocks: Blocks<'_>, request: &Request<'_>) -> Result<Option<Opened>, Refusal> {
    let guess = encoding::guess(&blocks);
    let (chosen_letters, chosen_delimiter) = chosen(request.choices);
    let letters = chosen_letters.unwrap_or(guess.letters);
    let wide = |e| e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE;
    if !matches!(letters, Letters::Utf32 { .. }) && !matches!(letters, Letters::Standard(e) if wide(e)) {
        drop_zeros_at_end(&mut blocks);
    }
    let mark_bytes = if chosen_letters.is_none_or(|l| l == guess.letters) { guess.mark_bytes } else { 0 };
    let (head, middle) = blocks.samples(SAMPLE_BYTES);
    let (head, middle) = (letters.decode(&head[mark_bytes.min(head.len())..]), letters.decode(&middle));
    let ending = request.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let (head, middle) = (with_lines(head), with_lines(middle));
    let (found, take_off) = (Rewrite::find(&head), takes_off(request.choices));
    let rewrite = found.filter(|_| take_off);
    let utf8 = Letters::Standard(encoding_rs::UTF_8);
    let streams = letters == utf8 && guess.letters == utf8 && !guess.unsure && rewrite.is_none();
    if blocks.rest.is_some() && !streams {
        return Ok(None);
    }
    let (head, middle) = rewrite.map_or_else(|| (head.clone(), middle), |rewrite| (rewrite.text(&head), String::new()));
    let mut guessed = dialect::guess(&head, &middle, ending);
    let (widths, touching) = widths_of(&head, &guessed);
    if let Some(widths) = &widths {
        let others = [Separator::SEMICOLON, Separator::COMMA, Separator::TAB].to_vec();
        let columns = widths.columns();
        guessed = dialect::Guess { delimiter: Separator::BLANK, columns, others, unsure: true, ..guessed };
    }
    let delimiter = chosen_delimiter.unwrap_or(guessed.delimiter);
    let columns = if delimiter == guessed.delimiter { guessed.columns } else { 0 };
    let (quote, backslash) = if take_off { (guessed.quote, guessed.backslash) } else { (b'"', false) };
    let dialect = Dialect { delimiter, columns, quote, backslash };
    let read = match widths.filter(|_| delimiter.is(b' ')) {
        Some(_) if blocks.rest.is_some() => None,
        Some(widths) => Some(read_lines(blocks, letters, mark_bytes, dialect, &widths, request)?),
        None => read_rows(blocks, letters, mark_bytes, dialect, rewrite, request)?,
    };
    let Some(read) = read else { return Ok(None) };
    let raw = read.builder.finish()?;
    if raw.rows() == 0 {
        return Err(Refusal::new(RefusalCode::Empty).with("file", request.name));
    }
    let join = joins(request.choices);
    let (raw, surplus) = put_together(raw, delimiter, join);
    let ends_short = read.ends_short.filter(|row| *row < raw.rows());
    let notes = TextNotes {
        letters,
        guess,
        delimiter,
        guessed,
        rewrite: found,
        take_off,
        surplus,
        joined: join,
        touching: touching && delimiter.is(b' '),
        ends_short,
    };
    Ok(Some(Opened {
        format: if delimiter.is(b'\t') { Format::Tsv } else { Format::Csv },
        sheets: vec![SheetNote { name: String::new(), hidden: false, rows: None }],
        sheet: 0,
        default_sheet: 0,
        content: Sheet { raw, ..Sheet::default() },
        text: Some(notes),
        lines: None,
        cut: None,
        whole: read.whole,
    }))
}

/// Old programs end lines with a carriage return alone.
fn with_lines(text: String) -> String {
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

/// Columns that stand under each other, where no separator cuts the lines better; and whether they touch.
fn widths_of(head: &str, guessed: &dialect::Guess) -> (Option<Widths>, bool) {
    let is_cut = guessed.columns >= 2 && !guessed.delimiter.is(b' ') && widths::cuts_alike(head, guessed.delimiter);
    // A comma of decimals stands in all rows as well.
    let is_decimal = guessed.columns == 2 && guessed.delimiter.is(b',');
    match Widths::touching(head).filter(|_| !is_cut || is_decimal) {
        Some(touching) => (Some(touching), true),
        None => (Widths::find(head).filter(|_| !is_cut), false),
    }
}

/// The rows with texts together again that their own separators cut, unless nobody wants that, and which they are.
fn put_together(raw: Raw, delimiter: Separator, join: bool) -> (Raw, Option<Surplus>) {
    let found = Surplus::find(&raw, delimiter).filter(|_| !delimiter.is(b' '));
    match found.as_ref().filter(|_| join).map(|found| found.join(&raw, delimiter)) {
        None => (raw, found),
        Some(Ok(joined)) => (joined, found),
        // Texts that would be too long together stay as they are.
        Some(Err(_)) => (raw, None),
    }
}

/// Some programs leave the zeros of a file that was made larger in advance.
fn drop_zeros_at_end(blocks: &mut Blocks<'_>) {
    if blocks.cut || blocks.rest.is_some() {
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

/// Rows so far, and the text that was not read yet.
struct Read<'a> {
    builder: RawBuilder,
    records: Records,
    pending: String,
    dialect: Dialect,
    whole: bool,
    /// The last row has too few cells and no line end.
    ends_short: Option<u64>,
    request: &'a Request<'a>,
}

/// Blocks that are read at the same time: enough for all threads, few enough to look at the person's wish in between.
const BLOCKS_AT_ONCE: usize = 16;

/// Nothing where a file that was begun turns out to be in other letters than its beginning.
fn read_rows<'a>(
    mut blocks: Blocks<'_>,
    letters: Letters,
    mark_bytes: usize,
    dialect: Dialect,
    rewrite: Option<Rewrite>,
    request: &'a Request<'a>,
) -> Result<Option<Read<'a>>, Refusal> {
    let mut read = Read::new(!blocks.cut, dialect, request);
    if let Some(first) = blocks.blocks.front_mut() {
        first.drain(..mark_bytes.min(first.len()));
    }
    if letters.lines_are_bytes() && request.max_rows.is_none() && rewrite.is_none() {
        let queue = Queue { blocks: std::mem::take(&mut blocks.blocks), rest: blocks.rest.take(), taken: 0 };
        let Some(last) = read.in_parts(queue, letters)? else { return Ok(None) };
        blocks.blocks.extend(last);
    }
    let mut decoder = Decoder::new(letters);
    let mut lines = String::new();
    while let Some(block) = blocks.blocks.pop_front() {
        let last = blocks.blocks.is_empty();
        match rewrite {
            None => decoder.decode(&block, last && !blocks.cut, &mut read.pending),
            Some(rewrite) => {
                decoder.decode(&block, last && !blocks.cut, &mut lines);
                let whole = if last { lines.len() } else { lines.rfind('\n').map_or(0, |end| end + 1) };
                rewrite.push(&lines[..whole], &mut read.pending);
                lines.drain(..whole);
                if lines.len() > caps::ROW_BYTES {
                    return Err(caps::too_large("row_bytes", caps::ROW_BYTES as u64).with("file", request.name));
                }
            }
        }
        drop(block);
        if read.rows(last && !blocks.cut, last)? {
            break;
        }
    }
    Ok(Some(read))
}

/// What there is to be read.
enum Next {
    Block(usize, Vec<u8>),
    /// Others come first.
    Later,
    /// Nothing but the last block.
    End,
}

/// Blocks that wait to be read: those in memory, then those of the file.
struct Queue<'a> {
    blocks: VecDeque<Vec<u8>>,
    rest: Option<Source<'a>>,
    taken: usize,
}

impl Queue<'_> {
    /// The next block but the last one, and its number, which counts from 1.
    fn next(&mut self) -> Result<Next, Refusal> {
        while self.blocks.len() < 2 {
            match self.rest.as_mut().map(Source::next).transpose()?.flatten() {
                Some(block) => self.blocks.push_back(block),
                None => return Ok(Next::End),
            }
        }
        self.taken += 1;
        Ok(self.blocks.pop_front().map_or(Next::End, |block| Next::Block(self.taken, block)))
    }

    /// Room that the next blocks may have.
    fn give_back(&mut self, block: Vec<u8>) {
        if let Some(rest) = &mut self.rest {
            rest.give_back(block);
        }
    }
}

/// Reads rows whose columns stand under each other.
fn read_lines<'a>(
    mut blocks: Blocks<'_>,
    letters: Letters,
    mark_bytes: usize,
    dialect: Dialect,
    widths: &Widths,
    request: &'a Request<'a>,
) -> Result<Read<'a>, Refusal> {
    let mut read = Read::new(!blocks.cut, dialect, request);
    let mut decoder = Decoder::new(letters);
    let mut skip = mark_bytes;
    while let Some(block) = blocks.blocks.pop_front() {
        let last = blocks.blocks.is_empty();
        decoder.decode(&block[skip.min(block.len())..], last && !blocks.cut, &mut read.pending);
        skip = 0;
        let text = std::mem::take(&mut read.pending);
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            if lines.peek().is_none() && !last && !line.ends_with('\n') {
                read.pending.push_str(line);
                break;
            }
            for cell in widths.cells(line.trim_end_matches(['\n', '\r'])) {
                read.builder.push(&cell, CellClass::TEXT).map_err(|refusal| refusal.with("file", request.name))?;
            }
            read.builder.end_row()?;
            report(request.progress, read.builder.rows())?;
            if request.max_rows.is_some_and(|most| read.builder.rows() >= most) {
                read.whole = read.whole && last && lines.peek().is_none();
                return Ok(read);
            }
        }
        if read.pending.len() > caps::ROW_BYTES {
            return Err(caps::too_large("row_bytes", caps::ROW_BYTES as u64).with("file", request.name));
        }
    }
    Ok(read)
}

impl<'a> Read<'a> {
    fn new(whole: bool, dialect: Dialect, request: &'a Request<'a>) -> Read<'a> {
        Read {
            builder: RawBuilder::new(),
            records: Records::default(),
            pending: String::new(),
            dialect,
            whole,
            ends_short: None,
            request,
        }
    }

    /// Reads the rows of what is pending. True: as many as were asked for.
    fn rows(&mut self, end_of_file: bool, last: bool) -> Result<bool, Refusal> {
        let mut at = 0;
        while at < self.pending.len() {
            let Found::Row(next) = self.records.next(&self.pending, at, end_of_file, self.dialect) else { break };
            self.builder
                .push_row(&self.pending, self.records.spans(), self.dialect.quote)
                .map_err(|refusal| refusal.with("file", self.request.name))?;
            if next == self.pending.len()
                && end_of_file
                && !self.pending.ends_with(['\n', '\r'])
                && self.records.len() < self.dialect.columns
            {
                self.ends_short = Some(self.builder.rows() - 1);
            }
            report(self.request.progress, self.builder.rows())?;
            at = next;
            if self.request.max_rows.is_some_and(|most| self.builder.rows() >= most) {
                self.whole = self.whole && last && at >= self.pending.len();
                return Ok(true);
            }
        }
        self.pending.drain(..at);
        if self.pending.len() > caps::ROW_BYTES {
            return Err(caps::too_large("row_bytes", caps::ROW_BYTES as u64).with("file", self.request.name));
        }
        Ok(false)
    }

    /// Reads all blocks but the last, which it gives back, on several threads, each as if a row began with it. Where a row goes
    /// on into the next block, that one is read again from where the row began, so that the rows are those of one reading from
    /// front to end. Nothing where a block of the file itself is not in these letters.
    fn in_parts(&mut self, queue: Queue<'_>, letters: Letters) -> Result<Option<Option<Vec<u8>>>, Refusal> {
        let from_file = queue.rest.is_some();
        let (request, dialect) = (self.request, self.dialect);
        let (before, done) = (self.builder.rows(), AtomicU64::new(0));
        let queue = Mutex::new(queue);
        let builders: Mutex<Vec<RawBuilder>> = Mutex::default();
        let others = AtomicBool::new(false);
        let arrived = Mutex::new(Arrived { read: self, next: 1, waiting: BTreeMap::new() });
        let next = || {
            let arrived = arrived.lock().unwrap_or_else(PoisonError::into_inner).next;
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever is far ahead waits, so that the rows of few blocks are in memory twice.
            if queue.taken >= arrived + BLOCKS_AT_ONCE { Ok(Next::Later) } else { queue.next() }
        };
        let part = || {
            let (number, block) = match next()? {
                Next::Block(number, block) => (number, block),
                Next::Later => {
                    std::thread::sleep(Duration::from_micros(200));
                    return Ok(true);
                }
                Next::End => return Ok(false),
            };
            let text = match from_file {
                false => letters.text(block),
                true => match String::from_utf8(block) {
                    Ok(text) => text,
                    Err(_) => {
                        others.store(true, Ordering::Relaxed);
                        return Err(Refusal::new(RefusalCode::Cancelled));
                    }
                },
            };
            let known = builders.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut builder = known.unwrap_or_else(RawBuilder::new);
            let all = whole_rows::add(&text, dialect, &mut builder);
            let rows = builder.take();
            builders.lock().unwrap_or_else(PoisonError::into_inner).push(builder);
            let rows = all.then_some(rows);
            done.fetch_add(rows.as_ref().map_or(0, Part::rows), Ordering::Relaxed);
            let texts = arrived.lock().unwrap_or_else(PoisonError::into_inner).take(number, text, rows)?;
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            texts.into_iter().for_each(|text| queue.give_back(text.into_bytes()));
            Ok(true)
        };
        let cancelled = || {
            request.progress.rows(before + done.load(Ordering::Relaxed));
            request.progress.cancelled()
        };
        let read = parallel::until_done(&cancelled, &part);
        if others.load(Ordering::Relaxed) {
            return Ok(None);
        }
        read?;
        let mut last = queue.into_inner().unwrap_or_else(PoisonError::into_inner).blocks.pop_front();
        if let (true, Some(last)) = (from_file, &mut last) {
            last.truncate(last.iter().rposition(|b| *b != 0).map_or(0, |end| end + 1));
            if std::str::from_utf8(last).is_err() {
                return Ok(None);
            }
        }
        Ok(Some(last))
    }
}

/// Rows of blocks that were read before those in front of them, and where they go.
struct Arrived<'r, 'a> {
    read: &'r mut Read<'a>,
    /// The number of the block whose rows come next.
    next: usize,
    waiting: BTreeMap<usize, (String, Option<Part>)>,
}

impl Arrived<'_, '_> {
    /// Takes the rows of a block, where it is nothing but whole ones, and adds all whose turn it is; gives their texts back.
    fn take(&mut self, number: usize, text: String, rows: Option<Part>) -> Result<Vec<String>, Refusal> {
        self.waiting.insert(number, (text, rows));
        let mut texts = Vec::new();
        while let Some((text, rows)) = self.waiting.remove(&self.next) {
            self.next += 1;
            match rows {
                Some(rows) if self.read.pending.is_empty() => {
                    let request = self.read.request;
                    self.read.builder.add(rows).map_err(|refusal| refusal.with("file", request.name))?;
                }
                _ => {
                    self.read.pending.push_str(&text);
                    self.read.rows(false, false)?;
                }
            }
            texts.push(text);
        }
        Ok(texts)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::progress::Quiet;

    fn rows_by(block_bytes: usize, head_bytes: u64, text: &str) -> Vec<Vec<String>> {
        let mut input = std::io::Cursor::new(text.as_bytes().to_vec());
        let blocks = Blocks::begin_by(block_bytes, head_bytes, &mut input, "x").unwrap();
        let request = Request { name: "x", choices: &[], max_rows: None, progress: &Quiet };
        let letters = Letters::for_label("utf-8").unwrap();
        let dialect = Dialect { columns: 3, ..Dialect::of(Separator::SEMICOLON) };
        let read = read_rows(blocks, letters, 0, dialect, None, &request).unwrap().unwrap();
        let raw = read.builder.finish().unwrap();
        let cells = |row: u64| raw.row(row).cells().map(|cell| cell.text.to_owned()).collect();
        (0..raw.rows()).map(cells).collect()
    }

    /// Numbers that look random and are the same every time.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 33
    }

    #[test]
    fn rows_are_the_same_however_the_file_is_cut() {
        const PIECES: [&str; 14] = [
            "a",
            "Brötchen",
            ";",
            ";",
            "\n",
            "\n",
            "\r\n",
            "\"",
            "\"x;y\"",
            "\"line 1\nline 2\"",
            "\"a \"\"b\"\"\"",
            "3,50",
            " ",
            "\"never closed",
        ];
        let mut state = 7;
        for _ in 0..3_000 {
            let count = 5 + next(&mut state) as usize % 80;
            let text: String = (0..count).map(|_| PIECES[next(&mut state) as usize % PIECES.len()]).collect();
            let whole = rows_by(1 << 20, 1 << 20, &text);
            for (block_bytes, head_bytes) in [(16, 1 << 20), (50, 1 << 20), (200, 1 << 20), (16, 40), (30, 1)] {
                let cut = rows_by(block_bytes, head_bytes, &text);
                assert_eq!(cut, whole, "blocks of {block_bytes} bytes, {head_bytes} in memory: {text:?}");
            }
        }
    }

    #[test]
    fn a_large_file_may_change_its_letters_after_the_beginning() {
        let mut bytes = b"Artikel;Preis;Ort\n".to_vec();
        while bytes.len() < 9 << 20 {
            bytes.extend_from_slice(b"Brot;3,20;Ulm\n");
        }
        bytes.extend_from_slice(b"Br\xf6tchen;0,45;M\xfcnchen\n");
        let request = Request { name: "x.csv", choices: &[], max_rows: None, progress: &Quiet };
        let opened = open(Box::new(std::io::Cursor::new(bytes)), &request).unwrap();
        let raw = &opened.content.raw;
        assert_eq!((raw.cell(raw.rows() - 1, 0).text, raw.cell(raw.rows() - 1, 2).text), ("Brötchen", "München"));
        assert_eq!(opened.text.unwrap().letters.name(), "windows-1252");
    }
}
