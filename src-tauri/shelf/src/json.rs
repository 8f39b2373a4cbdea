//! JSON of strangers: typed, shallow, and nothing after its end.

use serde::de::DeserializeOwned;

use crate::caps;

/// Whether the nesting stays within the cap. A scan over the bytes, so it costs the same for any input.
pub(crate) fn is_shallow(bytes: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_u32, false, false);
    for byte in bytes {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > caps::JSON_DEPTH {
            return false;
        }
    }
    true
}

/// A value of this shape, if the bytes are one. Double fields, trailing bytes and a byte order mark are refused by serde_json.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    if !is_shallow(bytes) {
        return None;
    }
    serde_json::from_slice(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_texts_only() {
        assert!(is_shallow("[".repeat(32).as_bytes()));
        assert!(!is_shallow("[".repeat(33).as_bytes()));
        assert!(is_shallow(format!("\"{}\"", "[".repeat(100)).as_bytes()));
        assert!(is_shallow(format!("\"\\\"{}\"", "{".repeat(100)).as_bytes()));
        assert!(!is_shallow("[".repeat(100_000).as_bytes()));
    }

    #[test]
    fn what_is_not_exactly_one_value_is_nothing() {
        #[derive(serde::Deserialize, Debug)]
        #[allow(dead_code)]
        struct One {
            n: u64,
        }
        for bad in [
            "",
            "{\"n\":1}x",
            "\u{feff}{\"n\":1}",
            "{\"n\":1,\"n\":2}",
            "{\"n\":NaN}",
            "{\"n\":1e400}",
            "{\"n\":-1}",
            "{\"n\":1.5}",
            "<html>",
        ] {
            assert!(read::<One>(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(read::<One>(b"{\"n\":1,\"later\":true}").is_some(), "what a later version adds is passed over");
    }
}
