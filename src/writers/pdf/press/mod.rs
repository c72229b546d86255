//! The press edition, through printpdf and a pass with lopdf: PDF/X-4 in black or in four inks, with bleed and marks.
//!
//! printpdf builds the pages, the fonts and the pictures; what it has no words for (bleed box, output intent, the
//! separation all marks are printed in, XMP of PDF/X-4, document ID) is added to its object tree in [`finish`].

mod drawing;
mod faces;
mod finish;
mod ink;
mod marks;
mod operators;
mod pages;
mod pictures;
mod sheet;
mod slug;

use printpdf::{PdfDocument, PdfPage, PdfSaveOptions};

use super::{Job, Painter};
use crate::diagnostics::Diagnostics;
use crate::layout::frame::Page;
use crate::options::PressOptions;
use crate::writers::WriteError;
use faces::Faces;
use ink::Separation;
use pages::PagePainter;
use pictures::Pictures;
use sheet::Sheet;
use slug::slug;

pub(super) struct Press(pub PressOptions);

impl Painter for Press {
    fn paint(&self, job: Job<'_>, diagnostics: &mut Diagnostics) -> Result<Vec<u8>, WriteError> {
        let job = &job;
        let pages: Vec<Page> =
            job.layout.pages.iter().enumerate().map(|(index, page)| self.with_slug(job, page, index)).collect();
        let faces = Faces::of(&pages, &job.edition.fonts).map_err(|error| WriteError::Unwritable(error.to_string()))?;
        let mut pdf = PdfDocument::new("");
        faces.add_to(&mut pdf)?;
        operators::add_graphics_states(&mut pdf);
        let separation = Separation::new(self.0.ink);
        let mut pictures = Pictures::new(job, &separation);
        for (index, page) in pages.iter().enumerate() {
            if job.limits.stop.is_up() {
                break;
            }
            let sheet = Sheet::of(page, self.0.bleed);
            let mut painter =
                PagePainter { sheet, separation: &separation, faces: &faces, pictures: &mut pictures, page: index + 1 };
            let mut operators = painter.page(page, &mut pdf, diagnostics);
            operators.extend(marks::marks(&sheet, self.0.ink));
            let (media, trim) = (sheet.media(), sheet.trim());
            pdf.pages.push(PdfPage { media_box: media.clone(), trim_box: trim, crop_box: media, ops: operators });
        }
        pictures.report(diagnostics);
        let settings = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
        let file = pdf.to_lopdf_document(&settings, &mut Vec::new());
        finish::finish(file, job, &pages, self.0).map_err(|error| WriteError::Unwritable(error.to_string()))
    }
}

impl Press {
    /// A page with the words outside its trim that say what it is.
    fn with_slug(&self, job: &Job<'_>, page: &Page, index: usize) -> Page {
        let mut page = page.clone();
        page.items.extend(slug(job, &page, index, self.0));
        page
    }
}
