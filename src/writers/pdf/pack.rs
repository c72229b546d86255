//! A finished PDF taken apart, and made smaller: objects without a stream of their own go into compressed object streams, and the table of
//! places becomes one too (ISO 32000-1 §7.5.7 and §7.5.8). krilla 0.8 writes neither; a tagged book is a quarter smaller.
//!
//! It takes only files as krilla writes them: one table, every object of generation 0, nothing encrypted.

use std::cell::RefCell;
use std::io::{Read, Write};

use flate2::read::ZlibDecoder;
use libdeflater::{CompressionLvl, Compressor};
use rayon::prelude::*;

use crate::options::PdfCompression;

/// Objects in one stream: readers unpack a whole one to find one object.
const TOGETHER: usize = 200;

/// Levels at which streams are deflated. The fastest takes a third of the time of what others call usual, and its files are
/// two hundredths larger.
const FASTEST: i32 = 1;
const HARDEST: i32 = 12;

/// Bytes of room for deflated streams that are kept for the next: more than a page needs.
const KEPT_ROOM: usize = 1 << 20;

/// Streams that are packed side by side, and groups of other objects: a file may have a million, and what is packed is
/// held a second time until it is written.
const AT_A_TIME: usize = 512;

/// Bytes of such streams: pictures may be large.
const BYTES_AT_A_TIME: usize = 32 << 20;

/// One object of the file.
struct Object<'a> {
    number: usize,
    body: &'a [u8],
    is_stream: bool,
}

/// Where an object is found.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In { stream: usize, index: usize },
}

/// A file taken apart.
pub(super) struct File<'a> {
    /// What comes before the objects.
    head: &'a [u8],
    /// By their numbers.
    objects: Vec<Object<'a>>,
    trailer: &'a [u8],
}

impl<'a> File<'a> {
    /// Nothing when the file is not as krilla writes it.
    pub fn of(bytes: &'a [u8]) -> Option<File<'a>> {
        let table = startxref(bytes)?;
        let (offsets, trailer) = places(bytes, table)?;
        let objects = objects(bytes, &offsets, table)?;
        let head = offsets.iter().map(|(_, offset)| *offset).min()?;
        Some(File { head: &bytes[..head], objects, trailer })
    }

    /// Streams and their numbers, ascending.
    pub fn streams(&self) -> impl Iterator<Item = (usize, &'a [u8])> {
        self.objects.iter().filter(|object| object.is_stream).map(|object| (object.number, object.body))
    }

    /// The same file, packed; `amend` may change the bytes of each object, between `obj` and `endobj`, before.
    pub fn packed(&self, effort: PdfCompression, amend: impl Fn(usize, &mut Vec<u8>) + Sync) -> Option<Vec<u8>> {
        let amended = |object: &Object| {
            let mut body = object.body.to_vec();
            amend(object.number, &mut body);
            body
        };
        let next = self.objects.iter().map(|object| object.number).max()? + 1;
        let mut packed = Packed { bytes: self.head.to_vec(), found: vec![Place::Free; next], next };
        let (streams, loose): (Vec<&Object>, Vec<&Object>) = self.objects.iter().partition(|object| object.is_stream);
        packed.streams(&streams, |object| {
            let mut body = amended(object);
            deflate_stream(&mut body, effort);
            body
        })?;
        if effort == PdfCompression::Fast {
            for object in loose {
                packed.put(object.number, &amended(object))?;
            }
        } else {
            packed.gathered(&loose, effort, amended)?;
        }
        packed.finished(self.trailer, effort)
    }
}

/// A packed file as it grows.
struct Packed {
    bytes: Vec<u8>,
    /// By number.
    found: Vec<Place>,
    /// The first number that is free.
    next: usize,
}

impl Packed {
    /// Write an object that has a number.
    fn put(&mut self, number: usize, body: &[u8]) -> Option<()> {
        self.found[number] = Place::At(self.bytes.len());
        self.write(number, body)
    }

    /// Write an object with a new number.
    fn add(&mut self, body: &[u8]) -> Option<()> {
        self.found.push(Place::At(self.bytes.len()));
        self.write(self.next, body)?;
        self.next += 1;
        Some(())
    }

    fn write(&mut self, number: usize, body: &[u8]) -> Option<()> {
        writeln!(self.bytes, "{number} 0 obj").ok()?;
        self.bytes.extend_from_slice(body);
        self.bytes.extend_from_slice(b"\nendobj\n");
        Some(())
    }

    fn streams(&mut self, mut left: &[&Object<'_>], deflated: impl Fn(&Object<'_>) -> Vec<u8> + Sync) -> Option<()> {
        while !left.is_empty() {
            let mut bytes = 0;
            let fits = |object: &&&Object| {
                bytes += object.body.len();
                bytes <= BYTES_AT_A_TIME
            };
            let count = left[1..].iter().take(AT_A_TIME - 1).take_while(fits).count() + 1;
            let (some, later) = left.split_at(count);
            let bodies: Vec<Vec<u8>> = some.par_iter().map(|object| deflated(object)).collect();
            some.iter().zip(bodies).try_for_each(|(object, body)| self.put(object.number, &body))?;
            left = later;
        }
        Some(())
    }

    /// Put objects into streams of objects.
    fn gathered(
        &mut self,
        loose: &[&Object<'_>],
        effort: PdfCompression,
        amended: impl Fn(&Object<'_>) -> Vec<u8> + Sync,
    ) -> Option<()> {
        let groups: Vec<&[&Object]> = loose.chunks(TOGETHER).collect();
        for some in groups.chunks(AT_A_TIME) {
            let together = |group: &&[&Object]| {
                let bodies: Vec<(usize, Vec<u8>)> =
                    group.iter().map(|object| (object.number, amended(object))).collect();
                object_stream(&bodies, effort)
            };
            let bodies: Vec<Option<Vec<u8>>> = some.par_iter().map(together).collect();
            for (group, body) in some.iter().zip(bodies) {
                for (index, object) in group.iter().enumerate() {
                    self.found[object.number] = Place::In { stream: self.next, index };
                }
                self.add(&body?)?;
            }
        }
        Some(())
    }

    fn finished(mut self, trailer: &[u8], effort: PdfCompression) -> Option<Vec<u8>> {
        let start = self.bytes.len();
        self.found.push(Place::At(start));
        let table = table_stream(&self.found, trailer, effort)?;
        self.write(self.next, &table)?;
        write!(self.bytes, "startxref\n{start}\n%%EOF").ok()?;
        Some(self.bytes)
    }
}

fn number_at(text: &[u8]) -> Option<usize> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[..digits]).ok()?.parse().ok()
}

fn find_last(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).rposition(|window| window == words)
}

/// Where the table of places begins.
fn startxref(file: &[u8]) -> Option<usize> {
    let tail = file.len().saturating_sub(64);
    let at = tail + find_last(&file[tail..], b"startxref\n")? + b"startxref\n".len();
    number_at(&file[at..])
}

/// An object's number, and where it begins.
type Numbered = (usize, usize);

/// Numbers and places of all objects, and the entries of the trailer.
fn places(file: &[u8], table: usize) -> Option<(Vec<Numbered>, &[u8])> {
    let text = file.get(table..)?.strip_prefix(b"xref\n0 ")?;
    let count = number_at(text)?;
    let entries = text.get(text.iter().position(|byte| *byte == b'\n')? + 1..)?;
    let mut offsets = Vec::with_capacity(count);
    for number in 0..count {
        let entry = entries.get(number * 20..number * 20 + 20)?;
        if entry[17] == b'n' {
            offsets.push((number, number_at(&entry[..10])?));
        }
    }
    let trailer = entries.get(count * 20..)?.strip_prefix(b"trailer\n<<")?;
    let trailer = &trailer[..find_last(trailer, b">>\nstartxref")?];
    Some((offsets, trailer))
}

fn objects<'a>(file: &'a [u8], offsets: &[Numbered], table: usize) -> Option<Vec<Object<'a>>> {
    let mut order: Vec<(usize, usize)> = offsets.iter().map(|(number, offset)| (*offset, *number)).collect();
    order.sort_unstable();
    let ends = order.iter().skip(1).map(|(offset, _)| *offset).chain([table]);
    let mut found = Vec::with_capacity(order.len());
    for ((offset, number), end) in order.iter().copied().zip(ends) {
        let text = file.get(offset..end)?.trim_ascii_end();
        let text = text.strip_prefix(format!("{number} 0 obj").as_bytes())?.trim_ascii_start();
        let body = text.strip_suffix(b"endobj")?.trim_ascii_end();
        found.push(Object { number, body, is_stream: body.ends_with(b"endstream") });
    }
    found.sort_by_key(|object| object.number);
    Some(found)
}

/// The body of a stream object: `data` deflated, behind the dictionary that `head` gives for its length.
fn deflated(data: &[u8], effort: PdfCompression, head: impl FnOnce(usize) -> Vec<u8>) -> Vec<u8> {
    thread_local! {
        /// A deflater's tables are larger than most streams, and so is the most a stream may come to: each is made once.
        static DEFLATERS: RefCell<([Option<Compressor>; 2], Vec<u8>)> = const { RefCell::new(([None, None], Vec::new())) };
    }
    let (place, level) = match effort {
        PdfCompression::Fast | PdfCompression::Usual => (0, FASTEST),
        PdfCompression::Small => (1, HARDEST),
    };
    let level = || CompressionLvl::new(level).expect("it is a level");
    DEFLATERS.with_borrow_mut(|(deflaters, room)| {
        let deflater = deflaters[place].get_or_insert_with(|| Compressor::new(level()));
        room.resize(room.len().max(deflater.zlib_compress_bound(data.len())), 0);
        let length = deflater.zlib_compress(data, room).expect("there is room for whatever it comes to");
        let body = [&head(length), STREAM, &room[..length], b"\nendstream"].concat();
        if room.len() > KEPT_ROOM {
            *room = Vec::new();
        }
        body
    })
}

/// The dictionary of a stream, and its data.
pub(super) fn parts(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = memchr::memmem::find(body, STREAM)?;
    let (head, data) = (&body[..start], &body[start + STREAM.len()..]);
    Some((head, data.get(..number_at(&head[place_of_length(head)?..])?)?))
}

fn place_of_length(head: &[u8]) -> Option<usize> {
    const KEY: &[u8] = b"/Length ";
    Some(memchr::memmem::find(head, KEY)? + KEY.len())
}

/// What a stream that is deflated and nothing else holds, if `entry` is in its dictionary; nothing when it is another.
pub(super) fn inflated(body: &[u8], entry: &[u8]) -> Option<Vec<u8>> {
    let is_meant =
        |head| contains(head, entry) && contains(head, b"/Filter/FlateDecode") && !contains(head, b"/DecodeParms");
    let (_, data) = parts(body).filter(|(head, _)| is_meant(head))?;
    let mut plain = Vec::new();
    ZlibDecoder::new(data).read_to_end(&mut plain).ok()?;
    Some(plain)
}

/// Deflate a stream that krilla left as it is, or harder one it deflated; one that is not simply deflated, or would not
/// get smaller, is left as it is.
fn deflate_stream(body: &mut Vec<u8>, effort: PdfCompression) {
    let smaller = || {
        let (head, data) = parts(body)?;
        let (at, digits) = (place_of_length(head)?, data.len().to_string().len());
        let with = |filter: &str, length: usize| {
            [&head[..at], format!("{length}{filter}").as_bytes(), &head[at + digits..]].concat()
        };
        let is_plain = !contains(head, b"/Filter") && !contains(head, b"/Type/Metadata");
        if is_plain {
            return Some(deflated(data, effort, |length| with("/Filter/FlateDecode", length)));
        }
        let plain = if effort == PdfCompression::Small { inflated(body, b"")? } else { return None };
        Some(deflated(&plain, effort, |length| with("", length))).filter(|again| again.len() < body.len())
    };
    if let Some(smaller) = smaller() {
        *body = smaller;
    }
}

const STREAM: &[u8] = b"\nstream\n";

/// Give a stream that is not deflated other data.
pub(super) fn exchange_data(body: &mut Vec<u8>, data: &[u8]) {
    let exchanged = || {
        let (head, old) = parts(body)?;
        let (at, digits) = (place_of_length(head)?, old.len().to_string().len());
        let length = data.len().to_string();
        Some([&head[..at], length.as_bytes(), &head[at + digits..], STREAM, data, b"\nendstream"].concat())
    };
    if let Some(exchanged) = exchanged() {
        *body = exchanged;
    }
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(text, words).is_some()
}

/// A stream object; `entries` are those of its dictionary beside length and filter.
pub(super) fn stream(entries: &str, data: &[u8], effort: PdfCompression) -> Vec<u8> {
    deflated(data, effort, |length| format!("<<{entries}/Length {length}/Filter/FlateDecode>>").into_bytes())
}

/// Objects by their numbers in one stream.
fn object_stream(group: &[(usize, Vec<u8>)], effort: PdfCompression) -> Option<Vec<u8>> {
    let (mut index, mut data) = (Vec::new(), Vec::new());
    for (number, body) in group {
        write!(index, "{number} {} ", data.len()).ok()?;
        data.extend_from_slice(body);
        data.push(b'\n');
    }
    let entries = format!("/Type/ObjStm/N {}/First {}", group.len(), index.len());
    index.extend_from_slice(&data);
    Some(stream(&entries, &index, effort))
}

/// The table as a stream: a row is a kind, four bytes and two, each written as its difference from the row above.
fn table_stream(found: &[Place], trailer: &[u8], effort: PdfCompression) -> Option<Vec<u8>> {
    const ROW: usize = 7;
    let mut data = Vec::with_capacity(found.len() * (ROW + 1));
    let mut above = [0u8; ROW];
    for (number, place) in found.iter().enumerate() {
        let (kind, wide, narrow) = match *place {
            Place::Free => (0, 0, if number == 0 { 65_535 } else { 0 }),
            Place::At(offset) => (1, offset, 0),
            Place::In { stream, index } => (2, stream, index),
        };
        let mut row = [kind; ROW];
        row[1..5].copy_from_slice(&u32::try_from(wide).ok()?.to_be_bytes());
        row[5..].copy_from_slice(&u16::try_from(narrow).ok()?.to_be_bytes());
        // Filter 2 of PNG: up.
        data.push(2);
        data.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    let trailer = without_size(std::str::from_utf8(trailer).ok()?)?;
    let entries =
        format!("/Type/XRef/Size {}/W[1 4 2]/DecodeParms<</Predictor 12/Columns {ROW}>>{trailer}", found.len());
    Some(stream(&entries, &data, effort))
}

/// The entries of a trailer but for its size.
fn without_size(trailer: &str) -> Option<&str> {
    let rest = trailer.strip_prefix("/Size ")?;
    Some(rest.trim_start_matches(|character: char| character.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file as krilla lays one out.
    fn small() -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n".to_vec();
        let bodies = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"];
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>";
        let content = "<</Length 3>>\nstream\nq Q\nendstream";
        let mut table = String::from("xref\n0 5\n0000000000 65535 f\r\n");
        for (index, body) in bodies.into_iter().chain([page, content]).enumerate() {
            table.push_str(&format!("{:010} 00000 n\r\n", file.len()));
            write!(file, "{} 0 obj\n{body}\nendobj\n\n", index + 1).expect("memory");
        }
        let start = file.len();
        write!(file, "{table}trailer\n<</Size 5/Root 1 0 R/ID[(a)(b)]>>\nstartxref\n{start}\n%%EOF").expect("memory");
        file
    }

    fn packed(file: &[u8]) -> Option<Vec<u8>> {
        File::of(file)?.packed(PdfCompression::Usual, |_, _| {})
    }

    #[test]
    fn a_packed_file_has_the_same_objects() {
        let packed = packed(&small()).expect("it is as krilla writes it");
        let (old, new) =
            (lopdf::Document::load_mem(&small()).expect("old"), lopdf::Document::load_mem(&packed).expect("new"));
        for number in 1..=3 {
            assert_eq!(format!("{:?}", old.objects[&(number, 0)]), format!("{:?}", new.objects[&(number, 0)]));
        }
        let content = |file: &lopdf::Document| {
            let stream = file.objects[&(4, 0)].as_stream().expect("a stream").clone();
            stream.decompressed_content().unwrap_or(stream.content)
        };
        assert_eq!(content(&new), content(&old));
        assert!(new.trailer.has(b"Root") && new.trailer.has(b"ID"));
        assert_eq!(new.page_iter().count(), 1);
    }

    #[test]
    fn a_stream_is_deflated_again_only_where_that_helps() {
        let text: String = (0..400).map(|number| format!("山茶 {} ", number * number)).collect();
        let mut body = stream("/Type/X", text.as_bytes(), PdfCompression::Usual);
        let before = body.len();
        deflate_stream(&mut body, PdfCompression::Small);
        assert!(body.len() < before, "{} of {before}", body.len());
        assert!(contains(&body, b"/Filter/FlateDecode") && body.ends_with(b"\nendstream"));
        let start = body.windows(STREAM.len()).position(|window| window == STREAM).expect("it begins") + STREAM.len();
        let mut plain = String::new();
        ZlibDecoder::new(&body[start..]).read_to_string(&mut plain).expect("it opens");
        assert_eq!(plain, text);
        let mut picture = b"<</Filter/DCTDecode/Length 2>>\nstream\nab\nendstream".to_vec();
        deflate_stream(&mut picture, PdfCompression::Small);
        assert!(picture.ends_with(b"\nab\nendstream"));
    }

    #[test]
    fn other_files_are_left_alone() {
        assert!(packed(b"%PDF-1.7\nno table").is_none());
        let encrypted = small().iter().map(|byte| if *byte == b'\r' { b' ' } else { *byte }).collect::<Vec<_>>();
        assert!(packed(&encrypted[..encrypted.len() - 30]).is_none());
    }
}
