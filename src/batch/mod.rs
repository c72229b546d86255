//! Many conversions: find the inputs, plan every output path, run the work in parallel, collect outcomes in plan order.
//!
//! Nothing is written before the whole plan stands. Each file is read once and written to all its formats; a failure or a
//! panic in one does not touch the others.

mod atomic;
mod book;
mod clean;
mod crew;
mod cross_reference;
mod explain;
mod filter;
mod fingerprint;
mod inputs;
mod ledger;
mod memory;
mod outcome;
mod panics;
mod plan;
pub mod report;
mod staging;
mod work;

pub use atomic::{Durability, Manner, write_file};
pub use book::chapter_order;
pub use clean::{Cleaned, clean};
pub use crew::{Event, Orders, run};
pub use cross_reference::CrossReferences;
pub use filter::Filter;
pub use fingerprint::of_run;
pub use inputs::{Found, find, folders};
pub use ledger::Ledger;
pub use outcome::{Failure, Made, MadeBeside, Outcome, Reported, Status};
pub use panics::remember_panics;
pub use plan::{Destination, Input, Job, Output, Placement, PlanError, Shard, plan};
pub use work::{Patience, Work, do_job};
