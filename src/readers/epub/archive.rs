//! The ZIP container, read within bounds: no entry and not the whole may unpack to more than the limits allow, whatever
//! its directory says, and names lead nowhere but into the container.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use percent_encoding::percent_decode_str;
use zip::ZipArchive;

use crate::options::Limits;
use crate::readers::ReadError;

pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Number of each entry by its name in lower case: books made on other systems mix cases.
    entries: BTreeMap<String, usize>,
    limit: u64,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Errors when the bytes are no ZIP file.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ReadError::Unusable(format!("no EPUB: its container cannot be opened: {error}")))?;
        let mut entries = BTreeMap::new();
        for index in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(index) {
                entries.entry(name.replace('\\', "/").to_lowercase()).or_insert(index);
            }
        }
        Ok(Archive { zip, entries, limit: limits.bytes, left: limits.unpacked })
    }

    pub fn has(&self, path: &str) -> bool {
        self.entries.contains_key(&path.to_lowercase())
    }

    /// The first entry whose name ends so.
    pub fn first_with_ending(&self, ending: &str) -> Option<String> {
        self.entries.keys().find(|name| name.ends_with(ending)).cloned()
    }

    /// The bytes of an entry. Errors, with the reason, when it is not there, broken, encrypted or too large.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let index = *self.entries.get(&path.to_lowercase()).ok_or_else(|| format!("{path} is not in the book"))?;
        let file = self.zip.by_index(index).map_err(|error| format!("{path}: {error}"))?;
        let limit = self.limit.min(self.left);
        let mut bytes = Vec::new();
        let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > limit {
            let option = if limit == self.limit { "--limit-bytes" } else { "--limit-unpacked" };
            // What was unpacked in vain took its time too.
            self.left = self.left.saturating_sub(limit);
            return Err(format!("{path} unpacks to more than {limit} bytes; raise {option} to allow it"));
        }
        self.left -= bytes.len() as u64;
        read.map_err(|error| format!("{path}: {error}"))?;
        Ok(bytes)
    }
}

/// A path in the container from an address written in the file `from`; no fragment, and never out of the container.
pub fn resolve(from: &str, address: &str) -> String {
    let address = address.split(['#', '?']).next().unwrap_or_default().replace('\\', "/");
    let address = percent_decode_str(&address).decode_utf8_lossy().into_owned();
    let folder = if address.starts_with('/') { "" } else { from.rfind('/').map_or("", |end| &from[..end]) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(address.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_container() {
        assert_eq!(resolve("OEBPS/text/a.xhtml", "../images/%E5%9B%BE.png#x"), "OEBPS/images/图.png");
        assert_eq!(resolve("a.opf", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve("OEBPS/a.xhtml", "/b.xhtml"), "b.xhtml");
    }
}
