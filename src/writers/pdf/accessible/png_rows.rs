//! PNGs passed through: the rows of most are stored just as a PDF stores them (ISO 32000-1 §7.4.4.4, predictor 15).
//!
//! krilla unpacks every PNG and packs its pixels anew, larger than they were. It takes JPEGs as they are, so it is given
//! the frame of one, of the same size and without pixels, and that is exchanged for the PNG's rows in the finished file.

use crate::document::{Document, ResourceId};

use super::super::pack;

/// Begins the comment by which a frame names its picture.
const MARK: &[u8] = b"banxin-frame ";

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A PNG without transparency, profile or interlacing.
struct Plain<'a> {
    width: u32,
    height: u32,
    depth: u8,
    /// Gray, or red, green and blue, or places of the palette.
    color: Color<'a>,
    /// Its parts; together one stream.
    rows: Vec<&'a [u8]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Color<'a> {
    Gray,
    Rgb,
    Palette(&'a [u8]),
}

/// The frame to show a sound PNG by; nothing when it has to be unpacked.
pub(super) fn frame(id: &ResourceId, png: &[u8]) -> Option<Vec<u8>> {
    let plain = Plain::of(png)?;
    let (width, height) = (u16::try_from(plain.width).ok()?, u16::try_from(plain.height).ok()?);
    // A frame wider than this is not read.
    if width.max(height) > 16_384 {
        return None;
    }
    let name = [MARK, id.as_str().as_bytes()].concat();
    let segment = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).ok()?.to_be_bytes();
        Some([&[0xff, marker][..], &length, data].concat())
    };
    let components: u8 = if plain.color == Color::Gray { 1 } else { 3 };
    let mut start = vec![8];
    start.extend(height.to_be_bytes());
    start.extend(width.to_be_bytes());
    start.push(components);
    let mut scan = vec![components];
    for component in 1..=components {
        start.extend([component, 0x11, 0]);
        scan.extend([component, 0]);
    }
    scan.extend([0, 63, 0]);
    Some([&[0xff, 0xd8][..], &segment(0xfe, &name)?, &segment(0xc0, &start)?, &segment(0xda, &scan)?].concat())
}

/// Put the rows of its PNG into an object that holds a frame; any other object is left as it is.
pub(super) fn fill(object: &mut Vec<u8>, document: &Document) {
    let Some(filled) = filled(object, document) else { return };
    *object = filled;
}

fn filled(object: &[u8], document: &Document) -> Option<Vec<u8>> {
    let (head, data) = pack::parts(object)?;
    let name = data.strip_prefix(&[0xff, 0xd8, 0xff, 0xfe])?;
    let length = usize::from(u16::from_be_bytes([*name.first()?, *name.get(1)?]));
    let name = name.get(2..length)?.strip_prefix(MARK)?;
    let resource = document.resources.get(&ResourceId::from(std::str::from_utf8(name).ok()?))?;
    let plain = Plain::of(&resource.data)?;
    let rows = plain.rows.concat();
    let head = std::str::from_utf8(head).ok()?;
    let colors = if plain.color == Color::Rgb { 3 } else { 1 };
    let parameters = format!(
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {colors}/BitsPerComponent {}/Columns {}>>",
        plain.depth, plain.width
    );
    let head = head
        .replace("/BitsPerComponent 8", &format!("/BitsPerComponent {}", plain.depth))
        .replace("/Filter/DCTDecode", &parameters)
        .replace(&format!("/Length {}", data.len()), &format!("/Length {}", rows.len()));
    let head = match plain.color {
        Color::Palette(palette) => indexed(&head, palette)?,
        Color::Gray | Color::Rgb => head,
    };
    Some([head.as_bytes(), b"\nstream\n", &rows, b"\nendstream"].concat())
}

/// The dictionary with its colour space read through a palette (ISO 32000-1 §8.6.6.3).
fn indexed(head: &str, palette: &[u8]) -> Option<String> {
    const KEY: &str = "/ColorSpace";
    let start = head.find(KEY)? + KEY.len();
    let base = &head[start..];
    // A name, or a reference up to the next key.
    let length = base.get(1..)?.find(['/', '>'])? + 1;
    let colors: String = palette.iter().map(|byte| format!("{byte:02x}")).collect();
    let last = palette.len() / 3 - 1;
    Some(format!("{}[/Indexed{} {last}<{colors}>]{}", &head[..start], &base[..length], &base[length..]))
}

/// Whether a PNG can be unpacked to the last row.
pub(super) fn is_sound(png: &[u8]) -> bool {
    // Most are plain and whole, which is found out without their pixels.
    Plain::of(png).is_some_and(|plain| plain.unpacks()) || decodes(png)
}

fn decodes(png: &[u8]) -> bool {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::IDENTITY);
    let unpack = |mut reader: png::Reader<std::io::Cursor<&[u8]>>| {
        let mut rows = vec![0; reader.output_buffer_size()?];
        reader.next_frame(&mut rows).ok()
    };
    decoder.read_info().ok().and_then(unpack).is_some()
}

impl<'a> Plain<'a> {
    /// Nothing of one that has to be unpacked.
    fn of(png: &'a [u8]) -> Option<Plain<'a>> {
        let mut rest = png.strip_prefix(SIGNATURE)?;
        let (mut header, mut palette, mut rows) = (None, None, Vec::new());
        while let [length @ .., _, _, _, _] = rest.get(..8)? {
            let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
            let (kind, data) = (&rest[4..8], rest.get(8..8 + length)?);
            match kind {
                b"IHDR" => header = Some(data),
                b"PLTE" => palette = Some(data),
                b"IDAT" => rows.push(data),
                b"tRNS" | b"iCCP" => return None,
                b"IEND" => break,
                _ => {}
            }
            rest = rest.get(12 + length..)?;
        }
        let [w0, w1, w2, w3, h0, h1, h2, h3, depth, color, 0, 0, 0] = *header? else { return None };
        let color = match (color, depth) {
            (0, 1 | 2 | 4 | 8) => Color::Gray,
            (2, 8) => Color::Rgb,
            // No more colours than a pixel can name, each of three bytes.
            (3, 1 | 2 | 4 | 8) => {
                let palette = palette?;
                let count = (palette.len() / 3).min(1 << depth);
                Color::Palette(palette.get(..count * 3).filter(|_| count > 0)?)
            }
            _ => return None,
        };
        let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
        (!rows.is_empty()).then_some(Plain { width, height, depth, color, rows })
    }

    /// Whether there are as many rows as there should be, each with a filter there is (PNG 1.2 §6).
    fn unpacks(&self) -> bool {
        let samples = if self.color == Color::Rgb { 3 } else { 1 };
        let bits = |depth: u8| self.width as usize * samples * usize::from(depth);
        let row = 1 + bits(self.depth).div_ceil(8);
        let Some(size) = row.checked_mul(self.height as usize) else { return false };
        let mut rows = vec![0; size];
        let unpacked = libdeflater::Decompressor::new().zlib_decompress(&self.rows.concat(), &mut rows);
        unpacked == Ok(size) && rows.chunks_exact(row).all(|row| row[0] <= 4)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::sync::Arc;

    use super::*;
    use crate::document::Resource;
    use crate::writers::pdf::pictures::decoded;

    /// A picture of 5 by 3 pixels.
    fn picture(color: png::ColorType, depth: png::BitDepth, palette: Option<Vec<u8>>) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 5, 3);
        encoder.set_color(color);
        encoder.set_depth(depth);
        let row = (5 * color.samples() * depth as usize).div_ceil(8);
        if let Some(palette) = palette {
            encoder.set_palette(palette);
        }
        let pixels: Vec<u8> = (0..row * 3).map(|at| (at * 37 % 200) as u8).collect();
        encoder.write_header().expect("header").write_image_data(&pixels).expect("pixels");
        file
    }

    fn document(png: &[u8]) -> Document {
        let mut document = Document::default();
        let data = Arc::new(png.to_vec());
        let resource = Resource { media_type: "image/png".into(), data, width: 5, height: 3 };
        document.resources.insert("a.png".into(), resource);
        document
    }

    /// The object krilla writes of a frame, filled.
    fn through(png: &[u8], space: &str) -> (String, Vec<u8>) {
        let frame = frame(&"a.png".into(), png).expect("it is plain");
        let head = format!(
            "<</Length {}/Type/XObject/Subtype/Image/Filter/DCTDecode/Width 5/Height 3/ColorSpace{space}/BitsPerComponent 8>>",
            frame.len()
        );
        let mut object = [head.as_bytes(), b"\nstream\n", &frame, b"\nendstream"].concat();
        fill(&mut object, &document(png));
        let (head, data) = pack::parts(&object).expect("a stream");
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(data).read_to_end(&mut rows).expect("it is deflated");
        (String::from_utf8(head.to_vec()).expect("ASCII"), rows)
    }

    #[test]
    fn the_rows_of_plain_pictures_are_passed_through() {
        use png::{BitDepth, ColorType};
        let (head, rows) = through(&picture(ColorType::Rgb, BitDepth::Eight, None), "/DeviceRGB");
        let parameters = "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 3/BitsPerComponent 8/Columns 5>>";
        assert!(head.contains(parameters), "{head}");
        assert_eq!(rows.len(), 3 * 16);
        let (head, rows) = through(&picture(ColorType::Grayscale, BitDepth::Two, None), "/DeviceGray");
        assert!(head.ends_with("/ColorSpace/DeviceGray/BitsPerComponent 2>>"), "{head}");
        assert_eq!(rows.len(), 3 * 3);
        let palette = vec![255, 0, 16, 0, 0, 0];
        let (head, rows) = through(&picture(ColorType::Indexed, BitDepth::One, Some(palette)), " 12 0 R");
        assert!(head.ends_with("/ColorSpace[/Indexed 12 0 R 1<ff0010000000>]/BitsPerComponent 1>>"), "{head}");
        assert_eq!(rows.len(), 3 * 2);
    }

    #[test]
    fn others_are_left_to_be_unpacked() {
        use png::{BitDepth, ColorType};
        let id = ResourceId::from("a.png");
        assert_eq!(frame(&id, &picture(ColorType::Rgba, BitDepth::Eight, None)), None);
        assert_eq!(frame(&id, &picture(ColorType::Rgb, BitDepth::Sixteen, None)), None);
        let whole = picture(ColorType::Rgb, BitDepth::Eight, None);
        for cut in [20, 40, 60, whole.len() - 20] {
            assert!(!is_sound(&whole[..cut]), "cut at {cut}");
        }
        let mut jpeg = b"<</Length 4/Filter/DCTDecode>>\nstream\n\xff\xd8\xff\xfe\nendstream".to_vec();
        let before = jpeg.clone();
        fill(&mut jpeg, &document(&whole));
        assert_eq!(jpeg, before);
        assert!(decoded(&document(&whole).resources["a.png"]).is_ok());
    }
}
