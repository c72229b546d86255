//! The workers of a run: jobs handed out biggest first, outcomes given back in plan order, files that take too long left
//! behind.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::outcome::{Outcome, Status};
use super::plan::{Input, Job};
use super::work::{self, Patience, Work, do_job, out_of_time};

/// Stack of a worker: deep documents recurse, and their depth is bounded for this size.
const STACK: usize = 16 << 20;

/// How a run goes about its jobs.
#[derive(Clone, Copy, Debug)]
pub struct Orders {
    /// Files at a time; 0 is one for each processor, and one more.
    pub workers: usize,
    /// Begin nothing new after the first failure.
    pub fail_fast: bool,
    /// Longest time for one file; eight when absent.
    pub seconds: Option<u64>,
}

/// What a run tells while it runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many files are done, in whatever order.
    Progress { done: usize },
    /// The next outcome in plan order.
    Outcome(&'a Outcome),
}

/// After its time a file may take so long to notice that it is over; then it is left behind.
const GRACE: Duration = Duration::from_secs(2);

/// Jobs there is nothing to do for, told of in one message: each takes less time than the message.
const TOGETHER: usize = 100;

enum Message {
    Begun {
        index: usize,
        patience: Patience,
    },
    Done {
        index: usize,
        outcome: Box<Outcome>,
    },
    /// Of jobs there was nothing to do for.
    Standing(Vec<(usize, Outcome)>),
    NothingLeft,
}

struct Shared {
    jobs: Vec<Job>,
    /// Indices of `jobs`, biggest first.
    order: Vec<usize>,
    next: AtomicUsize,
    stopped: AtomicBool,
    work: Work,
    /// One file at a time.
    alone: bool,
}

/// Do all jobs. Outcomes come back in the order of `jobs`; those never begun after a failure are left out.
pub fn run(jobs: Vec<Job>, work: Work, orders: Orders, observe: &mut dyn FnMut(Event)) -> Vec<Outcome> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(jobs[*index].size));
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = channel();
    let threads = match orders.workers {
        0 if is_little(&jobs) => 1,
        0 => {
            let processors = std::thread::available_parallelism().map_or(1, usize::from);
            // One more where there are many files: now and then one waits for the disk. A single file only pays for it.
            processors + usize::from(jobs.len() > processors)
        }
        workers => workers,
    };
    let pool = pool(threads);
    let workers = threads.min(jobs.len());
    let shared = Arc::new(Shared { jobs, order, next, stopped, work, alone: workers == 1 });
    for _ in 0..workers {
        let (shared, sender) = (shared.clone(), sender.clone());
        pool.spawn(move || take_jobs(&shared, &sender));
    }
    let mut desk = Desk {
        shared,
        sender,
        orders,
        workers,
        running: BTreeMap::new(),
        waiting: BTreeMap::new(),
        done: 0,
        outcomes: Vec::new(),
    };
    desk.listen(&receiver, observe);
    desk.outcomes
}

/// Whether there is one article or book for one format: what a second thread could do for it ends no sooner, and costs a
/// tenth more.
fn is_little(jobs: &[Job]) -> bool {
    const LITTLE: u64 = 1 << 20;
    let [Job { input, outputs, size }] = jobs else { return false };
    outputs.len() == 1 && *size < LITTLE && !matches!(input, Input::Book { .. })
}

fn pool(threads: usize) -> rayon::ThreadPool {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    builder.build().expect("a process may start a few threads")
}

/// A worker's day. Who reads the messages may have gone home; that is no concern of ours.
fn take_jobs(shared: &Shared, sender: &Sender<Message>) {
    let mut standing = Vec::new();
    let told = |standing: &mut Vec<_>| {
        if !standing.is_empty() {
            let _ = sender.send(Message::Standing(std::mem::take(standing)));
        }
    };
    loop {
        let turn = shared.next.fetch_add(1, Ordering::SeqCst);
        let Some(index) = shared.order.get(turn).copied().filter(|_| !shared.stopped.load(Ordering::SeqCst)) else {
            told(&mut standing);
            let _ = sender.send(Message::NothingLeft);
            return;
        };
        if let Some(outcome) = work::standing(&shared.jobs[index], &shared.work) {
            standing.push((index, outcome));
            if standing.len() == TOGETHER {
                told(&mut standing);
            }
            continue;
        }
        told(&mut standing);
        let patience = Patience::default();
        let _ = sender.send(Message::Begun { index, patience: patience.clone() });
        let outcome = do_job(&shared.jobs[index], &shared.work, &patience, shared.alone);
        // The flag is raised once, by us or by who waits for us: after the latter another worker has our place.
        if patience.over.swap(true, Ordering::SeqCst) {
            return;
        }
        let _ = sender.send(Message::Done { index, outcome: Box::new(outcome) });
    }
}

/// Where messages come in.
struct Desk {
    shared: Arc<Shared>,
    sender: Sender<Message>,
    orders: Orders,
    workers: usize,
    running: BTreeMap<usize, (Instant, Patience)>,
    /// Outcomes that came before their turn.
    waiting: BTreeMap<usize, Outcome>,
    done: usize,
    outcomes: Vec<Outcome>,
}

impl Desk {
    fn listen(&mut self, receiver: &Receiver<Message>, observe: &mut dyn FnMut(Event)) {
        while self.workers > 0 {
            match receiver.recv_timeout(Duration::from_millis(100)) {
                Ok(Message::Begun { index, patience }) => {
                    self.running.insert(index, (Instant::now(), patience));
                }
                Ok(Message::Done { index, outcome }) => {
                    self.running.remove(&index);
                    self.settle(index, *outcome, observe);
                }
                Ok(Message::Standing(outcomes)) => {
                    outcomes.into_iter().for_each(|(index, outcome)| self.settle(index, outcome, observe));
                }
                Ok(Message::NothingLeft) => self.workers -= 1,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.give_up_late_ones(observe);
        }
        for (_, outcome) in std::mem::take(&mut self.waiting) {
            observe(Event::Outcome(&outcome));
            self.outcomes.push(outcome);
        }
    }

    fn settle(&mut self, index: usize, outcome: Outcome, observe: &mut dyn FnMut(Event)) {
        if self.orders.fail_fast && outcome.status == Status::Failed {
            self.shared.stopped.store(true, Ordering::SeqCst);
        }
        self.done += 1;
        observe(Event::Progress { done: self.done });
        self.waiting.insert(index, outcome);
        while let Some(outcome) = self.waiting.remove(&self.outcomes.len()) {
            observe(Event::Outcome(&outcome));
            self.outcomes.push(outcome);
        }
    }

    /// A file whose time is over is told to stop. A thread cannot be stopped from outside: one that does not notice is told
    /// to write nothing more, and a new worker takes its place.
    fn give_up_late_ones(&mut self, observe: &mut dyn FnMut(Event)) {
        let mut late = Vec::new();
        for (index, (begun, patience)) in &self.running {
            let over = begun.elapsed().saturating_sub(self.longest());
            if !over.is_zero() {
                patience.stop.raise();
            }
            if over > GRACE {
                late.push((*index, *begun, patience.clone()));
            }
        }
        for (index, begun, patience) in late {
            if patience.over.swap(true, Ordering::SeqCst) {
                continue; // done at the last moment: its outcome is on the way
            }
            self.running.remove(&index);
            let job = &self.shared.jobs[index];
            let mut outcome = Outcome::of(job.input.name(), job.size);
            outcome.fail(out_of_time(None));
            outcome.elapsed = begun.elapsed();
            let (shared, sender) = (self.shared.clone(), self.sender.clone());
            pool(1).spawn(move || take_jobs(&shared, &sender));
            self.settle(index, outcome, observe);
        }
    }

    /// With the grace ten seconds at most: a hostile page is over before anyone calls it a hang, and the largest book that
    /// the other limits allow takes a third of that.
    fn longest(&self) -> Duration {
        Duration::from_secs(self.orders.seconds.unwrap_or(8))
    }
}
