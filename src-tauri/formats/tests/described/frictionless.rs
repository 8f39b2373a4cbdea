//! Data Package, Data Resource and Table Schema, 1.0 and 2.0.

use crate::common::{column, noted, read, table};
use larder_formats::described;
use larder_formats::described::{Bound, DateOrder, Kind, NoteCode, Standard};

#[test]
fn a_package_of_version_1_tells_about_itself() {
    let package = read("v1/datapackage.json");
    assert_eq!((package.standard, package.standard_version.as_deref()), (Standard::DataPackage, Some("1.0")));
    assert_eq!(package.title.as_deref(), Some("Staff of the shops"));
    assert_eq!(package.keywords, ["people", "shops"]);
    let licence = package.licence.as_ref().expect("a licence");
    assert_eq!(licence.name.as_deref(), Some("ODC-PDDL-1.0"));
    assert_eq!(licence.url.as_deref(), Some("http://opendatacommons.org/licenses/pddl/"));
    assert_eq!(package.people[0].role.as_deref(), Some("maintainer"));
    assert_eq!(package.people[1].name.as_deref(), Some("Ben Carl"));
    assert_eq!(package.people[1].email.as_deref(), Some("ben@example.org"));
    assert_eq!(package.sources[1].file.as_deref(), Some("old/list.xls"));
    assert!(noted(&package, NoteCode::NotKept).contains(&"/licenses/1"));
}

#[test]
fn a_table_of_version_1_keeps_columns_and_rules() {
    let package = read("v1/datapackage.json");
    let staff = table(&package, "staff");
    assert_eq!(staff.paths, ["data/staff-1.csv", "data/staff-2.csv"]);
    let dialect = &staff.dialect;
    assert_eq!((dialect.delimiter.as_deref(), dialect.quote, dialect.header_rows), (Some(";"), Some('\''), Some(1)));
    assert_eq!((dialect.comment.as_deref(), dialect.skip_initial_space), (Some("#"), Some(true)));
    assert_eq!((dialect.encoding.as_deref(), dialect.decimal_mark), (Some("windows-1252"), Some(',')));
    assert_eq!(staff.missing_values, ["", "n/a"]);
    let id = column(staff, "id");
    assert!(id.required && id.unique && id.key_part == Some(1));
    assert_eq!(id.minimum, Some(Bound { value: "1".into(), exclusive: false }));
    let joined = column(staff, "Eintritt");
    let kind = joined.kind.as_ref().expect("a kind");
    assert_eq!((kind.kind, kind.date_order), (Kind::Date, Some(DateOrder::DayFirst)));
    assert_eq!((joined.title.as_deref(), joined.meaning.as_deref()), (Some("Joined"), Some("First day")));
    let pay = column(staff, "pay");
    let kind = pay.kind.as_ref().expect("a kind");
    assert_eq!((kind.decimal_mark, kind.group_mark, kind.text_around), (Some(','), Some('.'), true));
    assert_eq!(pay.unit.as_deref(), Some("EUR/month"));
    assert_eq!(column(staff, "active").kind.as_ref().expect("a kind").true_values, ["ja"]);
    let shop = column(staff, "shop");
    assert_eq!(shop.allowed.iter().map(|a| a.value.as_str()).collect::<Vec<_>>(), ["NO", "DE"]);
    assert_eq!((shop.pattern.as_deref(), shop.max_length), (Some("[A-Z]{2}"), Some(2)));
    let seen = column(staff, "seen").kind.as_ref().expect("a kind");
    assert_eq!((seen.kind, seen.date_order), (Kind::DateTime, Some(DateOrder::YearFirst)));
}

#[test]
fn references_find_their_tables() {
    let package = read("v1/datapackage.json");
    let staff = table(&package, "staff");
    let boss = column(staff, "boss").looks_up.as_ref().expect("a look-up");
    assert_eq!((boss.table.as_deref(), boss.column.as_str()), (None, "id"));
    let shop = column(staff, "shop").looks_up.as_ref().expect("a look-up");
    assert_eq!((shop.table.as_deref(), shop.column.as_str()), (Some("shops"), "code"));
    assert_eq!(noted(&package, NoteCode::BadReference), ["/resources/0/schema/foreignKeys/2"]);
}

#[test]
fn what_lies_elsewhere_is_noted_without_its_secrets() {
    let package = read("v1/datapackage.json");
    assert_eq!(noted(&package, NoteCode::RemoteFile), ["/resources/2/path"]);
    assert_eq!(noted(&package, NoteCode::InlineData), ["/resources/3/data"]);
    assert_eq!(noted(&package, NoteCode::InOtherFile), ["/resources/4/schema"]);
    assert_eq!(noted(&package, NoteCode::UnsafePath), ["/resources/4/dialect"]);
    assert_eq!(noted(&package, NoteCode::UnknownRule), ["/resources/0/schema/fields/5/constraints/jsonSchema"]);
    assert_eq!(table(&package, "apart").schema_file.as_deref(), Some("schemas/apart.json"));
    assert!(!format!("{:?}", package.notes).contains("secret"));
}

#[test]
fn version_2_adds_categories_keys_and_header_rows() {
    let package = read("v2/datapackage.json");
    assert_eq!(package.standard_version.as_deref(), Some("2.0"));
    assert_eq!(package.version.as_deref(), Some("2.1.0"));
    assert_eq!(package.people[0].name.as_deref(), Some("Cem Demir"));
    assert_eq!(package.people[0].role.as_deref(), Some("contact, rightsHolder"));
    assert_eq!(package.licence.as_ref().and_then(|l| l.file.as_deref()), Some("LICENSE.txt"));
    let counts = table(&package, "counts");
    let dialect = &counts.dialect;
    assert_eq!((dialect.header_rows, dialect.skip_rows, dialect.no_quotes), (Some(2), Some(1), true));
    assert_eq!(counts.missing_values, ["\\N", "-9", ""]);
    let keys: Vec<(bool, &[String])> = counts.keys.iter().map(|k| (k.primary, k.columns.as_slice())).collect();
    assert_eq!(keys[0], (true, ["stop".to_owned(), "day".to_owned()].as_slice()));
    assert_eq!(keys.len(), 3);
    assert_eq!((column(counts, "stop").key_part, column(counts, "day").key_part), (Some(1), Some(2)));
    assert!(column(counts, "code").unique && !column(counts, "stop").unique);
    assert_eq!(column(counts, "stop").allowed[0].label.as_deref(), Some("Alpha"));
    let count = column(counts, "count");
    assert_eq!(count.minimum, Some(Bound { value: "0".into(), exclusive: true }));
    assert_eq!(
        (count.missing_values.as_slice(), count.maximum.as_ref().map(|b| b.exclusive)),
        (["-1".to_owned()].as_slice(), Some(false))
    );
}

#[test]
fn version_2_kinds_are_fine() {
    let package = read("v2/datapackage.json");
    let counts = table(&package, "counts");
    let kind = |name| column(counts, name).kind.clone().expect("a kind");
    assert_eq!(kind("code").finer.as_deref(), Some("uuid"));
    assert_eq!((kind("tags").kind, kind("tags").list_separator.as_deref()), (Kind::Integer, Some("|")));
    assert_eq!(kind("paid").finer.as_deref(), Some("money"));
    assert!(column(counts, "paid").personal && column(counts, "paid").currency.as_deref() == Some("CHF"));
    assert_eq!((kind("when").date_order, kind("when").two_digit_year), (Some(DateOrder::MonthFirst), true));
    assert_eq!(table(&package, "book").dialect.sheet.as_deref(), Some("Sheet 2"));
    let fields = "/resources/0/schema/fields";
    assert_eq!(noted(&package, NoteCode::UnknownType), [format!("{fields}/7/type")]);
    assert_eq!(noted(&package, NoteCode::DuplicateColumn), [fields]);
    assert_eq!(noted(&package, NoteCode::NoName), [format!("{fields}/9")]);
    assert_eq!(noted(&package, NoteCode::WrongShape), ["/contributors/1/email"]);
    let lost = noted(&package, NoteCode::NotKept);
    for place in ["/id", "/created", "/resources/0/bytes", "/resources/0/hash"] {
        assert!(lost.contains(&place), "{place}");
    }
    assert!(lost.iter().any(|place| place.ends_with("/fields/0/categoriesOrdered")));
}

#[test]
fn yaml_without_quotes_stays_text() {
    let package = read("v2/datapackage.yaml");
    assert_eq!((package.title.as_deref(), package.version.as_deref()), (Some("no"), Some("1.10")));
    assert_eq!(package.keywords, ["yes", "off", "2024-01-01"]);
    let countries = table(&package, "countries");
    assert_eq!(countries.missing_values, ["", "NA", "null"]);
    let code = column(countries, "code");
    let allowed: Vec<&str> = code.allowed.iter().map(|a| a.value.as_str()).collect();
    assert_eq!(allowed, ["NO", "DE", "01067", "1.10", "12:30:00", "on"]);
    assert!(code.required);
    let on = column(countries, "on");
    assert_eq!((on.title.as_deref(), on.meaning.as_deref()), (Some("2024"), Some("First line\nSecond line")));
    assert_eq!(noted(&package, NoteCode::YamlTag), ["/resources/0/schema/fields/1/type"]);
    assert_eq!(noted(&package, NoteCode::MoreDocuments), [""]);
}

#[test]
fn merged_and_aliased_yaml_is_read() {
    let package = read("v2/datapackage.yaml");
    let copy = table(&package, "copy");
    assert_eq!((copy.paths.as_slice(), copy.columns.len()), (["copy.csv".to_owned()].as_slice(), 2));
}

#[test]
fn lone_resources_and_schemas_are_read() {
    let resource = read("v2/orders.resource.json");
    assert_eq!((resource.standard, resource.title.as_deref()), (Standard::DataResource, Some("Orders")));
    assert_eq!(resource.licence.as_ref().and_then(|l| l.name.as_deref()), Some("CC-BY-4.0"));
    let dialect = &resource.tables[0].dialect;
    assert_eq!((dialect.delimiter.as_deref(), dialect.header_rows), (Some(";"), Some(0)));
    let schema = read("v2/orders.schema.json");
    assert_eq!((schema.standard, schema.tables[0].name.as_deref()), (Standard::TableSchema, Some("orders")));
    assert!(described::pick(&schema, "orders.csv").is_some() && described::pick(&schema, "other.csv").is_none());
    let lone = read("v2/schema.json");
    let table = described::pick(&lone, "any.csv").expect("the only table");
    assert_eq!((table.knows(&["id", "at", "x"]), table.knows(&["y"])), (2, 0));
}
