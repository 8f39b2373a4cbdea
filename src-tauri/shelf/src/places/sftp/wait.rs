//! Waiting for a connection from code that is not async: one small runtime for all places, started with the first.

use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake};
use std::thread::Thread;

use larder_model::{Refusal, RefusalCode};
use tokio::runtime::{Builder, Runtime};

static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();

/// Wakes the thread that waits.
struct Waiting(Thread);

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn runtime() -> Result<&'static Runtime, Refusal> {
    let start = || Builder::new_multi_thread().worker_threads(2).thread_name("larder-sftp").enable_all().build().ok();
    let failed = || Refusal::new(RefusalCode::Bug).with("detail", "no threads for connections");
    RUNTIME.get_or_init(start).as_ref().ok_or_else(failed)
}

/// Runs something to its end on this thread, while the runtime's threads look after sockets and clocks.
///
/// Not the runtime's own `block_on`, which panics where another runtime already drives this thread.
pub(super) fn wait<T>(work: impl Future<Output = T>) -> Result<T, Refusal> {
    let _inside = runtime()?.enter();
    // Where this thread is somebody's task, that task's share of work does not count here.
    let mut work = pin!(tokio::task::unconstrained(work));
    let waker = Arc::new(Waiting(std::thread::current())).into();
    let mut context = Context::from_waker(&waker);
    loop {
        match work.as_mut().poll(&mut context) {
            Poll::Ready(value) => return Ok(value),
            Poll::Pending => std::thread::park(),
        }
    }
}

/// Leaves something to the runtime.
pub(super) fn leave(work: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = runtime() {
        runtime.spawn(work);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn it_waits_on_any_thread() {
        let nap = || wait(async { tokio::time::sleep(Duration::from_millis(5)).await }).unwrap();
        nap();
        let other = Builder::new_current_thread().enable_all().build().unwrap();
        other.block_on(async { nap() });
        other.block_on(async { tokio::task::spawn_blocking(nap).await.unwrap() });
    }
}
