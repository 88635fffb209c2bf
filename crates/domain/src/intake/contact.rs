//! Who wrote, who is to be called, under which number, and the customer's own number of the order.

use super::folded::{Folded, TAKEN, is_han};
use super::letter::Letter;
use super::{Found, Span};

/// The e-mail address in a span.
pub(super) fn email_in(text: &Folded, span: Span) -> Option<Span> {
    let sign = (span.start..span.end).find(|place| text.at(*place) == '@')?;
    let part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '+');
    let start = (span.start..sign).rev().take_while(|place| part(text.at(*place))).last()?;
    let end = (sign + 1..span.end).take_while(|place| part(text.at(*place))).last()? + 1;
    let trimmed = if text.at(end - 1) == '.' { end - 1 } else { end };
    text.slice(Span::new(sign, trimmed)).contains('.').then(|| Span::new(start, trimmed))
}

/// All e-mail addresses, the sender's first; they are taken out.
pub(super) fn emails(text: &mut Folded, letter: &Letter) -> Vec<String> {
    let mut found: Vec<String> = letter.sender_email.iter().cloned().collect();
    let mut from = 0;
    while let Some(span) = email_in(text, Span::new(from, text.len())) {
        let address = text.slice(span);
        if !found.contains(&address) && found.len() < 10 {
            found.push(address);
        }
        text.take(span);
        from = span.end;
    }
    found
}

/// Only the digits of a phone.
pub(super) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// All phones; they are taken out.
pub(super) fn phones(text: &mut Folded, letter: &Letter) -> Vec<Found<String>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let Some((end, mobile)) = phone_at(text, place) else {
            place += 1;
            continue;
        };
        let span = Span::new(place, end);
        let labelled = label_before(text, place);
        let mut confidence = if labelled.is_some() {
            95
        } else if mobile {
            88
        } else {
            60
        };
        if letter.is_apart(place) {
            confidence -= 12;
        }
        found.push(Found::new(text.said(span).trim().to_owned(), confidence, span));
        text.take(Span::new(labelled.unwrap_or(place), end));
        place = end;
    }
    found
}

/// The start of the words before a phone that say what it is.
fn label_before(text: &Folded, place: usize) -> Option<usize> {
    const LABELS: &[&str] = &[
        "联系电话",
        "收货电话",
        "电话",
        "手机号码",
        "手机号",
        "手机",
        "联系方式",
        "tel",
        "tel.",
        "phone",
        "mobile",
        "cell",
        "call",
        "手提",
        "来电",
        "打",
        "whatsapp",
        "微信",
    ];
    let mut back = place;
    while back > 0 && matches!(text.at(back - 1), ' ' | ':' | '.' | '-' | '是') {
        back -= 1;
    }
    let word = LABELS.iter().filter(|word| {
        let count = word.chars().count();
        back >= count && text.has(back - count, word)
    });
    word.map(|word| back - word.chars().count()).min()
}

/// Behind the phone that begins there, and whether it is a mobile one.
fn phone_at(text: &Folded, place: usize) -> Option<(usize, bool)> {
    let before = text.before(place);
    let first = text.at(place);
    if before.is_ascii_alphanumeric() || matches!(before, '-' | '.' | '+' | '/') || !(first.is_ascii_digit() || matches!(first, '+' | '('))
    {
        return None;
    }
    let (mut end, mut digits, mut gap) = (place, String::new(), 0);
    while end < text.len() {
        let letter = text.at(end);
        if letter.is_ascii_digit() {
            digits.push(letter);
            gap = 0;
        } else if matches!(letter, ' ' | '-' | '(' | ')') || (letter == '+' && end == place) {
            gap += 1;
            if gap > 2 {
                break;
            }
        } else {
            break;
        }
        end += 1;
        if digits.len() == 11 && digits.starts_with('1') && !text.at(end).is_ascii_digit() {
            break;
        }
    }
    while !text.at(end - 1).is_ascii_digit() {
        end -= 1;
        if end == place {
            return None;
        }
    }
    let written = text.slice(Span::new(place, end));
    let mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1') && !matches!(digits.as_bytes()[1], b'0' | b'1' | b'2');
    if mobile(&digits) || digits.strip_prefix("86").is_some_and(mobile) {
        return Some((end, true));
    }
    let next = text.at(end);
    if next.is_ascii_alphanumeric() || next == 'x' {
        return None;
    }
    let international = first == '+' && (8..=15).contains(&digits.len());
    let bracketed = first == '(' && written.contains(')') && (8..=12).contains(&digits.len());
    let landline = first == '0' && written.contains('-') && (10..=12).contains(&digits.len());
    let labelled = label_before(text, place).is_some() && (7..=15).contains(&digits.len());
    (international || bracketed || landline || labelled).then_some((end, false))
}

/// The one to call: labelled before bare, of the message before of the signature, the last of those that are as good.
pub(super) fn best_phone(phones: &[Found<String>]) -> Option<Found<String>> {
    phones.iter().rev().max_by_key(|phone| phone.confidence).cloned()
}

/// The customer's own number of the order; it is taken out.
pub(super) fn order_number(text: &mut Folded) -> Option<Found<String>> {
    const LABELS: &[&str] = &[
        "采购订单号",
        "采购单号",
        "采购订单",
        "订单编号",
        "订单号",
        "合同号",
        "合同编号",
        "客户单号",
        "单号",
        "po number",
        "po no.",
        "po no",
        "p.o.",
        "po#",
        "po",
        "purchase order",
        "order no.",
        "order no",
        "order number",
        "our ref.",
        "our ref",
        "reference",
        "ref",
        "your order",
    ];
    for place in 0..text.len() {
        let Some((word, end)) = text.longest(place, LABELS) else { continue };
        let mut at = end;
        while matches!(text.at(at), ' ' | ':' | '#' | '.' | '为' | '是') {
            at += 1;
        }
        if let Some((_, end)) =
            text.longest(at, &["po", "no", "no."]).filter(|(_, end)| text.at(*end) != '-' && !text.at(*end).is_ascii_digit())
        {
            at = end;
            while matches!(text.at(at), ' ' | ':' | '#') {
                at += 1;
            }
        }
        // PO-2026-0917 carries its label in it.
        let joined = word == "po" && (matches!(text.at(end), '-' | '_') || text.at(end).is_ascii_digit());
        let start = if joined { place } else { at };
        let part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/' | '_');
        let mut end = start;
        while end < text.len() && part(text.at(end)) {
            end += 1;
        }
        let span = text.trim(Span::new(start, end));
        let number = text.slice(span);
        if number.len() >= 3 && number.chars().any(|letter| letter.is_ascii_digit()) && !text.is_taken(span) {
            let confidence = if word.starts_with("your") || word.starts_with("ref") { 70 } else { 95 };
            let found = Found::new(text.said(span), confidence, span);
            text.take(Span::new(place, span.end));
            return Some(found);
        }
    }
    None
}

const NAMED: &[&str] = &[
    "收货人",
    "收货联系人",
    "收件人",
    "联系人",
    "收货",
    "attention",
    "attn",
    "attn.",
    "contact person",
    "contact",
    "receiver",
    "consignee",
];

const TITLES: &[&str] = &["先生", "小姐", "女士", "太太"];

/// Who is to be called.
pub(super) fn name(text: &Folded, letter: &Letter) -> Option<Found<String>> {
    labelled_name(text)
        .or_else(|| introduced(text))
        .or_else(|| letter.sender.clone().filter(|sender| sender.value.chars().count() <= 40))
        .or_else(|| signed(text, letter))
        .or_else(|| titled(text))
}

/// A name that begins there: two to four Chinese characters, or one to three Latin words.
fn name_at(text: &Folded, place: usize) -> Option<Span> {
    let first = text.at(place);
    if is_han(first) {
        let mut end = place;
        while is_han(text.at(end)) && end - place < 8 {
            if text
                .longest(end, &["电话", "手机", "来电", "要", "想", "订", "的", "下单", "这边", "我", "需", "您", "你", "先", "小", "女"])
                .is_some()
            {
                break;
            }
            end += 1;
        }
        let end = text.longest(end, TITLES).map_or(end, |(_, behind)| behind);
        return (2..=5).contains(&(end - place)).then(|| Span::new(place, end));
    }
    let mut end = place;
    let mut words = 0;
    while words < 4 && text.at(end).is_ascii_alphabetic() {
        let start = end;
        while text.at(end).is_alphabetic() && text.at(end).is_ascii() || text.at(end) == '\'' || text.at(end) == '.' {
            end += 1;
        }
        if matches!(
            text.slice(Span::new(start, end)).as_str(),
            "from" | "at" | "and" | "here" | "with" | "in" | "of" | "we" | "i" | "the" | "tel" | "phone" | "can" | "would"
        ) {
            end = start;
            break;
        }
        words += 1;
        if text.at(end) != ' ' {
            break;
        }
        end += 1;
    }
    let span = text.trim(Span::new(place, end));
    (span.end > span.start + 1 && words > 0).then_some(span)
}

fn labelled_name(text: &Folded) -> Option<Found<String>> {
    (0..text.len()).find_map(|place| {
        let (_, end) = text.longest(place, NAMED)?;
        let at = text.skip_spaces(end);
        if text.at(at) != ':' && text.at(at) != TAKEN {
            return None;
        }
        let span = name_at(text, text.skip_spaces(at + 1))?;
        Some(Found::new(text.said(span), 95, span))
    })
}

/// 我是新雅包装的沈雯, this is Ann from …
fn introduced(text: &Folded) -> Option<Found<String>> {
    (0..text.len()).find_map(|place| {
        let (word, end) = text.longest(place, &["我是", "我系", "我们是", "this is", "my name is", "i am", "i'm"])?;
        let at = text.skip_spaces(end);
        if !word.is_ascii() {
            let stop = (at..text.len()).find(|place| !is_han(text.at(*place))).unwrap_or(text.len());
            let said = text.slice(Span::new(at, stop));
            let start = match said.chars().position(|letter| letter == '的') {
                Some(of) => at + of + 1,
                // 我係永興貿易陳小姐: the surname before the title.
                None => match (at..stop).find(|place| text.longest(*place, TITLES).is_some()) {
                    Some(title) => title.saturating_sub(1).max(at),
                    None => at,
                },
            };
            // A name by itself is short; longer is a company.
            let span = name_at(text, start).filter(|span| span.end - span.start <= 4 && (start > at || stop - at <= 3))?;
            return Some(Found::new(text.said(span), 88, span));
        }
        let span = name_at(text, at)?;
        let words = text.slice(span).split(' ').count();
        (words <= 3).then(|| Found::new(text.said(span), 88, span))
    })
}

/// Who wrote, told by where the customer's name stands: 恒力机电王磊：, or a line with a name beside it.
pub(super) fn beside(folded: &str, message: &[char], customer: Span) -> Option<Found<String>> {
    let text = Folded::of(folded);
    let said = |span: Span| message[span.start..span.end.min(message.len())].iter().collect::<String>();
    let at = text.skip_spaces(customer.end);
    let behind = name_at(&text, at).filter(|span| {
        let next = text.skip_spaces(span.end);
        let ends = matches!(text.at(next), ':' | ',' | '\n') || text.longest(next, &["来电", "电话", "下单"]).is_some();
        is_han(text.at(span.start)) && span.start == at && ends && !company_like(&text.slice(*span)) && span.end - span.start <= 4
    });
    if let Some(span) = behind.filter(|span| text.longest(span.start, &["你好", "您好", "在吗", "需要", "想", "要", "订"]).is_none())
    {
        return Some(Found::new(said(span), 65, span));
    }
    let lines = text.lines();
    let own = lines.iter().position(|line| line.start <= customer.start && customer.start <= line.end)?;
    let near = own.checked_sub(1).into_iter().chain([own + 1]).filter_map(|place| lines.get(place));
    near.map(|line| text.trim(*line)).find_map(|line| {
        let span = name_at(&text, line.start).filter(|span| *span == line && text.at(line.start).is_ascii())?;
        let words = text.slice(span).split(' ').count();
        (2..=3).contains(&words).then(|| Found::new(said(span), 65, span))
    })
}

/// The first line of the signature that looks like a name.
fn signed(text: &Folded, letter: &Letter) -> Option<Found<String>> {
    let signature = letter.signature?;
    let lines = text.lines();
    let mut spans =
        lines.iter().filter(|line| line.end > signature.start).map(|line| text.trim(Span::new(line.start.max(signature.start), line.end)));
    let first = spans.find(|span| span.start < span.end)?;
    let name = name_at(text, first.start)?;
    let whole = name.end >= first.end || text.at(name.end) == ',' || text.at(name.end) == '/';
    (whole && !company_like(&text.slice(name))).then(|| Found::new(text.said(name), 75, name))
}

/// 陈小姐 somewhere, not in a greeting.
fn titled(text: &Folded) -> Option<Found<String>> {
    (0..text.len()).find_map(|place| {
        let (_, end) = text.longest(place, TITLES)?;
        let greeted = matches!(text.at(text.skip_spaces(end)), ',' | ':' | '您' | '你' | '好');
        if greeted || place == 0 || !is_han(text.at(place - 1)) {
            return None;
        }
        let span = Span::new(place - 1, end);
        Some(Found::new(text.said(span), 60, span))
    })
}

const COMPANIES: &[&str] = &[
    "有限公司",
    "公司",
    "集团",
    "工厂",
    "厂",
    "商行",
    "商贸",
    "贸易",
    "超市",
    "酒店",
    "学校",
    "医院",
    "书店",
    "经营部",
    "门市部",
    "合作社",
    "电子",
    "科技",
    "机电",
    "包装",
    "印务",
    "印刷",
    "物流",
    "食品",
    "实业",
    "工业",
    "ltd",
    "ltd.",
    "inc",
    "inc.",
    "gmbh",
    "b.v.",
    "co.",
    "corp",
    "corp.",
    "llc",
    "limited",
    "markets",
    "store",
    "stores",
    "company",
];

fn company_like(words: &str) -> bool {
    COMPANIES.iter().any(|end| words.ends_with(end))
}

/// The words that may name the customer, the likeliest first.
pub(super) fn clues(text: &Folded, letter: &Letter) -> Vec<Found<String>> {
    let mut found: Vec<Found<String>> = Vec::new();
    let mut add = |span: Span, confidence: u8| {
        let span = text.trim(span);
        let words = text.said(span);
        let count = words.chars().count();
        let fits = (2..=60).contains(&count) && !text.is_taken(span) && found.len() < 8;
        if fits && found.iter().all(|other| other.value != words) {
            found.push(Found::new(words, confidence, span));
        }
    };
    for place in 0..text.len() {
        for word in [
            "我是",
            "我系",
            "我们是",
            "这里是",
            "this is",
            "we are",
            "from",
            "on behalf of",
            "order for",
            "公司名称:",
            "公司:",
            "单位:",
            "客户:",
            "customer:",
            "company:",
        ] {
            if text.has(place, word) && text.before(place) != '<' {
                add(phrase_from(text, place + word.chars().count()), 80);
            }
        }
    }
    if let Some(signature) = letter.signature {
        for line in text.lines().iter().filter(|line| line.end > signature.start) {
            let span = text.trim(Span::new(line.start.max(signature.start), line.end));
            add(span, if company_like(&text.slice(span)) { 85 } else { 50 });
        }
    }
    for line in text.lines() {
        let span = text.trim(line);
        add(phrase_from(text, span.start), if company_like(&text.slice(span)) { 75 } else { 40 });
    }
    if let Some(subject) = letter.subject {
        add(subject, 30);
    }
    found.sort_by_key(|clue| std::cmp::Reverse(clue.confidence));
    found
}

/// Up to a sign or a word that says what is wanted.
fn phrase_from(text: &Folded, place: usize) -> Span {
    const ENDS: &[&str] = &[
        "要", "需", "想", "订", "来", "采购", "下单", "的", "预", "补", "再", "急", "追加", "我们", "这边", "would", "need", "needs",
        "want", "we", "order", "please", "here", "wants", "like",
    ];
    let start = text.skip_spaces(place);
    let mut end = start;
    while end < text.len() {
        let letter = text.at(end);
        if matches!(letter, '\n' | ',' | '。' | ':' | ';' | '!' | '?' | '、' | '(' | TAKEN)
            || (end > start + 1 && text.longest(end, ENDS).is_some())
        {
            break;
        }
        end += 1;
    }
    Span::new(start, end)
}
