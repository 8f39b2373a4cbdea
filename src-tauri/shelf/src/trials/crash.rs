//! Every call that goes wrong, one after the other, in every way: then again, until none is left that could.

use larder_model::RefusalCode;

use super::*;
use crate::sim::Fault;
use crate::{current, doctor, note_seen, probe};

/// Does something with the call number 1, 2, 3... failing, until no call is left that fails. After each, `check` sees whether
/// the attempt said that it had worked.
fn each_call(fault: Fault, mut attempt: impl FnMut(&SimPlace, Option<Fault>, u64) -> bool) {
    for call in 1..2_000 {
        let place = SimPlace::new();
        if !attempt(&place, Some(fault), call) {
            return;
        }
    }
    panic!("never ended");
}

const FAULTS: [Fault; 7] = [
    Fault::Once(RefusalCode::Unreachable),
    Fault::Once(RefusalCode::Busy),
    Fault::From(RefusalCode::NoPermission),
    Fault::Crash { torn: 0 },
    Fault::Crash { torn: 1 },
    Fault::Crash { torn: 999 },
    Fault::Crash { torn: 1_001 },
];

// faults 1, 4
#[test]
pub(super) fn a_publication_that_dies_anywhere_leaves_the_old_or_the_new_and_goes_on() {
    for fault in FAULTS {
        each_call(fault, |place, fault, call| {
            let (mut anna, mut ben) = anna_and_ben(place);
            anna.publish(place, "sales", "old");
            ben.look(place);
            place.fail_at(call, fault.unwrap());
            let answer = anna.try_publish(place, "sales", "new");
            let fired = place.heal();
            if let Err(refusal) = &answer {
                assert!(fired, "{refusal}");
                assert_ne!(refusal.code, RefusalCode::Bug, "{refusal}");
            }
            // Whoever looks now sees the old or the new, and what they see is whole.
            let seen = ben.seen(place, "sales");
            assert!([SeenState::Ready].contains(&seen.state), "{fault:?} {call} {:?}", seen.state);
            let now = content(place, &seen).unwrap();
            assert!(now == "old" || now == "new", "{now}");
            assert!(answer.is_err() || now == "new", "said to be done, and it is");
            // The program starts again without any memory, and does it again: one release, no more.
            anna.trust = Trust::new(anna.trust.shelf().clone());
            let done = anna.publish(place, "sales", "new");
            assert_eq!(done.n, 2, "{fault:?} {call}");
            let view = ben.look(place);
            let seen = view.product(&product("sales")).unwrap();
            assert_eq!((seen.release, &seen.hash, &seen.state), (2, &done.hash, &SeenState::Ready), "{fault:?} {call}");
            assert_eq!(content(place, seen).unwrap(), "new");
            assert_eq!(view.alerts, [], "{fault:?} {call}");
            own_heads_are_a_chain(place, &anna);
            fired
        });
    }
}

/// I8: numbers go up by one and each head names the one before.
fn own_heads_are_a_chain(place: &SimPlace, desk: &Desk) {
    let mut heads: Vec<_> = place
        .files()
        .values()
        .filter_map(|bytes| crate::envelope::open::<crate::records::Head>(bytes, desk.trust.shelf()).good())
        .filter(|head| head.writer == desk.device.writer())
        .collect();
    heads.sort_by_key(|head| head.body.seq);
    for pair in heads.windows(2) {
        assert_eq!(pair[1].body.seq, pair[0].body.seq + 1);
        assert_eq!(pair[1].body.prev, [pair[0].hash.clone()]);
    }
}

#[test]
fn setting_up_that_dies_anywhere_is_one_shelf_in_the_end() {
    for fault in FAULTS {
        each_call(fault, |place, fault, call| {
            let device = Device::create([1; 32]);
            let person = Person { name: "Anna".into(), ..Person::default() };
            let id = PersonId::parse("anna").unwrap();
            place.fail_at(call, fault.unwrap());
            let first = start(place, &device, "Bakery", &person, &id, NOW);
            let fired = place.heal();
            assert!(first.is_ok() || fired);
            let shelf = start(place, &device, "Bakery", &person, &id, "2026-03-03T08:00:00Z").unwrap();
            assert!(first.is_err() || first.unwrap() == shelf);
            let mut trust = Trust::new(shelf);
            let view = look(place, &mut trust, &device, &|_| false, &|| false).unwrap();
            assert_eq!((view.people.len(), view.me().unwrap().steward), (1, true), "{fault:?} {call}");
            assert_eq!(view.alerts, [], "{fault:?} {call}");
            fired
        });
    }
}

// fault 1
#[test]
fn joining_and_confirming_that_die_anywhere_go_on() {
    for fault in FAULTS {
        each_call(fault, |place, fault, call| {
            let mut anna = Desk::founder(place);
            let ben = Desk::joiner(place, "Ben", 2);
            anna.look(place);
            place.fail_at(call, fault.unwrap());
            let _ = confirm(place, &anna.device, &mut anna.trust, &[ben.device.writer()], NOW);
            let cem = Device::create([3; 32]);
            let person = Person { name: "Cem".into(), ..Person::default() };
            let id = PersonId::parse("cem").unwrap();
            let _ = join(place, &cem, &person, &id, NOW);
            let fired = place.heal();
            let mut again = Trust::new(anna.trust.shelf().clone());
            confirm(place, &anna.device, &mut again, &[ben.device.writer()], "2026-03-03T09:00:00Z").unwrap();
            join(place, &cem, &person, &id, NOW).unwrap();
            let view = anna.look(place);
            let names: Vec<_> = view.people.iter().map(|m| (m.person.name.as_str(), m.confirmed)).collect();
            assert_eq!(names, [("Anna", true), ("Ben", true), ("Cem", false)], "{fault:?} {call}");
            assert_eq!(view.alerts, [], "{fault:?} {call}");
            fired
        });
    }
}

// faults 4, 26
#[test]
fn a_look_that_dies_anywhere_forgets_and_invents_nothing() {
    for fault in [
        Fault::Once(RefusalCode::Unreachable),
        Fault::Once(RefusalCode::NoPermission),
        Fault::From(RefusalCode::Unreachable),
    ] {
        each_call(fault, |place, fault, call| {
            let (mut anna, mut ben) = anna_and_ben(place);
            anna.publish(place, "sales", "one");
            anna.publish(place, "stock", "two");
            ben.look(place);
            anna.publish(place, "sales", "three");
            let before = ben.trust.clone();
            ben.trust.memo = Default::default();
            place.fail_at(call, fault.unwrap());
            let looked = look(place, &mut ben.trust, &ben.device, &|_| false, &|| false);
            let fired = place.heal();
            match looked {
                Err(_) => assert_eq!((&ben.trust.floors, &ben.trust.accepted), (&before.floors, &before.accepted)),
                Ok(view) => {
                    assert_eq!(view.products.len(), 2, "{fault:?} {call}");
                    for seen in &view.products {
                        let was = before.accepted(&seen.product).unwrap();
                        assert!((seen.release, &seen.hash) >= (was.0, &was.1), "{fault:?} {call} {seen:?}");
                    }
                }
            }
            let seen = ben.seen(place, "sales");
            assert_eq!((seen.release, seen.state), (2, SeenState::Ready));
            fired
        });
    }
}

#[test]
fn noting_what_was_seen_may_die_anywhere() {
    for fault in FAULTS {
        each_call(fault, |place, fault, call| {
            let (mut anna, mut ben) = anna_and_ben(place);
            anna.publish(place, "sales", "one");
            let view = ben.look(place);
            place.fail_at(call, fault.unwrap());
            let _ = note_seen(place, &ben.device, &mut ben.trust, &view, NOW);
            let fired = place.heal();
            let view = ben.look(place);
            note_seen(place, &ben.device, &mut ben.trust, &view, NOW).unwrap();
            assert_eq!(anna.seen(place, "sales").seen_by.len(), 1, "{fault:?} {call}");
            own_heads_are_a_chain(place, &ben);
            fired
        });
    }
}

#[test]
fn plain_copies_that_die_anywhere_are_whole_after_the_next_time() {
    for fault in FAULTS {
        each_call(fault, |place, fault, call| {
            let desk = Desk::stranger(&ShelfId::parse("x").unwrap(), 1);
            let files = |text: &str| {
                let (a, b) = (desk.file("a", text.as_bytes()), desk.file("b", text.as_bytes()));
                [("Sales.csv".to_owned(), a.path), (format!("data/{text}.csv"), b.path)]
            };
            current::write(place, "Sales", &files("one")).unwrap();
            place.fail_at(call, fault.unwrap());
            let _ = current::write(place, "Sales", &files("two"));
            let fired = place.heal();
            // A torn copy cannot be told from an edited one; it is told, and put right once asked.
            let outcome = current::write(place, "Sales", &files("three")).unwrap();
            let torn = matches!(fault, Some(Fault::Crash { torn: 1..=999 }));
            assert!(outcome.edited.is_empty() || torn, "{fault:?} {call} {outcome:?}");
            current::restore(place, "Sales", &files("three")).unwrap();
            let now = place.files();
            assert_eq!(now.get("Current/Sales/Sales.csv").unwrap(), b"three", "{fault:?} {call}");
            assert_eq!(now.get("Current/Sales/data/three.csv").unwrap(), b"three");
            assert!(torn || now.len() == 3, "{fault:?} {call} {:?}", now.keys().collect::<Vec<_>>());
            fired
        });
    }
}

// fault 8
#[test]
fn trying_out_a_place_that_says_no_asks_once() {
    let place = SimPlace::new();
    Desk::founder(&place);
    let calls = place.calls();
    probe(&place).unwrap();
    let needed = place.calls() - calls;
    let mut read_only = 0;
    for call in 1..=needed {
        place.fail_at(call, Fault::Once(RefusalCode::NoPermission));
        let files = place.files();
        match probe(&place) {
            Ok(found) if !found.can_write => read_only += 1,
            _ => {}
        }
        place.heal();
        let left = place.files();
        assert!(left.len() <= files.len() + 1, "at most the one file that could not be deleted");
        place.set_files(files);
    }
    assert!(read_only >= 1);
    let away = SimPlace::new();
    away.set_away(true);
    assert_eq!(probe(&away).unwrap_err().code, RefusalCode::Unreachable);
}

// fault 7
#[test]
fn a_place_that_turns_read_only_can_still_be_read() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let view = ben.look(&place);
    struct ReadOnly<'a>(&'a SimPlace);
    impl Place for ReadOnly<'_> {
        fn list(&self, folder: &str) -> Result<Vec<crate::Entry>, Refusal> {
            self.0.list(folder)
        }
        fn stat(&self, name: &str) -> Result<Option<crate::Entry>, Refusal> {
            self.0.stat(name)
        }
        fn get_to(&self, name: &str, out: &mut dyn std::io::Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
            self.0.get_to(name, out, max_bytes)
        }
        fn put(&self, _: &str, _: &mut dyn std::io::Read, _: u64) -> Result<(), Refusal> {
            Err(Refusal::new(RefusalCode::NoPermission))
        }
        fn replace(&self, _: &str, _: &mut dyn std::io::Read, _: u64) -> Result<(), Refusal> {
            Err(Refusal::new(RefusalCode::NoPermission))
        }
        fn delete(&self, _: &str) -> Result<(), Refusal> {
            Err(Refusal::new(RefusalCode::NoPermission))
        }
        fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
            Ok(None)
        }
    }
    let read_only = ReadOnly(&place);
    assert_eq!(ben.look(&read_only).products, view.products);
    assert_eq!(ben.try_publish(&read_only, "sales", "two").unwrap_err().code, RefusalCode::NoPermission);
    assert_eq!(
        note_seen(&read_only, &ben.device, &mut ben.trust, &view, NOW).unwrap_err().code,
        RefusalCode::NoPermission
    );
    let found = probe(&read_only).unwrap();
    assert!(found.can_read && !found.can_write);
    assert!(doctor(&read_only, &mut ben.trust, &ben.device, &|| false).is_ok());
}

/// Says that everything went well, and stores something else.
struct Liar<'a> {
    place: &'a SimPlace,
    lies: std::cell::RefCell<u32>,
    nothing: bool,
}

// Only ever used on one thread.
struct Shared<'a>(std::sync::Mutex<Liar<'a>>);

impl Place for Shared<'_> {
    fn list(&self, folder: &str) -> Result<Vec<crate::Entry>, Refusal> {
        self.0.lock().unwrap().place.list(folder)
    }
    fn stat(&self, name: &str) -> Result<Option<crate::Entry>, Refusal> {
        self.0.lock().unwrap().place.stat(name)
    }
    fn get_to(&self, name: &str, out: &mut dyn std::io::Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        self.0.lock().unwrap().place.get_to(name, out, max_bytes)
    }
    fn put(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        let liar = self.0.lock().unwrap();
        let mut lies = liar.lies.borrow_mut();
        if *lies == 0 {
            return liar.place.put(name, content, size_bytes);
        }
        *lies -= 1;
        if !liar.nothing {
            let zeros = vec![0_u8; usize::try_from(size_bytes).unwrap()];
            liar.place.set(name, &zeros);
        }
        Ok(())
    }
    fn replace(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.0.lock().unwrap().place.replace(name, content, size_bytes)
    }
    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.0.lock().unwrap().place.delete(name)
    }
    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        Ok(None)
    }
}

// fault 13
#[test]
pub(super) fn a_place_that_lies_is_found_out_by_reading_back() {
    for nothing in [true, false] {
        let place = SimPlace::new();
        let (mut anna, mut ben) = anna_and_ben(&place);
        let liar =
            |lies| Shared(std::sync::Mutex::new(Liar { place: &place, lies: std::cell::RefCell::new(lies), nothing }));
        assert_eq!(anna.publish(&liar(2), "sales", "one").n, 1, "twice is mended");
        assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "one");
        for lies in 3..30 {
            let answer = anna.try_publish(&liar(lies), "sales", &format!("v{lies}"));
            assert_eq!(answer.unwrap_err().code, RefusalCode::NotVerified);
        }
        assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "one", "no head names what is not there");
    }
}
