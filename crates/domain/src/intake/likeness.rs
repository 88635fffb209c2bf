//! How alike what is said and what a product or customer is called are: by words, sizes, sound and spelling.

use pinyin::ToPinyin;

use super::folded::{fold_all, is_han, phrase_key};

/// A piece of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Two Chinese characters (one where there is but one), a word, or a size such as `24v`.
    pub text: String,
    /// Whether digits are in it.
    pub size: bool,
    /// How it is spoken, for Chinese; else empty.
    pub sound: String,
}

impl Piece {
    fn weight(&self) -> f64 {
        if self.size {
            1.5
        } else if self.text.chars().any(is_han) && self.text.chars().count() < 2 {
            0.5
        } else {
            1.0
        }
    }
}

/// Words of other regions and what they are called here.
const SAME: &[(&str, &str)] = &[
    ("模组", "模块"),
    ("纸皮箱", "纸箱"),
    ("印表机", "打印机"),
    ("影印纸", "复印纸"),
    ("胶布", "胶带"),
    ("螺钉", "螺丝"),
    ("螺帽", "螺母"),
    ("栈板", "托盘"),
    ("卡板", "托盘"),
    ("不干胶标签", "不干胶"),
];

/// How a measure in Chinese is abbreviated.
const MEASURES: &[(&str, &str)] = &[
    ("毫米", "mm"),
    ("厘米", "cm"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("克", "g"),
    ("伏", "v"),
    ("安", "a"),
    ("瓦", "w"),
    ("号", "号"),
    ("寸", "寸"),
    ("吨", "吨"),
    ("层", "层"),
];

/// How a text is spoken, Chinese only.
pub(super) fn sound(text: &str) -> String {
    text.chars().filter_map(|letter| letter.to_pinyin()).map(|sound| sound.plain()).collect()
}

/// The pieces of a name, as they are compared.
pub(super) fn pieces(name: &str) -> Vec<Piece> {
    let mut folded: String = fold_all(name).into_iter().collect();
    for (other, usual) in SAME {
        if folded.contains(other) {
            folded = folded.replace(other, usual);
        }
    }
    let chars: Vec<char> = folded.chars().collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |text: String, size: bool| {
        if pieces.iter().all(|piece| piece.text != text) && pieces.len() < 60 {
            let sound = sound(&text);
            pieces.push(Piece { text, size, sound });
        }
    };
    let mut place = 0;
    while place < chars.len() {
        let letter = chars[place];
        if is_han(letter) {
            let end = (place..chars.len()).find(|place| !is_han(chars[*place])).unwrap_or(chars.len());
            if end - place == 1 {
                add(letter.to_string(), false);
            }
            for start in place..end.saturating_sub(1) {
                add(chars[start..start + 2].iter().collect(), false);
            }
            place = end;
        } else if letter.is_ascii_alphanumeric() {
            let (text, size, end) = atom(&chars, place);
            add(text, size);
            place = end;
        } else if letter.is_alphanumeric() {
            let end = (place..chars.len())
                .find(|place| !chars[*place].is_alphanumeric() || chars[*place].is_ascii_alphanumeric())
                .unwrap_or(chars.len());
            add(chars[place..end].iter().collect(), false);
            place = end;
        } else {
            place += 1;
        }
    }
    pieces
}

/// A word or a size: letters, then digits, then letters; `x` between digits stands between two.
fn atom(chars: &[char], start: usize) -> (String, bool, usize) {
    let at = |place: usize| chars.get(place).copied().unwrap_or(' ');
    let mut place = start;
    while at(place).is_ascii_alphabetic() {
        place += 1;
    }
    if !at(place).is_ascii_digit() {
        return (chars[start..place].iter().collect(), false, place);
    }
    while at(place).is_ascii_digit() || (at(place) == '.' && at(place + 1).is_ascii_digit()) {
        place += 1;
    }
    let mut text: String = chars[start..place].iter().collect();
    if at(place) == 'x' && at(place + 1).is_ascii_digit() {
        return (text, true, place + 1);
    }
    let rest: String = chars[place..chars.len().min(place + 2)].iter().collect();
    if let Some((word, short)) = MEASURES.iter().find(|(word, _)| rest.starts_with(word)) {
        text.push_str(short);
        return (text, true, place + word.chars().count());
    }
    while at(place).is_ascii_alphabetic() && !(at(place) == 'x' && at(place + 1).is_ascii_digit()) {
        text.push(at(place));
        place += 1;
    }
    (text, true, place)
}

/// The number a size begins with, after its letters: `1.5` of `1.5mm`.
fn number(size: &str) -> &str {
    let start = size.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    let rest = &size[start..];
    &rest[..rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len())]
}

/// A name taken apart, to be compared with much that is said.
#[derive(Clone, Debug)]
pub(super) struct Name {
    name: Vec<Piece>,
    all: Vec<Piece>,
    key: String,
    sound: String,
    initials: String,
}

impl Name {
    /// `more` is what belongs to it beside its name: a specification.
    pub(super) fn of(name: &str, more: &str) -> Self {
        let folded: String = fold_all(name).into_iter().collect();
        let initials = folded.chars().filter_map(|letter| letter.to_pinyin()).map(|sound| sound.first_letter()).collect();
        let all = pieces(&format!("{name} {more}"));
        Self { name: pieces(name), all, key: phrase_key(&format!("{name}{more}")), sound: sound(&folded), initials }
    }

    /// How much of a piece that is said is in the name: 0 to 1.
    fn has(&self, said: &Piece) -> f64 {
        if self.all.iter().any(|piece| piece.text == said.text) {
            return 1.0;
        }
        if said.size {
            let close = |piece: &&Piece| piece.size && number(&piece.text) == number(&said.text) && (bare(&piece.text) || bare(&said.text));
            if self.all.iter().any(|piece| close(&piece)) {
                return 0.85;
            }
            return if said.text.len() >= 3 && !bare(&said.text) && self.key.contains(&said.text) { 0.9 } else { 0.0 };
        }
        if !said.sound.is_empty() {
            if said.text.chars().count() == 1 {
                return if self.key.contains(&said.text) { 0.8 } else { 0.0 };
            }
            return if self.all.iter().any(|piece| piece.sound == said.sound) { 0.85 } else { 0.0 };
        }
        self.has_word(&said.text)
    }

    fn has_word(&self, word: &str) -> f64 {
        let long = word.len() >= 4;
        if long && self.sound.contains(word) {
            return 0.92;
        }
        if word.len() >= 3 && self.initials.contains(word) {
            return 0.75;
        }
        let words = self.all.iter().filter(|piece| !piece.size && piece.sound.is_empty());
        let best = words.map(|piece| {
            let (short, longer) = if piece.text.len() < word.len() { (piece.text.as_str(), word) } else { (word, piece.text.as_str()) };
            if short.len() >= 3 && longer.starts_with(short) && longer.len() - short.len() <= 2 {
                return 0.95;
            }
            let like = if long { strsim::normalized_damerau_levenshtein(&piece.text, word) } else { 0.0 };
            if like >= 0.7 { like * 0.9 } else { 0.0 }
        });
        best.fold(0.0, f64::max)
    }

    /// How alike what is said is: 0 to 1. What is said and not in the name counts against it three times as much as what is left unsaid.
    pub(super) fn likeness(&self, said: &[Piece]) -> f64 {
        let whole: f64 = said.iter().map(Piece::weight).sum();
        if whole <= 0.0 || self.name.is_empty() {
            return 0.0;
        }
        let there: f64 = said.iter().map(|piece| piece.weight() * self.has(piece)).sum();
        let named: f64 = self.name.iter().map(Piece::weight).sum();
        let said_of: f64 =
            self.name.iter().map(|piece| piece.weight() * said.iter().map(|one| alike(one, piece)).fold(0.0, f64::max)).sum();
        0.75 * (there / whole) + 0.25 * (said_of / named)
    }
}

fn bare(size: &str) -> bool {
    size.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

/// Whether a piece of a name was said.
fn alike(said: &Piece, piece: &Piece) -> f64 {
    if said.text == piece.text {
        1.0
    } else if (!said.sound.is_empty() && said.sound == piece.sound)
        || (said.size && piece.size && number(&said.text) == number(&piece.text) && (bare(&said.text) || bare(&piece.text)))
    {
        0.85
    } else if !said.size && !piece.size && said.text.len() >= 4 && strsim::normalized_damerau_levenshtein(&said.text, &piece.text) >= 0.7 {
        0.8
    } else if said.text.len() >= 6 && !piece.sound.is_empty() && said.text.contains(&piece.sound) {
        0.9
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words_and_sizes() {
        let check = |name: &str, expected: &str| {
            let found: Vec<String> = pieces(name).into_iter().map(|piece| piece.text).collect();
            assert_eq!(found.join(" "), expected, "{name}");
        };
        check("电源模块 24V/10A", "电源 源模 模块 24v 10a");
        check("電源模組24V10A", "电源 源模 模块 24v 10a");
        check("不锈钢螺丝 M8×30", "不锈 锈钢 钢螺 螺丝 m8 30");
        check("157克铜版纸", "157g 铜版 版纸");
        check("787×1092mm 500张", "787 1092mm 500 张");
        check("5号 三层", "5号 三层");
    }

    #[test]
    fn the_likest_name_is_the_one_that_is_meant() {
        let names = [
            "双胶纸 70g",
            "双胶纸 80g",
            "铜版纸 128g",
            "电源模块 24V/10A",
            "冷轧钢板 1.5mm",
            "Sir Rodney's Scones",
            "Sir Rodney's Marmalade",
            "封箱胶带 透明",
        ];
        let check = |said: &str, expected: &str| {
            let said = pieces(said);
            let best = names.iter().max_by(|a, b| Name::of(a, "").likeness(&said).total_cmp(&Name::of(b, "").likeness(&said)));
            assert_eq!(best, Some(&expected));
        };
        check("80g双胶纸", "双胶纸 80g");
        check("70克的双胶", "双胶纸 70g");
        check("冷扎钢板1.5", "冷轧钢板 1.5mm");
        check("rodneys scone", "Sir Rodney's Scones");
        check("fengxiangjiaodai", "封箱胶带 透明");
        check("dymk 24v10a", "电源模块 24V/10A");
    }
}
