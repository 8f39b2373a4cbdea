//! Saying what one uses a data product for: who reads it, who does not, and how seldom it is said.

use super::sealed::recipients;
use super::*;
use crate::envelope::{seal as sign, sha256};
use crate::names::{self, Room};
use crate::sim::Fault;
use crate::{Using, caps, say_use, unsay_use};

const CANARY: &str = "For the flour order at Quillfeather";
const DAYS: [&str; 4] =
    ["2026-03-03T08:00:00Z", "2026-03-20T08:00:00Z", "2026-04-15T08:00:00Z", "2026-04-16T08:00:00Z"];

/// Anna, who founded the shelf and may confirm others; Ben, who keeps things; Cem, who uses them; Dora, who is nobody of these.
fn four(place: &SimPlace) -> [Desk; 4] {
    let (mut anna, mut ben) = anna_and_ben(place);
    let (cem, dora) = (Desk::joiner(place, "Cem", 3), Desk::joiner(place, "Dora", 4));
    anna.look(place);
    anna.confirm(place, &cem);
    anna.confirm(place, &dora);
    ben.publish(place, "sales", "figures");
    ben.publish(place, "stock", "shelves");
    [anna, ben, cem, dora]
}

fn says(desk: &mut Desk, place: &dyn Place, id: &str, why: &str, to: &[&Desk], now: &str) -> Result<bool, Refusal> {
    let release = desk.seen(place, id).hash;
    let (product, readers) = (product(id), recipients(to));
    let using = Using { product: &product, release: &release, purpose: why, readers: &readers };
    say_use(place, &desk.device, &mut desk.trust, &using, now)
}

fn told(view: &View) -> Vec<(&str, &str, &str, bool)> {
    view.receipts.iter().map(|r| (r.product.as_str(), r.purpose.as_str(), r.since.as_str(), r.is_mine)).collect()
}

#[test]
fn the_keeper_and_the_stewards_read_it_and_nobody_else() {
    let place = SimPlace::new();
    let [mut anna, mut ben, mut cem, mut dora] = four(&place);
    assert!(says(&mut cem, &place, "sales", &format!(" {CANARY}\u{202e} "), &[&ben, &anna], DAYS[0]).unwrap());
    for (desk, mine) in [(&mut anna, false), (&mut ben, false), (&mut cem, true)] {
        let view = desk.look(&place);
        assert_eq!(told(&view), [("sales", CANARY, DAYS[0], mine)]);
        assert_eq!((view.receipts[0].person_id.as_str(), &view.alerts), ("cem", &vec![]));
    }
    for desk in [&mut dora, &mut Desk::stranger(anna.trust.shelf(), 9)] {
        assert_eq!(desk.look(&place).receipts, []);
    }
    // Nothing of it stands anywhere in plain: neither what for nor which data product, nor how long the sentence is.
    let record = super::tamper::newest_head(&place, &cem).messages.pop().unwrap();
    let name = names::record(cem.device.writer().as_str(), Room::Messages, &record);
    let bytes = place.files()[&name].clone();
    let has = |bytes: &[u8], what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    assert!(!has(&bytes, "sales") && place.files().values().all(|bytes| !has(bytes, "Quillfeather")));
    let place = SimPlace::new();
    let [anna, ben, mut cem, _] = four(&place);
    says(&mut cem, &place, "stock", "x", &[&ben, &anna], DAYS[0]).unwrap();
    let record = super::tamper::newest_head(&place, &cem).messages.pop().unwrap();
    let short = place.files()[&names::record(cem.device.writer().as_str(), Room::Messages, &record)].len();
    // A stanza of noise has a length of its own.
    assert!(short.abs_diff(bytes.len()) < 400, "{short} and {}", bytes.len());
}

#[test]
fn the_same_is_said_once_a_month_and_another_purpose_takes_its_place() {
    let place = SimPlace::new();
    let [_, mut ben, mut cem, _] = four(&place);
    let say = |cem: &mut Desk, ben: &Desk, why: &str, now: &str| says(cem, &place, "sales", why, &[ben], now).unwrap();
    assert!(say(&mut cem, &ben, CANARY, DAYS[0]));
    let files = place.files().len();
    assert!(!say(&mut cem, &ben, CANARY, DAYS[1]), "in the same month");
    assert_eq!(place.files().len(), files, "nothing is written");
    assert!(say(&mut cem, &ben, CANARY, DAYS[2]), "in another one");
    assert!(say(&mut cem, &ben, "For the books", DAYS[3]), "something else");
    let messages = super::tamper::newest_head(&place, &cem).messages.len();
    let view = ben.look(&place);
    assert_eq!(told(&view), [("sales", "For the books", DAYS[3], false)]);
    assert!(messages <= 2, "what was said before is let go of: {messages}");
    assert!(say(&mut cem, &ben, CANARY, DAYS[3]));
    assert_eq!(told(&ben.look(&place)), [("sales", CANARY, DAYS[3], false)]);
    assert!(unsay_use(&place, &cem.device, &mut cem.trust, &product("sales"), DAYS[3]).unwrap());
    assert!(!unsay_use(&place, &cem.device, &mut cem.trust, &product("sales"), DAYS[3]).unwrap());
    assert_eq!((ben.look(&place).receipts, cem.look(&place).receipts), (vec![], vec![]));
}

#[test]
fn since_when_stays_while_the_purpose_does() {
    let place = SimPlace::new();
    let [_, mut ben, mut cem, _] = four(&place);
    for now in [DAYS[0], DAYS[2]] {
        assert!(says(&mut cem, &place, "sales", CANARY, &[&ben], now).unwrap());
    }
    let view = ben.look(&place);
    assert_eq!((view.receipts[0].since.as_str(), view.receipts[0].at.as_str()), (DAYS[0], DAYS[2]));
}

#[test]
fn what_is_passed_on_by_others_or_too_long_or_for_nobody_counts_nothing() {
    let place = SimPlace::new();
    let [anna, mut ben, mut cem, mut dora] = four(&place);
    let files = place.files();
    for (why, to) in [("", vec![&ben]), ("  ", vec![&ben]), (&*"x".repeat(1_001), vec![&ben]), (CANARY, vec![])] {
        let refused = says(&mut cem, &place, "sales", why, &to, DAYS[0]).unwrap_err();
        assert_eq!(refused.code, larder_model::RefusalCode::Invalid, "{why:.9}");
    }
    assert_eq!(place.files(), files);
    // The longest for the most devices still fits into a message.
    let many: Vec<Desk> = (0..40).map(|i| Desk::stranger(anna.trust.shelf(), 100 + i)).collect();
    let to: Vec<&Desk> = [&ben].into_iter().chain(&many).collect();
    assert!(says(&mut cem, &place, "sales", &"\u{1f35e}".repeat(1_000), &to, DAYS[0]).unwrap());
    assert_eq!(ben.look(&place).receipts[0].purpose.chars().count(), 1_000);
    // Dora signs what Cem has encrypted.
    let record = super::tamper::newest_head(&place, &cem).messages.pop().unwrap();
    let bytes = place.files()[&names::record(cem.device.writer().as_str(), Room::Messages, &record)].clone();
    let stolen =
        crate::envelope::open::<crate::records::ReceiptRecord>(&bytes, anna.trust.shelf()).good().unwrap().body;
    let bytes = sign(&dora.device, &stolen).unwrap();
    let me = dora.device.writer();
    place.set(&names::record(me.as_str(), Room::Messages, &sha256(&bytes)), &bytes);
    let mut head = super::tamper::newest_head(&place, &dora);
    head.messages.push(sha256(&bytes));
    head.seq += 1;
    head.content = head.seq;
    let text = sign(&dora.device, &head).unwrap();
    place.set(&names::head(&me, head.seq, &sha256(&text)), &text);
    let view = ben.look(&place);
    assert_eq!((view.receipts.len(), view.receipts[0].person_id.as_str()), (1, "cem"));
    assert!(dora.look(&place).receipts.is_empty());
}

#[test]
fn whoever_uses_very_much_lets_go_of_the_oldest() {
    let place = SimPlace::new();
    let [_, mut ben, mut cem, _] = four(&place);
    let hash = ben.publish(&place, "p", "figures").hash;
    let to = recipients(&[&ben]);
    for i in 0..caps::OWN_RECEIPTS + 3 {
        let id = product(&format!("p{i}"));
        let using = Using { product: &id, release: &hash, purpose: "daily", readers: &to };
        say_use(&place, &cem.device, &mut cem.trust, &using, DAYS[0]).unwrap();
    }
    assert!(super::tamper::newest_head(&place, &cem).messages.len() <= caps::OWN_RECEIPTS + 1);
    assert!(says(&mut cem, &place, "sales", CANARY, &[&ben], DAYS[0]).unwrap());
    assert_eq!(told(&ben.look(&place)), [("sales", CANARY, DAYS[0], false)], "of what is on no shelf nothing is told");
}

#[test]
fn a_word_that_dies_anywhere_is_the_old_the_new_or_said_again() {
    let full = SimPlace::new();
    let [_, mut ben, mut cem, _] = four(&full);
    says(&mut cem, &full, "sales", "For the books", &[&ben], DAYS[0]).unwrap();
    ben.look(&full);
    let (files, trust, bens) = (full.files(), cem.trust.clone(), ben.trust.clone());
    let (id, release, readers) = (product("sales"), cem.seen(&full, "sales").hash, recipients(&[&ben]));
    let using = Using { product: &id, release: &release, purpose: CANARY, readers: &readers };
    for torn in [0, 500, 1_001] {
        for call in 1.. {
            assert!(call < 500, "never ended");
            let place = SimPlace::new();
            place.set_files(files.clone());
            (cem.trust, ben.trust) = (trust.clone(), bens.clone());
            place.fail_at(call, Fault::Crash { torn });
            let done = say_use(&place, &cem.device, &mut cem.trust, &using, DAYS[1]);
            let fired = place.heal();
            let now = ben.look(&place).receipts.pop().unwrap().purpose;
            assert!(now == CANARY || now == "For the books", "{call} {torn}");
            assert!(done.is_err() || now == CANARY);
            cem.trust = trust.clone();
            says(&mut cem, &place, "sales", CANARY, &[&ben], DAYS[1]).unwrap();
            assert_eq!(ben.look(&place).receipts.pop().unwrap().purpose, CANARY, "{call} {torn}");
            if !fired {
                break;
            }
        }
    }
}
