//! S3 storages of others: moto for every run of the tests, s3s-fs for `make places`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use larder_model::RefusalCode as Code;

use super::cutting::Cutting;
use super::{Server, free_port, tool};
use crate::places::s3::{KIND, Limits, S3, make_bucket, values_for};
use crate::places::{Place, Secret, contract};
use crate::trials::{Desk, Dice, anna_and_ben_at, content, product};
use crate::{SeenState, Trust};

const KEY_ID: &str = "larder-test";
const SECRET: &str = "larder-test-secret-key";

/// Where the programs of moto are.
fn moto_programs() -> PathBuf {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/moto.sh");
    let brought = Command::new(script).output().unwrap_or_else(|e| panic!("{script}: {e}"));
    let said = String::from_utf8_lossy(&brought.stderr);
    assert!(brought.status.success(), "The S3 storage for tests could not be brought by tests/moto.sh: {said}");
    PathBuf::from(String::from_utf8_lossy(&brought.stdout).trim())
}

fn moto(with: &[&str], environment: &[(&str, &str)]) -> Server {
    let port = free_port();
    let mut command = Command::new(moto_programs().join("moto_server"));
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).args(with).envs(environment.iter().copied());
    Server::start(tempfile::tempdir().unwrap(), port, &mut command)
}

fn s3s_fs() -> Server {
    let (port, folder) = (free_port(), tempfile::tempdir().unwrap());
    let root = folder.path().join("root");
    std::fs::create_dir(&root).unwrap();
    let mut command = Command::new(tool("bin/s3s-fs"));
    command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--access-key", KEY_ID]);
    command.args(["--secret-key", SECRET]).arg(root);
    Server::start(folder, port, &mut command)
}

fn place_with(port: u16, folder: &str, key_id: &str, secret: &str, limits: Limits) -> S3 {
    let address = (KIND.address)(&values_for(port, "bakery-shelf", folder, key_id)).unwrap();
    S3::open(&address, Some(&Secret::new(secret)), limits).unwrap()
}

fn place(port: u16, folder: &str) -> S3 {
    place_with(port, folder, KEY_ID, SECRET, Limits::USUAL)
}

fn holds_all(port: u16) {
    assert_eq!(place(port, "").list("").unwrap_err().code, Code::Unreachable, "there is no bucket yet");
    make_bucket(&place(port, ""));
    let mut n = 0;
    for (folder, page) in [("", 1_000), ("Büro & Team (1)/a+b", 2)] {
        contract::holds(&mut || {
            n += 1;
            let folder = format!("{folder}/{n}");
            Box::new(place_with(port, &folder, KEY_ID, SECRET, Limits { page, ..Limits::USUAL }))
        });
    }
    odd_names_and_sizes(port);
}

fn odd_names_and_sizes(port: u16) {
    let place = place(port, "odd");
    for name in ["READ ME - this is a Larder shelf.txt", "Current/Umsätze (2) & mehr/data/a+b=c, 'x'.csv"] {
        place.replace(name, &mut name.as_bytes(), name.len() as u64).unwrap();
        assert_eq!(place.get(name, 1_000).unwrap().unwrap(), name.as_bytes());
    }
    let names: Vec<String> = place.list("Current").unwrap().into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["Umsätze (2) & mehr"]);
    let part: Vec<u8> = (0..5_000_000_u32).map(|n| (n % 253) as u8).collect();
    crate::place_write::put_bytes(&place, "larder-data/w/aa/b/00/part", &part).unwrap();
    // Larger than any part, as plain copies may be: it waits on the disk while it is sent.
    let size = crate::caps::PART_BYTES + 1;
    place.replace("Current/big.csv", &mut std::io::Read::take(std::io::repeat(b'x'), size), size).unwrap();
    assert_eq!(place.stat("Current/big.csv").unwrap().unwrap().size_bytes, Some(size));
    assert!(!place.nested().unwrap());
}

#[test]
fn moto_holds_the_contract() {
    holds_all(moto(&[], &[]).port);
}

#[test]
#[ignore = "make places"]
fn s3s_fs_holds_the_contract_and_checks_signatures() {
    let server = s3s_fs();
    holds_all(server.port);
    let wrong = place_with(server.port, "", KEY_ID, "another secret", Limits::USUAL);
    assert_eq!(wrong.list("").unwrap_err().code, Code::SignIn);
    let unknown = place_with(server.port, "", "nobody", SECRET, Limits::USUAL);
    assert!(matches!(unknown.list("").unwrap_err().code, Code::SignIn | Code::NoPermission));
}

/// Makes a user who may do everything, and prints its key.
const MAKE_USER: &str = "
import boto3, json, sys
iam = boto3.client('iam', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='x', aws_secret_access_key='x')
iam.create_user(UserName='anna')
key = iam.create_access_key(UserName='anna')['AccessKey']
rule = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]}
iam.put_user_policy(UserName='anna', PolicyName='all', PolicyDocument=json.dumps(rule))
print(key['AccessKeyId'], key['SecretAccessKey'])
";

#[test]
fn moto_takes_our_signatures_and_no_others() {
    // The three that make the user are not asked for a signature; all others are.
    let server = moto(&[], &[("INITIAL_NO_AUTH_ACTION_COUNT", "3")]);
    let url = format!("http://127.0.0.1:{}", server.port);
    let made = Command::new(moto_programs().join("python")).args(["-c", MAKE_USER, &url]).output().unwrap();
    let keys = String::from_utf8_lossy(&made.stdout).into_owned();
    let (id, secret) = keys.trim().split_once(' ').unwrap_or_else(|| panic!("{made:?}"));
    let folder = "Büro & Team (1)/a+b";
    let open = |id: &str, secret: &str| place_with(server.port, folder, id, secret, Limits::USUAL);
    let place = open(id, secret);
    make_bucket(&place);
    place.put("larder-data/x", &mut "one".as_bytes(), 3).unwrap();
    assert_eq!(place.get("larder-data/x", 9).unwrap().unwrap(), b"one");
    assert_eq!(place.list("larder-data").unwrap().len(), 1);
    place.delete("larder-data/x").unwrap();
    for wrong in [open(id, "another secret"), open("AKIANOBODY", secret)] {
        assert_eq!(wrong.list("").unwrap_err().code, Code::SignIn);
        assert_eq!(wrong.stat("larder-data/x.rec").unwrap_err().code, Code::SignIn);
        assert_eq!(wrong.put("larder-data/x", &mut "1".as_bytes(), 1).unwrap_err().code, Code::SignIn);
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let server = moto(&["-s"], &[]);
    let mut values = values_for(server.port, "bakery-shelf", "", KEY_ID);
    values.insert("endpoint".into(), format!("https://127.0.0.1:{}", server.port));
    let address = (KIND.address)(&values).unwrap();
    let refusal = (KIND.open)(&address, Some(&Secret::new(SECRET))).unwrap().list("").unwrap_err();
    assert_eq!(refusal.code, Code::Certificate, "{refusal}");
    assert!(!server.log().contains("list-type"), "nothing was asked of it");
}

// fault 12
#[test]
fn two_devices_on_moto_with_uploads_that_break_see_nothing_wrong() {
    two_devices(moto(&[], &[]).port);
}

// fault 12
#[test]
#[ignore = "make places"]
fn two_devices_on_s3s_fs_with_uploads_that_break_see_nothing_wrong() {
    two_devices(s3s_fs().port);
}

/// What somebody who only reads has come to know.
struct Reader {
    desk: Desk,
    releases: std::collections::BTreeMap<String, u64>,
    reads: u64,
}

impl Reader {
    /// One look: nothing goes back, and all that is shown was published, whole.
    fn read(&mut self, place: &dyn Place, tried: &[String]) {
        for seen in self.desk.look(place).products {
            let name = seen.product.as_str().to_owned();
            let before = self.releases.insert(name.clone(), seen.release).unwrap_or(0);
            assert!(seen.release >= before, "{name} went back from {before} to {}", seen.release);
            let text = content(place, &seen).unwrap();
            assert!(tried.contains(&text) && text.starts_with(&name), "{text}");
            self.reads += 1;
        }
    }
}

fn two_devices(port: u16) {
    let wire = Cutting::to(port, 7);
    let direct = place(port, "team");
    make_bucket(&direct);
    // Each try counts here: what usually hides a broken upload is off.
    let limits = Limits { tries: 1, idle: Duration::from_secs(10), ..Limits::USUAL };
    let cut = place_with(wire.port, "team", KEY_ID, SECRET, limits);
    let (anna, ben) = anna_and_ben_at(&direct);
    let shelf = anna.trust.shelf().clone();
    let mut reader = Reader { desk: Desk::stranger(&shelf, 70), releases: Default::default(), reads: 0 };
    let (mut desks, mut dice, mut tried, mut failed) = ([anna, ben], Dice::new(11), Vec::new(), 0);
    let mut last = std::collections::BTreeMap::new();
    wire.cut(35);
    for round in 0..12 {
        let (who, name) = (round % 2, ["sales", "stock"][dice.roll(2)]);
        let text = format!("{name} {round} {}", "x".repeat(dice.roll(2_000)));
        tried.push(text.clone());
        let desk = &mut desks[who];
        desk.look(&direct);
        let mut saved = serde_json::to_string(&desk.trust).unwrap();
        while let Err(refusal) = desk.try_publish(&cut, name, &text) {
            assert!(matches!(refusal.code, Code::Unreachable | Code::NotVerified), "{refusal}");
            failed += 1;
            assert!(failed < 500, "it never gets through");
            reader.read(&direct, &tried);
            // It is started anew: as it was saved, or with nothing left of what it knew.
            if dice.roll(4) == 0 {
                saved = serde_json::to_string(&Trust::new(shelf.clone())).unwrap();
            }
            desk.trust = serde_json::from_str(&saved).unwrap();
            desk.look(&direct);
        }
        last.insert(name, text);
        reader.read(&direct, &tried);
        let mut fresh = Reader { desk: Desk::stranger(&shelf, 71), releases: Default::default(), reads: 0 };
        fresh.read(&direct, &tried);
        assert_eq!(fresh.releases, reader.releases, "whoever looks first sees the same");
    }
    let cuts = wire.cuts();
    println!("{cuts} uploads broke, {failed} publications were begun again, {} reads, nothing wrong", reader.reads);
    assert!(cuts > 10 && failed > 0);
    for (name, text) in last {
        for desk in &mut desks {
            let seen = desk.look(&direct).product(&product(name)).unwrap().clone();
            assert_eq!((seen.state.clone(), content(&direct, &seen).unwrap()), (SeenState::Ready, text.clone()));
        }
    }
    println!("{} requests", direct.asked() + cut.asked());
}
