#![no_main]
//! Descriptions beside files, under every name that says what they are.

use larder_formats::described::{pick, read_in};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in [
        "datapackage.json",
        "orders.resource.yaml",
        "orders.schema.json",
        "orders.csv-metadata.json",
        "contract.odcs.yaml",
        "anything.json",
    ] {
        let described = read_in(name, bytes, &["de"]);
        assert!(described == read_in(name, bytes, &["de"]), "the same bytes say the same");
        if let Ok(Some(described)) = described {
            let _ = pick(&described, "data/orders.csv");
        }
    }
});
