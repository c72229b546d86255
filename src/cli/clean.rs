//! `banxin clean`.

use std::path::Path;

use super::messages::Tongue;
use super::{Ending, Usage};
use crate::batch;

pub fn clean(folder: &Path, tongue: Tongue) -> Result<Ending, Usage> {
    if !folder.is_dir() {
        return Err(Usage(format!("{} is no folder", folder.display())));
    }
    let cleaned = batch::clean(folder).map_err(|error| Usage(format!("{}: {error}", folder.display())))?;
    eprintln!("{}", tongue.cleaned(cleaned.removed, cleaned.kept));
    Ok(Ending::Good)
}
