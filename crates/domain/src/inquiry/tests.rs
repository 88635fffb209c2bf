//! The checklist of an inquiry, and its moves.

use super::*;
use crate::date::Date;
use crate::rules::{Blueprint, InquiryRule};

const RULES: &str = r#"
title = "x"
[[inquiry]]
code = "product"
text = "产品"
required = true
[[inquiry]]
code = "quantity"
text = "数量"
kind = "quantity"
required = true
[[inquiry]]
code = "day"
text = "日期"
kind = "date"
required = true
[[inquiry]]
code = "drawing"
text = "图纸"
kind = "drawing"
when = "customer.grade != 'A'"
"#;

fn marks(said: &str, sent: &[(&str, &str)]) -> String {
    let rules = Blueprint::read(RULES, None).unwrap();
    let asked: Vec<&InquiryRule> = rules.asked_of_inquiry(None);
    let value = |(code, value): &(&str, &str)| InquiryValue { code: (*code).into(), value: (*value).into(), attachment_id: None };
    let sent: Vec<InquiryValue> = sent.iter().map(value).collect();
    let items = marked(&asked, &sent, said, Date::parse("2026-11-21").unwrap());
    let shown = |item: &InquiryItem| {
        let why = item.why.map(|why| format!("({why} {})", item.said)).unwrap_or_default();
        let meaning = if item.meaning.is_empty() { String::new() } else { format!("={}", item.meaning) };
        format!("{}:{}{why}{meaning}", item.code, item.mark)
    };
    items.iter().map(shown).collect::<Vec<_>>().join("; ")
}

/// INT-02: each item is filled, missing or vague, and what raw words leave open is asked for at an item of its kind.
#[test]
fn items_are_filled_missing_or_vague() {
    let check = |said: &str, sent: &[(&str, &str)], expected: &str| assert_eq!(marks(said, sent), expected, "{said} {sent:?}");
    check("", &[], "product:missing; quantity:missing; day:missing; drawing:blank");
    check(
        "要一批定制箱子，尽快",
        &[("product", "瓦楞箱")],
        "product:filled; quantity:vague(said 一批); day:vague(said 尽快); drawing:vague(said 定制)",
    );
    check(
        "定制箱子大概500个，尽快",
        &[("product", "瓦楞箱 60x40"), ("quantity", "500个"), ("day", "下周三"), ("drawing", "图号 T-1024")],
        "product:filled; quantity:filled=500 个; day:filled=2026-11-25; drawing:filled=T-1024",
    );
    check(
        "",
        &[("product", "定制箱子"), ("quantity", "大概500个"), ("day", "尽快"), ("drawing", "客户说有")],
        "product:vague(word 定制); quantity:vague(word 大概); day:vague(word 尽快); drawing:vague(no_drawing )",
    );
    check(
        "",
        &[("product", "箱子"), ("quantity", "500"), ("day", "看情况")],
        "product:filled; quantity:vague(no_unit ); day:vague(no_date ); drawing:blank",
    );
    // What the rules ask for no item of is asked for all the same, and settled there.
    check(
        "按老样子",
        &[("product", "箱子"), ("quantity", "5箱"), ("day", "明天")],
        "product:filled; quantity:filled=5 箱; day:filled=2026-11-22; drawing:blank; said.habit:vague(said 老样子)",
    );
    check(
        "按老样子",
        &[("product", "箱子"), ("quantity", "5箱"), ("day", "明天"), ("said.habit", "五层瓦楞、双色印刷")],
        "product:filled; quantity:filled=5 箱; day:filled=2026-11-22; drawing:blank; said.habit:filled",
    );
}

/// INT-02: a mistake in the checklist has its place.
#[test]
fn mistakes_in_the_checklist_have_a_place() {
    let check = |from: &str, to: &str, path: &str, code: &str| {
        let mistakes = Blueprint::read(&RULES.replacen(from, to, 1), None).unwrap_err();
        assert_eq!((mistakes[0].path.as_str(), mistakes[0].reason.code, mistakes.len()), (path, code, 1), "{to}");
        assert!(mistakes[0].line > 2);
    };
    check("kind = \"quantity\"", "kind = \"quantitty\"", "inquiry[2].kind", "blueprint.unknown_name_near");
    check("code = \"day\"", "code = \"product\"", "inquiry[3].code", "blueprint.repeated");
    check("text = \"日期\"", "text = \"\"", "inquiry[3].text", "blueprint.no_text");
    check("customer.grade", "order.payable > 3 && customer.grade", "inquiry[4].when", "blueprint.not_of_inquiry");
    check("customer.grade", "customer.grad", "inquiry[4].when", "blueprint.unknown_fact_near");
}

/// INT-02: what is ready comes with a checklist.
#[test]
fn what_comes_with_the_product_has_a_checklist() {
    for name in [crate::rules::STANDARD, crate::rules::WOOD] {
        let rules = Blueprint::read(name, None).unwrap();
        assert!(rules.inquiry.len() >= 4);
        let kinds: Vec<InquiryItemKind> = rules.inquiry.iter().map(|rule| rule.kind).collect();
        assert!(InquiryItemKind::ALL.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    }
}

#[test]
fn every_verb_has_a_row() {
    for verb in InquiryVerb::ALL {
        assert_eq!(verb.table_row().verb, *verb);
    }
}
