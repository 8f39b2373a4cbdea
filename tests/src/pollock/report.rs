//! The result as text: per kind of pollution, per file that is not perfect, and over all.

use super::overall::{Overall, averages, score_of};
use super::runner::Answer;
use super::score::Scores;
use super::weights::chapter_of;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One scored file.
struct Line<'a> {
    name: &'a str,
    weight: f64,
    scores: Scores,
}

/// Kinds of pollution with their files, by chapter and kind.
type Groups<'a> = BTreeMap<(&'a str, &'a str), Vec<Line<'a>>>;

/// Writes the whole report.
pub fn report(answers: &[Answer]) -> String {
    let groups = grouped(answers);
    let weight: f64 = groups.values().flatten().map(|line| line.weight).sum();
    let mut text = String::new();
    for ((chapter, group), lines) in &groups {
        group_part(&mut text, &format!("{group} ({chapter})"), lines, weight);
    }
    chapters(&mut text, &groups);
    let all = scores(groups.values().flatten());
    // Writing to a string cannot fail.
    let _ = writeln!(text, "simple {:.4}\nweighted {:.4}", all.simple, all.weighted);
    text
}

fn grouped(answers: &[Answer]) -> Groups<'_> {
    let mut groups = Groups::new();
    for (file, got) in answers {
        let scores = score_of(file, got.as_deref());
        let line = Line { name: &file.name, weight: file.weight, scores };
        groups.entry((chapter_of(&file.group), &file.group)).or_default().push(line);
    }
    groups
}

fn scores<'a>(lines: impl IntoIterator<Item = &'a Line<'a>>) -> Overall {
    averages(lines.into_iter().map(|line| (line.scores.total(), line.weight)))
}

/// One kind: its average, what it takes off the weighted score, and its files that are not perfect.
fn group_part(text: &mut String, title: &str, lines: &[Line], weight: f64) {
    let faulty: Vec<&Line> = lines.iter().filter(|line| !line.scores.perfect()).collect();
    let average = scores(lines).simple;
    let loss: f64 = lines.iter().map(|line| (10.0 - line.scores.total()) * line.weight).sum();
    let (count, wrong) = (lines.len(), faulty.len());
    let _ =
        writeln!(text, "{title}: {average:.4}, {wrong} of {count} not perfect, costs {:.4} weighted", loss / weight);
    for line in faulty {
        let total = line.scores.total();
        let _ = writeln!(text, "  {} {total:.4}{}", line.name, faults(&line.scores));
    }
}

/// The measures that are not full, each as precision/recall/f1.
fn faults(scores: &Scores) -> String {
    if scores.success < 1.0 {
        return " failed".to_owned();
    }
    let mut text = String::new();
    for (name, measure) in [("header", scores.header), ("record", scores.record), ("cell", scores.cell)] {
        if measure.f1 < 1.0 {
            let _ = write!(text, " {name} {:.4}/{:.4}/{:.4}", measure.precision, measure.recall, measure.f1);
        }
    }
    text
}

fn chapters(text: &mut String, groups: &Groups) {
    let mut chapters: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for ((chapter, _), lines) in groups {
        chapters.entry(chapter).or_default().extend(lines);
    }
    for (chapter, lines) in chapters {
        let all = scores(lines.iter().copied());
        let _ = writeln!(text, "{chapter}: {:.4}, {} files", all.simple, lines.len());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::folder::Polluted;
    use super::*;

    fn answer(name: &str, got: Option<&str>) -> Answer {
        let file = Polluted {
            name: format!("{name}.csv"),
            group: name.to_owned(),
            weight: 1.0,
            path: name.into(),
            bytes: Vec::new(),
            clean: "a\n1\n".to_owned(),
        };
        (file, got.map(str::to_owned))
    }

    #[test]
    fn names_what_is_wrong() {
        let text = report(&[
            answer("source", Some("a\n1\n")),
            answer("file_preamble", Some("b\n1\n")),
            answer("file_no_payload", None),
        ]);
        assert!(text.contains("source (standard file): 10.0000, 0 of 1 not perfect"));
        assert!(text.contains("  file_preamble.csv 5.5000 header 0.0000/0.0000/0.0000 cell 0.5"));
        assert!(text.contains("  file_no_payload.csv 0.0000 failed\n"));
        assert!(text.ends_with("simple 5.1667\nweighted 5.1667\n"));
    }
}
