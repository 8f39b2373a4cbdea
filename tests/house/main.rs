//! Rules of the code itself, held by tests: which room may know which, how long things may get, that every word is there
//! in every language, that generated files are fresh, that nothing foreign is shipped. None of them needs a network.
#![allow(clippy::unwrap_used)]

mod arrows;
mod faults;
mod ftl;
mod generated;
mod imports;
mod licences;
mod metadata;
mod sizes;
mod spoken;
mod traces;
mod tree;
mod words;
