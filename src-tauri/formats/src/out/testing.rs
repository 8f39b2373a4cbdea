//! What the tests of this folder share: a table of all kinds, a card, and plain words.
#![allow(clippy::unwrap_used)]

use larder_model::{
    Audience, CARD_FORMAT, Card, Change, Column, Condition, Finding, Grade, Kind, Label, LookUp, ProductId, Promise,
    SourceNote, Terms,
};
use larder_tables::{Table, TableBuilder, TableColumn, profile};

use super::{PageWords, Word};

/// Words as plain as can be: mostly their keys.
pub(crate) struct English;

impl PageWords for English {
    fn language(&self) -> String {
        "en".into()
    }
    fn say(&self, word: Word) -> String {
        match word {
            Word::AboutSheet => "About".into(),
            Word::TermsInternal => "Only for the work of this business.".into(),
            other => other.key().to_owned(),
        }
    }
    fn kind(&self, kind: Kind) -> String {
        kind.as_str().replace('_', " ")
    }
    fn grade(&self, grade: Grade) -> String {
        format!("{grade:?}")
    }
    fn promise(&self, promise: &Promise) -> String {
        format!("{:?} by {}", promise.every, promise.by)
    }
    fn change(&self, change: &Change) -> String {
        format!("{change:?}")
    }
    fn finding(&self, finding: &Finding) -> String {
        format!("{:?}: {}", finding.code, finding.count)
    }
    fn moment(&self, rfc3339: &str) -> String {
        rfc3339.to_owned()
    }
    fn count(&self, count: u64) -> String {
        count.to_string()
    }
}

/// One column of text.
pub(crate) fn texts(cells: &[&str]) -> Table {
    let mut builder = TableBuilder::new(vec![TableColumn::new("t", "T", Kind::Text)]);
    for cell in cells {
        builder.text(0, cell);
        builder.end_row();
    }
    builder.finish()
}

/// One column of a kind, filled by the caller.
pub(crate) fn one_column(kind: Kind, fill: impl FnOnce(&mut TableBuilder)) -> Table {
    let mut builder = TableBuilder::new(vec![TableColumn::new("c", "C", kind)]);
    fill(&mut builder);
    builder.finish()
}

/// A column of each kind; a row with a value in each, and a row without any.
pub(crate) fn all_kinds() -> Table {
    let column = |name: &str, kind| TableColumn::new(name.to_lowercase(), name, kind);
    let mut builder = TableBuilder::new(vec![
        column("Words", Kind::Text),
        column("Code", Kind::Code),
        column("Mail", Kind::Email),
        column("Town", Kind::Place),
        column("Pieces", Kind::Integer),
        column("Weight", Kind::Number),
        TableColumn { currency: Some("EUR".into()), ..column("Price", Kind::Money) },
        column("VAT", Kind::Percent),
        column("Open", Kind::Boolean),
        column("Day", Kind::Date),
        column("Moment", Kind::DateTime),
        column("Clock", Kind::Time),
        column("Took", Kind::Duration),
    ]);
    for (place, text) in ["Käse", "00417", "a@example.com", "Talbach"].into_iter().enumerate() {
        builder.text(place, text);
    }
    builder.integer(4, -12);
    builder.number(5, 1234.5);
    builder.money(6, 320);
    builder.number(7, 0.19);
    builder.boolean(8, true);
    builder.date(9, 20_515);
    builder.date_time(10, (20_515 * 86_400 + 27_600) * 1_000_000);
    builder.time(11, 27_600_000_000);
    builder.duration(12, 95_400_000_000);
    builder.end_row();
    (0..13).for_each(|place| builder.null(place));
    builder.end_row();
    builder.finish()
}

/// The label's column of a table's column.
pub(crate) fn label_column(column: &TableColumn) -> Column {
    Column {
        id: column.id.clone(),
        name: column.name.clone(),
        kind: column.kind,
        meaning: if column.kind == Kind::Code { "A code of ours".into() } else { String::new() },
        unit: column.unit.clone(),
        currency: column.currency.clone(),
        decimals: column.decimals,
        example: (column.kind == Kind::Code).then(|| "00417".to_owned()),
        key: false,
        required: false,
        personal: column.kind == Kind::Email,
        looks_up: (column.kind == Kind::Code).then(|| LookUp {
            product: "price-list-1".into(),
            title: "Price list".into(),
            column: "article_no".into(),
        }),
    }
}

/// A card for these rows.
pub(crate) fn card_of(table: &Table, title: &str) -> Card {
    Card {
        format: CARD_FORMAT,
        product: ProductId::parse("till-sales-1").unwrap(),
        release: 3,
        label: Label {
            title: title.into(),
            summary: "What each shop sold, by day and article.".into(),
            area: "Shop floor".into(),
            keeper: "Anna Mueller".into(),
            keeper_email: Some("anna.mueller@example.com".into()),
            stand_in: "Ben Okafor".into(),
            good_for: "Planning how much to bake.".into(),
            not_for: "Bookkeeping.".into(),
            columns: table.columns().iter().map(label_column).collect(),
            promise: Promise::parse("monday 09:00"),
            audience: Audience::Everyone,
            sealing: Default::default(),
            tags: vec!["sales".into(), "daily".into()],
            terms: Terms::Internal,
        },
        profile: profile(table),
        condition: Condition::of(&[], table.rows()),
        to_fix: Vec::new(),
        filled_at: "2026-11-23T07:40:00+01:00".into(),
        filled_by: "Anna Mueller".into(),
        changes: vec![Change::First { rows: table.rows() }],
        sources: vec![SourceNote {
            file_name: "till_export_MARCH(2).csv".into(),
            sheet: None,
            sha256: "0".repeat(64),
            size_bytes: 12,
            rows: table.rows(),
            brought_in_at: "2026-11-23T07:30:00+01:00".into(),
        }],
        related: vec!["price-list-1".into()],
    }
}

/// A card for [`all_kinds`].
pub(crate) fn card() -> Card {
    card_of(&all_kinds(), "Till sales")
}
