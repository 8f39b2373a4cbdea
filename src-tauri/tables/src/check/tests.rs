use larder_model::{Certainty, FindingCode, FixAction, Kind, Param};

use super::*;
use crate::TableBuilder;
use crate::dates::day;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 3, 3);

fn column(id: &str, kind: Kind) -> Column {
    Column {
        id: id.into(),
        name: String::new(),
        kind,
        meaning: String::new(),
        unit: None,
        currency: None,
        decimals: None,
        example: None,
        key: false,
        required: false,
        personal: false,
        looks_up: None,
    }
}

fn label(columns: Vec<Column>) -> Label {
    Label { columns, ..Label::default() }
}

fn texts(name: &str, kind: Kind, all: &[&str]) -> Table {
    let mut builder = TableBuilder::new(vec![TableColumn::new("c", name, kind)]);
    for text in all {
        builder.text(0, text);
        builder.end_row();
    }
    builder.finish()
}

fn integers(all: impl IntoIterator<Item = i64>) -> Table {
    let mut builder = TableBuilder::new(vec![TableColumn::new("c", "C", Kind::Integer)]);
    for value in all {
        builder.integer(0, value);
        builder.end_row();
    }
    builder.finish()
}

fn days(all: impl IntoIterator<Item = i32>) -> Table {
    let mut builder = TableBuilder::new(vec![TableColumn::new("c", "C", Kind::Date)]);
    for day in all {
        builder.date(0, day);
        builder.end_row();
    }
    builder.finish()
}

fn found(table: &Table, label: &Label, code: FindingCode) -> Option<Finding> {
    check(table, label, TODAY, &[]).into_iter().find(|finding| finding.code == code)
}

fn plain(table: &Table, code: FindingCode) -> Option<Finding> {
    found(table, &Label::default(), code)
}

fn text_param(finding: &Finding, name: &str) -> String {
    match &finding.params[name] {
        Param::Text(text) => text.clone(),
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn a_table_without_rows_has_nothing_to_fix() {
    assert!(check(&texts("Shop", Kind::Text, &[]), &Label::default(), TODAY, &[]).is_empty());
}

#[test]
fn a_few_empty_cells_in_a_full_column_are_found_and_many_are_not() {
    let finding = plain(&texts("Shop", Kind::Text, &["a", "b", "c", "", "d", "e"]), FindingCode::EmptyCells).unwrap();
    assert_eq!((finding.rows, finding.count), (vec![4], 1));
    assert_eq!(finding.column.as_deref(), Some("c"));
    assert_eq!(plain(&texts("Shop", Kind::Text, &["a", "", "", "", "d"]), FindingCode::EmptyCells), None);
}

#[test]
fn empty_cells_of_a_required_column_always_count() {
    let required = label(vec![Column { required: true, name: "Laden".into(), ..column("c", Kind::Text) }]);
    let finding = found(&texts("Shop", Kind::Text, &["a", "", "", ""]), &required, FindingCode::EmptyCells).unwrap();
    assert_eq!((finding.count, text_param(&finding, "column").as_str()), (3, "Laden"));
    let all = found(&texts("Shop", Kind::Text, &["", ""]), &required, FindingCode::EmptyCells).unwrap();
    assert!(all.fixes.iter().any(|fix| fix.action == FixAction::LeaveOutColumn));
}

#[test]
fn a_column_without_values_is_one_finding() {
    let findings = check(&texts("Shop", Kind::Text, &["", ""]), &Label::default(), TODAY, &[]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code, findings[0].count), (FindingCode::EmptyColumn, 2));
}

#[test]
fn the_second_row_of_a_key_is_found_and_empty_keys_are_not_alike() {
    let key = label(vec![Column { key: true, ..column("c", Kind::Code) }]);
    let table = texts("No", Kind::Code, &["001", "002", "001", "", "", "001"]);
    let finding = found(&table, &key, FindingCode::DuplicateKeys).unwrap();
    assert_eq!((finding.rows.as_slice(), text_param(&finding, "example").as_str()), (&[3, 6][..], "001"));
    assert_eq!(finding.fixes[0].action, FixAction::KeepFirst);
    assert_eq!(found(&table, &key, FindingCode::DuplicateRows), None);
}

#[test]
fn whole_rows_that_appear_twice_are_found_without_a_key() {
    let finding = plain(&texts("No", Kind::Code, &["a", "b", "a", "a"]), FindingCode::DuplicateRows).unwrap();
    assert_eq!(finding.rows, [3, 4]);
}

#[test]
fn a_key_column_that_is_gone_says_nothing() {
    let key = label(vec![Column { key: true, ..column("gone", Kind::Code) }]);
    assert_eq!(found(&texts("No", Kind::Code, &["a", "a"]), &key, FindingCode::DuplicateKeys), None);
}

#[test]
fn days_before_1900_and_in_the_future_are_found() {
    let today = day(2026, 3, 3).unwrap();
    let mut all: Vec<i32> = (0..20).map(|back| today - back).collect();
    all[4] = day(1899, 12, 31).unwrap();
    all[7] = today + 2;
    let finding = plain(&days(all.clone()), FindingCode::ImpossibleDates).unwrap();
    assert_eq!((finding.rows.as_slice(), text_param(&finding, "example").as_str()), (&[5, 8][..], "1899-12-31"));
    all[4] = today;
    all[7] = today + 1;
    assert_eq!(plain(&days(all), FindingCode::ImpossibleDates), None);
}

#[test]
fn a_column_of_plans_may_lie_ahead_but_not_by_years() {
    let today = day(2026, 3, 3).unwrap();
    let mut all: Vec<i32> = (0..20).map(|ahead| today + ahead * 7).collect();
    assert_eq!(plain(&days(all.clone()), FindingCode::ImpossibleDates), None);
    all[3] = day(2206, 3, 3).unwrap();
    assert_eq!(plain(&days(all), FindingCode::ImpossibleDates).unwrap().rows, [4]);
}

#[test]
fn one_value_far_from_all_others() {
    let finding =
        plain(&integers((0..200).map(|i| if i == 150 { 90_000 } else { i % 20 })), FindingCode::Outliers).unwrap();
    assert_eq!((finding.rows.as_slice(), finding.certainty), (&[151][..], Certainty::Doubt));
    assert_eq!(finding.params["example"], Param::Number(90_000.0));
    assert_eq!((&finding.params["low"], &finding.params["high"]), (&Param::Number(0.0), &Param::Number(19.0)));
}

#[test]
fn too_few_or_too_many_far_values_are_not_unusual() {
    assert_eq!(plain(&integers((0..19).map(|i| if i == 9 { 90_000 } else { i })), FindingCode::Outliers), None);
    assert_eq!(
        plain(&integers((0..200).map(|i| if i % 50 == 0 { 90_000 } else { i % 20 })), FindingCode::Outliers),
        None
    );
    assert_eq!(plain(&integers((0..200).map(|i| if i == 7 { 3 } else { 1 })), FindingCode::Outliers), None);
}

#[test]
fn a_negative_among_positive_whole_numbers() {
    let finding =
        plain(&integers((0..100).map(|i| if i == 40 { -3 } else { i })), FindingCode::NegativeValues).unwrap();
    assert_eq!((finding.rows.as_slice(), &finding.params["example"]), (&[41][..], &Param::Number(-3.0)));
    assert_eq!(plain(&integers((0..100).map(|i| if i % 10 == 0 { -3 } else { i })), FindingCode::NegativeValues), None);
}

#[test]
fn spellings_that_differ_in_case_or_blanks_only() {
    let table =
        texts("Shop", Kind::Text, &["Markt", "markt ", "Markt", "Nord Süd", "Nordsüd", "Nord Süd", "MARKT", "MARKT"]);
    let finding = plain(&table, FindingCode::SpellingVariants).unwrap();
    assert_eq!((text_param(&finding, "a").as_str(), text_param(&finding, "b").as_str()), ("Markt", "MARKT"));
    assert_eq!(finding.rows, [2, 5, 7, 8]);
    assert_eq!(plain(&texts("No", Kind::Code, &["1 23", "12 3"]), FindingCode::SpellingVariants), None);
}

#[test]
fn columns_about_people_are_noticed() {
    for (name, kind, values, what) in [
        ("Kontakt", Kind::Email, &["a@b.de", "c@d.de"][..], "email"),
        ("Notiz", Kind::Text, &["ask anna@backstube.de", "nothing"], "email"),
        ("Rückruf", Kind::Text, &["+49 30 1234567", "030/1234567"], "phone"),
        ("Telefon", Kind::Code, &["1234567", "7654321"], "phone"),
        ("Nachname", Kind::Text, &["Muster", "Beispiel"], "name"),
    ] {
        let finding =
            plain(&texts(name, kind, values), FindingCode::PersonalDetails).unwrap_or_else(|| panic!("{name}"));
        assert_eq!((text_param(&finding, "what").as_str(), finding.certainty), (what, Certainty::Notice));
        assert_eq!(finding.fixes[0].action, FixAction::LeaveOutColumn);
    }
    for (name, values) in [("Artikel", &["Roggenbrot", "Brezel"]), ("EAN", &["4006381333931", "0041700000"])] {
        assert_eq!(plain(&texts(name, Kind::Code, values), FindingCode::PersonalDetails), None, "{name}");
    }
}

#[test]
fn one_value_through_the_whole_column_is_told_last_and_needs_no_fix() {
    let findings = check(&texts("Shop", Kind::Text, &["a", "a", "a"]), &Label::default(), TODAY, &[]);
    let last = findings.last().unwrap();
    assert_eq!((last.code, last.certainty, last.fixes.len()), (FindingCode::ConstantColumn, Certainty::Sure, 0));
    assert_eq!(text_param(last, "value"), "a");
}

#[test]
fn formulas_in_text_are_noticed() {
    let finding =
        plain(&texts("Note", Kind::Text, &["ok", "=HYPERLINK(\"x\")", "-12"]), FindingCode::FormulaText).unwrap();
    assert_eq!((finding.rows.as_slice(), finding.count), (&[2][..], 1));
}

#[test]
fn values_that_the_look_up_does_not_know() {
    let known: HashSet<String> = ["001".to_owned(), "002".to_owned()].into();
    let reference = Reference { column: "c", title: "Price list", values: &known };
    let table = texts("No", Kind::Code, &["001", "499", "", "499", "500"]);
    let findings = check(&table, &Label::default(), TODAY, &[reference]);
    let finding = findings.iter().find(|finding| finding.code == FindingCode::UnknownReference).unwrap();
    assert_eq!((finding.rows.as_slice(), text_param(finding, "product").as_str()), (&[2, 4, 5][..], "Price list"));
    assert_eq!(finding.params["examples"], Param::List(vec!["499".into(), "500".into()]));
    let fix = finding.fixes.iter().find(|fix| fix.action == FixAction::LeaveOutRows).unwrap().clone();
    assert_eq!(crate::apply_fixes(&table, &Label::default(), &findings, &[fix]).rows(), 2);
}

#[test]
fn whole_numbers_are_looked_up_by_their_text() {
    let known: HashSet<String> = ["1".to_owned(), "2".to_owned()].into();
    let reference = Reference { column: "c", title: "Ovens", values: &known };
    let findings = check(&integers([1, 2, 3]), &Label::default(), TODAY, &[reference]);
    assert!(findings.iter().any(|finding| finding.code == FindingCode::UnknownReference && finding.rows == [3]));
}
