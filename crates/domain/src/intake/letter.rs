//! The parts of an e-mail: what its head says, what is quoted below, and who signed.

use super::folded::{Folded, is_han};
use super::{Found, Span};

/// The parts that are not the message itself.
#[derive(Debug, Default)]
pub(super) struct Letter {
    /// Name of the sender, from the head.
    pub sender: Option<Found<String>>,
    /// Address of the sender.
    pub sender_email: Option<String>,
    /// The subject.
    pub subject: Option<Span>,
    /// From behind "Best regards" on.
    pub signature: Option<Span>,
}

const HEADS: &[&str] = &[
    "发件人",
    "寄件人",
    "收件人",
    "抄送",
    "密送",
    "发送时间",
    "发送日期",
    "日期",
    "时间",
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "sent",
    "reply-to",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "x-mailer",
    "received",
    "return-path",
    "importance",
    "附件",
    "attachments",
    "attachment",
];

const SUBJECTS: &[&str] = &["主题", "主旨", "标题", "subject"];

const SIGNED: &[&str] = &[
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "best wishes",
    "best",
    "yours sincerely",
    "sincerely",
    "many thanks",
    "thanks and regards",
    "thanks & regards",
    "cheers",
    "thank you",
    "thanks",
    "此致",
    "敬礼",
    "顺颂商祺",
    "商祺",
    "祝好",
    "祝商祺",
    "谢谢",
    "多谢",
    "感谢",
    "顺祝商祺",
    "--",
];

/// Takes the parts apart; what is of the head or quoted is taken out.
pub(super) fn part(text: &mut Folded) -> Letter {
    let mut letter = Letter::default();
    let lines = text.lines();
    let body = head(text, &lines, &mut letter);
    let end = quoted(text, &lines[body..]);
    let last = lines[body..].iter().position(|line| line.start >= end).map_or(lines.len(), |place| body + place);
    letter.signature = signature(text, &lines[body..last]);
    letter
}

/// Reads the head and takes it out; the place of the first line behind it.
fn head(text: &mut Folded, lines: &[Span], letter: &mut Letter) -> usize {
    let mut body = 0;
    let mut heads = 0;
    for (place, line) in lines.iter().enumerate() {
        let content = text.trim(*line);
        if content.start >= content.end {
            if heads > 0 {
                break;
            }
            continue;
        }
        let colon = |end: usize| text.at(text.skip_spaces(end)) == ':';
        let named = |words: &[&'static str]| text.longest(content.start, words).filter(|(_, end)| colon(*end));
        if let Some((_, end)) = named(SUBJECTS) {
            letter.subject = Some(text.trim(Span::new(end, line.end)));
        } else if let Some((word, end)) = named(HEADS) {
            // 日期 alone is a field of an order, too.
            if heads == 0 && matches!(word, "日期" | "时间" | "date" | "to" | "收件人") && !next_is_head(text, lines, place) {
                break;
            }
            if matches!(word, "发件人" | "寄件人" | "from") {
                sender(text, Span::new(text.skip_spaces(end) + 1, line.end), letter);
            }
            text.take(*line);
        } else {
            break;
        }
        heads += 1;
        body = place + 1;
    }
    body
}

fn next_is_head(text: &Folded, lines: &[Span], place: usize) -> bool {
    lines.get(place + 1).is_some_and(|line| text.longest(line.start, HEADS).or_else(|| text.longest(line.start, SUBJECTS)).is_some())
}

fn sender(text: &Folded, span: Span, letter: &mut Letter) {
    let end = (span.start..span.end).find(|place| matches!(text.at(*place), '<' | '[' | '(')).unwrap_or(span.end);
    let name = text.trim(Span::new(span.start, end));
    if name.start < name.end && !text.slice(name).contains('@') {
        letter.sender = Some(Found::new(text.said(name), 80, name));
    }
    letter.sender_email = super::contact::email_in(text, span).map(|span| text.slice(span));
}

/// Takes out what is quoted; the place it begins, or the end.
fn quoted(text: &mut Folded, lines: &[Span]) -> usize {
    const CUTS: &[&str] = &["原始邮件", "original message", "原邮件", "forwarded message", "转发邮件", "转发的邮件"];
    let mut said = false;
    for (place, line) in lines.iter().enumerate() {
        let content = text.trim(*line);
        let words = text.slice(content);
        let first = text.at(text.skip_spaces(line.start));
        if first == '>' {
            text.take(*line);
            continue;
        }
        let dashes = text.slice(*line).trim_start().starts_with("--");
        let cut = (dashes && CUTS.iter().any(|cut| words.contains(cut)))
            || (words.starts_with("on ") && words.ends_with("wrote"))
            || ((words.starts_with('在') || words.starts_with("20")) && (words.ends_with("写道") || words.ends_with("wrote")))
            || (words.starts_with("发件人") && place > 0 && next_is_head(text, lines, place))
            || (words.starts_with("from") && place > 0 && text.at(content.start + 4) == ':' && next_is_head(text, lines, place));
        // What is forwarded without a word of one's own is the message.
        if cut && said {
            let end = lines.last().map_or(line.end, |line| line.end);
            text.take(Span::new(line.start, end));
            return line.start;
        }
        said |= words.chars().any(char::is_alphanumeric) && !cut;
    }
    lines.last().map_or(0, |line| line.end)
}

/// Where the signature begins: behind the last line that only says goodbye, where few lines follow.
fn signature(text: &Folded, lines: &[Span]) -> Option<Span> {
    let place = lines.iter().rposition(|line| {
        let content = text.trim(*line);
        let words = text.slice(content);
        let marked = text.slice(*line).trim() == "--";
        marked
            || text.longest(content.start, SIGNED).is_some_and(|(word, end)| {
                end >= content.end || (word.is_ascii() && words.chars().count() < word.len() + 12 && is_short(text, end, content.end))
            })
    })?;
    let behind = lines.len() - place - 1;
    let last = lines.last()?;
    // "Regards, Ann Devon": the name is on the same line.
    let content = text.trim(lines[place]);
    let start = text.longest(content.start, SIGNED).map_or(lines[place].end, |(_, end)| end);
    (place > 0 && behind <= 10).then(|| Span::new(start, last.end))
}

/// Whether what follows is a name: letters only.
fn is_short(text: &Folded, from: usize, to: usize) -> bool {
    (from..to).all(|place| {
        let letter = text.at(place);
        letter.is_ascii_alphabetic() || is_han(letter) || matches!(letter, ' ' | ',' | '.' | '!')
    })
}

impl Letter {
    /// Whether a place belongs to the head or the signature.
    pub(super) fn is_apart(&self, place: usize) -> bool {
        let within = |span: &Option<Span>| span.is_some_and(|span| span.start <= place && place < span.end);
        within(&self.subject) || within(&self.signature)
    }
}
