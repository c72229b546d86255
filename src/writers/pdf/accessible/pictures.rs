//! Pictures on the surface: JPEG passed through, PNG with its alpha, SVG as paths.

use std::collections::BTreeMap;

use krilla::geom::{Size, Transform};
use krilla::image::Image;
use krilla::surface::Surface;
use krilla_svg::{SurfaceExt, SvgSettings};

use super::super::pictures::{Picture, decoded};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Resource, ResourceId};
use crate::layout::frame::Point;
use crate::length::Length;

/// A document's pictures, each made ready once.
pub(super) struct Pictures<'a> {
    document: &'a Document,
    ready: BTreeMap<ResourceId, Option<Ready>>,
}

enum Ready {
    Raster(Image),
    Vector(Box<usvg::Tree>),
}

impl<'a> Pictures<'a> {
    pub fn new(document: &'a Document) -> Pictures<'a> {
        Pictures { document, ready: BTreeMap::new() }
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
            let ready = self.document.resources.get(id).map_or(Err("it is not in the document".into()), make_ready);
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

fn make_ready(resource: &Resource) -> Result<Ready, String> {
    let bytes = || krilla::Data::from(resource.data.clone());
    match Picture::of(resource)? {
        Picture::Jpeg => Image::from_jpeg(bytes(), false).or_else(|_| pixels(decoded(resource)?)).map(Ready::Raster),
        Picture::Png => Image::from_png(bytes(), false).or_else(|_| pixels(decoded(resource)?)).map(Ready::Raster),
        Picture::Svg => {
            let options = usvg::Options { resources_dir: None, ..usvg::Options::default() };
            let tree = usvg::Tree::from_data(&resource.data, &options).map_err(|error| error.to_string())?;
            Ok(Ready::Vector(Box::new(tree)))
        }
        other => pixels(other).map(Ready::Raster),
    }
}

fn pixels(picture: Picture) -> Result<Image, String> {
    match picture {
        Picture::Pixels { data, width, height } => Ok(Image::from_rgba8(data, width, height)),
        Picture::Jpeg | Picture::Png | Picture::Svg => Err("it has no pixels".into()),
    }
}
