//! Which row holds the names: words over values, words that do not come again below, words that names often are.

use std::collections::HashSet;
use std::ops::Range;

use super::look::{Look, look};
use super::lower;
use super::shapes::Shapes;
use crate::kinds::facts::clean;
use crate::kinds::headers;
use crate::kinds::words as known;
use crate::raw::Raw;

/// Names and what stands under them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Header {
    /// Rows with names, in order; empty if there are none.
    pub rows: Vec<u64>,
    /// A row of units under them.
    pub units: Option<u64>,
    /// The first row of data.
    pub body: u64,
    /// How much speaks for the names; nothing does at 0 and below.
    pub score: f64,
    /// Other rows that could be the names, best first.
    pub others: Vec<u64>,
}

/// Rows of names over each other.
const MOST_LEVELS: usize = 4;
/// Rows at the top that may hold the names.
const CANDIDATES: usize = 24;
/// Rows below that are looked at.
const SAMPLE: usize = 48;

/// A piece of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Area {
    pub rows: Range<u64>,
    pub columns: Range<usize>,
}

impl Area {
    pub fn width(&self) -> usize {
        self.columns.end - self.columns.start
    }
}

/// Cells with something in them, inside the area.
pub(crate) fn filled(raw: &Raw, row: u64, columns: &Range<usize>) -> usize {
    let row = raw.row(row);
    columns.clone().filter(|column| !row.cell(*column).is_blank()).count()
}

/// Finds the names of an area.
pub(crate) fn find(raw: &Raw, shapes: &Shapes, area: &Area) -> Header {
    // Of very wide sheets fewer rows tell as much.
    let cells = 24_000 / area.width().max(1);
    let (candidates, sample) = (cells.clamp(4, CANDIDATES), cells.clamp(6, SAMPLE));
    let rows: Vec<u64> = area.rows.clone().filter(|row| !shapes[*row].is_blank()).take(candidates + sample).collect();
    let width = typical_width(raw, &rows, area);
    let mut scores: Vec<(u64, f64)> = Vec::new();
    for (place, &row) in rows.iter().take(candidates).enumerate() {
        let cells = filled(raw, row, &area.columns);
        if cells * 2 < width.max(1) || (width >= 3 && cells < 2) {
            continue;
        }
        // Names that come again further down speak for themselves, not against them.
        let again = |below: &u64| super::blocks::same_cells(raw, row, *below, &area.columns);
        let below: Vec<u64> = rows[place + 1..].iter().copied().take(sample).filter(|below| !again(below)).collect();
        scores.push((row, score(raw, row, &below, area, width)));
    }
    let mut best: Option<(u64, f64)> = None;
    for &(row, score) in &scores {
        // A later row must be clearly better: repeated names score as high as the first.
        if best.is_none_or(|(_, known)| score > known + 0.08) {
            best = Some((row, score));
        }
    }
    let first_full = scores.first().map_or(area.rows.start, |(row, _)| *row);
    match best {
        Some((row, score)) if score > 0.0 => {
            let mut header = at(raw, shapes, area, row);
            header.score = score;
            let mut others: Vec<(u64, f64)> =
                scores.into_iter().filter(|(r, s)| !header.rows.contains(r) && *s > 0.0).collect();
            others.sort_by(|a, b| b.1.total_cmp(&a.1));
            header.others = others.into_iter().map(|(row, _)| row).take(2).collect();
            header
        }
        _ => Header { body: first_full, score: best.map_or(0.0, |b| b.1.min(0.0)), ..Header::default() },
    }
}

/// The names once a row of them is known: group names above, units or second names below.
pub(crate) fn at(raw: &Raw, shapes: &Shapes, area: &Area, row: u64) -> Header {
    let mut header = Header { rows: vec![row], body: row + 1, ..Header::default() };
    if row > area.rows.start && is_group_row(raw, row - 1, &header.rows, area) {
        add_groups(raw, &mut header, area);
    } else if is_group_row(raw, row, &[row + 1], area)
        && row + 1 < area.rows.end
        && is_second_row(raw, shapes, row + 1, area)
    {
        header.rows.push(row + 1);
        header.body = row + 2;
        add_groups(raw, &mut header, area);
    } else if let Some(last) = last_level(raw, shapes, area, row) {
        header.rows.extend(row + 1..=last);
        header.body = last + 1;
    } else if lower::goes_on(raw, shapes, row + 1, area, row) {
        header.rows.push(row + 1);
        header.body = row + 2;
    } else if row > area.rows.start && lower::goes_on(raw, shapes, row, area, row - 1) {
        header.rows.insert(0, row - 1);
    }
    // Under a name that stands over several columns other words, or units, tell these apart.
    while header.rows.len() < MOST_LEVELS
        && header.body < area.rows.end
        && names_columns(raw, shapes, header.body, &header.rows, area)
    {
        header.rows.push(header.body);
        header.body += 1;
    }
    while header.body < area.rows.end {
        if header.units.is_none() && is_units_row(raw, header.body, area) {
            header.units = Some(header.body);
        } else if !is_numbering(raw, header.body, area) {
            break;
        }
        header.body += 1;
    }
    header
}

/// A row of words has some in columns that have no name, each beside another one, and values follow.
fn names_columns(raw: &Raw, shapes: &Shapes, row: u64, names: &[u64], area: &Area) -> bool {
    let is_there = |row: u64, column: usize| !raw.cell(row, column).is_blank();
    let named = |column: usize| names.iter().any(|row| is_there(*row, column));
    let parts: Vec<usize> = area.columns.clone().filter(|column| is_there(row, *column)).collect();
    let beside = |column: usize| column > area.columns.start && is_there(row, column - 1);
    let are_words = || parts.iter().all(|column| look(raw.cell(row, *column)) == Look::Word);
    let mut unnamed = parts.iter().copied().filter(|column| !named(*column)).peekable();
    // What stands under the first name is the first row already.
    unnamed.peek().is_some()
        && !is_there(row, area.columns.start)
        && unnamed.all(beside)
        && are_words()
        && is_second_row(raw, shapes, row, area)
}

/// Adds the names of groups over the names, and of groups of those.
fn add_groups(raw: &Raw, header: &mut Header, area: &Area) {
    while header.rows[0] > area.rows.start
        && header.rows.len() < MOST_LEVELS
        && is_group_row(raw, header.rows[0] - 1, &header.rows, area)
    {
        header.rows.insert(0, header.rows[0] - 1);
    }
}

/// The number of filled cells that most rows have.
fn typical_width(raw: &Raw, rows: &[u64], area: &Area) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for &row in rows {
        *counts.entry(filled(raw, row, &area.columns)).or_default() += 1;
    }
    // Where several widths are about as frequent, the widest is the table.
    let most = counts.values().copied().max().unwrap_or(0);
    counts.iter().filter(|(_, count)| **count * 2 >= most).map(|(width, _)| *width).max().unwrap_or(0)
}

fn score(raw: &Raw, row: u64, below: &[u64], area: &Area, width: usize) -> f64 {
    let mut sum = 0.0;
    let mut columns = 0usize;
    let mut seen = HashSet::new();
    let numbered = lower::numbered(raw, row, &area.columns);
    for column in area.columns.clone() {
        let cell = raw.cell(row, column);
        let cells: Vec<_> = below.iter().map(|r| raw.cell(*r, column)).filter(|c| !c.is_blank()).collect();
        if cell.is_blank() && cells.is_empty() {
            continue;
        }
        columns += 1;
        sum += match numbered.contains(&column) {
            true => 0.3,
            false => column_score(cell, &cells, below.is_empty()),
        };
        let text = clean(cell.text).to_lowercase();
        if !text.is_empty() && !seen.insert(text) {
            sum -= 0.15;
        }
    }
    // A row far narrower than the table is a title.
    let narrow = 1.0 - (seen.len() as f64 / width.max(1) as f64).min(1.0);
    sum / columns.max(1) as f64 - narrow * 0.3
}

fn column_score(cell: crate::raw::Cell<'_>, below: &[crate::raw::Cell<'_>], alone: bool) -> f64 {
    let looks: Vec<Look> = below.iter().map(|c| look(*c)).filter(|l| *l != Look::Blank).collect();
    let values = looks.iter().filter(|l| l.is_value()).count();
    let mostly_values = !looks.is_empty() && values * 2 > looks.len();
    let text = clean(cell.text);
    let own = match look(cell) {
        // "Yes" and "No" over numbers are names.
        Look::YesNo if !looks.contains(&Look::YesNo) => Look::Word,
        own => own,
    };
    match own {
        Look::Blank => -0.4,
        Look::Number if is_year(text) => {
            if mostly_values {
                0.1
            } else {
                -0.2
            }
        }
        Look::Number => -1.0,
        Look::Time if mostly_values && looks.iter().all(|l| *l == Look::Number) => 0.1,
        Look::Time => -1.0,
        Look::YesNo => -0.6,
        Look::Word => {
            let known: f64 = if headers::is_header_word(text) { 0.6 } else { 0.0 };
            let long = if text.chars().count() > 60 { 0.5 } else { 0.0 };
            let again = below.iter().any(|c| clean(c.text).eq_ignore_ascii_case(text));
            let base = match () {
                () if again => -0.7,
                () if mostly_values => 1.0,
                () if alone => 0.1 + known,
                () => 0.12 + known,
            };
            base - long
        }
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1950..=2100).contains(&year))
}

/// Names of groups over names: few words with room to their right, or names that repeat below them. `levels`: the rows of names
/// that are known.
fn is_group_row(raw: &Raw, row: u64, levels: &[u64], area: &Area) -> bool {
    let Some(&names) = levels.first() else { return false };
    let text = |row: u64, column: usize| clean(raw.cell(row, column).text).to_owned();
    let filled = |row: u64| area.columns.clone().filter(move |c| !raw.cell(row, *c).is_blank());
    let groups: Vec<usize> = filled(row).collect();
    let below: Vec<usize> =
        area.columns.clone().filter(|c| levels.iter().any(|names| !raw.cell(*names, *c).is_blank())).collect();
    // One word over several rows of names is the title of them all.
    if groups.is_empty() || below.len() < 2 || (levels.len() > 1 && groups.len() < 2) {
        return false;
    }
    if repeats_in_runs(raw, row, names, area) || begins_names(raw, row, names, area) {
        return true;
    }
    if groups.len() >= area.width() {
        return false;
    }
    let words = |row: u64, columns: &[usize]| {
        columns.iter().all(|c| matches!(look(raw.cell(row, *c)), Look::Word) || is_year(&text(row, *c)))
    };
    let are_names = |names: &u64| {
        let word = |c: &usize| is_word_over(raw, *names, *c, area);
        // Years are names among words, and under other names.
        let years = levels.len() > 1 || filled(*names).filter(word).count() * 2 >= filled(*names).count();
        filled(*names).all(|c| word(&c) || years && is_year(&text(*names, c)))
    };
    if !words(row, &groups) || !levels.iter().all(are_names) {
        return false;
    }
    // Facts beside a title are no groups: `Period: March 2026`.
    let is_fact = |text: &str| text.ends_with(':') || text.contains(": ") || known::is_page(text);
    if groups.iter().any(|c| is_fact(&text(row, *c))) {
        return false;
    }
    // Each group either spans free cells to its right, or stands alone over an empty cell: one name over two rows.
    let spans = |place: usize| {
        let next = groups.get(place + 1).copied().unwrap_or(area.columns.end);
        next > groups[place] + 1 && below.contains(&(groups[place] + 1)) && below.contains(&groups[place])
    };
    let alone = |place: usize| !below.contains(&groups[place]);
    let wide = (0..groups.len()).filter(|place| spans(*place)).count();
    let only_first = groups.len() == 1 && groups[0] == area.columns.start;
    let lowest = |c: usize| levels.iter().rev().map(|names| text(*names, c)).find(|text| !text.is_empty());
    let distinct: HashSet<String> = below.iter().map(|c| lowest(*c).unwrap_or_default().to_lowercase()).collect();
    let repeats = distinct.len() < below.len();
    let lone = (0..groups.len()).filter(|place| alone(*place)).count();
    // A group may have one name only, where others have several.
    let single = |place: usize| below.contains(&groups[place]) && (lone > 0 || wide >= 2);
    !only_first
        && wide > 0
        && (0..groups.len()).all(|place| spans(place) || alone(place) || single(place))
        && (repeats || wide >= 2 || lone > 0)
}

/// The last of several rows that hold the names together, where each has some of them only: every column has a name in one of
/// them, parts stand under the name of their group or beside it, and values follow.
fn last_level(raw: &Raw, shapes: &Shapes, area: &Area, row: u64) -> Option<u64> {
    let is_blank = |row: u64, column: usize| raw.cell(row, column).is_blank();
    let free: Vec<usize> = area.columns.clone().filter(|column| is_blank(row, *column)).collect();
    if free.is_empty() || is_blank(row, area.columns.start) {
        return None;
    }
    let is_level = |below: u64| {
        let parts: Vec<usize> = area.columns.clone().filter(|column| !is_blank(below, *column)).collect();
        // What stands under the first name is the first row already.
        parts.len() >= 2
            && is_blank(below, area.columns.start)
            && parts.iter().all(|column| look(raw.cell(below, *column)) == Look::Word)
            && is_second_row(raw, shapes, below, area)
    };
    let most = (row + MOST_LEVELS as u64).min(area.rows.end);
    let last = (row + 1..most).take_while(|below| is_level(*below)).last().filter(|last| *last > row + 1)?;
    let named = |column: &usize| (row..=last).any(|level| !is_blank(level, *column));
    area.columns.clone().all(|column| named(&column)).then_some(last)
}

/// Names that go over two rows: words over most names, which all have words of their own.
fn begins_names(raw: &Raw, row: u64, names: u64, area: &Area) -> bool {
    let is_word = |row: u64, column: usize| look(raw.cell(row, column)) == Look::Word;
    let is_short = |column: usize| {
        let text = clean(raw.cell(row, column).text);
        text.chars().count() <= 20 && !text.contains([':', '.']) && !text.bytes().any(|b| b.is_ascii_digit())
    };
    let filled: Vec<usize> = area.columns.clone().filter(|column| !raw.cell(row, *column).is_blank()).collect();
    filled.len() >= 4
        && filled.len() * 2 >= area.width()
        && filled.len() < area.width()
        && filled.iter().all(|column| is_word(row, *column) && is_short(*column))
        && area.columns.clone().all(|column| is_word(names, column))
}

/// Group names that are written again over each of their columns, as an export without merged cells has them.
fn repeats_in_runs(raw: &Raw, row: u64, names: u64, area: &Area) -> bool {
    let texts = |row: u64| -> Vec<String> {
        area.columns.clone().map(|c| clean(raw.cell(row, c).text).to_lowercase()).collect()
    };
    let is_name = |row: u64| {
        area.columns.clone().all(|c| {
            let cell = raw.cell(row, c);
            matches!(look(cell), Look::Word | Look::Blank) || is_year(clean(cell.text))
        })
    };
    let groups = texts(row);
    let filled: Vec<&String> = groups.iter().filter(|text| !text.is_empty()).collect();
    let runs = groups.chunk_by(|a, b| a == b).filter(|run| !run[0].is_empty()).count();
    // At least two columns in most of them.
    let in_pieces = filled.len() > runs * 3 / 2 && runs >= 2;
    in_pieces && is_name(row) && is_name(names) && groups != texts(names)
}

/// A word; "on" and "off" are names where something else follows.
fn is_word_over(raw: &Raw, row: u64, column: usize, area: &Area) -> bool {
    let below = || (row + 1..area.rows.end.min(row + 4)).map(|row| look(raw.cell(row, column)));
    match look(raw.cell(row, column)) {
        Look::Word => true,
        Look::YesNo => below().any(|look| look == Look::Number) && below().all(|look| look != Look::YesNo),
        _ => false,
    }
}

/// A second row of names has words where values follow.
fn is_second_row(raw: &Raw, shapes: &Shapes, row: u64, area: &Area) -> bool {
    let below: Vec<u64> = (row + 1..area.rows.end).filter(|r| !shapes[*r].is_blank()).take(8).collect();
    area.columns.clone().any(|column| {
        is_word_over(raw, row, column, area) && below.iter().any(|r| look(raw.cell(*r, column)).is_value())
    })
}

/// The columns are numbered, as in forms: (1), (2), (3).
fn is_numbering(raw: &Raw, row: u64, area: &Area) -> bool {
    let (mut count, mut bracketed) = (0u32, 0u32);
    for (place, column) in area.columns.clone().enumerate() {
        let text = clean(raw.cell(row, column).text);
        let bare = text.trim_matches(|c| "()[].".contains(c));
        if bare.parse::<u32>() != Ok(place as u32 + 1) {
            return false;
        }
        bracketed += u32::from(bare.len() < text.len());
        count += 1;
    }
    // Without brackets a few numbers may be a row of the table.
    bracketed >= 3 || count >= 5
}

/// Units or nothing in every cell, at least one unit, and no more cells than names.
pub(super) fn is_units_row(raw: &Raw, row: u64, area: &Area) -> bool {
    let mut units = 0;
    let in_brackets = |text: &str| text.starts_with(['(', '[']) && text.ends_with([')', ']']);
    let cells = || area.columns.clone().map(|column| clean(raw.cell(row, column).text)).filter(|text| !text.is_empty());
    // Where all stand in brackets they are what measuring programs write: [hh:mm:ss], [1/min], [].
    let all_bracketed = cells().count() >= 3 && cells().all(in_brackets) && cells().any(|text| text.starts_with('['));
    for column in area.columns.clone() {
        let cell = raw.cell(row, column);
        if cell.is_blank() {
            continue;
        }
        let text = clean(cell.text);
        let bracketed = in_brackets(text) && (all_bracketed || !text.bytes().any(|b| b.is_ascii_digit()));
        if headers::unit(text).is_some()
            || headers::is_count(text)
            || crate::kinds::money::mark(text.trim_matches(|c| "()[]".contains(c))).is_some()
        {
            units += 1;
        } else if !bracketed
            && !is_form_of_day(text)
            && !matches!(text, "-" | "–" | "%rF" | "%RH" | "% r.F.")
            && !is_counted(raw, row, column, area, text)
        {
            return false;
        }
    }
    units > 0
}

/// How days and times of the column are written, where others have their units: `yyyy-mm-dd hh:mm:ss`, `TT.MM.JJJJ`.
fn is_form_of_day(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let known = |c: char| matches!(c.to_ascii_lowercase(), 'y' | 'm' | 'd' | 'h' | 's' | 't' | 'j' | 'a');
    letters().count() >= 4
        && letters().all(known)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '/' | '.' | ':' | ' '))
        && text.contains(['-', '/', '.', ':'])
}

/// A word for what is counted, over numbers, in a row that has nothing over words: `Anzahl`, `TEUR`.
fn is_counted(raw: &Raw, row: u64, column: usize, area: &Area, text: &str) -> bool {
    let is_number = |column: usize| {
        let below = (row + 1..area.rows.end).take(8).map(|row| look(raw.cell(row, column)));
        let seen: Vec<Look> = below.filter(|look| *look != Look::Blank).collect();
        !seen.is_empty() && seen.iter().all(|look| *look == Look::Number)
    };
    let short = text.chars().count() <= 16 && look(raw.cell(row, column)) == Look::Word;
    short && area.columns.clone().all(|column| raw.cell(row, column).is_blank() || is_number(column))
}

/// The name of each column of the area, group names in front.
pub(crate) fn names(raw: &Raw, header: &Header, columns: &Range<usize>) -> Vec<String> {
    let mut names: Vec<Vec<String>> = vec![Vec::new(); columns.end - columns.start];
    for (place, &row) in header.rows.iter().enumerate() {
        let last = place + 1 == header.rows.len();
        // Beginnings of names belong to their own column only.
        let area = Area { rows: row..row + 2, columns: columns.clone() };
        let begins = header.rows.get(place + 1).is_some_and(|names| begins_names(raw, row, *names, &area));
        let (mut group, mut alone) = (String::new(), false);
        for (at, column) in columns.clone().enumerate() {
            let own = larder_model::display_text(clean(raw.cell(row, column).text), 200);
            let over_blank = header.rows[place + 1..].iter().all(|names| raw.cell(*names, column).is_blank());
            // Where another group begins, so do its parts.
            let other = header.rows[..place].iter().any(|above| !raw.cell(*above, column).is_blank());
            if !own.is_empty() {
                group = own.clone();
                alone = over_blank;
            } else if over_blank || alone || begins || other {
                group.clear();
            }
            let piece = if last { own } else { group.clone() };
            if !piece.is_empty() && names[at].last() != Some(&piece) {
                names[at].push(piece);
            }
        }
    }
    names.into_iter().map(|pieces| pieces.join(" ")).collect()
}
