//! What is wrong with the text of a blueprint, and where.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::language::Language;
use crate::refusal::{Detail, Reason, rejections};
use crate::text::text;

rejections! {
    /// What may be wrong with a blueprint.
    BlueprintRule {
        /// No TOML, or no value of the wanted type; `message` is the parser's.
        Syntax { message: String } => Invalid "blueprint.syntax",
        /// There is no such field.
        UnknownField { name: String } => Invalid "blueprint.unknown_field",
        UnknownFieldNear { name: String, nearest: String } => Invalid "blueprint.unknown_field_near",
        MissingField { name: String } => Invalid "blueprint.missing_field",
        /// Not one of what is taken here.
        UnknownName { name: String } => Invalid "blueprint.unknown_name",
        UnknownNameNear { name: String, nearest: String } => Invalid "blueprint.unknown_name_near",
        /// A condition names a fact that there is none of.
        UnknownFact { name: String } => Invalid "blueprint.unknown_fact",
        UnknownFactNear { name: String, nearest: String } => Invalid "blueprint.unknown_fact_near",
        /// A condition that cannot be read; `message` is the parser's.
        ConditionSyntax { message: String } => Invalid "blueprint.condition_syntax",
        /// Both sides must be of one kind.
        SortsDiffer { left: String, right: String } => Invalid "blueprint.sorts_differ",
        WrongSort { wanted: String, found: String } => Invalid "blueprint.wrong_sort",
        /// Nothing a condition may be written with.
        NotUnderstood { what: String } => Invalid "blueprint.not_understood",
        NotACodeOf { value: String } => Invalid "blueprint.not_a_code_of",
        NotACodeOfNear { value: String, nearest: String } => Invalid "blueprint.not_a_code_of_near",
        Repeated { name: String } => Invalid "blueprint.repeated",
        NotACode { name: String } => Invalid "blueprint.not_a_code",
        NotANumber { value: String } => Invalid "blueprint.not_a_number",
        /// More are needed than there are.
        NeedTooMany { need: i64, most: i64 } => Invalid "blueprint.need_too_many",
        NoRoles => Invalid "blueprint.no_roles",
        StageGap { stage: i64 } => Invalid "blueprint.stage_gap",
        NotADuration { value: String } => Invalid "blueprint.not_a_duration",
        NoText { language: String } => Invalid "blueprint.no_text",
        TooMany { max: i64 } => Invalid "blueprint.too_many",
        /// An inquiry knows facts of its customer, its channel and the day.
        NotOfInquiry { name: String } => Invalid "blueprint.not_of_inquiry",
        /// The highest grade stands first.
        GradeOrder { grade: String } => Invalid "blueprint.grade_order",
        /// It would be given to everybody, and those behind it to nobody.
        GradeAsksNothing { grade: String } => Invalid "blueprint.grade_asks_nothing",
        /// Every customer has some grade.
        LastGradeAsks { grade: String } => Invalid "blueprint.last_grade_asks",
        /// The role `admin` keeps what it has.
        AdminLoses { permission: Detail } => Invalid "blueprint.admin_loses",
    }
}

/// Something wrong with the text of a blueprint.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
    /// Which part: `gate[2].require`.
    pub path: String,
    /// What.
    pub reason: Reason,
}

impl Mistake {
    /// For people.
    pub fn message(&self, language: Language) -> String {
        text(language, self.reason.code, &self.reason.details)
    }
}

impl Mistake {
    /// The JSON pointer of the field in the file, entries counted from 0: `/gate/1/require` for `gate[2].require`. Empty for the file as a whole.
    pub fn pointer(&self) -> String {
        if self.path.is_empty() {
            return String::new();
        }
        if let Some(limit) = self.path.strip_prefix("limits.") {
            return format!("/limits/{limit}");
        }
        let part = |part: &str| match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            Some((name, no)) => format!("/{name}/{}", no.parse::<usize>().unwrap_or(1).saturating_sub(1)),
            None => format!("/{part}"),
        };
        self.path.split('.').map(part).collect()
    }
}

/// The path of a field for people, entries counted from 1: `clock[1].escalation[2].role` for `/clock/0/escalation/1/role`.
pub(super) fn path_of(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        match part.parse::<usize>() {
            Ok(place) => path.push_str(&format!("[{}]", place + 1)),
            Err(_) => {
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(part);
            }
        }
    }
    path
}

/// Where texts of TOML are.
pub(super) struct Places<'a> {
    source: &'a str,
    file: Option<Spanned<DeTable<'a>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Places { source, file: DeTable::parse(source).ok() }
    }

    /// The byte at which the value at a JSON pointer begins, or the nearest table around it that is there.
    pub(super) fn of(&self, pointer: &str) -> usize {
        let mut parts = pointer.split('/').skip(1);
        let Some(file) = &self.file else { return 0 };
        let first = parts.next().unwrap_or_default();
        let mut here = file.get_ref().iter().find(|(key, _)| key.get_ref().as_ref() == first).map(|(_, value)| value);
        let mut byte = 0;
        while let Some(value) = here {
            byte = value.span().start;
            let Some(part) = parts.next() else { break };
            here = match value.get_ref() {
                DeValue::Table(table) => table.iter().find(|(key, _)| key.get_ref().as_ref() == part).map(|(_, value)| value),
                DeValue::Array(list) => part.parse().ok().and_then(|place: usize| list.get(place)),
                _ => None,
            };
        }
        byte
    }

    /// The mistake at this byte.
    pub(super) fn at(&self, byte: usize, path: impl Into<String>, reason: impl Into<Reason>) -> Mistake {
        let byte = self.source.floor_char_boundary(byte.min(self.source.len()));
        let before = &self.source[..byte];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Mistake { line, column, path: path.into(), reason: reason.into() }
    }

    /// The byte of character `chars` inside the string literal that begins at `byte`, where that literal is written plainly.
    pub(super) fn inside(&self, byte: usize, chars_in: usize) -> usize {
        let rest = self.source.get(byte..).unwrap_or_default();
        let quotes = if rest.starts_with("'''") || rest.starts_with("\"\"\"") { 3 } else { 1 };
        let newline = usize::from(quotes == 3 && rest[quotes..].starts_with('\n'));
        byte + quotes + newline + chars_in
    }
}

/// The known name that is nearest to one that is not, where one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = match name.chars().count() {
        0 | 1 => 0,
        2 | 3 => 1,
        length => (length / 3).clamp(2, 5),
    };
    let tail = |text: &'a str| text.rsplit('.').next().unwrap_or(text);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in known {
        // A name without its noun, `payable`, is near to the one with it.
        let distance = if tail(candidate) == name { 0 } else { distance(name, candidate) };
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// Edits between two texts (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

impl From<&Mistake> for Detail {
    fn from(mistake: &Mistake) -> Self {
        Self::Text(format!("{}:{}", mistake.line, mistake.column))
    }
}
