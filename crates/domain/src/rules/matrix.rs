//! The approval matrix (APR-03).

use crate::rules::blueprint::{Blueprint, LocalText};
use crate::rules::condition::Condition;
use crate::rules::fact::Facts;

/// A rule of the matrix: who has to approve, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalRule {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: LocalText,
    /// Rules of one stage are decided side by side, stages one after the other.
    pub stage: i64,
    /// Roles any of which may decide.
    pub roles: Vec<String>,
    /// How many different people have to.
    pub need: i64,
    /// For which orders; for all where nothing is said.
    pub when: Option<Condition>,
}

/// A signature an order needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedStep {
    /// The rule that asks for it.
    pub rule: String,
    /// Stage, from 1.
    pub stage: i64,
    /// Roles any of which may give it, separated by commas.
    pub roles: String,
}

impl Blueprint {
    /// The signatures an order needs, stage after stage. A rule whose condition is not known holds: what cannot be told is looked at.
    ///
    /// Source: APR-03
    pub fn wanted_steps(&self, facts: &Facts<'_>) -> Vec<WantedStep> {
        let mut steps = Vec::new();
        for rule in &self.approvals {
            let holds = rule.when.as_ref().is_none_or(|when| when.holds(facts).unwrap_or(true));
            if !holds {
                continue;
            }
            let step = WantedStep { rule: rule.code.clone(), stage: rule.stage, roles: rule.roles.join(",") };
            steps.extend(std::iter::repeat_n(step, usize::try_from(rule.need).unwrap_or(1)));
        }
        steps.sort_by_key(|step| step.stage);
        // Stages that no rule holds for are left out, so that the others follow each other.
        let mut stages: Vec<i64> = steps.iter().map(|step| step.stage).collect();
        stages.dedup();
        for step in &mut steps {
            step.stage = stages.iter().position(|stage| *stage == step.stage).and_then(|place| i64::try_from(place + 1).ok()).unwrap_or(1);
        }
        steps
    }
}
