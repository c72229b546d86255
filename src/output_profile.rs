//! A printer's own ICC profile: what its press, inks and paper make of the numbers in a file (ICC.1:2010).

use std::fmt;
use std::sync::Arc;

use crate::options::Ink;

/// A checked profile of an output device.
#[derive(Clone, PartialEq, Eq)]
pub struct OutputProfile {
    pub bytes: Arc<Vec<u8>>,
    /// The inks it is for.
    pub ink: Ink,
    /// What it calls itself.
    pub description: String,
    checksum: u64,
}

/// Options are told apart by what they print.
impl fmt::Debug for OutputProfile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "OutputProfile({:?}, {} bytes, {:016x})", self.description, self.bytes.len(), self.checksum)
    }
}

/// Bytes of the header, and where the table of tags begins.
const HEADER: usize = 128;

impl OutputProfile {
    /// Take a profile's bytes; errors with the reason when a PDF/X-4 may not name it as what it is printed on
    /// (ISO 15930-7 §6.2.2): it must be an output device's, for black alone or for four inks.
    pub fn new(bytes: Vec<u8>) -> Result<OutputProfile, String> {
        let field = |at: usize| bytes.get(at..at + 4).map(|field| <[u8; 4]>::try_from(field).expect("four bytes"));
        if bytes.len() < HEADER + 4 || field(36) != Some(*b"acsp") {
            return Err("it is no ICC profile".to_owned());
        }
        if field(0).map(u32::from_be_bytes) != u32::try_from(bytes.len()).ok() {
            return Err("its size is not the one it says; it is cut off or damaged".to_owned());
        }
        if bytes[8] > 4 {
            return Err(format!("it is of version {}; PDF/X-4 knows 2 and 4", bytes[8]));
        }
        if field(12) != Some(*b"prtr") {
            return Err("it is not of an output device (class prtr)".to_owned());
        }
        let (ink, needed): (Ink, &[&[u8; 4]]) = match field(16) {
            Some(space) if space == *b"GRAY" => (Ink::Gray, &[b"desc", b"kTRC"]),
            Some(space) if space == *b"CMYK" => (Ink::Cmyk, &[b"desc", b"A2B0", b"B2A0"]),
            _ => return Err("it is neither for black alone nor for four inks".to_owned()),
        };
        if let Some(missing) = needed.iter().find(|name| tag(&bytes, name).is_none()) {
            return Err(format!("its tag {} is missing", String::from_utf8_lossy(*missing)));
        }
        let description = tag(&bytes, b"desc").and_then(description).ok_or("it does not say what it is called")?;
        // FNV-1a: to tell profiles apart, not to guard against anybody.
        let mix = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let checksum = bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix);
        Ok(OutputProfile { bytes: Arc::new(bytes), ink, description, checksum })
    }
}

/// The data of a tag, by the table after the header.
fn tag<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
    let count = number(HEADER)?.min(1_000);
    let entry = (0..count).map(|index| HEADER + 4 + 12 * index).find(|at| bytes.get(*at..*at + 4) == Some(name))?;
    let (start, length) = (number(entry + 4)?, number(entry + 8)?);
    bytes.get(start..start.checked_add(length)?)
}

/// The words of a description: ASCII in version 2, UTF-16 in version 4.
fn description(data: &[u8]) -> Option<String> {
    let number = |at: usize| Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize);
    let words = match data.get(..4)? {
        b"desc" => String::from_utf8_lossy(data.get(12..12usize.checked_add(number(8)?)?)?).into_owned(),
        b"mluc" => {
            let (length, start) = (number(20)?, number(24)?);
            let text = data.get(start..start.checked_add(length)?)?;
            let units: Vec<u16> = text.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => return None,
    };
    let words: String = words.chars().filter(|character| !character.is_control()).collect();
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CMYK: &[u8] = include_bytes!("writers/pdf/press/profiles/press-cmyk.icc");
    const GRAY: &[u8] = include_bytes!("writers/pdf/press/profiles/press-gray.icc");

    #[test]
    fn a_press_profile_is_known_by_its_inks_and_its_name() {
        for (bytes, ink) in [(CMYK, Ink::Cmyk), (GRAY, Ink::Gray)] {
            let profile = OutputProfile::new(bytes.to_vec()).expect("a profile of ours");
            assert_eq!(profile.ink, ink);
            assert!(!profile.description.is_empty());
            assert!(format!("{profile:?}").len() < 200);
        }
    }

    #[test]
    fn what_is_no_press_profile_is_refused_with_its_reason() {
        let changed = |at: usize, words: &[u8]| {
            let mut bytes = CMYK.to_vec();
            bytes[at..at + words.len()].copy_from_slice(words);
            OutputProfile::new(bytes).expect_err("it is refused")
        };
        assert!(changed(36, b"none").contains("no ICC profile"));
        assert!(changed(12, b"mntr").contains("output device"));
        assert!(changed(16, b"RGB ").contains("four inks"));
        assert!(changed(8, &[5]).contains("version 5"));
        assert!(OutputProfile::new(CMYK[..2_000].to_vec()).expect_err("refused").contains("cut off"));
        assert!(OutputProfile::new(Vec::new()).is_err());
    }
}
