//! Writing a font program whose characters are numbered as its glyphs are (Technical Note 5176; ISO 32000-1 §9.9).

use super::STANDARD_STRINGS;
use super::dictionary::operator;

/// What a font program is made of; `C` is what charstrings are kept in.
pub(super) struct Program<'a, C> {
    /// The index of names, as it stands in the table.
    pub names: &'a [u8],
    pub top: Dictionary,
    /// Strings that `top` names.
    pub strings: Vec<&'a [u8]>,
    /// Private dictionaries.
    pub dictionaries: Vec<Dictionary>,
    /// For each glyph, which of them is its own.
    pub selection: Vec<u8>,
    pub charstrings: Vec<C>,
}

/// A dictionary as it is written.
#[derive(Default)]
pub(super) struct Dictionary {
    bytes: Vec<u8>,
}

impl Dictionary {
    /// An entry whose operands are in bytes already.
    pub fn raw(&mut self, operands: &[u8], operator: u16) {
        self.bytes.extend_from_slice(operands);
        if operator > 0xff {
            self.bytes.push((operator >> 8) as u8);
        }
        self.bytes.push(operator as u8);
    }

    /// An entry that names a string of the program by its place among them.
    pub fn string(&mut self, place: usize, operator: u16) {
        self.numbers(&[ORDERING + 1 + place], operator);
    }

    /// Whole numbers, each in five bytes whatever its value.
    fn numbers(&mut self, numbers: &[usize], operator: u16) {
        let written = numbers.iter().flat_map(|number| {
            let bytes = u32::try_from(*number).unwrap_or(0).to_be_bytes();
            [29, bytes[0], bytes[1], bytes[2], bytes[3]]
        });
        let operands: Vec<u8> = written.collect();
        self.raw(&operands, operator);
    }

    fn has_matrix(&self) -> bool {
        super::operand(&self.bytes, operator::FONT_MATRIX).is_some()
    }
}

const REGISTRY: usize = STANDARD_STRINGS as usize;
const ORDERING: usize = REGISTRY + 1;

/// 0.001 0 0 0.001 0 0.
const THOUSANDTH: &[u8] = &[30, 0xa0, 0x01, 0xff, 139, 139, 30, 0xa0, 0x01, 0xff, 139, 139];
const IDENTITY: &[u8] = &[140, 139, 139, 140, 139, 139];

impl<C: AsRef<[u8]>> Program<'_, C> {
    /// Nothing when it has no glyph, or more than an index can count.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let glyphs = u16::try_from(self.charstrings.len()).ok().filter(|count| *count > 0)?;
        let strings: Vec<&[u8]> =
            [&b"Adobe"[..], b"Identity"].into_iter().chain(self.strings.iter().copied()).collect();
        let strings = index(&strings);
        // Its numbers are as long whatever they are, so that everything after it can be placed.
        let top = index(&[&self.top_dictionary([0; 4]).bytes]).len();
        let mut body = Vec::new();
        let start = HEADER.len() + self.names.len() + top + strings.len() + NO_SUBROUTINES.len();
        let charset = start;
        body.extend(charset_of(glyphs));
        let selection = start + body.len();
        body.extend(ranges(&self.selection));
        let mut fonts = Vec::with_capacity(self.dictionaries.len());
        for private in &self.dictionaries {
            let mut font = Dictionary::default();
            font.raw(IDENTITY, operator::FONT_MATRIX);
            font.numbers(&[private.bytes.len(), start + body.len()], operator::PRIVATE);
            body.extend_from_slice(&private.bytes);
            fonts.push(font.bytes);
        }
        let array = start + body.len();
        body.extend(index(&fonts));
        let charstrings = start + body.len();
        body.extend(index(&self.charstrings));
        let top = self.top_dictionary([charset, selection, array, charstrings]);
        Some([HEADER, self.names, &index(&[&top.bytes]), &strings, NO_SUBROUTINES, &body].concat())
    }

    /// The places of charset, selection, array of dictionaries and charstrings stand in it. Printers and viewers want a
    /// matrix in the top dictionary and in each of the array, and the array's place last.
    fn top_dictionary(&self, [charset, selection, array, charstrings]: [usize; 4]) -> Dictionary {
        let mut top = Dictionary::default();
        top.numbers(&[REGISTRY, ORDERING, 0], operator::REGISTRY);
        top.bytes.extend_from_slice(&self.top.bytes);
        if !self.top.has_matrix() {
            top.raw(THOUSANDTH, operator::FONT_MATRIX);
        }
        top.numbers(&[charset], operator::CHARSET);
        top.numbers(&[charstrings], operator::CHARSTRINGS);
        top.numbers(&[self.charstrings.len()], operator::CID_COUNT);
        top.numbers(&[array], operator::FD_ARRAY);
        top.numbers(&[selection], operator::FD_SELECT);
        top
    }
}

/// Version 1.0, four bytes long, places in four bytes.
const HEADER: &[u8] = &[1, 0, 4, 4];
const NO_SUBROUTINES: &[u8] = &[0, 0];

/// Characters numbered as glyphs, in one range (format 2).
fn charset_of(glyphs: u16) -> Vec<u8> {
    let mut charset = vec![2];
    if glyphs > 1 {
        charset.extend(1u16.to_be_bytes());
        charset.extend((glyphs - 2).to_be_bytes());
    }
    charset
}

/// Which dictionary is each glyph's, in ranges (format 3).
fn ranges(selection: &[u8]) -> Vec<u8> {
    let mut ranges = Vec::new();
    let mut count = 0u16;
    let mut last = None;
    for (glyph, part) in selection.iter().enumerate() {
        if last != Some(part) {
            ranges.extend((glyph as u16).to_be_bytes());
            ranges.push(*part);
            (count, last) = (count + 1, Some(part));
        }
    }
    [&[3][..], &count.to_be_bytes(), &ranges, &(selection.len() as u16).to_be_bytes()].concat()
}

/// Items one after the other behind a table of their places (section 5 of the note).
fn index<T: AsRef<[u8]>>(items: &[T]) -> Vec<u8> {
    let length: usize = items.iter().map(|item| item.as_ref().len()).sum();
    let width = match length + 1 {
        ..0x100 => 1,
        0x100..0x1_0000 => 2,
        0x1_0000..0x100_0000 => 3,
        _ => 4,
    };
    let mut out = Vec::with_capacity(3 + (items.len() + 1) * width + length);
    out.extend((items.len() as u16).to_be_bytes());
    if items.is_empty() {
        return out;
    }
    out.push(width as u8);
    let mut place = 1u32;
    out.extend(&place.to_be_bytes()[4 - width..]);
    for item in items {
        place += item.as_ref().len() as u32;
        out.extend(&place.to_be_bytes()[4 - width..]);
    }
    for item in items {
        out.extend_from_slice(item.as_ref());
    }
    out
}
