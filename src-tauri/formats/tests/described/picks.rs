//! Which table a data file belongs to.

use larder_formats::described::{Described, pick, read};

fn package(paths: &[&str]) -> Described {
    let table = |(number, path): (usize, &&str)| format!("{{\"name\":\"t{number}\",\"path\":\"{path}\"}}");
    let tables: Vec<String> = paths.iter().enumerate().map(table).collect();
    let text = format!("{{\"resources\":[{}]}}", tables.join(","));
    read("datapackage.json", text.as_bytes()).expect("readable").expect("a package")
}

fn picked(paths: &[&str], file: &str) -> Option<String> {
    pick(&package(paths), file).and_then(|table| table.name.clone())
}

#[test]
fn paths_go_before_names() {
    let paths = ["data/a.csv", "old/a.csv", "Data/B.csv", "parts/p-*.csv"];
    assert_eq!(picked(&paths, "data/a.csv").as_deref(), Some("t0"));
    assert_eq!(picked(&paths, ".\\old\\a.csv").as_deref(), Some("t1"));
    assert_eq!(picked(&paths, "a.csv"), None, "two are called so");
    assert_eq!(picked(&paths, "data/b.csv").as_deref(), Some("t2"));
    assert_eq!(picked(&paths, "b.parquet").as_deref(), Some("t2"));
    assert_eq!(picked(&paths, "unzipped/data/a.csv").as_deref(), Some("t0"));
    assert_eq!(picked(&paths, "parts/p-07.csv").as_deref(), Some("t3"));
    assert_eq!(picked(&paths, "t1.xlsx").as_deref(), Some("t1"));
    assert_eq!(picked(&paths, "c.csv"), None);
    assert_eq!(picked(&paths, ""), None);
}

#[test]
fn letters_may_be_taken_apart() {
    assert_eq!(picked(&["data/größe.csv", "b.csv"], "data/gro\u{308}ße.csv").as_deref(), Some("t0"));
}
