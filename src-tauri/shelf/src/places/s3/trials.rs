//! A storage that is hostile, broken, in between or slow: what comes of it is a refusal that says so, within limits.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use larder_model::RefusalCode as Code;

use super::stub::{Asked, Files, Say, Stub, honest};
use super::*;
use crate::places::{Values, contract, open};
use crate::trials::{Desk, anna_and_ben_at, content, product};
use crate::{SeenState, place_write};

/// In no request, answer, address or refusal.
const SECRET: &str = "wJalr-canary-of-the-secret-key";

const QUICK: Limits =
    Limits { idle: Duration::from_millis(300), whole: Duration::from_secs(1), slowest: 1 << 20, tries: 1, page: 1_000 };

/// What is entered for a server on this computer.
pub(in crate::places) fn values_for(port: u16, bucket: &str, folder: &str, key_id: &str) -> Values {
    let endpoint = format!("http://127.0.0.1:{port}");
    [("bucket", bucket), ("endpoint", &endpoint), ("folder", folder), ("key_id", key_id), ("region", "")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

/// Makes the bucket of a place.
#[cfg(unix)]
pub(in crate::places) fn make_bucket(place: &S3) {
    let nothing = Content::read("", &mut [].as_slice(), 0).unwrap();
    let ask = Ask { content: Some(&nothing), ..Ask::new(Method::PUT, "") };
    assert!(matches!(place.wire.ask(&ask).unwrap(), Reply::Good(_)));
}

impl S3 {
    /// Requests so far.
    pub(in crate::places) fn asked(&self) -> u64 {
        self.wire.asked()
    }
}

fn at(stub: &Stub, limits: Limits) -> S3 {
    let address = address::address(&values_for(stub.port, "shelf", "team", "AKIA")).unwrap();
    S3::open(&address, Some(&Secret::new(SECRET)), limits).unwrap()
}

fn always(say: fn() -> Say) -> Stub {
    Stub::start(move |_, _| Some(say()))
}

const REC: &str = "larder-data/w/aa/h/00000001-0000000000000000.rec";

/// Every verb once; what each refuses with.
fn verbs(place: &S3) -> Vec<Refusal> {
    let refusals = [
        place.list("larder-data/w").map(|_| ()),
        place.stat(REC).map(|_| ()),
        place.stat("larder-data/w").map(|_| ()),
        place.get(REC, 100).map(|_| ()),
        place.put(REC, &mut "x".as_bytes(), 1),
        place.replace("Current/index.html", &mut "x".as_bytes(), 1),
        place.delete(REC),
    ];
    refusals.into_iter().map(Result::unwrap_err).collect()
}

fn all_say(stub: &Stub, code: Code) -> Vec<Refusal> {
    let refusals = verbs(&at(stub, QUICK));
    for (i, refusal) in refusals.iter().enumerate() {
        assert_eq!(refusal.code, code, "verb {i}: {refusal}");
        let path = format!("path=\"127.0.0.1:{}/shelf/team\"", stub.port);
        assert!(refusal.to_string().contains(&path), "{refusal}");
    }
    refusals
}

#[test]
fn a_bucket_holds_the_contract_page_by_page() {
    for page in [1, 2, 1_000] {
        let stub = Stub::start(|_, _| None);
        let mut n = 0;
        contract::holds(&mut || {
            n += 1;
            let address = address::address(&values_for(stub.port, "shelf", &format!("team {n}"), "AKIA")).unwrap();
            let limits = Limits { page, ..Limits::USUAL };
            Box::new(S3::open(&address, Some(&Secret::new(SECRET)), limits).unwrap())
        });
    }
}

#[test]
fn an_address_opens_a_bucket_and_none_opens_without_its_key() {
    let values = values_for(9, "shelf", "team", "AKIA");
    let address = (KIND.address)(&values).unwrap();
    assert_eq!(crate::places::kind_of(&address).unwrap().name, "s3");
    assert!(open(&address, Some(&Secret::new("x"))).is_ok());
    assert_eq!(open(&address, None).err().unwrap().code, Code::SignIn);
    assert_eq!(open("s3://a/b", Some(&Secret::new("x"))).err().unwrap().code, Code::Invalid);
}

// fault 11
#[test]
fn a_sign_in_page_of_somebody_in_between_is_never_taken_for_a_bucket() {
    for stub in [always(|| Say::html(200)), always(|| Say::html(403)), always(|| Say::html(404))] {
        let place = at(&stub, QUICK);
        assert_eq!(place.list("larder-data/w").unwrap_err().code, Code::NotThisKind);
        assert_eq!(place.stat(REC).unwrap_err().code, Code::NotThisKind);
        assert_eq!(place.get(REC, 1_000).unwrap_err().code, Code::NotThisKind);
        assert_eq!(place.put(REC, &mut "x".as_bytes(), 1).unwrap_err().code, Code::NotThisKind);
        assert_eq!(place.delete(REC).unwrap_err().code, Code::NotThisKind);
    }
    all_say(&always(|| Say::html(200)), Code::NotThisKind);
    let page = || Say::Whole(302, vec![("location", "http://hotel.example/".into())], vec![]);
    all_say(&always(page), Code::NotThisKind);
    all_say(&always(|| Say::xml(200, "<feed><entry/></feed>")), Code::NotThisKind);
    all_say(&always(|| Say::xml(200, "{\"ok\":true}")), Code::NotThisKind);
}

// fault 11
#[test]
fn what_a_storage_says_no_with_is_told() {
    for (status, code, expected) in [
        (403, "InvalidAccessKeyId", Code::SignIn),
        (403, "SignatureDoesNotMatch", Code::SignIn),
        (403, "AccessDenied", Code::NoPermission),
        (404, "NoSuchBucket", Code::Unreachable),
        (503, "SlowDown", Code::Throttled),
        (429, "TooManyRequests", Code::Throttled),
        (507, "XMinioStorageFull", Code::NoSpace),
        (403, "QuotaExceeded", Code::NoSpace),
        (500, "InternalError", Code::Unreachable),
    ] {
        let stub = Stub::start(move |_, _| Some(Say::fault(status, code)));
        all_say(&stub, expected);
    }
}

// fault 74
#[test]
fn a_clock_that_is_wrong_is_named() {
    all_say(&always(|| Say::fault(403, "RequestTimeTooSkewed")), Code::Clock);
}

// fault 74
#[test]
fn a_storage_that_always_knows_another_region_is_asked_twice_and_no_more() {
    let n = AtomicU64::new(0);
    let stub = Stub::start(move |_, _| {
        let region = format!("eu-west-{}", n.fetch_add(1, Ordering::Relaxed));
        let xml = "<Error><Code>PermanentRedirect</Code><Endpoint>evil.example</Endpoint></Error>";
        Some(Say::Whole(301, vec![("x-amz-bucket-region", region)], xml.into()))
    });
    let place = at(&stub, Limits { tries: 3, ..QUICK });
    assert_eq!(place.list("").unwrap_err().code, Code::Unreachable);
    assert_eq!(stub.count(), 2);
    assert_eq!(place.get(REC, 9).unwrap_err().code, Code::Unreachable);
    assert_eq!(stub.count(), 4);
    for region in ["evil.example/", "a b", &"x".repeat(50), ""] {
        let region = region.to_owned();
        let text = format!("<Error><Code>AuthorizationHeaderMalformed</Code><Region>{region}</Region></Error>");
        let stub = Stub::start(move |_, _| Some(Say::xml(400, &text)));
        assert_eq!(at(&stub, QUICK).list("").unwrap_err().code, Code::SignIn);
        assert_eq!(stub.count(), 1, "{region}");
    }
}

#[test]
fn the_right_region_is_taken_on_once_and_kept() {
    let signed_for = |asked: &Asked| asked.headers["authorization"].split('/').nth(2).unwrap().to_owned();
    let stub = Stub::start(move |asked, _| {
        let told = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>";
        let text = if asked.method == "HEAD" { "" } else { told };
        (signed_for(asked) != "eu-west-3").then(|| Say::xml(400, text))
    });
    let place = at(&stub, QUICK);
    place.put("larder-data/x", &mut "x".as_bytes(), 1).unwrap();
    // HEAD, then a listing that says why, twice; HEAD again, PUT.
    assert_eq!(stub.count(), 5);
    assert_eq!(place.get("larder-data/x", 9).unwrap().unwrap(), b"x");
    assert_eq!(stub.count(), 6);
}

// fault 74
#[test]
fn a_listing_without_an_end_has_one() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\n\r\n<ListBucketResult>";
    let endless = Stub::start(move |_, _| {
        Some(Say::Endless(head, "<Contents><Key>team/x</Key></Contents>".repeat(1_000).into_bytes()))
    });
    assert_eq!(at(&endless, Limits { slowest: 1, ..QUICK }).list("").unwrap_err().code, Code::NotThisKind);
    let page = |token: String, inside: &str| {
        let more = format!("<IsTruncated>true</IsTruncated><NextContinuationToken>{token}</NextContinuationToken>");
        Say::xml(200, &format!("<ListBucketResult>{inside}{more}</ListBucketResult>"))
    };
    let same = Stub::start(move |_, _| Some(page("a".into(), "<Contents><Key>team/x</Key></Contents>")));
    assert_eq!(at(&same, QUICK).list("").unwrap_err().code, Code::NotThisKind);
    assert_eq!(same.count(), 2);
    let n = AtomicU64::new(0);
    let nothing = Stub::start(move |_, _| Some(page(n.fetch_add(1, Ordering::Relaxed).to_string(), "")));
    assert_eq!(at(&nothing, QUICK).list("").unwrap_err().code, Code::NotThisKind);
    assert!(nothing.count() <= 102, "{}", nothing.count());
    let without =
        Stub::start(|_, _| Some(Say::xml(200, "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>")));
    assert_eq!(at(&without, QUICK).list("").unwrap_err().code, Code::NotThisKind);
}

// fault 74
#[test]
fn names_of_others_in_a_listing_lead_nowhere() {
    let names = ["team/../../x", "elsewhere/x", "team/", "team/ok", "team//x", "team/a/b", "team/a/c"];
    let keys: String = names.iter().map(|key| format!("<Contents><Key>{key}</Key></Contents>")).collect();
    let text = format!("<ListBucketResult>{keys}</ListBucketResult>");
    let stub = Stub::start(move |_, _| Some(Say::xml(200, &text)));
    let entries = at(&stub, QUICK).list("").unwrap();
    let found: Vec<(&str, bool)> = entries.iter().map(|e| (e.name.as_str(), e.folder)).collect();
    assert_eq!(found, [("..", true), ("a", true), ("ok", false)], "as any folder's listing may have them");
    assert_eq!(at(&stub, QUICK).get("..", 9).unwrap_err().code, Code::Invalid);
}

// fault 73
#[test]
fn nothing_is_followed_to_another_host() {
    let thief = Stub::start(|_, _| None);
    let port = thief.port;
    for status in [301, 302, 307, 308] {
        let stub = Stub::start(move |asked, _| {
            let to = format!("http://localhost:{port}{}", asked.target);
            let xml = format!("<Error><Code>TemporaryRedirect</Code><Endpoint>localhost:{port}</Endpoint></Error>");
            Some(Say::Whole(status, vec![("location", to)], xml.into()))
        });
        all_say_one_of(&stub, &[Code::Unreachable, Code::NotThisKind]);
    }
    assert_eq!(thief.count(), 0);
}

fn all_say_one_of(stub: &Stub, codes: &[Code]) {
    for refusal in verbs(&at(stub, QUICK)) {
        assert!(codes.contains(&refusal.code), "{refusal}");
    }
}

// fault 14
#[test]
fn content_without_an_end_stops_at_what_was_asked_for() {
    let stub = Stub::start(|_, _| Some(Say::Endless("HTTP/1.1 200 OK\r\netag: \"1\"\r\n\r\n", vec![b'x'; 64 * 1024])));
    assert_eq!(at(&stub, QUICK).get(REC, 1 << 20).unwrap_err().code, Code::TooLarge);
    let said = Stub::start(|_, _| {
        Some(Say::Endless("HTTP/1.1 200 OK\r\netag: \"1\"\r\ncontent-length: 99999999999\r\n\r\n", vec![b'x'; 10]))
    });
    assert_eq!(at(&said, QUICK).get(REC, 1 << 20).unwrap_err().code, Code::TooLarge);
}

// fault 14
#[test]
fn a_storage_that_hardly_moves_is_away_after_a_while() {
    let start = Instant::now();
    all_say(&always(|| Say::Silent), Code::Unreachable);
    let drip = always(|| Say::Drip(Duration::from_millis(50)));
    assert_eq!(at(&drip, QUICK).get(REC, 1_000).unwrap_err().code, Code::Unreachable);
    assert_eq!(at(&drip, QUICK).list("").unwrap_err().code, Code::Unreachable);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

// fault 14
#[test]
fn a_storage_that_takes_nothing_is_away_after_a_while() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        // Takes the connection and the head of a request, and then nothing.
        let mut kept = Vec::new();
        for stream in listener.incoming().take(8) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 100]);
            kept.push(stream);
        }
    });
    let address = address::address(&values_for(port, "shelf", "", "AKIA")).unwrap();
    let place = S3::open(&address, Some(&Secret::new(SECRET)), QUICK).unwrap();
    let content = vec![7; 32 << 20];
    let start = Instant::now();
    let refusal = place.replace("Current/x.csv", &mut content.as_slice(), content.len() as u64).unwrap_err();
    assert_eq!(refusal.code, Code::Unreachable);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

// fault 13
#[test]
fn a_storage_that_lies_about_having_stored_is_caught() {
    let nothing = Stub::start(|asked, _| {
        (asked.method == "PUT").then(|| Say::Whole(200, vec![("etag", "\"1\"".into())], vec![]))
    });
    let refusal = place_write::put_bytes(&at(&nothing, QUICK), REC, b"what was meant").unwrap_err();
    assert_eq!(refusal.code, Code::NotVerified);
    let tries = nothing.asked.lock().unwrap().iter().filter(|asked| asked.method == "PUT").count();
    assert_eq!(tries, 3);
    let other = Stub::start(|asked, files| store_instead(asked, files, b"what was MEANT"));
    let refusal = place_write::put_bytes(&at(&other, QUICK), REC, b"what was meant").unwrap_err();
    assert_eq!(refusal.code, Code::NotVerified);
    let once = AtomicU64::new(0);
    let stub = Stub::start(move |asked, files| match asked.method.as_str() {
        "PUT" if once.fetch_add(1, Ordering::Relaxed) == 0 => store_instead(asked, files, b"half"),
        _ => None,
    });
    place_write::put_bytes(&at(&stub, QUICK), REC, b"what was meant").unwrap();
}

fn store_instead(asked: &Asked, files: &Files, bytes: &[u8]) -> Option<Say> {
    (asked.method == "PUT").then(|| {
        files.lock().unwrap().insert(asked.key(), bytes.to_vec());
        Say::Whole(200, vec![("etag", "\"1\"".into())], vec![])
    })
}

// fault 26
#[test]
fn a_page_that_is_lost_makes_things_arrive_and_never_go() {
    let lost = Arc::new(AtomicUsize::new(usize::MAX));
    let (which, seen) = (lost.clone(), AtomicUsize::new(0));
    let stub = Stub::start(move |asked, files| {
        let is_page = asked.is_list() && asked.query("delimiter").is_some();
        if !is_page {
            return None;
        }
        // From the page that is lost, only what leads to the next one is left.
        let Say::Whole(status, headers, body) = honest(asked, files, 1) else { return None };
        let text = String::from_utf8(body).unwrap();
        let n = seen.fetch_add(1, Ordering::Relaxed);
        let text = match text.find("<IsTruncated>") {
            Some(at) if n % 7 == which.load(Ordering::Relaxed) => format!("<ListBucketResult>{}", &text[at..]),
            _ => text,
        };
        Some(Say::Whole(status, headers, text.into_bytes()))
    });
    let place = at(&stub, Limits { tries: 3, ..Limits::USUAL });
    let (mut anna, mut ben) = anna_and_ben_at(&place);
    anna.publish(&place, "sales", "one");
    anna.publish(&place, "sales", "two");
    assert_eq!(ben.seen(&place, "sales").release, 2);
    let mut told = BTreeSet::new();
    for n in 0..7 {
        lost.store(n, Ordering::Relaxed);
        let view = ben.look(&place);
        told.extend(view.alerts.iter().map(|alert| format!("{alert:?}").split(' ').next().unwrap().to_owned()));
        let seen = view.product(&product("sales")).unwrap().clone();
        assert_eq!(seen.release, 2, "what was once accepted stays");
        assert!(!matches!(seen.state, SeenState::Damaged), "{:?}", seen.state);
        // Who looks for the first time sees no more than what is there, and nothing else.
        let mut fresh = Desk::stranger(ben.trust.shelf(), 60);
        match crate::look(&place, &mut fresh.trust, &fresh.device, &|_| false, &|| false) {
            Ok(view) => assert!(view.products.iter().all(|seen| seen.release <= 2)),
            Err(refusal) => assert_eq!(refusal.code, Code::NoShelf, "its founding record has not arrived"),
        }
    }
    println!("told: {told:?}");
    assert!(
        told.iter()
            .all(|alert| ["WentBackwards", "SawNewer", "RosterArriving", "FoundingMissing"].contains(&alert.as_str())),
        "{told:?}"
    );
    lost.store(usize::MAX, Ordering::Relaxed);
    let seen = ben.seen(&place, "sales");
    assert_eq!((content(&place, &seen).unwrap().as_str(), seen.state), ("two", SeenState::Ready));
}

// fault 75
#[test]
fn the_secret_key_is_told_to_nobody() {
    let address = address::address(&values_for(9, "shelf", "team", "AKIA")).unwrap();
    let mut texts = vec![address.clone(), format!("{:?}", address::values(&address))];
    for say in [|| Say::fault(403, "SignatureDoesNotMatch"), || Say::html(200), || Say::Silent] {
        let stub = always(say);
        let place = at(&stub, QUICK);
        texts.extend(verbs(&place).iter().map(|refusal| format!("{refusal} {refusal:?}")));
        texts.extend(stub.asked.lock().unwrap().iter().map(|asked| format!("{asked:?}")));
        texts.push(format!("{:?} {:?}", place.wire.spot(), place.wire.limits()));
    }
    let all = texts.join("\n");
    assert!(all.contains("AKIA") && !all.contains(SECRET) && !all.contains("canary"));
}

#[test]
fn a_bucket_or_a_server_that_is_away_is_never_an_empty_one() {
    let stub = Stub::start(|asked, _| {
        // As storages do, without saying which of the two is missing.
        let head = || Say::xml(404, "");
        Some(if asked.method == "HEAD" { head() } else { Say::fault(404, "NoSuchBucket") })
    });
    all_say(&stub, Code::Unreachable);
    let address = address::address(&values_for(crate::places::real::free_port(), "shelf", "", "AKIA")).unwrap();
    let place = S3::open(&address, Some(&Secret::new(SECRET)), Limits::USUAL).unwrap();
    assert!(verbs(&place).iter().all(|refusal| refusal.code == Code::Unreachable));
}

#[test]
fn a_storage_that_does_not_know_conditions_is_put_to_without() {
    let stub =
        Stub::start(|asked, _| asked.headers.contains_key("if-none-match").then(|| Say::fault(501, "NotImplemented")));
    let place = at(&stub, QUICK);
    for name in ["larder-data/x", "larder-data/y"] {
        place.put(name, &mut "x".as_bytes(), 1).unwrap();
        assert_eq!(place.put(name, &mut "y".as_bytes(), 1).unwrap_err().code, Code::Taken);
    }
    let refused = stub.asked.lock().unwrap().iter().filter(|a| a.headers.contains_key("if-none-match")).count();
    assert_eq!(refused, 1, "it is asked once and then known");
}

#[test]
fn two_that_put_one_name_at_once_are_told_apart() {
    // Nothing there when it is looked for; there when it is put.
    let stub = Stub::start(|asked, _| (asked.method == "HEAD").then(|| Say::xml(404, "")));
    let place = at(&stub, QUICK);
    place.put("larder-data/x", &mut "x".as_bytes(), 1).unwrap();
    assert_eq!(place.put("larder-data/x", &mut "y".as_bytes(), 1).unwrap_err().code, Code::Taken);
    assert_eq!(place.get("larder-data/x", 9).unwrap().unwrap(), b"x");
}

#[test]
fn what_broke_off_is_gone_on_with_where_it_ended() {
    let cut = AtomicU64::new(0);
    let stub = Stub::start(move |asked, files| {
        let cuts = asked.method == "GET" && asked.key().ends_with("big") && cut.fetch_add(1, Ordering::Relaxed) < 2;
        cuts.then(|| Say::Cut(Box::new(honest(asked, files, 1_000)), 100_000))
    });
    let place = at(&stub, Limits { tries: 3, ..QUICK });
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    place.put("larder-data/big", &mut bytes.as_slice(), bytes.len() as u64).unwrap();
    assert!(place.get("larder-data/big", 300_000).unwrap().unwrap() == bytes);
    let ranges = stub.asked.lock().unwrap().iter().filter(|a| a.headers.contains_key("range")).count();
    assert_eq!(ranges, 2);
}

#[test]
fn what_passes_by_itself_is_tried_again() {
    let n = AtomicU64::new(0);
    let stub = Stub::start(move |_, _| match n.fetch_add(1, Ordering::Relaxed) % 3 {
        0 => Some(Say::fault(503, "SlowDown")),
        1 => Some(Say::Cut(Box::new(Say::html(200)), 10)),
        _ => None,
    });
    let place = at(&stub, Limits { tries: 3, ..QUICK });
    place.replace("Current/index.html", &mut "x".as_bytes(), 1).unwrap();
    assert_eq!((place.list("").unwrap().len(), stub.count()), (1, 6));
}

#[test]
fn it_can_be_asked_from_within_another_runtime() {
    let stub = Stub::start(|_, _| None);
    let place = at(&stub, QUICK);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let listed = runtime.block_on(async { tokio::task::spawn_blocking(move || place.list("")).await }).unwrap();
    assert_eq!(listed.unwrap(), []);
}

#[test]
fn another_shelf_around_or_inside_is_seen() {
    let place = |stub: &Stub, folder: &str| {
        let address = address::address(&values_for(stub.port, "shelf", folder, "AKIA")).unwrap();
        S3::open(&address, Some(&Secret::new(SECRET)), QUICK).unwrap()
    };
    let stub = Stub::start(|_, _| None);
    stub.files.lock().unwrap().insert("a/b/larder-data/shelf-0123456789abcdef.rec".into(), vec![1]);
    for (folder, nested) in [
        ("", false),
        ("a", true),
        ("a/b", false),
        ("a/b/c", true),
        ("a/b/c/d", true),
        ("x", false),
        ("a/b/larder-data", true),
    ] {
        assert_eq!(place(&stub, folder).nested().unwrap(), nested, "{folder}");
    }
}

/// How many requests everyday things take, so that a change that makes them many is seen.
#[test]
fn everyday_things_take_few_requests() {
    let stub = Stub::start(|_, _| None);
    let place = at(&stub, Limits::USUAL);
    let mut since = 0;
    let mut took = |what: &str, most: u64| {
        let now = place.asked() - since;
        since = place.asked();
        println!("{what}: {now}");
        assert!(now <= most, "{what}: {now} of {most}");
    };
    let (mut anna, mut ben) = anna_and_ben_at(&place);
    took("a shelf is set up, one joins and is confirmed", 200);
    anna.publish(&place, "sales", "one");
    took("a first release of two files", 70);
    anna.publish(&place, "sales", "two");
    took("a second release of two files", 70);
    let seen = ben.seen(&place, "sales");
    took("a look with news", 40);
    content(&place, &seen).unwrap();
    took("its two files are fetched", 12);
    ben.look(&place);
    took("a look without news", 30);
    crate::probe(&place).unwrap();
    took("a place is tried out", 60);
}
