//! What Larder itself wrote about a table, found again: on the sheet about a workbook, and in the description of a package.

use std::path::Path;

use larder_formats::described::{DescribedTable, read_about};
use larder_formats::out::{PageWords, Word};
use larder_model::{Choice, Format, Reading};

use crate::beside::Beside;
use crate::reading_job;
use crate::words::{LANGUAGES, Words};

/// Rows of the sheet that are read: the guide has one for each column.
const SHEET_ROWS: u64 = 20_000;

/// What the sheet about a workbook says, if it has one.
pub fn about_sheet(path: &Path, file_name: &str, reading: &Reading) -> Option<Beside> {
    if reading.format != Format::Xlsx || reading.sheets.len() < 2 {
        return None;
    }
    LANGUAGES.into_iter().find_map(|language| {
        let words = Words::of(language);
        let name = words.say(Word::AboutSheet);
        // A table that is called so itself has its number behind it.
        let of_it =
            |sheet: &str| sheet.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let sheet = &reading.sheets.iter().find(|sheet| of_it(&sheet.name) && sheet.name != reading.sheet)?.name;
        let choices = [Choice::Sheet { sheet: sheet.clone() }];
        let input = reading_job::input(path, file_name).ok()?;
        let book = larder_formats::open_head(file_name, input, &choices, SHEET_ROWS).ok()?;
        let described = read_about(&book.cells(SHEET_ROWS), &words)?;
        let table = described.tables.first().cloned().unwrap_or_else(DescribedTable::default);
        Some(Beside { file_name: sheet.clone(), described, table })
    })
}

/// Takes what a table is good for, and what not, out of a summary that Larder wrote all of it into.
pub fn apart(summary: &str) -> (String, String, String) {
    let said: Vec<(String, bool)> = LANGUAGES
        .into_iter()
        .map(Words::of)
        .flat_map(|words| [(words.say(Word::GoodFor), true), (words.say(Word::NotFor), false)])
        .collect();
    let (mut rest, mut good_for, mut not_for) = (Vec::new(), Vec::new(), Vec::new());
    for part in summary.split("\n\n") {
        let own = said.iter().find_map(|(word, good)| Some((part.strip_prefix(word)?.strip_prefix(' ')?, *good)));
        match own {
            Some((text, true)) => good_for.push(text),
            Some((text, false)) => not_for.push(text),
            None => rest.push(part),
        }
    }
    (rest.join("\n\n"), good_for.join("\n"), not_for.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_falls_into_its_parts_in_every_language() {
        for language in LANGUAGES {
            let words = Words::of(language);
            let (good, not) = (words.say(Word::GoodFor), words.say(Word::NotFor));
            let summary = format!("Sales.\n\nBy day.\n\n{good} planning\n\n{not} wages");
            assert_eq!(apart(&summary), ("Sales.\n\nBy day.".into(), "planning".into(), "wages".into()));
        }
        assert_eq!(apart("Good forests"), ("Good forests".into(), String::new(), String::new()));
    }
}
