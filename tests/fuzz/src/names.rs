#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| larder_shelf::fuzzing::names(bytes));
