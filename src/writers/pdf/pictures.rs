//! Pictures made ready for a painter.

use crate::document::Resource;

/// Pictures by how a painter takes them.
pub(super) enum Picture {
    /// Passed through as it is.
    Jpeg,
    Png,
    Svg,
    /// Decoded: eight bits a channel, with alpha.
    Pixels {
        data: Vec<u8>,
        width: u32,
        height: u32,
    },
}

impl Picture {
    /// Errors with the reason when the picture is broken.
    pub(super) fn of(resource: &Resource) -> Result<Picture, String> {
        match resource.media_type.as_str() {
            "image/jpeg" => Ok(Picture::Jpeg),
            "image/png" => Ok(Picture::Png),
            "image/svg+xml" => Ok(Picture::Svg),
            _ => decoded(resource),
        }
    }
}

/// The pixels of any raster picture; of a moving one the first.
pub(super) fn decoded(resource: &Resource) -> Result<Picture, String> {
    let mut reader = image::ImageReader::new(std::io::Cursor::new(resource.data.as_slice()))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(1 << 30);
    reader.limits(limits);
    let pixels = reader.decode().map_err(|error| error.to_string())?.into_rgba8();
    let (width, height) = pixels.dimensions();
    Ok(Picture::Pixels { data: pixels.into_raw(), width, height })
}
