//! Files a document carries with it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// A resource's name within its document, usable as a file name: `figure-1.png`.
pub type ResourceId = String;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Media type from the bytes themselves, not from a name: `image/jpeg`.
    pub media_type: String,
    /// The bytes; base64 in JSON.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    #[schemars(with = "String", extend("contentEncoding" = "base64"))]
    pub data: Arc<Vec<u8>>,
    /// Width in pixels; 0 when it has none (SVG without a size).
    #[serde(default)]
    pub width: u32,
    #[serde(default)]
    pub height: u32,
}

fn to_base64<S: Serializer>(data: &Arc<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(data.as_slice()))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Vec<u8>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text.as_bytes()).map(Arc::new).map_err(serde::de::Error::custom)
}

impl Resource {
    /// A picture from its bytes; type and size are read from the bytes themselves.
    ///
    /// Errors with the reason when they are no picture of a kind we carry (PNG, JPEG, GIF, WebP, SVG).
    pub fn picture(bytes: Vec<u8>) -> Result<Resource, String> {
        let (media_type, width, height) = match image::guess_format(&bytes) {
            Ok(format) => {
                let media_type = match format {
                    image::ImageFormat::Png => "image/png",
                    image::ImageFormat::Jpeg => "image/jpeg",
                    image::ImageFormat::Gif => "image/gif",
                    image::ImageFormat::WebP => "image/webp",
                    other => return Err(format!("it is {}, which is not carried", other.to_mime_type())),
                };
                if Resource::has_large_profile(&bytes) {
                    return Err("its colour profile is too large".to_owned());
                }
                let reader = image::ImageReader::with_format(std::io::Cursor::new(&bytes), format);
                let (width, height) =
                    reader.into_dimensions().map_err(|error| format!("its header is broken: {error}"))?;
                (media_type, width, height)
            }
            Err(_) if looks_like_svg(&bytes) => ("image/svg+xml", 0, 0),
            Err(_) => return Err("its bytes are no picture we know".to_owned()),
        };
        Ok(Resource { media_type: media_type.to_owned(), data: Arc::new(bytes), width, height })
    }

    /// Whether a PNG has a colour profile of more bytes than any camera or screen needs: packed, it may unpack to a thousand
    /// times as many.
    pub fn has_large_profile(bytes: &[u8]) -> bool {
        const LARGEST: u32 = 250_000;
        let mut at = 8;
        while bytes.starts_with(b"\x89PNG")
            && let Some([a, b, c, d, name @ ..]) = bytes.get(at..at + 8)
        {
            let length = u32::from_be_bytes([*a, *b, *c, *d]);
            match name {
                b"iCCP" if length > LARGEST => return true,
                b"IDAT" | b"IEND" => return false,
                _ => at += 12 + length as usize,
            }
        }
        false
    }

    /// All of it as an address: `data:image/png;base64,…`.
    pub fn data_address(&self) -> String {
        format!("data:{};base64,{}", self.media_type, STANDARD.encode(self.data.as_slice()))
    }

    /// File name extension of its media type, without the dot.
    pub fn extension(&self) -> &'static str {
        match self.media_type.as_str() {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            "image/gif" => "gif",
            "image/webp" => "webp",
            "image/svg+xml" => "svg",
            _ => "bin",
        }
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(4).any(|window| window == b"<svg")
}
