#![no_main]
//! Headers, keyrings and lists of sealed releases, as anybody may put them into a folder.

use larder_shelf::fuzzing::{header_len, opens};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let found = header_len(bytes);
    assert!(found.is_none_or(|len| len <= bytes.len() && len <= 64 * 1024), "a header is within its bytes and its cap");
    assert_eq!(found, header_len(bytes), "the same bytes say the same");
    if found.is_none() {
        assert!(!opens(bytes), "nothing is opened that the guard refused");
    } else {
        opens(bytes);
    }
});
