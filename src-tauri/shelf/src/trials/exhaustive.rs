//! Small models, tried out to the last case.
//!
//! **Two devices, one publication each** of the same data product (two parts, a file list, a release record, the parents'
//! record where there is one, a head):
//! - Every interleaving of the two publications' put steps on one place, on an empty shelf and on one that has a release
//!   already. Only one device runs at a time, and it gives way only where it is about to put something; what it reads between
//!   two of its own steps is therefore read at one moment.
//! - For each different set of files that such a run can leave behind, every subset of it to a fresh reader. A reader at any
//!   point of any interleaving has a subset of what was put so far, which is a subset of what is there in the end: so these
//!   are all subsets at all points of all interleavings.
//! - Every order in which the files can arrive, with a look after each: from every subset by every single file to the next
//!   one. What a reader remembers is shown to be the same whichever way it came to a subset, so the ways are all covered by
//!   their steps.
//! - Every subset after every other one (files vanish and come back): from each different memory that any subset leaves,
//!   each subset again. This, and the orders of arrival at most of the ends, take minutes and are tried in `make soak`.
//!
//! **One publication of seven files**: all 5,040 orders, each with a look after every file.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex};

use super::*;
use crate::{Alert, Entry};

type Files = BTreeMap<String, Vec<u8>>;

/// How much is tried of a model. All of it takes minutes, and is for `make soak`.
#[derive(Clone, Copy)]
enum Depth {
    /// Every subset to a fresh reader.
    Subsets,
    /// Of one of the ends, every order of arrival too.
    Orders,
    /// And every subset after every other one.
    Everything,
}

/// Whose turn it is, and what was chosen so far wherever both could have gone on.
#[derive(Default)]
struct Turns {
    now: usize,
    ended: [bool; 2],
    /// Choices to make again, and those made in this run: who went on, where there was a choice.
    script: Vec<usize>,
    made: Vec<usize>,
}

/// Lets two devices run, one at a time.
struct Baton(Mutex<Turns>, Condvar);

impl Baton {
    fn new(script: Vec<usize>) -> Baton {
        Baton(Mutex::new(Turns { script, ..Turns::default() }), Condvar::new())
    }

    /// Waits to be the one who runs.
    fn wait(&self, me: usize) {
        let mut turns = self.0.lock().unwrap();
        while turns.now != me {
            turns = self.1.wait(turns).unwrap();
        }
    }

    /// About to put something: now the other one may go on first.
    fn give_way(&self, me: usize) {
        let mut turns = self.0.lock().unwrap();
        if !turns.ended[1 - me] {
            let next = turns.script.get(turns.made.len()).copied().unwrap_or(0);
            turns.made.push(next);
            turns.now = next;
        }
        drop(turns);
        self.1.notify_all();
        self.wait(me);
    }

    fn end(&self, me: usize) {
        let mut turns = self.0.lock().unwrap();
        turns.ended[me] = true;
        turns.now = 1 - me;
        drop(turns);
        self.1.notify_all();
    }
}

/// A place that lets the other device go first before anything is put.
struct Stepwise<'a> {
    place: &'a SimPlace,
    baton: &'a Baton,
    me: usize,
}

impl Place for Stepwise<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        self.place.list(folder)
    }
    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        self.place.stat(name)
    }
    fn get_to(&self, name: &str, out: &mut dyn std::io::Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        self.place.get_to(name, out, max_bytes)
    }
    fn put(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.baton.give_way(self.me);
        self.place.put(name, content, size_bytes)
    }
    fn replace(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.place.replace(name, content, size_bytes)
    }
    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.place.delete(name)
    }
    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.place.space_free_bytes()
    }
}

/// One run of both publications; answers the files that it left and the choices that it made.
fn run(base: &Files, desks: &mut [Desk; 2], script: Vec<usize>) -> (Files, Vec<usize>) {
    let place = SimPlace::new();
    place.set_files(base.clone());
    let baton = Baton::new(script);
    let shelf = desks[0].trust.shelf().clone();
    std::thread::scope(|scope| {
        for (me, desk) in desks.iter_mut().enumerate() {
            let (baton, place) = (&baton, &place);
            desk.trust = Trust::new(shelf.clone());
            scope.spawn(move || {
                baton.wait(me);
                let answer = desk.try_publish(&Stepwise { place, baton, me }, "sales", ["from anna", "from ben"][me]);
                baton.end(me);
                answer.unwrap()
            });
        }
    });
    (place.files(), baton.0.into_inner().unwrap().made)
}

/// The next script after these choices; none after the last.
fn after(mut made: Vec<usize>) -> Option<Vec<usize>> {
    while let Some(last) = made.pop() {
        if last == 0 {
            made.push(1);
            return Some(made);
        }
    }
    None
}

/// All different ends of all interleavings.
fn all_ends(base: &Files, desks: &mut [Desk; 2]) -> (u64, Vec<Files>) {
    let (mut runs, mut ends) = (0, Vec::new());
    let mut script = Some(Vec::new());
    while let Some(choices) = script {
        let (files, made) = run(base, desks, choices);
        runs += 1;
        if !ends.contains(&files) {
            ends.push(files);
        }
        script = after(made);
    }
    (runs, ends)
}

/// What a reader makes of a subset of the files that were added.
struct Model {
    base: Files,
    added: Vec<(String, Vec<u8>)>,
    /// By number and hash, what each release needs and says; of each of its needs, the files that will do, as bits.
    releases: Vec<((u64, String), Vec<u32>, String)>,
    /// Whether one of the two came from the other.
    in_a_row: bool,
    reader: Desk,
}

impl Model {
    fn new(base: &Files, end: &Files, shelf: &ShelfId) -> Model {
        let added: Vec<(String, Vec<u8>)> =
            end.iter().filter(|(name, _)| !base.contains_key(*name)).map(|(n, b)| (n.clone(), b.clone())).collect();
        let mut all: Vec<(String, String, crate::records::Release)> = Vec::new();
        for bytes in end.values() {
            if let Some(found) = crate::envelope::open::<crate::records::Release>(bytes, shelf).good()
                && !all.iter().any(|(hash, _, _)| *hash == found.hash)
            {
                all.push((found.hash, found.writer.to_string(), found.body));
            }
        }
        let new = |text: &str| all.iter().find(|(_, _, r)| r.about["v"] == text).unwrap();
        // A release needs all that its device put, each wherever the same bytes stand: a parent's record may be in two folders.
        let same = |bytes: &Vec<u8>| (0..added.len()).filter(|i| added[*i].1 == *bytes).fold(0, |all, i| all | 1 << i);
        let of = |writer: &str| -> Vec<u32> {
            let own = added.iter().filter(|(name, _)| name.contains(writer)).map(|(_, bytes)| bytes);
            own.filter(|bytes| !base.values().any(|known| known == *bytes)).map(same).collect()
        };
        let two = [new("from anna"), new("from ben")];
        let releases = two.map(|(hash, writer, release)| {
            let text = release.about["v"].as_str().unwrap().to_owned();
            ((release.n, hash.clone()), of(writer), text)
        });
        let in_a_row = two[0].2.n != two[1].2.n;
        Model { base: base.clone(), added, releases: releases.to_vec(), in_a_row, reader: Desk::stranger(shelf, 57) }
    }

    fn place(&self, subset: u32) -> SimPlace {
        let place = SimPlace::new();
        let mut files = self.base.clone();
        files.extend(self.added.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, f)| f.clone()));
        place.set_files(files);
        place
    }

    /// Looks at a subset with a memory, checks what is shown, and answers what is remembered then.
    fn look(&mut self, subset: u32, memory: &str) -> String {
        let place = self.place(subset);
        self.reader.trust = serde_json::from_str(memory).unwrap();
        let before = self.reader.trust.accepted(&product("sales"));
        let view = self.reader.look(&place);
        let now = self.reader.trust.accepted(&product("sales"));
        assert!(now >= before, "nothing goes back: {subset:b}");
        let Some(seen) = view.product(&product("sales")) else {
            assert!(before.is_none());
            return self.remembered();
        };
        if matches!(seen.state, SeenState::Ready | SeenState::ReadyNewerArriving { .. } | SeenState::TwoVersions) {
            let text = content(&place, seen).unwrap();
            let known = self.releases.iter().find(|(rank, _, _)| rank.1 == seen.hash.as_str());
            assert_eq!(known.map_or("base", |(_, _, text)| text.as_str()), text, "{subset:b}");
        }
        assert!(!view.alerts.iter().any(|a| matches!(a, Alert::Fork { .. } | Alert::BadCounter { .. })));
        self.remembered()
    }

    fn remembered(&self) -> String {
        serde_json::to_string(&self.reader.trust).unwrap()
    }

    /// What a fresh reader must show of a subset: the greatest of the releases that are there as a whole.
    fn check_fresh(&mut self, subset: u32, nothing: &str) -> String {
        let memory = self.look(subset, nothing);
        let whole: Vec<_> =
            self.releases.iter().filter(|(_, needs, _)| needs.iter().all(|any| subset & any != 0)).collect();
        let accepted = self.reader.trust.accepted(&product("sales"));
        let hash = accepted.as_ref().map(|(_, hash)| hash.as_str().to_owned());
        match whole.iter().map(|(rank, _, _)| rank).max() {
            Some(greatest) => assert_eq!(hash.as_ref(), Some(&greatest.1), "{subset:b}"),
            None => assert!(self.releases.iter().all(|(rank, _, _)| Some(&rank.1) != hash.as_ref()), "{subset:b}"),
        }
        if whole.len() == 2 {
            let view = self.reader.look(&self.place(subset));
            let two = state(&view, "sales") == Some(SeenState::TwoVersions);
            assert_eq!(two, !self.in_a_row, "{subset:b}");
        }
        memory
    }
}

fn two_devices(base_release: bool) -> (Files, [Desk; 2]) {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    if base_release {
        anna.publish(&place, "sales", "base");
    }
    (place.files(), [anna, ben])
}

fn two_by_two(base_release: bool, least_runs: u64, how: Depth) {
    let (base, mut desks) = two_devices(base_release);
    let shelf = desks[0].trust.shelf().clone();
    let (runs, ends) = all_ends(&base, &mut desks);
    assert!(runs >= least_runs, "{runs}");
    // Beside each other, and one after the other both ways.
    assert_eq!(ends.len(), 3, "{runs} runs");
    let nothing = serde_json::to_string(&Trust::new(shelf.clone())).unwrap();
    for (at, end) in ends.iter().enumerate() {
        let mut model = Model::new(&base, end, &shelf);
        let bits = model.added.len();
        assert!((10..=12).contains(&bits), "{bits}");
        let memories: Vec<String> = (0..1_u32 << bits).map(|subset| model.check_fresh(subset, &nothing)).collect();
        match how {
            Depth::Orders if at == 0 => every_order(&mut model, &memories),
            Depth::Subsets | Depth::Orders => {}
            Depth::Everything => {
                every_order(&mut model, &memories);
                every_pair(&mut model, &memories);
            }
        }
    }
}

/// From every subset by every file to the next: what is remembered is what a fresh reader of that subset remembers.
fn every_order(model: &mut Model, memories: &[String]) {
    for (subset, memory) in (0_u32..).zip(memories) {
        for file in (0..model.added.len()).filter(|file| subset >> file & 1 == 0) {
            let next = subset | 1 << file;
            let known = model.look(next, memory);
            assert_eq!(known, memories[next as usize], "{subset:b} and {file}");
        }
    }
}

/// From every memory to every subset.
fn every_pair(model: &mut Model, memories: &[String]) {
    let different: std::collections::BTreeSet<&String> = memories.iter().collect();
    for memory in different {
        for subset in 0..memories.len() {
            model.look(u32::try_from(subset).unwrap(), memory);
        }
    }
}

// faults 15, 31
#[test]
fn two_publications_at_once_in_every_interleaving_on_an_empty_shelf() {
    two_by_two(false, 252, Depth::Orders);
}

// faults 15, 31
#[test]
fn two_publications_at_once_in_every_interleaving_on_top_of_a_release() {
    two_by_two(true, 462, Depth::Subsets);
}

// faults 15, 31
#[test]
#[ignore = "minutes: make soak"]
fn every_memory_before_every_subset_of_two_publications() {
    two_by_two(false, 252, Depth::Everything);
    two_by_two(true, 462, Depth::Everything);
}

// fault 15
#[test]
fn all_orders_of_seven_files_of_one_publication() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "old");
    let before = place.files();
    let files = ["label.json", "table.parquet", "notes", "picture"].map(|name| {
        let text = if name == "label.json" { "label of new".to_owned() } else { format!("{name} of new") };
        anna.file(name, if name == "table.parquet" { "new" } else { &text }.as_bytes())
    });
    let id = product("sales");
    let about = serde_json::json!({"v": "new"});
    let publication = Publication { product: &id, title: "sales", rows: 3, files: files.to_vec(), about, seal: None };
    publish(&place, &anna.device, &mut anna.trust, &publication, NOW, &|_| true).unwrap();
    let added: Vec<_> = place.files().into_iter().filter(|(name, _)| !before.contains_key(name)).collect();
    assert_eq!(added.len(), 7, "four parts, a list, a record, a head");
    let mut reader = Desk::stranger(ben.trust.shelf(), 58);
    let there = SimPlace::new();
    there.set_files(before);
    assert_eq!(reader.seen(&there, "sales").release, 1);
    assert_eq!(arrive(&mut reader, &there, &added, 0), 5_040);
}

/// Lets each of the files that are missing arrive next, and all others after it. Answers how many orders there were.
fn arrive(reader: &mut Desk, place: &SimPlace, added: &[(String, Vec<u8>)], there: u32) -> u64 {
    if there + 1 == 1 << added.len() {
        return 1;
    }
    let (memory, mut orders) = (reader.trust.clone(), 0);
    for (i, (name, bytes)) in added.iter().enumerate().filter(|(i, _)| there >> i & 1 == 0) {
        place.set(name, bytes);
        reader.trust = memory.clone();
        let seen = reader.seen(place, "sales");
        let whole = there | 1 << i == (1 << added.len()) - 1;
        assert_eq!(content(place, &seen).unwrap(), if whole { "new" } else { "old" });
        assert!(seen.state == SeenState::Ready || (!whole && seen.state != SeenState::Damaged), "{:?}", seen.state);
        orders += arrive(reader, place, added, there | 1 << i);
        place.unset(name);
    }
    orders
}
