//! What a template may see: itself, the shared layout, words, data and pictures. No network, no disk, no clock.

use std::collections::HashMap;

use domain::{Date, Language};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Str};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::font::Fonts;
use crate::sheet::Sheet;
use crate::template::{LAYOUT, WORDS};

pub(crate) struct Paper<'a> {
    fonts: &'a Fonts,
    library: LazyHash<Library>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    day: Date,
}

fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the names of our files are paths");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl<'a> Paper<'a> {
    pub(crate) fn new(fonts: &'a Fonts, sheet: &Sheet<'_>) -> Self {
        let (main, layout) = (file("main.typ"), file("layout.typ"));
        let mut files = HashMap::from([
            (file("data.json"), Bytes::from_string(sheet.data.to_string())),
            (file("words.toml"), Bytes::from_string(WORDS)),
        ]);
        for (name, bytes) in sheet.pictures {
            if let Ok(path) = VirtualPath::new(name) {
                files.insert(FileId::new(RootedPath::new(VirtualRoot::Project, path)), Bytes::new(bytes.clone()));
            }
        }
        let language = sheet.data["language"].as_str().and_then(Language::parse).unwrap_or(Language::ZhCn);
        let inputs = Dict::from_iter([(Str::from("font"), fonts.family(language).into_value())]);
        Paper {
            fonts,
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            main,
            sources: HashMap::from([
                (main, Source::new(main, sheet.template.to_owned())),
                (layout, Source::new(layout, LAYOUT.to_owned())),
            ]),
            files,
            day: sheet.day,
        }
    }

    /// Whether this is the template itself, not the layout it uses.
    pub(crate) fn is_main(&self, id: FileId) -> bool {
        id == self.main
    }
}

impl World for Paper<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(source) = self.sources.get(&id) {
            return Ok(Bytes::from_string(source.text().to_owned()));
        }
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        day(self.day)
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

pub(crate) fn day(day: Date) -> Option<Datetime> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Datetime::from_ymd_hms(i32::from(day.year()), month, of_month, 0, 0, 0)
}
