//! Releases that only some can open.

use std::collections::BTreeMap;

use larder_model::{RefusalCode, ReleaseHash, WriterId};

use super::*;
use crate::envelope::{open, seal as sign, sha256};
use crate::names::{self, Room};
use crate::records::{Head, Release};
use crate::sealed::{open_bytes, seal_bytes};
use crate::sim::Fault;
use crate::{Alert, Fetch, Grant, ReleaseFile, Seal, fetch, fetch_as, fetch_small_as, regrant, release_files_as};

const ASK: &str = "Ring Anna";

pub(super) fn recipients(of: &[&Desk]) -> Vec<(WriterId, String)> {
    of.iter().map(|desk| (desk.device.writer(), desk.device.recipient())).collect()
}

fn seal(desk: &Desk, to: Vec<(WriterId, String)>) -> Seal {
    let workspace = desk.home.path().join("outgoing");
    Seal { recipients: to, hide_title: false, owner: None, how_to_ask: Some(ASK.into()), workspace }
}

fn try_publish_as(
    desk: &mut Desk,
    place: &dyn Place,
    id: &str,
    content: &str,
    seal: Option<Seal>,
) -> Result<Published, Refusal> {
    let files = vec![
        desk.file("label.json", format!("label of {content}").as_bytes()),
        desk.file("table.parquet", content.as_bytes()),
    ];
    let (product, about) = (product(id), serde_json::json!({"v": content.get(..20).unwrap_or(content)}));
    let publication = Publication { product: &product, title: id, rows: 3, files, about, seal };
    publish(place, &desk.device, &mut desk.trust, &publication, NOW, &|_| true)
}

pub(super) fn publish_sealed(
    desk: &mut Desk,
    place: &dyn Place,
    id: &str,
    content: &str,
    to: Vec<(WriterId, String)>,
) -> Published {
    let seal = seal(desk, to);
    try_publish_as(desk, place, id, content, Some(seal)).unwrap()
}

fn opened_files(place: &dyn Place, desk: &Desk, files: &[ReleaseFile], writer: &WriterId) -> Result<String, Refusal> {
    let get = |name: &str| {
        let file = files.iter().find(|f| f.name == name).unwrap();
        let bytes = fetch_small_as(place, &desk.device, file, std::slice::from_ref(writer), 1 << 20)?;
        Ok::<_, Refusal>(String::from_utf8(bytes).unwrap())
    };
    let table = get("table.parquet")?;
    assert_eq!(get("label.json")?, format!("label of {table}"), "one release, never a mixture");
    Ok(table)
}

/// What a reader gets of a product.
fn opened(place: &dyn Place, desk: &mut Desk, id: &str) -> Result<String, Refusal> {
    let seen = desk.seen(place, id);
    opened_files(place, desk, &seen.files, &seen.writer)
}

/// Anna, who publishes, and Ben and Cem; all of them confirmed.
fn three(place: &SimPlace) -> (Desk, Desk, Desk) {
    let (mut anna, ben) = anna_and_ben(place);
    let cem = Desk::joiner(place, "Cem", 3);
    anna.look(place);
    anna.confirm(place, &cem);
    (anna, ben, cem)
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_sealed_release_opens_for_those_in_its_keyring_alone() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    let view = anna.look(&place);
    let of_ben: Vec<_> =
        view.people.iter().find(|m| m.person.name == "Ben").unwrap().recipients.clone().into_iter().collect();
    assert_eq!(of_ben, recipients(&[&ben]), "the cards say what to encrypt to");
    publish_sealed(&mut anna, &place, "sales", "figures", of_ben);
    for desk in [&mut anna, &mut ben] {
        let seen = desk.seen(&place, "sales");
        let seal = seen.sealed.clone().unwrap();
        assert_eq!((&seen.state, seen.title.as_str(), seen.rows, seen.size_bytes), (&SeenState::Ready, "sales", 3, 23));
        assert_eq!((seal.opens, seal.recipients.len(), seen.about["v"].as_str()), (true, 2, Some("figures")));
        assert_eq!(opened(&place, desk, "sales").unwrap(), "figures");
    }
    let theirs = ben.seen(&place, "sales");
    let seen = cem.seen(&place, "sales");
    let seal = seen.sealed.clone().unwrap();
    assert_eq!((&seen.state, seen.title.as_str(), seen.rows, seen.files.len()), (&SeenState::NeedsKey, "sales", 0, 0));
    assert_eq!((seal.opens, seal.how_to_ask.as_deref(), seal.recipients.len()), (false, Some(ASK), 0));
    assert_eq!((seen.about, seen.keeper_person.unwrap().name.as_str()), (serde_json::Value::Null, "Anna"));
    let refused = release_files_as(&place, &cem.device, &mut cem.trust, &seen.hash, std::slice::from_ref(&seen.writer));
    assert_eq!(refused.unwrap_err().code, RefusalCode::NoPermission);
    // Even with what Ben sees of it.
    assert_eq!(opened_files(&place, &cem, &theirs.files, &theirs.writer).unwrap_err().code, RefusalCode::NoPermission);
    // Without a key, what stands there is never taken for the file itself.
    let file = &theirs.files[0];
    let into = ben.home.path().join("plain");
    let holders = std::slice::from_ref(&theirs.writer);
    let what = Fetch { file, holders, here: &|_| None, progress: &|_| {}, cancelled: &|| false };
    let plain = fetch(&place, &what, &into);
    assert_eq!((plain.unwrap_err().code, into.exists()), (RefusalCode::NoPermission, false));
    fetch_as(&place, &ben.device, &what, &into).unwrap();
    assert_eq!(std::fs::read(&into).unwrap(), b"label of figures");
}

// fault 53
#[test]
fn nothing_plain_of_a_sealed_release_stands_on_the_shelf() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    let canaries = ["canary-in-title", "canary-in-file-name", "canary-in-rows", "canary-in-about"];
    let rows = "canary-in-rows\n".repeat(20_000);
    let files =
        vec![anna.file("canary-in-file-name.csv", rows.as_bytes()), anna.file("table.parquet", b"canary-in-rows")];
    let (id, workspace) = (product("sales"), anna.home.path().join("outgoing"));
    let seal = Seal { hide_title: true, ..seal(&anna, recipients(&[&ben])) };
    let about = serde_json::json!({"note": "canary-in-about"});
    let publication = Publication { product: &id, title: "canary-in-title", rows: 3, files, about, seal: Some(seal) };
    let looked = std::cell::Cell::new(0);
    let step = |_| {
        for entry in std::fs::read_dir(&workspace).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(canaries.iter().all(|canary| !contains(&bytes, canary)));
            looked.set(looked.get() + 1);
        }
        true
    };
    publish(&place, &anna.device, &mut anna.trust, &publication, NOW, &step).unwrap();
    assert!(looked.get() > 0);
    assert_eq!(std::fs::read_dir(&workspace).unwrap().count(), 0, "nothing is left behind");
    let all: Vec<(String, Vec<u8>)> = place.written().into_iter().chain(place.files()).collect();
    // A hash of what is in it would let anybody try out what it might be.
    let hashes = [sha256(rows.as_bytes()), sha256(b"canary-in-rows")];
    for (name, bytes) in &all {
        for canary in canaries.iter().copied().chain(hashes.iter().map(String::as_str)) {
            assert!(!name.contains(canary) && !contains(bytes, canary), "{canary} in {name}");
        }
    }
    let seen = cem.seen(&place, "sales");
    let told = serde_json::to_string(&seen).unwrap();
    assert!(canaries.iter().all(|canary| !told.contains(canary)), "{told}");
    assert!((seen.title.as_str(), seen.sealed.unwrap().hidden_title) == ("", true));
    assert_eq!(ben.seen(&place, "sales").title, "canary-in-title");
}

// fault 53
#[test]
pub(super) fn who_was_removed_opens_what_was_and_nothing_that_comes() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "old", recipients(&[&ben, &cem]));
    assert_eq!(opened(&place, &mut cem, "sales").unwrap(), "old");
    let before = place.files();
    let old = keys_of(&place, &cem);
    assert_eq!(old.len(), 1, "the key of the release that they may open");
    publish_sealed(&mut anna, &place, "sales", "new", recipients(&[&ben]));
    assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "new");
    let seen = cem.seen(&place, "sales");
    assert_eq!((&seen.state, seen.release, seen.files.len()), (&SeenState::NeedsKey, 2, 0));
    // The one before is still theirs.
    let files = release_files_as(
        &place,
        &cem.device,
        &mut cem.trust,
        &seen.earlier[0].hash,
        std::slice::from_ref(&seen.writer),
    )
    .unwrap();
    assert_eq!(opened_files(&place, &cem, &files, &seen.writer).unwrap(), "old");
    // Nothing that was added opens with anything that they have.
    let mut tried = 0;
    for (name, bytes) in place.files().into_iter().filter(|(name, _)| !before.contains_key(name)) {
        for key in old.iter().chain([cem.device.key()]) {
            assert!(open_bytes(key, &bytes, 1 << 20).is_err(), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 8);
    assert_eq!(keys_of(&place, &cem).len(), 1, "no new key either");
}

/// The keys of releases that a device can get out of everything that stands on a place.
fn keys_of(place: &SimPlace, desk: &Desk) -> Vec<crate::sealed::Key> {
    let opened = place.files().into_values().filter_map(|bytes| open_bytes(desk.device.key(), &bytes, 1 << 20).ok());
    let texts = opened.map(|plain| String::from_utf8(plain).unwrap());
    texts.filter_map(|text| text.lines().nth(1).and_then(|line| line.parse().ok())).collect()
}

fn newest_head(place: &SimPlace, desk: &Desk) -> Head {
    super::tamper::newest_head(place, desk)
}

/// Puts a release record of this device, and a head that names it, as its owner's Larder never would.
fn plant_release(place: &SimPlace, desk: &Desk, release: &Release) -> String {
    let me = desk.device.writer();
    let bytes = sign(&desk.device, release).unwrap();
    let hash = sha256(&bytes);
    place.set(&names::record(me.as_str(), Room::Releases, &hash), &bytes);
    let mut head = newest_head(place, desk);
    head.seq += 1;
    head.content = head.seq;
    head.products.entry(release.product.clone()).or_default().push(ReleaseHash::parse(&hash).unwrap());
    let bytes = sign(&desk.device, &head).unwrap();
    place.set(&names::head(&me, head.seq, &sha256(&bytes)), &bytes);
    hash
}

fn release_of(place: &SimPlace, desk: &Desk, hash: &ReleaseHash) -> Release {
    let bytes = &place.files()[&names::record(desk.device.writer().as_str(), Room::Releases, hash.as_str())];
    open::<Release>(bytes, desk.trust.shelf()).good().unwrap().body
}

// fault 52
#[test]
pub(super) fn what_a_colleague_encrypted_cannot_be_published_as_ones_own() {
    let place = SimPlace::new();
    let (mut anna, ben, mut cem) = three(&place);
    let published = publish_sealed(&mut anna, &place, "sales", "hers", recipients(&[&ben, &cem]));
    assert_eq!(opened(&place, &mut cem, "sales").unwrap(), "hers");
    let hers = release_of(&place, &anna, &published.hash);
    // As another product, as the next release of the same one, and as a first one beside hers.
    let theft = Release { product: product("theft"), ..hers.clone() };
    plant_release(&place, &ben, &theft);
    let next = Release { n: 2, parents: vec![published.hash.clone()], ..hers.clone() };
    plant_release(&place, &ben, &next);
    plant_release(&place, &ben, &Release { at: "2026-03-04T00:00:00Z".into(), ..hers });
    for desk in [&mut cem, &mut anna] {
        let view = desk.look(&place);
        assert_eq!(state(&view, "theft"), Some(SeenState::Damaged));
        let seen = view.product(&product("sales")).unwrap();
        assert_eq!((&seen.writer, seen.release), (&published_by(&place, &published.hash), 1));
        assert!(matches!(seen.state, SeenState::ReadyNewerArriving { .. }), "{:?}", seen.state);
        assert_eq!(opened_files(&place, desk, &seen.files, &seen.writer).unwrap(), "hers");
    }
    // The next true one goes past it.
    let next = publish_sealed(&mut anna, &place, "sales", "hers again", recipients(&[&ben, &cem]));
    assert_eq!(next.n, 3);
    assert_eq!(cem.seen(&place, "sales").state, SeenState::Ready);
    assert_eq!(opened(&place, &mut cem, "sales").unwrap(), "hers again");
}

fn published_by(place: &SimPlace, hash: &ReleaseHash) -> WriterId {
    let name = place.files().into_keys().find(|name| name.contains("/r/") && name.contains(hash.as_str())).unwrap();
    WriterId::parse(name.split('/').nth(2).unwrap()).unwrap()
}

#[test]
fn a_list_that_says_another_number_size_or_shelf_is_damaged() {
    let place = SimPlace::new();
    let (mut anna, ben, mut cem) = three(&place);
    let published = publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben, &cem]));
    let release = release_of(&place, &anna, &published.hash);
    let others = [
        Release { bytes: release.bytes + 1, ..release.clone() },
        Release { files: release.files + 1, ..release.clone() },
        Release { product: product("other"), ..release.clone() },
    ];
    for other in others {
        let product = other.product.clone();
        let hash = plant_release(&place, &anna, &other);
        let refused = release_files_as(
            &place,
            &cem.device,
            &mut cem.trust,
            &ReleaseHash::parse(&hash).unwrap(),
            &[anna.device.writer()],
        );
        assert_eq!(refused.unwrap_err().code, RefusalCode::Damaged, "{product}");
    }
    assert_eq!(opened(&place, &mut cem, "sales").unwrap(), "one");
}

#[test]
fn somebody_elses_keyring_in_front_of_a_list_closes_nothing() {
    let place = SimPlace::new();
    let (mut anna, ben, mut cem) = three(&place);
    let published = publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben, &cem]));
    // Ben, whom the list is known to, names it behind a keyring of his own that is closed to Cem.
    let ring = seal_bytes(&[ben.device.key().to_public()], b"nothing").unwrap();
    place.set(&names::blob(ben.device.writer().as_str(), &sha256(&ring)), &ring);
    let hers = release_of(&place, &anna, &published.hash);
    let keyring_size = ring.len() as u64;
    plant_release(&place, &ben, &Release { keyring: Some(sha256(&ring)), keyring_size, product: product("a"), ..hers });
    for _ in 0..2 {
        let view = cem.look(&place);
        assert_eq!(state(&view, "a"), Some(SeenState::NeedsKey));
        assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
        assert_eq!(opened(&place, &mut cem, "sales").unwrap(), "one");
    }
}

// fault 55
#[test]
fn parts_in_another_order_or_number_give_nothing() {
    let place = SimPlace::new();
    let mut anna = Desk::founder(&place);
    let content = "rows of figures ".repeat(30_000);
    publish_sealed(&mut anna, &place, "sales", &content, vec![]);
    let seen = anna.seen(&place, "sales");
    let file = seen.files.iter().find(|f| f.name == "table.parquet").unwrap();
    let writer = anna.device.writer();
    let bytes = place.files()[&names::blob(writer.as_str(), &file.parts[0].0)].clone();
    // Cut where the stream itself is cut, so that each piece is sound.
    let header = bytes.len() - content.len() - 8 * 16;
    let mut cuts = vec![bytes[..header].to_vec()];
    cuts.extend(bytes[header..].chunks(64 * 1024 + 16).map(<[u8]>::to_vec));
    assert_eq!(cuts.len(), 9, "{header}");
    for cut in &cuts {
        place.set(&names::blob(writer.as_str(), &sha256(cut)), cut);
    }
    let of = |order: &[usize]| {
        let all: Vec<u8> = order.iter().flat_map(|i| cuts[*i].clone()).collect();
        let mut told = file.clone();
        told.parts = order.iter().map(|i| (sha256(&cuts[*i]), cuts[*i].len() as u64)).collect();
        let sealed = told.sealed.as_mut().unwrap();
        (sealed.size_bytes, sealed.sha256) = (all.len() as u64, sha256(&all));
        told
    };
    let cache = tempfile::tempdir().unwrap();
    let into = cache.path().join("table.parquet");
    let get = |file: &ReleaseFile| {
        let holders = std::slice::from_ref(&writer);
        let what = Fetch { file, holders, here: &|_| None, progress: &|_| {}, cancelled: &|| false };
        let found = fetch_as(&place, &anna.device, &what, &into);
        let small = fetch_small_as(&place, &anna.device, file, std::slice::from_ref(&writer), 1 << 20);
        assert_eq!(found.is_ok(), small.is_ok());
        found
    };
    get(&of(&[0, 1, 2, 3, 4, 5, 6, 7, 8])).unwrap();
    assert_eq!(std::fs::read_to_string(&into).unwrap(), content);
    std::fs::remove_file(&into).unwrap();
    for order in [
        &[0, 1, 2, 3, 4, 5, 6, 7][..],
        &[0, 1, 3, 2, 4, 5, 6, 7, 8],
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 8],
        &[0, 1, 2, 3, 4, 5, 6, 7, 7, 8],
        &[0, 2, 3, 4, 5, 6, 7, 8],
        &[0, 0, 1, 2, 3, 4, 5, 6, 7, 8],
        &[0],
        &[1, 2, 3, 4, 5, 6, 7, 8],
    ] {
        assert_eq!(get(&of(order)).unwrap_err().code, RefusalCode::Damaged, "{order:?}");
        assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 0, "{order:?}: nothing is left");
    }
    // What opens and is not what the list says is nothing either.
    let mut other = of(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    other.sha256 = sha256(b"another");
    assert_eq!(get(&other).unwrap_err().code, RefusalCode::Damaged);
    other = of(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    other.size_bytes -= 1;
    assert_eq!(get(&other).unwrap_err().code, RefusalCode::Damaged);
    assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 0);
}

#[test]
fn every_subset_of_a_sealed_publication_shows_the_old_until_all_of_it_is_there() {
    let place = SimPlace::new();
    let (mut anna, ben, cem) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "old", recipients(&[&ben]));
    let before = place.files();
    publish_sealed(&mut anna, &place, "sales", "new", recipients(&[&ben]));
    let added: Vec<_> = place.files().into_iter().filter(|(name, _)| !before.contains_key(name)).collect();
    assert_eq!(added.len(), 6, "two files, keyring, list, record, head");
    let fresh = |seed| {
        let mut desk = Desk::stranger(anna.trust.shelf(), seed);
        desk.trust = Trust::new(anna.trust.shelf().clone());
        desk
    };
    let seen_release = seen_numbers(&added);
    for subset in 0..1_u32 << added.len() {
        let mut files = before.clone();
        files.extend(added.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, f)| f.clone()));
        let place = SimPlace::new();
        place.set_files(files);
        let whole = subset + 1 == 1 << added.len();
        let mut reader = fresh(2);
        let text = opened(&place, &mut reader, "sales").unwrap();
        assert_eq!(text, if whole { "new" } else { "old" }, "{subset:b}");
        // Who has no key cannot tell about the files: record, keyring and list are what counts for them.
        let mut other = fresh(3);
        let seen = other.seen(&place, "sales");
        let (told, expected) = (seen.release, if seen_release(subset) { 2 } else { 1 });
        assert_eq!((told, &seen.state), (expected, &SeenState::NeedsKey), "{subset:b}");
    }
    drop((ben, cem));
}

/// Whether of a publication the head, the record and the two small blobs are in a subset.
fn seen_numbers(added: &[(String, Vec<u8>)]) -> impl Fn(u32) -> bool + '_ {
    // The encrypted files are named by nobody but the list.
    let named: Vec<bool> = {
        let record = added.iter().find(|(name, _)| name.contains("/r/")).unwrap();
        let text = String::from_utf8(record.1.clone()).unwrap();
        added.iter().map(|(name, _)| !name.contains("/b/") || text.contains(name.rsplit('/').next().unwrap())).collect()
    };
    move |subset| named.iter().enumerate().all(|(i, needed)| !needed || subset >> i & 1 == 1)
}

#[test]
fn a_sealed_publication_that_dies_anywhere_leaves_the_old_or_the_new_and_goes_on() {
    for fault in [
        Fault::Once(RefusalCode::Unreachable),
        Fault::From(RefusalCode::NoPermission),
        Fault::Crash { torn: 0 },
        Fault::Crash { torn: 500 },
        Fault::Crash { torn: 1_001 },
    ] {
        for call in 1..2_000 {
            let place = SimPlace::new();
            let (mut anna, mut ben) = anna_and_ben(&place);
            let to = recipients(&[&ben]);
            publish_sealed(&mut anna, &place, "sales", "old", to.clone());
            ben.look(&place);
            place.fail_at(call, fault);
            let seal = seal(&anna, to.clone());
            let answer = try_publish_as(&mut anna, &place, "sales", "new", Some(seal));
            let fired = place.heal();
            assert!(answer.is_ok() || fired, "{answer:?}");
            assert_eq!(ben.seen(&place, "sales").state, SeenState::Ready, "{fault:?} {call}");
            let now = opened(&place, &mut ben, "sales").unwrap();
            assert!(now == "old" || now == "new", "{now}");
            assert!(answer.is_err() || now == "new");
            // Again, without any memory and with another key: one release, no more.
            anna.trust = Trust::new(anna.trust.shelf().clone());
            let done = publish_sealed(&mut anna, &place, "sales", "new", to);
            assert_eq!(done.n, 2, "{fault:?} {call}");
            let view = ben.look(&place);
            assert_eq!((state(&view, "sales"), view.alerts), (Some(SeenState::Ready), vec![]), "{fault:?} {call}");
            assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "new");
            if !fired {
                break;
            }
        }
    }
}

#[test]
fn letting_one_more_in_writes_a_keyring_and_no_data() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    let content = "figures ".repeat(50_000);
    publish_sealed(&mut anna, &place, "sales", &content, recipients(&[&ben]));
    assert_eq!(cem.seen(&place, "sales").state, SeenState::NeedsKey);
    let before = place.files();
    let id = product("sales");
    let to = recipients(&[&ben, &cem]);
    let grant = Grant { product: &id, recipients: &to };
    let done = regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap();
    assert_eq!(done.n, 2);
    let added: usize =
        place.files().iter().filter(|(name, _)| !before.contains_key(*name)).map(|(_, bytes)| bytes.len()).sum();
    assert!(added < 10_000, "{added} bytes");
    for desk in [&mut anna, &mut ben, &mut cem] {
        let seen = desk.seen(&place, "sales");
        assert_eq!((seen.state.clone(), seen.release, seen.rows), (SeenState::Ready, 2, 3));
        assert_eq!(opened(&place, desk, "sales").unwrap(), content);
    }
    let files = place.files();
    assert_eq!(regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap(), done, "once is enough");
    assert!(place.files().len() <= files.len() + 1, "a keyring that nobody names at most");
}

#[test]
fn letting_in_is_for_who_published_and_never_leaves_anybody_out() {
    let place = SimPlace::new();
    let (mut anna, mut ben, cem) = three(&place);
    let id = product("sales");
    let code = |desk: &mut Desk, to: &[&Desk]| {
        let to = recipients(to);
        desk.look(&place);
        regrant(&place, &desk.device, &mut desk.trust, &Grant { product: &id, recipients: &to }, NOW).unwrap_err().code
    };
    assert_eq!(code(&mut anna, &[&cem]), RefusalCode::Unknown, "nothing there");
    anna.publish(&place, "sales", "for all");
    assert_eq!(code(&mut anna, &[&cem]), RefusalCode::Unknown, "not sealed");
    publish_sealed(&mut anna, &place, "sales", "figures", recipients(&[&ben]));
    assert_eq!(code(&mut ben, &[&cem]), RefusalCode::NoPermission);
    assert_eq!(code(&mut anna, &[&cem]), RefusalCode::Invalid, "Ben would be left out");
    let weak = vec![(cem.device.writer(), "age1".to_owned() + &"q".repeat(58))];
    let grant = Grant { product: &id, recipients: &weak };
    assert!(regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).is_err());
    // Something newer that this device has not seen yet.
    let to = recipients(&[&ben, &cem]);
    let old = anna.trust.clone();
    ben.publish(&place, "sales", "by ben");
    let grant = Grant { product: &id, recipients: &to };
    let refusal = regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Busy);
    drop(old);
}

#[test]
fn sealed_and_open_releases_follow_each_other() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    anna.publish(&place, "sales", "open");
    publish_sealed(&mut anna, &place, "sales", "sealed", recipients(&[&ben]));
    assert_eq!(cem.seen(&place, "sales").state, SeenState::NeedsKey);
    assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "sealed");
    assert_eq!(anna.publish(&place, "sales", "open again").n, 3);
    for desk in [&mut anna, &mut ben, &mut cem] {
        let seen = desk.seen(&place, "sales");
        assert_eq!((seen.state.clone(), seen.sealed.clone(), seen.earlier.len()), (SeenState::Ready, None, 2));
        assert_eq!(content(&place, &seen).unwrap(), "open again");
    }
    publish_sealed(&mut anna, &place, "sales", "sealed again", vec![]);
    // Who cannot open it may have to publish after it all the same.
    assert_eq!(cem.publish(&place, "sales", "from cem").n, 5);
    let seen = ben.seen(&place, "sales");
    assert_eq!((content(&place, &seen).unwrap().as_str(), seen.other_versions.len()), ("from cem", 0));
    let (id, reason) = (product("sales"), "moved");
    let gone = crate::Retirement { product: &id, title: "sales", reason, successor: None, keep_until: None };
    publish_sealed(&mut anna, &place, "sales", "last", vec![]);
    assert_eq!(crate::retire(&place, &anna.device, &mut anna.trust, &gone, NOW).unwrap().n, 7);
    assert_eq!(cem.seen(&place, "sales").state, SeenState::Retired);
}

#[test]
fn the_same_for_the_same_people_is_the_same_release() {
    let place = SimPlace::new();
    let (mut anna, ben, cem) = three(&place);
    let first = publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben, &cem]));
    assert_eq!(publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&cem, &ben])), first);
    anna.trust = Trust::new(anna.trust.shelf().clone());
    assert_eq!(publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&cem, &ben])), first);
    assert_eq!(publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben])).n, 2, "for other people");
    let hidden = Seal { hide_title: true, ..seal(&anna, recipients(&[&ben])) };
    assert_eq!(try_publish_as(&mut anna, &place, "sales", "one", Some(hidden)).unwrap().n, 3);
    assert_eq!(anna.publish(&place, "sales", "one").n, 4, "for everybody");
}

#[test]
fn a_seal_that_cannot_be_is_refused_before_anything_is_written() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    let files = place.files();
    let good = recipients(&[&ben]).remove(0);
    let many = (1..=127_u32).map(|i| {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&i.to_le_bytes());
        let device = Device::create(seed);
        (device.writer(), device.recipient())
    });
    let long = Seal { how_to_ask: Some("x".repeat(501)), ..seal(&anna, vec![]) };
    for (seal, code) in [
        (seal(&anna, vec![(good.0.clone(), "age1nonsense".into())]), RefusalCode::Invalid),
        (seal(&anna, vec![good.clone(), good.clone()]), RefusalCode::Invalid),
        (seal(&anna, many.clone().collect()), RefusalCode::TooLarge),
        (long, RefusalCode::Invalid),
    ] {
        assert_eq!(try_publish_as(&mut anna, &place, "sales", "x", Some(seal)).unwrap_err().code, code);
        assert_eq!(place.files(), files);
    }
    publish_sealed(&mut anna, &place, "sales", "x", many.take(126).collect());
    assert_eq!(opened(&place, &mut anna, "sales").unwrap(), "x");
}

#[test]
fn devices_that_are_there_already_tell_what_to_encrypt_to() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    // As an older Larder wrote Ben's card.
    let (me, shelf) = (ben.device.writer(), anna.trust.shelf().clone());
    let mut head = newest_head(&place, &ben);
    let name = names::record(me.as_str(), Room::Messages, head.card.as_ref().unwrap());
    let mut card = open::<crate::records::CardRecord>(&place.files()[&name], &shelf).good().unwrap().body;
    let mut say = |recipient: Option<String>| {
        card.recipient = recipient;
        let bytes = sign(&ben.device, &card).unwrap();
        place.set(&names::record(me.as_str(), Room::Messages, &sha256(&bytes)), &bytes);
        head.card = Some(sha256(&bytes));
        head.seq += 1;
        let bytes = sign(&ben.device, &head).unwrap();
        place.set(&names::head(&me, head.seq, &sha256(&bytes)), &bytes);
    };
    let mut told = || {
        let view = anna.look(&place);
        let member = view.people.into_iter().find(|m| m.person.name == "Ben").unwrap();
        (member.recipients, member.person.role)
    };
    say(None);
    assert_eq!(told(), (BTreeMap::new(), "bakes".into()));
    // What is no key of ours, or a weak one, is passed over; the rest of the card counts.
    for odd in ["age1pq1later".to_owned(), "age1".to_owned() + &"q".repeat(58)] {
        say(Some(odd));
        assert_eq!(told(), (BTreeMap::new(), "bakes".into()));
    }
    join(&place, &ben.device, &ben.person, &ben.person_id, "2026-04-01T00:00:00Z").unwrap();
    assert_eq!(told().0, recipients(&[&ben]).into_iter().collect());
}

#[test]
fn a_record_that_is_half_sealed_is_none() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    let published = publish_sealed(&mut anna, &place, "sales", "x", recipients(&[&ben]));
    let good = release_of(&place, &anna, &published.hash);
    let text = serde_json::to_string(&good).unwrap();
    assert!(
        text.contains("\"protocol\":2") && text.contains("\"sealed\":true"),
        "an older Larder asks for a newer one"
    );
    for bad in [
        text.replace("\"protocol\":2", "\"protocol\":1"),
        text.replace("\"sealed\":true,", ""),
        text.replace("\"keyring\":", "\"key\":"),
        text.replace("\"state\":\"live\"", "\"state\":\"retired\""),
        text.replace("\"keyring_size\":", "\"keyring_size\":9999"),
    ] {
        let bytes = crate::envelope::seal_text(&anna.device, "release", &bad);
        assert!(open::<Release>(&bytes, anna.trust.shelf()).good().is_none(), "{bad}");
    }
}

#[test]
fn a_key_survives_a_damaged_part_and_a_part_sent_again_heals() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", recipients(&[&ben]));
    let seen = ben.seen(&place, "sales");
    let (hash, _) = &seen.files[1].parts[0];
    let name = names::blob(seen.writer.as_str(), hash);
    let whole = place.files()[&name].clone();
    let mut torn = whole.clone();
    torn[whole.len() - 1] ^= 1;
    place.set(&name, &torn);
    let refusal = opened(&place, &mut ben, "sales").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Damaged);
    ben.trust.note_damaged(&refusal);
    let view = ben.look(&place);
    assert_eq!(state(&view, "sales"), Some(SeenState::Damaged));
    assert!(!view.alerts.iter().any(|a| matches!(a, Alert::Unreadable { .. })));
    place.set(&name, &whole);
    assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "figures");
    // What was opened once is remembered, even when the place shows an older state.
    let kept: Trust = serde_json::from_str(&serde_json::to_string(&ben.trust).unwrap()).unwrap();
    ben.trust = kept;
    let own = names::writer(seen.writer.as_str());
    place.set_files(place.files().into_iter().filter(|(name, _)| !name.starts_with(&own)).collect());
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.state, seen.title.as_str(), seen.rows), (SeenState::WentBackwards, "sales", 3));
    assert!(!serde_json::to_string(&ben.trust).unwrap().contains("AGE-SECRET-KEY"), "it holds no secret");
}

// fault 54
#[test]
fn a_keyring_of_junk_is_damaged_and_one_that_is_too_large_is_not_even_asked_for() {
    let place = SimPlace::new();
    let (mut anna, ben, mut cem) = three(&place);
    let published = publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben, &cem]));
    let hers = release_of(&place, &anna, &published.hash);
    let stanza = format!("-> X25519 {0}\n{0}\n", "A".repeat(43));
    let whole = |stanzas: usize| {
        format!("age-encryption.org/v1\n{}--- {}\n", stanza.repeat(stanzas), "A".repeat(43)).into_bytes()
    };
    for (name, ring) in [("a", b"junk".to_vec()), ("b", whole(140)), ("c", whole(1))] {
        place.set(&names::blob(ben.device.writer().as_str(), &sha256(&ring)), &ring);
        let keyring_size = ring.len() as u64;
        let release = Release { keyring: Some(sha256(&ring)), keyring_size, product: product(name), ..hers.clone() };
        plant_release(&place, &ben, &release);
        assert_eq!(cem.seen(&place, name).state, SeenState::Damaged, "{name}");
    }
    let ring = whole(4_000);
    let release =
        Release { keyring: Some(sha256(&ring)), keyring_size: ring.len() as u64, product: product("d"), ..hers };
    assert!(sign(&ben.device, &release).is_err(), "no record can name it");
    assert_eq!(opened(&place, &mut cem, "sales").unwrap(), "one");
}
