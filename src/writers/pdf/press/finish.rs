//! What printpdf has no words for, added to its object tree: PDF/X-4 (ISO 15930-7).

use lopdf::{Dictionary, Document as File, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};

use super::super::Job;
use super::super::accessible::{clean, language, title};
use super::super::date::Moment;
use super::ink::{CMYK_PROFILE, GRAY_PROFILE};
use super::operators::REGISTRATION;
use super::sheet::{Edges, Sheet};
use crate::imposition::set_id;
use crate::layout::frame::{Page, PageNumber};
use crate::options::{Ink, PressOptions};
use crate::output_profile::OutputProfile;

/// The file's bytes. Errors when lopdf cannot write it.
pub(super) fn finish(
    mut file: File,
    job: &Job<'_>,
    pages: &[Page],
    press: PressOptions,
) -> Result<Vec<u8>, lopdf::Error> {
    file.version = "1.6".to_owned();
    finish_pages(&mut file, pages, press)?;
    let intent = output_intent(&mut file, press.ink, job.options.press_profile.as_ref());
    let identity = Identity::of(job);
    let metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, identity.xmp().into_bytes());
    let metadata = file.add_object(metadata.with_compression(false));
    let labels = page_labels(pages);
    let catalog = file.catalog_mut()?;
    catalog.set("OutputIntents", vec![Object::Reference(intent)]);
    catalog.set("Metadata", metadata);
    catalog.set("Lang", Object::string_literal(language(job)));
    catalog.set("PageLayout", "SinglePage");
    catalog.set("PageLabels", labels);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let info = file.add_object(identity.info());
    file.trailer.set("Info", info);
    file.prune_objects();
    file.renumber_objects();
    set_id(&mut file);
    file.compress();
    let mut bytes = Vec::new();
    let settings = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    file.save_with_options(&mut bytes, settings)?;
    Ok(bytes)
}

/// Boxes, no annotations, and the colour space that shows on every plate.
fn finish_pages(file: &mut File, pages: &[Page], press: PressOptions) -> Result<(), lopdf::Error> {
    let alternate = match press.ink {
        Ink::Gray => ("DeviceGray", vec![1.0], vec![0.0]),
        Ink::Cmyk => ("DeviceCMYK", vec![0.0; 4], vec![1.0; 4]),
    };
    let numbers = |numbers: Vec<f32>| numbers.into_iter().map(Object::Real).collect::<Vec<_>>();
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => numbers(vec![0.0, 1.0]),
        "C0" => numbers(alternate.1),
        "C1" => numbers(alternate.2),
        "N" => 1,
    };
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    let every_plate = vec![name("Separation"), name("All"), name(alternate.0), Object::Dictionary(tint)];
    let every_plate = file.add_object(every_plate);
    let found: Vec<ObjectId> = file.page_iter().collect();
    for (id, page) in found.into_iter().zip(pages) {
        let sheet = Sheet::of(page, press.bleed);
        let dictionary = file.get_dictionary_mut(id)?;
        // printpdf rounds boxes to whole points.
        dictionary.set("MediaBox", array(sheet.media_edges()));
        dictionary.set("BleedBox", array(sheet.bleed_edges()));
        dictionary.set("TrimBox", array(sheet.trim_edges()));
        dictionary.remove(b"CropBox");
        dictionary.remove(b"Annots");
        let resources = dictionary.get(b"Resources")?.as_reference()?;
        let mut spaces = Dictionary::new();
        spaces.set(REGISTRATION, every_plate);
        file.get_dictionary_mut(resources)?.set("ColorSpace", spaces);
    }
    Ok(())
}

fn array(edges: Edges) -> Vec<Object> {
    [edges.left, edges.bottom, edges.right, edges.top].map(|edge| Object::Real(edge as f32)).to_vec()
}

/// What the file is made to be printed on (ISO 15930-7 §6.2.2).
fn output_intent(file: &mut File, ink: Ink, own: Option<&OutputProfile>) -> ObjectId {
    let (profile, condition, words) = match (own, ink) {
        (Some(own), _) => (own.bytes.as_slice(), "Custom", own.description.as_str()),
        (None, Ink::Gray) => (GRAY_PROFILE, "Dot Gain 20%", "Black on coated stock, dot gain 20 %"),
        (None, Ink::Cmyk) => (CMYK_PROFILE, "CGATS TR 001", "Offset on coated stock, CGATS TR 001"),
    };
    let channels = match ink {
        Ink::Gray => 1,
        Ink::Cmyk => 4,
    };
    let profile = file.add_object(Stream::new(dictionary! { "N" => channels }, profile.to_vec()));
    file.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => Object::string_literal(condition),
        "OutputCondition" => text(words),
        "Info" => text(words),
        "DestOutputProfile" => profile,
    })
}

/// Names of the pages as the layout counts them (ISO 32000-1 §12.4.2).
fn page_labels(pages: &[Page]) -> Dictionary {
    let mut ranges: Vec<Object> = Vec::new();
    let mut expected = None;
    for (index, page) in pages.iter().enumerate() {
        if expected != Some(page.number) {
            let (style, number) = match page.number {
                PageNumber::Arabic(number) => ("D", number),
                PageNumber::Roman(number) => ("r", number),
            };
            ranges.push((index as i64).into());
            ranges.push(dictionary! { "S" => style, "St" => i64::from(number.max(1)) }.into());
        }
        expected = Some(match page.number {
            PageNumber::Arabic(number) => PageNumber::Arabic(number + 1),
            PageNumber::Roman(number) => PageNumber::Roman(number + 1),
        });
    }
    dictionary! { "Nums" => ranges }
}

/// What the file says about itself.
struct Identity {
    title: String,
    authors: Vec<String>,
    date: Moment,
}

const PRODUCER: &str = concat!("banxin ", env!("CARGO_PKG_VERSION"));

impl Identity {
    fn of(job: &Job<'_>) -> Identity {
        let date = job.document.metadata.date.as_deref().and_then(Moment::of_iso);
        Identity {
            title: title(job),
            authors: job.document.metadata.authors().map(clean).filter(|name| !name.is_empty()).collect(),
            date: date.unwrap_or_else(|| Moment::of_timestamp(job.edition.timestamp)),
        }
    }

    fn info(&self) -> Dictionary {
        let Moment { year, month, day, hour, minute, second } = self.date;
        let date = format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
        let mut info = dictionary! {
            "Title" => text(&self.title),
            "Creator" => text(PRODUCER),
            "Producer" => text(PRODUCER),
            "CreationDate" => Object::string_literal(date.clone()),
            "ModDate" => Object::string_literal(date),
            "Trapped" => "False",
        };
        if !self.authors.is_empty() {
            info.set("Author", text(&self.authors.join("; ")));
        }
        info
    }

    fn xmp(&self) -> String {
        let Moment { year, month, day, hour, minute, second } = self.date;
        let date = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        let title = escaped(&self.title);
        let authors: String = self.authors.iter().map(|name| format!("<rdf:li>{}</rdf:li>", escaped(name))).collect();
        let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, format!("{}\n{date}", self.title).as_bytes());
        let creators = match authors.is_empty() {
            true => String::new(),
            false => format!("<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>"),
        };
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
             xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\
             <dc:format>application/pdf</dc:format>\
             <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>{creators}\
             <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>\
             <xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\
             <pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>\
             <xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{id}</xmpMM:InstanceID>\
             <xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>\
             <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\
             </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
        )
    }
}

/// A text string: ASCII as it is, all else as UTF-16 (ISO 32000-1 §7.9.2.2).
fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    let units = std::iter::once(0xfeff).chain(words.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
