use super::*;
use crate::out::package::{ShelfEntry, shelf_html};
use crate::out::testing::{English, all_kinds, card, card_of, texts};
use larder_tables::Table;

fn page(card: &Card, table: Option<&Table>) -> String {
    index_html(&PackageInput {
        card,
        table,
        shelf_name: "Bakery share",
        words: &English,
        organisation: "Bakery Mueller",
    })
}

/// What must not be in any page, whatever was put into its texts.
fn assert_harmless(page: &str) {
    let body = &page[page.find("<body>").expect("a body")..];
    for bad in ["<script", "<img", "<iframe", "<b>", "onerror=\"", "href=\"javascript", "\u{202e}", "\u{0}"] {
        assert!(!body.to_lowercase().contains(bad), "{bad} in {body}");
    }
    assert!(page.contains("default-src 'none'"));
    // Whatever is linked lies beside the page, or writes a mail.
    for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(
            link.starts_with("mailto:") || (!link.contains(':') && !link.starts_with('/') && !link.contains("..")),
            "{link}"
        );
    }
}

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=\"alert(1)\">' \u{202e}\u{0}]]> <b>";

// fault 70
#[test]
fn everything_a_colleague_wrote_is_escaped() {
    let table = texts(&[HOSTILE, HOSTILE, "</table>"]);
    let mut card = card_of(&table, HOSTILE);
    let label = &mut card.label;
    for text in [
        &mut label.summary,
        &mut label.area,
        &mut label.keeper,
        &mut label.stand_in,
        &mut label.good_for,
        &mut label.not_for,
    ] {
        *text = HOSTILE.to_owned();
    }
    label.keeper_email = Some("a@example.com\" onmouseover=\"alert(1)".into());
    label.tags = vec![HOSTILE.into()];
    label.terms = larder_model::Terms::Own { text: HOSTILE.into() };
    label.columns[0].name = HOSTILE.into();
    label.columns[0].meaning = HOSTILE.into();
    label.columns[0].unit = Some(HOSTILE.into());
    label.columns[0].example = Some(HOSTILE.into());
    card.sources[0].file_name = HOSTILE.into();
    card.filled_at = HOSTILE.into();
    card.changes = vec![larder_model::Change::ColumnNew { column: HOSTILE.into() }];
    let page = page(&card, Some(&table));
    assert_harmless(&page);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_harmless(&shelf_html(HOSTILE, &[ShelfEntry { card: &card, folder: "../<script>" }], &English));
}

#[test]
fn the_page_tells_the_label_and_shows_rows_and_pictures() {
    let (card, table) = (card(), all_kinds());
    let page = page(&card, Some(&table));
    for part in [
        "<h1 dir=\"auto\">Till sales</h1>",
        "What each shop sold",
        "mailto:anna.mueller@example.com",
        "Planning how much to bake.",
        "Käse",
        "1234.5",
        "href=\"Till%20sales.xlsx\"",
        "href=\"data/till_sales.csv\"",
        "href=\"data/till_sales.parquet\"",
        "<svg",
        "looks-up Price list",
        "till_export_MARCH(2).csv",
        "Bakery Mueller · Bakery share",
        "lang=\"en\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_harmless(&page);
}

#[test]
fn only_the_first_twenty_rows_are_shown() {
    let cells: Vec<String> = (0..50).map(|n| format!("row {n}.")).collect();
    let table = texts(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    let page = page(&card_of(&table, "x"), Some(&table));
    assert!(page.contains("row 19.") && !page.contains("row 20."));
}

#[test]
fn without_rows_on_the_shelf_no_value_is_shown() {
    let page = page(&card(), None);
    assert!(page.contains("rows-not-here") && page.contains("A code of ours"));
    for value in ["00417", "Käse", "1234.5", "<svg", "2026-03-03", ".csv\""] {
        assert!(!page.contains(value), "{value}");
    }
}

#[test]
fn empty_tables_still_make_a_page() {
    for table in [Table::empty(Vec::new()), Table::empty(all_kinds().columns().to_vec())] {
        let page = page(&card_of(&table, ""), Some(&table));
        assert!(page.ends_with("</html>\n") && !page.contains("NaN") && !page.contains("class=\"rows\""));
    }
}

#[test]
fn the_shelf_lists_areas_and_titles_in_order() {
    let (mut bread, mut apples, mut stock) = (card(), card(), card());
    bread.label.title = "Bread".into();
    apples.label.title = "Äpfel".into();
    (stock.label.title, stock.label.area) = ("Stock".into(), "Kitchen".into());
    let entries = [(&bread, "Bread"), (&stock, "Stock levels"), (&apples, "Äpfel")]
        .map(|(card, folder)| ShelfEntry { card, folder });
    let page = shelf_html("Bakery share", &entries, &English);
    let places: Vec<usize> =
        ["Kitchen</h2>", "Stock%20levels/index.html", "Shop floor</h2>", "%C3%84pfel/index.html", "Bread/index.html"]
            .iter()
            .map(|part| page.find(part).unwrap_or_else(|| panic!("{part} is not in {page}")))
            .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_harmless(&page);
    assert!(shelf_html("x", &[], &English).contains("shelf-empty"));
}
