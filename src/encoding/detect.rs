//! The encoding of bytes that do not say it.
//!
//! Valid UTF-8 is UTF-8. Otherwise each East Asian encoding reads a sample, and the one whose reading looks most like
//! running text wins; chardetng's opinion counts as further evidence, and alone decides among single-byte encodings.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::frequency::plausibility;
use super::{Ground, is_utf_16};

/// Bytes that are looked at; enough to be sure, little beside a whole book.
const SAMPLE: usize = 48 << 10;

/// Readings that compete, the likelier in China first: a draw goes to the first.
const CANDIDATES: &[&Encoding] = &[GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR, UTF_16LE, UTF_16BE];

/// What a broken byte costs a candidate.
const BROKEN: i64 = -25;

/// What chardetng's choice is worth, for each two bytes that are not ASCII.
const SECONDED: i64 = 1;

/// The encoding of bytes without a byte order mark, and how it is known.
///
/// `is_utf_8`: whether the bytes are valid UTF-8.
pub(super) fn detect(bytes: &[u8], is_utf_8: bool, declared: Option<&'static Encoding>) -> (&'static Encoding, Ground) {
    if is_iso_2022_jp(bytes) {
        return (ISO_2022_JP, Ground::Valid);
    }
    let nul = bytes[..bytes.len().min(SAMPLE)].contains(&0);
    if !nul && is_utf_8 {
        return (UTF_8, Ground::Valid);
    }
    if let Some(declared) = declared.filter(|declared| !is_utf_16(declared) && reads_cleanly(bytes, declared)) {
        return (declared, Ground::Declared);
    }
    if !nul && mostly_utf_8(bytes) {
        return (UTF_8, Ground::Guessed(99));
    }
    let sample = sample(bytes);
    let foreign = sample.iter().filter(|byte| !byte.is_ascii()).count() as i64;
    let seconded = chardetng_guess(sample);
    let mut scores: Vec<(i64, &'static Encoding)> = CANDIDATES
        .iter()
        .filter(|candidate| nul || !is_utf_16(candidate) || bytes.len().is_multiple_of(2))
        .map(|candidate| {
            let opinion = if *candidate == seconded { SECONDED * foreign / 2 } else { 0 };
            (score(sample, candidate) + opinion, *candidate)
        })
        .collect();
    scores.sort_by_key(|(score, _)| -score);
    let (best, encoding) = scores[0];
    if best <= 0 {
        return if nul && is_utf_8 { (UTF_8, Ground::Valid) } else { (seconded, Ground::Guessed(50)) };
    }
    let lead = (best - scores[1].0.max(0)) as f64 / best as f64;
    let amount = (foreign as f64 / 60.0).min(1.0);
    (encoding, Ground::Guessed((50.0 + 49.0 * lead.sqrt() * amount.sqrt()).round() as u8))
}

/// The stretch of bytes that is judged: from the first line with bytes that are not ASCII.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| !byte.is_ascii() || *byte == 0).unwrap_or(0);
    let line = bytes[..first].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let start = if bytes.contains(&0) { 0 } else { line };
    &bytes[start..bytes.len().min(start + SAMPLE)]
}

fn chardetng_guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == encoding_rs::GBK { GB18030 } else { guess }
}

/// How well a candidate reads the sample. A character cut off at its end costs nothing.
fn score(sample: &[u8], encoding: &'static Encoding) -> i64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(sample.len() * 3 + 64);
    let (mut read, mut broken) = (0, 0);
    loop {
        let (result, more) = decoder.decode_to_string_without_replacement(&sample[read..], &mut text, false);
        read += more;
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => text.reserve(sample.len() + 64),
            encoding_rs::DecoderResult::Malformed(..) => broken += 1,
        }
    }
    plausibility(&text) + BROKEN * broken
}

fn reads_cleanly(bytes: &[u8], encoding: &'static Encoding) -> bool {
    !encoding.decode_without_bom_handling(bytes).1
}

/// UTF-8 with some broken bytes: nearly all bytes that are not ASCII belong to whole characters.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    whole >= 6 && broken * 12 <= whole
}

/// Seven-bit Japanese: only ASCII bytes and the escape sequences that change its sets (RFC 1468).
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let begins_kanji = |at: usize| matches!(bytes.get(at + 1..at + 3), Some(b"$B" | b"$@"));
    bytes.is_ascii() && memchr::memchr_iter(0x1B, bytes).any(begins_kanji)
}

/// Seven-bit Chinese (RFC 1843): only ASCII bytes, and each `~{` closed by `~}` around pairs of printable bytes.
pub(super) fn is_hz(bytes: &[u8]) -> bool {
    if !bytes.is_ascii() || !bytes.windows(2).any(|two| two == b"~{") {
        return false;
    }
    let mut rest = bytes;
    while let Some(start) = rest.windows(2).position(|two| two == b"~{") {
        let inner = &rest[start + 2..];
        let Some(length) = inner.chunks(2).position(|two| two == b"~}") else { return false };
        if length == 0 || !inner[..length * 2].iter().all(|byte| (0x21..=0x7D).contains(byte)) {
            return false;
        }
        rest = &inner[length * 2 + 2..];
    }
    true
}

/// The same text in eight-bit GB.
pub(super) fn hz_to_gb(bytes: &[u8]) -> Vec<u8> {
    let mut gb = Vec::with_capacity(bytes.len());
    let (mut index, mut high) = (0, false);
    while index < bytes.len() {
        match (&bytes[index..bytes.len().min(index + 2)], high) {
            (b"~{", false) => high = true,
            (b"~}", true) => high = false,
            (b"~~", false) => gb.push(b'~'),
            (b"~\n", false) => {}
            (pair, true) => gb.extend(pair.iter().map(|byte| byte | 0x80)),
            (_, false) => {
                gb.push(bytes[index]);
                index += 1;
                continue;
            }
        }
        index += 2;
    }
    gb
}
