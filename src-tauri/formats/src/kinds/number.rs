//! Numbers as people and tills write them: 1.234,56 and 1,234.56, 1 234,56, 1'234.56, (12), 12-, € 3,20, 12 %.

use larder_model::DecimalMark;

use super::money::{self, Mark};

/// A number's text without sign, currency and percent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written<'a> {
    /// Digits, decimal mark and grouping.
    pub body: &'a str,
    pub negative: bool,
    pub percent: bool,
    pub money: Option<Mark>,
}

/// A number as it reads under one decimal mark: `mantissa / 10^decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub mantissa: i128,
    pub decimals: u8,
}

/// Digits of a number at most; more is a code or an attack.
const DIGITS: usize = 30;
/// Bytes of a number with everything around it.
const BYTES: usize = 64;

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{2013}')
}

/// Takes signs, currency and percent sign off. Nothing where no digit is left or other letters stand there.
pub(crate) fn written(text: &str) -> Option<Written<'_>> {
    let text = text.trim_matches(is_blank);
    // Rupees are closed so.
    let mut body = text.strip_suffix("/-").unwrap_or(text);
    if body.len() > BYTES || !body.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut out = Written { body, negative: false, percent: false, money: None };
    if body.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return Some(out);
    }
    body = without_stars(body);
    // Each round takes one thing off one end: "- € (3,20)", "EUR 3,20-", "-3,20 €".
    let (mut signs, mut rounds) = (0, 0);
    loop {
        let before = body.len();
        rounds += 1;
        if let Some(inner) = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')) {
            out.negative = true;
            signs += 1;
            body = inner.trim_matches(is_blank);
        }
        // A dash before the mark stands for no whole units: CHF –.80
        if out.money.is_some()
            && body.starts_with(['–', '—'])
            && body.trim_start_matches(['–', '—']).starts_with(['.', ','])
        {
            body = body.trim_start_matches(['–', '—']);
        } else if let Some(rest) = body.strip_prefix(is_minus).or_else(|| money_dash(body)) {
            out.negative = true;
            signs += 1;
            body = rest.trim_matches(is_blank);
        } else if let Some(rest) =
            body.strip_prefix(['△', '▲']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            // As the Japanese write what is missing.
            out.negative = true;
            signs += 1;
            body = rest;
        } else if let Some(rest) = body.strip_prefix('+').or_else(|| plus_behind(body)) {
            signs += 1;
            body = rest.trim_matches(is_blank);
        }
        // In Turkish and Basque the sign stands in front.
        if let Some(rest) = without_percent(body) {
            if out.percent {
                return None;
            }
            out.percent = true;
            body = rest.trim_matches(is_blank);
        }
        if let Some((rest, mark)) = without_currency(body) {
            if out.money.is_some() {
                return None;
            }
            out.money = Some(mark);
            body = rest.trim_matches(is_blank);
        }
        if body.len() == before {
            break;
        }
        if rounds > 4 || signs > 1 {
            return None;
        }
    }
    out.body = body;
    (body.bytes().any(|b| b.is_ascii_digit()) && !names_something(text, &out)).then_some(out)
}

/// Letters that could mark money, a dash and figures with zeros in front: `TL-001`.
fn names_something(text: &str, written: &Written<'_>) -> bool {
    let figures = written.body;
    let zeros = figures.len() > 1 && figures.starts_with('0') && figures.bytes().all(|b| b.is_ascii_digit());
    zeros && written.negative && written.money.is_some() && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// A number and the unit behind it, or in front: `12 kg`, `3 St.`, `ca. 5 km` is none.
pub(crate) fn with_unit(text: &str) -> Option<(Written<'_>, &str)> {
    let text = text.trim_matches(is_blank);
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let unit = text[last..].trim_matches(is_blank);
    let unit = super::headers::unit(unit.trim_end_matches('.')).filter(|unit| *unit != "%")?;
    let written = written(&text[..last])?;
    let reads = [DecimalMark::Comma, DecimalMark::Dot].iter().any(|mark| under(written.body, *mark).is_some());
    (reads && written.money.is_none() && !written.percent).then_some((written, unit))
}

/// The figures of a row's number with a dot behind them: `12.`
pub(crate) fn ordinal(text: &str) -> Option<&str> {
    let figures = text.strip_suffix('.')?;
    ((1..=6).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit())).then_some(figures)
}

/// Without its percent sign, or the word for it.
fn without_percent(body: &str) -> Option<&str> {
    let signs = body.strip_suffix(['%', '％']).or_else(|| body.strip_prefix('%'));
    signs.or_else(|| ["v.H.", "v. H.", "Prozent", "percent", "pct"].iter().find_map(|word| body.strip_suffix(word)))
}

/// A plus at the end, as old ledgers print it: `12,50+`.
fn plus_behind(body: &str) -> Option<&str> {
    body.strip_suffix('+').filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// A number between stars, as cheques are printed and as footnotes mark it: `**12.50`, `12.50 *`.
fn without_stars(body: &str) -> &str {
    match body.starts_with('*') || body.ends_with('*') {
        true => body.trim_matches('*').trim_matches(is_blank),
        false => body,
    }
}

/// A minus at the end: `12-`, but not the dash of `5,-`.
fn money_dash(body: &str) -> Option<&str> {
    let rest = body.strip_suffix(is_minus)?;
    rest.ends_with(|c: char| c.is_ascii_digit() || is_blank(c)).then_some(rest)
}

fn without_currency(body: &str) -> Option<(&str, Mark)> {
    let is_number = |c: char| c.is_ascii_digit() || is_minus(c) || "(+.,".contains(c);
    let first = body.find(|c: char| c.is_ascii_digit())?;
    // "Fr. 5": a dot in front belongs to the sign, not to the number.
    let head = body[..first].trim_end_matches(|c: char| is_minus(c) || "(+".contains(c));
    if !head.is_empty() {
        let bare = head.trim_end_matches(|c: char| is_minus(c) || is_blank(c) || ".,".contains(c));
        for head in [head, head.trim_end_matches(['.', ',']), bare] {
            if let Some(mark) = money::mark(head) {
                return Some((&body[head.len()..], mark));
            }
        }
        return None;
    }
    let last = body.rfind(is_number)?;
    let end = last + body[last..].chars().next().map_or(1, char::len_utf8);
    // "5 Fr.": here the dot is the last thing of all.
    let digit = body.rfind(|c: char| c.is_ascii_digit())? + 1;
    for tail in
        [&body[end..], body[digit..].trim_start_matches(|c: char| is_minus(c) || is_blank(c) || "),".contains(c))]
    {
        if let Some(mark) = (!tail.is_empty()).then(|| money::mark(tail)).flatten() {
            return Some((&body[..body.len() - tail.len()], mark));
        }
    }
    None
}

/// Reads digits and grouping under one decimal mark; nothing where that cannot be.
pub(crate) fn under(body: &str, mark: DecimalMark) -> Option<Decimal> {
    let (decimal, group) = match mark {
        DecimalMark::Comma => (',', '.'),
        DecimalMark::Dot => ('.', ','),
    };
    let (whole, part) = match body.split_once(decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (body, None),
    };
    let mut number = Decimal { mantissa: 0, decimals: 0 };
    let mut digits = 0;
    add_whole(whole, group, &mut number, &mut digits)?;
    if let Some(part) = part {
        // 5,- and 5,-- mean five and nothing.
        if !part.is_empty() && part.chars().all(is_minus) && part.chars().count() <= 2 {
            return (digits > 0).then_some(Decimal { mantissa: number.mantissa * 100, decimals: 2 });
        }
        if part.is_empty() || (whole.is_empty() && !part.bytes().all(|b| b.is_ascii_digit())) {
            return None;
        }
        for c in part.chars() {
            add_digit(&mut number, c, &mut digits)?;
            number.decimals += 1;
        }
    }
    (digits > 0).then_some(number)
}

fn add_digit(number: &mut Decimal, c: char, digits: &mut usize) -> Option<()> {
    let digit = c.to_digit(10)?;
    *digits += 1;
    if *digits > DIGITS {
        return None;
    }
    number.mantissa = number.mantissa * 10 + i128::from(digit);
    Some(())
}

/// Digits in front of the decimal mark: all in one, in groups of three after one to three, or as in India in groups of
/// two before a last one of three (12,34,567).
fn add_whole(whole: &str, group: char, number: &mut Decimal, digits: &mut usize) -> Option<()> {
    let mut separator = None;
    let (mut run, mut first, mut threes, mut twos) = (0, 0, 0, 0);
    let mut leading_zero = false;
    for c in whole.chars() {
        if c.is_ascii_digit() {
            if *digits == 0 && c == '0' {
                leading_zero = true;
            }
            run += 1;
            add_digit(number, c, digits)?;
            continue;
        }
        let space = is_blank(c);
        if !(c == group || space || matches!(c, '\'' | '\u{2019}' | '_')) {
            return None;
        }
        let c = if space { ' ' } else { c };
        match (separator, run) {
            (None, 1..=3) if !leading_zero => first = run,
            (Some(known), 3) if known == c => threes += 1,
            (Some(','), 2) if c == ',' => twos += 1,
            _ => return None,
        }
        separator = Some(c);
        run = 0;
    }
    let indian = twos > 0 && threes == 0 && first <= 2;
    (separator.is_none() || (run == 3 && (twos == 0 || indian))).then_some(())
}

/// A number with an exponent, such as `1.2E+05`; only with a sign, a decimal mark or a small e, as `12E4` is a code.
pub(crate) fn scientific(text: &str, mark: DecimalMark) -> Option<f64> {
    let text = text.trim_matches(is_blank);
    let at = text.find(['e', 'E'])?;
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let signed = exponent.starts_with(['+', '-']);
    let decimal = match mark {
        DecimalMark::Comma => ',',
        DecimalMark::Dot => '.',
    };
    let plain = mantissa.trim_start_matches('-');
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = plain.split_once(decimal).unwrap_or((plain, "0"));
    if !(signed || plain.contains(decimal) || text.contains('e'))
        || !digits(whole)
        || !digits(part)
        || !digits(exponent.trim_start_matches(['+', '-']))
    {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number)
}

impl Decimal {
    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        const EXACT: [f64; 23] = [
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
            1e19, 1e20, 1e21, 1e22,
        ];
        // Both exact, so the quotient is correctly rounded.
        if self.mantissa.unsigned_abs() < (1 << 53)
            && let Some(power) = EXACT.get(usize::from(self.decimals))
        {
            return self.mantissa as f64 / power;
        }
        format!("{}e-{}", self.mantissa, self.decimals).parse().unwrap_or(f64::NAN)
    }

    /// As a whole number, where no part is left over.
    pub fn to_i64(self) -> Option<i64> {
        let power = 10i128.checked_pow(u32::from(self.decimals))?;
        (self.mantissa % power == 0).then(|| i64::try_from(self.mantissa / power).ok()).flatten()
    }

    /// With this many decimals, rounded half away from zero; nothing beyond 18 digits.
    pub fn scaled(self, decimals: u8) -> Option<i128> {
        let scaled = if decimals >= self.decimals {
            self.mantissa.checked_mul(10i128.checked_pow(u32::from(decimals - self.decimals))?)?
        } else {
            let power = 10i128.checked_pow(u32::from(self.decimals - decimals))?;
            let half = power / 2 * self.mantissa.signum();
            (self.mantissa + half) / power
        };
        (scaled.unsigned_abs() < 10u128.pow(18)).then_some(scaled)
    }
}

/// Digits with at most one decimal mark between them, as nearly all numbers are.
fn simple(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let decimal = match mark {
        DecimalMark::Comma => b',',
        DecimalMark::Dot => b'.',
    };
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let (mut mantissa, mut point) = (0i64, None);
    for (place, &byte) in bytes.iter().enumerate() {
        if byte.is_ascii_digit() {
            mantissa = mantissa * 10 + i64::from(byte - b'0');
        } else if byte == decimal && point.is_none() && place > 0 {
            point = Some(place);
        } else {
            return None;
        }
    }
    let decimals = point.map_or(0, |place| bytes.len() - place - 1);
    (point.is_none() || decimals > 0).then_some(Decimal { mantissa: i128::from(mantissa), decimals: decimals as u8 })
}

/// A number of a person's or a till's making, sign and all.
pub(crate) fn parse(text: &str, mark: DecimalMark) -> Option<(Decimal, Written<'_>)> {
    if let Some(number) = simple(text, mark) {
        return Some((number, Written { body: text, negative: false, percent: false, money: None }));
    }
    let written = written(text)?;
    let mut number = under(written.body, mark)?;
    if written.negative {
        number.mantissa = -number.mantissa;
    }
    Some((number, written))
}

/// A number as workbooks are read: digits, at most one dot, a minus. Scientific for the very large and small.
pub(crate) fn parse_stored(text: &str) -> Option<Decimal> {
    if let Some(number) = simple(text, DecimalMark::Dot) {
        return Some(number);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut number = under(digits, DecimalMark::Dot)?;
    if negative {
        number.mantissa = -number.mantissa;
    }
    Some(number)
}

/// A stored number of a workbook as Excel's General format shows it: at most 15 digits that count, no exponent up to
/// 10^21, no `.0`.
pub(crate) fn general_text(value: f64) -> String {
    let mut out = String::new();
    push_general(&mut out, value);
    out
}

/// The same, added to a text.
pub(crate) fn push_general(out: &mut String, value: f64) {
    /// Prices, weights, counts: the nearest number of four decimals at most is the number itself, so those are all of its figures.
    const PARTS: f64 = 10_000.0;
    let parts = (value * PARTS).round();
    if parts.abs() < 1e15 && parts / PARTS == value {
        let (whole, mut part, mut digits) = (parts as i64 / 10_000, (parts as i64 % 10_000).abs(), 4);
        if value < 0.0 && whole == 0 {
            out.push('-');
        }
        out.push_str(itoa::Buffer::new().format(whole));
        if part > 0 {
            while part % 10 == 0 {
                (part, digits) = (part / 10, digits - 1);
            }
            out.push('.');
            let figures = [part / 1000, part / 100 % 10, part / 10 % 10, part % 10];
            out.extend(figures[4 - digits..].iter().map(|figure| char::from(b'0' + *figure as u8)));
        }
        return;
    }
    out.push_str(&long_general_text(value));
}

fn long_general_text(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let size = value.abs();
    if size < 1e15 && value == value.trunc() {
        return format!("{}", value as i64);
    }
    if !(1e-7..1e21).contains(&size) {
        let text = format!("{value:.14e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        let sign = if exponent.starts_with('-') { "" } else { "+" };
        return format!("{mantissa}E{sign}{exponent}");
    }
    // 15 digits that count, then back to the shortest decimal text of that number.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let text = format!("{rounded}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Dot};

    fn read(text: &str, mark: DecimalMark) -> Option<f64> {
        parse(text, mark).map(|(number, _)| number.to_f64())
    }

    #[test]
    fn units_stand_behind_numbers() {
        for (text, body, wanted) in
            [("12 kg", "12", "kg"), ("3 St.", "3", "St"), ("1.250,5 ml", "1.250,5", "ml"), ("7kg", "7", "kg")]
        {
            let found = with_unit(text).map(|(written, unit)| (written.body, unit));
            assert_eq!(found, Some((body, wanted)), "{text}");
        }
        for text in ["12", "kg", "A12 kg", "12 %", "3 €", "ca. 5 km", "Regal 12 cm"] {
            assert!(with_unit(text).is_none(), "{text}");
        }
    }

    #[test]
    fn every_way_to_write_a_number() {
        for (text, mark, wanted) in [
            ("1.234,56", Comma, 1234.56),
            ("1,234.56", Dot, 1234.56),
            ("1 234,56", Comma, 1234.56),
            ("1\u{a0}234,56", Comma, 1234.56),
            ("1\u{202f}234,56", Comma, 1234.56),
            ("1'234.56", Dot, 1234.56),
            ("1\u{2019}234.56", Dot, 1234.56),
            ("(12)", Dot, -12.0),
            ("12-", Dot, -12.0),
            ("\u{2212}12", Dot, -12.0),
            ("+5", Dot, 5.0),
            ("€ 3,20", Comma, 3.2),
            ("3,20 €", Comma, 3.2),
            ("-3,20 €", Comma, -3.2),
            ("€ -3,20", Comma, -3.2),
            ("-€3,20", Comma, -3.2),
            ("($1,234.50)", Dot, -1234.5),
            ("CHF 5.50", Dot, 5.5),
            ("Fr. 5.50", Dot, 5.5),
            ("5.50 Fr.", Dot, 5.5),
            ("5,-", Comma, 5.0),
            ("5,-- €", Comma, 5.0),
            ("12 %", Comma, 12.0),
            ("12,50+", Comma, 12.5),
            ("**12.50", Dot, 12.5),
            ("12,50 *", Comma, 12.5),
            ("△1,250", Dot, -1250.0),
            ("Rs. 1,250/-", Dot, 1250.0),
            ("5 v.H.", Comma, 5.0),
            (",5", Comma, 0.5),
            ("1.234.567", Comma, 1_234_567.0),
            ("1,234", Comma, 1.234),
            ("1.234", Comma, 1234.0),
        ] {
            assert_eq!(read(text, mark), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for (text, mark) in [
            ("1.23.45", Comma),
            ("12.34", Comma),
            ("0.123", Comma),
            ("030 123 456", Comma),
            ("3 kg", Comma),
            ("12E4", Dot),
            ("5,", Comma),
            ("1..2", Dot),
            ("€ €", Comma),
            ("--5", Dot),
            ("1,2,3", Dot),
            ("03.03.2026", Comma),
            ("1234567890123456789012345678901", Dot),
            ("", Dot),
        ] {
            assert_eq!(read(text, mark), None, "{text}");
        }
    }

    #[test]
    fn percent_and_currency_are_told() {
        let (_, written) = parse("19 %", Comma).unwrap();
        assert!(written.percent);
        let (number, written) = parse("%20", Comma).unwrap();
        assert!(written.percent && number.mantissa == 20);
        assert!(parse("%20%", Comma).is_none());
        let (number, written) = parse("\\2,480", Dot).unwrap();
        assert_eq!((number.mantissa, written.money), (2480, Some(Mark::Unknown)));
        let (_, written) = parse("12,500원", Dot).unwrap();
        assert!(matches!(written.money, Some(Mark::Known(c)) if c.code() == "KRW"));
        let (_, written) = parse("EUR 1", Comma).unwrap();
        assert!(matches!(written.money, Some(Mark::Known(c)) if c.code() == "EUR"));
    }

    #[test]
    fn money_keeps_its_cents_exactly() {
        let (number, _) = parse("0,295", Comma).unwrap();
        assert_eq!(number.scaled(2), Some(30));
        assert_eq!(number.scaled(4), Some(2950));
        let (number, _) = parse("-0,295", Comma).unwrap();
        assert_eq!(number.scaled(2), Some(-30));
        assert_eq!(Decimal { mantissa: i128::MAX, decimals: 0 }.scaled(2), None);
    }

    #[test]
    fn stored_numbers_read_as_excel_shows_them() {
        for (value, wanted) in [
            (12.0, "12"),
            (0.30000000000000004, "0.3"),
            (1234.5, "1234.5"),
            (-0.1, "-0.1"),
            (4001724000001.0, "4001724000001"),
            (1e300, "1E+300"),
            (0.1 + 0.7, "0.8"),
            (123456789012345680.0, "123456789012346000"),
        ] {
            assert_eq!(general_text(value), wanted);
            assert!(value > 1e21 || parse_stored(wanted).is_some());
        }
    }

    #[test]
    fn exponents_count_only_with_a_sign_or_a_decimal_mark() {
        assert_eq!(scientific("1.2E+05", Dot), Some(120_000.0));
        assert_eq!(scientific("1,2E5", Comma), Some(120_000.0));
        assert_eq!(scientific("12E4", Dot), None);
        assert_eq!(scientific("1E999", Dot), None);
    }

    #[test]
    fn the_short_way_writes_what_the_long_way_does() {
        let mut state = 3u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let parts = (state >> 20) as i64 % 10i64.pow(1 + (state >> 7) as u32 % 14);
            let sign = if state & 1 == 0 { 1.0 } else { -1.0 };
            for value in [parts as f64 / 100.0, parts as f64 / 10_000.0, parts as f64 / 1e5, parts as f64 * 1.1] {
                let value = value * sign;
                if value != 0.0 {
                    assert_eq!(general_text(value), long_general_text(value), "{value:?}");
                }
            }
        }
        assert_eq!(
            (general_text(0.0), general_text(-0.0), general_text(-0.5)),
            ("0".into(), "0".into(), "-0.5".into())
        );
    }
}
