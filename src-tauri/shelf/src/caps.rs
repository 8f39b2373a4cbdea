//! Every limit of the protocol, in one place. Nothing that stands on a shelf makes a reader do or keep more than these.

/// The newest version of the protocol that this room reads.
pub const READS: u32 = 2;
/// The version that it writes wherever it can: shelves that exist, and older Larders on them, read this one. Only what they
/// must not take for anything else is written as [`READS`].
pub const WRITES: u32 = 1;
/// Largest founding record, card or message.
pub const MESSAGE_BYTES: u64 = 16 * 1024;
/// Largest release record.
pub const RELEASE_BYTES: u64 = 64 * 1024;
/// Largest roster.
pub const ROSTER_BYTES: u64 = 256 * 1024;
/// Largest head.
pub const HEAD_BYTES: u64 = 1024 * 1024;
/// Largest file list.
pub const LIST_BYTES: u64 = 16 * 1024 * 1024;
/// Longest header of something encrypted.
pub const SEAL_HEADER_BYTES: usize = 64 * 1024;
/// Most stanzas in such a header: one for each device, and one of noise.
pub const SEAL_STANZAS: usize = 128;
/// Most devices that something is encrypted to.
pub const SEAL_LOCKS: usize = SEAL_STANZAS - 1;
/// Largest keyring: 127 stanzas of 98 bytes, the noise, and the key.
pub const KEYRING_BYTES: u64 = 16 * 1024;
/// Longest text about how to ask for access, in characters.
pub const ASK_CHARS: usize = 500;
/// Longest text on a card that says what to encrypt to: later kinds are longer than ours.
pub const RECIPIENT_CHARS: usize = 4_000;
/// Longest purpose of a request, in characters.
pub const PURPOSE_CHARS: usize = 1_000;
/// Devices of one owner that a purpose is encrypted to, the asking one included.
pub const PURPOSE_LOCKS: usize = 16;
/// Messages of one device that are read: the newest that its head names.
pub const WRITER_MESSAGES: usize = 200;
/// Data products that one record says to have been looked over.
pub const REVIEWS_TOGETHER: usize = 48;
/// People whose word is told, of each data product, besides its publisher's, that it was looked over.
pub const REVIEWERS: usize = 8;
/// Data products of which one device says what they are used for: the newest.
pub const OWN_RECEIPTS: usize = 100;
/// What is used for what, in one view.
pub const RECEIPTS: usize = 4_000;
/// Requests in one view.
pub const REQUESTS: usize = 2_000;
/// Deepest nesting of JSON.
pub const JSON_DEPTH: u32 = 32;
/// Largest part of a file that is read.
pub const PART_BYTES: u64 = 64 * 1024 * 1024;
/// Parts are cut where the content says so, so that a change moves only the parts that it is in: none smaller than this (but
/// the last one of a file),
pub const CUT_LEAST: usize = 1024 * 1024;
/// most of about this size,
pub const CUT_USUAL: usize = 4 * 1024 * 1024;
/// and none larger.
pub const CUT_MOST: usize = 16 * 1024 * 1024;
/// Parts remembered as read back.
pub const LEDGER: usize = 20_000;
/// Most files in one release.
pub const FILES: usize = 10_000;
/// Most parts in one release.
pub const PARTS: usize = 100_000;
/// Releases of a product that a head goes on naming, where the house rules say nothing about it.
pub const KEPT_RELEASES: usize = 10;
/// Releases of one product that are read from one head.
pub const READ_RELEASES: usize = 32;
/// Products in one head.
pub const HEAD_PRODUCTS: usize = 2_000;
/// Messages, rosters and earlier heads that one head names.
pub const HEAD_NAMES: usize = 10_000;
/// Parents of a release or a roster.
pub const PARENTS: usize = 64;
/// Names kept from one folder's listing (the greatest ones, so the newest heads are among them).
pub const LISTED_NAMES: usize = 100_000;
/// Names looked at in one folder before giving up.
pub const SCANNED_NAMES: usize = 5_000_000;
/// Writers' folders that are read.
pub const FOLDERS: usize = 2_000;
/// Files in one folder that do not follow the grammar and are looked into all the same.
pub const STRAYS: usize = 200;
/// Heads tried in one folder before giving up on finding a sound one.
pub const HEAD_TRIES: usize = 300;
/// Heads read in one look.
pub const HEAD_READS: usize = 20_000;
/// Bytes of heads read from one folder in one look.
pub const FOLDER_HEAD_BYTES: u64 = 32 * 1024 * 1024;
/// Own newest heads that are read before a new one is written.
pub const OWN_HEADS: usize = 64;
/// Highest number of a head: eight digits.
pub const SEQ_MAX: u64 = 99_999_999;
/// A jump of a head's number that is told.
pub const SEQ_JUMP: u64 = 10_000;
/// Highest number of a release.
pub const RELEASE_MAX: u64 = 1_000_000;
/// Releases walked through to find out what came from what.
pub const ANCESTORS: usize = 20_000;
/// Rosters read in one look.
pub const ROSTERS: usize = 10_000;
/// Rosters and house rules read from all folders in one look.
pub const GOVERNING: usize = 5 * ROSTERS;
/// Other computers that one card names.
pub const LINKS: usize = 16;
/// Largest invitation, as a file.
pub const INVITATION_BYTES: usize = 16 * 1024;
/// Longest invitation, as a link.
pub const LINK_CHARS: usize = 2_048;
/// People on one roster.
pub const PEOPLE: usize = 2_000;
/// Files told in one view over all products.
pub const VIEW_FILES: usize = 200_000;
/// Questions asked of a place in one look for things that are not where they should be.
pub const LOOKUPS: u64 = 200_000;
/// Single files that may be unreadable before the whole place counts as unreachable.
pub const UNREADABLE: u64 = 64;
/// Times that the same wrong size is seen before a part counts as damaged instead of arriving.
pub const STUCK_LOOKS: u32 = 3;
/// Parts remembered as damaged.
pub const DAMAGED: usize = 1_000;
/// Longest title, in characters.
pub const TITLE_CHARS: usize = 300;
/// Longest name, role or address, in characters.
pub const NAME_CHARS: usize = 200;
/// Longest reason for a retirement, in characters.
pub const REASON_CHARS: usize = 2_000;
/// Largest set of extras in a release.
pub const ABOUT_BYTES: usize = 16 * 1024;
/// Largest release record whose text is remembered, so that it can be put back as somebody's parent.
pub const KEPT_RECORD_BYTES: usize = 8 * 1024;
/// Files of an accepted release that are remembered.
pub const KEPT_FILES: usize = 16;
/// Alerts in one view.
pub const ALERTS: usize = 500;
/// Times that something is put again when it reads back differently.
pub const PUT_TRIES: u32 = 3;
/// Largest plain copy's note of what was written.
pub const MANIFEST_BYTES: u64 = 4 * 1024 * 1024;
/// Files that one head announces to remove.
pub const HEAD_PLAN: usize = 2_000;
/// Own heads that are looked through for what was announced.
pub const COLLECTED_HEADS: usize = 5_000;
