//! The fonts of this machine, looked for once and read when a page needs them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use domain::Language;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// No font on this machine has Chinese characters; documents cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoChineseFont;

/// What a font must have to set a Chinese document: of both ways of writing.
const NEEDED: [char; 6] = ['单', '订', '單', '訂', '额', '額'];

/// Families that are taken where they are there, the best first.
const SIMPLIFIED: &[&str] =
    &["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Noto Serif CJK SC", "SimSun"];
const TRADITIONAL: &[&str] =
    &["Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "Microsoft JhengHei", "PingFang TC", "Noto Serif CJK TC"];

/// Larger files are no fonts for documents.
const MAX_BYTES: u64 = 96 * 1024 * 1024;

/// The fonts of some folders.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    faces: Vec<Face>,
    simplified: String,
    traditional: String,
}

struct Face {
    path: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// Where systems keep their fonts.
pub fn system_folders() -> Vec<PathBuf> {
    ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts"]
        .map(PathBuf::from)
        .to_vec()
}

impl Fonts {
    /// Looks through folders and those within them; the same files in the same order give the same fonts.
    ///
    /// # Errors
    /// [`NoChineseFont`] where none has Chinese characters.
    pub fn find(folders: &[PathBuf]) -> Result<Self, NoChineseFont> {
        let mut files = Vec::new();
        for folder in folders {
            collect(folder, 0, &mut files);
        }
        files.sort();
        files.dedup();
        let (mut book, mut faces, mut chinese) = (FontBook::new(), Vec::new(), Vec::new());
        for path in files {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            for (index, info) in (0..).zip(FontInfo::iter(&bytes)) {
                if NEEDED.iter().all(|needed| info.coverage.contains(u32::from(*needed))) {
                    chinese.push(info.family.clone());
                }
                book.push(info);
                faces.push(Face { path: path.clone(), index, font: OnceLock::new() });
            }
        }
        let best = |wanted: &[&str]| {
            let known = wanted.iter().find(|family| chinese.iter().any(|one| one == *family)).map(|family| (*family).to_owned());
            known.or_else(|| chinese.first().cloned()).ok_or(NoChineseFont)
        };
        Ok(Fonts { simplified: best(SIMPLIFIED)?, traditional: best(TRADITIONAL)?, book: LazyHash::new(book), faces })
    }

    /// The family a document in this language is set in.
    pub fn family(&self, language: Language) -> &str {
        match language {
            Language::ZhTw => &self.traditional,
            Language::ZhCn | Language::En => &self.simplified,
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.faces.len()
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        // The faces of a collection share its bytes.
        let shared = || {
            let same = self.faces.iter().filter(|other| other.path == face.path);
            same.filter_map(|other| other.font.get()?.as_ref()).map(|font| font.data().clone()).next()
        };
        let load = || {
            let bytes = shared().or_else(|| std::fs::read(&face.path).ok().map(Bytes::new))?;
            Font::new(bytes, face.index)
        };
        face.font.get_or_init(load).clone()
    }
}

/// The font files of a folder; folders that cannot be read hold none.
fn collect(folder: &Path, depth: u8, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(about) = std::fs::metadata(&path) else { continue };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if about.is_dir() && depth < 8 {
            collect(&path, depth + 1, files);
        } else if about.len() <= MAX_BYTES && matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") {
            files.push(path);
        }
    }
}
