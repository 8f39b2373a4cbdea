//! Columns of colleagues' data products, for suggestions.

use larder_model::{Column, ProductId, Refusal, ShelfId, column_id};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fault::Fault;
use crate::rows::{count, id, to_integer};
use crate::seen::SeenStore;
use crate::seen::places::words;
use crate::seen::releases::latest_card;

/// The most hits that are answered.
const MAX_HITS: usize = 500;

/// A column of a data product on a shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnHit {
    /// The shelf on which it stands.
    pub shelf: ShelfId,
    /// The data product.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// The column as it stands on the label.
    pub column: Column,
}

impl SeenStore {
    /// Columns with this id or name on any shelf, however it is written ("Artikel-Nr." finds `artikel_nr`). Those whose
    /// meaning somebody wrote down come first, then by title.
    pub fn find_columns(&self, id_or_name: &str, limit: usize) -> Result<Vec<ColumnHit>, Refusal> {
        self.find_columns_on(None, id_or_name, limit)
    }

    /// As [`SeenStore::find_columns`], on one shelf or on all.
    pub fn find_columns_on(
        &self,
        shelf: Option<&ShelfId>,
        id_or_name: &str,
        limit: usize,
    ) -> Result<Vec<ColumnHit>, Refusal> {
        let (safe_name, name_words) = (column_id(id_or_name), words(id_or_name).join(" "));
        if name_words.is_empty() {
            return Ok(Vec::new());
        }
        let limit = to_integer(limit.min(MAX_HITS) as u64).map_err(|_| Refusal::new(larder_model::RefusalCode::Bug))?;
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT shelf, product, title, position FROM entry_columns JOIN entries ON entries.id = entry_columns.entry
                 WHERE (entry_columns.id = ?1 OR entry_columns.id = ?2 OR name_words = ?3) AND (?4 IS NULL OR shelf = ?4)
                 ORDER BY told DESC, title_words, product, position LIMIT ?5",
            )?;
            let mut rows = select.query(params![id_or_name, safe_name, name_words, shelf.map(ShelfId::as_str), limit])?;
            let mut hits = Vec::new();
            while let Some(row) = rows.next()? {
                let (shelf, product) = (id(row, "shelf", ShelfId::parse)?, id(row, "product", ProductId::parse)?);
                let position = usize::try_from(count(row, "position")?).unwrap_or(usize::MAX);
                let card = latest_card(connection, shelf.as_str(), product.as_str())?;
                let column = card.and_then(|card| card.label.columns.into_iter().nth(position));
                let column = column.ok_or_else(|| Fault::Shape("entry_columns".to_owned()))?;
                hits.push(ColumnHit { shelf, product, title: row.get("title")?, column });
            }
            Ok(hits)
        })
    }
}
