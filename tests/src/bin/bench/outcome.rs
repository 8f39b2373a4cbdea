//! What came of it: beside the peers, held against the aims and against the last recorded ratios.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::process::{Figure, Figures};
use crate::rows::{Aim, ROWS, Row, Unit, share};

/// Slower than the record by more than this counts.
const SLOWER: f64 = 1.2;
/// What a row without a peer is divided by, so that records hold on other computers too.
const YARDSTICK: &str = "yardstick";

/// What a peer needed for the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    /// Its name.
    pub peer: String,
    /// In seconds.
    pub median: f64,
    /// In seconds.
    pub p95: f64,
    /// The most memory of its process.
    pub peak_bytes: Option<u64>,
    /// Larder's median divided by the peer's: less is better.
    pub ratio: f64,
    /// The ratio that was to be reached.
    pub aim: Option<f64>,
    /// That ratio divided by the recorded one, where there is one: more than 1 is worse than it was.
    pub since: Option<f64>,
}

/// One row with its figures, in seconds or bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// By which it is known.
    pub key: &'static str,
    /// What it says.
    pub title: String,
    /// `s` or `bytes`.
    pub unit: &'static str,
    /// How often it was done.
    pub runs: usize,
    /// In the middle.
    pub median: f64,
    /// Not above it in 95 of 100.
    pub p95: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// The most memory of the process until then.
    pub peak_bytes: Option<u64>,
    /// What was to be reached.
    pub aim: Option<f64>,
    /// Whether it was.
    pub reached: Option<bool>,
    /// The most memory that was to be enough.
    pub memory: Option<f64>,
    /// The peers.
    pub beside: Vec<Beside>,
    /// Without a peer: the median divided by the yardstick's (of memory, by 1 MB), divided by the recorded such ratio.
    pub since: Option<f64>,
}

/// The recorded ratios, by row and peer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Ratios.
    pub ratios: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Record {
    /// The kept record; none where none was kept yet.
    ///
    /// # Errors
    /// Where the file is there and does not read.
    pub fn read(path: &Path) -> Result<Option<Record>, String> {
        let Ok(text) = std::fs::read_to_string(path) else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The ratios of these rows, over what was known of rows and peers that were not measured now.
    pub fn with(mut self, rows: &[Measured], yardstick: f64) -> Record {
        for row in rows {
            let known = self.ratios.entry(row.key.to_owned()).or_default();
            for beside in &row.beside {
                known.insert(beside.peer.clone(), rounded(beside.ratio));
            }
            known.insert(YARDSTICK.to_owned(), rounded(own_ratio(row.unit, row.median, yardstick)));
        }
        self
    }

    fn since(&self, key: &str, peer: &str, ratio: f64) -> Option<f64> {
        self.ratios.get(key)?.get(peer).filter(|was| **was > 0.0).map(|was| ratio / was)
    }
}

/// Four digits are more than the machine's own noise.
fn rounded(ratio: f64) -> f64 {
    format!("{ratio:.3e}").parse().unwrap_or(ratio)
}

fn own_ratio(unit: &str, median: f64, yardstick: f64) -> f64 {
    match unit {
        "s" => median / yardstick,
        "bytes" => median / 1e6,
        // As much on any computer.
        _ => median,
    }
}

impl Beside {
    /// Whether Larder fell behind it since the record.
    pub fn is_slower(&self) -> bool {
        self.since.is_some_and(|since| since > SLOWER)
    }
}

impl Measured {
    /// Whether it fell behind its record; with peers it is they who tell.
    pub fn is_slower(&self) -> bool {
        self.beside.is_empty() && self.since.is_some_and(|since| since > SLOWER)
    }
}

/// All rows that have figures. `fill` puts sizes into titles.
pub fn measured(
    own: &Figures,
    peers: &BTreeMap<String, Figures>,
    record: Option<&Record>,
    yardstick: f64,
    fill: impl Fn(&str) -> String,
) -> Vec<Measured> {
    let rows = ROWS.iter().flat_map(|(_, rows)| rows.iter());
    rows.filter_map(|row| {
        let mut measured = one(row, own.0.get(row.key)?, fill(row.title))?;
        for (name, figures) in peers {
            let beside = figures.0.get(row.key).and_then(|figure| beside(name, figure, measured.median));
            measured.beside.extend(beside.map(|beside| Beside {
                since: record.and_then(|record| record.since(row.key, name, beside.ratio)),
                aim: row.beside.iter().find(|(peer, _)| peer == name).map(|(_, aim)| *aim),
                ..beside
            }));
        }
        measured.beside.sort_by(|a, b| a.median.total_cmp(&b.median));
        let ratio = own_ratio(measured.unit, measured.median, yardstick);
        measured.since = record.and_then(|record| record.since(row.key, YARDSTICK, ratio));
        Some(measured)
    })
    .collect()
}

fn one(row: &Row, figure: &Figure, title: String) -> Option<Measured> {
    let samples = &figure.samples;
    let reached = |aim: Aim| aim.which.of(samples).map(|value| value <= aim.at_most);
    Some(Measured {
        key: row.key,
        title,
        unit: match row.unit {
            Unit::Seconds => "s",
            Unit::Bytes => "bytes",
            Unit::Count => "requests",
            Unit::Times => "times",
        },
        runs: samples.len(),
        median: share(samples, 0.5)?,
        p95: share(samples, 0.95)?,
        min: share(samples, 0.0)?,
        max: share(samples, 1.0)?,
        peak_bytes: figure.peak_bytes,
        aim: row.aim.map(|aim| aim.at_most),
        reached: row.aim.and_then(reached),
        memory: row.memory,
        beside: Vec::new(),
        since: None,
    })
}

fn beside(peer: &str, figure: &Figure, own: f64) -> Option<Beside> {
    let median = share(&figure.samples, 0.5).filter(|median| *median > 0.0)?;
    Some(Beside {
        peer: peer.to_owned(),
        median,
        p95: share(&figure.samples, 0.95)?,
        peak_bytes: figure.peak_bytes,
        ratio: own / median,
        aim: None,
        since: None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn figures(key: &str, samples: &[f64]) -> Figures {
        Figures(BTreeMap::from([(key.to_owned(), Figure { samples: samples.to_vec(), peak_bytes: None })]))
    }

    fn rows(own: &Figures, peer: f64, record: Option<&Record>) -> Vec<Measured> {
        let peers = BTreeMap::from([("polars".to_owned(), figures("csv-typed", &[peer]))]);
        measured(own, &peers, record, 0.5, str::to_owned)
    }

    #[test]
    fn a_row_stands_beside_its_peer_and_its_aim() {
        let csv = rows(&figures("csv-typed", &[1.0, 2.0, 9.0]), 4.0, None);
        assert_eq!((csv[0].median, csv[0].p95, csv[0].min, csv[0].runs), (2.0, 9.0, 1.0, 3));
        assert_eq!((csv[0].beside[0].ratio, csv[0].reached), (0.5, None));
        let page = rows(&figures("page", &[0.001, 0.015, 0.9]), 4.0, None);
        assert_eq!((page[0].reached, page[0].beside.len()), (Some(true), 0), "the median counts");
        let key = rows(&figures("search", &[0.001, 0.015, 0.9]), 4.0, None);
        assert_eq!(key[0].reached, Some(false), "the slow ones count");
    }

    #[test]
    fn what_fell_behind_its_record_is_seen() {
        let was = Record::default().with(&rows(&figures("csv-typed", &[1.0]), 4.0, None), 0.5);
        let later = |own: f64, peer: f64| rows(&figures("csv-typed", &[own]), peer, Some(&was))[0].clone();
        assert!(!later(1.19, 4.0).beside[0].is_slower());
        assert!(later(1.21, 4.0).beside[0].is_slower());
        assert!(!later(2.0, 8.0).beside[0].is_slower(), "the computer is slower and not Larder");
        let was = Record::default().with(&rows(&figures("publish", &[1.0]), 4.0, None), 0.5);
        let later = |own: f64| rows(&figures("publish", &[own]), 4.0, Some(&was))[0].is_slower();
        assert!(!later(1.1) && later(1.3));
    }

    #[test]
    fn a_record_keeps_what_was_not_measured_now() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last.json");
        assert_eq!(Record::read(&path), Ok(None));
        let first = Record::default().with(&rows(&figures("csv-typed", &[1.0]), 4.0, None), 0.5);
        let both = first.clone().with(&rows(&figures("publish", &[1.0]), 4.0, None), 0.5);
        assert_eq!(both.ratios["csv-typed"], first.ratios["csv-typed"]);
        std::fs::write(&path, serde_json::to_vec(&both).unwrap()).unwrap();
        assert_eq!(Record::read(&path), Ok(Some(both)));
        std::fs::write(&path, "{").unwrap();
        assert!(Record::read(&path).is_err());
    }
}
