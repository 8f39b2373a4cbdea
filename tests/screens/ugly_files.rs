//! Files as offices export them, one after another on the page that says how they were read: what each of them needs is said,
//! and nothing on the page is crowded or unclear.

use larder_tests::screens::{Desk, Options, Program};

use crate::album::Album;
use crate::system::in_sample;

/// A file of the corpus, and what a newcomer has to be told about it.
const FILES: [(&str, &str); 9] = [
    ("csv_bank_statement_preamble_and_footer.csv", "titles or notes"),
    ("csv_single_quotes_enclose.csv", "other quotes"),
    ("csv_commas_in_texts_without_quotes.csv", "We put them together"),
    ("csv_dates_as_text_and_serial_numbers.csv", "Spreadsheets count days like that"),
    ("csv_header_over_three_rows.csv", "2025 Laden Plan"),
    ("txt_erp_list_with_bars.txt", "Flachkopfschraube"),
    ("xlsx_table_object_with_total_row_and_notes.xlsx", "titles or notes"),
    ("xlsx_download_broken_off_after_the_sheet.xlsx", "The file ends in the middle"),
    ("html_spans_in_header_and_rows_named_xls.xls", "A month stands for its first day"),
];

#[test]
fn what_happened_to_ugly_files_is_said() {
    let desk = Desk::open("ugly_files", 1400, 900);
    let album = Album::default();
    let corpus = larder_tests::root().join("tests").join("fixtures").join("corpus").join("known");
    in_sample(&desk, Options::default()).close();
    let first = vec![corpus.join(FILES[0].0)];
    let anna = Program::start(&desk, "anna", Options { files: first, ..Options::default() });
    anna.stand_at(20, 20, 1280, 800);
    for (place, (name, said)) in FILES.into_iter().enumerate() {
        if place > 0 {
            assert!(anna.start_again(&[&corpus.join(name)]), "{name} is handed over");
        }
        anna.sees(name);
        anna.sees(said);
        album.page(&anna, &format!("ugly-{}", place + 1));
        if said == "other quotes" {
            anna.press("Leave them as they stand");
            anna.sees("'Pupil");
            anna.press("Take them off");
            anna.sees_no_more("'Pupil");
        }
        if said == "We put them together" {
            anna.press("Leave the pieces in cells of their own");
            anna.sees("Their pieces stay in cells of their own");
            anna.press("Put the texts together");
            anna.sees(said);
        }
    }
    album.close();
}

#[test]
fn a_folder_on_its_way_can_be_stopped() {
    let desk = Desk::open("folder_stopped", 1400, 900);
    let album = Album::default();
    let folder = desk.folder().join("Tagesberichte");
    std::fs::create_dir(&folder).unwrap();
    let rows: String = (0..4_000).map(|row| format!("2026-03-{:02};{row};{},50\n", 1 + row % 28, row % 90)).collect();
    for file in 0..180 {
        std::fs::write(folder.join(format!("tag {file}.csv")), format!("Tag;Bon;Betrag\n{rows}")).unwrap();
    }
    in_sample(&desk, Options::default()).close();
    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(20, 20, 1280, 800);
    anna.receive(&[&folder], || {});
    anna.sees("Bringing in Tagesberichte");
    album.page(&anna, "folder-on-its-way");
    anna.press("Stop");
    anna.sees_no_more("Bringing in Tagesberichte");
    let drafts = anna.call("drafts", &serde_json::json!({})).unwrap();
    assert_eq!(drafts, serde_json::json!([]), "nothing of half a folder stays");
    album.close();
}
