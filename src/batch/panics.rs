//! A panic in one file is an outcome of that file and no more.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic prints nothing: what it says is kept for [`caught`], in its own thread.
pub fn remember_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("without a message");
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        LAST.with(|last| *last.borrow_mut() = Some(format!("{message}{place}")));
    }));
}

/// The work's result, or what its panic said and where.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let said = LAST.with(|last| last.borrow_mut().take());
        said.unwrap_or_else(|| "a panic in another thread".to_owned())
    })
}
