//! What a server that means harm can do: lead elsewhere, tell of what is not its own, and pass for another.
#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use larder_model::RefusalCode;

use super::super::net::stub::{Stub, multistatus};
use super::super::real::{Server, free_port};
use super::trials::{NAME, PASSWORD, at, put, to, verbs};
use super::*;

// fault 73
#[test]
fn nothing_follows_to_another_server_and_no_secret_goes_there() {
    let elsewhere = Stub::honest();
    let near = "http://localhost";
    let to_other = [
        format!("{}/dav/", elsewhere.url()),
        format!("//127.0.0.1:{}/", elsewhere.port),
        format!("http://anna:pw@127.0.0.1:{}/", elsewhere.port),
        format!("{near}:{}/", elsewhere.port),
        "file:///etc/passwd".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "https://127.0.0.1/".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "\\\\127.0.0.1\\x".to_owned(),
        String::new(),
    ];
    for target in to_other {
        for status in [301, 302, 303, 307, 308] {
            let location = format!("Location: {target}\r\n");
            let stub = Stub::lying(move |_, line, _| line.answer(status, &location, b""));
            let began = Instant::now();
            for (verb, refusal) in verbs(&to(&stub)) {
                let refusal = refusal.unwrap_or_else(|| panic!("{target} {verb}"));
                assert_eq!(refusal.code, RefusalCode::NotThisKind, "{target} {verb}");
            }
            assert!(began.elapsed() < Duration::from_secs(5), "{target}");
        }
    }
    assert_eq!(elsewhere.asked().len(), 0, "it was never asked anything");
}

// fault 73
#[test]
fn what_asks_follows_on_the_same_server_a_few_times_and_what_writes_never() {
    let hops = Arc::new(AtomicU32::new(0));
    let left = hops.clone();
    let stub = Stub::lying(move |asked, line, _| {
        let again = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        again && line.answer(302, &format!("Location: /{}?again\r\n", asked.name()), b"")
    });
    let place = to(&stub);
    put(&place, NAME, "text").unwrap();
    hops.store(5, Ordering::Relaxed);
    assert_eq!(place.stat(NAME).unwrap().unwrap().size_bytes, Some(4));
    hops.store(u32::MAX, Ordering::Relaxed);
    let before = stub.asked().len();
    assert_eq!(place.stat("x.rec").unwrap_err().code, RefusalCode::NotThisKind);
    assert_eq!(stub.asked().len() - before, 6);
    let stub = Stub::lying(|asked, line, _| {
        let writes = ["PUT", "DELETE", "MKCOL"].contains(&asked.method.as_str()) && !asked.path.contains("here");
        writes && line.answer(307, "Location: /here\r\n", b"")
    });
    stub.files.lock().unwrap().insert(NAME.to_owned(), b"old".to_vec());
    let place = to(&stub);
    assert_eq!(put(&place, "x.rec", "text").unwrap_err().code, RefusalCode::NotThisKind);
    assert_eq!(put(&place, "larder-data/x.rec", "text").unwrap_err().code, RefusalCode::NotThisKind);
    assert_eq!(place.delete(NAME).unwrap_err().code, RefusalCode::NotThisKind);
    assert!(stub.asked().iter().all(|asked| !asked.path.contains("here")));
    assert_eq!(stub.files.lock().unwrap().len(), 1);
}

/// Lists a folder of which the server tells these rows.
fn listed(folder: &str, rows: &[(&str, Option<usize>)]) -> Result<Vec<String>, RefusalCode> {
    let rows: Vec<_> = rows.iter().map(|(path, size)| ((*path).to_owned(), *size)).collect();
    let body = multistatus(&rows);
    let stub = Stub::lying(move |_, line, _| line.answer(207, "", body.as_bytes()));
    let place = at(&format!("{}/dav/Sh%C3%A4lf", stub.url()));
    let entries = place.list(folder).map_err(|refusal| refusal.code)?;
    Ok(entries.into_iter().map(|entry| entry.name).collect())
}

// fault 73
#[test]
fn only_what_stands_in_the_folder_that_was_asked_about_is_listed() {
    let itself = ("dav/Sh%C3%A4lf/w/", None);
    let names = listed(
        "w",
        &[
            itself,
            ("dav/Sh%c3%a4lf/w/b.rec", Some(1)),
            ("dav/Sh%C3%A4lf/w/a", None),
            ("dav/Sh\u{e4}lf/w/c%20d/", None),
            ("dav/Sha\u{308}lf/w/e.rec", Some(1)),
            ("dav/Sh%C3%A4lf/w/./f.rec", Some(1)),
            ("http://127.0.0.1/dav/Sh%C3%A4lf/w/g.rec", Some(1)),
            // And what is not in it.
            ("http://evil.invalid/dav/Sh%C3%A4lf/w/z0", Some(1)),
            ("/evil.invalid/dav/Sh%C3%A4lf/w/z1", Some(1)),
            ("dav/Sh%C3%A4lf/w/z2/deeper", Some(1)),
            ("dav/Sh%C3%A4lf/w/../z3", Some(1)),
            ("dav/Sh%C3%A4lf/w/%2e%2e/z4", Some(1)),
            ("dav/Sh%C3%A4lf/w/..%2Fz5", Some(1)),
            ("dav/Sh%C3%A4lf/w/..%5Cz6", Some(1)),
            ("dav/Sh%C3%A4lf/w/z7%00", Some(1)),
            ("dav/Sh%C3%A4lf/w/%ff", Some(1)),
            ("dav/Sh%C3%A4lf/w/%2e%2e", None),
            ("dav/Sh%C3%A4lf/w2/z8", Some(1)),
            ("dav/Sh%C3%A4lf/", None),
            ("etc/passwd", Some(1)),
            ("", None),
        ],
    );
    assert_eq!(names.unwrap(), ["a", "b.rec", "c d", "e.rec", "f.rec", "g.rec"]);
    assert_eq!(listed("w", &[("dav/Sh%C3%A4lf/w/x", Some(1))]), Err(RefusalCode::NotThisKind), "another folder's list");
    assert_eq!(listed("w", &[]), Err(RefusalCode::NotThisKind), "which is not an empty folder");
    assert_eq!(listed("w", &[("dav/Sh%C3%A4lf/w", Some(3))]), Ok(Vec::new()), "and neither is a file one");
}

// fault 73
#[test]
fn one_answer_about_something_else_is_none() {
    for about in ["larder-data/w/aa/r/y.rec", "larder-data", "http://evil.invalid/larder-data/w/aa/r/x.rec", "x"] {
        let body = multistatus(&[(about.to_owned(), Some(7))]);
        let stub = Stub::lying(move |asked, line, _| asked.name() == NAME && line.answer(207, "", body.as_bytes()));
        assert_eq!(to(&stub).stat(NAME).unwrap_err().code, RefusalCode::NotThisKind, "{about}");
    }
}

// fault 73
#[test]
fn xml_that_grows_or_leads_elsewhere_is_refused() {
    let lol = "<!DOCTYPE multistatus [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let row = |href: &str| {
        format!("<D:multistatus xmlns:D=\"DAV:\"><D:response><D:href>{href}</D:href></D:response></D:multistatus>")
    };
    for body in [
        format!("{lol}{}", row("/&b;")),
        row("/&b;"),
        format!("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">{}", row("/")),
        format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"http://169.254.169.254/\">]>{}", row("&e;")),
        format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000)),
        format!("<D:multistatus>{}", "<D:response>".repeat(100_000)),
        row(&"x".repeat(10 << 20)),
        format!("<D:multistatus {}/>", "a='' ".repeat(1 << 20)),
        String::new(),
    ] {
        let stub = Stub::lying(move |_, line, _| line.answer(207, "", body.as_bytes()));
        let began = Instant::now();
        let code = to(&stub).list("").unwrap_err().code;
        assert!(matches!(code, RefusalCode::NotThisKind | RefusalCode::TooLarge), "{code:?}");
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}

/// A certificate with its key for a name or address, signed by itself.
fn certificate(folder: &std::path::Path, subject: &str) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=test", "-addext", &format!("subjectAltName={subject}")])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
}

fn encrypted(subject: &str) -> Server {
    let folder = tempfile::tempdir().unwrap();
    certificate(folder.path(), subject);
    std::fs::write(folder.path().join("x.rec"), "text").unwrap();
    let port = free_port();
    let mut command = Command::new("openssl");
    let accept = format!("127.0.0.1:{port}");
    command.args(["s_server", "-accept", &accept, "-cert", "cert.pem", "-key", "key.pem", "-WWW"]);
    command.current_dir(folder.path());
    Server::start(folder, port, &mut command)
}

// fault 73
#[test]
fn a_server_that_cannot_prove_who_it_is_gets_nothing() {
    for (subject, trusted, code) in [
        ("IP:127.0.0.1", false, Some(RefusalCode::Certificate)),
        ("DNS:other.example", true, Some(RefusalCode::Certificate)),
        ("IP:127.0.0.1", true, None),
    ] {
        let server = encrypted(subject);
        let mut place = at(&format!("https://127.0.0.1:{}", server.port));
        if trusted {
            place.net = place.net.trusting(&std::fs::read(server.folder.path().join("cert.pem")).unwrap());
        }
        let url = place.url(&["x.rec"], false);
        let answer = place.net.send(&Ask::new(Method::GET, &url));
        match code {
            None => assert_eq!(answer.ok().unwrap().chunk().unwrap().unwrap(), "text".as_bytes()),
            Some(code) => {
                let Err(refusal) = answer else { panic!("{subject} {trusted}") };
                assert_eq!(refusal.code, code, "{refusal}");
                assert_eq!(trusted, refusal.to_string().contains("not valid for name"), "{refusal}");
                for (verb, refusal) in verbs(&place) {
                    assert_eq!(refusal.unwrap().code, code, "{verb}");
                }
                assert!(!server.log().contains("GET"), "{}", server.log());
            }
        }
    }
    // And one that does not even speak so.
    let plain = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = plain.local_addr().unwrap().port();
    let over = Arc::new(AtomicBool::new(false));
    let ends = over.clone();
    let answers = std::thread::spawn(move || {
        for stream in plain.incoming() {
            if ends.load(Ordering::Relaxed) {
                return;
            }
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let refusal = at(&format!("https://127.0.0.1:{port}")).list("").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Certificate);
    over.store(true, Ordering::Relaxed);
    let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, port));
    answers.join().unwrap();
}

// fault 75
#[test]
fn a_password_is_in_no_refusal_and_no_text_for_those_who_mend() {
    let mut shown = String::new();
    for status in [401, 403, 404, 500, 302] {
        let stub = Stub::lying(move |_, line, _| line.answer(status, "Location: http://evil.invalid/\r\n", b""));
        let place = to(&stub);
        shown.push_str(&format!("{:?} {:?}", place.net, verbs(&place)));
        let sent = data_encoding::BASE64.encode(format!("anna:{PASSWORD}").as_bytes());
        assert!(stub.asked().iter().all(|asked| asked.header("authorization") == format!("Basic {sent}")));
        assert!(!shown.contains(&sent));
    }
    let address = Address::parse("webdav+https://anna@cloud.example.org/").unwrap();
    let place = WebDav::open(address, Some(&Secret::new(PASSWORD))).unwrap();
    shown.push_str(&format!("{:?}", place.net));
    assert!(!shown.contains(PASSWORD) && !shown.contains("horse"), "{shown}");
}

#[test]
fn a_nextcloud_is_found_behind_the_address_of_its_pages() {
    let stub = Stub::lying(|asked, line, _| {
        let dav = "/cloud/remote.php/dav/";
        if asked.method != "PROPFIND" || !asked.path.starts_with("/cloud") {
            return line.answer(405, "", b"");
        }
        let who = "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>/cloud/remote.php/dav/</d:href><d:propstat><d:prop>\
            <d:current-user-principal><d:href>/cloud/remote.php/dav/principals/users/anna%20b/</d:href>\
            </d:current-user-principal></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>";
        match asked.path.strip_prefix(dav) {
            Some("") => line.answer(207, "", who.as_bytes()),
            Some("files/anna%20b/") | Some("files/anna%20b/Shelf/") => {
                line.answer(207, "", multistatus(&[(asked.path.trim_start_matches('/').to_owned(), None)]).as_bytes())
            }
            Some(_) => line.answer(404, "", b""),
            None if asked.path == "/cloud/" => line.answer(302, "Location: /cloud/login\r\n", b""),
            None => line.answer(200, "Content-Type: text/html\r\n", b"<!DOCTYPE html><html></html>"),
        }
    });
    let base = stub.url().replacen("://", "://anna%40example.org@", 1);
    let secret = Secret::new(PASSWORD);
    let better = |path: &str| super::better(&format!("webdav+{base}{path}"), Some(&secret)).unwrap();
    let files = format!("webdav+{base}/cloud/remote.php/dav/files/anna%20b");
    assert_eq!(better("/cloud"), Some(files.clone()));
    assert_eq!(better("/cloud/index.php/apps/files"), Some(files.clone()));
    assert_eq!(better("/cloud/remote.php/dav/files/anna%40example.org/Shelf"), Some(format!("{files}/Shelf")));
    assert_eq!(better("/cloud/remote.php/dav/files/anna%20b/Shelf"), None, "this one is right");
    assert_eq!(better("/elsewhere"), None);
}
