//! Currencies as they are written beside amounts: symbols, short names and ISO 4217 codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// A currency, by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Currency(pub u8);

/// ISO 4217 code, and the other ways to write it (lower case). The first that fits wins.
const CURRENCIES: &[(&str, &[&str])] = &[
    ("EUR", &["€", "euro", "euros", "eur."]),
    ("USD", &["$", "us$", "usd$"]),
    ("GBP", &["£", "gbp£"]),
    ("CHF", &["fr.", "sfr.", "sfr", "chf."]),
    ("JPY", &["¥", "￥", "円"]),
    ("PLN", &["zł", "zl"]),
    ("CZK", &["kč", "kc"]),
    ("HUF", &["ft", "ft."]),
    ("SEK", &[]),
    ("NOK", &[]),
    ("DKK", &[]),
    ("TRY", &["₺", "tl"]),
    ("INR", &["₹"]),
    ("RON", &["lei", "leu"]),
    ("BGN", &["лв", "лв."]),
    ("UAH", &["₴", "грн", "грн."]),
    ("RUB", &["₽", "руб", "руб.", "р.", "rub."]),
    ("ILS", &["₪"]),
    ("CAD", &["ca$", "c$"]),
    ("AUD", &["a$", "au$"]),
    ("NZD", &["nz$"]),
    ("CNY", &["元", "圓", "人民币", "rmb", "cn¥"]),
    ("KRW", &["₩", "￦", "원"]),
    ("ISK", &[]),
    ("ZAR", &[]),
    ("MXN", &[]),
    ("BRL", &["r$"]),
    ("HRK", &[]),
    ("RSD", &["din", "din.", "дин", "дин."]),
    ("SGD", &[]),
    ("HKD", &["hk$"]),
    ("TWD", &["nt$"]),
    ("THB", &["฿", "บาท"]),
    ("VND", &["₫", "đ"]),
    ("PHP", &["₱"]),
    ("IDR", &["rp", "rp."]),
    ("MYR", &["rm"]),
    ("KZT", &["₸"]),
    ("GEL", &["₾"]),
    ("AED", &["د.إ"]),
    ("MAD", &[]),
    ("EGP", &[]),
    ("NGN", &["₦"]),
    ("COP", &["col$"]),
    ("CLP", &[]),
    ("PEN", &["s/"]),
];

/// Written beside amounts without telling which one of several it is. The backslash stands where Japanese and Korean letters have
/// the signs of their currencies.
const SHARED: &[&str] = &["kr", "kr.", "\\", "rs", "rs."];

/// What is written beside an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A currency.
    Known(Currency),
    /// Money, but `kr` alone does not say whose.
    Unknown,
}

impl Currency {
    /// ISO 4217 code.
    pub fn code(self) -> &'static str {
        CURRENCIES.get(usize::from(self.0)).map_or("", |c| c.0)
    }
}

/// The currency mark that this whole text is.
pub(crate) fn mark(text: &str) -> Option<Mark> {
    let text = text.trim_matches(|c: char| c.is_whitespace());
    // "Rm 2" is a room; ringgit are written in capitals.
    if text.is_empty() || text.len() > 12 || text == "Rm" {
        return None;
    }
    static KNOWN: LazyLock<HashMap<String, Mark, RandomState>> = LazyLock::new(|| {
        let shared = SHARED.iter().map(|sign| ((*sign).to_owned(), Mark::Unknown));
        let currencies = CURRENCIES.iter().enumerate().rev().flat_map(|(place, (code, others))| {
            let mark = Mark::Known(Currency(place as u8));
            let others = others.iter().map(move |other| ((*other).to_owned(), mark));
            others.chain(std::iter::once((code.to_ascii_lowercase(), mark)))
        });
        // A sign of several is that of the first.
        shared.chain(currencies).collect()
    });
    KNOWN.get(&text.to_lowercase()).copied()
}

/// A currency named inside a header, such as `Umsatz (€)` or `Preis in EUR`.
pub(crate) fn in_header(header: &str) -> Option<Mark> {
    header.split(|c: char| c.is_whitespace() || "()[]{}/,;:|_-".contains(c)).filter(|word| !word.is_empty()).find_map(
        |word| {
            // "try", "ft" and the like are words as well: in a header only codes in capitals and signs count.
            let sign = word.chars().any(|c| !c.is_alphanumeric() && c != '.');
            let capitals = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
            let euro = word.eq_ignore_ascii_case("euro");
            (sign || capitals || euro).then(|| mark(word)).flatten()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(mark: Option<Mark>) -> &'static str {
        match mark {
            Some(Mark::Known(currency)) => currency.code(),
            Some(Mark::Unknown) => "?",
            None => "",
        }
    }

    #[test]
    fn signs_names_and_codes_are_known() {
        for (text, wanted) in [("€", "EUR"), ("eur", "EUR"), ("£", "GBP"), ("Fr.", "CHF"), ("kr", "?"), ("kg", "")] {
            assert_eq!(code(mark(text)), wanted, "{text}");
        }
    }

    #[test]
    fn a_header_may_name_the_currency() {
        for (text, wanted) in [
            ("Umsatz (€)", "EUR"),
            ("Preis in EUR", "EUR"),
            ("Takings £", "GBP"),
            ("Try again", ""),
            ("Zutat", ""),
            ("Preis_CHF", "CHF"),
        ] {
            assert_eq!(code(in_header(text)), wanted, "{text}");
        }
    }
}
