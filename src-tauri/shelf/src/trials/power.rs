//! The power goes: of what was put and not flushed, any part may be gone, empty, cut or zeros, whatever came before it.

use super::*;
use crate::sim::Fate;

const FATES: [Fate; 4] = [Fate::Kept, Fate::Gone, Fate::Half, Fate::Zeros];

/// Every fate of each of so many files.
fn each_fate(files: usize, mut try_out: impl FnMut(&[Fate])) {
    let mut fates = vec![FATES[0]; files];
    for number in 0..FATES.len().pow(u32::try_from(files).unwrap()) {
        let mut rest = number;
        for fate in &mut fates {
            *fate = FATES[rest % FATES.len()];
            rest /= FATES.len();
        }
        try_out(&fates);
    }
}

/// A place whose `written` starts anew with the files that are there.
fn again(place: &SimPlace) -> SimPlace {
    let fresh = SimPlace::new();
    fresh.set_files(place.files());
    fresh
}

/// Every subset of the five files of a publication (two parts, list, record, head), each lost file in three ways: so it is
/// at every step of the publication too, as what was not put yet is as good as gone.
// fault 2
#[test]
fn whatever_the_power_takes_leaves_the_old_or_the_new_and_publishing_goes_on() {
    let base = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&base);
    anna.publish(&base, "sales", "old");
    ben.look(&base);
    let (knew, saw) = (anna.trust.clone(), ben.trust.clone());
    let done = again(&base);
    let published = anna.publish(&done, "sales", "new");
    assert_eq!(done.written().len(), 5, "two parts, a list, a record, a head");
    let mut tried = 0;
    each_fate(5, |fates| {
        tried += 1;
        let place = again(&base);
        anna.trust = knew.clone();
        assert_eq!(anna.publish(&place, "sales", "new"), published, "the same every time");
        place.lose_last(fates);
        ben.trust = saw.clone();
        shows_old_or_new(&place, &mut ben, fates.iter().all(|fate| *fate == Fate::Kept));
        // The program starts again, without any memory of it, and does it again.
        anna.trust = knew.clone();
        anna.trust.memo = Default::default();
        let done = anna.publish(&place, "sales", "new");
        assert_eq!(done.n, 2, "{fates:?}");
        let view = ben.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert_eq!((seen.release, &seen.hash, &seen.state), (2, &done.hash, &SeenState::Ready), "{fates:?}");
        assert_eq!(content(&place, seen).unwrap(), "new");
        assert_eq!(view.alerts, [], "{fates:?}");
    });
    assert_eq!(tried, 1_024);
}

/// A release is there as a whole or not at all; zeros in place of a part are found out when they are read.
fn shows_old_or_new(place: &SimPlace, reader: &mut Desk, kept: bool) {
    for fresh in [false, true] {
        let seen = match fresh {
            true => Desk::stranger(reader.trust.shelf(), 55).seen(place, "sales"),
            false => reader.seen(place, "sales"),
        };
        match content(place, &seen) {
            Ok(text) => assert!(text == "old" || text == "new"),
            Err(refusal) => {
                assert_eq!(refusal.code, larder_model::RefusalCode::Damaged);
                assert_eq!((seen.release, kept), (2, false), "only the new one can be damaged");
                assert_eq!(seen.earlier.len(), 1, "the old one can still be had");
                reader.trust.note_damaged(&refusal);
            }
        }
    }
}

/// The publisher remembers to have published, and its drive forgot: nobody goes back who had seen it, and the next release
/// stands on all that was ever said.
// fault 2
#[test]
fn what_a_publisher_remembers_and_its_drive_forgot_is_built_upon() {
    let base = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&base);
    anna.publish(&base, "sales", "old");
    ben.look(&base);
    let (knew, saw) = (anna.trust.clone(), ben.trust.clone());
    each_fate(5, |fates| {
        if fates[..3].contains(&Fate::Half) {
            return;
        }
        let place = again(&base);
        anna.trust = knew.clone();
        anna.publish(&place, "sales", "new");
        ben.trust = saw.clone();
        assert_eq!(ben.seen(&place, "sales").release, 2, "seen before the power went");
        place.lose_last(fates);
        assert_eq!(ben.seen(&place, "sales").release, 2, "nothing goes back: {fates:?}");
        let next = anna.publish(&place, "sales", "next");
        assert_eq!(next.n, 3, "{fates:?}");
        let view = ben.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert_eq!((seen.release, &seen.state, view.alerts.len()), (3, &SeenState::Ready, 0), "{fates:?}");
        assert_eq!(content(&place, seen).unwrap(), "next");
        let fresh = Desk::stranger(ben.trust.shelf(), 56).seen(&place, "sales");
        assert_eq!((fresh.release, fresh.state), (3, SeenState::Ready), "{fates:?}");
    });
}
