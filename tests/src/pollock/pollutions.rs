//! The list of pollutions: which files there are and what is spoilt in each.

use super::document::{Cell, Document, Role, Row};

/// The sound table every file is made from.
pub const SOURCE: &str = include_str!("source.csv");

/// A file name and the spoilt file behind it.
pub type Named = (String, Document);

/// Every file of the benchmark made from a sound table, in a fixed order, the sound file first.
pub fn all(source: &str) -> Vec<Named> {
    let sound = Document::parse(source);
    let mut files = vec![named("source", sound.clone())];
    files.extend(payload(&sound));
    files.extend(headers(&sound));
    files.extend(tables(&sound));
    files.extend(dialects(&sound));
    for row in 0..sound.rows.len() {
        files.extend(rows(&sound, row));
    }
    files
}

fn named(name: &str, document: Document) -> Named {
    (format!("{name}.csv"), document)
}

/// A copy of the file with something done to it.
fn but(sound: &Document, change: impl FnOnce(&mut Document)) -> Document {
    let mut copy = sound.clone();
    change(&mut copy);
    copy
}

/// No content, no or few rows, and what follows the last one.
fn payload(sound: &Document) -> Vec<Named> {
    let keep = |count: usize| but(sound, |file| file.rows.truncate(count));
    let ending = |end: &str| but(sound, |file| file.rows.iter_mut().rev().take(1).for_each(|row| row.end = end.into()));
    vec![
        named("file_no_payload", keep(0)),
        named("file_no_trailing_newline", ending("")),
        named("file_double_trailing_newline", ending("\r\n\r\n")),
        named("file_header_only", keep(1)),
        named("file_one_data_row", keep(2)),
    ]
}

/// No header, several, or a preamble before it.
fn headers(sound: &Document) -> Vec<Named> {
    let repeated = |times: usize| {
        but(sound, |file| {
            for row in sound.rows.iter().take(1) {
                let again = plain_row(Role::Header, row.contents());
                file.rows.splice(0..0, vec![again; times]);
            }
        })
    };
    let headless = but(sound, |file| file.rows.retain(|row| row.role != Role::Header));
    vec![
        named("file_no_header", headless),
        named("file_header_multirow_2", repeated(1)),
        named("file_header_multirow_3", repeated(2)),
        named("file_preamble", but(sound, add_preamble)),
    ]
}

/// A row whose cells are quoted only where they must be.
fn plain_row(role: Role, contents: Vec<String>) -> Row {
    Row::of(role, contents.iter().map(|content| Cell::plain(content)).collect())
}

/// One title row and one empty row, both with as many delimiters as the table has.
fn add_preamble(file: &mut Document) {
    let empty = vec![String::new(); file.width()];
    let mut title = empty.clone();
    title.iter_mut().take(1).for_each(|cell| *cell = "PREAMBLE".to_owned());
    file.rows.splice(0..0, [title, empty].map(|contents| plain_row(Role::Beside, contents)));
}

/// A second table right below the first: narrower, as wide, or wider.
fn tables(sound: &Document) -> Vec<Named> {
    let width = sound.width();
    vec![
        named("file_multitable_less", with_second(sound, width.saturating_sub(1))),
        named("file_multitable_same", with_second(sound, width)),
        named("file_multitable_more", with_second(sound, width + 1)),
    ]
}

/// The second table repeats the first, header included, but for the last row. Only the first
/// table is expected to be loaded.
fn with_second(sound: &Document, width: usize) -> Document {
    let second = sound.rows.iter().take(sound.rows.len().saturating_sub(1)).map(|row| {
        let filler = if row.role == Role::Header { "col1" } else { "" };
        let mut contents = row.contents();
        contents.resize(width, filler.to_owned());
        plain_row(Role::Beside, contents)
    });
    but(sound, |file| file.rows.extend(second))
}

/// Another mark for the whole file in place of the standard one.
fn dialects(sound: &Document) -> Vec<Named> {
    let mut files = Vec::new();
    for end in ["\n", "\r"] {
        let name = format!("file_record_delimiter{}", code_points(end));
        files.push(named(&name, but(sound, |file| each_row(file, |row| row.end = end.into()))));
    }
    for delimiter in [";", "\t", ", ", " "] {
        let name = format!("file_field_delimiter{}", code_points(delimiter));
        let change = |row: &mut Row| row.joints.fill(delimiter.into());
        files.push(named(&name, but(sound, |file| each_row(file, change))));
    }
    let wrapped = |cell: &mut Cell| cell.wrap = cell.wrap.map(|_| '\'');
    files.push(named("file_quotation_char_0x27", but(sound, |file| each_cell(file, wrapped))));
    for (escape, code) in [("\\", "0x5C"), ("", "0x00")] {
        let change = |cell: &mut Cell| cell.escape = escape.into();
        let name = format!("file_escape_char_{code}");
        files.push(named(&name, but(sound, |file| each_cell(file, change))));
    }
    files
}

fn each_row(file: &mut Document, change: impl Fn(&mut Row)) {
    file.rows.iter_mut().for_each(change);
}

fn each_cell(file: &mut Document, change: impl Fn(&mut Cell)) {
    file.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(change);
}

fn code_points(marks: &str) -> String {
    marks.chars().map(|mark| format!("_0x{:X}", u32::from(mark))).collect()
}

/// One row spoilt: an extra or a missing delimiter, a stray quotation mark, another delimiter.
fn rows(sound: &Document, at: usize) -> Vec<Named> {
    let mut files = Vec::new();
    let spoil = |change: &dyn Fn(&mut Row)| but(sound, |file| file.rows.iter_mut().skip(at).take(1).for_each(change));
    for column in 0..sound.width() {
        let place = format!("row{at}_col{column}");
        files.push(named(&format!("row_more_sep_{place}"), spoil(&|row| more(row, column))));
        if column > 0 {
            let less = |row: &mut Row| set_joint(row, column, "");
            files.push(named(&format!("row_less_sep_{place}"), spoil(&less)));
        }
        let stray = |row: &mut Row| {
            row.cells.iter_mut().skip(column).take(1).for_each(|cell| cell.stray = true);
        };
        files.push(named(&format!("row_extra_quote{at}_col{column}"), spoil(&stray)));
    }
    let blanks = |row: &mut Row| row.joints.fill(" ".into());
    files.push(named(&format!("row_field_delimiter_{at}_0x20"), spoil(&blanks)));
    files
}

/// Doubles the delimiter before a column; the first column has one put before it.
fn more(row: &mut Row, column: usize) {
    match column {
        0 => row.lead = ",".into(),
        _ => set_joint(row, column, ",,"),
    }
}

fn set_joint(row: &mut Row, column: usize, joint: &str) {
    if let Some(place) = row.joints.get_mut(column.wrapping_sub(1)) {
        *place = joint.to_owned();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn file(name: &str, source: &str) -> String {
        let found = all(source).into_iter().find(|(file, _)| file == name);
        found.map(|(_, document)| document.render()).unwrap()
    }

    const SMALL: &str = "a,\"b\"\n1,\"2\"\"\"\n";

    #[test]
    fn as_many_files_as_the_benchmark_has() {
        let files = all(SOURCE);
        let names: HashSet<&String> = files.iter().map(|(name, _)| name).collect();
        let count = |start: &str| names.iter().filter(|name| name.starts_with(start)).count();
        assert_eq!(names.len(), files.len());
        assert_eq!(files.len(), 1 + 2289);
        assert_eq!(count("file_"), 21);
        assert_eq!(count("row_less_sep_"), 672);
        assert_eq!(count("row_more_sep_"), 756);
        assert_eq!(count("row_extra_quote"), 756);
        assert_eq!(count("row_field_delimiter_"), 84);
    }

    #[test]
    fn delimiters_of_one_row() {
        assert_eq!(file("row_more_sep_row1_col0.csv", SMALL), "a,\"b\"\r\n,1,\"2\"\"\"\r\n");
        assert_eq!(file("row_more_sep_row0_col1.csv", SMALL), "a,,\"b\"\r\n1,\"2\"\"\"\r\n");
        assert_eq!(file("row_less_sep_row1_col1.csv", SMALL), "a,\"b\"\r\n1\"2\"\"\"\r\n");
        assert_eq!(file("row_field_delimiter_0_0x20.csv", SMALL), "a \"b\"\r\n1,\"2\"\"\"\r\n");
    }

    #[test]
    fn quotation_marks() {
        assert_eq!(file("row_extra_quote0_col1.csv", SMALL), "a,\"\"b\"\r\n1,\"2\"\"\"\r\n");
        assert_eq!(file("file_escape_char_0x5C.csv", SMALL), "a,\"b\"\r\n1,\"2\\\"\"\r\n");
        assert_eq!(file("file_escape_char_0x00.csv", SMALL), "a,\"b\"\r\n1,\"2\"\"\r\n");
        assert_eq!(file("file_quotation_char_0x27.csv", SMALL), "a,'b'\r\n1,'2\"\"'\r\n");
    }

    #[test]
    fn file_ends_and_preamble() {
        assert_eq!(file("file_no_payload.csv", SMALL), "");
        assert_eq!(file("file_no_trailing_newline.csv", SMALL), "a,\"b\"\r\n1,\"2\"\"\"");
        assert!(file("file_double_trailing_newline.csv", SMALL).ends_with("\"\r\n\r\n"));
        assert!(file("file_preamble.csv", SMALL).starts_with("PREAMBLE,\r\n,\r\na,"));
        assert!(file("file_multitable_more.csv", SMALL).ends_with("\r\na,b,col1\r\n"));
    }
}
