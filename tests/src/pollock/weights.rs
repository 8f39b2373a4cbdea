//! How much each file counts in the weighted score, and the groups the files fall into.
//!
//! The numbers are the published ones: how often each pollution was met in the survey of the paper
//! (Vitagliano et al., PVLDB 2023), as the benchmark lists them for every file. Pollutions of single
//! rows and cells share the count of their kind evenly.

const PER_FILE: [(&str, f64); 22] = [
    ("source", 1.0),
    ("file_no_payload", 15.0),
    ("file_no_trailing_newline", 184.0),
    ("file_double_trailing_newline", 5.0),
    ("file_no_header", 470.0),
    ("file_header_multirow_2", 47.0),
    ("file_header_multirow_3", 47.0),
    ("file_preamble", 282.0),
    ("file_multitable_same", 188.0 / 3.0),
    ("file_multitable_more", 188.0 / 3.0),
    ("file_multitable_less", 188.0 / 3.0),
    ("file_header_only", 3.0),
    ("file_one_data_row", 4.0),
    ("file_record_delimiter_0xD", 7.0),
    ("file_record_delimiter_0xA", 1691.0),
    ("file_field_delimiter_0x9", 4.0),
    ("file_field_delimiter_0x3B", 834.0),
    ("file_field_delimiter_0x20", 4.0),
    ("file_field_delimiter_0x2C_0x20", 101.0),
    ("file_quotation_char_0x27", 11.0),
    ("file_escape_char_0x5C", 1.0),
    ("file_escape_char_0x00", 7.0),
];

const PER_KIND: [(&str, f64); 4] = [
    ("row_less_sep", 260.0 / 707.0),
    ("row_more_sep", 260.0 / 707.0),
    ("row_field_delimiter", 1.0 / 7.0),
    ("row_extra_quote", 1.0 / 108.0),
];

/// The kind of pollution of a file, from its name: the name without row and column.
pub fn group_of(name: &str) -> String {
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    let kind = PER_KIND.iter().find(|(kind, _)| stem.starts_with(kind));
    kind.map_or(stem, |(kind, _)| kind).to_owned()
}

/// The weight of a file; `None` for a name the benchmark does not have.
pub fn weight_of(name: &str) -> Option<f64> {
    let group = group_of(name);
    let known = PER_FILE.iter().chain(&PER_KIND).find(|(kind, _)| *kind == group);
    known.map(|(_, weight)| *weight)
}

/// The chapter of the paper's result table a kind of pollution belongs to.
pub fn chapter_of(group: &str) -> &'static str {
    let table = ["file_no", "file_double", "file_header", "file_one", "file_multi", "file_pre"];
    match group {
        "source" => "standard file",
        "row_less_sep" | "row_more_sep" => "inconsistent number of delimiters",
        _ if table.iter().any(|start| group.starts_with(start)) => "file and table",
        _ => "structural character change",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::pollutions;
    use super::*;

    #[test]
    fn every_file_has_a_weight() {
        let files = pollutions::all(pollutions::SOURCE);
        let sum: f64 = files.iter().map(|(name, _)| weight_of(name).unwrap()).sum();
        assert!((sum - 4450.14851).abs() < 1e-4, "{sum}");
    }

    #[test]
    fn groups_drop_row_and_column() {
        assert_eq!(group_of("row_extra_quote12_col3.csv"), "row_extra_quote");
        assert_eq!(group_of("row_field_delimiter_8_0x20.csv"), "row_field_delimiter");
        assert_eq!(group_of("file_header_multirow_2.csv"), "file_header_multirow_2");
        assert_eq!(weight_of("other.csv"), None);
    }

    #[test]
    fn chapters_hold_as_many_files_as_in_the_paper() {
        let files = pollutions::all(pollutions::SOURCE);
        let count = |chapter: &str| files.iter().filter(|(name, _)| chapter_of(&group_of(name)) == chapter).count();
        assert_eq!(count("standard file"), 1);
        assert_eq!(count("file and table"), 12);
        assert_eq!(count("inconsistent number of delimiters"), 1428);
        assert_eq!(count("structural character change"), 849);
    }
}
