//! Everything a person can do in Larder, one file a verb, behind the one list of commands.
//!
//! Knows every room and introduces them to each other; knows no window and no terminal: what it needs from the world it
//! asks of a [`Host`].

mod access;
mod activity;
mod beside;
mod bring;
mod cards;
mod check;
mod commands;
mod compare;
mod described;
mod doctor;
mod drafts;
mod faults;
mod find;
mod folder;
mod govern;
mod home;
mod host;
mod introduce;
mod invite;
mod jobs;
mod joined;
mod known;
mod label;
mod larder;
mod natural;
mod next_file;
mod own_words;
mod page_words;
mod people;
mod places;
mod product;
mod publish;
mod reading_job;
mod receipts;
mod release;
mod retention;
mod review;
mod rows;
mod rules;
mod sample;
mod secrets;
mod shelf;
mod start;
mod suggest;
mod sync;
mod taken_over;
mod taking_in;
mod terminal;
mod today;
mod typescript;
mod unlock;
mod versions;
pub mod wire;
mod words;

pub use commands::{COMMANDS, CommandNote, call, wire_typescript};
pub use home::rename;
pub use host::Host;
pub use larder::Larder;
pub use secrets::{Secrets, SessionSecrets, SystemSecrets};
pub use terminal::{
    AnswerWords, Beside, ConvertTo, DescribeWords, ImportMode, InspectedColumn, InspectedDescription, InspectedTable,
    Inspection, PeopleDeed, RuleWords, SealWords, Shown, Terminal, Together, convert, inspect, profile, sample,
};
pub use words::{LANGUAGES, Words};
