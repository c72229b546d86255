//! Pictures on the surface: JPEG passed through, PNG with its alpha, SVG as paths.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use krilla::geom::{Size, Transform};
use krilla::image::Image;
use krilla::surface::Surface;
use krilla_svg::{SurfaceExt, SvgSettings};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::super::pictures::{Picture, decoded};
use super::super::svg;
use super::png_rows;
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Resource, ResourceId};
use crate::font::FontBook;
use crate::layout::frame::Point;
use crate::length::Length;

/// A document's pictures, each made ready once.
pub(super) struct Pictures<'a> {
    document: &'a Document,
    fonts: &'a FontBook,
    ready: BTreeMap<ResourceId, Option<Ready>>,
    /// Bytes of drawings so far.
    drawn: usize,
}

enum Ready {
    Raster(Image),
    Vector(Box<usvg::Tree>),
}

impl<'a> Pictures<'a> {
    pub fn new(document: &'a Document, fonts: &'a FontBook) -> Pictures<'a> {
        Pictures { document, fonts, ready: BTreeMap::new(), drawn: 0 }
    }

    /// Draw a picture with its top left corner at a point; one that cannot be drawn is reported once.
    pub fn draw(
        &mut self,
        surface: &mut Surface<'_>,
        id: &ResourceId,
        at: Point,
        (width, height): (Length, Length),
        diagnostics: &mut Diagnostics,
    ) {
        if !self.ready.contains_key(id) {
            let resource = self.document.resources.get(id).ok_or_else(|| "it is not in the document".to_owned());
            let ready = resource.and_then(|resource| make_ready(id, resource, self.fonts, &mut self.drawn));
            let ready = ready.map_err(|reason| {
                let message = format!("the picture {id} is not shown: {reason}");
                diagnostics.warn(Loss::Dropped, "broken-picture", None, message);
            });
            self.ready.insert(id.clone(), ready.ok());
        }
        let Some(Some(ready)) = self.ready.get(id) else { return };
        let Some(size) = Size::from_wh(width.to_points() as f32, height.to_points() as f32) else { return };
        surface.push_transform(&Transform::from_translate(at.x.to_points() as f32, at.y.to_points() as f32));
        match ready {
            Ready::Raster(image) => surface.draw_image(image.clone(), size),
            Ready::Vector(tree) => {
                // Text in a drawing becomes outlines: its fonts are not ours to embed.
                let settings = SvgSettings { embed_text: false, ..SvgSettings::default() };
                let _ = surface.draw_svg(tree, size, settings);
            }
        }
        surface.pop();
    }
}

fn make_ready(id: &ResourceId, resource: &Resource, fonts: &FontBook, drawn: &mut usize) -> Result<Ready, String> {
    let bytes = || krilla::Data::from(resource.data.clone());
    match Picture::of(resource)? {
        Picture::Jpeg => Image::from_jpeg(bytes(), false).or_else(|_| pixels(decoded(resource)?)).map(Ready::Raster),
        // krilla unpacks pictures when the file is put together; a broken one would fail the whole document.
        Picture::Png if !png_rows::is_sound(&resource.data) => Err("its bytes are damaged or cut off".to_owned()),
        Picture::Png => {
            let image = match png_rows::frame(id, &resource.data) {
                Some(frame) => Image::from_jpeg(frame.into(), false),
                None if resource.width as usize * resource.height as usize > LARGE => {
                    at_once(|| Image::from_png(bytes(), false))
                }
                None => Image::from_png(bytes(), false),
            };
            image.or_else(|_| pixels(decoded(resource)?)).map(Ready::Raster)
        }
        Picture::Svg => Ok(Ready::Vector(Box::new(svg::read(resource, fonts, drawn)?))),
        other => pixels(other).map(Ready::Raster),
    }
}

fn pixels(picture: Picture) -> Result<Image, String> {
    match picture {
        Picture::Pixels { data, width, height } => Ok(at_once(|| Image::from_rgba8(data, width, height))),
        Picture::Jpeg | Picture::Png | Picture::Svg => Err("it has no pixels".into()),
    }
}

/// Pixels of a PNG that is unpacked alone: it takes some eight bytes for each.
const LARGE: usize = 8_000_000;

/// Make a picture and do all that krilla would do for it later. krilla packs pixels side by side, whenever a thread is
/// free: of pictures that are unpacked many would be held at once. Here one is packed after the other, whatever document
/// it is of.
fn at_once<T: Send>(make: impl FnOnce() -> T + Send) -> T {
    static ALONE: LazyLock<ThreadPool> = LazyLock::new(|| {
        let builder = ThreadPoolBuilder::new().num_threads(1).stack_size(4 << 20);
        builder.build().expect("a process may start a thread")
    });
    ALONE.install(|| {
        let made = make();
        while let Some(rayon::Yield::Executed) = rayon::yield_now() {}
        made
    })
}
