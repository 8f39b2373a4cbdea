//! Which letters the bytes of a text stand for.
#![allow(clippy::unwrap_used)]

mod common;

use common::read_as;
use encoding_rs::{Encoding, ISO_8859_15, WINDOWS_874, WINDOWS_1250, WINDOWS_1252, WINDOWS_1255};

/// The names and the first row of a text in these letters.
fn cells(text: &str, encoding: &'static Encoding) -> Vec<String> {
    let (book, reading) = read_as("x.csv", encoding.encode(text).0.into_owned(), &[]);
    let names = reading.columns.iter().map(|column| column.name.clone());
    names.chain(common::rows(&book, &reading)[0].clone()).collect()
}

#[test]
fn long_vowels_of_hungary_and_marks_of_thailand() {
    for (text, encoding, wanted) in [
        ("Szám;Vevő;Nettó\n1;Kőműves Bt.;100\n2;Árvíztűrő Kft.;8\n", WINDOWS_1250, "Kőműves Bt."),
        ("Cikk;Név;Ár\n1;Dűlőút, fűrész;100\n2;Őszi alma;8\n", WINDOWS_1250, "Dűlőút, fűrész"),
        ("Item;Nome;Preço\n1;Opções, João Simões;100\n2;Ação;8\n", WINDOWS_1252, "Opções, João Simões"),
        ("ที่;ลูกค้า;เงิน\n1;ร้านกาแฟบ้านสวน;100\n2;โรงแรมริมน้ำ;8\n", WINDOWS_874, "ร้านกาแฟบ้านสวน"),
        ("שם;עיר;מחיר\n1;חיפה;3\n2;אילת;8\n", WINDOWS_1255, "חיפה"),
        ("N°;Libellé;Prix\n1;Règlement œuvre;100\n2;Cœurs de bœuf;8\n", ISO_8859_15, "Règlement œuvre"),
    ] {
        assert_eq!(cells(text, encoding)[4], wanted, "{text}");
    }
}

#[test]
fn capitals_of_old_machines() {
    let dos = b"Schein;Kennz.;kg\n1;F\x9a-AB 123;4\n2;N-\x99L 44;5\n3;K\x99-\x8eS 9;6\n";
    let (book, reading) = read_as("x.csv", dos.to_vec(), &[]);
    assert_eq!(common::rows(&book, &reading)[0][1], "FÜ-AB 123");
}
