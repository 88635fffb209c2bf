//! Who should do a task: candidates ranked by skill, load, urgency of what they have, and place, each with its reasons.

use super::Worker;
use crate::date::Date;
use crate::id::UserId;
use crate::refusal::{Detail, Reason};

/// What a task asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Codes of the skills it needs, with their names for the reasons.
    pub skills: Vec<(String, String)>,
    /// Minutes it takes.
    pub minutes: i64,
    /// City it is done in; empty: anywhere.
    pub city: String,
    /// District of that city.
    pub district: String,
    /// Working days until it is due, at least 1.
    pub days: i64,
}

/// Somebody and what they have in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateFacts {
    /// Who.
    pub worker: Worker,
    /// Their name.
    pub name: String,
    /// Tasks in hand or on the desk.
    pub tasks: i64,
    /// Minutes of them that are left.
    pub all_minutes: i64,
    /// Minutes of those that are due before the task.
    pub minutes: i64,
    /// Those that are as urgent as the task, or more.
    pub urgent: i64,
    /// Last day of an absence that lasts on the day the task is due.
    pub absent_until: Option<Date>,
}

/// Somebody who may do it, and how well it fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Whether they have every skill and are there.
    pub fits: bool,
    /// Everything together, 0 to 100.
    pub score: i64,
    /// Points for skills, 0 to 40.
    pub skill: i64,
    /// Points for free time, 0 to 30.
    pub load: i64,
    /// Points for having nothing as urgent, 0 to 15.
    pub priority: i64,
    /// Points for being near, 0 to 15.
    pub place: i64,
    /// Why, in the order of weight.
    pub reasons: Vec<Reason>,
}

/// Points for skills at the most.
pub const SKILL_POINTS: i64 = 40;
/// Points for free time at the most.
pub const LOAD_POINTS: i64 = 30;
/// Points for having nothing as urgent at the most.
pub const PRIORITY_POINTS: i64 = 15;
/// Points for being near at the most.
pub const PLACE_POINTS: i64 = 15;

/// Points that each task as urgent costs.
const COLLISION: i64 = 5;
/// Points for the same city but another district.
const SAME_CITY: i64 = 10;

fn reason(code: &'static str, details: Vec<(&'static str, Detail)>) -> Reason {
    Reason { code, details }
}

/// Minutes as hours with a digit: 90 is `1.5`.
fn hours(minutes: i64) -> Detail {
    let tenths = (minutes * 10 + 30) / 60;
    Detail::Text(if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) })
}

fn skill(wanted: &Wanted, worker: &Worker, reasons: &mut Vec<Reason>) -> (i64, bool) {
    if wanted.skills.is_empty() {
        reasons.push(reason("candidate.any_skill", Vec::new()));
        return (SKILL_POINTS, true);
    }
    let (mut sum, mut all) = (0, true);
    for (code, name) in &wanted.skills {
        let level = worker.skills.level(code);
        let named = ("skill", Detail::Text(name.clone()));
        if level == 0 {
            all = false;
            reasons.push(reason("candidate.no_skill", vec![named]));
        } else {
            sum += level;
            reasons.push(reason("candidate.skill", vec![named, ("level", Detail::Int(level))]));
        }
    }
    let best = super::LEVEL_MAX * i64::try_from(wanted.skills.len()).unwrap_or(1);
    (SKILL_POINTS * sum / best, all)
}

fn load(wanted: &Wanted, facts: &CandidateFacts, reasons: &mut Vec<Reason>) -> i64 {
    if facts.tasks == 0 {
        reasons.push(reason("candidate.idle", Vec::new()));
    } else {
        let details = vec![("count", Detail::Int(facts.tasks)), ("hours", hours(facts.all_minutes))];
        reasons.push(reason("candidate.load", details));
    }
    let capacity = facts.worker.capacity_minutes * wanted.days.max(1);
    let busy = facts.minutes + wanted.minutes;
    if busy > capacity {
        reasons.push(reason("candidate.over", vec![("hours", hours(busy - capacity))]));
        return 0;
    }
    if capacity == 0 { LOAD_POINTS } else { LOAD_POINTS - LOAD_POINTS * busy / capacity }
}

fn place(wanted: &Wanted, worker: &Worker, reasons: &mut Vec<Reason>) -> i64 {
    if wanted.city.is_empty() {
        return PLACE_POINTS;
    }
    let (code, points) = if wanted.city != worker.city {
        ("candidate.other_city", 0)
    } else if wanted.district.is_empty() || wanted.district == worker.district {
        (if wanted.district.is_empty() { "candidate.same_city" } else { "candidate.same_district" }, PLACE_POINTS)
    } else {
        ("candidate.same_city", SAME_CITY)
    };
    reasons.push(reason(code, Vec::new()));
    points
}

fn judge(wanted: &Wanted, facts: CandidateFacts) -> Candidate {
    let mut reasons = Vec::new();
    let (skill, able) = skill(wanted, &facts.worker, &mut reasons);
    let load = load(wanted, &facts, &mut reasons);
    let priority = (PRIORITY_POINTS - COLLISION * facts.urgent).max(0);
    if facts.urgent > 0 {
        reasons.push(reason("candidate.urgent", vec![("count", Detail::Int(facts.urgent))]));
    }
    let place = place(wanted, &facts.worker, &mut reasons);
    if let Some(day) = facts.absent_until {
        reasons.insert(0, reason("candidate.absent", vec![("date", Detail::Date(day))]));
    }
    let fits = able && facts.absent_until.is_none();
    let score = skill + load + priority + place;
    Candidate { user_id: facts.worker.user_id, name: facts.name, fits, score, skill, load, priority, place, reasons }
}

/// Ranks who could do it: those who fit first, those who are away last, then by points; the same points by who has less, then by name.
///
/// Source: TSK-01
pub fn candidates(wanted: &Wanted, facts: Vec<CandidateFacts>) -> Vec<Candidate> {
    let mut all: Vec<((bool, i64), Candidate)> =
        facts.into_iter().map(|facts| ((facts.absent_until.is_some(), facts.minutes), judge(wanted, facts))).collect();
    all.sort_by(|((a_away, a_minutes), a), ((b_away, b_minutes), b)| {
        (a_away, !a.fits, -a.score, a_minutes, &a.name, a.user_id).cmp(&(b_away, !b.fits, -b.score, b_minutes, &b.name, b.user_id))
    });
    all.into_iter().map(|(_, candidate)| candidate).collect()
}
