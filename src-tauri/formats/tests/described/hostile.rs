//! Broken and hostile descriptions.

use crate::common::{bytes, noted, read, table};
use larder_formats::described::{DescribeError, MAX_BYTES, NoteCode, read as read_bytes};

fn error(name: &str, bytes: &[u8]) -> DescribeError {
    read_bytes(name, bytes).expect_err("an error")
}

#[test]
fn broken_files_tell_where() {
    let cut = error("cut.datapackage.json", &bytes("broken/cut.datapackage.json"));
    assert!(matches!(cut, DescribeError::Broken { line: 2, .. }), "{cut}");
    let tabs = error("tabs.odcs.yaml", &bytes("broken/tabs.odcs.yaml"));
    assert!(matches!(tabs, DescribeError::Broken { line: 4, .. }), "{tabs}");
    assert_eq!(error("schema.json", b"{\"a\": \"\xff\"}"), DescribeError::NotText { valid_bytes: 7 });
}

#[test]
fn wrong_shapes_are_noted_and_the_rest_is_read() {
    let package = read("broken/shapes.datapackage.json");
    assert_eq!(package.title.as_deref(), Some("Second"));
    assert_eq!(noted(&package, NoteCode::DuplicateKey), ["/title"]);
    let wrong = noted(&package, NoteCode::WrongShape);
    for place in ["/name", "/keywords", "/resources/3/path", "/resources/3/schema"] {
        assert!(wrong.contains(&place), "{place} of {wrong:?}");
    }
    assert_eq!(noted(&package, NoteCode::InOtherFile), ["/resources/0", "/resources/2"]);
    assert_eq!(table(&package, "t").columns[0].name, "lone");
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let package = read("broken/paths.datapackage.json");
    let kept: Vec<&String> = package.tables.iter().flat_map(|table| &table.paths).collect();
    assert_eq!(kept, ["good.csv"]);
    assert_eq!(noted(&package, NoteCode::UnsafePath).len(), 11);
    assert_eq!(noted(&package, NoteCode::RemoteFile), ["/resources/5/path"]);
    assert!(package.licence.is_none());
}

#[test]
fn bombs_and_depths_are_refused() {
    assert_eq!(error("bomb.odcs.yaml", &bytes("broken/bomb.odcs.yaml")), DescribeError::TooMuch);
    let deep = "[".repeat(100_000);
    assert_eq!(error("schema.json", deep.as_bytes()), DescribeError::TooDeep);
    let deep = format!("{{\"fields\":{}{}}}", "[".repeat(70), "]".repeat(70));
    assert_eq!(error("schema.json", deep.as_bytes()), DescribeError::TooDeep);
    for sign in ["[", "- ", "{a: ", "? "] {
        let deep = format!("a:\n  {}", sign.repeat(20_000));
        let refused = error("datapackage.yaml", deep.as_bytes());
        assert!(matches!(refused, DescribeError::TooDeep | DescribeError::Broken { .. }), "{sign}: {refused}");
    }
    assert!(matches!(error("a.odcs.yaml", b"a: &a [*a]"), DescribeError::Broken { .. }));
    let big = vec![b' '; MAX_BYTES + 1];
    assert_eq!(error("datapackage.json", &big), DescribeError::TooBig { bytes: MAX_BYTES + 1 });
    assert_eq!(read_bytes("data.json", &big), Ok(None), "no description by its name");
}

#[test]
fn very_many_columns_are_refused_or_cut() {
    let wide = |columns: usize| {
        let column = "{}".repeat(columns).replace("}{", "},{");
        format!("{{\"resources\":[{{\"path\":\"a.csv\",\"schema\":{{\"fields\":[{column}]}}}}]}}")
    };
    assert_eq!(error("datapackage.json", wide(1_000_000).as_bytes()), DescribeError::TooMuch);
    let names: Vec<String> = (0..50_000).map(|number| format!("{{\"name\":\"c{number}\"}}")).collect();
    let schema = format!("{{\"fields\":[{}]}}", names.join(","));
    let schema = read_bytes("schema.json", schema.as_bytes()).expect("readable").expect("a schema");
    assert_eq!(schema.tables[0].columns.len(), 10_000);
    let note = schema.notes.iter().find(|note| note.code == NoteCode::TooMany).expect("a note");
    assert_eq!((note.place.as_str(), note.detail.as_deref()), ("/fields", Some("50000")));
}

#[test]
fn what_many_tables_inherit_does_not_fill_the_memory() {
    let columns: Vec<String> = (0..10_000).map(|number| format!("{{\"name\":\"c{number}\"}}")).collect();
    let tables: Vec<String> = (0..1_000).map(|number| format!("{{\"url\":\"t{number}.csv\"}}")).collect();
    let text = format!(
        "{{\"@context\":\"http://www.w3.org/ns/csvw\",\"tableSchema\":{{\"columns\":[{}]}},\"tables\":[{}]}}",
        columns.join(","),
        tables.join(",")
    );
    let group = read_bytes("csv-metadata.json", text.as_bytes()).expect("readable").expect("a group");
    assert!(group.tables.iter().map(|table| table.columns.len()).sum::<usize>() < 100_000);
    assert!(noted(&group, NoteCode::TooMany).contains(&""));
}

#[test]
fn notes_are_counted_when_there_are_too_many() {
    let odd: Vec<String> = (0..5_000).map(|number| format!("\"odd{number}\":1")).collect();
    let text = format!("{{\"fields\":[{{\"name\":\"a\"}}],{}}}", odd.join(","));
    let schema = read_bytes("schema.json", text.as_bytes()).expect("readable").expect("a schema");
    let last = schema.notes.last().expect("a note");
    assert_eq!((last.code, last.detail.as_deref(), schema.notes.len()), (NoteCode::MoreNotes, Some("4000"), 1001));
}

#[test]
fn names_and_texts_have_limits() {
    let long = "x".repeat(30_000);
    let text = format!(
        "{{\"fields\":[{{\"name\":\"{long}\"}},{{\"name\":\"a\",\"description\":\"b\\u0000\\u0007{long}\"}}]}}"
    );
    let schema = read_bytes("schema.json", text.as_bytes()).expect("readable").expect("a schema");
    assert_eq!(schema.tables[0].columns.len(), 1);
    assert_eq!(schema.tables[0].columns[0].meaning.as_ref().map(String::len), Some(20_000));
    assert_eq!(noted(&schema, NoteCode::TooLong), ["/fields/0/name", "/fields/1/description"]);
}

#[test]
fn files_that_describe_nothing_are_none() {
    let nothing: [(&str, &[u8]); 8] = [
        ("data.csv", b"a,b"),
        ("data.json", b"[1,2]"),
        ("data.json", b"{broken"),
        ("schema.json", b"{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"fields\":[{\"name\":\"x\"}]}"),
        ("x.schema.json", b"{\"type\":\"record\",\"fields\":[{\"name\":\"x\"}]}"),
        ("map.json", b"{\"fields\":[{\"name\":\"x\"}],\"features\":[]}"),
        ("datacontract.yaml", b""),
        ("csv-metadata.json", b"null"),
    ];
    for (name, bytes) in nothing {
        assert_eq!(read_bytes(name, bytes), Ok(None), "{name}");
    }
}

#[test]
fn utf_16_and_marks_are_read() {
    let text = "{\"fields\":[{\"name\":\"Größe\"}]}";
    let mut little = vec![0xFF, 0xFE];
    little.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [little, marked] {
        let schema = read_bytes("schema.json", &bytes).expect("readable").expect("a schema");
        assert_eq!(schema.tables[0].columns[0].name, "Größe");
    }
    assert!(matches!(error("schema.json", &[0xFF, 0xFE, 0x00, 0xD8, 0x41]), DescribeError::NotText { .. }));
}
