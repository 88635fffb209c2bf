//! From template and data to pages, and from pages to PDF and pictures.

use std::collections::BTreeMap;

use domain::Date;
use serde_json::Value;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use crate::font::Fonts;
use crate::mistake::Mistake;
use crate::world::{Paper, day};

/// What a document is made of.
pub struct Sheet<'a> {
    /// Typst.
    pub template: &'a str,
    /// What the template reads as `data.json`.
    pub data: &'a Value,
    /// Pictures by the names the template knows them by: `logo.png`.
    pub pictures: &'a BTreeMap<String, Vec<u8>>,
    /// The day of the document, which its PDF says it was made on.
    pub day: Date,
    /// What tells the document from others; its hash becomes the identifier in the PDF.
    pub identity: &'a str,
}

/// A document that is set.
pub struct Pages<'a> {
    document: PagedDocument,
    paper: Paper<'a>,
    day: Date,
    identity: String,
    /// What is not as it should be, but did not stop it: a font that is not there.
    pub remarks: Vec<Mistake>,
}

/// A PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it is made for archives (PDF/A-2b, ISO 19005-2); not where the fonts lack a character it has.
    pub archival: bool,
}

/// Pages that nobody meant: a template that goes on and on.
const MAX_PAGES: usize = 500;

/// Sets a document.
///
/// # Errors
/// Everything that is wrong with the template, with line and column.
pub fn typeset<'a>(fonts: &'a Fonts, sheet: &Sheet<'_>) -> Result<Pages<'a>, Vec<Mistake>> {
    let paper = Paper::new(fonts, sheet);
    let outcome = typst::compile::<PagedDocument>(&paper);
    // What was remembered of templates that are not used any more.
    typst::comemo::evict(20);
    let told = |found: &[SourceDiagnostic]| found.iter().map(|one| Mistake::of(&paper, one)).collect::<Vec<_>>();
    let document = outcome.output.map_err(|errors| told(&errors))?;
    if document.pages().len() > MAX_PAGES {
        return Err(vec![Mistake::bare(format!("more than {MAX_PAGES} pages"))]);
    }
    let remarks = told(&outcome.warnings);
    Ok(Pages { document, remarks, paper, day: sheet.day, identity: sheet.identity.to_owned() })
}

impl Pages<'_> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// The first pages as pictures for the screen, one SVG each.
    pub fn pictures(&self, most: usize) -> Vec<String> {
        self.document.pages().iter().take(most).map(|page| typst_svg::svg(page, &SvgOptions::default())).collect()
    }

    /// As PDF/A-2b; as plain PDF where the fonts do not have all its characters.
    ///
    /// # Errors
    /// What the library cannot write.
    pub fn pdf(&self) -> Result<Pdf, Vec<Mistake>> {
        let archive = PdfStandards::new(&[PdfStandard::A_2b]).ok();
        if let Some(bytes) = archive.and_then(|standards| typst_pdf::pdf(&self.document, &self.options(standards)).ok()) {
            return Ok(Pdf { bytes, archival: true });
        }
        let bytes = typst_pdf::pdf(&self.document, &self.options(PdfStandards::default()))
            .map_err(|errors| errors.iter().map(|one| Mistake::of(&self.paper, one)).collect::<Vec<_>>())?;
        Ok(Pdf { bytes, archival: false })
    }

    fn options(&self, standards: PdfStandards) -> PdfOptions {
        PdfOptions {
            ident: Smart::Custom(self.identity.clone()),
            creator: Smart::Custom(Some("Shundan".to_owned())),
            timestamp: day(self.day).map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        }
    }
}

pub(crate) fn is_error(one: &SourceDiagnostic) -> bool {
    one.severity == Severity::Error
}
