//! Dates and times in the notations loaders rewrite them into.

/// A time of day, `H:M` or `H:M:S` (a blank may stand for the colon), in one notation.
pub fn time(text: &str) -> Option<String> {
    let separator = if text.contains(':') { ':' } else { ' ' };
    let (hour, minute, second) = clock(text, separator)?;
    Some(format!("{hour:02}:{minute:02}:{second:02}"))
}

fn clock(text: &str, separator: char) -> Option<(u32, u32, u32)> {
    let parts = numbers(text, separator)?;
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    (hour < 24 && minute < 60 && second < 62).then_some((hour, minute, second))
}

/// A date, possibly with a time of day after it, in one notation.
pub fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, rest) = match text.split_once([' ', 'T']) {
        Some((day, rest)) => (day, Some(rest)),
        None => (text, None),
    };
    let (year, month, day) = calendar_day(day)?;
    let (hour, minute, second) = match rest {
        Some(rest) => clock(whole_seconds(rest), ':')?,
        None => (0, 0, 0),
    };
    Some(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"))
}

/// Drops a fraction of zero, which some programs append.
fn whole_seconds(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

fn calendar_day(text: &str) -> Option<(u32, u32, u32)> {
    let separator = text.chars().find(|mark| !mark.is_ascii_digit())?;
    if !['/', '-', '.'].contains(&separator) {
        return None;
    }
    let parts = numbers(text, separator)?;
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if text.find(separator) == Some(4) {
        (*first, *second, *third)
    } else if *first > 12 {
        (century(*third), *second, *first)
    } else {
        (century(*third), *first, *second)
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// A year of two digits lies within fifty years of the present.
fn century(year: u32) -> u32 {
    match year {
        0..=68 => 2000 + year,
        69..=99 => 1900 + year,
        _ => year,
    }
}

fn numbers(text: &str, separator: char) -> Option<Vec<u32>> {
    text.split(separator).map(short_number).collect()
}

fn short_number(digits: &str) -> Option<u32> {
    let sound = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { digits.parse().ok() } else { None }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        assert_eq!(time("00:15").as_deref(), Some("00:15:00"));
        assert_eq!(time("7:05:09").as_deref(), Some("07:05:09"));
        assert_eq!(time("25:00"), None);
        assert_eq!(time("00:152"), None);
        assert_eq!(time(" 00:15"), None);
    }

    #[test]
    fn dates() {
        let same = Some("2021-02-28 00:00:00".to_owned());
        for text in ["28/02/2021", "2021-02-28", "02/28/2021", "28.2.21", "2021-02-28T00:00:00.000"] {
            assert_eq!(date(text), same, "{text}");
        }
        for text in ["28/02/202100:00", "MG-8769", "1/2", "2021-13-28", "28/02/2021 x"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
