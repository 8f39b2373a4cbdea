//! What is measured, in the order of the table, with what it is held against.

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Time.
    Seconds,
    /// Memory, or what goes over the line.
    Bytes,
    /// How often something is asked.
    Count,
    /// So many times what it is held against.
    Times,
}

/// Which of the runs an aim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one in the middle.
    Median,
    /// The one that 95 of 100 are not above.
    P95,
    /// The largest.
    Largest,
}

/// What is to be reached.
#[derive(Debug, Clone, Copy)]
pub struct Aim {
    /// By which.
    pub which: Which,
    /// At most so much.
    pub at_most: f64,
}

/// One row of the table.
pub struct Row {
    /// By which its figures are known.
    pub key: &'static str,
    /// What it says; `{csv}` and the like stand for sizes.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// What is to be reached, if that was ever said.
    pub aim: Option<Aim>,
    /// The part of a peer's time that is to be enough.
    pub beside: &'static [(&'static str, f64)],
    /// Memory that is to be enough, in bytes.
    pub memory: Option<f64>,
}

const fn time(key: &'static str, title: &'static str) -> Row {
    Row { key, title, unit: Unit::Seconds, aim: None, beside: &[], memory: None }
}

const fn memory(key: &'static str, title: &'static str) -> Row {
    Row { key, title, unit: Unit::Bytes, aim: None, beside: &[], memory: None }
}

const fn count(key: &'static str, title: &'static str) -> Row {
    Row { key, title, unit: Unit::Count, aim: None, beside: &[], memory: None }
}

const fn times(key: &'static str, title: &'static str) -> Row {
    Row { key, title, unit: Unit::Times, aim: None, beside: &[], memory: None }
}

const fn within(row: Row, which: Which, at_most: f64) -> Row {
    Row { aim: Some(Aim { which, at_most }), ..row }
}

const fn beside(row: Row, beside: &'static [(&'static str, f64)]) -> Row {
    Row { beside, ..row }
}

const fn in_memory(row: Row, bytes: f64) -> Row {
    Row { memory: Some(bytes), ..row }
}

/// All rows under their headings.
pub const ROWS: &[(&str, &[Row])] = &[
    (
        "Start",
        &[
            within(time("window-cold", "Window usable, nothing of it in memory"), Which::Median, 2.0),
            within(time("window-warm", "Window usable, started before"), Which::Median, 2.0),
            time("core-open", "Home opened and the first question answered"),
            time("cli-start", "larder --version"),
            time("cli-browse", "larder browse, sample bakery"),
            time("sample", "Sample bakery made"),
        ],
    ),
    (
        "Memory",
        &[
            within(memory("core-memory", "Window closed, sample bakery open"), Which::Largest, 100e6),
            memory("window-memory", "Window open, with its web view"),
        ],
    ),
    (
        "Reading",
        &[
            within(time("first-rows", "First rows of a csv of {head}"), Which::Median, 1.0),
            time("csv-typed", "csv, {csv} rows x 11: typed"),
            time("csv-profiled", "  the same and profiled"),
            time("xlsx-typed", "xlsx, {xlsx} rows x 11: typed"),
            time("xlsx-profiled", "  the same and profiled"),
            in_memory(
                beside(
                    time("large-csv", "csv, {large-csv} rows x 11: typed and profiled, peers typed"),
                    &[("duckdb", 0.28), ("polars", 0.5)],
                ),
                500e6,
            ),
            in_memory(
                beside(
                    time("large-xlsx", "xlsx, {large-xlsx} rows x 11: typed and profiled, peers typed"),
                    &[("polars", 0.18)],
                ),
                350e6,
            ),
            beside(
                time("ods", "ods, {book} rows x 11: typed and profiled, peer its cells"),
                &[("calamine in Rust", 1.0)],
            ),
            beside(time("xlsb", "xlsb, {book} rows x 11: the same"), &[("calamine in Rust", 1.0)]),
            beside(time("xls", "xls, {xls} rows x 11: the same"), &[("calamine in Rust", 1.0)]),
            within(time("head-csv", "First 200 rows of the csv of {large-csv} rows"), Which::Median, 0.3),
            within(time("head-xlsx", "First 200 rows of the xlsx of {large-xlsx} rows"), Which::Median, 0.3),
            within(time("head-ods", "First 200 rows of the ods"), Which::Median, 0.3),
            within(time("head-xlsb", "First 200 rows of the xlsb"), Which::Median, 0.3),
            within(time("head-xls", "First 200 rows of the xls"), Which::Median, 0.3),
            within(time("choice", "One choice changed on {csv} rows"), Which::Largest, 0.5),
            within(time("window-page", "Page's longest standstill while {head} is read"), Which::Largest, 0.1),
            within(time("window-program", "  an empty question's longest way meanwhile"), Which::Largest, 0.1),
        ],
    ),
    (
        "Keeping and sharing",
        &[
            time("parquet", "Parquet written, {csv} rows"),
            time("bring-in", "Brought in whole, {csv} rows"),
            time("publish", "On the shelf, {csv} rows, whole action"),
        ],
    ),
    (
        "A large or busy shelf",
        &[
            time("share-first", "{share} put into a folder, and read back"),
            count("share-first-asked", "  requests"),
            time("share-again", "  again with a hundredth changed"),
            count("share-again-asked", "  requests"),
            memory("share-again-bytes", "  bytes put"),
            within(times("share-again-ratio", "  bytes put, to those of parts that are new"), Which::Largest, 1.2),
            times("share-again-spread", "  bytes put, to those of parts that hold the change"),
            beside(time("share-verified", "{share} fetched from a folder and verified"), &[("plain sha256", 1.5)]),
            within(time("poll", "A poll with nothing new, {colleagues} colleagues"), Which::Median, 0.1),
            within(count("poll-asked", "  requests"), Which::Largest, 51.0),
            within(
                time("first-sync", "First look at {cards} data products, until every card is there"),
                Which::Median,
                5.0,
            ),
        ],
    ),
    (
        "Looking inside",
        &[
            within(time("page", "200 rows anywhere in {csv}"), Which::Median, 0.016),
            time("view-sorted", "Sorted by a number"),
            within(time("page-sorted", "  200 rows of that"), Which::Median, 0.016),
            time("view-filtered", "Filtered by a text"),
            within(time("page-filtered", "  200 rows of that"), Which::Median, 0.016),
            time("view-both", "Filtered and sorted"),
            within(time("page-both", "  200 rows of that"), Which::Median, 0.016),
        ],
    ),
    (
        "Finding",
        &[
            within(time("search", "A key typed, {products} data products"), Which::P95, 0.016),
            time("search-fill", "{products} data products taken in"),
        ],
    ),
];

/// The value below or at which a share of the samples lies (nearest rank); none of no samples.
pub fn share(samples: &[f64], share: f64) -> Option<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied()
}

impl Which {
    /// That one of the samples.
    pub fn of(self, samples: &[f64]) -> Option<f64> {
        match self {
            Which::Median => share(samples, 0.5),
            Which::P95 => share(samples, 0.95),
            Which::Largest => share(samples, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn shares_are_taken_of_the_sorted_samples() {
        let samples: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            (share(&samples, 0.5), share(&samples, 0.95), share(&samples, 1.0)),
            (Some(50.0), Some(95.0), Some(100.0))
        );
        assert_eq!((share(&[3.0], 0.5), share(&[3.0], 0.95), share(&[], 0.5)), (Some(3.0), Some(3.0), None));
        assert_eq!(Which::Median.of(&[9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(Which::P95.of(&[9.0, 1.0, 5.0]), Some(9.0));
    }

    #[test]
    fn every_row_has_a_key_of_its_own() {
        let keys: Vec<&str> = ROWS.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.key)).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }
}
