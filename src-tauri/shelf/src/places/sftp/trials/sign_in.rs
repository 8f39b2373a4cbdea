//! Getting in: whose server it is, who one is, and what is said to whom.

use super::server::{babbler, keygen};
use super::*;

fn code(place: &Sftp) -> RefusalCode {
    place.list("").unwrap_err().code
}

#[test]
fn a_server_that_nobody_knows_is_told_nothing() {
    let server = server();
    let place = Sftp::new(address(server.port, ""), Some(Secret::new(PASSWORD)));
    for _ in 0..2 {
        let refusal = place.list("").unwrap_err();
        assert_eq!(refusal.code, RefusalCode::HostKey);
        assert_eq!(param(&refusal, "fingerprint"), fingerprint(&host_key(1)));
        assert!(!refusal.params.contains_key("known"));
        assert_eq!(param(&refusal, "path"), format!("sftp://anna@127.0.0.1:{}/~", server.port));
    }
    assert!(server.said.lock().unwrap().is_empty(), "neither name nor password was said");
}

#[test]
fn a_server_with_another_key_is_told_nothing() {
    let server = Server::start(Door::Password, vec![host_key(2)]);
    let refusal = at(server.port, "").list("").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::HostKey);
    assert_eq!(param(&refusal, "fingerprint"), fingerprint(&host_key(2)));
    assert_eq!(param(&refusal, "known"), fingerprint(&host_key(1)));
    assert!(server.said.lock().unwrap().is_empty());
}

#[test]
fn any_of_a_servers_keys_may_be_the_one_that_was_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let key = |name: &str, kind: &[&str]| {
        let path = keygen(folder.path(), name, kind, "");
        server::key(&std::fs::read_to_string(path).unwrap())
    };
    let ecdsa = key("ecdsa", &["ecdsa", "-b", "384"]);
    let rsa = key("rsa", &["rsa", "-b", "2048"]);
    let server = Server::start(Door::Password, vec![host_key(1), ecdsa.clone(), rsa.clone()]);
    for accepted in [host_key(1), ecdsa, rsa] {
        let address = Address { host_key: Some(fingerprint(&accepted)), ..address(server.port, "") };
        let place = Sftp::new(address, Some(Secret::new(PASSWORD)));
        assert_eq!(place.list("").unwrap(), Vec::new());
    }
    let other = Address { host_key: Some(fingerprint(&host_key(9))), ..address(server.port, "") };
    server.said.lock().unwrap().clear();
    assert_eq!(code(&Sftp::new(other, Some(Secret::new(PASSWORD)))), RefusalCode::HostKey);
    assert!(server.said.lock().unwrap().is_empty());
}

// fault 11
#[test]
fn a_wrong_password_is_told_apart_from_a_server_that_is_away() {
    for door in [Door::Password, Door::Question, Door::Impatient] {
        let server = Server::start(door.clone(), vec![host_key(1)]);
        let with = |password: Option<&str>| at(server.port, "").with_secret(password);
        assert!(with(Some(PASSWORD)).list("").is_ok(), "{door:?}");
        assert_eq!(code(&with(Some("wrong"))), RefusalCode::SignIn, "{door:?}");
        assert_eq!(code(&with(None)), RefusalCode::SignIn, "{door:?}");
    }
    let gone = at(crate::places::real::free_port(), "");
    assert_eq!(code(&gone), RefusalCode::Unreachable);
    let nowhere = Address { host: "nowhere.invalid".to_owned(), ..address(22, "") };
    assert_eq!(code(&Sftp::new(nowhere, None)), RefusalCode::Unreachable);
}

#[test]
fn a_password_is_said_once_and_only_where_it_is_asked_for() {
    for (door, times) in [(Door::TwoQuestions, 1), (Door::Half, 1)] {
        let server = Server::start(door.clone(), vec![host_key(1)]);
        assert_eq!(code(&at(server.port, "")), RefusalCode::SignIn, "{door:?}");
        let said = server.said.lock().unwrap().clone();
        assert_eq!(said.iter().filter(|said| *said == PASSWORD).count(), times, "{door:?}");
    }
    let door = Door::Key(host_key(5).public_key().clone());
    let server = Server::start(door, vec![host_key(1)]);
    assert_eq!(code(&at(server.port, "")), RefusalCode::SignIn);
    assert!(!server.said.lock().unwrap().contains(&PASSWORD.to_owned()), "no way to say it was offered");
}

#[test]
fn every_kind_of_private_key_signs_in_with_or_without_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let kinds: [(&str, &[&str], &str); 5] = [
        ("ed25519", &["ed25519"], ""),
        ("locked", &["ed25519", "-a", "2"], "open sesame"),
        ("ecdsa", &["ecdsa", "-b", "256"], ""),
        ("rsa", &["rsa", "-b", "2048"], "open sesame"),
        ("pem", &["ecdsa", "-b", "521", "-m", "PEM"], ""),
    ];
    for (name, kind, passphrase) in kinds {
        let path = keygen(folder.path(), name, kind, passphrase);
        let public = std::fs::read_to_string(path.with_extension("pub")).unwrap();
        let server = Server::start(Door::Key(public.parse().unwrap()), vec![host_key(1)]);
        let with = |secret: Option<&str>| {
            let mut place = at(server.port, "").with_secret(secret);
            place.way.address.key_file = Some(path.display().to_string());
            place
        };
        if passphrase.is_empty() {
            assert_eq!(with(None).list("").map(|_| ()), Ok(()), "{name}");
            continue;
        }
        assert_eq!(with(Some(passphrase)).list("").map(|_| ()), Ok(()), "{name}");
        for wrong in [None, Some("wrong")] {
            let refusal = with(wrong).list("").unwrap_err();
            assert_eq!(refusal.code, RefusalCode::SignIn, "{name} {refusal}");
        }
    }
    let server = Server::start(Door::Password, vec![host_key(1)]);
    let with = |text: &str| {
        std::fs::write(folder.path().join("odd"), text).unwrap();
        let mut place = at(server.port, "");
        place.way.address.key_file = Some(folder.path().join("odd").display().to_string());
        code(&place)
    };
    assert_eq!(with("no key"), RefusalCode::Invalid);
    std::fs::remove_file(folder.path().join("odd")).unwrap();
    let mut place = at(server.port, "");
    place.way.address.key_file = Some(folder.path().join("odd").display().to_string());
    assert_eq!(code(&place), RefusalCode::NotFound);
}

// fault 14
#[test]
fn what_is_no_ssh_server_is_told_apart_from_one_that_is_away_or_busy() {
    for (words, hangs_up, expected) in [
        ("HTTP/1.1 400 Bad Request\r\n\r\n<html>", true, RefusalCode::NotThisKind),
        ("220 ftp.example.org ready\r\n", true, RefusalCode::NotThisKind),
        ("220 ftp.example.org ready\r\n", false, RefusalCode::NotThisKind),
        ("\x15\x03\x01\x00\x02\x02\x46", true, RefusalCode::NotThisKind),
        ("", true, RefusalCode::Unreachable),
        ("", false, RefusalCode::Unreachable),
        ("SSH-2.0-x\r\n", false, RefusalCode::Unreachable),
        ("SSH-2.0-x\r\n", true, RefusalCode::Unreachable),
        ("Exceeded MaxStartups\r\n", true, RefusalCode::Throttled),
        ("Not allowed at this time\r\n", true, RefusalCode::Throttled),
    ] {
        let address = babbler(words.as_bytes(), hangs_up);
        let refusal = hasty(at(address.port(), "")).list("").unwrap_err();
        assert_eq!(refusal.code, expected, "{words:?} {refusal}");
    }
    let endless: &'static str = Box::leak("never ends\r\n".repeat(100_000).into_boxed_str());
    let refusal = hasty(at(babbler(endless.as_bytes(), false).port(), "")).list("").unwrap_err();
    assert_eq!((refusal.code, param(&refusal, "what")), (RefusalCode::NotThisKind, "sftp"));
}

#[test]
fn a_server_without_sftp_is_another_kind() {
    let server = server();
    server.files.lock().unwrap().is_shell_only = true;
    assert_eq!(code(&at(server.port, "")), RefusalCode::NotThisKind);
    server.files.lock().unwrap().is_shell_only = false;
    // A login that greets instead.
    server.set_whim(|_, _| Do::Send(b"Welcome to example.org!\n".to_vec()));
    assert_eq!(code(&at(server.port, "")), RefusalCode::NotThisKind);
}

// fault 75
#[test]
fn no_secret_is_told() {
    let server = Server::start(Door::Password, vec![host_key(1)]);
    let place = at(server.port, "").with_secret(Some("hunter3"));
    let refusal = place.list("").unwrap_err();
    let secret = place.way.secret.as_ref().unwrap();
    let told = format!("{refusal} {refusal:?} {:?} {secret:?} {}", place.way.address, place.way.address.line());
    assert!(!told.contains("hunter3"), "{told}");
}

impl Sftp {
    fn with_secret(self, secret: Option<&str>) -> Sftp {
        Sftp::new(self.way.address, secret.map(Secret::new))
    }
}
