//! What the rules of a blueprint ask for, found out once when it is read: an order is only given what they name.

use crate::lifecycle::Verb;
use crate::rules::condition::Condition;
use crate::rules::fact::FactSource;
use crate::rules::gate::Gate;
use crate::rules::matrix::ApprovalRule;

/// What the rules ask for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asks {
    approval: Vec<FactSource>,
    approval_proof: bool,
    /// Of the verbs that have gates; a handful, so that looking through them is the fastest.
    gates: Vec<AskedByGates>,
}

/// What the gates of a verb ask for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AskedByGates {
    verb: Verb,
    /// Places of its gates.
    pub gates: Vec<usize>,
    /// What must be at hand.
    pub sources: Vec<FactSource>,
    /// Whether one asks for evidence.
    pub proof: bool,
}

impl Asks {
    pub(super) fn of(&self, verb: Verb) -> Option<&AskedByGates> {
        self.gates.iter().find(|asked| asked.verb == verb)
    }

    pub(super) fn approval(&self) -> &[FactSource] {
        &self.approval
    }

    pub(super) const fn approval_proof(&self) -> bool {
        self.approval_proof
    }

    pub(super) fn by(approvals: &[ApprovalRule], gates: &[Gate]) -> Self {
        let conditions = || approvals.iter().filter_map(|rule| rule.when.as_ref());
        let approval_proof = conditions().any(|condition| !condition.proofs().is_empty());
        let mut asks = Self { approval: sources(conditions()), approval_proof, gates: Vec::new() };
        for (place, gate) in gates.iter().enumerate() {
            for verb in &gate.on {
                match asks.gates.iter_mut().find(|asked| asked.verb == *verb) {
                    Some(asked) => asked.gates.push(place),
                    None => asks.gates.push(AskedByGates { verb: *verb, gates: vec![place], sources: Vec::new(), proof: false }),
                }
            }
        }
        for asked in &mut asks.gates {
            asked.gates.dedup();
            let conditions = || asked.gates.iter().flat_map(|place| gates[*place].when.iter().chain([&gates[*place].require]));
            asked.sources = sources(conditions());
            asked.proof = conditions().any(|condition| !condition.proofs().is_empty());
        }
        asks
    }
}

fn sources<'a>(conditions: impl Iterator<Item = &'a Condition>) -> Vec<FactSource> {
    let mut sources: Vec<FactSource> = conditions.flat_map(Condition::sources).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}
