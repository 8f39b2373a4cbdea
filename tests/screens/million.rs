//! A data product of a million rows, in a colleague's window.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use larder_tests::screens::{Desk, Program};

use crate::album::{Album, answering, join, stands_on};

const ROWS: u32 = 1_000_000;

#[test]
fn a_colleague_pages_to_the_last_of_a_million_rows() {
    let desk = Desk::open("million", 1320, 800);
    let share = desk.folder().join("Market share");
    std::fs::create_dir_all(&share).unwrap();
    fill_the_shelf(desk.folder(), &share);

    let album = Album::default();
    let ben = Program::start(&desk, "ben", answering(&desk, "ben", &share));
    ben.stand_at(10, 40, 1280, 720);
    join(None, &ben, "Ben Okafor", "Market share");
    ben.press("Shelf");
    ben.sees("Receipts");
    ben.press("Receipts");
    stands_on(&ben, "product/");
    ben.sees_within(Duration::from_secs(90), "1,000,000 rows");
    let cell = ben.select(".part-grid [role=gridcell][data-cell='0:0']");
    ben.sees("R0000001");
    ben.press_element(&cell);
    ben.keys(&["ctrl+End"]);
    ben.sees(&receipt(ROWS));
    let seen = "const cell = document.querySelector('[data-cell=\"999999:0\"]');
        const at = cell.getBoundingClientRect(), grid = cell.closest('.part-grid').getBoundingClientRect();
        return cell.textContent.trim() + (at.top >= grid.top && at.bottom <= grid.bottom + 1 ? ' in sight' : ' out of sight')";
    assert_eq!(ben.run(seen, &[]), format!("{} in sight", receipt(ROWS)));
    album.page(&ben, "last-row");
    ben.keys(&["ctrl+Home"]);
    ben.sees("R0000001");
    album.close();
}

fn receipt(row: u32) -> String {
    format!("R{row:07}")
}

/// A year of receipts from a seed, put there by the command line of somebody else.
fn fill_the_shelf(folder: &Path, share: &Path) {
    let mut text = String::with_capacity(32 << 20);
    text.push_str("Receipt,Day,Shop,Sold\n");
    let mut dice: u64 = 0x5EED;
    for row in 1..=ROWS {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (shop, sold) = (if dice >> 63 == 0 { "Market" } else { "Station" }, (dice >> 33) % 97);
        let (month, day) = ((row / 90_000) % 12 + 1, (row / 3_000) % 28 + 1);
        writeln!(text, "{},2025-{month:02}-{day:02},{shop},{sold}", receipt(row)).unwrap();
    }
    let file = folder.join("receipts.csv");
    std::fs::write(&file, text).unwrap();
    let larder = |arguments: &[&str]| {
        let mut command = Command::new(larder_tests::program("larder"));
        let done = command.args(arguments).env("LARDER_HOME", folder.join("anna-home")).output();
        let done = done.expect("cargo build -p larder-cli makes it");
        assert!(done.status.success(), "larder {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    larder(&["whoami", "--name", "Anna Mueller"]);
    larder(&["shelf", "add", share.to_str().unwrap(), "--name", "Market share"]);
    larder(&["import", file.to_str().unwrap(), "--product", "Receipts"]);
    let meanings = ["Receipt=Its number", "Day=When", "Shop=Where", "Sold=How many pieces"];
    let mut described = vec!["describe", "Receipts", "--summary", "Every receipt of the year.", "--area", "Shop floor"];
    meanings.iter().for_each(|meaning| described.extend(["--column", meaning]));
    larder(&described);
    larder(&["publish", "Receipts"]);
}
