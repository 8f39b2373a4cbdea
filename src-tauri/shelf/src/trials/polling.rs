//! How little is asked of a place: nothing twice that cannot have changed.

use super::counted::Counted;
use super::*;
use crate::{glance, note_seen};

fn glanced(desk: &mut Desk, place: &dyn Place) -> Option<View> {
    glance(place, &mut desk.trust, &desk.device, &|_| false, &|| false).unwrap()
}

/// Anna and `n` confirmed colleagues with a data product each, all of it seen by Anna.
fn crowd(place: &SimPlace, n: u8) -> (Desk, Vec<Desk>) {
    let mut anna = Desk::founder(place);
    let mut others: Vec<Desk> = (0..n).map(|i| Desk::joiner(place, &format!("P{i}"), 10 + i)).collect();
    anna.look(place);
    let writers: Vec<_> = others.iter().map(|other| other.device.writer()).collect();
    confirm(place, &anna.device, &mut anna.trust, &writers, NOW).unwrap();
    for (i, other) in others.iter_mut().enumerate() {
        other.publish(place, &format!("product-{i}"), &format!("content {i}"));
    }
    settle(&mut anna, place);
    (anna, others)
}

/// Looks, and tells others what was seen.
fn settle(desk: &mut Desk, place: &dyn Place) {
    let view = desk.look(place);
    note_seen(place, &desk.device, &mut desk.trust, &view, NOW).unwrap();
    desk.look(place);
}

#[test]
fn a_look_at_fifty_colleagues_without_news_asks_one_small_question_each() {
    let place = SimPlace::new();
    let (mut anna, _) = crowd(&place, 49);
    let server = Counted::new(&place);
    anna.look(&server);
    server.take();
    assert!(glanced(&mut anna, &server).is_none());
    let (times, verbs) = server.take();
    assert_eq!(times, 51, "{verbs:?}");
    assert_eq!(verbs.keys().copied().collect::<Vec<_>>(), ["list"]);
}

#[test]
fn news_of_one_colleague_asks_the_others_for_nothing_that_was_read() {
    let place = SimPlace::new();
    let (mut anna, mut others) = crowd(&place, 49);
    let server = Counted::new(&place);
    anna.look(&server);
    others[7].publish(&place, "product-7", "new content");
    server.take();
    let view = glanced(&mut anna, &server).unwrap();
    let (times, verbs) = server.take();
    let seen = view.product(&product("product-7")).unwrap();
    assert_eq!((seen.release, &seen.state, view.products.len()), (2, &SeenState::Ready, 49));
    assert!(times <= 160, "{verbs:?}");
    assert!(verbs["get"].times <= 6, "{verbs:?}");
}

// fault 27
#[test]
fn a_glance_sees_what_a_look_sees() {
    let place = SimPlace::new();
    let (mut anna, mut others) = crowd(&place, 5);
    for round in 0..12_usize {
        match round % 4 {
            0 => drop(others[round % 5].publish(&place, &format!("product-{}", round % 5), &format!("round {round}"))),
            1 => settle(&mut others[round % 5], &place),
            2 => drop(anna.publish(&place, "annas", &format!("round {round}"))),
            _ => drop(Desk::joiner(&place, &format!("Late{round}"), 100 + u8::try_from(round).unwrap())),
        }
        let mut thorough = Desk { trust: anna.trust.clone(), ..Desk::stranger(anna.trust.shelf(), 1) };
        let whole = thorough.look(&place);
        let quick = glanced(&mut anna, &place).expect("news");
        assert_eq!(quick, whole, "round {round}");
        let again = glanced(&mut anna, &place);
        assert!(again.is_none_or(|again| again == whole), "round {round}");
    }
}

// fault 27
#[test]
fn what_arrives_late_is_seen_by_a_glance_without_a_new_head() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    settle(&mut anna, &place);
    let before = place.written().len();
    ben.publish(&place, "tills", "late content");
    let parts: Vec<_> =
        place.written().split_off(before).into_iter().filter(|(name, _)| name.contains("/b/")).collect();
    for (name, _) in &parts {
        place.delete(name).unwrap();
    }
    let view = glanced(&mut anna, &place).unwrap();
    assert!(matches!(state(&view, "tills"), Some(SeenState::Arriving { .. })));
    for (name, bytes) in &parts {
        place.put(name, &mut bytes.as_slice(), bytes.len() as u64).unwrap();
    }
    let view = glanced(&mut anna, &place).expect("nothing was settled");
    assert_eq!(state(&view, "tills"), Some(SeenState::Ready));
}

// fault 17
#[test]
fn a_head_that_was_torn_is_read_again_by_a_glance() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    ben.publish(&place, "tills", "one");
    settle(&mut anna, &place);
    let before = place.written().len();
    ben.publish(&place, "tills", "two");
    let (name, bytes) = place.written().split_off(before).into_iter().rfind(|(name, _)| name.contains("/h/")).unwrap();
    place.delete(&name).unwrap();
    place.put(&name, &mut &bytes[..bytes.len() / 2], bytes.len() as u64 / 2).unwrap();
    let view = glanced(&mut anna, &place).unwrap();
    assert_eq!(view.product(&product("tills")).unwrap().release, 1);
    place.delete(&name).unwrap();
    place.put(&name, &mut bytes.as_slice(), bytes.len() as u64).unwrap();
    let view = glanced(&mut anna, &place).expect("a head was not whole");
    assert_eq!(view.product(&product("tills")).unwrap().release, 2);
}

#[test]
fn what_was_settled_is_still_known_after_a_restart() {
    let place = SimPlace::new();
    let (mut anna, mut others) = crowd(&place, 20);
    let server = Counted::new(&place);
    anna.look(&server);
    let kept = serde_json::to_string(&anna.trust).unwrap();
    anna.trust = serde_json::from_str(&kept).unwrap();
    server.take();
    let view = glanced(&mut anna, &server).unwrap();
    let (_, verbs) = server.take();
    assert!(!verbs.contains_key("stat"), "no data product is asked for again: {verbs:?}");
    assert_eq!(view.products.len(), 20);
    others[3].publish(&place, "product-3", "after the restart");
    assert_eq!(glanced(&mut anna, &server).unwrap().product(&product("product-3")).unwrap().release, 2);
}
