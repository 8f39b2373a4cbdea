//! Words that mean something in a spreadsheet, in the languages of the firms around: English, German, French, Spanish,
//! Italian, Dutch, Portuguese, Polish, Swedish, and the neighbours' where they differ. All lower case, without a dot at the end.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// Month names and their short forms, by month. Polish has them in two cases.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari",
      "janeiro", "styczeń", "stycznia", "sty", "leden", "ledna", "январь", "января", "янв", "ocak", "január",
      "ιανουάριος", "ιανουαρίου", "ιαν", "tammikuu", "tammikuuta", "siječanj", "siječnja", "ianuarie", "sausio", "sausis", "jaanuar", "janvāris", "gener", "січня", "януари", "јануар", "sij"],
    &["february", "feb", "februar", "feber", "février", "févr", "fév", "fevrier", "febrero", "febbraio",
      "februari", "fevereiro", "fev", "luty", "lutego", "lut", "únor", "února", "февраль", "февраля", "фев",
      "şubat", "február",
      "φεβρουάριος", "φεβρουαρίου", "φεβ", "helmikuu", "helmikuuta", "veljača", "veljače", "februarie", "vasario", "vasaris", "veebruar", "februāris", "febrer", "лютого", "февруари", "фебруар", "febr"],
    &["march", "mar", "märz", "mär", "mrz", "maerz", "mars", "marzo", "maart", "mrt", "março", "marco", "marzec",
      "marca", "březen", "března", "marts", "март", "марта", "мар", "mart", "március",
      "μάρτιος", "μαρτίου", "μαρ", "μάρ", "maaliskuu", "maaliskuuta", "ožujak", "ožujka", "martie", "kovo", "kovas", "märts", "març", "березня", "márc"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecień", "kwietnia", "kwi", "duben", "dubna",
      "апрель", "апреля", "апр", "nisan", "április",
      "απρίλιος", "απριλίου", "απρ", "huhtikuu", "huhtikuuta", "travanj", "travnja", "aprilie", "balandžio", "balandis", "aprill", "aprīlis", "квітня", "април", "ápr"],
    &["may", "mai", "mayo", "maggio", "mag", "mei", "maio", "maj", "maja", "květen", "května", "май", "мая",
      "mayıs", "május",
      "μάιος", "μαΐου", "μαΐ", "μάι", "μαϊ", "toukokuu", "toukokuuta", "svibanj", "svibnja", "gegužės", "gegužė", "maijs", "maig", "травня", "máj", "мај"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca", "cze", "červen",
      "června", "июнь", "июня", "июн", "haziran", "június",
      "ιούνιος", "ιουνίου", "ιουν", "kesäkuu", "kesäkuuta", "lipanj", "lipnja", "iunie", "birželio", "birželis", "juuni", "jūnijs", "juny", "червня", "юни", "јун", "jún"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec", "lipca", "lip",
      "červenec", "července", "июль", "июля", "июл", "temmuz", "július",
      "ιούλιος", "ιουλίου", "ιουλ", "heinäkuu", "heinäkuuta", "srpanj", "srpnja", "iulie", "liepos", "liepa", "juuli", "jūlijs", "juliol", "липня", "юли", "јул", "júl"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "augusti", "sierpień", "sierpnia", "sie",
      "srpen", "srpna", "август", "августа", "авг", "ağustos", "augusztus",
      "αύγουστος", "αυγούστου", "αυγ", "elokuu", "elokuuta", "kolovoz", "kolovoza", "rugpjūčio", "rugpjūtis", "augusts", "agost", "серпня", "avgust"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "set", "setembro", "wrzesień",
      "września", "wrz", "září", "сентябрь", "сентября", "сен", "eylül", "szeptember",
      "σεπτέμβριος", "σεπτεμβρίου", "σεπ", "σεπτ", "syyskuu", "syyskuuta", "rujan", "rujna", "septembrie", "rugsėjo", "rugsėjis", "septembris", "setembre", "вересня", "септември", "септембар", "szept"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "październik",
      "października", "paź", "říjen", "října", "октябрь", "октября", "окт", "ekim", "október",
      "οκτώβριος", "οκτωβρίου", "οκτ", "lokakuu", "lokakuuta", "octombrie", "spalio", "spalis", "oktoober", "oktobris", "жовтня", "октомври", "октобар"],
    &["november", "nov", "novembre", "noviembre", "novembro", "listopad", "listopada", "lis", "ноябрь", "ноября",
      "ноя", "kasım",
      "νοέμβριος", "νοεμβρίου", "νοε", "marraskuu", "marraskuuta", "studeni", "studenoga", "studenog", "noiembrie", "lapkričio", "lapkritis", "novembris", "листопада", "ноември", "новембар"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic", "dicembre",
      "dezembro", "grudzień", "grudnia", "gru", "prosinec", "prosince", "декабрь", "декабря", "дек", "aralık",
      "δεκέμβριος", "δεκεμβρίου", "δεκ", "joulukuu", "joulukuuta", "prosinac", "prosinca", "decembrie", "gruodžio", "gruodis", "detsember", "decembris", "desembre", "desember", "грудня", "декември", "децембар"],
];

#[rustfmt::skip]
const WEEKDAYS: &[&str] = &[
    "monday", "mon", "montag", "mo", "lundi", "lun", "lunes", "lunedì", "maandag", "ma", "tuesday", "tue", "tues",
    "dienstag", "di", "mardi", "mar", "martes", "martedì", "dinsdag", "wednesday", "wed", "mittwoch", "mi",
    "mercredi", "mer", "miércoles", "mié", "mercoledì", "woensdag", "wo", "thursday", "thu", "thur", "thurs",
    "donnerstag", "do", "jeudi", "jeu", "jueves", "jue", "giovedì", "gio", "donderdag", "friday", "fri", "freitag",
    "fr", "vendredi", "ven", "viernes", "vie", "venerdì", "vrijdag", "vr", "saturday", "sat", "samstag", "sa",
    "sonnabend", "samedi", "sam", "sábado", "sáb", "sabato", "sab", "zaterdag", "za", "sunday", "sun", "sonntag",
    "so", "dimanche", "dim", "domingo", "dom", "domenica", "zondag", "zo", "segunda", "seg", "terça", "ter", "quarta",
    "qua", "quinta", "qui", "sexta", "sex", "feira", "poniedziałek", "pon", "wtorek", "wt", "środa", "śr", "czwartek",
    "czw", "piątek", "pt", "pią", "sobota", "sob", "niedziela", "niedz", "ndz", "nd", "måndag", "mån", "tisdag", "tis",
    "onsdag", "ons", "torsdag", "tor", "tors", "fredag", "fre", "lördag", "lör", "söndag", "sön",
    "月", "火", "水", "木", "金", "土", "日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日", "월", "화", "수", "목", "금", "토", "일",
    "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天",
    "周一", "周二", "周三", "周四", "周五", "周六", "周日", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "нд", "po", "út", "st", "čt", "pá", "ne", "to", "pe", "su",
    "ke", "ti", "δευ", "τρι", "τετ", "πεμ", "παρ", "σαβ", "κυρ", "pzt", "sal", "çar", "per", "cum", "cmt", "paz", "hétfő", "kedd", "szerda", "csütörtök", "péntek",
    "szombat", "vasárnap", "sze", "szo", "mandag", "man", "tirsdag", "tir", "lørdag", "lør", "søndag", "søn", "lau", "din", "dins", "woe", "vrij", "zat", "zon",
    "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "terca", "sabado", "miercoles", "pondělí", "úterý", "středa", "čtvrtek", "pátek", "neděle",
    "pondelok", "utorok", "streda", "štvrtok", "piatok", "nedeľa", "ut", "št", "pi", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота",
    "воскресенье", "понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai",
    "lauantai", "sunnuntai", "la", "δευτέρα", "τρίτη", "τετάρτη", "πέμπτη", "παρασκευή", "σάββατο", "κυριακή", "pazartesi", "salı", "çarşamba", "perşembe",
    "cuma", "cumartesi", "pazar", "luni", "marți", "marţi", "miercuri", "joi", "vineri", "sâmbătă", "duminică", "ponedjeljak", "utorak", "srijeda", "četvrtak",
    "petak", "subota", "nedjelja", "ponedeljek", "torek", "sreda", "četrtek", "petek", "nedelja",
    "må", "on", "lö", "sö", "lø", "sø", "tu", "we", "th", "lu", "me", "je", "ve", "ju", "vi", "sá", "gi", "pn", "cz",
];

/// Stands for nothing where the rest of a column is something else.
#[rustfmt::skip]
const EMPTIES: &[&str] = &[
    "n/a", "na", "n.a", "n. a", "#n/a", "#nv", "#na", "-", "--", "---", "–", "—", "k.a", "k. a", "ka", "null",
    "nil", "none", "nan", "leer", "(leer)", "empty", "(empty)", "blank", "(blank)", "(none)", "(null)",
    "nicht verfügbar", "not available", "keine angabe", "entfällt", "n.v", "n.b", "n/v", "nvt", "n.v.t", "n.d",
    "nd", "s/o", "s/d", "s.d", "/", ".", "?", "??", "???", "vide", "aucun", "vacío", "vuoto", "leeg", "#null!", "<null>", "\\n",
    "missing", "fehlt", "x.x", "brak", "saknas", "ej tillgänglig", "não disponível", "sem dados", "n.c", "n/d",
    "b.d", "b/d", "#n/d", "..", "...", "…", "·", "•", "*", "**", "***", "_", "__", "----", "————", "****", "____", "....",
    "########", "00.00.0000", "00/00/0000", "00-00-0000", "0000-00-00", "0000-00-00 00:00:00", "00000000", "tbd", "tba", "n.n", "entf",
    "#n/a n/a", ":", "n. v", "n. b", "n. d", "n. c",
    // As it is, in capitals: the word of databases, where any other spelling may be somebody's name.
    "NULL",
];

/// Marks that stand for nothing when there are many of them, as wide as the cell: the place of so many among the words.
const DRAWN: [(char, &str); 7] =
    [('-', "----"), ('–', "————"), ('—', "————"), ('*', "****"), ('_', "____"), ('.', "...."), ('#', "########")];

/// What Excel shows where a formula failed, in the languages of its users.
#[rustfmt::skip]
const ERRORS: &[&str] = &[
    "#ref!", "#div/0!", "#value!", "#name?", "#null!", "#num!", "#spill!", "#calc!", "#field!", "#blocked!",
    "#busy!", "#connect!", "#getting_data", "#data!", "#bezug!", "#wert!", "#zahl!", "#überlauf!", "#valeur!",
    "#nom?", "#nombre!", "#nombre?", "#¡ref!", "#¡valor!", "#¿nombre?", "#¡div/0!", "#rif!", "#valore!", "#nome?",
    "#num!", "#verw!", "#waarde!", "#naam?", "#getal!", "#deel/0!", "#nul!", "#arg!", "#adr!", "#nazwa?", "#liczba!",
    "#zero!", "#dział/0!", "#valor!", "#división/0!", "#värdefel!", "#referens!", "#division/0!", "#namn?", "#ogiltigt!",
    "#skärning!", "#saknas!", "#nome?", "#núm!", "#err!", "#error!",
];

/// Yes and no, in pairs: the word, and whether it means yes.
#[rustfmt::skip]
const BOOLEANS: &[(&str, bool)] = &[
    ("true", true), ("false", false), ("yes", true), ("no", false), ("ja", true), ("nein", false), ("wahr", true),
    ("falsch", false), ("oui", true), ("non", false), ("vrai", true), ("faux", false), ("sí", true), ("si", true),
    ("sì", true), ("vero", true), ("falso", false), ("verdadero", true), ("nee", false), ("waar", true),
    ("onwaar", false), ("y", true), ("n", false), ("j", true), ("t", true), ("f", false), ("w", true), ("o", true),
    ("on", true), ("off", false), ("an", true), ("aus", false), ("x", true), ("✓", true), ("✔", true), ("✗", false),
    ("✘", false), ("☑", true), ("☐", false), ("1", true), ("0", false), ("-1", true), ("sim", true), ("não", false),
    ("nao", false), ("verdadeiro", true), ("tak", true), ("nie", false), ("prawda", true), ("fałsz", false),
    ("nej", false), ("sant", true), ("falskt", false), ("ano", true), ("ne", false), ("kyllä", true), ("ei", false),
    ("да", true), ("нет", false), ("так", true),
    ("ні", false), ("ναι", true), ("όχι", false), ("οχι", false), ("○", true), ("◯", true), ("×", false), ("是", true), ("否", false), ("はい", true), ("いいえ", false), ("예", true),
    ("아니오", false), ("evet", true), ("hayır", false), ("igen", true), ("nem", false), ("da", true), ("nu", false), ("✅", true), ("❌", false), ("☒", true), ("√", true), ("áno", true), ("nei", false), ("taip", true), ("jā", true), ("nē", false), ("jah", true), ("ใช่", true), ("ไม่ใช่", false), ("có", true), ("không", false), ("نعم", true), ("לא", false), ("כן", true),
];

/// Words that open a row which adds others up.
#[rustfmt::skip]
const TOTALS: &[&str] = &[
    "summe", "summen", "gesamt", "gesamtsumme", "gesamtergebnis", "gesamtbetrag", "gesamtumsatz", "total", "totals",
    "totale", "totalen", "totaux", "totales", "grand total", "zwischensumme", "teilsumme", "teilergebnis",
    "subtotal", "sub total", "sub-total", "subtotale", "sous-total", "sous total", "subtotaal", "tussentotaal",
    "endsumme", "rechnungsbetrag", "zahlbetrag", "rechnungssumme", "amount due", "invoice total", "tagessumme", "tagesumsatz", "monatssumme", "monatsumsatz", "jahressumme", "wochensumme",
    "endbetrag", "somme", "suma", "somma", "totaal", "eindtotaal", "insgesamt", "übertrag", "ergebnis", "sum",
    "overall", "all", "alle", "durchschnitt", "mittelwert", "schnitt", "average", "mean", "avg", "moyenne",
    "promedio", "media", "gemiddelde", "∑", "σ", "soma", "totais", "total geral", "razem", "łącznie", "ogółem", "suma końcowa",
    "summa", "totalt", "delsumma", "slutsumma", "média", "średnia", "medelvärde", "celkem", "součet", "i alt", "итого", "всего",
    "合計", "小計", "合计", "小计", "总计", "합계", "소계", "총계", "σύνολο", "toplam", "összesen", "yhteensä", "ukupno",
    "συνολο", "γενικό σύνολο", "γενικο συνολο", "μερικό σύνολο", "μερικο συνολο", "genel toplam", "ara toplam", "mindösszesen", "végösszeg", "részösszeg",
    "mezisoučet", "celková suma", "spolu", "medzisúčet", "skupaj", "sveukupno", "kokku", "kopā", "iš viso", "samtals", "общо", "разом", "усього",
    "общий итог", "промежуточный итог", "укупно", "総計", "总额", "總計", "tổng cộng", "tổng", "المجموع", "الإجمالي", "סה\"כ", "कुल", "รวม", "jumlah",
    "välisumma", "loppusumma", "carried forward", "brought forward", "carry forward", "c/f", "b/f", "à reporter", "a reporter", "riporto", "a riportare", "suma y sigue",
    "suma anterior", "do przeniesienia", "z przeniesienia", "a transportar", "do przen", "z przen",
];

/// Words that open the row of what is left on an account, at the end of it, and of what was on it, at the beginning.
#[rustfmt::skip]
const BALANCES: &[&str] = &[
    "saldo", "endsaldo", "schlusssaldo", "abschlusssaldo", "neuer saldo", "kontostand", "endbestand", "kassenbestand", "schlussbestand", "balance",
    "closing balance", "ending balance", "final balance", "new balance", "solde", "nouveau solde", "nuevo saldo", "eindsaldo", "slutsaldo",
    "utgående saldo", "zostatek", "konečný zůstatek", "záróegyenleg", "egyenleg", "остаток", "исходящий остаток", "υπόλοιπο", "bakiye",
    "anfangssaldo", "anfangsbestand", "saldovortrag", "vortrag", "startsaldo", "alter saldo", "opening balance", "starting balance", "previous balance", "old balance",
    "balance forward", "balance brought forward", "ancien solde", "report à nouveau", "beginsaldo", "ingående saldo", "начальный остаток", "входящий остаток",
    "počáteční zůstatek", "nyitóegyenleg", "期首残高", "前期繰越", "繰越", "期初余额", "残高", "期末残高", "余额", "期末余额", "잔액", "loppusaldo",
];

/// Of these only the whole cell counts, as they open other sentences and names as well.
const TOTALS_ALONE: &[&str] = &[
    "all",
    "alle",
    "ergebnis",
    "overall",
    "schnitt",
    "media",
    "média",
    "mean",
    "suma",
    "sum",
    "übertrag",
    "summa",
    "soma",
    "i alt",
    "spolu",
    "jumlah",
    "kokku",
    "tổng",
];

/// What they begin with, to pass over all other words quickly.
const INITIALS: &[u8; 20] = b"abcdegijkmoprstuvwyz";

/// One bit for each letter that a total may begin with.
const INITIAL_BITS: u32 = {
    let (mut bits, mut at) = (0, 0);
    while at < INITIALS.len() {
        bits |= 1 << (INITIALS[at] - b'a');
        at += 1;
    }
    bits
};

fn is_initial(byte: u8) -> bool {
    byte.is_ascii_alphabetic() && INITIAL_BITS >> (byte.to_ascii_lowercase() - b'a') & 1 == 1
}

fn folded(text: &str) -> String {
    text.trim().trim_end_matches(['.', ':']).to_lowercase()
}

/// The month (1 to 12) that this word names.
pub(crate) fn month(word: &str) -> Option<u32> {
    if !(3..=24).contains(&word.len()) {
        return None;
    }
    static BY_NAME: LazyLock<HashMap<&'static str, u32, RandomState>> = LazyLock::new(|| {
        let mut by_name = HashMap::default();
        for (names, month) in MONTHS.iter().zip(1..) {
            // A name that two languages have for different months is that of the first.
            names.iter().for_each(|name| {
                by_name.entry(*name).or_insert(month);
            });
        }
        by_name
    });
    BY_NAME.get(folded(word).as_str()).copied()
}

pub(crate) fn is_weekday(word: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str, RandomState>> = LazyLock::new(|| WEEKDAYS.iter().copied().collect());
    static LONGEST: LazyLock<usize> = LazyLock::new(|| WEEKDAYS.iter().map(|name| name.len()).max().unwrap_or(0));
    // A few blanks and dots around it, and letters that are shorter when they are small.
    word.len() <= *LONGEST + 8 && NAMES.contains(folded(word).as_str())
}

/// Stands inside written-out dates and means nothing there.
pub(crate) fn is_date_filler(word: &str) -> bool {
    matches!(word, "de" | "del" | "of" | "the" | "den" | "le" | "el" | "il" | "di" | "av" | "r" | "roku" | "г" | "года")
}

/// Stands for nothing, where the rest of the column is something else: the word's place.
pub(crate) fn empty_word(text: &str) -> Option<u8> {
    if text.len() > 24 {
        return None;
    }
    let word = if text == "NULL" { text.to_owned() } else { folded(text) };
    // Folding takes dots away, and a dot may be all there is.
    let word = if word.is_empty() { text } else { &word };
    static PLACES: LazyLock<HashMap<&'static str, u8, RandomState>> =
        LazyLock::new(|| EMPTIES.iter().enumerate().rev().map(|(place, word)| (*word, place as u8)).collect());
    let place = |word: &str| PLACES.get(word).copied();
    place(word).or_else(|| place(drawn(text)?))
}

/// One mark and nothing else, several times; or an empty form for a number, a day or a time: `--,--`, `__.__.____`.
fn drawn(text: &str) -> Option<&'static str> {
    let form = |c: char| matches!(c, '-' | '–' | '—' | '_' | '.' | ',' | ':' | '/' | ' ');
    if text.len() >= 2 && text.chars().all(form) {
        return Some("----");
    }
    let first = text.chars().next()?;
    let (_, word) = DRAWN.iter().find(|(mark, _)| *mark == first)?;
    (text.len() >= 2 && text.chars().all(|c| c == first)).then_some(*word)
}

/// What databases write for nothing, which is no word of any language.
pub(crate) fn is_never_text(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'\\' | b'<' | b'N')) && matches!(text, "\\N" | "<null>" | "<NULL>" | "NULL")
}

/// The same by the place of the word, one more than which a fact keeps.
pub(crate) fn is_never_text_place(place: u8) -> bool {
    let word = usize::from(place).checked_sub(1).and_then(|place| EMPTIES.get(place));
    matches!(word, Some(&"\\n" | &"<null>" | &"NULL"))
}

pub(crate) fn is_empty_word(text: &str) -> bool {
    empty_word(text).is_some()
}

/// What a spreadsheet shows for a failed formula: its place.
pub(crate) fn error(text: &str) -> Option<u8> {
    if !text.starts_with('#') || text.len() > 20 {
        return None;
    }
    let word = text.to_lowercase();
    ERRORS.iter().position(|known| *known == word).map(|place| place as u8)
}

pub(crate) fn is_error(text: &str) -> bool {
    error(text).is_some()
}

/// What a yes-or-no word means, and its place among them.
pub(crate) fn boolean(text: &str) -> Option<(u8, bool)> {
    if text.len() > 18 || text.is_empty() {
        return None;
    }
    static PLACES: LazyLock<HashMap<&'static str, u8, RandomState>> =
        LazyLock::new(|| BOOLEANS.iter().enumerate().rev().map(|(place, (word, _))| (*word, place as u8)).collect());
    let place = PLACES.get(text.to_lowercase().as_str())?;
    Some((*place, BOOLEANS[usize::from(*place)].1))
}

/// Words for nothing, for errors and for yes and no that have figures in them.
#[cfg(test)]
pub(super) fn with_figures() -> impl Iterator<Item = &'static str> {
    let all = EMPTIES.iter().chain(ERRORS).copied().chain(BOOLEANS.iter().map(|(word, _)| *word));
    all.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// A yes-or-no word by its place.
pub(crate) fn boolean_word(place: u8) -> &'static str {
    BOOLEANS.get(usize::from(place)).map_or("", |b| b.0)
}

/// The words for totals that begin with this letter, in lower case.
fn totals_of(first: char) -> &'static [&'static str] {
    static BY_INITIAL: LazyLock<[Vec<&'static str>; 27]> = LazyLock::new(|| {
        let mut lists: [Vec<&'static str>; 27] = Default::default();
        for word in TOTALS {
            lists[word.chars().next().map_or(26, initial)].push(word);
        }
        lists
    });
    &BY_INITIAL[initial(first)]
}

/// All letters beyond ASCII share a place.
fn initial(letter: char) -> usize {
    if letter.is_ascii_lowercase() { letter as usize - 'a' as usize } else { 26 }
}

/// Opens a row that adds others up.
pub(crate) fn is_total(text: &str) -> bool {
    if text.len() > 60 || !text.bytes().any(|b| is_initial(b) || !b.is_ascii()) {
        return false;
    }
    let text = text.trim();
    let begins = text.trim_start_matches(|c: char| !c.is_alphanumeric() || c == 'Ø' || c == 'ø').bytes().next();
    if begins.is_some_and(|b| b.is_ascii() && !is_initial(b)) {
        return false;
    }
    let folded;
    let text = if text.is_ascii() {
        // Most words only begin like a total; that is told without making new ones.
        let text = text.trim_start_matches(['*', '=', '-', ' ']);
        let Some(first) = text.bytes().next().map(|b| char::from(b.to_ascii_lowercase())) else { return false };
        let begins = |word: &&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if !totals_of(first).iter().any(begins) {
            return false;
        }
        folded = text.to_ascii_lowercase();
        folded.as_str()
    } else {
        folded = text.to_lowercase();
        folded.trim_start_matches(['*', '=', '-', ' ', '\u{d8}', 'ø', '\u{a0}'])
    };
    let Some(first) = text.chars().next() else { return false };
    totals_of(first).iter().any(|word| {
        let Some(rest) = text.strip_prefix(word) else { return false };
        let rest = rest.trim_end_matches(['.', ':', ' ', '*', '=']);
        rest.is_empty()
            || is_of_page(rest)
            || (!TOTALS_ALONE.contains(word) && rest.starts_with([' ', ':', '(', ',', '\u{a0}', '-', '/']))
    })
}

/// Words behind a sum that is carried from page to page: `von Seite 1`, `page 2`.
fn is_of_page(rest: &str) -> bool {
    const PAGES: &[&str] = &[
        "seite",
        "blatt",
        "page",
        "pagina",
        "página",
        "pag",
        "pág",
        "sida",
        "side",
        "strona",
        "strony",
        "stranu",
        "sivu",
        "sivulta",
        "oldal",
        "sayfa",
        "strana",
        "pagină",
        "страница",
        "стр",
        "σελίδα",
    ];
    const BETWEEN: &[&str] = &[
        "von",
        "vom",
        "auf",
        "der",
        "vorige",
        "vorheriger",
        "nächste",
        "from",
        "of",
        "to",
        "the",
        "previous",
        "next",
        "de",
        "la",
        "del",
        "della",
        "da",
        "van",
        "naar",
        "från",
        "fra",
        "z",
        "na",
        "précédente",
        "suivante",
        "sur",
        "di",
        "af",
        "av",
        "ze",
        "из",
        "από",
        "anterior",
        "siguiente",
    ];
    let words = || rest.split([' ', '.', '\u{a0}']).filter(|word| !word.is_empty());
    let known = |word: &str| {
        PAGES.contains(&word) || BETWEEN.contains(&word) || word.bytes().all(|b| b.is_ascii_digit() || b == b'/')
    };
    words().any(|word| PAGES.contains(&word)) && words().all(known)
}

/// The number of a page and nothing else: `Seite 1 von 2`, `Page 3/4`.
pub(crate) fn is_page(text: &str) -> bool {
    text.len() <= 40 && text.bytes().any(|b| b.is_ascii_digit()) && is_of_page(text.trim().to_lowercase().as_str())
}

/// Words in front of what a sum is made of.
const PARTS: [&str; 14] = [
    "davon",
    "darunter",
    "of which",
    "thereof",
    "dont",
    "di cui",
    "de los cuales",
    "de las cuales",
    "dos quais",
    "waarvan",
    "varav",
    "heraf",
    "w tym",
    "z toho",
];

/// Opens a row that says what the sum above is made of.
pub(crate) fn is_part(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    PARTS.iter().any(|word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':', '\u{a0}'])))
}

/// Opens a row of what is left on an account: `Saldo`, `Closing balance 31/03`.
pub(crate) fn is_balance(text: &str) -> bool {
    let text = text.trim_start_matches(['#', '*', ' ']);
    if text.len() > 60 || text.bytes().next().is_none_or(|b| b.is_ascii_digit()) {
        return false;
    }
    let text = text.to_lowercase();
    BALANCES.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '.', '(', '\u{a0}']))
    })
}

/// A name with such a word behind it: `North total`, `Nord Ergebnis`.
pub(crate) fn ends_like_total(text: &str) -> bool {
    let Some((_, last)) = text.trim_end().rsplit_once(' ') else { return false };
    let last = last.trim_end_matches([':', '.']);
    (3..=16).contains(&last.len()) && TOTALS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names_that_begin_alike() {
        for text in [
            "Summe",
            "Gesamt:",
            "TOTAL",
            "Zwischensumme Filiale 1",
            "Total March",
            "Grand total",
            "Sous-total",
            "Ø Durchschnitt",
            "* Summe *",
            "ΣΥΝΟΛΟ",
            "Suma y sigue",
            "Genel Toplam",
            "Carried forward",
            "Übertrag von Seite 1",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["Summer rolls", "Gesamtschule", "Totalausverkauf", "Ergebnis der Wahl", "Alle Tage", "Brot"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn months_in_nine_languages() {
        for (word, wanted) in [
            ("März", 3),
            ("Mrz.", 3),
            ("déc.", 12),
            ("Dic", 12),
            ("augustus", 8),
            ("GEN", 1),
            ("março", 3),
            ("października", 10),
            ("augusti", 8),
            ("maj", 5),
        ] {
            assert_eq!(month(word), Some(wanted), "{word}");
        }
        assert_eq!(month("Brot"), None);
    }

    #[test]
    fn nothing_has_many_names() {
        for word in ["n/a", "N/A", "-", "--", "k.A.", "#N/A", "NULL", "none", "leer"] {
            assert!(is_empty_word(word), "{word}");
        }
        for word in ["----", "-----------", "...", "…", "____", "##########", "——"] {
            assert!(is_empty_word(word), "{word}");
        }
        assert!(is_empty_word("--,--") && is_empty_word("__.__.____") && !is_empty_word("##1"));
        assert!(!is_empty_word("unbekannt"));
        assert!(!is_empty_word("0"));
    }

    #[test]
    fn failed_formulas_are_known() {
        assert!(is_error("#REF!"));
        assert!(is_error("#WERT!"));
        assert!(!is_error("#1"));
        assert_eq!(boolean("Ja").map(|b| b.1), Some(true));
    }
}
