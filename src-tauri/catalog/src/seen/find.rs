//! Finding data products as a person types.

use std::collections::HashSet;

use larder_model::{ProductId, Refusal, ShelfId, display_text};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fault::Fault;
use crate::rows::{id, json, to_integer};
use crate::seen::SeenStore;
use crate::seen::places::{FIELDS, Findable, HitPlace, words};

/// The most words of a query that are looked for.
const QUERY_WORDS: usize = 12;

/// The most hits that are answered.
const MAX_HITS: usize = 500;

/// One data product that was found. Its texts are made harmless to show on one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Hit {
    /// The shelf on which it stands.
    pub shelf: ShelfId,
    /// The data product.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// Its area.
    pub area: String,
    /// What is in it.
    pub summary: String,
    /// Who keeps it.
    pub keeper: String,
    /// Where the words were found: where the one stands that was found in the least of the places.
    pub place: HitPlace,
    /// How well it fits, larger is better; comparable within one answer.
    pub rank: f64,
}

struct Candidate {
    entry: i64,
    product: ProductId,
    title_words: String,
    rank: f64,
}

impl SeenStore {
    /// Data products on any shelf in which every word of the query stands somewhere, each as the beginning of a word;
    /// best first. A word in the title counts more than in a column, then tag, summary, person, area. Any text may be
    /// typed; where it has no letter or digit, nothing is found.
    pub fn find(&self, query: &str, limit: usize) -> Result<Vec<Hit>, Refusal> {
        self.find_on(None, query, limit)
    }

    /// As [`SeenStore::find`], on one shelf or on all.
    pub fn find_on(&self, shelf: Option<&ShelfId>, query: &str, limit: usize) -> Result<Vec<Hit>, Refusal> {
        let mut query = words(query);
        query.truncate(QUERY_WORDS);
        let limit = limit.min(MAX_HITS);
        if query.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let mut found = candidates(connection, shelf, &query, limit)?;
            found.sort_by(|a, b| {
                b.rank
                    .total_cmp(&a.rank)
                    .then_with(|| a.title_words.cmp(&b.title_words))
                    .then_with(|| a.product.cmp(&b.product))
            });
            found.iter().take(limit).map(|candidate| hit(connection, candidate, &query)).collect()
        })
    }
}

/// Enough candidates to hold the best `limit`: whole title words first, then each field after the other as an allowed
/// place, until there are enough. So a one-letter query on thousands of data products reads a few hundred entries and no
/// more, and what is read later can never be better than what was read before.
fn candidates(
    connection: &Connection,
    shelf: Option<&ShelfId>,
    query: &[String],
    limit: usize,
) -> Result<Vec<Candidate>, Fault> {
    let read_at_most = to_integer((limit * 4).max(100) as u64)?;
    let mut select = connection.prepare_cached(
        "SELECT entries.id AS entry, product, title_words FROM entry_words JOIN entries ON entries.id = entry_words.rowid
         WHERE entry_words MATCH ?1 AND (?2 IS NULL OR shelf = ?2) LIMIT ?3",
    )?;
    let mut found: Vec<Candidate> = Vec::new();
    let mut products = HashSet::new();
    for (tier, expression) in expressions(query).enumerate() {
        let mut rows = select.query(params![expression, shelf.map(ShelfId::as_str), read_at_most])?;
        while let Some(row) = rows.next()? {
            let product = id(row, "product", ProductId::parse)?;
            // Met before: in a better place, or on another shelf.
            if !products.insert(product.clone()) {
                continue;
            }
            let title_words: String = row.get("title_words")?;
            let rank = rank(tier, &title_words, query);
            found.push(Candidate { entry: row.get("entry")?, product, title_words, rank });
        }
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// What the index is asked, one after the other. A folded word holds letters and digits only, so that inside quotes
/// nothing of it is syntax.
fn expressions(query: &[String]) -> impl Iterator<Item = String> {
    let all = |end: &str| query.iter().map(|word| format!("\"{word}\"{end}")).collect::<Vec<_>>().join(" AND ");
    let (whole, begun) = (all(""), all("*"));
    std::iter::once(format!("{{title}} : ({whole})"))
        .chain((1..=FIELDS.len()).map(move |places| format!("{{{}}} : ({begun})", FIELDS[..places].join(" "))))
}

/// The tier decides; within it whole words in the title, then a title that is or begins with what was typed, then
/// shorter titles.
fn rank(tier: usize, title_words: &str, query: &[String]) -> f64 {
    let typed = query.join(" ");
    let title: Vec<&str> = title_words.split(' ').collect();
    let whole = query.iter().filter(|word| title.contains(&word.as_str())).count();
    // Whole words in the title are the best of the title and no place of their own.
    let mut rank = (FIELDS.len() - tier.saturating_sub(1)) as f64 * 10.0;
    rank += if whole == query.len() { 5.0 } else { whole as f64 / query.len() as f64 };
    rank += if title_words == typed { 2.0 } else { 0.0 };
    rank += if title_words.starts_with(&typed) { 1.0 } else { 0.0 };
    rank + 1.0 / (1.0 + title.len() as f64)
}

fn hit(connection: &Connection, candidate: &Candidate, query: &[String]) -> Result<Hit, Fault> {
    let mut select = connection.prepare_cached("SELECT shelf, findable_json FROM entries WHERE id = ?1")?;
    let (shelf, findable) = select
        .query_and_then([candidate.entry], |row| {
            Ok::<_, Fault>((id(row, "shelf", ShelfId::parse)?, json::<Findable>(row, "findable_json")?))
        })?
        .next()
        .unwrap_or_else(|| Err(Fault::Shape("entries".to_owned())))?;
    let place = match findable.place(query) {
        HitPlace::Column { name } => HitPlace::Column { name: display_text(&name, 120) },
        HitPlace::Tag { name } => HitPlace::Tag { name: display_text(&name, 120) },
        HitPlace::Person { name } => HitPlace::Person { name: display_text(&name, 120) },
        place => place,
    };
    Ok(Hit {
        shelf,
        product: candidate.product.clone(),
        title: display_text(&findable.title, 200),
        area: display_text(&findable.area, 120),
        summary: display_text(&findable.summary, 400),
        keeper: display_text(&findable.keeper, 120),
        place,
        rank: candidate.rank,
    })
}
