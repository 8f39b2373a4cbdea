//! Faults that can be built in on purpose, so that the trials prove that they would notice them. A program that ships has
//! none of them: there, all of this is the constant `false`.

/// What is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Broken {
    /// Parts are taken by their name; their hash is not checked.
    HashUnchecked,
    /// Signatures are not verified.
    SignatureUnchecked,
    /// A reader remembers nothing.
    NoMemory,
    /// A device that writes does not read its own heads again.
    OwnHeadsUnread,
    /// A part that is missing is passed over.
    MissingPassedOver,
    /// A head below the floor counts.
    FloorForgotten,
    /// The head is written before what it names.
    HeadFirst,
    /// Of several releases, the one that is listed last wins.
    NoOrder,
    /// What came from what decides, as far as it is known, and not the number; heads before a gap count too.
    Ancestry,
    /// A release may have any number.
    CounterIgnored,
    /// The last release that arrived is taken, even if a greater one was accepted before.
    LastSeenWins,
    /// The bytes of a file list are not checked.
    ListUnchecked,
    /// A release may come from one whose list has not arrived.
    ParentsUnverified,
    /// A head may speak for releases of other devices.
    OthersReleases,
    /// A product that nobody names any more is gone.
    SilenceDeletes,
    /// Two heads with one number are not told.
    ForkUntold,
    /// Two releases that stand side by side are not told.
    VersionsUntold,
    /// It is not told that somebody has seen more.
    SeenUntold,
    /// A device says that it has what has not arrived yet.
    SeenUnarrived,
    /// One steward is enough, whatever the roster asks for.
    ThresholdIgnored,
    /// Whoever is on the shelf may write the next roster.
    AnyoneGoverns,
    /// Of two rosters side by side, the first one counts.
    FirstRosterWins,
    /// Of a revoked device, the newest head counts.
    LastGoodIgnored,
    /// Records of any shelf count.
    OtherShelf,
    /// The type of a record is not signed.
    TypeUnsigned,
    /// What was put is not read back.
    NotReadBack,
    /// The list of a sealed release is not held against its record.
    BindingUnchecked,
    /// Who was removed is left with the key of the releases to come.
    OldKeyReused,
    /// Content that somebody needs is removed as if nobody did.
    NeededRemoved,
}

/// Whether this is broken right now.
#[cfg(not(test))]
pub(crate) const fn is(_: Broken) -> bool {
    false
}

#[cfg(test)]
pub(crate) use on_purpose::{is, with};

#[cfg(test)]
mod on_purpose {
    use std::cell::Cell;

    use super::Broken;

    thread_local! {
        static NOW: Cell<Option<Broken>> = const { Cell::new(None) };
    }

    pub(crate) fn is(what: Broken) -> bool {
        NOW.get() == Some(what)
    }

    /// Runs something while this is broken; answers whether it came to its end without a failed assertion.
    pub(crate) fn with(what: Broken, run: impl FnOnce()) -> bool {
        NOW.set(Some(what));
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_ok();
        NOW.set(None);
        ended
    }
}
