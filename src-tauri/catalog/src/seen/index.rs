//! The search index: one entry for the accepted newest release of each data product on each shelf.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params};

use crate::fault::Fault;
use crate::rows::to_json;
use crate::seen::SeenRow;
use crate::seen::places::{Findable, words};

/// The index holds words that [`words`] has already folded and split; the `ascii` tokenizer then splits at the blanks
/// between them and changes nothing. Prefixes up to three characters have lists of their own, because those are the ones
/// that match most. Columns are told apart, places within them are not.
pub(crate) const CREATE: &str = "
    CREATE TABLE entries (
        id            INTEGER PRIMARY KEY,
        shelf         TEXT NOT NULL,
        product       TEXT NOT NULL,
        title         TEXT NOT NULL,
        title_words   TEXT NOT NULL,
        findable_json TEXT NOT NULL,
        UNIQUE (shelf, product)
    ) STRICT;
    CREATE TABLE entry_columns (
        entry      INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
        position   INTEGER NOT NULL,
        id         TEXT NOT NULL,
        name_words TEXT NOT NULL,
        told       INTEGER NOT NULL,
        PRIMARY KEY (entry, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_columns_by_id ON entry_columns (id);
    CREATE INDEX entry_columns_by_name ON entry_columns (name_words);
    CREATE VIRTUAL TABLE entry_words USING fts5 (
        title, columns, tags, summary, meanings, people, area,
        content = '', contentless_delete = 1, detail = column, prefix = '1 2 3', tokenize = 'ascii'
    );
";

/// Makes the data product findable by this release; nothing is written where all that can be found is as before.
pub(crate) fn put(transaction: &Transaction<'_>, row: &SeenRow) -> Result<(), Fault> {
    let (shelf, product) = (row.shelf.as_str(), row.product.as_str());
    let findable = Findable::of(row);
    let findable_json = to_json(&findable)?;
    let before: Option<String> = transaction
        .prepare_cached("SELECT findable_json FROM entries WHERE shelf = ?1 AND product = ?2")?
        .query_row([shelf, product], |row| row.get(0))
        .optional()?;
    if before.as_deref() == Some(findable_json.as_str()) {
        return Ok(());
    }
    remove(transaction, shelf, product)?;
    let fields = findable.fields();
    let [title_words, columns, tags, summary, meanings, people, area] = &fields;
    let entry = transaction
        .prepare_cached(
            "INSERT INTO entries (shelf, product, title, title_words, findable_json)
             VALUES (:shelf, :product, :title, :title_words, :findable_json)",
        )?
        .insert(named_params! {
            ":shelf": shelf,
            ":product": product,
            ":title": findable.title,
            ":title_words": title_words,
            ":findable_json": findable_json,
        })?;
    transaction
        .prepare_cached(
            "INSERT INTO entry_words (rowid, title, columns, tags, summary, meanings, people, area)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![entry, title_words, columns, tags, summary, meanings, people, area])?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO entry_columns (entry, position, id, name_words, told) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, (name, id, meaning)) in (0_i64..).zip(&findable.columns) {
        insert.execute(params![entry, position, id, words(name).join(" "), !meaning.trim().is_empty()])?;
    }
    Ok(())
}

/// Makes the data product unfindable on this shelf.
pub(crate) fn remove(transaction: &Transaction<'_>, shelf: &str, product: &str) -> Result<(), Fault> {
    let entry: Option<i64> = transaction
        .prepare_cached("SELECT id FROM entries WHERE shelf = ?1 AND product = ?2")?
        .query_row([shelf, product], |row| row.get(0))
        .optional()?;
    if let Some(entry) = entry {
        transaction.prepare_cached("DELETE FROM entry_words WHERE rowid = ?1")?.execute([entry])?;
        transaction.prepare_cached("DELETE FROM entries WHERE id = ?1")?.execute([entry])?;
    }
    Ok(())
}

/// Whether the index is whole in itself.
pub(crate) fn check(connection: &Connection) -> Result<(), Fault> {
    connection.execute("INSERT INTO entry_words (entry_words) VALUES ('integrity-check')", [])?;
    Ok(())
}
