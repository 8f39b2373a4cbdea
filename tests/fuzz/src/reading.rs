//! What a person does with a file, done with any bytes.

use std::io::Cursor;

use larder_formats::{Quiet, open, open_head};

/// Opens, reads, looks and types. Whatever the bytes are: an answer, never a panic.
pub fn read(name: &str, bytes: &[u8]) {
    let head = open_head(name, Box::new(Cursor::new(bytes.to_vec())), &[], 50);
    if let Ok(book) = &head {
        let reading = book.read(&[]);
        book.window(&reading, 0, 20);
    }
    let Ok(book) = open(name, Box::new(Cursor::new(bytes.to_vec())), &[], &Quiet) else { return };
    let reading = book.read(&[]);
    let again = book.read(&[]);
    assert!(reading == again, "the same bytes give the same reading");
    book.window(&reading, 0, 50);
    if let Ok(table) = book.table(&reading, &Quiet) {
        assert_eq!(table.rows(), reading.rows);
    }
    book.raw_rows(&reading).take(1_000).for_each(drop);
}
