//! OpenSSH's own server. `make places` brings it, without installing it.

use std::fmt::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use larder_model::RefusalCode;

use super::{Server, free_port};
use crate::places::sftp::trials::{protocol, proxy::Proxy};
use crate::places::{Place, Values, contract, kind_of, open};
use crate::trials::Dice;

const NAME: &str = "larder-data/w/aa/r/x.rec";
/// Who the server runs as where the tests run as the administrator.
const NOBODY: u32 = 54_321;

/// OpenSSH's server, where it is.
fn sshd() -> PathBuf {
    let tools = std::env::var_os("LARDER_TOOLS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools"), PathBuf::from);
    let brought = tools.join("openssh/usr/sbin/sshd");
    if brought.is_file() { brought } else { PathBuf::from("/usr/sbin/sshd") }
}

fn run(command: &mut Command) -> String {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?} {done:?}");
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// The server as whoever runs the tests.
fn as_oneself(folder: &Path) -> (Command, String) {
    let mut command = Command::new(folder.join("sshd"));
    command.args(["-D", "-e", "-f"]).arg(folder.join("config"));
    (command, run(Command::new("id").arg("-un")))
}

/// The server as somebody who only exists for it, where the tests run as the administrator: the administrator's own server
/// wants an account and folders of the system. There is a disk of one megabyte in its folder, too.
fn as_nobody(folder: &Path) -> (Command, String) {
    let mut known = std::fs::read_to_string("/etc/passwd").unwrap();
    writeln!(known, "larder:x:{NOBODY}:{NOBODY}::/tmp:/bin/sh").unwrap();
    std::fs::write(folder.join("passwd"), known).unwrap();
    for file in std::fs::read_dir(folder).unwrap() {
        chown(file.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    // Seen by the server alone: all of it ends with it.
    let script = "mount --bind \"$1/passwd\" /etc/passwd && mount -t tmpfs -o size=1m,mode=0777 none \"$1/shelf/small\" && \
                  exec setpriv --reuid \"$2\" --regid \"$2\" --clear-groups \"$1/sshd\" -D -e -f \"$1/config\"";
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", script, "sh"]).arg(folder).arg(NOBODY.to_string());
    (command, "larder".to_owned())
}

/// A running server: its user, and the fingerprint of its key.
struct Sshd {
    server: Server,
    user: String,
    fingerprint: String,
}

impl Sshd {
    fn start(more: &str) -> Sshd {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let is_root = folder.path().metadata().unwrap().uid() == 0;
        // A copy, so that whoever it runs as can reach it.
        let (sshd, port) = (sshd(), free_port());
        std::fs::copy(&sshd, at("sshd")).unwrap_or_else(|e| panic!("{}: {e}; run make places", sshd.display()));
        for lib in
            sshd.ancestors().nth(2).into_iter().flat_map(|usr| std::fs::read_dir(usr.join("lib/x86_64-linux-gnu")))
        {
            for lib in lib.flatten().filter(|lib| lib.file_name().to_string_lossy().starts_with("libwrap.so")) {
                std::fs::copy(lib.path(), folder.path().join(lib.file_name())).unwrap();
            }
        }
        for key in ["host", "user"] {
            run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(key)));
        }
        let mut config = String::new();
        let here = folder.path().display();
        writeln!(config, "Port {port}\nListenAddress 127.0.0.1\nHostKey {here}/host\nPidFile none").unwrap();
        writeln!(config, "AuthorizedKeysFile {here}/user.pub\nStrictModes no\nUsePAM no").unwrap();
        writeln!(config, "PasswordAuthentication no\nKbdInteractiveAuthentication no").unwrap();
        writeln!(config, "MaxStartups 100\nLogLevel VERBOSE\nSubsystem sftp internal-sftp\n{more}").unwrap();
        std::fs::write(at("config"), config).unwrap();
        std::fs::create_dir(at("shelf")).unwrap();
        std::fs::create_dir(at("shelf/small")).unwrap();
        let (mut command, user) = if is_root { as_nobody(folder.path()) } else { as_oneself(folder.path()) };
        command.env("LD_LIBRARY_PATH", folder.path());
        let told = run(Command::new("ssh-keygen").arg("-lf").arg(at("host.pub")));
        let fingerprint = told.split_whitespace().nth(1).unwrap().to_owned();
        Sshd { server: Server::start(folder, port, &mut command), user, fingerprint }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.server.folder.path().join("shelf").join(name)
    }

    /// A folder of the server as a place, through this port.
    fn at(&self, name: &str, port: u16) -> Box<dyn Place> {
        let values = [
            ("host", "localhost".to_owned()),
            ("port", port.to_string()),
            ("user", self.user.clone()),
            ("folder", self.path(name).display().to_string()),
            ("host_key", self.fingerprint.clone()),
            ("key_file", self.server.folder.path().join("user").display().to_string()),
        ];
        let values: Values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let address = (kind_of("sftp://x").unwrap().address)(&values).unwrap();
        open(&address, None).unwrap_or_else(|e| panic!("{e}"))
    }

    fn place(&self, name: &str) -> Box<dyn Place> {
        self.at(name, self.server.port)
    }

    /// A fresh folder that the server's user may write to.
    fn folder(&self, name: &str) {
        std::fs::create_dir(self.path(name)).unwrap();
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(0o777)).unwrap();
    }
}

fn put(place: &dyn Place, name: &str, text: &str) -> Result<(), RefusalCode> {
    place.put(name, &mut text.as_bytes(), text.len() as u64).map_err(|r| r.code)
}

#[test]
#[ignore = "needs OpenSSH's server"]
fn openssh_holds_the_contract() {
    let sshd = Sshd::start("");
    let mut n = 0;
    contract::holds(&mut || {
        n += 1;
        sshd.folder(&n.to_string());
        sshd.place(&n.to_string())
    });
    assert!(sshd.place("1").durable(), "it keeps what it is told to keep");
    assert!(sshd.place("1").space_free_bytes().unwrap().is_some_and(|free| free > 0));
}

#[test]
#[ignore = "needs OpenSSH's server"]
fn of_many_who_put_the_same_name_on_openssh_one_wins() {
    let sshd = Sshd::start("");
    let place = sshd.place("");
    put(&*place, NAME, "x").unwrap();
    for round in 0..20 {
        let name = format!("larder-data/w/aa/r/{round}.rec");
        let won: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..6)
                .map(|i| {
                    let (sshd, name) = (&sshd, &name);
                    scope.spawn(move || usize::from(put(&*sshd.place(""), name, &format!("by {i}")).is_ok()))
                })
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!(won, 1);
        assert!(place.get(&name, 9).unwrap().unwrap().starts_with(b"by "));
    }
    assert_eq!(std::fs::read_dir(sshd.path("larder-data/w/aa/t")).unwrap().count(), 0, "no temp file is left");
}

// fault 59
#[test]
#[ignore = "needs OpenSSH's server"]
fn links_and_pipes_on_openssh_are_neither_told_nor_followed() {
    let sshd = Sshd::start("");
    let place = sshd.place("");
    put(&*place, "larder-data/file", "x").unwrap();
    let inside = sshd.path("larder-data");
    std::os::unix::fs::symlink("/etc", inside.join("link")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", inside.join("passwd")).unwrap();
    run(Command::new("mkfifo").arg(inside.join("pipe")));
    let names: Vec<_> = place.list("larder-data").unwrap().into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["file"]);
    for name in ["larder-data/link/passwd", "larder-data/passwd", "larder-data/pipe"] {
        assert_eq!(place.get(name, 1 << 20).unwrap(), None, "{name}");
        assert_eq!(place.stat(name).unwrap(), None, "{name}");
    }
    assert_eq!(put(&*place, "larder-data/link/x", "x"), Err(RefusalCode::NoPermission));
    assert_eq!(place.list("larder-data/link").unwrap(), Vec::new());
}

// fault 3
#[test]
#[ignore = "needs OpenSSH's server"]
fn a_full_disk_behind_openssh_is_told() {
    let sshd = Sshd::start("");
    if sshd.user != "larder" {
        println!("only the administrator can make a small disk");
        return;
    }
    let place = sshd.place("small");
    let large = vec![7_u8; 3 << 20];
    let refusal = place.put(NAME, &mut large.as_slice(), 3 << 20).unwrap_err();
    let (free, left) = (place.space_free_bytes(), place.list("larder-data/w/aa/r"));
    assert_eq!(refusal.code, RefusalCode::NoSpace, "{refusal}");
    assert!(free.unwrap().is_some_and(|free| free > 500_000), "what was half written is gone");
    assert_eq!(left.unwrap(), Vec::new());
}

// fault 8
#[test]
#[ignore = "needs OpenSSH's server"]
fn a_server_that_may_only_be_read_says_so() {
    let sshd = Sshd::start("ForceCommand internal-sftp -R");
    std::fs::write(sshd.path("x"), "text").unwrap();
    let place = sshd.place("");
    assert_eq!(place.get("x", 9).unwrap().unwrap(), b"text");
    assert_eq!(put(&*place, NAME, "x"), Err(RefusalCode::NoPermission));
    let found = crate::probe(&*place).unwrap();
    assert!(found.can_read && !found.can_write);
}

// fault 12
#[test]
#[ignore = "needs OpenSSH's server"]
fn two_people_share_a_shelf_on_openssh_over_a_line_that_is_cut_all_the_time() {
    let sshd = Sshd::start("");
    let proxy = Proxy::start(sshd.server.port, 3);
    let report = protocol::run(&|| sshd.place(""), &|| sshd.at("", proxy.port), &proxy, 60, 3);
    println!("{report:?}");
    assert!(report.cuts > 20 && report.published > 5, "{report:?}");
}

#[test]
#[ignore = "needs OpenSSH's server; measures"]
fn how_fast_it_is() {
    let sshd = Sshd::start("");
    let place = sshd.place("");
    let mut dice = Dice::new(1);
    let content: Vec<u8> = (0..8 << 20).flat_map(|_| (dice.roll(usize::MAX) as u64).to_be_bytes()).collect();
    put(&*place, NAME, "x").unwrap();
    let megabytes = content.len() as f64 / 1e6;
    for round in 0..3 {
        let name = format!("larder-data/w/aa/b/{round}");
        let begun = Instant::now();
        place.put(&name, &mut content.as_slice(), content.len() as u64).unwrap();
        let put = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        assert!(place.get(&name, content.len() as u64).unwrap().unwrap() == content);
        let get = begun.elapsed().as_secs_f64();
        println!("put {:.0} MB/s, get {:.0} MB/s", megabytes / put, megabytes / get);
        place.delete(&name).unwrap();
    }
    let begun = Instant::now();
    for n in 0..100 {
        put(&*place, &format!("larder-data/w/aa/m/{n}.rec"), "a record").unwrap();
    }
    println!("put of a record {:.1} ms", begun.elapsed().as_secs_f64() * 10.0);
    let begun = Instant::now();
    for n in 0..100 {
        place.get(&format!("larder-data/w/aa/m/{n}.rec"), 99).unwrap().unwrap();
    }
    println!("get of a record {:.1} ms", begun.elapsed().as_secs_f64() * 10.0);
    let begun = Instant::now();
    for _ in 0..100 {
        assert_eq!(place.list("larder-data/w/aa/m").unwrap().len(), 100);
    }
    println!("list of 100 {:.1} ms", begun.elapsed().as_secs_f64() * 10.0);
}
