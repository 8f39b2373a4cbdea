//! WebDAV servers as Debian, PyPI and crates.io have them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use larder_model::RefusalCode;

use super::super::{Place, Secret, contract, kind_of, open};
use super::cutting::Cutting;
use super::whole;
use super::{Server, free_port, tool};
use crate::trials::{Desk, content};
use crate::{current, probe};

const USER: &str = "anna";
const PASSWORD: &str = "brot & schlüssel";
/// The same as a server keeps it.
const KEPT: &str = "anna:{SHA}BGO5YSepgxsIwo/EWrdjzh+1Krg=\n";

/// A server and the folder that it shows.
struct Dav {
    server: Server,
    files: PathBuf,
}

/// What tells one server's command from another's: its folder (with `files` in it) and its port.
type Starts = fn(&Path, u16) -> Command;

impl Dav {
    fn start(starts: Starts) -> Dav {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        std::fs::create_dir(&files).unwrap();
        std::fs::create_dir(folder.path().join("own")).unwrap();
        std::fs::write(folder.path().join("users"), KEPT).unwrap();
        let port = free_port();
        let mut command = starts(folder.path(), port);
        for shared in [folder.path(), &files, &folder.path().join("own")] {
            give(shared);
        }
        // Before it starts: some servers remember what they saw for minutes.
        for name in FOLDERS.iter().map(|name| (*name).to_owned()).chain((0..9).map(numbered)) {
            std::fs::create_dir(files.join(&name)).unwrap();
            give(&files.join(name));
        }
        command.current_dir(folder.path());
        Dav { server: Server::start(folder, port, &mut command), files }
    }

    /// The address of a fresh folder, through a line where one is given.
    fn address(&self, name: &str, line: Option<&Cutting>) -> String {
        assert!(self.files.join(name).is_dir());
        let port = line.map_or(self.server.port, |line| line.port);
        let entered = [("url", format!("http://127.0.0.1:{port}/{name}")), ("user", USER.to_owned())];
        let values = entered.map(|(field, value)| (field.to_owned(), value)).into();
        (super::super::webdav::KIND.address)(&values).unwrap()
    }

    fn place(&self, name: &str) -> Box<dyn Place> {
        open(&self.address(name, None), Some(&Secret::new(PASSWORD))).unwrap()
    }
}

/// Folders for a shelf each.
const FOLDERS: [&str; 5] = ["closed", "odd", "copies", "whole", "counted"];

fn numbered(n: u32) -> String {
    format!("Bäckerei {n} & Söhne")
}

/// Lets a server that gives up being the administrator write there.
fn give(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
}

/// Whether servers have to give up being the administrator. Nobody else's file can be changed by others.
fn as_administrator() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

fn apache(folder: &Path, port: u16) -> Command {
    let modules = "/usr/lib/apache2/modules";
    let load =
        ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav", "dav_fs", "dir"];
    let load: String = load.iter().map(|name| format!("LoadModule {name}_module {modules}/mod_{name}.so\n")).collect();
    let user = if as_administrator() { "User www-data\nGroup www-data\n" } else { "" };
    let own = folder.join("own");
    let (own, folder) = (own.display(), folder.display());
    let config = format!(
        "{load}{user}ServerRoot {own}\nDefaultRuntimeDir {own}\nPidFile {own}/pid\nListen 127.0.0.1:{port}\n\
         ServerName localhost\nErrorLog /dev/stderr\nDavLockDB {own}/locks\nDocumentRoot {folder}/files\n\
         <Directory {folder}/files>\nDav On\nAuthType Basic\nAuthName shelf\nAuthUserFile {folder}/users\n\
         Require valid-user\n</Directory>\n"
    );
    std::fs::write(format!("{folder}/apache.conf"), config).unwrap();
    let mut command = Command::new("/usr/sbin/apache2");
    // One process, which ends when it is told to.
    command.args(["-X", "-f", &format!("{folder}/apache.conf")]);
    command
}

fn nginx(folder: &Path, port: u16) -> Command {
    let folder = folder.display();
    let config = format!(
        "load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;\ndaemon off;\nmaster_process off;\n\
         pid {folder}/own/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n\
         client_body_temp_path {folder}/own/body;\nproxy_temp_path {folder}/own/proxy;\n\
         fastcgi_temp_path {folder}/own/fastcgi;\nuwsgi_temp_path {folder}/own/uwsgi;\nscgi_temp_path {folder}/own/scgi;\n\
         client_max_body_size 100m;\nserver {{\nlisten 127.0.0.1:{port};\nroot {folder}/files;\nlocation / {{\n\
         dav_methods PUT DELETE MKCOL COPY MOVE;\ndav_ext_methods PROPFIND OPTIONS;\nauth_basic shelf;\n\
         auth_basic_user_file {folder}/users;\n}}\n}}\n}}\n"
    );
    std::fs::write(format!("{folder}/nginx.conf"), config).unwrap();
    let mut command = Command::new("/usr/sbin/nginx");
    command.args(["-p", &format!("{folder}"), "-c", &format!("{folder}/nginx.conf")]);
    command
}

fn lighttpd(folder: &Path, port: u16) -> Command {
    std::fs::write(folder.join("users"), format!("{USER}:{PASSWORD}\n")).unwrap();
    let folder = folder.display();
    let config = format!(
        "server.modules = (\"mod_auth\", \"mod_authn_file\", \"mod_webdav\")\nserver.document-root = \"{folder}/files\"\n\
         server.bind = \"127.0.0.1\"\nserver.port = {port}\nserver.upload-dirs = (\"{folder}/own\")\n\
         webdav.activate = \"enable\"\nauth.backend = \"plain\"\nauth.backend.plain.userfile = \"{folder}/users\"\n\
         auth.require = (\"\" => (\"method\" => \"basic\", \"realm\" => \"shelf\", \"require\" => \"valid-user\"))\n"
    );
    std::fs::write(format!("{folder}/lighttpd.conf"), config).unwrap();
    let mut command = Command::new("/usr/sbin/lighttpd");
    command.args(["-D", "-f", &format!("{folder}/lighttpd.conf")]);
    command
}

fn rclone(folder: &Path, port: u16) -> Command {
    let mut command = Command::new("rclone");
    command.args([
        "serve",
        "webdav",
        "files",
        "--addr",
        &format!("127.0.0.1:{port}"),
        "--user",
        USER,
        "--pass",
        PASSWORD,
    ]);
    command.args(["--config", "/dev/null"]).env("HOME", folder);
    command
}

fn dufs(_: &Path, port: u16) -> Command {
    let mut command = Command::new(tool("bin/dufs"));
    command.args(["files", "--allow-all", "--bind", "127.0.0.1", "--port", &port.to_string()]);
    command.args(["--auth", &format!("{USER}:{PASSWORD}@/:rw")]);
    command
}

fn wsgidav(folder: &Path, port: u16) -> Command {
    let config = format!(
        "host: 127.0.0.1\nport: {port}\nprovider_mapping:\n  '/': '{}/files'\nhttp_authenticator:\n  accept_basic: true\n  \
         accept_digest: false\n  default_to_digest: false\nsimple_dc:\n  user_mapping:\n    '*':\n      '{USER}':\n        \
         password: '{PASSWORD}'\n",
        folder.display()
    );
    std::fs::write(folder.join("wsgidav.yaml"), config).unwrap();
    let mut command = Command::new(tool("places-venv/bin/wsgidav"));
    command.args(["--server", "cheroot", "-q", "-c"]).arg(folder.join("wsgidav.yaml"));
    command
}

/// The contract, plain copies, a wrong password, and how many questions things take.
fn holds_the_contract(starts: Starts) {
    let dav = Dav::start(starts);
    let mut n = 0;
    contract::holds(&mut || {
        n += 1;
        dav.place(&numbered(n))
    });
    let address = dav.address("closed", None);
    assert_eq!(kind_of(&address).unwrap().name, "webdav");
    for secret in [None, Some(Secret::new("wrong"))] {
        let closed = open(&address, secret.as_ref()).unwrap();
        assert_eq!(closed.list("").unwrap_err().code, RefusalCode::SignIn);
        assert_eq!(probe(&*closed).unwrap_err().code, RefusalCode::SignIn);
    }
    let gone = open(&dav.address("closed", None).replace("closed", "gone"), Some(&Secret::new(PASSWORD))).unwrap();
    for refusal in [
        gone.list("").map(drop),
        gone.list("larder-data/w").map(drop),
        gone.stat("larder-data").map(drop),
        gone.get("larder-data/x", 9).map(drop),
        gone.space_free_bytes().map(drop),
        gone.put("larder-data/x", &mut "x".as_bytes(), 1),
        gone.put("x", &mut "x".as_bytes(), 1),
    ] {
        let code = refusal.unwrap_err().code;
        // Some servers make the folders above a file by themselves.
        assert_eq!(code, RefusalCode::Unreachable);
    }
    odd_folders(&*dav.place("odd"));
    plain_copies(&*dav.place("copies"));
}

/// Folders where files are expected, and files above files.
fn odd_folders(place: &dyn Place) {
    place.put("larder-data/a/x", &mut "text".as_bytes(), 4).unwrap();
    assert_eq!(place.get("larder-data/a", 9_999_999).unwrap(), None, "a folder is no file");
    // Some servers give the file itself, whatever follows its name; whoever asks for something else sees by the hash.
    let below = place.get("larder-data/a/x/y", 9).unwrap();
    assert!(below.is_none_or(|bytes| bytes == b"text"), "nothing stands below a file");
    assert_eq!(place.stat("larder-data/a/x/y").unwrap(), None);
    assert_eq!(place.list("larder-data/a/x/y").unwrap(), []);
    assert_eq!(place.delete("larder-data/a").unwrap_err().code, RefusalCode::IsAFolder);
    assert_eq!(place.put("larder-data/a", &mut "text".as_bytes(), 4).unwrap_err().code, RefusalCode::Taken);
    assert!(place.put("larder-data/a/x/z", &mut "text".as_bytes(), 4).is_err());
    assert_eq!(place.get("larder-data/a/x", 9).unwrap().unwrap(), b"text");
    place.replace("Current/Sales/x.csv", &mut "text".as_bytes(), 4).unwrap();
    assert!(place.replace("Current/Sales", &mut "text".as_bytes(), 4).is_err());
    assert_eq!(place.get("Current/Sales/x.csv", 9).unwrap().unwrap(), b"text");
    let before = place.stat("Current/Sales/x.csv").unwrap().unwrap().changed;
    place.replace("Current/Sales/x.csv", &mut "longer text".as_bytes(), 11).unwrap();
    let after = place.stat("Current/Sales/x.csv").unwrap().unwrap();
    assert!(after.changed.is_some() && after.changed != before && after.size_bytes == Some(11));
    println!("room: {:?}", place.space_free_bytes().unwrap());
}

fn plain_copies(place: &dyn Place) {
    let desk = Desk::founder(place);
    let files = |text: &str| {
        let (a, b) = (desk.file("a", text.as_bytes()), desk.file("b", text.as_bytes()));
        [("Umsätze #1 + Co & Söhne; (neu).csv".to_owned(), a.path), (format!("data/{text}.csv"), b.path)]
    };
    for text in ["one", "two", "three"] {
        let outcome = current::write(place, "Umsätze (Süd)", &files(text)).unwrap();
        assert_eq!(outcome, current::CurrentOutcome::default());
    }
    let names = |folder: &str| {
        // Some servers list no names that begin with a dot, but have them.
        let entries = place.list(folder).unwrap().into_iter().filter(|entry| entry.name != ".larder.json");
        entries.map(|entry| entry.name).collect::<Vec<_>>()
    };
    assert_eq!(names("Current/Umsätze (Süd)"), ["Umsätze #1 + Co & Söhne; (neu).csv", "data"]);
    assert!(place.stat("Current/Umsätze (Süd)/.larder.json").unwrap().is_some());
    assert_eq!(names("Current/Umsätze (Süd)/data"), ["three.csv"]);
    current::remove(place, "Umsätze (Süd)").unwrap();
    assert_eq!(place.stat("Current/Umsätze (Süd)").unwrap(), None);
}

/// Two publish while a third of what is sent breaks off, one looks.
fn holds_the_protocol(starts: Starts, versions: u64) {
    let dav = Dav::start(starts);
    let line = Cutting::to(dav.server.port, 7);
    let address = dav.address("whole", Some(&line));
    let opens = || open(&address, Some(&Secret::new(PASSWORD))).unwrap();
    let began = Instant::now();
    let came = whole::holds(&opens, versions, 11, &|| line.cut(35));
    println!("{came:?}, {} cuts, {:?}, {:?}", line.cuts(), line.asked(), began.elapsed());
    assert!(line.cuts() > 0 && came.read > 0);
}

/// How many questions what people do takes.
fn questions(starts: Starts) {
    let dav = Dav::start(starts);
    let line = Cutting::to(dav.server.port, 7);
    let place = open(&dav.address("counted", Some(&line)), Some(&Secret::new(PASSWORD))).unwrap();
    let place = &*place;
    let said = |what: &str| println!("{what}: {:?}", line.asked());
    probe(place).unwrap();
    said("trying out an empty folder");
    let mut anna = Desk::founder(place);
    said("setting up");
    anna.publish(place, "sales", "one");
    said("the first publication, two files");
    anna.publish(place, "sales", "two");
    said("the next one");
    let mut ben = Desk::joiner(place, "Ben", 2);
    said("joining");
    ben.look(place);
    said("a look for the first time");
    ben.look(place);
    said("a look when nothing is new");
    anna.publish(place, "sales", "three");
    line.asked();
    let seen = ben.seen(place, "sales");
    said("a look with one new release");
    content(place, &seen).unwrap();
    said("fetching it, two files");
    probe(place).unwrap();
    said("trying out a shelf");
}

#[test]
fn apache_holds_the_contract() {
    holds_the_contract(apache);
}

// fault 12
#[test]
fn apache_holds_the_protocol_while_the_line_breaks() {
    holds_the_protocol(apache, 4);
}

/// One test for each of the others, and longer runs.
macro_rules! others {
    ($($server:ident: $contract:ident, $protocol:ident;)*) => {$(
        #[test]
        #[ignore = "needs programs that only `make places` brings"]
        fn $contract() {
            holds_the_contract($server);
        }

        #[test]
        #[ignore = "needs programs that only `make places` brings"]
        fn $protocol() {
            holds_the_protocol($server, 12);
            questions($server);
        }
    )*};
}

others! {
    apache: apache_holds_the_contract_again, apache_holds_the_protocol_for_long;
    nginx: nginx_holds_the_contract, nginx_holds_the_protocol;
    lighttpd: lighttpd_holds_the_contract, lighttpd_holds_the_protocol;
    rclone: rclone_holds_the_contract, rclone_holds_the_protocol;
    dufs: dufs_holds_the_contract, dufs_holds_the_protocol;
    wsgidav: wsgidav_holds_the_contract, wsgidav_holds_the_protocol;
}
