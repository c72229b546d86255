//! `banxin completions` and `banxin man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Arguments;
use super::{Ending, Usage, print};

pub fn completions(shell: Shell) -> Result<Ending, Usage> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "banxin", &mut script);
    print(&String::from_utf8_lossy(&script))
}

pub fn manual_page() -> Result<Ending, Usage> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page).map_err(Usage::from)?;
    print(&String::from_utf8_lossy(&page))
}
