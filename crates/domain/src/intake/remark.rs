//! How goods are to be packed.

use super::folded::{Folded, TAKEN};
use super::{Found, Span};

const LABELS: &[&str] =
    &["包装要求", "包装方式", "包装说明", "包装", "packing", "packaging", "packing requirements", "packing instructions"];

const WORDS: &[&str] = &[
    "打托盘",
    "打托",
    "托盘包装",
    "缠绕膜包",
    "缠膜",
    "缠好",
    "防潮",
    "防水包装",
    "防震",
    "防锈",
    "木箱包装",
    "木箱装",
    "打木架",
    "单独包装",
    "独立包装",
    "分开包装",
    "分开装",
    "贴唛头",
    "贴标签",
    "不要贴",
    "中性包装",
    "真空包装",
    "加固包装",
    "包好",
    "包严",
    "包装好",
    "on pallets",
    "palletized",
    "palletised",
    "palletised",
    "shrink wrapped",
    "shrink-wrapped",
    "individually wrapped",
    "wooden crate",
    "wooden crates",
    "neutral packaging",
    "neutral packing",
    "bubble wrap",
    "keep dry",
    "fragile",
];

/// Finds the remark and takes it out.
pub(super) fn packing(text: &mut Folded) -> Option<Found<String>> {
    let spans = parts(text);
    let mut first: Option<Span> = None;
    let mut sure = 0;
    for span in spans {
        let labelled = text.longest(span.start, LABELS).filter(|(_, end)| text.at(text.skip_spaces(*end)) == ':');
        let said = (span.start..span.end).any(|place| text.longest(place, WORDS).is_some());
        let orders = (span.start..span.end).any(|place| {
            text.at(place).is_ascii_digit()
                && super::number::at(text, place).is_some_and(|n| super::unit::at(text, text.skip_spaces(n.end)).is_some())
        });
        if let Some((_, end)) = labelled {
            first = Some(text.trim(Span::new(text.skip_spaces(end) + 1, text.line_end(span.start))));
            sure = 95;
            break;
        }
        match &mut first {
            None if said && !orders => (first, sure) = (Some(span), 85),
            // Parts one behind the other are one remark.
            Some(found)
                if said && !orders && span.start <= found.end + 2 && !text.slice(Span::new(found.end, span.start)).contains('\n') =>
            {
                found.end = span.end
            }
            _ => {}
        }
    }
    let span = first.filter(|span| span.start < span.end)?;
    let said = text.said(span);
    text.take(span);
    Some(Found::new(said, sure, span))
}

/// What stands between signs.
fn parts(text: &Folded) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    for place in 0..=text.len() {
        if place == text.len()
            || matches!(text.at(place), '\n' | ',' | '。' | ';' | '!' | TAKEN)
            || (text.at(place) == '.' && text.at(place + 1) == ' ')
        {
            let span = text.trim(Span::new(start, place));
            if span.start < span.end {
                parts.push(span);
            }
            start = place + 1;
        }
    }
    parts
}
