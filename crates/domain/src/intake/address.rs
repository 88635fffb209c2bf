//! Where the goods go.

use super::folded::{Folded, TAKEN, is_han};
use super::{Found, Span};

const LABELS: &[&str] = &[
    "收货地址",
    "送货地址",
    "交货地址",
    "交货地点",
    "送货地点",
    "收货地点",
    "地址",
    "地点",
    "deliver to",
    "delivery to",
    "ship to",
    "shipping address",
    "delivery address",
    "send to",
    "address",
    "please deliver to",
];

const VERBS: &[&str] = &[
    "送货到",
    "送到",
    "寄到",
    "发到",
    "发往",
    "送往",
    "送至",
    "发至",
    "寄往",
    "运到",
    "运至",
    "送去",
    "deliver it to",
    "deliver them to",
    "to be delivered to",
];

/// What an address is made of.
const MARKS: &[char] = &[
    '省', '市', '区', '县', '镇', '乡', '村', '路', '街', '道', '号', '栋', '楼', '室', '园', '巷', '弄', '州', '港', '座', '层', '仓',
    '库',
];

/// Finds the address and takes it out.
pub(super) fn find(text: &mut Folded) -> Option<Found<String>> {
    let found = labelled(text).or_else(|| bare(text))?;
    let (span, start, confidence) = found;
    let said = text.said(span);
    text.take(Span::new(start, span.end));
    Some(Found::new(said, confidence, span))
}

fn labelled(text: &Folded) -> Option<(Span, usize, u8)> {
    let mut best: Option<(Span, usize, u8)> = None;
    for place in 0..text.len() {
        let label =
            text.longest(place, LABELS).map(|found| (found, true)).or_else(|| text.longest(place, VERBS).map(|found| (found, false)));
        let Some(((_, end), is_label)) = label else { continue };
        let mut at = text.skip_spaces(end);
        if text.at(at) == ':' {
            at = text.skip_spaces(at + 1);
        }
        // The address may stand on the line below its label.
        if is_label && text.at(at) == '\n' {
            at += 1;
        }
        let span = text.trim(Span::new(at, end_of(text, at)));
        if span.end < span.start + 4 || text.is_taken(span) {
            continue;
        }
        let sure = sureness(text, span);
        let confidence = match (is_label, sure) {
            (true, 3..) => 96,
            (true, 1..=2) => 85,
            (true, 0) => 0,
            (false, 3..) => 92,
            (false, 2) => 80,
            (false, _) => 0,
        };
        if confidence > best.map_or(0, |(_, _, other)| other) {
            best = Some((span, place, confidence));
        }
    }
    best
}

/// Without a word before it: a run with at least three marks, one of them a street.
fn bare(text: &Folded) -> Option<(Span, usize, u8)> {
    let mut place = 0;
    while place < text.len() {
        if !is_han(text.at(place)) {
            place += 1;
            continue;
        }
        let span = text.trim(Span::new(place, end_of(text, place)));
        let words = text.slice(span);
        let street = ["路", "街", "道", "镇", "工业园", "园区"].iter().any(|mark| words.contains(mark));
        let begins = ["省", "市", "自治区"].iter().any(|mark| words.chars().take(10).collect::<String>().contains(mark));
        if street && begins && sureness(text, span) >= 3 && !text.is_taken(span) {
            return Some((span, span.start, 78));
        }
        place = span.end.max(place + 1);
    }
    None
}

/// How much like an address it is.
fn sureness(text: &Folded, span: Span) -> usize {
    let words = text.slice(span);
    if words.chars().any(is_han) {
        return words.chars().filter(|letter| MARKS.contains(letter)).count();
    }
    let number = usize::from(words.chars().any(|letter| letter.is_ascii_digit()));
    let street = [
        " st", "street", " rd", "road", " ave", "avenue", " dr", "drive", " sq", "square", " blvd", "lane", " ln", "str.", "strasse",
        "str ", "way", "plaza", "park", "weg", "straat", "building", "floor", "po box", "court",
    ];
    let streets = usize::from(street.iter().any(|word| words.contains(word)));
    number + 2 * streets + words.matches(',').count().min(2)
}

/// Where the address ends that begins there.
fn end_of(text: &Folded, place: usize) -> usize {
    let chinese = (place..text.line_end(place)).take(6).any(|place| is_han(text.at(place)));
    let mut end = place;
    while end < text.len() {
        let letter = text.at(end);
        let over = match letter {
            '\n' | '。' | ';' | '!' | '?' | TAKEN => true,
            ',' | ' ' if chinese => !goes_on(text, end + 1),
            // Between two sentences: a full stop before a capital is not told from "Dr." once folded.
            '.' => text.at(end + 1) == ' ' && sentence(text, end + 2),
            _ => text.longest(end, &["电话", "手机", "收货人", "联系人", "tel", "phone", "attn"]).is_some(),
        };
        if over {
            break;
        }
        end += 1;
    }
    end
}

fn sentence(text: &Folded, place: usize) -> bool {
    text.longest(
        place,
        &[
            "please", "thank", "thanks", "we", "needed", "need", "delivery", "deliver", "po", "contact", "call", "regards", "the", "it",
            "our", "tel",
        ],
    )
    .is_some()
}

/// Whether what follows a comma or a space still belongs to a Chinese address.
fn goes_on(text: &Folded, place: usize) -> bool {
    let place = text.skip_spaces(place);
    let end = (place..text.len()).find(|place| matches!(text.at(*place), '\n' | ',' | '。' | ' ' | ';' | TAKEN)).unwrap_or(text.len());
    let words = text.slice(Span::new(place, end));
    let count = words.chars().filter(|letter| MARKS.contains(letter)).count();
    let other = ["电话", "手机", "收货人", "联系", "要", "送", "前", "谢", "请", "箱", "台", "个"].iter().any(|word| words.contains(word));
    count >= 1 && !other && end > place && words.chars().any(|letter| letter.is_ascii_digit() || "栋楼室座层仓库园".contains(letter))
}
