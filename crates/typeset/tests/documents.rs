//! Every kind of document in each language, set with the fonts of this machine.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use domain::{Date, DocumentKind, Language};
use typeset::{Fonts, Mistake, NoChineseFont, Pages, Sheet, built_in, data, system_folders, typeset};

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS
        .get_or_init(|| Fonts::find(&system_folders()).unwrap_or_else(|NoChineseFont| panic!("install fonts-noto-cjk where the tests run")))
}

fn set(template: &str, kind: DocumentKind, language: Language, lines: i64) -> Result<Pages<'static>, Vec<Mistake>> {
    let data = data::sample(kind, language, lines);
    let pictures = BTreeMap::new();
    let day = Date::of(2026, 10, 11).unwrap();
    typeset(fonts(), &Sheet { template, data: &data, pictures: &pictures, day, identity: "test" })
}

/// Keeps what was set where somebody wants to look at it.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("SHUNDAN_TEST_PAGES") {
        std::fs::write(PathBuf::from(folder).join(name), bytes).unwrap();
    }
}

#[test]
fn every_kind_is_set_in_each_language_as_an_archival_pdf() {
    for kind in DocumentKind::ALL {
        for language in Language::ALL {
            let pages = set(built_in(*kind), *kind, *language, 3).unwrap_or_else(|wrong| panic!("{kind} {language}: {wrong:?}"));
            assert_eq!(pages.count(), 1, "{kind} {language}");
            assert!(pages.remarks.is_empty(), "{kind} {language}: {:?}", pages.remarks);
            let pdf = pages.pdf().unwrap();
            assert!(pdf.archival && pdf.bytes.starts_with(b"%PDF-"), "{kind} {language}");
            keep(&format!("{kind}.{language}.pdf"), &pdf.bytes);
        }
    }
}

#[test]
fn sixty_lines_break_across_pages() {
    for kind in DocumentKind::ALL.iter().filter(|kind| **kind != DocumentKind::DepositRequest) {
        let pages = set(built_in(*kind), *kind, Language::ZhCn, 60).unwrap();
        assert!((2..=4).contains(&pages.count()), "{kind}: {} pages", pages.count());
        keep(&format!("{kind}.60.pdf"), &pages.pdf().unwrap().bytes);
        assert_eq!(pages.pictures(1).len(), 1);
    }
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let once =
        || set(built_in(DocumentKind::OrderConfirmation), DocumentKind::OrderConfirmation, Language::ZhCn, 5).unwrap().pdf().unwrap();
    assert_eq!(once(), once());
}

#[test]
fn a_mistake_has_its_line_and_column() {
    let check = |template: &str, line: usize, column: usize, said: &str| {
        let wrong = set(template, DocumentKind::OrderForm, Language::ZhCn, 1).err().expect("it is wrong");
        assert_eq!((wrong[0].line, wrong[0].column), (line, column), "{wrong:?}");
        assert_eq!(wrong[0].said(Language::ZhCn), said);
    };
    check("#import \"layout.typ\": *\n  #nothing", 2, 4, "没有名为 nothing 的变量");
    check("#import \"layout.typ\": *\n#data.order.colour", 2, 13, "数据中没有字段 \"colour\"");
    check("#text(", 1, 6, "括号没有闭合");
    // What the shared layout does not get along with is told where the template calls it.
    check(
        "#import \"layout.typ\": *\n\n#facts((1,))",
        3,
        2,
        "array index out of bounds (index: 1, len: 1) and no default value was specified",
    );
}

#[test]
fn a_template_sees_neither_files_nor_packages() {
    for template in ["#read(\"/etc/passwd\")", "#read(\"../Cargo.toml\")", "#import \"@preview/cetz:0.3.0\": *"] {
        assert!(set(template, DocumentKind::OrderForm, Language::En, 1).is_err(), "{template}");
    }
}

#[test]
fn without_chinese_fonts_nothing_is_made() {
    assert_eq!(Fonts::find(&[PathBuf::from("/nowhere")]).err(), Some(NoChineseFont));
}

#[test]
fn each_fact_a_template_may_use_has_a_name() {
    for kind in DocumentKind::ALL {
        for language in Language::ALL {
            for field in data::fields(*kind, *language) {
                assert!(!field.name.is_empty(), "{kind} {language}: {} has no word", field.path);
            }
        }
    }
}
