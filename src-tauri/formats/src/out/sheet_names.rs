//! Names of sheets that Excel takes.

/// Characters (as UTF-16 counts them) of a sheet's name at most.
const MAX_UNITS: usize = 31;

/// A name for a sheet: none of `[]:*?/\`, no apostrophe at its ends, no control character, not "History" (Excel keeps
/// that for itself), 31 UTF-16 units at most, never empty, and none of `taken` whatever the case. Adds it to `taken`.
pub(crate) fn sheet_name(wanted: &str, taken: &mut Vec<String>) -> String {
    let clean: String = larder_model::display_text(wanted, 200)
        .chars()
        .map(|c| if "[]:*?/\\".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c })
        .collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut base = trimmed(&clean, MAX_UNITS);
    if base.is_empty() || base.eq_ignore_ascii_case("history") {
        base = format!("_{base}");
    }
    let mut name = base.clone();
    let mut n = 1;
    while taken.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        n += 1;
        let ending = format!(" {n}");
        name = format!("{}{ending}", trimmed(&base, MAX_UNITS - ending.len()));
    }
    taken.push(name.clone());
    name
}

fn trimmed(text: &str, max_units: usize) -> String {
    cut_units(text, max_units).trim_matches(['\'', ' ']).to_owned()
}

/// The longest beginning of a text that has so many UTF-16 units at most.
pub(crate) fn cut_units(text: &str, max_units: usize) -> &str {
    let mut units = 0;
    for (place, c) in text.char_indices() {
        units += c.len_utf16();
        if units > max_units {
            return &text[..place];
        }
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn odd_titles_become_names_that_excel_takes() {
        let long = "🥖".repeat(40);
        for title in ["Till sales", "a/b[c]:d*?\\", "'quoted'", "", "History", "\u{202e}\u{0}", &long, "''''", " ' "] {
            let name = sheet_name(title, &mut Vec::new());
            assert!(rust_xlsxwriter::utility::check_sheet_name(&name).is_ok(), "{title:?} gave {name:?}");
            assert!(name.to_lowercase() != "history");
        }
    }

    #[test]
    fn names_of_one_book_differ() {
        let mut taken = vec!["About".to_owned()];
        let long = "x".repeat(60);
        let names: Vec<String> =
            ["about", "ABOUT", &long, &long].iter().map(|title| sheet_name(title, &mut taken)).collect();
        assert_eq!(names[..2], ["about 2", "ABOUT 3"]);
        assert_eq!(names[3].len(), 31);
        assert!(names[3].ends_with(" 2"));
    }

    #[test]
    fn a_letter_is_never_cut_in_half() {
        assert_eq!(cut_units("a🥖b", 2), "a");
        assert_eq!(cut_units("a🥖b", 3), "a🥖");
    }
}
