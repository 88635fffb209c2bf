//! Customers that may be the same one: what they are known by, how alike two of them are and why (PTY-03).

use std::collections::BTreeSet;

use pinyin::ToPinyin;

use crate::codes::codes;
use crate::customer::{Customer, CustomerAddress, CustomerContact, CustomerRejection};
use crate::id::{CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::intake::{fold_name, phrase_key};
use crate::phone::phone_keys;
use crate::refusal::FieldError;

codes! {
    /// By what a customer is found to be another one.
    SameAs in "same_as" {
        CreditCode = "credit_code",
        Name = "name",
        Phone = "phone",
    }
}

codes! {
    /// What a key of a customer is made of.
    KeyKind in "customer_key" {
        CreditCode = "credit_code",
        /// The name without the form and the seat of the company.
        Name = "name",
        /// The same from its end.
        Tail = "tail",
        /// The same as it is spoken.
        Sound = "sound",
        Phone = "phone",
    }
}

codes! {
    /// How far the search for doubles of a customer has come.
    CheckState in "customer_check" {
        /// Its keys are to be made.
        Due = "due",
        /// Its keys are there; it is to be compared.
        Fresh = "fresh",
        Done = "done",
    }
}

codes! {
    /// What people say of two customers that look like one.
    PairState in "pair_state" {
        Open = "open",
        /// They are two.
        Distinct = "distinct",
        /// They were one, and their files are.
        Merged = "merged",
    }
}

/// Something a customer is found by, kept beside it so that an index finds it among a million.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerKey {
    /// Whose.
    pub customer_id: CustomerId,
    /// Place among its keys, from 1.
    pub no: i64,
    /// Of what it is made.
    pub kind: KeyKind,
    /// The key.
    pub key: String,
}

/// How far the search for doubles of a customer has come; versioned, so that its keys are those of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerCheck {
    /// Whose.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// How far.
    pub state: CheckState,
}

/// Two customers that look like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPair {
    /// The one that was there first.
    pub customer_id: CustomerId,
    /// The other one.
    pub other_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// How alike, in percent.
    pub score: i64,
    /// How alike their names are, in percent.
    pub name_score: i64,
    /// By what: codes of [`SameAs`] with commas between.
    pub reasons: String,
    /// What people say of it.
    pub state: PairState,
    /// Why they are two.
    pub note: String,
    /// Who said so.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<Instant>,
    /// When it was found.
    pub found_at: Instant,
}

/// From here on two customers are worth a look.
pub const WORTH_A_LOOK: i64 = 70;

/// From here on a second file is opened only with a reason: the same name, or one very like it. The same phone alone is only shown, since one
/// person often buys for several companies.
pub const NEEDS_A_REASON: i64 = 85;

/// Names of provinces and large cities, which say where a company sits and not which it is.
const SEATS: &str = "北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 \
    台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 杭州 宁波 温州 嘉兴 绍兴 金华 义乌 台州 湖州 南京 苏州 无锡 常州 南通 徐州 扬州 镇江 昆山 广州 深圳 东莞 佛山 \
    中山 珠海 惠州 汕头 厦门 福州 泉州 成都 武汉 长沙 郑州 西安 济南 青岛 烟台 潍坊 临沂 合肥 芜湖 南昌 石家庄 太原 沈阳 大连 长春 哈尔滨 昆明 贵阳 南宁 海口 \
    兰州 西宁 银川 乌鲁木齐 拉萨 呼和浩特 中国";

/// What follows the name of a seat.
const SEAT_ENDS: [&str; 5] = ["特别行政区", "自治区", "省", "市", ""];

/// Forms of companies, the longest first.
const FORMS: [&str; 12] = [
    "集团股份有限公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "控股有限公司",
    "有限公司",
    "股份公司",
    "集团公司",
    "总公司",
    "公司",
    "集团",
    "商行",
];

/// Forms of companies in Latin letters, as words at the end of a name.
const LATIN_FORMS: [&str; 24] = [
    "co",
    "company",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "llc",
    "llp",
    "lp",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "sa",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "pte",
    "pty",
];

/// A name as it is compared: narrow, lower case, simplified, without the form of the company and its seat.
pub fn name_key(name: &str) -> String {
    let folded = fold_name(name);
    let mut words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| LATIN_FORMS.contains(word)) {
        words.pop();
    }
    if words.len() > 1 {
        let kept: Vec<&str> = words.iter().copied().filter(|word| !is_seat(word)).collect();
        if !kept.is_empty() {
            words = kept;
        }
    }
    let mut key = words.concat();
    loop {
        let shorter = without_form(&key).or_else(|| without_seat(&key)).map(str::to_owned);
        match shorter {
            Some(shorter) => key = shorter,
            None => return key.chars().take(60).collect(),
        }
    }
}

fn is_seat(word: &str) -> bool {
    without_seat(&format!("{word}口口")).is_some_and(|rest| rest == "口口")
}

/// Nothing where too little would be left: a company may be called after its town.
fn long_enough(rest: &str) -> bool {
    rest.chars().count() >= 2
}

fn without_form(key: &str) -> Option<&str> {
    FORMS.iter().find_map(|form| key.strip_suffix(form)).filter(|rest| long_enough(rest))
}

fn without_seat(key: &str) -> Option<&str> {
    let seat = SEATS.split_whitespace().find(|seat| key.starts_with(seat))?;
    let rest = &key[seat.len()..];
    let ends = SEAT_ENDS.iter().find_map(|end| rest.strip_prefix(end))?;
    Some(ends).filter(|rest| long_enough(rest))
}

/// A key as it is spoken.
fn sound_key(key: &str) -> String {
    let mut sound = String::new();
    for letter in key.chars() {
        match letter.to_pinyin() {
            Some(spoken) => sound.push_str(spoken.plain()),
            None => sound.push(letter),
        }
    }
    sound
}

/// What is known of a customer, or typed of a new one, by which it is compared with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Unified social credit code, or empty.
    pub credit_code: String,
    /// The whole name as it is compared.
    pub whole: String,
    /// The name without form and seat.
    pub name: String,
    /// What people call it, as it is compared.
    pub short: String,
    /// What it was called in files that were merged into it, as it is compared.
    pub former: Vec<String>,
    /// Phones of its people and addresses, by [`phone_keys`].
    pub phones: BTreeSet<String>,
}

impl Profile {
    /// Of these words.
    pub fn of<'a>(name: &str, short_name: &str, credit_code: &str, phones: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            credit_code: credit_code.trim().to_ascii_uppercase(),
            whole: phrase_key(name),
            name: name_key(name),
            short: name_key(short_name),
            former: Vec::new(),
            phones: phones.into_iter().flat_map(phone_keys).take(40).collect(),
        }
    }

    /// Of a file.
    pub fn of_file(customer: &Customer, contacts: &[CustomerContact], addresses: &[CustomerAddress]) -> Self {
        let phones = contacts.iter().map(|contact| contact.phone.as_str()).chain(addresses.iter().map(|address| address.phone.as_str()));
        let former = customer.formerly().map(|(_, name)| name_key(name)).filter(|name| !name.is_empty()).take(20).collect();
        Self { former, ..Self::of(&customer.name, &customer.short_name, &customer.credit_code, phones) }
    }

    /// The keys it is found by, in a certain order.
    pub fn keys(&self, customer_id: CustomerId) -> Vec<CustomerKey> {
        let mut keys: Vec<(KeyKind, String)> = Vec::new();
        if !self.credit_code.is_empty() {
            keys.push((KeyKind::CreditCode, self.credit_code.clone()));
        }
        for name in [&self.name, &self.short].into_iter().chain(&self.former) {
            if !name.is_empty() && !keys.contains(&(KeyKind::Name, name.clone())) {
                keys.push((KeyKind::Name, name.clone()));
            }
        }
        if !self.name.is_empty() {
            keys.push((KeyKind::Tail, reversed(&self.name)));
            keys.push((KeyKind::Sound, sound_key(&self.name)));
        }
        keys.extend(self.phones.iter().map(|phone| (KeyKind::Phone, phone.clone())));
        keys.into_iter().zip(1..).map(|((kind, key), no)| CustomerKey { customer_id, no, kind, key }).collect()
    }

    /// Where to look for customers like it: exact keys, and beginnings of keys. A letter that is wrong is in one half of the name or the other, so
    /// that one of the halves is found as it is.
    pub fn clues(&self) -> Clues {
        let exact = self.keys(CustomerId::NONE).into_iter().map(|key| (key.kind, key.key)).collect();
        let letters = self.name.chars().count();
        let mut beginnings = Vec::new();
        if letters >= 4 {
            beginnings.push((KeyKind::Name, self.name.chars().take(letters / 2).collect()));
            beginnings.push((KeyKind::Tail, self.name.chars().rev().take(letters - letters / 2).collect()));
        } else if letters >= 2 {
            beginnings.push((KeyKind::Name, self.name.clone()));
            beginnings.push((KeyKind::Tail, reversed(&self.name)));
        }
        Clues { exact, beginnings }
    }

    /// How alike two are, where they are worth a look.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let mut reasons = Vec::new();
        if !self.credit_code.is_empty() && self.credit_code == other.credit_code {
            reasons.push(SameAs::CreditCode);
        }
        let name_score = self.name_score(other);
        if name_score >= WORTH_A_LOOK {
            reasons.push(SameAs::Name);
        }
        if self.phones.intersection(&other.phones).next().is_some() {
            reasons.push(SameAs::Phone);
        }
        let score = if reasons.contains(&SameAs::CreditCode) {
            100
        } else if reasons.contains(&SameAs::Phone) {
            if name_score >= 60 { name_score.max(95) } else { WORTH_A_LOOK }
        } else {
            name_score
        };
        (score >= WORTH_A_LOOK).then_some(Likeness { score, name_score, reasons })
    }

    /// How alike the names are, in percent.
    fn name_score(&self, other: &Self) -> i64 {
        if !self.whole.is_empty() && self.whole == other.whole {
            return 100;
        }
        let pairs = [(&self.name, &other.name), (&self.name, &other.short), (&self.short, &other.name)];
        let former = self.former.iter().map(|one| (one, &other.name)).chain(other.former.iter().map(|one| (&self.name, one)));
        pairs.into_iter().chain(former).map(|(one, other)| alike(one, other)).max().unwrap_or(0)
    }
}

/// Where to look for customers that may be the same one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clues {
    /// Keys as they are.
    pub exact: Vec<(KeyKind, String)>,
    /// How keys begin.
    pub beginnings: Vec<(KeyKind, String)>,
}

/// How alike two customers are, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// In percent.
    pub score: i64,
    /// Of their names, in percent.
    pub name_score: i64,
    /// By what.
    pub reasons: Vec<SameAs>,
}

impl Likeness {
    /// The codes of the reasons, with commas between.
    pub fn reason_codes(&self) -> String {
        self.reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join(",")
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// How alike two names without form and seat are, in percent. Numbers tell companies apart: 第一机械 is not 第二机械.
fn alike(one: &str, other: &str) -> i64 {
    if one.is_empty() || other.is_empty() {
        return 0;
    }
    if one == other {
        return 98;
    }
    let like = strsim::normalized_damerau_levenshtein(one, other);
    let spoken = sound_key(one) == sound_key(other);
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let (few, many) = (short.chars().count(), long.chars().count());
    let part = if few >= 3 && long.contains(short) { 0.6 + 0.4 * ratio(few, many) } else { 0.0 };
    let best = like.max(part).max(if spoken { 0.95 } else { 0.0 });
    let best = if numbers(one) == numbers(other) { best } else { best * 0.6 };
    percent(best)
}

#[allow(clippy::cast_precision_loss)] // Names are short.
fn ratio(few: usize, many: usize) -> f64 {
    few as f64 / many as f64
}

#[allow(clippy::cast_possible_truncation)] // Between 0 and 100.
fn percent(share: f64) -> i64 {
    (share * 100.0).floor() as i64
}

/// The digits of a name, Chinese ones too, and single Latin letters beside Chinese.
fn numbers(name: &str) -> String {
    let latin = |letter: char| letter.is_ascii_alphabetic();
    let letters: Vec<char> = name.chars().collect();
    let alone = |place: usize| {
        let beside = |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(|letter| latin(*letter));
        latin(letters[place]) && !beside(place.checked_sub(1)) && !beside(Some(place + 1))
    };
    let number =
        |place: &usize| letters[*place].is_numeric() || "一二三四五六七八九十甲乙丙丁东南西北".contains(letters[*place]) || alone(*place);
    (0..letters.len()).filter(number).map(|place| letters[place]).collect()
}

/// A customer that may be the one that is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Which.
    pub customer_id: CustomerId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it may order.
    pub active: bool,
    /// How alike, and why.
    pub likeness: Likeness,
}

/// What is wrong with a file that is like others: very like ones need a reason to be kept apart, at `/duplicate_reason`. Those with the same credit
/// code are left out: they are the same one whatever is said.
pub fn check_similar(similar: &[Similar], reason: &str) -> Option<FieldError> {
    let asks = |one: &&Similar| one.likeness.score >= NEEDS_A_REASON && !one.likeness.reasons.contains(&SameAs::CreditCode);
    let first = similar.iter().filter(asks).max_by_key(|one| one.likeness.score)?;
    let rule = CustomerRejection::LooksLike { customer: first.name.clone(), code: first.code.clone(), score: first.likeness.score };
    reason.trim().is_empty().then(|| FieldError::new("/duplicate_reason", rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_form_and_seat() {
        let check = |name: &str, expected: &str| assert_eq!(name_key(name), expected, "{name}");
        for name in [
            "杭州明华印务有限公司",
            "浙江省杭州市明华印务股份有限公司",
            "明华印务",
            "明華印務（杭州）有限公司",
            "明华（上海）印务有限责任公司",
        ] {
            check(name, "明华印务");
        }
        check("ＡＣＭＥ Trading Co., Ltd.", "acmetrading");
        check("Acme Trading Company Limited", "acmetrading");
        check("上海公司", "上海");
        check("中国石化", "石化");
        check("!!", "");
    }

    fn profile(name: &str, credit_code: &str, phone: &str) -> Profile {
        Profile::of(name, "", credit_code, [phone])
    }

    #[test]
    fn how_alike_two_are_and_why() {
        let check = |one: &str, other: &str, expected: Option<i64>| {
            let found = profile(one, "", "").likeness(&profile(other, "", ""));
            assert_eq!(found.map(|likeness| likeness.score), expected, "{one} {other}");
        };
        check("杭州明华印务有限公司", "杭州明华印务有限公司", Some(100));
        check("杭州明华印务有限公司", "明華印務", Some(98));
        check("明华印务", "鸣华印务", Some(95));
        check("明华彩色印务", "明华彩印", None);
        check("新雅包装制品", "新雅包装", Some(86));
        check("新雅包装材料厂", "新雅包妆材料厂", Some(95));
        check("新雅包装材料厂", "新雅包袋材料厂", Some(85));
        check("第一机械厂", "第二机械厂", None);
        check("测试客户001", "测试客户002", None);
        check("客户A", "客户B", None);
        check("甲", "乙", None);
        check("Acme Trading Co Ltd", "ACME Tradings Inc", Some(96));
    }

    #[test]
    fn credit_code_and_phone_are_reasons_of_their_own() {
        let likeness = |one: &Profile, other: &Profile| one.likeness(other).map(|found| (found.score, found.reason_codes()));
        let one = profile("明华印务", "91330100799655058B", "13800138000");
        assert_eq!(likeness(&one, &profile("别的名称", "91330100799655058b", "")), Some((100, "credit_code".to_owned())));
        assert_eq!(likeness(&one, &profile("别的名称", "", "+86 138-0013-8000")), Some((70, "phone".to_owned())));
        assert_eq!(likeness(&one, &profile("明华印刷", "", "138 0013 8000")), Some((95, "name,phone".to_owned())));
        assert_eq!(likeness(&one, &profile("别的名称", "", "")), None);
    }

    #[test]
    fn a_wrong_letter_leaves_one_half_as_it_is() {
        let names = ["新雅包装材料", "新雅包装材", "新亚包装材料", "新雅包装资料", "雅包装材料", "新雅包装的材料"];
        let right = profile(names[0], "", "");
        for name in names {
            let clues = profile(name, "", "").clues();
            let found = right.keys(CustomerId::NONE).iter().any(|key| {
                clues.exact.contains(&(key.kind, key.key.clone()))
                    || clues.beginnings.iter().any(|(kind, begin)| *kind == key.kind && key.key.starts_with(begin))
            });
            assert!(found, "{name}");
        }
    }

    #[test]
    fn what_is_very_like_needs_a_reason() {
        let similar = |score| Similar {
            customer_id: CustomerId::from_raw(7),
            code: "C1".to_owned(),
            name: "明华印务".to_owned(),
            active: true,
            likeness: Likeness { score, name_score: score, reasons: vec![SameAs::Name] },
        };
        assert_eq!(check_similar(&[similar(84)], ""), None);
        let error = check_similar(&[similar(84), similar(92)], " ").unwrap();
        assert_eq!((error.pointer.as_str(), error.code), ("/duplicate_reason", "customer.looks_like"));
        assert_eq!(check_similar(&[similar(92)], "分公司"), None);
    }
}
