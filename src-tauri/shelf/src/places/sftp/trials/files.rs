//! Files in memory, as an SFTP server tells them.

use std::collections::BTreeMap;

use crate::places::sftp::wire::{Bytes, NEW, Packet, code, kind};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Folder,
    File(Vec<u8>),
    Link(String),
    Pipe,
}

/// What the server does with a name that is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renames {
    /// As OpenSSH does.
    Never,
    /// As servers do that call the system's rename.
    Over,
    /// It refuses every renaming.
    Refused,
}

pub(crate) struct Files {
    pub nodes: BTreeMap<String, Node>,
    pub renames: Renames,
    pub offers: Vec<&'static str>,
    /// Whether its listings tell what something is.
    pub tells_modes: bool,
    /// Most bytes that it gives at once.
    pub gives: usize,
    /// Bytes that still fit.
    pub room: u64,
    pub is_shell_only: bool,
    /// Names that it tells in every listing on top.
    pub lies: Vec<Vec<u8>>,
    open: BTreeMap<Vec<u8>, Open>,
    next: u32,
    clock: BTreeMap<String, u32>,
}

enum Open {
    File(String),
    Listing(Vec<String>),
}

pub(crate) struct Told;

impl Told {
    pub fn status(packet: &[u8], code: u32, words: &str) -> Vec<u8> {
        Packet::new(101, id_of(packet)).number(code).text(words).text("").done()
    }
}

fn id_of(packet: &[u8]) -> u32 {
    Bytes(&packet[1..]).number().unwrap_or_default()
}

/// Every offer that is made use of.
pub(crate) const ALL_OFFERS: &[&str] =
    &["posix-rename@openssh.com", "fsync@openssh.com", "statvfs@openssh.com", "limits@openssh.com"];

type Answered = Result<Packet, (u32, &'static str)>;

const NONE: (u32, &str) = (code::NO_SUCH_FILE, "No such file");
const FAILURE: (u32, &str) = (code::FAILURE, "Failure");

impl Files {
    pub fn new() -> Files {
        let nodes = ["/", "/home", "/home/anna", "/shelf"].map(|name| (name.to_owned(), Node::Folder));
        Files {
            nodes: nodes.into_iter().collect(),
            renames: Renames::Never,
            offers: ALL_OFFERS.to_vec(),
            tells_modes: true,
            gives: 255 * 1024,
            room: u64::MAX,
            is_shell_only: false,
            lies: Vec::new(),
            open: BTreeMap::new(),
            next: 0,
            clock: BTreeMap::new(),
        }
    }

    pub fn put(&mut self, name: &str, node: Node) {
        self.nodes.insert(name.to_owned(), node);
    }

    /// As if it had been written so many seconds after everything else.
    pub fn set_time(&mut self, name: &str, seconds: u32) {
        self.clock.insert(name.to_owned(), seconds);
    }

    /// Listings that are being read go on with these.
    pub fn list_again(&mut self, names: &[String]) {
        for open in self.open.values_mut() {
            if let Open::Listing(left) = open {
                left.extend_from_slice(names);
            }
        }
    }

    pub fn grow(&mut self, name: &str, by: usize) {
        if let Some(Node::File(bytes)) = self.nodes.get_mut(name) {
            bytes.resize(bytes.len() + by, 0);
        }
    }

    /// The name or handle that a request is about.
    pub fn about(packet: &[u8]) -> String {
        let mut bytes = Bytes(packet);
        let (kind, _) = (bytes.byte(), bytes.number());
        if kind == Some(kind::INIT) {
            return String::new();
        }
        String::from_utf8_lossy(bytes.text().unwrap_or_default()).into_owned()
    }

    pub fn answer(&mut self, packet: &[u8]) -> Vec<u8> {
        let mut bytes = Bytes(packet);
        let kind = bytes.byte().unwrap();
        let id = bytes.number().unwrap();
        if kind == kind::INIT {
            let version = Packet::new(kind::VERSION, 3);
            return self.offers.iter().fold(version, |packet, offer| packet.text(offer).text("1")).done();
        }
        match self.about_request(kind, id, &mut bytes) {
            Ok(answer) => answer.done(),
            Err((code, words)) => Told::status(packet, code, words),
        }
    }

    fn about_request(&mut self, kind: u8, id: u32, bytes: &mut Bytes<'_>) -> Answered {
        let first = bytes.text().ok_or((code::BAD_MESSAGE, "Bad message"))?.to_vec();
        let name = real(&String::from_utf8_lossy(&first));
        let ok = Packet::new(101, id).number(code::OK).text("").text("");
        match kind {
            kind::STAT | kind::LSTAT => {
                let name = if kind == kind::STAT { self.followed(&name).ok_or(NONE)? } else { name };
                let node = self.reached(&name).ok_or(NONE)?;
                Ok(attrs(Packet::new(105, id), node, self.time(&name), true))
            }
            kind::FSTAT => match self.open.get(&first) {
                Some(Open::File(name)) => {
                    let node = self.nodes.get(name).ok_or(NONE)?;
                    Ok(attrs(Packet::new(105, id), node, 0, true))
                }
                _ => Err(FAILURE),
            },
            kind::OPENDIR => {
                let name = self.followed(&name).ok_or(NONE)?;
                match self.reached(&name).ok_or(NONE)? {
                    Node::Folder => Ok(self.opened(id, Open::Listing(self.inside(&name)))),
                    _ => Err(NONE),
                }
            }
            kind::READDIR => self.listed(id, &first),
            kind::OPEN => self.open_file(id, &name, bytes.number().unwrap_or_default()),
            kind::CLOSE => self.open.remove(&first).map(|_| ok).ok_or(FAILURE),
            kind::READ => self.read(id, &first, bytes.long().unwrap_or_default(), bytes.number().unwrap_or_default()),
            kind::WRITE => {
                let (at, data) = (bytes.long().unwrap_or_default(), bytes.text().unwrap_or_default());
                self.write(&first, at, data).map(|()| ok)
            }
            kind::REMOVE => match self.reached(&name) {
                Some(Node::Folder) => Err(FAILURE),
                Some(_) => self.nodes.remove(&name).map(|_| ok).ok_or(NONE),
                None => Err(NONE),
            },
            kind::MKDIR => match (self.reached(&name), self.reached(above(&name))) {
                (Some(_), _) => Err(FAILURE),
                (None, Some(Node::Folder)) => {
                    self.nodes.insert(name, Node::Folder);
                    Ok(ok)
                }
                _ => Err(NONE),
            },
            kind::RMDIR if !self.inside(&name).is_empty() => Err(FAILURE),
            kind::RMDIR => self.nodes.remove(&name).map(|_| ok).ok_or(NONE),
            kind::REALPATH => {
                Ok(Packet::new(104, id).number(1).text(self.followed(&name).ok_or(NONE)?).text("").number(0))
            }
            kind::RENAME => {
                let to = real(&String::from_utf8_lossy(bytes.text().unwrap_or_default()));
                self.rename(&name, to, self.renames).map(|()| ok)
            }
            kind::EXTENDED => self.extended(id, &first, bytes),
            _ => Err((code::UNSUPPORTED, "Operation unsupported")),
        }
    }

    fn extended(&mut self, id: u32, request: &[u8], bytes: &mut Bytes<'_>) -> Answered {
        let offered = self.offers.iter().any(|offer| offer.as_bytes() == request);
        match request {
            _ if !offered => Err((code::UNSUPPORTED, "Operation unsupported")),
            b"posix-rename@openssh.com" => {
                let from = real(&String::from_utf8_lossy(bytes.text().unwrap_or_default()));
                let to = real(&String::from_utf8_lossy(bytes.text().unwrap_or_default()));
                let how = if self.renames == Renames::Refused { Renames::Refused } else { Renames::Over };
                self.rename(&from, to, how)?;
                Ok(Packet::new(101, id).number(code::OK).text("").text(""))
            }
            b"fsync@openssh.com" => Ok(Packet::new(101, id).number(code::OK).text("").text("")),
            b"statvfs@openssh.com" => {
                let numbers = [1, 1, self.room, self.room, self.room, 9, 9, 9, 0, 0, 255];
                Ok(numbers.into_iter().fold(Packet::new(201, id), Packet::long))
            }
            _ => {
                let numbers = [256 * 1024, self.gives as u64, 255 * 1024, 0];
                Ok(numbers.into_iter().fold(Packet::new(201, id), Packet::long))
            }
        }
    }

    fn opened(&mut self, id: u32, open: Open) -> Packet {
        // Handles are bytes, not text: a client that takes them for text loses them.
        self.next += 1;
        let handle = [0xff_u8, 0xfe].into_iter().chain(self.next.to_be_bytes()).collect::<Vec<_>>();
        self.open.insert(handle.clone(), open);
        Packet::new(102, id).text(handle)
    }

    fn open_file(&mut self, id: u32, name: &str, how: u32) -> Answered {
        if how == NEW {
            if self.reached(name).is_some() {
                return Err(FAILURE);
            }
            self.reached(above(name)).filter(|node| **node == Node::Folder).ok_or(NONE)?;
            self.nodes.insert(name.to_owned(), Node::File(Vec::new()));
            return Ok(self.opened(id, Open::File(name.to_owned())));
        }
        let name = self.followed(name).ok_or(NONE)?;
        match self.reached(&name) {
            Some(Node::File(_)) => Ok(self.opened(id, Open::File(name))),
            Some(_) => Err(FAILURE),
            None => Err(NONE),
        }
    }

    fn listed(&mut self, id: u32, handle: &[u8]) -> Answered {
        let Some(Open::Listing(names)) = self.open.get_mut(handle) else { return Err(FAILURE) };
        let names: Vec<String> = names.drain(..names.len().min(50)).collect();
        if names.is_empty() {
            return Err((code::EOF, "End of file"));
        }
        let lies = self.lies.iter().map(|lie| (lie.clone(), Node::File(b"lie".to_vec()), 0));
        let told = names.iter().filter_map(|name| {
            let short = name.rsplit('/').next().unwrap_or_default().as_bytes().to_vec();
            Some((short, self.nodes.get(name)?.clone(), self.time(name)))
        });
        let told: Vec<_> = told.chain(lies).collect();
        let mut packet = Packet::new(104, id).number(u32::try_from(told.len()).unwrap());
        for (name, node, time) in told {
            packet = attrs(packet.text(name).text(""), &node, time, self.tells_modes);
        }
        Ok(packet)
    }

    fn read(&mut self, id: u32, handle: &[u8], at: u64, many: u32) -> Answered {
        let Some(Open::File(name)) = self.open.get(handle) else { return Err(FAILURE) };
        let Some(Node::File(bytes)) = self.nodes.get(name) else { return Err(FAILURE) };
        let rest = bytes.get(usize::try_from(at).unwrap()..).unwrap_or_default();
        let data = &rest[..rest.len().min(many as usize).min(self.gives)];
        if data.is_empty() { Err((code::EOF, "End of file")) } else { Ok(Packet::new(103, id).text(data)) }
    }

    fn write(&mut self, handle: &[u8], at: u64, data: &[u8]) -> Result<(), (u32, &'static str)> {
        let Some(Open::File(name)) = self.open.get(handle) else { return Err(FAILURE) };
        let Some(Node::File(bytes)) = self.nodes.get_mut(name) else { return Err(FAILURE) };
        self.room = self.room.checked_sub(data.len() as u64).ok_or(FAILURE)?;
        let at = usize::try_from(at).unwrap();
        bytes.resize(bytes.len().max(at + data.len()), 0);
        bytes[at..at + data.len()].copy_from_slice(data);
        Ok(())
    }

    fn rename(&mut self, from: &str, to: String, how: Renames) -> Result<(), (u32, &'static str)> {
        match how {
            Renames::Refused => return Err((code::PERMISSION_DENIED, "Permission denied")),
            Renames::Never if self.reached(&to).is_some() => return Err(FAILURE),
            _ => {}
        }
        self.reached(above(&to)).ok_or(NONE)?;
        let node = self.nodes.remove(from).ok_or(NONE)?;
        self.nodes.insert(to, node);
        Ok(())
    }

    fn inside(&self, name: &str) -> Vec<String> {
        let front = format!("{}/", name.trim_end_matches('/'));
        let below = self.nodes.keys().filter(|key| key.len() > front.len() && key.starts_with(&front));
        below.filter(|key| !key[front.len()..].contains('/')).cloned().collect()
    }

    /// What is there, where every folder above it is one, links among them followed.
    fn reached(&self, name: &str) -> Option<&Node> {
        let (folder, last) = name.rsplit_once('/')?;
        let folder = if folder.is_empty() { "/".to_owned() } else { self.followed(folder)? };
        if last.is_empty() {
            return self.nodes.get("/");
        }
        self.nodes.get(&format!("{}/{last}", folder.trim_end_matches('/')))
    }

    fn followed(&self, name: &str) -> Option<String> {
        match self.reached(name)? {
            Node::Link(to) => Some(to.clone()),
            _ => Some(name.to_owned()),
        }
    }

    fn time(&self, name: &str) -> u32 {
        1_000_000 + self.clock.get(name).copied().unwrap_or_default()
    }
}

fn above(name: &str) -> &str {
    name.rsplit_once('/').map_or("/", |(above, _)| if above.is_empty() { "/" } else { above })
}

/// A path as the server sees it: from its root, what is not is from the home.
fn real(name: &str) -> String {
    let whole = if name.starts_with('/') { name.to_owned() } else { format!("/home/anna/{name}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

fn attrs(packet: Packet, node: &Node, time: u32, tells_modes: bool) -> Packet {
    let (mode, size) = match node {
        Node::Folder => (0o040_755, 0),
        Node::File(bytes) => (0o100_644, bytes.len() as u64),
        Node::Link(_) => (0o120_777, 0),
        Node::Pipe => (0o010_644, 0),
    };
    match tells_modes {
        true => packet.number(0xd).long(size).number(mode).number(0).number(time),
        false => packet.number(0x1).long(size),
    }
}
