//! Finding a data product among thousands, one key after another.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use larder_catalog::{SeenRow, SeenStore};
use larder_model::{
    CARD_FORMAT, Card, Column, Condition, Grade, Kind, Label, Person, ProductId, Profile, ReleaseHash, ShelfId,
    WriterId,
};
use serde::Serialize;

use crate::data::Seeded;
use crate::process::Figures;

/// Hits that the window asks for.
const HITS: usize = 12;

const THINGS: [&str; 32] = [
    "Till sales",
    "Price list",
    "Stock levels",
    "Recipes",
    "Ingredients",
    "Deliveries",
    "Waste diary",
    "Customers",
    "Oven log",
    "Shifts",
    "Orders",
    "Invoices",
    "Suppliers",
    "Allergens",
    "Returns",
    "Catering",
    "Flour tests",
    "Cleaning plan",
    "Cash counts",
    "Vouchers",
    "Baking plan",
    "Energy use",
    "Van routes",
    "Complaints",
    "Staff hours",
    "Machines",
    "Größenübersicht",
    "Rye doughs",
    "Wedding cakes",
    "Market stalls",
    "Holiday plan",
    "Temperatures",
];
const PLACES: [&str; 16] = [
    "Harbour Street",
    "Old Market",
    "Station",
    "Mill Lane",
    "Riverside",
    "University",
    "Airport",
    "North Gate",
    "Castle Hill",
    "Bakehouse",
    "Warehouse",
    "Office",
    "Westend",
    "Müllerplatz",
    "Café Nord",
    "Online shop",
];
const PERIODS: [&str; 8] = ["2022", "2023", "2024", "2025", "weekly", "monthly", "archive", "this year"];
const AREAS: [&str; 6] = ["Shop floor", "Bakehouse", "Purchasing", "Office", "Delivery", "Marketing"];
const NAMES: [&str; 12] =
    ["Anna", "Ben", "Chiara", "Dilek", "Emil", "Farida", "Greta", "Hugo", "Iris", "Jürgen", "Kofi", "Lena"];
const FAMILIES: [&str; 12] =
    ["Miller", "Okafor", "Rossi", "Aydin", "Novak", "Haddad", "Lund", "Martin", "Papadaki", "Weiß", "Mensah", "Braun"];
const FIELDS: [&str; 24] = [
    "date",
    "time",
    "shop",
    "product",
    "category",
    "quantity",
    "unit price",
    "total",
    "payment",
    "cashier",
    "note",
    "supplier",
    "batch",
    "weight kg",
    "temperature",
    "article no",
    "customer no",
    "due on",
    "paid on",
    "hours",
    "discount",
    "allergen",
    "shelf life",
    "reason",
];
const SENTENCES: [&str; 8] = [
    "What each till sold, one row a receipt line.",
    "Counted every evening after closing.",
    "Kept by hand in the bakehouse and typed in once a week.",
    "Comes from the supplier as a spreadsheet, corrected here.",
    "For planning how much to bake on which weekday.",
    "The figures behind the monthly talk about waste.",
    "Who worked when, as it was in the end and not as planned.",
    "Prices with and without tax, valid from the first of the month.",
];
/// What people look for; each is typed letter by letter.
const WANTED: [&str; 24] = [
    "till sales station",
    "price list 2025",
    "oven temperature",
    "allergen",
    "größen",
    "waste harbour",
    "müller",
    "stock flour",
    "anna miller",
    "deliveries",
    "rye",
    "unit price",
    "customers with consent",
    "jürgen",
    "monthly talk",
    "cafe nord",
    "staff hours castle",
    "wedding",
    "batch weight",
    "vouchers online",
    "shop floor",
    "receipt line",
    "holiday plan 2024",
    "no such thing",
];

/// All texts of one data product, for whoever searches in another way.
#[derive(Serialize)]
struct Texts<'t> {
    title: &'t str,
    columns: String,
    tags: String,
    summary: &'t str,
    people: String,
    area: &'t str,
}

/// Fills the store of a fresh home with so many data products, and types. `texts` is where the same texts and keystrokes
/// are written for others.
pub fn search(products: u64, scratch: &Path, texts: &Path) -> Result<Figures, String> {
    let home = tempfile::Builder::new().prefix("search-").tempdir_in(scratch).map_err(|e| e.to_string())?;
    let rows: Vec<SeenRow> = {
        let mut seeded = Seeded::new(20);
        (0..products).map(|number| row(number, &mut seeded)).collect::<Option<_>>().ok_or("an id is none")?
    };
    let typed = keystrokes();
    write_texts(&rows, &typed, texts)?;
    let store = SeenStore::open(home.path()).map_err(|refusal| refusal.to_string())?;
    let mut figures = Figures::default();
    let begun = Instant::now();
    for some in rows.chunks(1_000) {
        store.put_releases(some).map_err(|refusal| refusal.to_string())?;
    }
    figures.took("search-fill", begun.elapsed());
    drop(rows);
    let mut found = 0;
    for query in &typed {
        let begun = Instant::now();
        let hits = store.find(query, HITS).map_err(|refusal| refusal.to_string())?;
        let answer = serde_json::to_string(&hits).map_err(|error| error.to_string())?;
        figures.took("search", begun.elapsed());
        found += usize::from(answer.len() > 2);
    }
    // All but the few letters of what is not there.
    if found * 10 < typed.len() * 8 {
        return Err(format!("{found} of {} keystrokes found something", typed.len()));
    }
    Ok(figures)
}

/// Everything that stands in the field of the search after one more key.
fn keystrokes() -> Vec<String> {
    let begins = |text: &str| {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
        ends.into_iter().map(|end| text[..end].to_owned()).collect::<Vec<_>>()
    };
    WANTED.iter().flat_map(|text| begins(text)).collect()
}

fn write_texts(rows: &[SeenRow], typed: &[String], path: &Path) -> Result<(), String> {
    let all: Vec<Texts> = rows
        .iter()
        .map(|row| {
            let label = &row.card.label;
            let columns = label.columns.iter().map(|column| format!("{} {}", column.name, column.meaning));
            Texts {
                title: &label.title,
                columns: columns.collect::<Vec<_>>().join(" "),
                tags: label.tags.join(" "),
                summary: &label.summary,
                people: format!("{} {}", label.keeper, label.stand_in),
                area: &label.area,
            }
        })
        .collect();
    let text = serde_json::to_vec(&serde_json::json!({ "products": all, "typed": typed, "hits": HITS }));
    fs::write(path, text.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}

fn row(number: u64, seeded: &mut Seeded) -> Option<SeenRow> {
    let keeper = format!("{} {}", seeded.of(&NAMES), seeded.of(&FAMILIES));
    let card = Card {
        format: CARD_FORMAT,
        product: ProductId::parse(&format!("product-{number}"))?,
        release: 1,
        label: label(&keeper, seeded),
        profile: Profile::default(),
        condition: Condition { score: 90, grade: Grade::VeryGood, to_fix: 0 },
        to_fix: Vec::new(),
        filled_at: "2026-03-02T07:40:00+01:00".to_owned(),
        filled_by: keeper.clone(),
        changes: Vec::new(),
        sources: Vec::new(),
        related: Vec::new(),
    };
    Some(SeenRow {
        shelf: ShelfId::parse("shelf")?,
        product: card.product.clone(),
        release: 1,
        hash: ReleaseHash::parse(&format!("release-{number}"))?,
        card,
        state: "ready".to_owned(),
        state_json: "{}".to_owned(),
        confirmed: true,
        keeper: Person { name: keeper, ..Person::default() },
        writer: WriterId::parse("writer")?,
        files_json: "[]".to_owned(),
        rows_here: true,
        latest: true,
        seen_by: Vec::new(),
        arrived_at: "2026-03-02T07:41:00Z".to_owned(),
    })
}

fn label(keeper: &str, seeded: &mut Seeded) -> Label {
    let title = format!("{} {} {}", seeded.of(&THINGS), seeded.of(&PLACES), seeded.of(&PERIODS));
    let names: BTreeSet<&str> = (0..9).map(|_| seeded.of(&FIELDS)).collect();
    Label {
        title,
        summary: format!("{} {}", seeded.of(&SENTENCES), seeded.of(&SENTENCES)),
        area: seeded.of(&AREAS).to_owned(),
        keeper: keeper.to_owned(),
        stand_in: format!("{} {}", seeded.of(&NAMES), seeded.of(&FAMILIES)),
        columns: names.into_iter().map(|name| column(name, seeded.of(&SENTENCES))).collect(),
        tags: vec![seeded.of(&THINGS).to_lowercase(), seeded.of(&PERIODS).to_owned()],
        ..Label::default()
    }
}

fn column(name: &str, meaning: &str) -> Column {
    Column {
        id: name.replace(' ', "_"),
        name: name.to_owned(),
        kind: Kind::Text,
        meaning: meaning.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_one_query_and_none_cuts_a_letter() {
        let typed = keystrokes();
        let letters: usize = WANTED.iter().map(|text| text.chars().count()).sum();
        assert_eq!(typed.len(), letters);
        assert!(typed.contains(&"mü".to_owned()) && typed.contains(&"till sales s".to_owned()));
    }
}
