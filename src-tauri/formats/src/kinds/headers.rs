//! What a header hints at. Hints only ever tip the scale: the values of the column must allow it.

use larder_model::search_text;

use super::money::{self, Mark};

/// What the words of a header suggest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    pub code: bool,
    pub money: bool,
    pub currency: Option<Mark>,
    pub percent: bool,
    pub place: bool,
    pub date: bool,
    pub time: bool,
    /// A length of time rather than a time of day.
    pub duration: bool,
    /// Nothing but a number of the row, as `No.` or `id`.
    pub running: bool,
    /// A month rather than a day.
    pub month: bool,
    /// Somebody's birthday.
    pub birth: bool,
    pub yes_no: bool,
    /// When somebody came or went.
    pub clock: bool,
    /// The same, in words that mean nothing else.
    pub hour: bool,
    /// The header gives no name.
    pub unnamed: bool,
    pub beside: Beside,
    /// Unit in brackets or at the end, such as `kg`.
    pub unit: Option<String>,
}

/// Names of times that nothing else has.
#[rustfmt::skip]
const HOURS: &[&str] = &[
    "uhrzeit", "kommt", "geht", "kommen", "gehen", "beginn", "ende", "entrata", "uscita", "arbeitsbeginn", "arbeitsende", "dienstbeginn", "dienstende",
    "heure", "hora", "ora", "orario", "klo", "kl", "klokkeslaet", "klokkeslett", "klockslag", "tulo", "lahto", "tid", "aika", "godzina",
];

/// What other columns of the table are beyond doubt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Days in eight figures.
    pub days: bool,
    /// Times of day with a dot in them.
    pub clocks: bool,
}

#[rustfmt::skip]
const CODES: &[&str] = &[
    "nr", "no", "num", "number", "nummer", "code", "kode", "plz", "postleitzahl", "zip", "zipcode", "postcode",
    "postal", "cap", "sku", "ean", "ean13", "ean8", "gtin", "gln", "upc", "isbn", "barcode", "strichcode", "plu",
    "wkn", "id", "ident", "kennung", "kennzeichen", "schluessel", "key", "ref", "referenz", "reference", "telefon",
    "telephone", "tel", "phone", "fax", "mobil", "mobile", "handy", "iban", "bic", "swift", "blz", "konto",
    "kontonummer", "account", "compte", "cuenta", "conto", "conta", "rekening", "ucet", "racun", "tili", "ust-id", "vat-id", "steuernummer", "numero", "numéro", "artikelnr", "artnr",
    "art-nr", "lieferantennr", "kundennr", "belegnr", "bonnr", "charge", "charge/lot", "lot", "batch", "serial",
    "seriennummer", "telefono", "telefone", "telefoon", "puhelin", "gsm", "celular", "movil", "tlf", "codice", "codigo", "kod",
    "koodi", "cod", "kodas", "telefonnummer", "spz", "matricula", "targa", "pin", "vin", "imei",
];
/// Ends of German and Dutch words that name a number of something.
const CODE_ENDS: &[&str] = &["nr", "nummer", "code", "kennung", "schluessel"];

#[rustfmt::skip]
const MONEY: &[&str] = &[
    "preis", "preise", "price", "prices", "umsatz", "umsaetze", "takings", "amount", "betrag", "kosten", "cost",
    "costs", "revenue", "turnover", "sales", "einnahmen", "ausgaben", "income", "expense", "expenses", "brutto",
    "netto", "gross", "net", "summe", "total", "gesamt", "wert", "value", "prix", "montant", "total", "chiffre",
    "precio", "importe", "prezzo", "importo", "prijs", "bedrag", "omzet", "salary", "lohn", "gehalt", "rabatt",
    "discount", "tip", "trinkgeld", "pfand", "deposit", "saldo", "balance", "erloes", "ek", "vk", "gebuehr", "fee",
    "miete", "rent", "steuer", "tax", "mwst", "vat", "ust", "payment", "zahlung", "ertrag", "preco", "valor", "custo", "receita",
    "cena", "kwota", "koszt", "wartosc", "pris", "belopp", "kostnad", "summa", "omsaettning", "kredit", "debit", "haben", "soll",
];
const MONEY_ENDS: &[&str] =
    &["preis", "umsatz", "betrag", "kosten", "wert", "erloes", "price", "summe", "lohn", "gebuehr"];

const PERCENT: &[&str] =
    &["prozent", "percent", "percentage", "pct", "pourcentage", "porcentaje", "percentuale", "procent"];

#[rustfmt::skip]
const PLACES: &[&str] = &[
    "ort", "stadt", "city", "town", "place", "strasse", "street", "adresse", "address", "anschrift", "land",
    "country", "region", "bundesland", "county", "state", "wohnort", "lieferort", "standort", "location",
    "gemeinde", "kanton", "ville", "adresse", "rue", "pays", "ciudad", "calle", "direccion", "pais", "citta", "via",
    "indirizzo", "paese", "plaats", "straat", "adres", "dorf", "village", "stadtteil", "bezirk", "district",
];

#[rustfmt::skip]
const DATES: &[&str] = &[
    "datum", "date", "tag", "day", "fecha", "data", "dato", "stichtag", "buchungstag", "lieferdatum", "geburtstag",
    "birthday", "mhd", "verfallsdatum", "gueltig", "valid", "von", "bis", "from", "until", "zeitpunkt", "timestamp",
    "jour", "dia", "giorno", "dag", "dzien", "skapad", "created", "updated", "erstellt", "geaendert", "datetime", "datumtid",
    "faellig", "faelligkeit", "echeance", "vencimiento", "vencimento", "scadenza", "termin", "kelt", "teljesites", "esedekesseg", "hatarido",
    "paiva", "paivays", "pvm", "erapaiva", "kuupaev", "дата", "ημερομηνια", "tarih", "tarihi", "datums", "splatnost",
];

/// The same in languages that put no blanks between words.
const DATES_INSIDE: &[&str] =
    &["日付", "日期", "年月日", "日時", "날짜", "일자", "일시", "วันที่", "תאריך", "التاريخ", "تاريخ"];

/// When somebody came and went, on time clocks.
#[rustfmt::skip]
const CLOCKS: &[&str] = &[
    "entrata", "uscita", "entrada", "salida", "saida", "entree", "sortie", "arrivee", "depart", "kommt", "geht", "kommen", "gehen", "in", "out",
    "ankunft", "abfahrt", "arrival", "departure", "abfertigung", "klo", "kl", "klokkeslaet", "klokkeslett", "klockslag", "tulo", "lahto", "alku", "loppu",
    "von", "bis", "from", "to", "dalle", "alle", "inizio", "fine", "inicio", "fin", "fim", "debut", "desde", "hasta", "od", "do", "przyjscie", "wyjscie",
    "slut", "inn", "ut", "anfang", "begin", "einde",
];

const TIMES: &[&str] =
    &["uhrzeit", "zeit", "time", "dauer", "duration", "heure", "hora", "ora", "tijd", "beginn", "ende", "start", "end"];

#[rustfmt::skip]
const DURATIONS: &[&str] = &[
    "dauer", "duration", "arbeitszeit", "stunden", "std", "hours", "hrs", "duree", "heures", "duracion", "horas", "durata", "ore",
    "duur", "uren", "duracao", "czas", "godziny", "timmar", "varaktighet", "pause", "break", "ueberstunden", "overtime", "laufzeit",
    "soll", "ist", "worked", "verspaetung", "delay", "retard", "ritardo", "retraso", "atraso", "vertraging", "forsening", "gesamtzeit", "saldo", "zeitkonto",
];

/// Begin and end of a time, as the first or the last word of a name.
#[rustfmt::skip]
const BOUNDS: &[&str] = &[
    "von", "bis", "ab", "beginn", "ende", "anfang", "start", "end", "begin", "from", "to", "until", "till", "debut", "fin", "de", "a", "au",
    "desde", "hasta", "inicio", "da", "dalle", "alle", "inizio", "fine", "van", "tot", "vanaf", "einde", "ate", "fim",
    "od", "do", "fran", "slut", "kommt", "geht", "in", "out",
];

const BIRTHS: &[&str] = &[
    "dob",
    "naissance",
    "nacimiento",
    "nascita",
    "geboren",
    "nascimento",
    "urodzenia",
    "fodd",
    "fodelsedag",
    "jahrgang",
];

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "monat", "month", "mois", "mes", "mese", "maand", "miesiac", "manad", "periode", "period", "zeitraum", "abrechnungsmonat",
];

#[rustfmt::skip]
const YES_NO: &[&str] = &[
    "aktiv", "active", "enabled", "ja/nein", "yes/no", "janein", "flag", "is", "ist", "has", "hat", "vegan",
    "vegetarisch", "vegetarian", "bio", "organic", "geloescht", "deleted", "bezahlt", "paid", "storno", "storniert",
    "cancelled", "gesperrt", "blocked", "verfuegbar", "available", "offen", "open", "erledigt", "done",
    "newsletter", "einwilligung", "consent", "opt-in", "aktion", "enthaelt", "contains", "glutenfrei", "actif",
    "activo", "attivo", "actief", "ativo", "aktywny", "aktiv?", "zaplacono", "pago", "betald",
];

#[rustfmt::skip]
const UNITS: &[&str] = &[
    "kg", "g", "mg", "t", "lb", "lbs", "oz", "l", "ml", "cl", "dl", "hl", "m", "cm", "mm", "km", "m2", "m²", "m3",
    "m³", "qm", "stk", "st", "stück", "stueck", "pcs", "pc", "pieces", "pièces", "unités", "stuks", "min", "h",
    "std", "s", "sec", "sek", "tage", "days", "wochen", "weeks", "monate", "months", "%", "°c", "°f", "c°", "kwh",
    "kw", "w", "mwh", "kcal", "kj", "pkg", "pack", "packung", "karton", "kiste", "boxes", "blech", "bleche",
    "hours", "stunden", "minuten", "minutes", "ppm", "bar", "liter", "gramm", "gram", "grams", "kilogramm", "meter",
    "ve", "me", "km/h", "x",
];

/// A unit and nothing else, brackets around it allowed.
pub(crate) fn unit(text: &str) -> Option<&str> {
    let inner = text.trim().trim_matches(|c| "()[]{}".contains(c)).trim();
    let inner = inner.strip_prefix("in ").unwrap_or(inner).trim_matches(|c| "()[]".contains(c));
    (!inner.is_empty() && inner.len() <= 12 && UNITS.contains(&inner.to_lowercase().as_str())).then_some(inner)
}

/// What is counted, or in how large numbers, as rows of units say it: `Anzahl`, `Mio. EUR`, `in Tsd.`
pub(crate) fn is_count(text: &str) -> bool {
    #[rustfmt::skip]
    const COUNTS: &[&str] = &[
        "anzahl", "number", "count", "nombre", "numero", "aantal", "antal", "liczba", "pocet", "kpl", "personen", "persons", "tsd", "tausend", "thousand",
        "thousands", "milliers", "miles", "migliaia", "mio", "million", "millions", "millionen", "millones", "milioni", "mrd", "mill", "billion", "teur", "t€", "k€",
        "mln", "tys", "prozent", "percent", "v.h", "index", "1000", "1 000",
    ];
    let folded = search_text(text.trim_matches(|c| "()[]".contains(c)));
    let mut words =
        folded.split(' ').map(|word| word.trim_matches(['.', ','])).filter(|word| !matches!(*word, "" | "in" | "en"));
    let known = |word: &str| COUNTS.contains(&word) || unit(word).is_some() || money::mark(word).is_some();
    words.clone().next().is_some_and(|word| COUNTS.contains(&word)) && words.all(known)
}

/// What a header suggests about its column.
pub(crate) fn hints(header: &str) -> Hints {
    let folded = search_text(header);
    let words: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || "()[]{},;:|_.\"'".contains(c))
        .flat_map(|word| std::iter::once(word).chain(word.split(['-', '/']).filter(move |part| *part != word)))
        .filter(|word| !word.is_empty())
        .collect();
    // `DateLet`, `customerID`: words that only their capitals part.
    let capitals = parted_by_capitals(header);
    let any = |list: &[&str]| {
        words.iter().copied().chain(capitals.iter().map(String::as_str)).any(|word| list.contains(&word))
    };
    let ends =
        |list: &[&str]| words.iter().any(|word| list.iter().any(|end| word.len() > end.len() && word.ends_with(end)));
    let amount = any(&["anzahl", "menge", "count", "quantity", "qty"])
        || folded.contains("number of")
        || folded.contains("no. of");
    let currency = money::in_header(header);
    let percent = header.contains('%') || any(PERCENT);
    let birth = any(BIRTHS) || folded.starts_with("geb") || folded.contains("birth") || folded.contains("geburt");
    // From when and until when are times of day, whatever takes so long.
    let bound = |word: Option<&&str>| word.is_some_and(|word| BOUNDS.contains(word));
    let bounds = words.len() > 1 && (bound(words.first()) || bound(words.last()));
    Hints {
        code: !amount && (any(CODES) || is_number_of(&words) || ends(CODE_ENDS)) && currency.is_none() && !percent,
        running: is_running(&folded),
        money: currency.is_some() || any(MONEY) || ends(MONEY_ENDS),
        currency,
        percent,
        place: any(PLACES),
        date: birth
            || any(DATES)
            || ends(&["datum", "date", "dato", "datums", "paiva"])
            || DATES_INSIDE.iter().any(|word| header.contains(word))
            || (header.trim().ends_with('日') && !header.trim().ends_with("曜日")),
        clock: any(CLOCKS),
        hour: any(HOURS),
        unnamed: header.trim().is_empty(),
        beside: Beside::default(),
        time: any(TIMES) || ends(&["zeit"]),
        duration: !bounds && (any(DURATIONS) || ends(&["dauer", "stunden", "arbeitszeit", "hours"])),
        birth,
        month: any(MONTHS) || ends(&["monat", "month"]),
        yes_no: any(YES_NO) || header.trim().ends_with('?'),
        unit: unit_of(header, percent),
    }
}

/// The words of a name that only their capitals part, where there are several.
fn parted_by_capitals(header: &str) -> Vec<String> {
    let (mut words, mut word, mut small) = (Vec::new(), String::new(), false);
    for letter in header.chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && small) {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.push(letter);
        }
        small = letter.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    if words.len() < 2 {
        return Vec::new();
    }
    words.iter().map(|word| search_text(word)).collect()
}

/// `N. cliente`, `Nº de socio`, `Nr Rechnung`: the number of something.
fn is_number_of(words: &[&str]) -> bool {
    words.len() >= 2 && matches!(words[0], "n" | "nº" | "n°" | "nr" | "no" | "num")
}

/// The whole header says that rows are numbered.
fn is_running(folded: &str) -> bool {
    let bare: String = folded.chars().filter(|c| c.is_alphanumeric() || *c == '#').collect();
    matches!(
        bare.as_str(),
        "slno"
            | "srno"
            | "sno"
            | "serialno"
            | "no"
            | "nr"
            | "num"
            | "number"
            | "nummer"
            | "id"
            | "#"
            | "pos"
            | "lfdnr"
            | "lfd"
            | "laufendenummer"
            | "n"
            | "numero"
            | "lp"
            | "zeile"
            | "row"
            | "line"
            | "ref"
            | "index"
            | "rowid"
            | "lnr"
            | "rang"
            | "rank"
            | "platz"
            | "place"
            | "miejsce"
            | "poradi"
            | "posizione"
            | "plats"
            | "sija"
            | "poz"
            | "č"
    )
}

fn unit_of(header: &str, percent: bool) -> Option<String> {
    let bracketed =
        header.rfind(['(', '[']).and_then(|open| header[open + 1..].split([')', ']']).next()).and_then(unit);
    let after = |word: &str| header.rfind(word).and_then(|at| unit(&header[at + word.len()..]));
    let last = header.split_whitespace().last().filter(|_| header.split_whitespace().count() > 1);
    bracketed
        .or_else(|| after(" in "))
        .or_else(|| {
            last.filter(|word| word.len() > 1 && !word.eq_ignore_ascii_case("min") && !word.eq_ignore_ascii_case("me"))
                .and_then(unit)
        })
        .map(str::to_owned)
        .or_else(|| percent.then(|| "%".to_owned()))
}

/// A word that stands above columns far more often than in them.
pub(crate) fn is_header_word(text: &str) -> bool {
    #[rustfmt::skip]
    const OTHERS: &[&str] = &[
        "name", "vorname", "nachname", "artikel", "article", "item", "product", "produkt", "bezeichnung",
        "description", "beschreibung", "menge", "quantity", "qty", "anzahl", "count", "einheit", "unit",
        "kategorie", "category", "warengruppe", "gruppe", "group", "filiale", "shop", "branch", "store", "kunde",
        "customer", "lieferant", "supplier", "bemerkung", "notiz", "note", "notes", "comment", "kommentar",
        "status", "typ", "type", "art", "email", "e-mail", "mail", "jahr", "year", "monat", "month", "woche",
        "week", "kw", "pos", "position", "firma", "company", "mitarbeiter", "employee", "kasse", "till", "bestand",
        "stock", "verkauft", "sold", "produit", "nom", "quantite", "magasin", "producto", "nombre", "cantidad",
        "tienda", "prodotto", "nome", "quantita", "negozio", "naam", "aantal", "winkel", "zutat", "ingredient",
        "rezept", "recipe", "allergen", "zahlart", "payment", "kassierer", "cashier", "verkaeufer", "titel",
        "title", "anrede", "sum", "titel", "sorte", "color", "colour", "farbe", "size", "groesse", "gewicht",
        "weight", "laenge", "length", "label", "key", "abteilung", "department",
    ];
    let folded = search_text(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .any(|word| [OTHERS, CODES, MONEY, PLACES, DATES, TIMES, PERCENT].iter().any(|list| list.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_hint_at_codes() {
        for header in [
            "Artikel-Nr.",
            "Article no.",
            "Artikelnummer",
            "PLZ",
            "Kunden-ID",
            "SKU",
            "EAN",
            "Bon Nr",
            "Telefon",
            "BonNr",
        ] {
            assert!(hints(header).code, "{header}");
        }
        for header in ["Anzahl", "Number of visitors", "Artikel", "Notiz", "Menge Nr", "Nordfiliale"] {
            assert!(!hints(header).code, "{header}");
        }
    }

    #[test]
    fn headers_hint_at_money_and_units() {
        assert!(hints("Einzelpreis").money);
        assert!(hints("Umsatz brutto (€)").currency.is_some());
        assert_eq!(hints("Gewicht (kg)").unit.as_deref(), Some("kg"));
        assert_eq!(hints("Gewicht in kg").unit.as_deref(), Some("kg"));
        assert_eq!(hints("Marge %").unit.as_deref(), Some("%"));
        assert_eq!(hints("Preis (netto)").unit, None);
        assert_eq!(hints("Menge").unit, None);
    }

    #[test]
    fn from_when_until_when_are_times_of_day() {
        for (header, duration) in
            [("Dauer", true), ("Dauer von", false), ("Pause bis", false), ("Horas de trabajo", true)]
        {
            assert_eq!(hints(header).duration, duration, "{header}");
        }
        assert!(hints("DOB").date && hints("DOB").birth);
    }

    #[test]
    fn capitals_part_words_and_dates_have_names_everywhere() {
        for header in
            ["DateLet", "EcritureDate", "dateFin", "開立日期", "支払日", "วันที่", "Дата", "Esedékesség", "Échéance"]
        {
            assert!(hints(header).date, "{header}");
        }
        for header in ["Datei", "Updates", "曜日", "Umsatz"] {
            assert!(!hints(header).date, "{header}");
        }
        assert!(hints("customerId").code && !hints("Paid").code);
        assert!(hints("Entrata").clock && hints("Kommt").clock && !hints("Menge").clock);
    }

    #[test]
    fn units_stand_alone() {
        assert_eq!(unit("[kg]"), Some("kg"));
        assert_eq!(unit("in kg"), Some("kg"));
        assert_eq!(unit("in (%)"), Some("%"));
        assert_eq!(unit("Brot"), None);
    }
}
