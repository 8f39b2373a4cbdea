//! Rows to fill a catalog with.
#![allow(dead_code)]

use larder_catalog::{Catalog, DraftRow, JournalRow, KeptRow, PublicationRow, SeenRow, ShelfRow, SourceRow};
use larder_model::{
    CARD_FORMAT, Card, Choice, Column, ColumnProfile, Condition, DraftId, Grade, Kind, Label, Params, Person,
    ProductId, Profile, ReleaseHash, ShelfId, WriterId,
};

pub fn product(id: &str) -> ProductId {
    ProductId::parse(id).expect("an id")
}

pub fn shelf(id: &str) -> ShelfId {
    ShelfId::parse(id).expect("an id")
}

pub fn column(id: &str, name: &str, meaning: &str) -> Column {
    Column {
        id: id.into(),
        name: name.into(),
        kind: Kind::Text,
        meaning: meaning.into(),
        unit: None,
        currency: None,
        decimals: None,
        example: None,
        key: false,
        required: false,
        personal: false,
        looks_up: None,
    }
}

pub fn label(title: &str) -> Label {
    Label { title: title.into(), area: "Shop".into(), keeper: "Anna".into(), ..Label::default() }
}

/// The accepted newest release of a data product on the shelf `s1`.
pub fn seen(id: &str, release: u64, label: Label) -> SeenRow {
    let profile = Profile {
        rows: 812,
        columns: vec![ColumnProfile { id: "sold".into(), count: 812, mean: Some(3.5), ..ColumnProfile::default() }],
    };
    let card = Card {
        format: CARD_FORMAT,
        product: product(id),
        release,
        label,
        profile,
        condition: Condition { score: 96, grade: Grade::VeryGood, to_fix: 1 },
        to_fix: Vec::new(),
        filled_at: "2026-03-02T07:40:00+01:00".into(),
        filled_by: String::new(),
        changes: Vec::new(),
        sources: Vec::new(),
        related: Vec::new(),
    };
    SeenRow {
        shelf: shelf("s1"),
        product: product(id),
        release,
        hash: ReleaseHash::parse(&format!("{id}-{release}")).expect("an id"),
        card,
        state: "ready".into(),
        state_json: "{}".into(),
        confirmed: true,
        keeper: Person::default(),
        writer: WriterId::parse("w1").expect("an id"),
        files_json: "[]".into(),
        rows_here: true,
        latest: true,
        seen_by: vec!["Bojan".into()],
        arrived_at: "2026-03-02T07:41:00Z".into(),
    }
}

pub fn draft(id: &str) -> DraftRow {
    DraftRow {
        id: DraftId::parse(id).expect("an id"),
        product: None,
        mode: "new".into(),
        step: "check".into(),
        file_name: "till_export_MARCH(2).csv".into(),
        source_sha256: "ab".repeat(32),
        source_size_bytes: 87_000_000,
        choices: vec![Choice::HeaderRow { row: 4 }, Choice::Kind { column: "article_no".into(), kind: Kind::Code }],
        undone: vec![Choice::Totals { keep: true }],
        label: label("Till sales"),
        label_touched: true,
        fixes: Vec::new(),
        extra_json: "{}".into(),
        saved_at: "2026-03-02T08:00:00Z".into(),
        created_at: "2026-03-02T07:50:00Z".into(),
    }
}

/// One row in every table, the same in every version of the catalog that is kept.
pub fn fill(catalog: &Catalog) {
    catalog.set_setting("person", &Person { name: "Anna".into(), ..Person::default() }).expect("a setting");
    catalog.put_shelf(&shelf_row()).expect("a shelf");
    catalog.set_trust_json(&shelf("s1"), "{\"founder\":\"ab\"}").expect("trust");
    catalog.put_source(&source_row()).expect("a source");
    catalog.put_draft(&draft("d1")).expect("a draft");
    catalog.put_publication(&publication_row()).expect("a publication");
    catalog.put_kept(&kept_row()).expect("a kept product");
    catalog.set_follow(&product("oven-log"), true).expect("a follow");
    catalog.note(&journal_row()).expect("a line");
    catalog.touch_recent("product", "till-sales", "2026-03-02T08:00:00Z").expect("a recent thing");
}

/// All that [`fill`] wrote is there.
pub fn assert_filled(catalog: &Catalog, whose: &str) {
    assert_eq!(
        catalog.setting::<Person>("person").expect(whose).map(|person| person.name),
        Some("Anna".into()),
        "{whose}"
    );
    assert_eq!(catalog.shelves().expect(whose), [shelf_row()], "{whose}");
    assert_eq!(catalog.trust_json(&shelf("s1")).expect(whose).as_deref(), Some("{\"founder\":\"ab\"}"), "{whose}");
    assert_eq!(catalog.sources().expect(whose), [source_row()], "{whose}");
    assert_eq!(catalog.drafts().expect(whose), [draft("d1")], "{whose}");
    assert_eq!(catalog.publications().expect(whose), [publication_row()], "{whose}");
    assert_eq!(catalog.kept().expect(whose), [kept_row()], "{whose}");
    assert_eq!(catalog.follows().expect(whose), [product("oven-log")], "{whose}");
    assert_eq!(catalog.journal(0, 10).expect(whose), (vec![JournalRow { id: 1, ..journal_row() }], 1), "{whose}");
    assert_eq!(catalog.recents(10).expect(whose).len(), 1, "{whose}");
}

fn shelf_row() -> ShelfRow {
    ShelfRow {
        id: shelf("s1"),
        name: "Bakery share".into(),
        address: r"S:\Bakery".into(),
        joined_at: "2026-03-01T08:00:00Z".into(),
        last_refreshed_at: Some("2026-03-02T08:00:00Z".into()),
        sample: false,
    }
}

fn source_row() -> SourceRow {
    SourceRow {
        product: product("till-sales"),
        file_pattern: "till_export_#.csv".into(),
        fingerprint_json: "{}".into(),
        choices: vec![Choice::Totals { keep: false }],
        file_name: "till_export_03.csv".into(),
        updated_at: "2026-03-02T08:00:00Z".into(),
    }
}

fn publication_row() -> PublicationRow {
    PublicationRow {
        draft: DraftId::parse("d0").expect("an id"),
        product: product("till-sales"),
        shelf: shelf("s1"),
        state: "parts".into(),
        detail_json: "{}".into(),
        started_at: "2026-03-02T08:00:00Z".into(),
        updated_at: "2026-03-02T08:00:01Z".into(),
    }
}

fn kept_row() -> KeptRow {
    KeptRow {
        product: product("till-sales"),
        shelf: shelf("s1"),
        title: "Till sales".into(),
        label: label("Till sales"),
        table_sha256: Some("cd".repeat(32)),
        updated_at: "2026-03-02T08:00:00Z".into(),
    }
}

fn journal_row() -> JournalRow {
    JournalRow {
        id: 0,
        at: "2026-03-02T08:00:00Z".into(),
        code: "published".into(),
        params: Params::from([("title".to_owned(), "Till sales".into())]),
        product: Some(product("till-sales")),
        who: "Anna".into(),
    }
}
