//! The releases that stand on shelves.

use std::collections::HashSet;

use larder_model::{Card, Person, ProductId, Refusal, ReleaseHash, ShelfId, WriterId, search_text};
use rusqlite::{Connection, Row, Transaction, named_params, params};

use crate::fault::Fault;
use crate::rows::{count, id, json, to_integer, to_json};
use crate::seen::SeenStore;
use crate::seen::index;

/// The largest columns are the last, so that reading the others does not run through them.
pub(crate) const CREATE: &str = "
    CREATE TABLE releases (
        shelf        TEXT NOT NULL,
        product      TEXT NOT NULL,
        release      INTEGER NOT NULL,
        hash         TEXT NOT NULL,
        state        TEXT NOT NULL,
        state_json   TEXT NOT NULL,
        confirmed    INTEGER NOT NULL,
        keeper_json  TEXT NOT NULL,
        writer       TEXT NOT NULL,
        files_json   TEXT NOT NULL,
        rows_here    INTEGER NOT NULL,
        latest       INTEGER NOT NULL,
        seen_by_json TEXT NOT NULL,
        arrived_at   TEXT NOT NULL,
        card_json    TEXT NOT NULL,
        profile_json TEXT NOT NULL,
        PRIMARY KEY (product, shelf, release, hash)
    ) STRICT;
    CREATE INDEX latest_releases ON releases (shelf, product) WHERE latest;
";

/// One release on one shelf, as this computer sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenRow {
    /// The shelf on which it stands.
    pub shelf: ShelfId,
    /// The data product.
    pub product: ProductId,
    /// Its number; two releases of one data product may have the same when two people published at once.
    pub release: u64,
    /// What tells it from all others.
    pub hash: ReleaseHash,
    /// Everything said about it.
    pub card: Card,
    /// Its state on the shelf.
    pub state: String,
    /// What belongs to the state, as the shelf room wrote it.
    pub state_json: String,
    /// Whether the shelf's stewards have confirmed who published it.
    pub confirmed: bool,
    /// Who published it.
    pub keeper: Person,
    /// The computer that published it.
    pub writer: WriterId,
    /// Its files, as the shelf room wrote them.
    pub files_json: String,
    /// Whether its rows are on this computer.
    pub rows_here: bool,
    /// Whether it is the accepted newest of its data product on its shelf.
    pub latest: bool,
    /// Who has seen it, by name.
    pub seen_by: Vec<String>,
    /// When it was first seen here, RFC 3339.
    pub arrived_at: String,
}

/// Which of two rows of one data product is newer.
fn age(row: &SeenRow) -> (bool, u64, &ReleaseHash) {
    (row.latest, row.release, &row.hash)
}

fn read_without_profile(row: &Row<'_>) -> Result<SeenRow, Fault> {
    Ok(SeenRow {
        shelf: id(row, "shelf", ShelfId::parse)?,
        product: id(row, "product", ProductId::parse)?,
        release: count(row, "release")?,
        hash: id(row, "hash", ReleaseHash::parse)?,
        card: json(row, "card_json")?,
        state: row.get("state")?,
        state_json: row.get("state_json")?,
        confirmed: row.get("confirmed")?,
        keeper: json(row, "keeper_json")?,
        writer: id(row, "writer", WriterId::parse)?,
        files_json: row.get("files_json")?,
        rows_here: row.get("rows_here")?,
        latest: row.get("latest")?,
        seen_by: json(row, "seen_by_json")?,
        arrived_at: row.get("arrived_at")?,
    })
}

fn read(row: &Row<'_>) -> Result<SeenRow, Fault> {
    let mut seen = read_without_profile(row)?;
    seen.card.profile = json(row, "profile_json")?;
    Ok(seen)
}

impl SeenStore {
    /// Adds a release, or replaces what was seen of it. Where it is the latest, no other of its data product on that
    /// shelf is any more, and the search finds the data product by it.
    pub fn put_release(&self, row: &SeenRow) -> Result<(), Refusal> {
        self.put_releases(std::slice::from_ref(row))
    }

    /// Adds several releases, all or none; many at once are much faster than one by one.
    pub fn put_releases(&self, rows: &[SeenRow]) -> Result<(), Refusal> {
        self.write(|transaction| rows.iter().try_for_each(|row| put(transaction, row)))
    }

    /// Forgets a data product on a shelf. One that is not there is fine.
    pub fn remove_product(&self, shelf: &ShelfId, product: &ProductId) -> Result<(), Refusal> {
        self.write(|transaction| remove(transaction, shelf.as_str(), product.as_str()))
    }

    /// Forgets every data product on a shelf but these.
    pub fn retain(&self, shelf: &ShelfId, keep: &[ProductId]) -> Result<(), Refusal> {
        let keep: HashSet<&str> = keep.iter().map(ProductId::as_str).collect();
        self.write(|transaction| {
            let standing: Vec<String> = transaction
                .prepare_cached("SELECT DISTINCT product FROM releases WHERE shelf = ?1")?
                .query_and_then([shelf.as_str()], |row| Ok::<_, Fault>(row.get(0)?))?
                .collect::<Result<_, Fault>>()?;
            let mut gone = standing.iter().filter(|product| !keep.contains(product.as_str()));
            gone.try_for_each(|product| remove(transaction, shelf.as_str(), product))
        })
    }

    /// One release of a data product by its number, or the accepted newest. Of two with one number, the accepted one or
    /// else the one with the larger hash; where it stands on several shelves, the newest.
    pub fn release(&self, product: &ProductId, release: Option<u64>) -> Result<Option<SeenRow>, Refusal> {
        let mut found = self.releases_where(product, release)?;
        if release.is_none() {
            found.retain(|row| row.latest);
        }
        Ok(found.into_iter().max_by(|a, b| age(a).cmp(&age(b))))
    }

    /// Every release of a data product, newest first.
    pub fn releases(&self, product: &ProductId) -> Result<Vec<SeenRow>, Refusal> {
        self.releases_where(product, None)
    }

    fn releases_where(&self, product: &ProductId, release: Option<u64>) -> Result<Vec<SeenRow>, Refusal> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM releases WHERE product = ?1 AND (?2 IS NULL OR release = ?2)
                     ORDER BY release DESC, latest DESC, hash DESC",
                )?
                .query_and_then(params![product.as_str(), release.map(to_integer).transpose()?], read)?
                .collect()
        })
    }

    /// The accepted newest release of each data product on a shelf, or on all; by area, then title. Where a data product
    /// stands on several shelves, the newest of them.
    pub fn latest(&self, shelf: Option<&ShelfId>) -> Result<Vec<SeenRow>, Refusal> {
        self.latest_read(shelf, read)
    }

    /// As [`SeenStore::latest`], with cards whose profile has no columns: all that a list shows, read several times as fast.
    pub fn latest_without_profiles(&self, shelf: Option<&ShelfId>) -> Result<Vec<SeenRow>, Refusal> {
        self.latest_read(shelf, read_without_profile)
    }

    fn latest_read(
        &self,
        shelf: Option<&ShelfId>,
        read: fn(&Row<'_>) -> Result<SeenRow, Fault>,
    ) -> Result<Vec<SeenRow>, Refusal> {
        let mut rows: Vec<SeenRow> = self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT * FROM releases WHERE latest AND (?1 IS NULL OR shelf = ?1) ORDER BY product",
            )?;
            query.query_and_then([shelf.map(ShelfId::as_str)], read)?.collect::<Result<_, Fault>>()
        })?;
        rows.sort_by(|a, b| a.product.cmp(&b.product).then(age(b).cmp(&age(a))));
        rows.dedup_by(|later, first| later.product == first.product);
        rows.sort_by_cached_key(|row| (search_text(&row.card.label.area), search_text(&row.card.label.title)));
        Ok(rows)
    }
}

fn put(transaction: &Transaction<'_>, row: &SeenRow) -> Result<(), Fault> {
    // The profile is by far the largest part of a card and the one that no list needs: it has a column of its own.
    let mut light = row.card.clone();
    light.profile.columns.clear();
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO releases (shelf, product, release, hash, card_json, profile_json, state, state_json,
                 confirmed, keeper_json, writer, files_json, rows_here, latest, seen_by_json, arrived_at)
             VALUES (:shelf, :product, :release, :hash, :card_json, :profile_json, :state, :state_json, :confirmed,
                 :keeper_json, :writer, :files_json, :rows_here, :latest, :seen_by_json, :arrived_at)",
        )?
        .execute(named_params! {
            ":shelf": row.shelf.as_str(),
            ":product": row.product.as_str(),
            ":release": to_integer(row.release)?,
            ":hash": row.hash.as_str(),
            ":card_json": to_json(&light)?,
            ":profile_json": to_json(&row.card.profile)?,
            ":state": row.state,
            ":state_json": row.state_json,
            ":confirmed": row.confirmed,
            ":keeper_json": to_json(&row.keeper)?,
            ":writer": row.writer.as_str(),
            ":files_json": row.files_json,
            ":rows_here": row.rows_here,
            ":latest": row.latest,
            ":seen_by_json": to_json(&row.seen_by)?,
            ":arrived_at": row.arrived_at,
        })?;
    if row.latest {
        transaction
            .prepare_cached(
                "UPDATE releases SET latest = 0 WHERE shelf = ?1 AND product = ?2 AND hash <> ?3 AND latest",
            )?
            .execute([row.shelf.as_str(), row.product.as_str(), row.hash.as_str()])?;
        return index::put(transaction, row);
    }
    let latest: i64 = transaction
        .prepare_cached("SELECT count(*) FROM releases WHERE shelf = ?1 AND product = ?2 AND latest")?
        .query_row([row.shelf.as_str(), row.product.as_str()], |row| row.get(0))?;
    if latest == 0 { index::remove(transaction, row.shelf.as_str(), row.product.as_str()) } else { Ok(()) }
}

fn remove(transaction: &Transaction<'_>, shelf: &str, product: &str) -> Result<(), Fault> {
    transaction.prepare_cached("DELETE FROM releases WHERE shelf = ?1 AND product = ?2")?.execute([shelf, product])?;
    index::remove(transaction, shelf, product)
}

/// The card of the accepted newest release, without its profile.
pub(crate) fn latest_card(connection: &Connection, shelf: &str, product: &str) -> Result<Option<Card>, Fault> {
    connection
        .prepare_cached("SELECT card_json FROM releases WHERE shelf = ?1 AND product = ?2 AND latest")?
        .query_and_then([shelf, product], |row| json(row, "card_json"))?
        .next()
        .transpose()
}
