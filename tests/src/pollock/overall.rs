//! The two figures of the benchmark, over all files.

use super::folder::Polluted;
use super::score::{Scores, score};

/// The scores over all files; 10 is the best.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overall {
    /// The average over the files.
    pub simple: f64,
    /// The average with each file weighed by how often its pollution is met.
    pub weighted: f64,
}

/// The scores of one file; all 0 if the loader failed.
pub fn score_of(file: &Polluted, got: Option<&str>) -> Scores {
    got.map_or_else(Scores::default, |got| score(&file.clean, got))
}

/// Scores what a loader printed for every file; `None` where it failed.
pub fn overall(results: &[(Polluted, Option<String>)]) -> Overall {
    let scored = results.iter().map(|(file, got)| {
        let total = score_of(file, got.as_deref()).total();
        (total, file.weight)
    });
    averages(scored)
}

/// Averages totals that come with their weights.
pub fn averages(scored: impl Iterator<Item = (f64, f64)>) -> Overall {
    let (mut count, mut weights, mut sum, mut weighted) = (0.0, 0.0, 0.0, 0.0);
    for (total, weight) in scored {
        count += 1.0;
        weights += weight;
        sum += total;
        weighted += total * weight;
    }
    if count == 0.0 {
        return Overall::default();
    }
    Overall { simple: sum / count, weighted: weighted / weights }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{pollutions, weights};
    use super::*;
    use std::path::PathBuf;

    /// A benchmark from the first rows of the source only, for speed.
    fn benchmark() -> Vec<Polluted> {
        let source: Vec<&str> = pollutions::SOURCE.lines().take(8).collect();
        let files = pollutions::all(&source.join("\n"));
        let polluted = files.into_iter().map(|(name, document)| Polluted {
            group: weights::group_of(&name),
            weight: weights::weight_of(&name).unwrap(),
            path: PathBuf::from(&name),
            bytes: document.render().into_bytes(),
            clean: document.clean(),
            name,
        });
        polluted.collect()
    }

    fn overall_of(answer: impl Fn(&Polluted) -> Option<String>) -> Overall {
        let results: Vec<_> = benchmark().into_iter().map(|file| (file.clone(), answer(&file))).collect();
        overall(&results)
    }

    #[test]
    fn a_perfect_loader_gets_ten() {
        let best = overall_of(|file| Some(file.clean.clone()));
        assert!((best.simple - 10.0).abs() < 1e-9 && (best.weighted - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_failing_loader_gets_nothing() {
        assert_eq!(overall_of(|_| None), Overall::default());
    }

    #[test]
    fn the_unread_file_comes_close() {
        let copy = overall_of(|file| Some(String::from_utf8(file.bytes.clone()).unwrap()));
        assert!((9.0..9.9).contains(&copy.simple), "{copy:?}");
    }

    #[test]
    fn weights_move_the_average() {
        let scores = averages([(10.0, 3.0), (0.0, 1.0)].into_iter());
        assert_eq!((scores.simple, scores.weighted), (5.0, 7.5));
    }
}
