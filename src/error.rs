//! The one error of a conversion: which stage failed. Who reports it puts the source's name before it.

use crate::format::Format;
use crate::readers::ReadError;
use crate::source::BesideError;
use crate::writers::WriteError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Open(#[from] BesideError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{format}: {error}", format = format.name())]
    Write { format: Format, error: WriteError },
    #[error("out of time; raise --limit-seconds to wait longer")]
    OutOfTime,
    #[error("{0} cannot be read; `banxin formats` lists what can")]
    NoReader(&'static str),
    #[error("{0} cannot be written; `banxin formats` lists what can")]
    NoWriter(&'static str),
}
