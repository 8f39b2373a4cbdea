//! What happened in how many worlds.

use std::fmt;

/// Counts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    pub worlds: u64,
    pub reads: u64,
    pub published: u64,
    pub sealed: u64,
    pub heads: u64,
    pub rosters: u64,
    pub revoked: u64,
    pub crashes: u64,
    pub torn: u64,
    pub flipped: u64,
    pub zeroed: u64,
    pub doubled: u64,
    pub lost: u64,
    pub swapped: u64,
    pub replayed: u64,
    pub forged: u64,
    pub went_backwards: u64,
    pub saw_newer: u64,
    pub two_versions: u64,
    pub forks: u64,
    pub roster_forks: u64,
    pub bad_counters: u64,
}

impl Totals {
    fn all(&self) -> [(&'static str, u64); 22] {
        [
            ("worlds", self.worlds),
            ("reads", self.reads),
            ("releases published", self.published),
            ("sealed or tried to", self.sealed),
            ("heads written", self.heads),
            ("rosters written", self.rosters),
            ("devices revoked", self.revoked),
            ("crashes", self.crashes),
            ("torn files", self.torn),
            ("bit flips", self.flipped),
            ("files of zeros", self.zeroed),
            ("conflict copies", self.doubled),
            ("lost files", self.lost),
            ("swapped files", self.swapped),
            ("replays", self.replayed),
            ("forged records", self.forged),
            ("told: went backwards", self.went_backwards),
            ("told: somebody saw newer", self.saw_newer),
            ("told: two versions", self.two_versions),
            ("told: forked heads", self.forks),
            ("told: forked rosters", self.roster_forks),
            ("told: bad numbers", self.bad_counters),
        ]
    }

    /// Takes what happened in other worlds in.
    pub fn add(&mut self, other: &Totals) {
        self.worlds += other.worlds;
        self.reads += other.reads;
        self.published += other.published;
        self.sealed += other.sealed;
        self.heads += other.heads;
        self.rosters += other.rosters;
        self.revoked += other.revoked;
        self.crashes += other.crashes;
        self.torn += other.torn;
        self.flipped += other.flipped;
        self.zeroed += other.zeroed;
        self.doubled += other.doubled;
        self.lost += other.lost;
        self.swapped += other.swapped;
        self.replayed += other.replayed;
        self.forged += other.forged;
        self.went_backwards += other.went_backwards;
        self.saw_newer += other.saw_newer;
        self.two_versions += other.two_versions;
        self.forks += other.forks;
        self.roster_forks += other.roster_forks;
        self.bad_counters += other.bad_counters;
    }

    /// What never happened: a world in which it cannot happen proves nothing about it.
    pub fn never(&self) -> Vec<&'static str> {
        self.all().iter().filter(|(_, count)| *count == 0).map(|(name, _)| *name).collect()
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in self.all() {
            writeln!(f, "{count:>12} {name}")?;
        }
        Ok(())
    }
}
