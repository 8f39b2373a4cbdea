//! Spoilt csv files, read without being told anything (Pollock, PVLDB 2023): what stands in `--raw` is scored as there.

use larder_actions::{ConvertTo, convert};
use larder_tests::pollock::{generate, overall};

/// What the reader has reached; guessing readers of others come to 9.6 at most.
const WEIGHTED_AT_LEAST: f64 = 9.95;

#[test]
fn spoilt_csv_files_are_read_better_than_by_any_other_reader() {
    let folder = tempfile::tempdir().unwrap();
    // Of kinds with hundreds of files every tenth stands for ten.
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    let mut files = generate(folder.path()).unwrap();
    assert_eq!(files.len(), 2_290);
    files.retain_mut(|file| {
        let place = counts.entry(file.group.clone()).or_default();
        *place += 1;
        let many = file.name.starts_with("row_");
        file.weight *= if many { 10.0 } else { 1.0 };
        !many || *place % 10 == 1
    });
    let half = files.len().div_ceil(2);
    let read = |part: &[larder_tests::pollock::Polluted]| -> Vec<_> {
        let one = |file: &larder_tests::pollock::Polluted| {
            let mut out = Vec::new();
            let answer = convert(&file.path, None, None, ConvertTo::Raw, &mut out).ok();
            (file.clone(), answer.and_then(|()| String::from_utf8(out).ok()))
        };
        part.iter().map(one).collect()
    };
    let answers: Vec<_> = std::thread::scope(|threads| {
        let parts: Vec<_> = files.chunks(half).map(|part| threads.spawn(move || read(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let scores = overall(&answers);
    assert!(scores.weighted >= WEIGHTED_AT_LEAST, "weighted {:.4}, simple {:.4}", scores.weighted, scores.simple);
}
