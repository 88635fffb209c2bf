//! The one table of moves of the task: what may be done in which state, where it leads, and by whom.
//!
//! It drives the checks of every step and the actions that every task answers with. Extend the table, not the code around it.

use TaskStatus::{Accepted, Cancelled, Delivered, Done, InProgress, Offered, Open};

use super::{Task, TaskRejection as No, TaskStatus, TaskStep};
use crate::actor::Actor;
use crate::codes::codes;
use crate::permission::Act;
use crate::refusal::Refusal;

codes! {
    /// What may be done with a task; the code is the step's name in the API.
    TaskVerb in "task.verb" {
        Edit = "edit",
        Offer = "offer",
        Take = "take",
        Accept = "accept",
        Refuse = "refuse",
        Start = "start",
        Plan = "plan",
        /// A step of the plan is done, or not after all.
        Tick = "tick",
        Report = "report",
        Ask = "ask",
        Answer = "answer",
        Deliver = "deliver",
        Rework = "rework",
        Finish = "finish",
        Evaluate = "evaluate",
        HandOver = "hand-over",
        Cancel = "cancel",
    }
}

/// Who may make a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// Who sends tasks to people.
    Dispatcher,
    /// A member of the role whose pool it is in.
    Pool,
    /// Who has it.
    Assignee,
    /// Who has it, or a dispatcher.
    AssigneeOrDispatcher,
    /// Who made it, or a dispatcher.
    CreatorOrDispatcher,
    /// Whoever makes or sends tasks.
    Asker,
    /// Who judges tasks, but never one's own work.
    Judge,
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct TaskMove {
    /// What is done.
    pub verb: TaskVerb,
    /// Who may.
    pub party: Party,
    /// In which states.
    pub from: &'static [TaskStatus],
    /// Which state it leads to; none where the state stays.
    pub to: Option<TaskStatus>,
    /// Whether a reason must be given.
    pub reason: bool,
    /// What it says in any other state.
    refused: fn(TaskStatus) -> No,
}

const fn row(verb: TaskVerb, party: Party, from: &'static [TaskStatus], to: Option<TaskStatus>, refused: fn(TaskStatus) -> No) -> TaskMove {
    TaskMove { verb, party, from, to, reason: false, refused }
}

impl TaskMove {
    const fn with_reason(self) -> Self {
        Self { reason: true, ..self }
    }
}

/// Still before delivery.
const BEFORE: &[TaskStatus] = &[Open, Offered, Accepted, InProgress];
/// Before it has ended.
const ALIVE: &[TaskStatus] = &[Open, Offered, Accepted, InProgress, Delivered];
/// Somebody has it.
const TALKED_OF: &[TaskStatus] = &[Offered, Accepted, InProgress, Delivered];

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const TASK_MOVES: &[TaskMove] = &[
    row(TaskVerb::Accept, Party::Assignee, &[Offered], Some(Accepted), |status| No::NotOffered { status }),
    row(TaskVerb::Refuse, Party::Assignee, &[Offered], Some(Open), |status| No::NotOffered { status }).with_reason(),
    row(TaskVerb::Take, Party::Pool, &[Open], Some(Accepted), |status| No::NotOpen { status }),
    row(TaskVerb::Start, Party::Assignee, &[Accepted], Some(InProgress), |status| No::NotAccepted { status }),
    row(TaskVerb::Deliver, Party::Assignee, &[InProgress], Some(Delivered), |status| No::NotInProgress { status }),
    row(TaskVerb::Tick, Party::Assignee, &[InProgress], None, |status| No::NotInProgress { status }),
    row(TaskVerb::Report, Party::Assignee, &[InProgress], None, |status| No::NotInProgress { status }),
    row(TaskVerb::Plan, Party::Assignee, &[Accepted, InProgress], None, |status| No::NotInHand { status }),
    row(TaskVerb::Finish, Party::Judge, &[Delivered], Some(Done), |status| No::NotDelivered { status }),
    row(TaskVerb::Rework, Party::Judge, &[Delivered], Some(InProgress), |status| No::NotDelivered { status }).with_reason(),
    row(TaskVerb::Evaluate, Party::Judge, &[Done], None, |status| No::NotDone { status }),
    row(TaskVerb::Offer, Party::Dispatcher, &[Open, Offered], Some(Offered), |status| No::NotToOffer { status }),
    row(TaskVerb::HandOver, Party::AssigneeOrDispatcher, &[Accepted, InProgress], Some(Offered), |status| No::NotInHand { status }).with_reason(),
    row(TaskVerb::Ask, Party::Assignee, TALKED_OF, None, |status| No::Ended { status }),
    row(TaskVerb::Answer, Party::Asker, TALKED_OF, None, |status| No::Ended { status }),
    row(TaskVerb::Edit, Party::CreatorOrDispatcher, BEFORE, None, |status| No::Ended { status }),
    row(TaskVerb::Cancel, Party::CreatorOrDispatcher, ALIVE, Some(Cancelled), |status| No::Ended { status }).with_reason(),
];

impl TaskVerb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static TaskMove {
        TASK_MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }

    /// Nothing where the actor's permissions allow this verb for some task.
    ///
    /// # Errors
    /// `denied`, naming the permission.
    pub fn permitted(self, by: &Actor) -> Result<(), Refusal> {
        let any = |first: Act, second: Act| by.may(first).or_else(|refusal| by.may(second).map_err(|_| refusal));
        match self.table_row().party {
            Party::Dispatcher => by.may(Act::DispatchTask),
            Party::Pool | Party::Assignee => by.may(Act::WorkOnTask),
            Party::AssigneeOrDispatcher => any(Act::WorkOnTask, Act::DispatchTask),
            Party::CreatorOrDispatcher | Party::Asker => any(Act::CreateTask, Act::DispatchTask),
            Party::Judge => by.may(Act::EvaluateTask),
        }
    }
}

impl Party {
    /// Nothing where the actor is this party of the task.
    fn admits(self, task: &Task, by: &Actor) -> Result<(), No> {
        let has_it = task.assignee == Some(by.user_id);
        let dispatches = by.may(Act::DispatchTask).is_ok();
        let (admitted, no) = match self {
            Party::Dispatcher => return Ok(()),
            Party::Asker => (!has_it, No::OwnQuestion),
            Party::Pool => {
                let role = crate::approval::role_detail(&task.role);
                (task.role.is_empty() || by.has_role(&task.role), No::NotInPool { role })
            }
            Party::Assignee => (has_it, No::NotAssignee),
            Party::AssigneeOrDispatcher => (has_it || dispatches, No::NotAssignee),
            Party::CreatorOrDispatcher => (task.created_by == by.user_id || dispatches, No::NotCreator),
            Party::Judge => (!has_it, No::OwnWork),
        };
        if admitted { Ok(()) } else { Err(no) }
    }
}

impl Task {
    /// Whether the table allows this verb to this actor in the task's state.
    ///
    /// # Errors
    /// `denied`; what the table says of the state; `NotAssignee`, `NotInPool`, `NotCreator`, `OwnWork`; `AlreadyEvaluated`.
    pub fn may(&self, verb: TaskVerb, by: &Actor) -> Result<&'static TaskMove, Refusal> {
        verb.permitted(by)?;
        let row = verb.table_row();
        if !row.from.contains(&self.status) {
            return Err((row.refused)(self.status).into());
        }
        row.party.admits(self, by)?;
        if verb == TaskVerb::Evaluate && self.quality.is_some() {
            return Err(No::AlreadyEvaluated.into());
        }
        Ok(row)
    }
}

/// Something that may be done with a task, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskAction {
    /// What.
    pub verb: TaskVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb of the table for this task and this actor.
pub fn task_actions(task: &Task, steps: &[TaskStep], by: &Actor) -> Vec<TaskAction> {
    let action = |row: &TaskMove| {
        let gates = |_| if row.verb == TaskVerb::Deliver { super::step::check_steps(steps) } else { Ok(()) };
        TaskAction { verb: row.verb, refusal: task.may(row.verb, by).and_then(gates).err() }
    };
    TASK_MOVES.iter().map(action).collect()
}
