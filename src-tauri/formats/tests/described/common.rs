//! Helps the tests to read the fixtures.

use larder_formats::described;
use larder_formats::described::{Described, DescribedColumn, DescribedTable, NoteCode};

pub fn bytes(name: &str) -> Vec<u8> {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/formats/described").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn read(name: &str) -> Described {
    described::read(name, &bytes(name)).expect("readable").expect("a description")
}

pub fn table<'d>(described: &'d Described, name: &str) -> &'d DescribedTable {
    described.tables.iter().find(|table| table.name.as_deref() == Some(name)).expect("the table")
}

pub fn column<'t>(table: &'t DescribedTable, name: &str) -> &'t DescribedColumn {
    table.columns.iter().find(|column| column.name == name).expect("the column")
}

pub fn noted(described: &Described, code: NoteCode) -> Vec<&str> {
    described.notes.iter().filter(|note| note.code == code).map(|note| note.place.as_str()).collect()
}

/// Every fixture, by its path below the folder.
pub fn all() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/formats/described");
    let folders = std::fs::read_dir(root).expect("fixtures").flatten();
    let files = folders.flat_map(|folder| {
        let name = folder.file_name().into_string().expect("a name");
        let files = std::fs::read_dir(folder.path()).expect("a folder").flatten();
        files.map(move |file| format!("{name}/{}", file.file_name().to_string_lossy())).collect::<Vec<_>>()
    });
    let mut names: Vec<String> = files.collect();
    names.sort();
    names
}

/// A small generator of numbers (xorshift), always the same.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap_or(0)
    }
}

/// Every path is safe, every column has a name, and picking ends.
pub fn check(described: &Described) {
    for table in &described.tables {
        let files = table.paths.iter().chain(&table.schema_file).chain(&table.dialect_file);
        for path in files {
            assert!(!path.starts_with('/') && !path.contains([':', '\\', '\0']), "{path:?}");
            assert!(!path.split('/').any(|part| part.is_empty() || part == ".."), "{path:?}");
        }
        assert!(table.columns.iter().all(|column| !column.name.is_empty()));
        for file in ["", "a", "data/orders.csv", "*", "ä.csv"] {
            let _ = described::pick(described, file);
        }
        let _ = table.knows(&["id", ""]);
    }
}
