//! Times of day and lengths of time as people write them: 7:40 PM, 07.40 Uhr, 26:30, 1 h 30 min, PT26H30M.

use super::date::{DAY_MICROS, digits};

/// A time of day in microseconds: 7:40, 07:40:00.5, 7:40 PM, 07:40 Uhr, with or without an offset, which is dropped as
/// the clock on the wall counts.
pub(crate) fn time_of_day(text: &str) -> Option<i64> {
    let text = text.trim();
    clock(text).or_else(|| spoken(text)).filter(|micros| *micros < DAY_MICROS)
}

/// A time of day behind its day, where dots may part it: `9.30`, `09.30.00 AM`; after figures only, `093000`.
pub(super) fn time_behind_day(text: &str, compact: bool) -> Option<i64> {
    if let Some(micros) = time_of_day(text) {
        return Some(micros);
    }
    let (figures, _) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()));
    let rest = &text[figures.len()..];
    if compact && matches!(figures.len(), 4 | 6) && !figures.contains('.') {
        let seconds = figures.get(4..6).map_or(String::new(), |seconds| format!(":{seconds}"));
        return time_of_day(&format!("{}:{}{seconds}{rest}", &figures[..2], figures.get(2..4)?));
    }
    let parts = figures.split('.').map(str::len);
    let is_clock = matches!(figures.split('.').count(), 2 | 3)
        && parts.enumerate().all(|(at, len)| len == 2 || at == 0 && len == 1);
    if is_clock {
        return time_of_day(&format!("{}{rest}", figures.replace('.', ":")));
    }
    // Words in front of the time: `kl. 09.30`.
    let bare = BEFORE.iter().find_map(|word| text.strip_prefix(word))?;
    time_behind_day(bare.trim_start(), false)
}

/// Hours and minutes with a dot between them and nothing else: `7.40`, `07.40`.
pub(crate) fn dotted_time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once('.')?;
    let are_figures = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !matches!(hours.len(), 1 | 2) || minutes.len() != 2 || !are_figures(hours) || !are_figures(minutes) {
        return None;
    }
    clock(&format!("{hours}:{minutes}")).filter(|micros| *micros < DAY_MICROS)
}

/// Hours, minutes and seconds in figures and nothing else: `0740`, `074015`.
pub(crate) fn compact_time(text: &str) -> Option<i64> {
    // Of most numbers it is clear at once that they are none.
    let is_time = matches!(text.len(), 4 | 6)
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text[..2] <= *"24" && text.as_bytes()[2] <= b'5' && text.as_bytes().get(4).is_none_or(|b| *b <= b'6'));
    if is_time { time_behind_day(text, true) } else { None }
}

/// Words in front of a time of day.
const BEFORE: [&str; 14] =
    ["um ", "at ", "à ", "kl. ", "kl.", "kl ", "klo ", "godz. ", "ore ", "alle ", "om ", "ob ", "v ", "a las "];
/// Halves of the day, in front of the time or behind it, and whether it is the second one.
const HALVES: [(&str, bool); 12] = [
    ("오전", false),
    ("오후", true),
    ("上午", false),
    ("下午", true),
    ("午前", false),
    ("午後", true),
    ("πμ", false),
    ("μμ", true),
    ("π.μ.", false),
    ("μ.μ.", true),
    ("ΠΜ", false),
    ("ΜΜ", true),
];

/// Times as they are said: `오전 9:30`, `9時30分`, `kl. 09.30`, `7 Uhr`.
fn spoken(text: &str) -> Option<i64> {
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(hours) = text.strip_suffix("Uhr").or_else(|| text.strip_suffix("uhr")) {
        let (hours, count, rest) = digits(hours.trim_end())?;
        return (rest.is_empty() && count <= 2 && hours < 24).then_some(i64::from(hours) * 3_600_000_000);
    }
    if let Some(rest) = ["kl. ", "kl.", "kl ", "klo "].iter().find_map(|word| text.strip_prefix(word)) {
        return time_behind_day(rest.trim_start(), false);
    }
    if text.is_ascii() {
        return None;
    }
    let half = |(word, later): &(&str, bool)| {
        let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word))?;
        Some((rest.trim(), if *later { " PM" } else { " AM" }))
    };
    let (rest, half) = HALVES.iter().find_map(half).unwrap_or((text, ""));
    if rest.is_ascii() {
        return if half.is_empty() { None } else { clock(&format!("{rest}{half}")) };
    }
    // 9時30分15秒, 9시 30분, 9点30分
    let (hours, _, rest) = digits(rest)?;
    let rest = rest.strip_prefix(['時', '시', '点', '时', '點'])?.trim_start();
    let part = |rest: &'_ str, marks: [char; 2]| -> Option<(u32, usize)> {
        let (value, count, after) = digits(rest)?;
        Some((value, rest.len() - after.strip_prefix(marks)?.len())).filter(|_| count <= 2)
    };
    let (minutes, end) = part(rest, ['分', '분']).unwrap_or((0, 0));
    let rest = rest[end..].trim_start();
    let (seconds, end) = part(rest, ['秒', '초']).unwrap_or((0, 0));
    (rest[end..].is_empty() && minutes < 60 && seconds < 60)
        .then(|| clock(&format!("{hours}:{minutes:02}:{seconds:02}{half}")))?
}

/// A zone and nothing else: `Z`, `+01:00`.
pub(super) fn is_zone(text: &str) -> bool {
    text.len() <= 9 && without_zone(text, true).is_empty()
}

/// How long something took, in microseconds: 26:30, -0:15, 1:30:00.5, 1 h 30 min, 2d 4h, PT26H30M (ISO 8601).
pub(crate) fn length_of_time(text: &str) -> Option<i64> {
    let text = text.trim();
    match text.strip_prefix(['-', '\u{2212}', '\u{2013}', '+']) {
        Some(rest) => {
            let sign = if text.starts_with('+') { 1 } else { -1 };
            clock(rest).or_else(|| in_words(rest)).map(|micros| sign * micros)
        }
        None => clock(text).or_else(|| in_words(text)).or_else(|| with_days(text)),
    }
}

/// Days in front of a clock, as programs write lengths: `1 day, 2:30:00`, `1.02:30:00`.
fn with_days(text: &str) -> Option<i64> {
    let (days, _, rest) = digits(text)?;
    let rest = match rest.strip_prefix('.') {
        Some(rest) => (rest.len() >= 8 && rest.as_bytes()[2] == b':').then_some(rest)?,
        None => [" days, ", " day, ", " days ", " day "].iter().find_map(|word| rest.strip_prefix(word))?,
    };
    let clock = clock(rest).filter(|micros| *micros < DAY_MICROS)?;
    i64::from(days).checked_mul(DAY_MICROS)?.checked_add(clock)
}

/// With a zone's name or an offset in brackets behind it.
const LONGEST: usize = 56;

/// Hours, minutes and seconds with colons between them, or as the French write them, `7h40`.
fn clock(text: &str) -> Option<i64> {
    if text.len() > LONGEST || !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if let Some(micros) = plain(text.as_bytes()) {
        return Some(micros);
    }
    let (hours, hour_digits, rest) = digits(text)?;
    let (minutes, minute_digits, mut rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest)?,
        // "3pm" has no minutes.
        None if is_half_of_day(rest) => (0, 2, rest),
        None => minutes_without_colon(rest)?,
    };
    if hour_digits > 5 || minute_digits != 2 || minutes > 59 {
        return None;
    }
    let minutes_end = text.len() - rest.len();
    let (mut seconds, mut micros) = (0, 0);
    if let Some(after) = rest.strip_prefix(':') {
        let (value, count, after) = digits(after)?;
        if count != 2 || value > 60 {
            return None;
        }
        seconds = value.min(59);
        rest = after;
        if let Some(after) = rest.strip_prefix(['.', ',']) {
            let (_, count, tail) = digits(after)?;
            micros = format!("{:0<6}", &after[..count.min(6)]).parse().ok()?;
            rest = tail;
        }
    }
    let hours = half_day(hours, rest, minutes_end < text.len() - rest.len())?;
    Some(((i64::from(hours) * 60 + i64::from(minutes)) * 60 + i64::from(seconds)) * 1_000_000 + micros)
}

/// `07:40` and `07:40:00` as nearly all times of day are written.
#[inline]
pub(super) fn plain_time(text: &str) -> Option<i64> {
    plain(text.as_bytes()).filter(|micros| *micros < DAY_MICROS)
}

#[inline]
fn plain(text: &[u8]) -> Option<i64> {
    let two = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    };
    let (hours, minutes, seconds) = match *text {
        [a, b, b':', c, d] => (two(a, b)?, two(c, d)?, 0),
        _ => eight(*<&[u8; 8]>::try_from(text).ok()?)?,
    };
    (minutes <= 59 && seconds <= 59).then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000)
}

/// Hours, minutes and seconds of `07:40:00`, the eight bytes at once: times come by the million.
fn eight(text: [u8; 8]) -> Option<(i64, i64, i64)> {
    const BARE: u64 = u64::from_le_bytes(*b"00:00:00");
    const TOP: u64 = u64::from_le_bytes([0x80; 8]);
    const BETWEEN: u64 = u64::from_le_bytes([0, 0, 0xff, 0, 0, 0xff, 0, 0]);
    // What is no figure has bits that figures have not.
    let values = u64::from_le_bytes(text) ^ BARE;
    if values & BETWEEN != 0 || (values | ((values & !TOP) + u64::from_le_bytes([0x76; 8]))) & TOP != 0 {
        return None;
    }
    let values = values.to_le_bytes();
    let two = |place: usize| i64::from(values[place]) * 10 + i64::from(values[place + 1]);
    Some((two(0), two(3), two(6)))
}

fn is_half_of_day(tail: &str) -> bool {
    matches!(without_zone(tail, false).to_ascii_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m.")
}

/// `7h40`, `7.40 Uhr`.
fn minutes_without_colon(rest: &str) -> Option<(u32, usize, &str)> {
    let after_h = rest
        .trim_start()
        .strip_prefix(['h', 'H'])
        .map(str::trim_start)
        .map(|after| digits(after).filter(|(_, _, tail)| tail.is_empty()));
    let after_dot = || digits(rest.strip_prefix('.')?).filter(|(_, _, tail)| tail.trim().eq_ignore_ascii_case("uhr"));
    after_h.unwrap_or_else(after_dot)
}

/// One number and its unit, as it stands among lengths in words: `45 min`, `2 Std.`
pub(crate) fn unit_of_time(text: &str) -> Option<i64> {
    let (micros, parts) = parts_in_words(text.trim())?;
    (parts == 1).then_some(micros)
}

/// Numbers with their units: `1 h 30 min`, `2d 4h`, `PT26H30M`.
fn in_words(text: &str) -> Option<i64> {
    let (micros, parts) = parts_in_words(text)?;
    // "12 h" and "5 m" are numbers with a unit.
    (parts > 1 || (text.starts_with(['P', 'p']) && parts > 0)).then_some(micros)
}

/// The length, and of how many parts it is made.
fn parts_in_words(text: &str) -> Option<(i64, u32)> {
    if text.len() > 32 || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let iso = lower.strip_prefix('p');
    let mut rest = iso.unwrap_or(&lower);
    let (mut total, mut parts, mut last) = (0i64, 0, i64::MAX);
    while !rest.is_empty() {
        rest = rest.strip_prefix('t').filter(|_| iso.is_some()).unwrap_or(rest);
        let (value, _, after) = digits(rest)?;
        let after = after.trim_start();
        let word = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
        let seconds = match word.strip_suffix('t').filter(|_| iso.is_some()).unwrap_or(word) {
            "d" | "tag" | "tage" | "day" | "days" => 86_400,
            "h" | "std" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => 60,
            "s" | "sec" | "sek" | "seconds" => 1,
            _ => return None,
        };
        if seconds >= last {
            return None;
        }
        last = seconds;
        total = total.checked_add(i64::from(value).checked_mul(seconds * 1_000_000)?)?;
        parts += 1;
        let cut = if word.ends_with('t') && iso.is_some() { word.len() - 1 } else { word.len() };
        rest = after[cut..].trim_start_matches([' ', '.', ',']);
    }
    Some((total, parts))
}

/// Short names of zones that stand behind times.
#[rustfmt::skip]
const ZONES: &[&str] = &[
    "utc", "gmt", "z", "ut", "cet", "cest", "mez", "mesz", "wet", "west", "eet", "eest", "bst", "ist", "msk", "trt",
    "pst", "pdt", "pt", "mst", "mdt", "cst", "cdt", "est", "edt", "akst", "akdt", "hst", "ast", "adt", "brt", "jst", "kst",
    "sgt", "hkt", "sast", "aest", "aedt", "acst", "awst", "nzst", "nzdt",
];

/// What stands behind a time without zone and offset: ` PM PST`, `Z`, ` GMT+0100 (CET)`. `exact`: the time has seconds. Where it
/// has none, `7:40-8:20` is from one time to another.
fn without_zone(tail: &str, exact: bool) -> &str {
    let mut rest = tail.trim();
    loop {
        if rest.is_empty() {
            return rest;
        }
        let before = rest.len();
        // Names in words stand in brackets behind the offset.
        if let Some(at) = rest.strip_suffix(')').and_then(|inner| inner.rfind('('))
            && rest[at + 1..rest.len() - 1].chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.'))
        {
            rest = rest[..at].trim_end();
        }
        let is_behind = |at: &usize| {
            let named = rest[..*at].ends_with(|c: char| c.is_ascii_alphabetic());
            is_offset(&rest[*at..]) && (exact || named || rest[*at..].starts_with('+'))
        };
        if let Some(at) = rest.rfind(['+', '-', '\u{2212}']).filter(is_behind) {
            rest = rest[..at].trim_end();
        }
        let name =
            &rest[rest.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| rest.ceil_char_boundary(at + 1))..];
        if ZONES.iter().any(|zone| zone.eq_ignore_ascii_case(name)) {
            rest = rest[..rest.len() - name.len()].trim_end();
        }
        if rest.len() == before {
            return rest;
        }
    }
}

/// The hour once AM, PM or `Uhr` behind it is understood.
fn half_day(hours: u32, tail: &str, exact: bool) -> Option<u32> {
    let tail = without_zone(tail, exact);
    let marker: String = tail.chars().filter(|c| c.is_ascii_alphabetic()).flat_map(char::to_lowercase).collect();
    match marker.as_str() {
        "" => tail.is_empty().then_some(hours),
        "uhr" | "h" => Some(hours),
        "am" | "pm" | "a" | "p" if !(1..=12).contains(&hours) => None,
        "am" | "a" => Some(hours % 12),
        "pm" | "p" => Some(hours % 12 + 12),
        _ => None,
    }
}

fn is_offset(tail: &str) -> bool {
    let Some(rest) = tail.strip_prefix(['+', '-', '\u{2212}']) else { return false };
    matches!(rest.len(), 1 | 2 | 4 | 5) && rest.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_byte_that_is_no_figure_makes_it_another_thing() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut text = *b"07:48:39";
                text[place] = byte;
                let figure = |at: usize| text[at].is_ascii_digit().then(|| i64::from(text[at] - b'0'));
                let two = |at: usize| Some(figure(at)? * 10 + figure(at + 1)?);
                let marks = text[2] == b':' && text[5] == b':';
                let parts = two(0).zip(two(3)).zip(two(6)).filter(|_| marks);
                let wanted = parts.filter(|((_, minutes), seconds)| *minutes < 60 && *seconds < 60);
                let wanted =
                    wanted.map(|((hours, minutes), seconds)| ((hours * 60 + minutes) * 60 + seconds) * 1_000_000);
                assert_eq!(plain(&text), wanted, "{text:?}");
            }
        }
    }

    #[test]
    fn hours_may_go_beyond_the_day_only_as_a_length() {
        assert_eq!(time_of_day("25:00"), None);
        assert_eq!(length_of_time("36:30:00"), Some(131_400_000_000));
        assert_eq!(length_of_time("-0:15"), Some(-900_000_000));
        for text in ["PT26H30M", "26h 30m", "26 h 30 min", "1d 2h 30min", "26:30", "P1DT2H30M"] {
            assert_eq!(length_of_time(text), Some(95_400_000_000), "{text}");
        }
        assert_eq!((unit_of_time("45 Min."), unit_of_time("1 h 5 min")), (Some(2_700_000_000), None));
        assert_eq!(time_of_day("7 h 30"), time_of_day("07:30"));
        assert_eq!(length_of_time("1 day, 2:30:00"), Some(95_400_000_000));
        assert_eq!(length_of_time("1.02:30:00"), Some(95_400_000_000));
        // More than can be counted.
        assert_eq!((length_of_time("999999999 days, 2:30:00"), length_of_time("999999999.02:30:00")), (None, None));
        for text in ["12 h", "5 m", "Pt", "1 m 2 h", "h", "3 kg"] {
            assert_eq!(length_of_time(text), None, "{text}");
        }
        for text in
            ["오후 5:30", "午後5:30", "17時30分", "17시 30분", "下午 5:30", "5:30 μ.μ.", "kl. 17.30", "klo 17.30"]
        {
            assert_eq!(time_of_day(text), time_of_day("17:30"), "{text}");
        }
        assert_eq!(time_of_day("7 Uhr"), time_of_day("07:00"));
        assert_eq!(time_of_day("3pm"), time_of_day("15:00"));
        assert_eq!(time_of_day("12:30a"), time_of_day("00:30"));
        assert_eq!(time_of_day("7h40"), time_of_day("07:40"));
        assert_eq!(time_of_day("7.40 Uhr"), time_of_day("07:40"));
        for text in [
            "7:40 UTC",
            "07:40:00 AM PST",
            "7:40 GMT+01:00",
            "07:40+0100",
            "07:40:00Z",
            "7:40 UTC+1",
            "7:40 GMT+0100 (CET)",
        ] {
            assert_eq!(time_of_day(text), time_of_day("07:40"), "{text}");
        }
        for text in ["7:40 Ulm", "7:40-8:20", "8:00-12"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
        assert_eq!(time_of_day("12:61"), None);
        assert_eq!(time_of_day("13:00 PM"), None);
    }
}
