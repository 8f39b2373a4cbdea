//! Drafts: what somebody is still working on.

use std::cmp::Reverse;

use larder_model::{Choice, DraftId, Fix, Label, ProductId, Refusal};
use rusqlite::{Row, named_params};

use crate::catalog::Catalog;
use crate::fault::Fault;
use crate::rows::{count, id, json, moment, optional_id, to_integer, to_json};

pub(crate) const CREATE: &str = "
    CREATE TABLE drafts (
        id                TEXT NOT NULL PRIMARY KEY,
        product           TEXT,
        mode              TEXT NOT NULL,
        step              TEXT NOT NULL,
        file_name         TEXT NOT NULL,
        source_sha256     TEXT NOT NULL,
        source_size_bytes INTEGER NOT NULL,
        choices_json      TEXT NOT NULL,
        undone_json       TEXT NOT NULL,
        label_json        TEXT NOT NULL,
        label_touched     INTEGER NOT NULL,
        fixes_json        TEXT NOT NULL,
        extra_json        TEXT NOT NULL,
        saved_at          TEXT NOT NULL,
        created_at        TEXT NOT NULL
    ) STRICT;
";

/// One draft: a file that was brought in and is not on a shelf yet.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftRow {
    /// The draft.
    pub id: DraftId,
    /// The data product that it fills again; none for a new one.
    pub product: Option<ProductId>,
    /// New, replace or add rows.
    pub mode: String,
    /// How far the person has come.
    pub step: String,
    /// The file's name, without folders.
    pub file_name: String,
    /// sha256 of the file, in base 16.
    pub source_sha256: String,
    /// Its size.
    pub source_size_bytes: u64,
    /// What the person chose about reading it, in order.
    pub choices: Vec<Choice>,
    /// Choices that were undone and can be done again, the last undone last.
    pub undone: Vec<Choice>,
    /// What they wrote on the label so far.
    pub label: Label,
    /// Whether they wrote anything on it themselves.
    pub label_touched: bool,
    /// The repairs that they switched on.
    pub fixes: Vec<Fix>,
    /// What else the actions keep with it.
    pub extra_json: String,
    /// When it was last saved, RFC 3339.
    pub saved_at: String,
    /// When it was begun, RFC 3339.
    pub created_at: String,
}

fn read(row: &Row<'_>) -> Result<DraftRow, Fault> {
    Ok(DraftRow {
        id: id(row, "id", DraftId::parse)?,
        product: optional_id(row, "product", ProductId::parse)?,
        mode: row.get("mode")?,
        step: row.get("step")?,
        file_name: row.get("file_name")?,
        source_sha256: row.get("source_sha256")?,
        source_size_bytes: count(row, "source_size_bytes")?,
        choices: json(row, "choices_json")?,
        undone: json(row, "undone_json")?,
        label: json(row, "label_json")?,
        label_touched: row.get("label_touched")?,
        fixes: json(row, "fixes_json")?,
        extra_json: row.get("extra_json")?,
        saved_at: row.get("saved_at")?,
        created_at: row.get("created_at")?,
    })
}

impl Catalog {
    /// Every draft, the one saved last first.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, Refusal> {
        let mut drafts: Vec<DraftRow> = self.with(|connection| {
            connection
                .prepare_cached("SELECT * FROM drafts ORDER BY rowid DESC")?
                .query_and_then([], read)?
                .collect::<Result<_, Fault>>()
        })?;
        // By moment and not by text: a computer that travels writes several offsets.
        drafts.sort_by_cached_key(|draft| Reverse(moment(&draft.saved_at)));
        Ok(drafts)
    }

    /// One draft; `None` where it is gone.
    pub fn draft(&self, draft: &DraftId) -> Result<Option<DraftRow>, Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached("SELECT * FROM drafts WHERE id = ?1")?
                .query_and_then([draft.as_str()], read)?
                .next()
                .transpose()
        })
    }

    /// Saves a draft, whole. On the disk when this returns.
    pub fn put_draft(&self, row: &DraftRow) -> Result<(), Refusal> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO drafts (id, product, mode, step, file_name, source_sha256, source_size_bytes,
                         choices_json, undone_json, label_json, label_touched, fixes_json, extra_json, saved_at, created_at)
                     VALUES (:id, :product, :mode, :step, :file_name, :source_sha256, :source_size_bytes,
                         :choices_json, :undone_json, :label_json, :label_touched, :fixes_json, :extra_json, :saved_at,
                         :created_at)
                     ON CONFLICT (id) DO UPDATE SET product = excluded.product, mode = excluded.mode,
                         step = excluded.step, file_name = excluded.file_name, source_sha256 = excluded.source_sha256,
                         source_size_bytes = excluded.source_size_bytes, choices_json = excluded.choices_json,
                         undone_json = excluded.undone_json, label_json = excluded.label_json,
                         label_touched = excluded.label_touched, fixes_json = excluded.fixes_json,
                         extra_json = excluded.extra_json, saved_at = excluded.saved_at,
                         created_at = excluded.created_at",
                )?
                .execute(named_params! {
                    ":id": row.id.as_str(),
                    ":product": row.product.as_ref().map(ProductId::as_str),
                    ":mode": row.mode,
                    ":step": row.step,
                    ":file_name": row.file_name,
                    ":source_sha256": row.source_sha256,
                    ":source_size_bytes": to_integer(row.source_size_bytes)?,
                    ":choices_json": to_json(&row.choices)?,
                    ":undone_json": to_json(&row.undone)?,
                    ":label_json": to_json(&row.label)?,
                    ":label_touched": row.label_touched,
                    ":fixes_json": to_json(&row.fixes)?,
                    ":extra_json": row.extra_json,
                    ":saved_at": row.saved_at,
                    ":created_at": row.created_at,
                })?;
            Ok(())
        })
    }

    /// Throws a draft away. One that is not there is fine.
    pub fn remove_draft(&self, draft: &DraftId) -> Result<(), Refusal> {
        self.with(|connection| {
            connection.prepare_cached("DELETE FROM drafts WHERE id = ?1")?.execute([draft.as_str()])?;
            Ok(())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use larder_model::{FindingCode, FixAction, RefusalCode};

    fn draft(id: &str, saved_at: &str) -> DraftRow {
        DraftRow {
            id: DraftId::parse(id).unwrap(),
            product: None,
            mode: "new".into(),
            step: "check".into(),
            file_name: "Kassenbuch März\0.csv".into(),
            source_sha256: "ab".repeat(32),
            source_size_bytes: 5_000_000_000,
            choices: vec![Choice::NoHeader, Choice::Row { row: 7, keep: false }],
            undone: vec![Choice::Totals { keep: true }],
            label: Label { title: "Till sales 🥐".into(), tags: vec!["shop".into()], ..Label::default() },
            label_touched: true,
            fixes: vec![Fix { code: FindingCode::EmptyCells, column: Some("sold".into()), action: FixAction::Accept }],
            extra_json: "{\"answers\":[]}".into(),
            saved_at: saved_at.into(),
            created_at: "2026-03-02T08:00:00Z".into(),
        }
    }

    #[test]
    fn a_draft_comes_back_as_it_was_saved() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let mut row = draft("d1", "2026-03-02T08:00:00Z");
        catalog.put_draft(&row).unwrap();
        assert_eq!(catalog.draft(&row.id).unwrap().as_ref(), Some(&row));
        row.product = ProductId::parse("till-sales");
        row.undone.clear();
        row.step = "describe".into();
        catalog.put_draft(&row).unwrap();
        drop(catalog);
        let catalog = Catalog::open(home.path()).unwrap();
        assert_eq!(catalog.drafts().unwrap(), [row.clone()]);
        catalog.remove_draft(&row.id).unwrap();
        assert_eq!(catalog.draft(&row.id).unwrap(), None);
    }

    #[test]
    fn the_newest_is_first_whatever_zone_it_was_saved_in() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        for (id, saved_at) in [
            ("middle", "2026-03-02T09:30:00+01:00"),
            ("no-moment", "yesterday"),
            ("newest", "2026-03-02T08:45:00Z"),
            ("oldest", "2026-03-02T10:00:00+02:00"),
        ] {
            catalog.put_draft(&draft(id, saved_at)).unwrap();
        }
        let order: Vec<String> = catalog.drafts().unwrap().iter().map(|draft| draft.id.to_string()).collect();
        assert_eq!(order, ["newest", "middle", "oldest", "no-moment"]);
    }

    #[test]
    fn a_size_that_no_file_has_is_refused_and_the_draft_saved_before_stays() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let row = draft("d1", "2026-03-02T08:00:00Z");
        catalog.put_draft(&row).unwrap();
        let absurd = DraftRow { source_size_bytes: u64::MAX, ..row.clone() };
        assert_eq!(catalog.put_draft(&absurd).unwrap_err().code, RefusalCode::Invalid);
        assert_eq!(catalog.draft(&row.id).unwrap(), Some(row));
    }

    #[test]
    fn a_draft_that_no_longer_reads_is_named_as_damage_and_not_dropped() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        catalog.put_draft(&draft("d1", "2026-03-02T08:00:00Z")).unwrap();
        catalog.with(|connection| Ok(connection.execute("UPDATE drafts SET choices_json = '[{'", [])?)).unwrap();
        let refusal = catalog.drafts().unwrap_err();
        assert_eq!(refusal.code, RefusalCode::Damaged);
        assert!(refusal.to_string().contains("choices_json"), "{refusal}");
    }
}
