//! Releases that only some can open.

use larder_model::{RefusalCode, ReleaseHash, WriterId};

use super::*;
use crate::envelope::{open, seal as sign, sha256};
use crate::names::{self, Room};
use crate::records::{Head, Release};
use crate::sealed::{open_bytes, seal_bytes};
use crate::{Fetch, ReleaseFile, Seal, fetch, fetch_as, fetch_small_as, release_files_as};

const ASK: &str = "Ring Anna";

pub(super) fn recipients(of: &[&Desk]) -> Vec<(WriterId, String)> {
    of.iter().map(|desk| (desk.device.writer(), desk.device.recipient())).collect()
}

pub(super) fn seal(desk: &Desk, to: Vec<(WriterId, String)>) -> Seal {
    let workspace = desk.home.path().join("outgoing");
    Seal { recipients: to, hide_title: false, owner: None, how_to_ask: Some(ASK.into()), workspace }
}

pub(super) fn try_publish_as(
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

pub(super) fn opened_files(
    place: &dyn Place,
    desk: &Desk,
    files: &[ReleaseFile],
    writer: &WriterId,
) -> Result<String, Refusal> {
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
pub(super) fn opened(place: &dyn Place, desk: &mut Desk, id: &str) -> Result<String, Refusal> {
    let seen = desk.seen(place, id);
    opened_files(place, desk, &seen.files, &seen.writer)
}

/// Anna, who publishes, and Ben and Cem; all of them confirmed.
pub(super) fn three(place: &SimPlace) -> (Desk, Desk, Desk) {
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

pub(super) fn newest_head(place: &SimPlace, desk: &Desk) -> Head {
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

pub(super) fn release_of(place: &SimPlace, desk: &Desk, hash: &ReleaseHash) -> Release {
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

// fault 52
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
