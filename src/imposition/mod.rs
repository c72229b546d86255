//! Pages of a finished PDF placed on the sheets of a press: booklets, signatures, several to a side, and covers.
//!
//! [`scheme`] says which page goes where, [`paper`] how thick it gets, [`sheet`] where on the sheet that is; here pages
//! become forms of new ones. The pages themselves are not touched: fonts, pictures and inks stay as they are.

mod cover;
mod paper;
mod scheme;
mod sheet;
mod source;

use lopdf::{Dictionary, Document as File, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

pub use cover::cover;
pub use paper::Stock;
pub use scheme::{Binding, Scheme, Side, Slot};

use crate::length::Length;
use sheet::{Arrangement, ROOM};
use source::{Form, forms, open};

/// What to make of the pages.
#[derive(Clone, Copy, Debug)]
pub struct Imposition {
    pub scheme: Scheme,
    pub binding: Binding,
    /// Width and height of the sheets; as small as pages and marks allow when absent.
    pub sheet: Option<(Length, Length)>,
    /// Thickness of the paper for creep; none for no creep.
    pub stock: Option<Stock>,
    pub marks: bool,
}

/// Sheets ready to print.
#[derive(Clone, Debug)]
pub struct Imposed {
    pub bytes: Vec<u8>,
    /// Pages of the source.
    pub pages: usize,
    /// Sides of the sheets.
    pub sides: usize,
    /// What pages were multiplied by to fit the sheet.
    pub scale: f64,
}

/// Why there are no sheets.
#[derive(Debug, thiserror::Error)]
pub enum ImpositionError {
    #[error("it cannot be read as a PDF: {0}")]
    Broken(String),
    #[error("it is locked with a password")]
    Locked,
    #[error("it has no pages")]
    NoPages,
    #[error("page {page}: {reason}")]
    BrokenPage { page: usize, reason: String },
    #[error("page {page} is {width:.1} × {height:.1} mm, the first one is not; pages of one size are needed")]
    Uneven { page: usize, width: f64, height: f64 },
    #[error(
        "pages and marks need {width:.0} × {height:.0} mm, more than the sheet; give a larger --sheet or --no-marks"
    )]
    TooLarge { width: f64, height: f64 },
    #[error("the cover has {0} pages; give the front, then the back, then the spine")]
    CoverPages(usize),
}

impl From<lopdf::Error> for ImpositionError {
    fn from(error: lopdf::Error) -> ImpositionError {
        ImpositionError::Broken(error.to_string())
    }
}

/// Place the pages of a PDF on sheets.
///
/// Folded sheets hold pages at their own size; pages side by side are made smaller where the sheet asks for it.
pub fn impose(pdf: &[u8], imposition: &Imposition) -> Result<Imposed, ImpositionError> {
    let mut file = open(pdf)?;
    let forms = forms(&mut file)?;
    same_size(&forms)?;
    let sides = imposition.scheme.sides(forms.len(), imposition.binding);
    let arrangement = arrange(imposition, &forms, &sides)?;
    let sheets: Vec<(String, [f64; 4])> =
        sides.iter().map(|side| (arrangement.content(side, &forms), arrangement.block(side))).collect();
    let bytes = write(file, &forms, arrangement.sheet, &sheets)?;
    Ok(Imposed { bytes, pages: forms.len(), sides: sides.len(), scale: arrangement.scale })
}

/// How many pages a PDF has. Errors when it is broken or locked.
pub fn pages(pdf: &[u8]) -> Result<usize, ImpositionError> {
    Ok(open(pdf)?.page_iter().count())
}

/// Millimetres of points.
fn millimetres(points: f64) -> f64 {
    points * 25.4 / 72.0
}

fn same_size(forms: &[Form]) -> Result<(), ImpositionError> {
    let size = |form: &Form| (form.trim[2] - form.trim[0], form.trim[3] - form.trim[1]);
    let first = size(&forms[0]);
    for (index, form) in forms.iter().enumerate() {
        let (width, height) = size(form);
        if (width - first.0).abs() > 0.5 || (height - first.1).abs() > 0.5 {
            return Err(ImpositionError::Uneven {
                page: index + 1,
                width: millimetres(width),
                height: millimetres(height),
            });
        }
    }
    Ok(())
}

fn arrange(imposition: &Imposition, forms: &[Form], sides: &[Side]) -> Result<Arrangement, ImpositionError> {
    let folded = !matches!(imposition.scheme, Scheme::Grid { .. });
    let page = (forms[0].trim[2] - forms[0].trim[0], forms[0].trim[3] - forms[0].trim[1]);
    let bleed =
        forms.iter().map(|form| (form.trim[0] - form.bleed[0]).max(form.bleed[3] - form.trim[3])).fold(0.0, f64::max);
    let margin = if imposition.marks { ROOM.max(bleed) } else { 0.0 };
    let gutter = if folded { 0.0 } else { bleed * 2.0 };
    let (columns, rows) = (sides[0].columns as f64, sides[0].rows as f64);
    let needed = |scale: f64| {
        let along = |count: f64, page: f64| page * scale * count + gutter * (count - 1.0) + 2.0 * margin;
        (along(columns, page.0), along(rows, page.1))
    };
    let mut scale = 1.0;
    let sheet = imposition.sheet.map(|(width, height)| {
        let (across, down) = (width.to_points(), height.to_points());
        // A sheet may lie either way; it is turned to suit the pages.
        let wide = needed(1.0).0 > needed(1.0).1;
        if wide == (across > down) { (across, down) } else { (down, across) }
    });
    if let Some((width, height)) = sheet {
        let room = |sheet: f64, count: f64, page: f64| (sheet - 2.0 * margin - gutter * (count - 1.0)) / (count * page);
        let fits = room(width, columns, page.0).min(room(height, rows, page.1));
        if fits < 1.0 - 1e-6 {
            if folded || fits < 0.05 {
                let (width, height) = needed(1.0);
                return Err(ImpositionError::TooLarge { width: millimetres(width), height: millimetres(height) });
            }
            scale = fits;
        }
    }
    Ok(Arrangement {
        sheet: sheet.unwrap_or_else(|| needed(1.0)),
        page: (page.0 * scale, page.1 * scale),
        scale,
        gutter,
        folded,
        marks: imposition.marks,
        stock: imposition.stock.unwrap_or(Stock { caliper: Length::ZERO }),
    })
}

/// A file of nothing but these sheets: contents, and the box they are cut to.
fn write(
    mut file: File,
    forms: &[Form],
    sheet: (f64, f64),
    sheets: &[(String, [f64; 4])],
) -> Result<Vec<u8>, ImpositionError> {
    let mut named = Dictionary::new();
    for (index, form) in forms.iter().enumerate() {
        named.set(format!("P{index}"), form.id);
    }
    let resources = file.add_object(dictionary! { "XObject" => named });
    let pages = file.new_object_id();
    let numbers = |numbers: &[f64]| numbers.iter().map(|number| Object::Real(*number as f32)).collect::<Vec<_>>();
    let kids: Vec<Object> = sheets
        .iter()
        .map(|(content, trim)| {
            let content = file.add_object(Stream::new(Dictionary::new(), content.clone().into_bytes()));
            let page = dictionary! {
                "Type" => "Page",
                "Parent" => pages,
                "MediaBox" => numbers(&[0.0, 0.0, sheet.0, sheet.1]),
                "TrimBox" => numbers(trim),
                "Resources" => resources,
                "Contents" => content,
            };
            file.add_object(page).into()
        })
        .collect();
    let count = kids.len() as i64;
    file.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog = catalog(&file, pages)?;
    let catalog = file.add_object(catalog);
    file.trailer.set("Root", catalog);
    file.trailer.remove(b"Prev");
    file.version = if file.version.as_str() > "1.6" { file.version } else { "1.6".to_owned() };
    file.prune_objects();
    file.renumber_objects();
    set_id(&mut file);
    file.compress();
    let mut bytes = Vec::new();
    let settings = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    file.save_with_options(&mut bytes, settings).map_err(|error| ImpositionError::Broken(error.to_string()))?;
    Ok(bytes)
}

/// What stays true of the file: for which press it is made. Tags, bookmarks and links belong to pages in order, and a
/// promise of PDF/A or PDF/UA would no longer hold.
fn catalog(file: &File, pages: ObjectId) -> Result<Dictionary, ImpositionError> {
    let old = file.catalog()?;
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    let for_a_press = |intent: &Object| {
        let intent = file.dereference(intent).ok().and_then(|(_, intent)| intent.as_dict().ok());
        intent.is_some_and(|intent| intent.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"GTS_PDFX"))
    };
    let intents = old.get(b"OutputIntents").and_then(|intents| Ok(file.dereference(intents)?.1.as_array()?.clone()));
    if let Ok(intents) = intents
        && intents.iter().any(for_a_press)
    {
        catalog.set("OutputIntents", intents);
        if let Ok(metadata) = old.get(b"Metadata") {
            catalog.set("Metadata", metadata.clone());
        }
    }
    for key in ["Lang", "OCProperties", "ViewerPreferences"] {
        if let Ok(value) = old.get(key.as_bytes()) {
            catalog.set(key, value.clone());
        }
    }
    Ok(catalog)
}

/// An identifier from the contents: the same pages or sheets have the same one (ISO 32000-1 §14.4).
pub(crate) fn set_id(file: &mut File) {
    let mut hash = Sha256::new();
    for (id, object) in &file.objects {
        hash.update(id.0.to_be_bytes());
        match object {
            Object::Stream(stream) => hash.update(&stream.content),
            other => hash.update(format!("{other:?}").as_bytes()),
        }
    }
    let id = Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
}
