//! Glyph runs that are written here: those of which krilla has nothing left to learn.
//!
//! krilla asks for each glyph six times what face and text it has, which was half of painting a book. It has to see a
//! glyph once, with its text, to give it a number in the file, a width and a place in the map to text. Of a run it is given
//! those glyphs alone that are new, or the first one, moved by a distance no text has, and in the finished file the whole
//! run takes their place: glyphs as two bytes each (ISO 32000-1 §9.7.4), moved where their advance is not their width
//! (§9.4.3).

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::pack;
use crate::font::{Face, FaceId, FontBook, GlyphId, cff};
use crate::layout::inline::GlyphRun;
use crate::length::Length;

/// Parts of an em in which glyphs are placed.
const FINE: i64 = 100_000;

/// A glyph nearer to its place than this, in parts of [`FINE`], is not moved: 0.00005 em.
const NEAR: i64 = 5;

/// How far the first of the glyphs that stand for a run is moved, in em.
pub(super) const MOVED: f32 = 64.0;

/// How what stands for a run begins in the file: strings and numbers follow, and a bracket.
const START: &[u8] = b"[-64000";

/// The runs of a document in the order they are painted in.
#[derive(Default)]
pub(super) struct GlyphRuns {
    faces: BTreeMap<FaceId, Seen>,
    runs: Vec<Run>,
    /// Of all runs, one after the other.
    glyphs: Vec<GlyphId>,
    moves: Vec<Move>,
    /// How many runs there are on each page that has any.
    on_pages: Vec<usize>,
    /// How many of the runs are on pages that are painted.
    paged: usize,
}

struct Run {
    face: FaceId,
    /// Where its glyphs and moves begin in those of all runs.
    glyphs: usize,
    moves: usize,
}

/// Before a glyph, by its number among those of all runs.
struct Move {
    glyph: usize,
    /// Onwards, in parts of [`FINE`].
    by: i64,
}

/// Glyphs of a face that krilla has been given.
struct Seen {
    /// By glyph, its number in `known`, from 1.
    numbers: Vec<u32>,
    known: Vec<Known>,
}

/// A glyph as it is in the file.
#[derive(Clone, Copy)]
struct Known {
    /// What it stands for in the map to text; nothing when that is not certain.
    text: Option<Text>,
    /// In parts of [`FINE`].
    width: i64,
}

/// A short text in place.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Text {
    bytes: [u8; 8],
    length: u8,
}

impl Text {
    fn of(text: &[u8]) -> Option<Text> {
        let mut bytes = [0; 8];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        Some(Text { bytes, length: text.len() as u8 })
    }
}

impl Seen {
    fn new() -> Seen {
        Seen { numbers: vec![0; 1 << 16], known: Vec::new() }
    }

    fn known(&self, glyph: GlyphId) -> Option<Known> {
        let number = self.numbers[usize::from(glyph.0)];
        self.known.get((number as usize).checked_sub(1)?).copied()
    }

    /// Add a glyph that is not known.
    fn add(&mut self, glyph: GlyphId, face: &Face, text: Option<Text>) -> Known {
        let known = Known { text, width: face.advance(glyph) * FINE / i64::from(face.units_per_em()) };
        self.known.push(known);
        self.numbers[usize::from(glyph.0)] = self.known.len() as u32;
        known
    }
}

impl GlyphRuns {
    /// Keep a run to be written here, and the places in it of those glyphs that krilla has to see, by which the run is found
    /// again. Nothing is kept when it has to see them all.
    ///
    /// The run is of a hollow face.
    pub fn keep(&mut self, run: &GlyphRun, face: &Face, is_sayable: impl Fn(&str) -> bool) -> Option<Vec<usize>> {
        if run.glyphs.len() < 2 {
            return None;
        }
        let (glyphs, moves) = (self.glyphs.len(), self.moves.len());
        let seen = self.faces.entry(run.face).or_insert_with(Seen::new);
        let known = seen.known.len();
        let mut shown = Vec::new();
        let is_kept = kept(run, face, is_sayable, seen, &mut shown, &mut self.glyphs, &mut self.moves).is_some();
        if !is_kept {
            shown.iter().for_each(|place| seen.numbers[usize::from(run.glyphs[*place].id.0)] = 0);
            seen.known.truncate(known);
            self.glyphs.truncate(glyphs);
            self.moves.truncate(moves);
            return None;
        }
        self.runs.push(Run { face: run.face, glyphs, moves });
        Some(if shown.is_empty() { vec![0] } else { shown })
    }

    /// Learn what krilla learns of a run of a hollow face that it is given whole. `text`: of the run, as krilla is given it.
    pub fn learn<'a>(&mut self, run: &GlyphRun, face: &Face, text: &str, glyphs: impl Iterator<Item = Shown<'a>>) {
        let seen = self.faces.entry(run.face).or_insert_with(Seen::new);
        let first = seen.known.len();
        let mut is_certain = true;
        let mut before = None;
        for Shown { id, text: range } in glyphs {
            // krilla wraps a run in its text when two glyphs share theirs, or one has stood for another before.
            is_certain &= before.as_ref().is_none_or(|before: &Range<usize>| before.end <= range.start);
            let own = Text::of(text.get(range.clone()).unwrap_or_default().as_bytes());
            match seen.known(id) {
                Some(known) => is_certain &= own.is_some() && known.text == own,
                None => {
                    seen.add(id, face, own);
                }
            }
            before = Some(range.clone());
        }
        if !is_certain {
            seen.known[first..].iter_mut().for_each(|known| known.text = None);
        }
    }

    /// All runs of a page have been given.
    pub fn end_page(&mut self) {
        let count = self.runs.len() - std::mem::replace(&mut self.paged, self.runs.len());
        self.on_pages.extend((count > 0).then_some(count));
    }

    /// Where the runs stand in the finished file: nothing when it does not have as many as it should where it should.
    pub fn placed(self, file: &pack::File<'_>, fonts: &FontBook) -> Option<PlacedRuns> {
        let mut first_runs = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        let mut first = 0;
        let mut on_pages = self.on_pages.iter();
        for (number, body) in file.streams() {
            let count = content(body).map_or(0, |data| memchr::memmem::find_iter(data, START).count());
            if count > 0 {
                if on_pages.next() != Some(&count) {
                    return None;
                }
                first_runs.insert(number, first);
                first += count;
            } else if let Some((id, glyphs)) = shown_glyphs(body, fonts) {
                let mut own = vec![0; 1 << 16];
                glyphs.iter().zip(0..).for_each(|(glyph, number)| own[usize::from(glyph.0)] = number);
                numbers.insert(id, own);
            }
        }
        let is_whole = first == self.runs.len() && self.glyphs_are_numbered(&numbers);
        is_whole.then_some(PlacedRuns { runs: self, first_runs, numbers })
    }

    fn glyphs_are_numbered(&self, numbers: &BTreeMap<FaceId, Vec<u16>>) -> bool {
        let ends = self.runs.iter().skip(1).map(|run| run.glyphs).chain([self.glyphs.len()]);
        self.runs.iter().zip(ends).all(|(run, end)| {
            let own = numbers.get(&run.face);
            own.is_some_and(|own| self.glyphs[run.glyphs..end].iter().all(|glyph| own[usize::from(glyph.0)] > 0))
        })
    }
}

/// Add glyphs and moves of a run, and the places of those glyphs that are not known yet to `shown`; nothing when krilla
/// has to see it whole: when glyphs share a text, one stands for another text than before or is not on the line.
fn kept(
    run: &GlyphRun,
    face: &Face,
    is_sayable: impl Fn(&str) -> bool,
    seen: &mut Seen,
    shown: &mut Vec<usize>,
    glyphs: &mut Vec<GlyphId>,
    moves: &mut Vec<Move>,
) -> Option<()> {
    let scale = FINE as f64 / run.size.0 as f64;
    let mut text_end = run.glyphs.first()?.text.start;
    // Where the next glyph has to stand, and where it would without being moved.
    let (mut pen, mut drawn) = (Length::ZERO, 0);
    for (place, glyph) in run.glyphs.iter().enumerate() {
        let text = run.text.get(glyph.text.start as usize..glyph.text.end as usize)?;
        let own = Text::of(text.as_bytes())?;
        let is_plain = glyph.text.start == text_end && !text.is_empty() && glyph.shift.1.is_zero();
        let known = match seen.known(glyph.id) {
            Some(known) => known,
            None if glyph.id.0 > 0 && is_sayable(text) => {
                shown.push(place);
                seen.add(glyph.id, face, Some(own))
            }
            None => return None,
        };
        if !is_plain || known.text? != own {
            return None;
        }
        let by = ((pen + glyph.shift.0).0 as f64 * scale).round() as i64 - drawn;
        if by.abs() >= NEAR {
            moves.push(Move { glyph: glyphs.len(), by });
            drawn += by;
        }
        glyphs.push(glyph.id);
        drawn += known.width;
        pen += glyph.advance;
        text_end = glyph.text.end;
    }
    Some(())
}

/// A glyph of a run that is given to krilla, with its bytes of the run's text.
pub(super) struct Shown<'a> {
    pub id: GlyphId,
    pub text: &'a Range<usize>,
}

/// The data of a page's content: of a stream that is nothing else and stands in the file as it is (ISO 32000-1 §7.8.2).
fn content(object: &[u8]) -> Option<&[u8]> {
    let (head, data) = pack::parts(object)?;
    let is_other = [&b"/Type"[..], b"/Subtype", b"/Filter"].iter().any(|key| memchr::memmem::find(head, key).is_some());
    (!is_other).then_some(data)
}

/// The glyphs of a hollow face's program, in the order of their numbers.
fn shown_glyphs(object: &[u8], fonts: &FontBook) -> Option<(FaceId, Vec<GlyphId>)> {
    let hollow = pack::inflated(object, super::faces::KIND.as_bytes())?;
    fonts.faces().find_map(|(id, face)| Some((id, cff::shown(face, &hollow)?)))
}

/// Runs, and where in the file they go.
pub(super) struct PlacedRuns {
    runs: GlyphRuns,
    /// By stream, the first run in it.
    first_runs: BTreeMap<usize, usize>,
    /// By face and glyph, its number in the file.
    numbers: BTreeMap<FaceId, Vec<u16>>,
}

impl PlacedRuns {
    /// Put the runs of a stream into it.
    pub fn fill(&self, number: usize, object: &mut Vec<u8>) {
        let Some(first) = self.first_runs.get(&number) else { return };
        let Some(data) = content(object) else { return };
        let mut written = Vec::with_capacity(data.len() + data.len() / 2);
        let mut done = 0;
        for (run, at) in (*first..).zip(memchr::memmem::find_iter(data, START)) {
            written.extend_from_slice(&data[done..at]);
            self.write(run, &mut written);
            done = at + START.len() + length_of_rest(&data[at + START.len()..]);
        }
        written.extend_from_slice(&data[done..]);
        pack::exchange_data(object, &written);
    }

    /// A run as the operand of `TJ`.
    fn write(&self, number: usize, out: &mut Vec<u8>) {
        let GlyphRuns { runs, glyphs, moves, .. } = &self.runs;
        let run = &runs[number];
        let numbers = &self.numbers[&run.face];
        let end = runs.get(number + 1).map_or(glyphs.len(), |next| next.glyphs);
        let mut moves = moves[run.moves..].iter().peekable();
        out.push(b'[');
        let mut is_open = false;
        for (place, glyph) in (run.glyphs..end).zip(&glyphs[run.glyphs..end]) {
            if let Some(by) = moves.next_if(|next| next.glyph == place) {
                out.extend_from_slice(if is_open { b")" } else { b"" });
                // What is subtracted, in thousandths of an em.
                push_hundredths(-by.by, out);
                is_open = false;
            }
            out.extend_from_slice(if is_open { b"" } else { b"(" });
            is_open = true;
            for byte in numbers[usize::from(glyph.0)].to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
                    b'\r' => out.extend_from_slice(b"\\r"),
                    _ => out.push(byte),
                }
            }
        }
        out.extend_from_slice(b")]");
    }
}

/// Bytes up to the bracket that closes a list of strings and numbers, and with it.
fn length_of_rest(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match text.get(at) {
            Some(b'(' | b'<') => at += length_of_string(&text[at..]),
            Some(b']') => return at + 1,
            Some(_) => at += 1,
            None => return text.len(),
        }
    }
}

/// Bytes of a string, brackets included: `<0001>`, or `(\000\001)`, in which brackets stand in pairs or behind backslashes
/// (ISO 32000-1 §7.3.4).
fn length_of_string(text: &[u8]) -> usize {
    if text.starts_with(b"<") {
        return memchr::memchr(b'>', text).map_or(text.len(), |end| end + 1);
    }
    let (mut at, mut open) = (0, 0);
    loop {
        match text.get(at) {
            Some(b'(') => open += 1,
            Some(b')') => open -= 1,
            Some(b'\\') => at += 1,
            Some(_) => {}
            None => return text.len(),
        }
        at += 1;
        if open == 0 {
            return at;
        }
    }
}

/// A number of hundredths with as many digits as it needs.
fn push_hundredths(hundredths: i64, out: &mut Vec<u8>) {
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if hundredths < 0 {
        out.push(b'-');
    }
    let digits = match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    };
    out.extend_from_slice(digits.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_at_its_own_bracket() {
        for string in ["<0001>", r"(\000\001)", r"(\000\))", r"(\\\()", "(())", r"(\000<)", r"(\000])"] {
            assert_eq!(length_of_string(format!("{string}]TJ)>").as_bytes()), string.len(), "{string}");
        }
        assert_eq!(length_of_string(b"(\\"), 2);
        assert_eq!(length_of_rest(br"(\000])-3 <005d>]TJ"), 17);
    }

    #[test]
    fn numbers_have_the_digits_they_need() {
        let written = |hundredths| {
            let mut out = Vec::new();
            push_hundredths(hundredths, &mut out);
            String::from_utf8(out).expect("digits")
        };
        assert_eq!([50_000, -705, 10, 7, -100].map(written), ["500", "-7.05", "0.1", "0.07", "-1"]);
    }
}
