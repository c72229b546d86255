//! `banxin formats`.

use std::fmt::Write;

use super::{Ending, Usage, print};
use crate::format::Format;
use crate::{readers, writers};

/// A line for each format: name, what can be done, extensions.
pub fn list() -> Result<Ending, Usage> {
    let mut text = String::new();
    for format in Format::ALL.iter().copied() {
        let reads = readers::reader(format).is_some();
        let writes = writers::writer(format).is_some();
        let does = match (reads, writes) {
            (true, true) => "read, write",
            (true, false) => "read",
            (false, true) => "write",
            (false, false) => continue,
        };
        let names = format.extensions().iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(" ");
        writeln!(text, "{:<10} {does:<12} {names}", format.name()).expect("a string takes all");
    }
    if writers::writer(Format::Markdown).is_some() {
        text.push_str("\nMarkdown has flavours by name: gfm, commonmark, pandoc-markdown.\n");
    }
    print(&text)
}
