//! Pictures in the inks of the press, each made once, and the report of what a printer would ask about.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, Op, PdfDocument, XObject, XObjectId};

use super::super::Job;
use super::super::pictures::{Picture, decoded};
use super::drawing::{self, Drawing};
use super::ink::Separation;
use super::operators::{named, transform};
use super::sheet::Edges;
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Resource, ResourceId};
use crate::font::FontBook;
use crate::options::Ink;

/// Pixels an inch that printers ask for, and those under which a picture is seen to be coarse (GWG 2015).
const GOOD: f64 = 300.0;
const COARSE: f64 = 150.0;

/// A document's pictures.
pub(super) struct Pictures<'a> {
    /// Bytes of drawings so far.
    drawn: usize,
    document: &'a Document,
    fonts: &'a FontBook,
    separation: &'a Separation,
    ready: BTreeMap<ResourceId, Option<Ready>>,
    /// By picture, where it is shown with the fewest pixels an inch.
    sharpness: BTreeMap<ResourceId, Sharpness>,
}

enum Ready {
    Raster { id: XObjectId, width: u32, height: u32 },
    Vector(Box<Drawing>),
}

struct Sharpness {
    per_inch: f64,
    page: usize,
    width: f64,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(job: &Job<'a>, separation: &'a Separation) -> Pictures<'a> {
        let (document, fonts) = (job.document, &*job.edition.fonts);
        Pictures { document, fonts, separation, ready: BTreeMap::new(), sharpness: BTreeMap::new(), drawn: 0 }
    }

    /// The operations that show a picture in a frame; one that cannot be shown is reported once.
    pub(super) fn draw(
        &mut self,
        id: &ResourceId,
        frame: Edges,
        page: usize,
        pdf: &mut PdfDocument,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Op> {
        if !self.ready.contains_key(id) {
            let resource = self.document.resources.get(id).ok_or_else(|| "it is not in the document".to_owned());
            let ready = resource.and_then(|resource| self.make_ready(id, resource, pdf, diagnostics));
            let ready = ready.map_err(|reason| {
                let message = format!("the picture {id} is not shown: {reason}");
                diagnostics.warn(Loss::Dropped, "broken-picture", None, message);
            });
            self.ready.insert(id.clone(), ready.ok());
        }
        match &self.ready[id] {
            None => Vec::new(),
            Some(Ready::Vector(drawing)) => drawing.operators(frame),
            Some(Ready::Raster { id: name, width, height }) => {
                let operators = show(name, frame);
                let inches = (frame.right - frame.left) / 72.0;
                let high = (frame.top - frame.bottom) / 72.0;
                if inches > 0.0 && high > 0.0 {
                    let per_inch = (f64::from(*width) / inches).min(f64::from(*height) / high);
                    let here = Sharpness { per_inch, page, width: inches * 25.4 };
                    let known = self.sharpness.entry(id.clone()).or_insert(Sharpness { per_inch: f64::MAX, ..here });
                    if per_inch < known.per_inch {
                        *known = here;
                    }
                }
                operators
            }
        }
    }

    /// Say which pictures have fewer pixels than print asks for.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        for (id, Sharpness { per_inch, page, width }) in &self.sharpness {
            let (message, pixels) = (
                format!("page {page}: the picture {id} has {per_inch:.0} pixels an inch at {width:.0} mm"),
                width / 25.4 * GOOD,
            );
            if *per_inch < COARSE - 0.5 {
                let message = format!("{message}; it will look coarse, {pixels:.0} pixels across would print well");
                diagnostics.warn(Loss::Substituted, "picture-coarse", None, message);
            } else if *per_inch < GOOD - 0.5 {
                let message = format!("{message}; print asks for {GOOD}");
                diagnostics.note(Loss::Substituted, "picture-resolution", None, message);
            }
        }
    }

    fn make_ready(
        &mut self,
        id: &ResourceId,
        resource: &Resource,
        pdf: &mut PdfDocument,
        diagnostics: &mut Diagnostics,
    ) -> Result<Ready, String> {
        if resource.media_type == "image/svg+xml" {
            let drawing = drawing::read(resource, self.fonts, self.separation, &mut self.drawn)?;
            if let Some(drawing) = drawing.vector {
                return Ok(Ready::Vector(Box::new(drawing)));
            }
            let message = format!("the drawing {id} has gradients, masks or pictures; it is printed as pixels");
            diagnostics.note(Loss::Substituted, "drawing-as-pixels", None, message);
            let (pixels, width, height) = drawing.pixels()?;
            return Ok(self.raster(&pixels, width, height, pdf));
        }
        if let Some(stream) = self.passed_through(resource) {
            let [width, height] = [stream.1, stream.2];
            let name = add(stream.0, pdf);
            return Ok(Ready::Raster { id: name, width, height });
        }
        let Picture::Pixels { data, width, height } = decoded(resource)? else {
            return Err("it has no pixels".to_owned());
        };
        let pixels = over_paper(&data);
        if pixels.chunks_exact(3).any(|pixel| pixel[0] != pixel[1] || pixel[1] != pixel[2]) {
            let inks = match self.separation.ink {
                Ink::Gray => "gray",
                Ink::Cmyk => "cyan, magenta, yellow and black",
            };
            let message = format!("the picture {id} was turned from RGB into {inks}");
            diagnostics.note(Loss::Substituted, "picture-colour", None, message);
        }
        Ok(self.raster(&pixels, width, height, pdf))
    }

    /// Pixels in the inks of the press; a picture without colour in black alone.
    fn raster(&self, rgb: &[u8], width: u32, height: u32, pdf: &mut PdfDocument) -> Ready {
        let neutral = rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        let (space, content) = match (self.separation.ink, neutral) {
            (Ink::Gray, _) => ("DeviceGray", self.separation.pixels(rgb)),
            (Ink::Cmyk, true) => {
                let gray = rgb.chunks_exact(3).map(|pixel| self.separation.gray([pixel[0]; 3]));
                ("DeviceGray", gray.collect())
            }
            (Ink::Cmyk, false) => ("DeviceCMYK", self.separation.pixels(rgb)),
        };
        let dict = image(width, height, space);
        let name = add(ExternalStream { dict, content, compress: true }, pdf);
        Ready::Raster { id: name, width, height }
    }

    /// A JPEG already in the inks asked for, as it is: recoding would only lose.
    fn passed_through(&self, resource: &Resource) -> Option<(ExternalStream, u32, u32)> {
        if resource.media_type != "image/jpeg" {
            return None;
        }
        let frame = JpegFrame::of(&resource.data)?;
        let mut dict = match (frame.components, self.separation.ink) {
            (4, Ink::Cmyk) => image(frame.width, frame.height, "DeviceCMYK"),
            _ => return None,
        };
        dict.insert("Filter".to_owned(), DictItem::Name(b"DCTDecode".to_vec()));
        if frame.adobe {
            // Adobe's files hold the inks inverted.
            let decode = [1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec();
            dict.insert("Decode".to_owned(), DictItem::Array(decode));
        }
        let content = resource.data.to_vec();
        Some((ExternalStream { dict, content, compress: false }, frame.width, frame.height))
    }
}

fn image(width: u32, height: u32, space: &str) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(width))),
        ("Height", DictItem::Int(i64::from(height))),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
    ];
    entries.map(|(key, value)| (key.to_owned(), value)).into()
}

fn add(stream: ExternalStream, pdf: &mut PdfDocument) -> XObjectId {
    let name = XObjectId(format!("Picture{}", pdf.resources.xobjects.map.len()));
    let object = XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None });
    pdf.resources.xobjects.map.insert(name.clone(), object);
    name
}

fn show(name: &XObjectId, frame: Edges) -> Vec<Op> {
    let matrix = [frame.right - frame.left, 0.0, 0.0, frame.top - frame.bottom, frame.left, frame.bottom];
    vec![Op::SaveGraphicsState, transform(matrix), named("Do", &name.0), Op::RestoreGraphicsState]
}

/// Pixels with alpha laid over white: paper is what shines through in print.
fn over_paper(rgba: &[u8]) -> Vec<u8> {
    let blend = |level: u8, alpha: u8| {
        let (level, alpha) = (u32::from(level), u32::from(alpha));
        ((level * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    rgba.chunks_exact(4).flat_map(|pixel| [0, 1, 2].map(|channel| blend(pixel[channel], pixel[3]))).collect()
}

/// What the frame header of a JPEG says (ITU-T T.81 §B.2.2).
struct JpegFrame {
    width: u32,
    height: u32,
    components: u8,
    /// Whether an Adobe segment stands before it.
    adobe: bool,
}

impl JpegFrame {
    fn of(data: &[u8]) -> Option<JpegFrame> {
        let mut at = 2;
        let mut adobe = false;
        while let [0xff, marker, high, low, rest @ ..] = data.get(at..)? {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            match marker {
                0xee => adobe |= rest.starts_with(b"Adobe"),
                0xc0..=0xc2 => {
                    let [8, h1, h0, w1, w0, components, ..] = rest else { return None };
                    let number = |high: u8, low: u8| u32::from(u16::from_be_bytes([high, low]));
                    let (width, height) = (number(*w1, *w0), number(*h1, *h0));
                    return Some(JpegFrame { width, height, components: *components, adobe });
                }
                _ => {}
            }
            at += 2 + length.max(2);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_is_paper() {
        assert_eq!(
            over_paper(&[0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 128]),
            [255, 255, 255, 10, 20, 30, 127, 127, 127]
        );
    }

    #[test]
    fn the_frame_of_a_jpeg_is_found_behind_other_segments() {
        let data =
            [0xff, 0xd8, 0xff, 0xee, 0, 7, b'A', b'd', b'o', b'b', b'e', 0xff, 0xc2, 0, 11, 8, 0, 40, 1, 0, 4, 1, 2, 3];
        let frame = JpegFrame::of(&data).expect("a frame");
        assert_eq!((frame.width, frame.height, frame.components, frame.adobe), (256, 40, 4, true));
        assert!(JpegFrame::of(&data[..14]).is_none());
    }
}
