//! Cells that a workbook calls by a name (ECMA-376 part 1, 18.2.5; ODF 1.3 part 3, 9.4.12 and 9.4.15): where no table object says
//! so, such a name may say what the table is.

use super::NamedRange;
use super::xlsx_sheet::place;

/// One rectangle of one sheet, and whose: `Sales!$A$5:$F$200`, `$'My sheet'.$A$1:.$C$9`. `mark` parts the sheet from the cells.
pub(crate) fn parse(name: &str, text: &str, mark: char) -> Option<(String, NamedRange)> {
    let text = text.trim().trim_start_matches(['=', '$']);
    let (sheet, rest) = match text.strip_prefix('\'') {
        Some(quoted) => {
            // Two quotes are one that belongs to the name.
            let end = quoted.find(&format!("'{mark}"))?;
            (quoted[..end].replace("''", "'"), &quoted[end + 1..])
        }
        None => (text[..text.find(mark)?].to_owned(), &text[text.find(mark)?..]),
    };
    let (from, to) = rest.strip_prefix(mark)?.split_once(':')?;
    // Of the other corner the sheet may be said once more.
    let to = to.rsplit_once(mark).map_or(to, |(_, cell)| cell);
    let ((first_row, first_column), (last_row, last_column)) = (cell(from)?, cell(to)?);
    let several = last_row > first_row && last_column >= first_column;
    let range =
        || NamedRange { name: name.to_owned(), rows: first_row..last_row + 1, columns: first_column..last_column + 1 };
    several.then(|| (sheet, range()))
}

fn cell(text: &str) -> Option<(u64, usize)> {
    let plain = text.replace('$', "");
    plain.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| place(&plain)).flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_rectangle_is_read_and_nothing_else() {
        let of =
            |text: &str, mark: char| parse("x", text, mark).map(|(sheet, range)| (sheet, range.rows, range.columns));
        assert_eq!(of("Sales!$A$5:$F$200", '!'), Some(("Sales".into(), 4..200, 0..6)));
        assert_eq!(of("'Anna''s sheet!'!$B$2:$C$3", '!'), Some(("Anna's sheet!".into(), 1..3, 1..3)));
        assert_eq!(of("$'My sheet'.$A$1:.$C$9", '.'), Some(("My sheet".into(), 0..9, 0..3)));
        assert_eq!(of("Sheet1.A1:Sheet1.F20", '.'), Some(("Sheet1".into(), 0..20, 0..6)));
        for text in
            ["#REF!", "Sales!$A$5", "OFFSET(Sales!$A$1,0,0,9,2)", "Sales!$A:$F", "A!$A$1:$B$2,A!$D$1:$E$2", "1.5", ""]
        {
            assert_eq!(of(text, '!'), None, "{text}");
        }
    }
}
