//! What a file as a whole suggests where a column proves nothing: its decimal mark, the order of its dates.

use larder_model::{DateOrder, DecimalMark, Format, search_text};

use crate::grid::Grid;
use crate::kinds::column::ColumnFacts;
use crate::kinds::decide::{Setting, mark_votes, order_votes, winner};
use crate::kinds::facts::{Fact, clean, is};
use crate::kinds::headers::Hints;
use crate::kinds::money::{Currency, Mark};
use crate::kinds::{date, words};
use crate::open::Book;

/// Words of headers in languages that write decimals with a comma and the day first.
#[rustfmt::skip]
const COMMA_WORDS: &[&str] = &[
    "datum", "menge", "preis", "artikel", "summe", "umsatz", "anzahl", "bezeichnung", "strasse", "ort", "kunde",
    "uhrzeit", "einheit", "betrag", "verkauft", "filiale", "nummer", "bestand", "lieferant", "warengruppe", "kasse",
    "tag", "monat", "jahr", "gesamt", "brutto", "netto", "stueck", "zahlart", "bemerkung", "nr", "prix", "montant",
    "quantite", "produit", "date de", "fecha", "precio", "cantidad", "importe", "producto", "prezzo", "quantita",
    "importo", "prodotto", "prijs", "aantal", "bedrag", "omzet", "leverancier", "klant", "naam", "magasin",
    "tienda", "negozio", "winkel", "jour", "heure", "quantidade", "preco", "loja", "produto", "cena", "ilosc", "kwota",
    "nazwa", "cliente", "antal", "pris", "vara", "belopp", "namn", "mangd", "summa", "kurs", "giorno", "mese", "incasso", "mes", "dia",
];

/// Letters of languages that write decimals with a comma.
fn is_of_comma_land(letter: char) -> bool {
    "äöüßÄÖÜéèêçñãõáíóúłąęśżźćńåøæčšžřěůőűğışþð".contains(letter)
        || matches!(letter, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{4ff}')
}

/// What the whole file suggests.
pub(crate) struct Suggested {
    mark: DecimalMark,
    order: DateOrder,
    /// Order proven by another column of dates.
    proven_order: Option<DateOrder>,
}

/// Looks at all columns together.
pub(crate) fn suggested(book: &Book, names: &[String], facts: &[&ColumnFacts], hints: &[Hints]) -> Suggested {
    let add = |a: (u64, u64), b: (u64, u64)| (a.0 + u64::from(b.0 > b.1), a.1 + u64::from(b.1 > b.0));
    let marks = facts.iter().map(|f| mark_votes(f)).fold((0, 0), add);
    let orders = facts.iter().map(|f| order_votes(f)).fold((0, 0), add);
    let comma_words = names
        .iter()
        .filter(|name| search_text(name).split(|c: char| !c.is_alphanumeric()).any(|word| COMMA_WORDS.contains(&word)))
        .count();
    let letters = names.iter().any(|name| name.contains(is_of_comma_land));
    let semicolons =
        book.opened.format == Format::Csv && book.opened.text.as_ref().is_some_and(|text| text.delimiter.is(b';'));
    let dotted =
        facts.iter().any(|f| f.count(|fact| fact.has(is::DAY) && !fact.has(is::CLEAR_DAY) && fact.extra == b'.') > 0);
    let european = comma_words > 0 || letters || semicolons || dotted;
    let usual = if european { DecimalMark::Comma } else { DecimalMark::Dot };
    let grouped = || facts.iter().find_map(|facts| of_groups(facts));
    let mark = winner(marks, DecimalMark::Comma, DecimalMark::Dot).or_else(grouped).unwrap_or(usual);
    let currency =
        |codes: &[&str]| hints.iter().any(|h| matches!(h.currency, Some(Mark::Known(c)) if codes.contains(&c.code())));
    let met = |codes: &[&str]| {
        let one = |fact: &Fact| fact.currency > 0 && codes.contains(&Currency(fact.currency - 1).code());
        currency(codes) || facts.iter().any(|f| f.count(one) > 0)
    };
    let day_first = mark == DecimalMark::Comma || european || met(&["EUR", "GBP", "CHF"]);
    let order = if day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    Suggested { mark, order, proven_order: winner(orders, DateOrder::DayFirst, DateOrder::MonthFirst) }
}

/// Numbers that are parted before their last three figures, beside whole ones of three at most: `3.882` and `688` are counted in
/// thousands, and what parts those is not the decimal mark.
fn of_groups(facts: &ColumnFacts) -> Option<DecimalMark> {
    let parted = |fact: &Fact| fact.has(is::NUMBER) && fact.has(is::PARTED) && !fact.has(is::TYPED);
    let whole =
        |short: bool| facts.count(|fact| fact.has(is::DIGITS) && !fact.has(is::TYPED) && (fact.extra <= 3) == short);
    let (all, dots) = (facts.count(parted), facts.count(|fact| parted(fact) && fact.comma == 0 && fact.dot == 3));
    let commas = facts.count(|fact| parted(fact) && fact.dot == 0 && fact.comma == 3);
    if all < 3 || whole(true) < 2 || whole(false) > 0 {
        return None;
    }
    match all {
        all if all == dots => Some(DecimalMark::Comma),
        all if all == commas => Some(DecimalMark::Dot),
        _ => None,
    }
}

impl Suggested {
    /// What it means for one column.
    pub fn setting(&self, book: &Book, grid: Grid<'_>, column: usize, facts: &ColumnFacts) -> Setting {
        let dotted = facts.count(|f| f.has(is::DAY) && f.extra == b'.') > 0;
        let order = match self.proven_order {
            _ if dotted => DateOrder::DayFirst,
            Some(order) => order,
            None => {
                denser(grid, column, facts).or_else(|| of_file_name(book, grid, column, facts)).unwrap_or(self.order)
            }
        };
        Setting { mark: self.mark, order, chosen_mark: None, chosen_order: None }
    }
}

/// Days of one file lie together: the order under which they do by far is the likelier one.
fn denser(grid: Grid<'_>, column: usize, facts: &ColumnFacts) -> Option<DateOrder> {
    let span = |order: DateOrder| -> Option<(i32, usize)> {
        let mut days: Vec<i32> = open_days(grid, column, facts).filter_map(|w| w.days(order)).collect();
        days.sort_unstable();
        days.dedup();
        Some((days.last()? - days.first()?, days.len()))
    };
    let ((day_first, count), (month_first, _)) = (span(DateOrder::DayFirst)?, span(DateOrder::MonthFirst)?);
    if count < 3 {
        return None;
    }
    if day_first * 4 < month_first {
        return Some(DateOrder::DayFirst);
    }
    (month_first * 4 < day_first).then_some(DateOrder::MonthFirst)
}

fn open_days<'a>(grid: Grid<'a>, column: usize, facts: &'a ColumnFacts) -> impl Iterator<Item = date::Written> + 'a {
    facts
        .lines
        .iter()
        .filter(|line| line.fact.has(is::DAY) && !line.fact.has(is::CLEAR_DAY))
        .flat_map(|line| line.rows.iter())
        .filter_map(move |row| date::written(clean(grid.cell(*row, column).text)))
}

/// A month in the file's name that one of the two orders gives to every day.
fn of_file_name(book: &Book, grid: Grid<'_>, column: usize, facts: &ColumnFacts) -> Option<DateOrder> {
    let month = book.file_name.split(|c: char| !c.is_alphabetic()).find_map(words::month)?;
    let all = |order: DateOrder| {
        open_days(grid, column, facts).all(|w| w.days(order).is_some_and(|days| date::from_days(days).1 == month))
    };
    match (all(DateOrder::DayFirst), all(DateOrder::MonthFirst)) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}
