//! Worker profiles: what people can do, where, and how much of it a day.

use std::fmt;

use crate::codes::codes;
use crate::event::{Change, changes};
use crate::id::{UserId, Version};
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// Own people or others.
    WorkerKind in "worker.kind" {
        Own = "own",
        Contractor = "contractor",
    }
}

/// The highest level of a skill; 1 is the lowest.
pub const LEVEL_MAX: i64 = 5;

/// Skills with their levels, kept as a sorted comma list: `install:2,measure:4`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillLevels(String);

impl SkillLevels {
    /// Reads a comma list; what has no level has level 0.
    pub fn parse(list: &str) -> Self {
        let pair = |part: &str| {
            let (code, level) = part.split_once(':').unwrap_or((part, "0"));
            (code.trim().to_owned(), level.trim().parse().unwrap_or(0))
        };
        list.split(',').filter(|part| !part.trim().is_empty()).map(pair).collect()
    }

    /// The sorted comma list.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Each skill with its level, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        let parts = self.0.split(',').filter(|part| !part.is_empty());
        parts.map(|part| part.split_once(':').map_or((part, 0), |(code, level)| (code, level.parse().unwrap_or(0))))
    }

    /// The level of a skill; 0: none.
    pub fn level(&self, code: &str) -> i64 {
        self.iter().find(|(known, _)| *known == code).map_or(0, |(_, level)| level)
    }
}

impl FromIterator<(String, i64)> for SkillLevels {
    fn from_iter<I: IntoIterator<Item = (String, i64)>>(pairs: I) -> Self {
        let mut pairs: Vec<(String, i64)> = pairs.into_iter().filter(|(code, _)| !code.is_empty()).collect();
        pairs.sort();
        pairs.dedup_by(|a, b| a.0 == b.0);
        let parts: Vec<String> = pairs.iter().map(|(code, level)| format!("{code}:{level}")).collect();
        Self(parts.join(","))
    }
}

impl fmt::Display for SkillLevels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody tasks are sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Key: the user they are.
    pub user_id: UserId,
    /// Raised by every change.
    pub version: Version,
    /// Own or contractor.
    pub kind: WorkerKind,
    /// What they can do, 1 to 5.
    pub skills: SkillLevels,
    /// City they work in.
    pub city: String,
    /// District they start from.
    pub district: String,
    /// Minutes of work a day.
    pub capacity_minutes: i64,
    /// To call them.
    pub phone: String,
    /// Whether they are sent tasks.
    pub active: bool,
}

impl Worker {
    /// What is wrong with it, each at its field; the skills' codes are looked up by who keeps them.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        for (place, (_, level)) in self.skills.iter().enumerate() {
            let rule = FieldRule::OutOfRange { min: 1, max: LEVEL_MAX };
            check.that((1..=LEVEL_MAX).contains(&level), &format!("/skills/{place}/level"), rule);
        }
        check.optional(&self.city, 60, "/city");
        check.optional(&self.district, 60, "/district");
        check.phone(&self.phone, "/phone");
        let rule = FieldRule::OutOfRange { min: 0, max: 1440 };
        check.that((0..=1440).contains(&self.capacity_minutes), "/capacity_minutes", rule);
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "worker_kind": |worker| worker.kind,
            "skills": |worker| worker.skills.as_str().to_owned(),
            "city": |worker| worker.city.clone(),
            "district": |worker| worker.district.clone(),
            "capacity_minutes": |worker| worker.capacity_minutes,
            "phone": |worker| worker.phone.clone(),
            "active": |worker| worker.active,
        )
    }
}
