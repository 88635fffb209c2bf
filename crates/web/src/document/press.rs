//! Where documents are set: a few at a time, beside the threads that answer requests.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::document::add::NewDocument;
use domain::{Date, DocumentRejection, Language};
use tokio::sync::Semaphore;
use typeset::{Fonts, Mistake, NoChineseFont, Sheet, built_in, typeset};

use super::gather::Gathered;
use crate::by::By;
use crate::error::Error;
use crate::secret;
use crate::state::Web;

/// The fonts, once they are looked for, and how many documents are set at a time.
pub(crate) struct Press {
    folders: Vec<PathBuf>,
    fonts: Mutex<Option<Arc<Fonts>>>,
    slots: Arc<Semaphore>,
}

/// Set at the same time at the most: each takes a processor.
const AT_A_TIME: usize = 2;

/// The longest anybody waits for a document.
const PATIENCE: Duration = Duration::from_secs(60);

/// The largest document.
const MAX_BYTES: usize = 20 * 1024 * 1024;

impl Press {
    pub(crate) fn new(folders: Vec<PathBuf>) -> Self {
        Press { folders, fonts: Mutex::new(None), slots: Arc::new(Semaphore::new(AT_A_TIME)) }
    }

    /// The fonts; where there were none, they are looked for again, so that somebody may install them meanwhile.
    fn fonts(&self) -> Result<Arc<Fonts>, NoChineseFont> {
        let mut held = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fonts) = &*held {
            return Ok(fonts.clone());
        }
        let found = Arc::new(Fonts::find(&self.folders)?);
        *held = Some(found.clone());
        Ok(found)
    }

    /// Does something with the fonts on a thread of its own. A document that nobody waits for any more keeps its slot until it is done.
    pub(crate) async fn run<T: Send + 'static>(&self, web: &Web, act: impl FnOnce(&Fonts) -> T + Send + 'static) -> Result<T, Error> {
        let busy = || Error::refused(DocumentRejection::Busy);
        let wait = tokio::time::timeout(PATIENCE, self.slots.clone().acquire_owned());
        let slot = wait.await.map_err(|_| busy())?.map_err(Error::internal)?;
        let press = web.press.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _slot = slot;
            press.fonts().map(|fonts| act(&fonts))
        });
        let done = tokio::time::timeout(PATIENCE, work).await.map_err(|_| busy())?.map_err(Error::internal)?;
        done.map_err(|NoChineseFont| Error::refused(DocumentRejection::NoChineseFont))
    }
}

/// Sets what was gathered.
pub(crate) async fn press(web: &Web, by: &By, gathered: Gathered, day: Date) -> Result<NewDocument, Error> {
    let gathered = gathered.shown_to(by);
    let (kind, language, subject_id, template_no) = (gathered.kind, gathered.language, gathered.subject_id, gathered.template_no);
    let set = move |fonts: &Fonts| {
        let template = gathered.template.as_deref().unwrap_or_else(|| built_in(kind));
        let identity = format!("{kind}.{language}.{subject_id}");
        let sheet = Sheet { template, data: &gathered.data, pictures: &gathered.pictures, day, identity: &identity };
        let pages = typeset(fonts, &sheet)?;
        Ok::<_, Vec<Mistake>>((pages.count(), pages.pdf()?))
    };
    let (pages, pdf) = web.press.run(web, set).await?.map_err(|wrong| broken(&wrong, by.language, template_no))?;
    if pdf.bytes.len() > MAX_BYTES {
        return Err(Error::refused(DocumentRejection::TooLarge));
    }
    Ok(NewDocument {
        kind,
        language,
        subject_id,
        template_no,
        archival: pdf.archival,
        pages: i64::try_from(pages).unwrap_or(i64::MAX),
        sha256: secret::sha256(&pdf.bytes),
        bytes: Arc::new(pdf.bytes),
    })
}

/// A mistake in the company's own template is for the company to correct, one in ours is our failure.
fn broken(wrong: &[Mistake], language: Language, template_no: i64) -> Error {
    let Some(first) = wrong.first() else { return Error::internal("the typesetter failed without a word") };
    if template_no == 0 {
        return Error::internal(format!("a template of the product is wrong at {}:{}: {}", first.line, first.column, first.message));
    }
    Error::refused(rejection(first, language))
}

/// What is wrong with a template, as a refusal.
pub(crate) fn rejection(wrong: &Mistake, language: Language) -> DocumentRejection {
    let place = |number: usize| i64::try_from(number).unwrap_or_default();
    DocumentRejection::BrokenTemplate { line: place(wrong.line), column: place(wrong.column), what: wrong.said(language) }
}
