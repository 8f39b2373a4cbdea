//! What can go wrong with a shared shelf, and which tests hold it: `tests/FAULTS.md` is made from the list below and from the
//! marks above tests (`// fault 12`, `// faults 15, 31`), and is as it would be made now.

use std::collections::BTreeMap;

use crate::tree::{ending, report, root, text};

/// The table.
pub const TABLE: &str = "tests/FAULTS.md";

/// With `LARDER_REGENERATE=1` the test writes the file instead of comparing it.
const REGENERATE: &str = "LARDER_REGENERATE";

/// Where each group begins, and what it is about.
const GROUPS: [(usize, &str); 6] = [
    (1, "Writing and crashing"),
    (15, "Delivery"),
    (31, "Several writers, time"),
    (40, "Tampering and trust"),
    (57, "Hostile content"),
    (76, "People and spreadsheets"),
];

/// All of them, the first one is number 1.
const FAULTS: [&str; 83] = [
    "The program is killed before or after any step of a publication.",
    "The power goes, and any part of what was written and not flushed is gone.",
    "The disk is full at any write.",
    "A read, a write or a call is cut short or fails at any moment.",
    "The drive cannot flush files or folders.",
    "Renaming is refused for a while or for good, as a virus scanner does.",
    "A place turns read-only in the middle of a publication.",
    "A place is read-only from the start.",
    "A publication of an empty file, of no files, of 10,000 files and of one more.",
    "A file changes while it is read to be published.",
    "A server refuses: full, too large, locked, busy, signed out, or a sign-in page in place of the answer.",
    "An upload is cut at any byte.",
    "A server says that it stored something, and stored nothing or something else.",
    "A server never answers, or its answer never ends.",
    "The files of a publication arrive in any order, and any of them are missing.",
    "A head arrives long before its content.",
    "A file arrives cut, filled with zeros or with a flipped bit.",
    "A sync client makes conflict copies of files and folders.",
    "A device's folder is renamed or doubled.",
    "The shelf's folder is moved, renamed or reached by another path.",
    "Two shelves in one folder, or a shelf within a shelf.",
    "Files are in the cloud only, and fetching them hangs or fails.",
    "A laptop that was away brings deleted files back.",
    "File times are wrong, all the same, or changed by every scan.",
    "A folder holds very many files, heads or strays.",
    "A listing is incomplete or out of date.",
    "The file watcher misses events or repeats them.",
    "Names differ in case only, or were made upper case.",
    "The same name in two Unicode forms.",
    "Paths get longer than the place allows.",
    "Two devices of one person publish at once.",
    "One device's key is on two computers.",
    "The program's own data is set back to an old backup.",
    "Clocks are years off, jump back or forth, or change their zone.",
    "A product is renamed, or two people use one title.",
    "Two stewards decide opposite things at once.",
    "Many devices join at once.",
    "Cleaning up while another device of the same person is away.",
    "Cleaning up is killed in the middle, or would delete too much.",
    "An old head, or an old state of the folder, is put back.",
    "Somebody holds back what a colleague has published.",
    "A number far ahead of all others, to take every later one's place.",
    "A device writes into another device's folder.",
    "A record of one kind, or of another shelf, is presented as another.",
    "Weak keys, and second signatures for the same text.",
    "A stolen device signs after it was revoked, with any date.",
    "A removed steward signs the next roster.",
    "A roster is missing in the chain, or the chain is very long.",
    "An invitation names another founder, or a false founding record was there first.",
    "Names that look like a colleague's or hide their true ending.",
    "A key, a device or the last steward is lost.",
    "Somebody publishes what a colleague encrypted as their own.",
    "Somebody who was removed keeps the old key.",
    "A keyring with far too much in it, or of kinds that nobody knows.",
    "An encrypted stream is cut, reordered or followed by something.",
    "A member floods the shelf with requests.",
    "Records that are huge, deep, doubled in themselves or garbled.",
    "File names that lead elsewhere or that a system cannot hold.",
    "Links, pipes and devices in place of files.",
    "A file is replaced between being checked and being opened.",
    "A spreadsheet that unpacks to far more than it weighs.",
    "Entities and foreign definitions in XML.",
    "Endless lines, mixed encodings and open quotes in CSV.",
    "Cells that would be formulas in files that Larder makes.",
    "Macros, external links and embedded objects in spreadsheets.",
    "Scripts and styles in any text that somebody wrote.",
    "A drawing with scripts or foreign references as a picture.",
    "Pictures and fonts that unpack to far more than they weigh.",
    "A pattern in the house rules that takes forever.",
    "A hostile description on the page beside a plain copy.",
    "Tricks in a link or in the text of an invitation.",
    "Names that forge lines in logs and exports.",
    "A hostile WebDAV server.",
    "A hostile S3 endpoint.",
    "Passwords and keys show up on the shelf, in logs or in messages.",
    "A plain copy is open in Excel while it is replaced.",
    "Somebody edits a plain copy.",
    "Somebody deletes the plain copies or the whole shelf.",
    "Everything on the shelf is renamed or encrypted by malware.",
    "A virus scanner takes one part away, again and again.",
    "Backup software and sync settings take folders away from one computer.",
    "A record in a newer protocol, or a shelf that asks for a newer Larder.",
    "A shelf is copied to another kind of place, in any order.",
];

/// The numbers that a line marks, if it is a mark.
fn marked(line: &str) -> Option<Vec<Option<usize>>> {
    let rest = line.trim().strip_prefix("// fault")?;
    let numbers = rest.strip_prefix("s ").or_else(|| rest.strip_prefix(' '))?;
    Some(numbers.split(',').map(|number| number.trim().parse().ok()).collect())
}

/// The test that a mark stands above: attributes and comments may come in between, nothing else.
fn test_below<'t>(lines: impl Iterator<Item = &'t str>) -> Option<String> {
    let is_between = |line: &&str| line.is_empty() || line.starts_with("#[") || line.starts_with("//");
    let line = lines.map(str::trim).find(|line| !is_between(line))?;
    if let Some((_, named)) = line.split_once("fn ") {
        return named.split('(').next().map(str::to_owned);
    }
    let told = ["test(", "it("].iter().find_map(|call| line.strip_prefix(call))?;
    let quote = told.chars().next().filter(|quote| "'\"`".contains(*quote))?;
    told[1..].split(quote).next().map(str::to_owned)
}

/// By the number of a fault: the files and names of its tests.
type Covered = BTreeMap<usize, Vec<(String, String)>>;

/// Tests by fault, and marks that are wrong.
fn collect() -> (Covered, Vec<String>) {
    let (mut covered, mut wrong) = (BTreeMap::new(), Vec::new());
    // This file has marks in its own texts.
    for file in ending("", &[".rs", ".test.ts"]).into_iter().filter(|file| *file != "tests/house/faults.rs") {
        let all = text(file).unwrap_or_default();
        let lines: Vec<&str> = all.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(numbers) = marked(line) else { continue };
            let Some(test) = test_below(lines[at..].iter().copied()) else {
                wrong.push(format!("{file}:{} marks no test", at + 1));
                continue;
            };
            for number in numbers {
                match number.filter(|number| (1..=FAULTS.len()).contains(number)) {
                    Some(number) => {
                        let tests: &mut Vec<(String, String)> = covered.entry(number).or_default();
                        tests.push((file.to_string(), test.clone()));
                    }
                    None => wrong.push(format!("{file}:{} marks a fault that is not in the list", at + 1)),
                }
            }
        }
    }
    (covered, wrong)
}

fn table(covered: &Covered) -> String {
    let mut table = format!(
        "# What can go wrong with a shelf\n\n{} of {} faults have a test; a mark (`// fault 12`) above it says so. Made by \
         `{REGENERATE}=1 make house`.\n",
        covered.len(),
        FAULTS.len()
    );
    for (at, fault) in FAULTS.iter().enumerate() {
        if let Some((_, about)) = GROUPS.iter().find(|(first, _)| *first == at + 1) {
            table += &format!("\n## {about}\n\n| | fault | tests |\n|---|---|---|\n");
        }
        let tests: Vec<String> = covered.get(&(at + 1)).map_or_else(
            || vec!["**none yet**".to_owned()],
            |tests| tests.iter().map(|(file, test)| format!("`{}`: {}", short(file), test.replace('_', " "))).collect(),
        );
        table += &format!("| {} | {fault} | {} |\n", at + 1, tests.join("<br>"));
    }
    table
}

/// A file without what is the same for all.
fn short(file: &str) -> String {
    file.replace("src-tauri/", "").replace("/src/", "/")
}

#[test]
fn every_fault_of_the_list_says_which_tests_hold_it() {
    let (covered, wrong) = collect();
    report("marks", &wrong);
    let (path, fresh) = (root().join(TABLE), table(&covered));
    if std::env::var_os(REGENERATE).is_some_and(|value| value == "1") {
        std::fs::write(&path, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let line = (1..).zip(kept.lines().zip(fresh.lines())).find(|(_, (kept, fresh))| kept != fresh);
    assert!(kept == fresh, "{TABLE} is stale, first at {line:?}: run this test once with {REGENERATE}=1");
}

#[test]
fn marks_are_read_as_they_are_written() {
    assert_eq!(marked("    // fault 7"), Some(vec![Some(7)]));
    assert_eq!(marked("// faults 15, 31"), Some(vec![Some(15), Some(31)]));
    assert_eq!(marked("// fault seven"), Some(vec![None]));
    assert_eq!((marked("// faulty"), marked("// a fault 7")), (None, None));
    let rust = ["// fault 7", "#[test]", "/// Why.", "pub(super) fn it_holds() {"];
    assert_eq!(test_below(rust.into_iter()), Some("it_holds".to_owned()));
    assert_eq!(test_below(["// fault 7", "test('it holds', () => {"].into_iter()), Some("it holds".to_owned()));
    assert_eq!(test_below(["// fault 7", "let x = 1;", "fn other() {"].into_iter()), None);
}
