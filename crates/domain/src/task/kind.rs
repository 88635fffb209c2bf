//! Kinds of tasks and the skills they need: a company's own lists.

use super::{PRIORITY_MAX, STEPS_MAX};
use crate::codes::Codes;
use crate::event::{Change, changes};
use crate::id::Version;
use crate::language::Language;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

/// Something people can do well or less well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Key.
    pub code: String,
    /// Raised by every change.
    pub version: Version,
    /// Name in Simplified Chinese.
    pub name_zh_cn: String,
    /// Name in Traditional Chinese.
    pub name_zh_tw: String,
    /// Name in English.
    pub name_en: String,
    /// Whether new tasks may ask for it.
    pub active: bool,
}

/// A kind of task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskKind {
    /// Key.
    pub code: String,
    /// Raised by every change.
    pub version: Version,
    /// Name in Simplified Chinese.
    pub name_zh_cn: String,
    /// Name in Traditional Chinese.
    pub name_zh_tw: String,
    /// Name in English.
    pub name_en: String,
    /// Codes of the skills it needs.
    pub skills: Codes,
    /// Role whose members may take it from the pool; empty: whoever may work on tasks.
    pub role: String,
    /// Minutes it takes as a rule.
    pub planned_minutes: i64,
    /// Hours from its making until it is due; 0: no limit.
    pub due_hours: i64,
    /// Urgency of a new one, 1 to 4.
    pub priority: i64,
    /// Steps without which it cannot be delivered, one a line.
    pub checklist: String,
    /// Whether new ones may be made by people.
    pub active: bool,
}

fn name_in<'a>(language: Language, zh_cn: &'a str, zh_tw: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::ZhCn => zh_cn,
        Language::ZhTw => zh_tw,
        Language::En => en,
    }
}

impl Skill {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        name_in(language, &self.name_zh_cn, &self.name_zh_tw, &self.name_en)
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        list_code(&mut check, &self.code);
        check.required(&self.name_zh_cn, 60, "/name/zh-CN");
        check.required(&self.name_zh_tw, 60, "/name/zh-TW");
        check.required(&self.name_en, 60, "/name/en");
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |skill| skill.name_zh_cn.clone(),
            "name_zh_tw": |skill| skill.name_zh_tw.clone(),
            "name_en": |skill| skill.name_en.clone(),
            "active": |skill| skill.active,
        )
    }
}

impl TaskKind {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        name_in(language, &self.name_zh_cn, &self.name_zh_tw, &self.name_en)
    }

    /// The steps of the checklist.
    pub fn checklist(&self) -> impl Iterator<Item = &str> {
        self.checklist.lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// What is wrong with it, each at its field; skills and role are looked up by who keeps them.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        list_code(&mut check, &self.code);
        check.required(&self.name_zh_cn, 60, "/name/zh-CN");
        check.required(&self.name_zh_tw, 60, "/name/zh-TW");
        check.required(&self.name_en, 60, "/name/en");
        let mut range = |value: i64, min: i64, max: i64, pointer: &str| {
            check.that((min..=max).contains(&value), pointer, FieldRule::OutOfRange { min, max });
        };
        range(self.planned_minutes, 0, 100_000, "/planned_minutes");
        range(self.due_hours, 0, 10_000, "/due_hours");
        range(self.priority, 1, PRIORITY_MAX, "/priority");
        let max = i64::try_from(STEPS_MAX).unwrap_or(i64::MAX);
        check.that(self.checklist().count() <= STEPS_MAX, "/checklist", FieldRule::TooMany { max });
        for (place, step) in self.checklist().enumerate() {
            check.optional(step, 200, &format!("/checklist/{place}"));
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |kind| kind.name_zh_cn.clone(),
            "name_zh_tw": |kind| kind.name_zh_tw.clone(),
            "name_en": |kind| kind.name_en.clone(),
            "skills": |kind| kind.skills.clone(),
            "pool_role": |kind| kind.role.clone(),
            "planned_minutes": |kind| kind.planned_minutes,
            "due_hours": |kind| kind.due_hours,
            "priority": |kind| kind.priority,
            "required_steps": |kind| kind.checklist.clone(),
            "active": |kind| kind.active,
        )
    }
}

/// Codes of these lists stand in comma lists with colons.
fn list_code(check: &mut FieldCheck, code: &str) {
    check.code(code, "/code");
    check.that(!code.contains([',', ':']), "/code", FieldRule::NotACode);
}

/// The skills a new company starts with.
pub fn default_skills() -> Vec<Skill> {
    let skill = |(code, zh_cn, zh_tw, en): (&str, &str, &str, &str)| Skill {
        code: code.to_owned(),
        version: Version::FIRST,
        name_zh_cn: zh_cn.to_owned(),
        name_zh_tw: zh_tw.to_owned(),
        name_en: en.to_owned(),
        active: true,
    };
    [
        ("measure", "量尺", "丈量", "Measuring"),
        ("install", "安装", "安裝", "Installation"),
        ("call", "客户沟通", "客戶溝通", "Customer calls"),
    ]
    .map(skill)
    .into()
}

/// A standard kind: code, three names, skill, role, minutes, hours, priority, checklist.
type Standard<'a> = (&'a str, [&'a str; 3], &'a str, &'a str, [i64; 3], &'a str);

const STANDARD: &[Standard<'_>] = &[
    (
        "measure",
        ["上门量尺", "到府丈量", "Measure on site"],
        "measure",
        "after_sales",
        [120, 48, 2],
        "与客户约好上门时间\n现场测量并拍照\n尺寸请客户签字确认",
    ),
    (
        "install",
        ["上门安装", "到府安裝", "Installation"],
        "install",
        "after_sales",
        [240, 72, 2],
        "核对到货数量\n安装并清理现场\n请客户验收签字",
    ),
    (
        "exchange",
        ["换货处理", "換貨處理", "Exchange of goods"],
        "",
        "after_sales",
        [60, 24, 1],
        "核实破损数量并拍照\n换货发出\n客户确认收到",
    ),
    ("backfill", ["补齐凭证", "補齊憑證", "Supply evidence"], "", "", [30, 24, 2], "上传凭证"),
    ("call_customer", ["联系客户", "聯絡客戶", "Call the customer"], "call", "after_sales", [20, 24, 3], ""),
    ("expedite", ["催办", "催辦", "Expedite"], "", "customer_service", [15, 4, 1], ""),
];

/// The kinds a new company starts with.
pub fn default_task_kinds() -> Vec<TaskKind> {
    let kind = |(code, [zh_cn, zh_tw, en], skill, role, [minutes, hours, priority], checklist): &Standard<'_>| TaskKind {
        code: (*code).to_owned(),
        version: Version::FIRST,
        name_zh_cn: (*zh_cn).to_owned(),
        name_zh_tw: (*zh_tw).to_owned(),
        name_en: (*en).to_owned(),
        skills: Codes::parse(skill),
        role: (*role).to_owned(),
        planned_minutes: *minutes,
        due_hours: *hours,
        priority: *priority,
        checklist: (*checklist).to_owned(),
        active: true,
    };
    STANDARD.iter().map(kind).collect()
}
