//! Work that takes longer than a moment: started, watched, cancelled.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use larder_model::{Refusal, RefusalCode};

use crate::wire::{Event, JobKind, JobNote, JobState};
use crate::{Host, home};

/// A job's own view of itself.
pub struct Job {
    note: Mutex<JobNote>,
    cancelled: AtomicBool,
    done: AtomicU64,
    of: AtomicU64,
    last_told: Mutex<Instant>,
    host: Arc<dyn Host>,
}

impl Job {
    /// A person asked it to stop.
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// `Cancelled` if a person asked it to stop.
    pub fn go_on(&self) -> Result<(), Refusal> {
        if self.cancelled() { Err(Refusal::new(RefusalCode::Cancelled)) } else { Ok(()) }
    }

    /// How far it is; the window hears of it ten times a second at most.
    pub fn progress(&self, done: u64, of: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        let mut last = lock(&self.last_told);
        if last.elapsed() < Duration::from_millis(100) {
            return;
        }
        *last = Instant::now();
        drop(last);
        let note = {
            let mut note = lock(&self.note);
            note.done = done;
            note.of = of;
            note.clone()
        };
        self.host.emit(Event::Job { job: note });
    }

    /// How far it is.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// How it stands right now.
    fn now(&self) -> JobNote {
        JobNote { done: self.done(), of: self.of.load(Ordering::Relaxed), ..lock(&self.note).clone() }
    }

    /// Its id.
    pub fn id(&self) -> String {
        lock(&self.note).id.clone()
    }
}

impl larder_formats::Progress for Job {
    fn rows(&self, rows: u64) {
        self.progress(rows, 0);
    }
    fn cancelled(&self) -> bool {
        Job::cancelled(self)
    }
}

/// All jobs of this run.
pub struct Jobs {
    all: Mutex<BTreeMap<String, Arc<Job>>>,
    ended: Condvar,
    pool: tokio::runtime::Handle,
    host: Arc<dyn Host>,
}

impl Jobs {
    /// None yet.
    pub fn new(pool: tokio::runtime::Handle, host: Arc<dyn Host>) -> Jobs {
        Jobs { all: Mutex::default(), ended: Condvar::new(), pool, host }
    }

    /// Starts work on a thread of its own. A panic in it is a bug of ours and ends the job, nothing else.
    pub fn start(
        self: &Arc<Self>,
        kind: JobKind,
        about: &str,
        work: impl FnOnce(&Job) -> Result<(), Refusal> + Send + 'static,
    ) -> JobNote {
        self.run(self.announce(kind, about), work)
    }

    /// A job that can be asked and waited for from now on; its work is given with [`Jobs::run`], or it is withdrawn.
    pub fn announce(&self, kind: JobKind, about: &str) -> Arc<Job> {
        let note =
            JobNote { id: home::unique(), kind, about: about.to_owned(), state: JobState::Running, done: 0, of: 0 };
        let job = Arc::new(Job {
            note: Mutex::new(note.clone()),
            cancelled: AtomicBool::new(false),
            done: AtomicU64::new(0),
            of: AtomicU64::new(0),
            last_told: Mutex::new(Instant::now()),
            host: self.host.clone(),
        });
        let mut all = lock(&self.all);
        forget_old(&mut all);
        all.insert(note.id, job.clone());
        job
    }

    /// Takes an announced job back that is not needed after all; nobody was told of it.
    pub fn withdraw(&self, job: &Job) {
        lock(&self.all).remove(&job.id());
    }

    /// Does the work of an announced job, as [`Jobs::start`] does.
    pub fn run(
        self: &Arc<Self>,
        job: Arc<Job>,
        work: impl FnOnce(&Job) -> Result<(), Refusal> + Send + 'static,
    ) -> JobNote {
        let note = job.now();
        self.host.emit(Event::Job { job: note.clone() });
        let jobs = self.clone();
        self.pool.spawn_blocking(move || {
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&job)));
            let state = match ended {
                Ok(Ok(())) => JobState::Done,
                Ok(Err(refusal)) => JobState::Refused { refusal },
                Err(_) => JobState::Refused { refusal: Refusal::new(RefusalCode::Bug).with("detail", "job") },
            };
            jobs.end(&job, state);
        });
        note
    }

    /// Does work on the caller's thread that is watched and stopped like any other; answers what it answers.
    pub fn here<T>(
        &self,
        kind: JobKind,
        about: &str,
        work: impl FnOnce(&Job) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let job = self.announce(kind, about);
        self.host.emit(Event::Job { job: job.now() });
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&job)));
        let done = ended.unwrap_or_else(|_| Err(Refusal::new(RefusalCode::Bug).with("detail", "job")));
        let state = match &done {
            Ok(_) => JobState::Done,
            Err(refusal) => JobState::Refused { refusal: refusal.clone() },
        };
        self.end(&job, state);
        done
    }

    /// Starts something that waits more than it works.
    pub fn spawn(&self, waiting: impl std::future::Future<Output = ()> + Send + 'static) {
        self.pool.spawn(waiting);
    }

    fn end(&self, job: &Job, state: JobState) {
        let note = {
            let mut note = lock(&job.note);
            note.state = state;
            note.done = job.done();
            note.clone()
        };
        // The lock is taken so that a waiter cannot miss the end between looking and sleeping.
        drop(lock(&self.all));
        self.ended.notify_all();
        self.host.emit(Event::Job { job: note });
    }

    /// How one stands.
    pub fn note(&self, id: &str) -> Result<JobNote, Refusal> {
        lock(&self.all).get(id).map(|job| job.now()).ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", id))
    }

    /// Asks one to stop; it does so at its next step.
    pub fn cancel(&self, id: &str) {
        if let Some(job) = lock(&self.all).get(id) {
            job.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Asks all of a kind to stop.
    pub fn cancel_all(&self) {
        for job in lock(&self.all).values() {
            job.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// A running one of this kind and subject.
    pub fn running(&self, kind: JobKind, about: Option<&str>) -> Option<JobNote> {
        lock(&self.all).values().find_map(|job| {
            let note = lock(&job.note);
            let fits = note.kind == kind && about.is_none_or(|a| a == note.about) && note.state == JobState::Running;
            fits.then(|| JobNote { done: job.done(), of: job.of.load(Ordering::Relaxed), ..note.clone() })
        })
    }

    /// Waits until it has ended; answers what became of it.
    pub fn wait(&self, id: &str) -> Result<(), Refusal> {
        self.wait_for(id, None)
    }

    /// The same for another job: where that one is to stop, so is this.
    pub fn wait_for(&self, id: &str, other: Option<&Job>) -> Result<(), Refusal> {
        let often = Duration::from_millis(if other.is_some() { 50 } else { 500 });
        let mut all = lock(&self.all);
        loop {
            let Some(job) = all.get(id) else {
                return Err(Refusal::new(RefusalCode::Unknown).with("what", id));
            };
            match lock(&job.note).state.clone() {
                JobState::Done => return Ok(()),
                JobState::Refused { refusal } => return Err(refusal),
                JobState::Running => {}
            }
            if other.is_some_and(Job::cancelled) {
                job.cancelled.store(true, Ordering::Relaxed);
            }
            all = self.ended.wait_timeout(all, often).unwrap_or_else(|e| e.into_inner()).0;
        }
    }
}

fn forget_old(all: &mut BTreeMap<String, Arc<Job>>) {
    if all.len() > 200 {
        all.retain(|_, job| lock(&job.note).state == JobState::Running);
    }
}

/// Takes a lock that a panicking thread may have left behind: what it guards is replaced whole, never half-changed.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
