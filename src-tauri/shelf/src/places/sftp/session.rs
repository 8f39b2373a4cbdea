//! A conversation with an SFTP server: requests out, answers in, several on their way at a time.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use larder_model::Refusal;
use russh::client::Msg;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use tokio::time::timeout;

use super::link::Line;
use super::wire::{self, Answer, Attrs, Bytes, Packet, code, kind};

/// What every server takes in one request.
const SMALL_CHUNK: u32 = 32 * 1024;
/// More than this at once makes nothing faster.
const LARGE_CHUNK: u32 = 255 * 1024;
/// Bytes of answers that nobody waits for yet.
const UNREAD: usize = 8 * 1024 * 1024;
/// The slowest line that a transfer may take, in bytes a second.
const SLOWEST: u64 = 8 * 1024;

/// How long something may take before it counts as never.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Until the server can be reached.
    pub connect: Duration,
    /// Until both sides agreed on keys and the person is signed in.
    pub sign_in: Duration,
    /// For one answer.
    pub answer: Duration,
    /// For all lines of a listing, and the least for a whole file.
    pub whole: Duration,
    /// A connection that nobody needed for so long is closed.
    pub idle: Duration,
}

impl Patience {
    pub const USUAL: Patience = Patience {
        connect: Duration::from_secs(15),
        sign_in: Duration::from_secs(45),
        answer: Duration::from_secs(60),
        whole: Duration::from_secs(300),
        idle: Duration::from_secs(90),
    };

    /// For a file of this size.
    pub fn for_bytes(&self, bytes: u64) -> Duration {
        self.whole.saturating_add(Duration::from_secs(bytes / SLOWEST))
    }
}

/// Why a request was not done.
#[derive(Debug)]
pub(super) enum Fault {
    /// The connection ended.
    Lost,
    /// No answer in time.
    Late,
    /// An answer that makes no sense.
    Garbled,
    /// The server said no: its code and its words.
    No(u32, String),
    /// Something else, told already.
    Told(Refusal),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Told(refusal)
    }
}

/// What a server can do beyond the plain protocol.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offers {
    pub posix_rename: bool,
    pub fsync: bool,
    pub statvfs: bool,
    limits: bool,
}

/// Room on the server's disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub free_bytes: u64,
    pub free_files: u64,
    pub read_only: bool,
}

/// One conversation. It ends when this is dropped.
pub(super) struct Session {
    read: ChannelReadHalf,
    write: ChannelWriteHalf<Msg>,
    line: Line,
    unread: Vec<u8>,
    next: u32,
    /// Requests whose answers somebody will wait for.
    asked: BTreeSet<u32>,
    /// Answers that came before they were waited for.
    early: HashMap<u32, Answer>,
    /// The most bytes to ask for, and to send, in one request.
    pub read_chunk: u32,
    pub write_chunk: u32,
    pub offers: Offers,
    pub patience: Patience,
    /// Times that somebody waited for an answer to what was sent since the last time.
    #[cfg(test)]
    pub trips: (u64, bool),
}

impl Session {
    /// Begins to talk on a channel whose other end is an SFTP server.
    pub async fn begin(
        line: Line,
        read: ChannelReadHalf,
        write: ChannelWriteHalf<Msg>,
        patience: Patience,
    ) -> Result<Session, Fault> {
        let mut session = Session {
            read,
            write,
            line,
            unread: Vec::new(),
            next: 1,
            asked: BTreeSet::new(),
            early: HashMap::new(),
            read_chunk: SMALL_CHUNK,
            write_chunk: SMALL_CHUNK,
            offers: Offers::default(),
            patience,
            #[cfg(test)]
            trips: (0, false),
        };
        // The first packet has the version where others have their number.
        session.put(Packet::new(kind::INIT, 3).done()).await?;
        let first = timeout(patience.answer, session.packet()).await.map_err(|_| Fault::Late)??;
        session.offers = offers(&first).ok_or(Fault::Garbled)?;
        if session.offers.limits {
            session.ask_limits().await?;
        }
        Ok(session)
    }

    /// Whether the connection already ended.
    pub fn is_over(&self) -> bool {
        self.line.is_over()
    }

    async fn ask_limits(&mut self) -> Result<(), Fault> {
        let answer = self.ask(|id| Packet::new(kind::EXTENDED, id).text("limits@openssh.com")).await?;
        let Answer::Extended(limits) = answer else { return Ok(()) };
        let mut limits = Bytes(&limits);
        let (_, read, write) = (limits.long(), limits.long(), limits.long());
        let chunk = |limit: Option<u64>| {
            let limit = limit.filter(|limit| *limit > 0).unwrap_or(u64::from(SMALL_CHUNK));
            u32::try_from(limit).unwrap_or(u32::MAX).clamp(1024, LARGE_CHUNK)
        };
        (self.read_chunk, self.write_chunk) = (chunk(read), chunk(write));
        Ok(())
    }

    /// Forgets what an earlier errand may have left on its way.
    pub fn start_over(&mut self) {
        self.asked.clear();
        self.early.clear();
    }

    /// Sends a request; its answer is asked for with [`Session::answer`].
    pub async fn send(&mut self, packet: impl FnOnce(u32) -> Packet) -> Result<u32, Fault> {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        self.asked.insert(id);
        self.put(packet(id).done()).await?;
        Ok(id)
    }

    /// Sends a request whose answer nobody needs.
    pub async fn send_only(&mut self, packet: impl FnOnce(u32) -> Packet) -> Result<(), Fault> {
        let id = self.send(packet).await?;
        self.asked.remove(&id);
        Ok(())
    }

    /// Leaves out answers that nobody needs any more.
    pub fn forget(&mut self, ids: impl Iterator<Item = u32>) {
        for id in ids {
            self.asked.remove(&id);
            self.early.remove(&id);
        }
    }

    /// The answer to a request.
    pub async fn answer(&mut self, id: u32) -> Result<Answer, Fault> {
        let patience = self.patience.answer;
        timeout(patience, self.answer_to(id)).await.unwrap_or(Err(Fault::Late))
    }

    /// A request and its answer.
    pub async fn ask(&mut self, packet: impl FnOnce(u32) -> Packet) -> Result<Answer, Fault> {
        let id = self.send(packet).await?;
        self.answer(id).await
    }

    /// A request that is answered with a status.
    pub async fn done(&mut self, packet: impl FnOnce(u32) -> Packet) -> Result<(), Fault> {
        let id = self.send(packet).await?;
        self.is_done(id).await
    }

    /// The answer to a request that is answered with a status.
    pub async fn is_done(&mut self, id: u32) -> Result<(), Fault> {
        match self.answer(id).await? {
            Answer::Status(code::OK, _) => Ok(()),
            other => Err(no(other)),
        }
    }

    /// The answer to a request for a handle.
    pub async fn handle(&mut self, id: u32) -> Result<Vec<u8>, Fault> {
        match self.answer(id).await? {
            // Longer ones the protocol does not allow.
            Answer::Handle(handle) if handle.len() <= 256 => Ok(handle),
            Answer::Handle(_) => Err(Fault::Garbled),
            other => Err(no(other)),
        }
    }

    /// The answer to a request for what something is; none where there is nothing of that name.
    pub async fn attrs(&mut self, id: u32) -> Result<Option<Attrs>, Fault> {
        match self.answer(id).await? {
            Answer::Attrs(attrs) => Ok(Some(attrs)),
            Answer::Status(code, _) if is_absent(code) => Ok(None),
            other => Err(no(other)),
        }
    }

    /// Room on the disk below a path, where the server can tell.
    pub async fn room(&mut self, path: &str) -> Result<Option<Room>, Fault> {
        if !self.offers.statvfs {
            return Ok(None);
        }
        let told = match self.ask(|id| Packet::new(kind::EXTENDED, id).text("statvfs@openssh.com").text(path)).await? {
            Answer::Extended(told) => told,
            Answer::Status(code::UNSUPPORTED, _) => return Ok(None),
            other => return Err(no(other)),
        };
        let mut told = Bytes(&told);
        let numbers: Vec<u64> = std::iter::from_fn(|| told.long()).take(11).collect();
        let [_, unit, _, _, free, files, _, free_files, _, flags, _] = numbers[..] else { return Err(Fault::Garbled) };
        Ok(Some(Room {
            free_bytes: free.saturating_mul(unit),
            // Some file systems have no such limit, and say zero of zero.
            free_files: if files == 0 { u64::MAX } else { free_files },
            read_only: flags & 1 != 0,
        }))
    }

    async fn answer_to(&mut self, id: u32) -> Result<Answer, Fault> {
        loop {
            if let Some(answer) = self.early.remove(&id) {
                return Ok(answer);
            }
            let packet = self.packet().await?;
            let (to, answer) = wire::answer(&packet).ok_or(Fault::Garbled)?;
            // What is not waited for any more is left out.
            if self.asked.remove(&to) {
                self.early.insert(to, answer);
            }
        }
    }

    /// The next packet, without its length.
    async fn packet(&mut self) -> Result<Vec<u8>, Fault> {
        loop {
            if let Some(length) = Bytes(&self.unread).number() {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                // The shortest has a kind and a number.
                if !(5..=wire::LONGEST).contains(&length) {
                    return Err(Fault::Garbled);
                }
                if self.unread.len() >= length + 4 {
                    let rest = self.unread.split_off(length + 4);
                    let mut packet = std::mem::replace(&mut self.unread, rest);
                    packet.drain(..4);
                    return Ok(packet);
                }
            }
            #[cfg(test)]
            {
                self.trips = (self.trips.0 + u64::from(self.trips.1), false);
            }
            let heard = self.read.wait().await;
            hear(&mut self.unread, heard)?;
        }
    }

    /// Sends bytes, listening meanwhile: a server that cannot get rid of its answers would stop to read.
    async fn put(&mut self, bytes: Vec<u8>) -> Result<(), Fault> {
        #[cfg(test)]
        {
            self.trips.1 = true;
        }
        let Session { read, write, unread, patience, .. } = self;
        let sending = async {
            let sent = write.data_bytes(bytes);
            tokio::pin!(sent);
            loop {
                tokio::select! {
                    sent = &mut sent => return sent.map_err(|_| Fault::Lost),
                    heard = read.wait() => hear(unread, heard)?,
                }
            }
        };
        timeout(patience.answer, sending).await.unwrap_or(Err(Fault::Late))
    }
}

fn hear(unread: &mut Vec<u8>, heard: Option<ChannelMsg>) -> Result<(), Fault> {
    match heard {
        Some(ChannelMsg::Data { data }) => unread.extend_from_slice(&data),
        None | Some(ChannelMsg::Eof | ChannelMsg::Close) => return Err(Fault::Lost),
        Some(_) => {}
    }
    if unread.len() > UNREAD { Err(Fault::Garbled) } else { Ok(()) }
}

/// What the first packet of a server offers; none where it is not one.
fn offers(packet: &[u8]) -> Option<Offers> {
    let mut bytes = Bytes(packet);
    if bytes.byte()? != kind::VERSION || bytes.number()? < 3 {
        return None;
    }
    let mut offers = Offers::default();
    while let (Some(name), Some(_)) = (bytes.text(), bytes.text()) {
        match name {
            b"posix-rename@openssh.com" => offers.posix_rename = true,
            b"fsync@openssh.com" => offers.fsync = true,
            b"statvfs@openssh.com" => offers.statvfs = true,
            b"limits@openssh.com" => offers.limits = true,
            _ => {}
        }
    }
    Some(offers)
}

/// What an answer means that is not the one that was hoped for.
fn no(answer: Answer) -> Fault {
    match answer {
        Answer::Status(code::NO_CONNECTION | code::CONNECTION_LOST, _) => Fault::Lost,
        Answer::Status(code, words) if code != code::OK => Fault::No(code, words),
        _ => Fault::Garbled,
    }
}

/// Whether a code says that nothing of that name is there; names that cannot be are not there either.
pub(super) fn is_absent(code: u32) -> bool {
    matches!(
        code,
        code::NO_SUCH_FILE
            | code::NO_SUCH_PATH
            | code::BAD_MESSAGE
            | code::NOT_A_FOLDER
            | code::INVALID_NAME
            | code::LINK_LOOP
    )
}
