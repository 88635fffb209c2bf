//! Opening a task: for gates, clocks and overrides in their own transaction, and for people through `create`.

use domain::{
    Act, Actor, Codes, Company, CustomerAddress, EventKind, FieldRule, Instant, Numbered, Order, OrderId, Refusal, Role, Skill, Task,
    TaskCause, TaskId, TaskKind, TaskStatus, TaskStep, UserId, Version,
};
use store::rows::CustomerAddresses;
use store::{Held, Outcome, UnitOfWork};

use crate::field::unknown;
use crate::number;

/// A task to be opened. What is left out comes from its kind and its order.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTask {
    /// Code of its kind: `measure`, `install`, `exchange`, `backfill`, `call_customer`, `expedite`, or one of the company's own.
    pub kind: String,
    /// What is to be done, in a line; empty: the name of the kind.
    pub title: String,
    /// What is to be done, at length.
    pub detail: String,
    /// About which order.
    pub order: Option<OrderId>,
    /// What made it.
    pub cause: TaskCause,
    /// Code of the gate, clock or override.
    pub cause_code: String,
    /// Id of its row; 0: none.
    pub cause_id: i64,
    /// Role whose members may take it; nothing: that of the kind.
    pub role: Option<String>,
    /// 1 urgent to 4 low; nothing: that of the kind.
    pub priority: Option<i64>,
    /// City; with district and place empty too: where the order goes.
    pub city: String,
    /// District.
    pub district: String,
    /// Address.
    pub place: String,
    /// Codes of the skills it needs; nothing: those of the kind.
    pub skills: Option<Codes>,
    /// Minutes; nothing: those of the kind.
    pub planned_minutes: Option<i64>,
    /// When it should be delivered; nothing: after the hours of the kind.
    pub due_at: Option<Instant>,
}

impl NewTask {
    /// A task of this kind that a person makes, with nothing said.
    pub fn of(kind: &str) -> Self {
        NewTask {
            kind: kind.to_owned(),
            title: String::new(),
            detail: String::new(),
            order: None,
            cause: TaskCause::Person,
            cause_code: String::new(),
            cause_id: 0,
            role: None,
            priority: None,
            city: String::new(),
            district: String::new(),
            place: String::new(),
            skills: None,
            planned_minutes: None,
            due_at: None,
        }
    }
}

/// Opens a task with the steps of its kind's checklist. Asks for no permission: who calls it has decided that it is to be.
///
/// # Errors
/// `invalid` for unknown kinds, roles, skills and orders, and for values out of range.
///
/// Source: TSK-01
pub fn open(work: &mut UnitOfWork, by: &Actor, new: &NewTask) -> Outcome<TaskId> {
    work.want::<Company>([work.company()]);
    work.want::<Order>(new.order);
    let kind = work.find::<TaskKind>(new.kind.clone())?;
    let kind = kind.filter(|kind| kind.active || new.cause != TaskCause::Person);
    let Some(kind) = kind else { return Err(Refusal::invalid(vec![unknown("/kind", &new.kind)]).into()) };
    let order = match new.order {
        Some(id) => Some(work.get::<Order>(id)?),
        None => None,
    };
    if let Some(order) = &order {
        work.want_of::<CustomerAddresses>([order.customer_id]);
    }
    let id = work.id::<TaskId>();
    let mut task = described(work, by, id, new, &kind);
    if let Some(order) = &order {
        place(work, &mut task, order)?;
    }
    check(work, &task)?;
    let company = work.get::<Company>(work.company())?;
    let today = crate::order::draft::today(work, &company);
    task.number = number::draw(work, Numbered::Task, &company, today)?;
    let event = task.event(EventKind::TaskCreated);
    work.add(task);
    for (no, text) in (1..).zip(kind.checklist()) {
        work.add(TaskStep { task_id: id, no, text: text.to_owned(), required: true, done_at: None });
    }
    work.record(by, event);
    Ok(id)
}

/// The task as it was said, and as its kind says.
fn described(work: &UnitOfWork, by: &Actor, id: TaskId, new: &NewTask, kind: &Held<TaskKind>) -> Task {
    let text = |text: &str| text.trim().to_owned();
    let title = text(&new.title);
    let now = work.now();
    Task {
        id,
        version: Version::FIRST,
        number: String::new(),
        kind: kind.code.clone(),
        title: if title.is_empty() { kind.name(by.language).to_owned() } else { title },
        detail: text(&new.detail),
        order_id: new.order,
        order_number: String::new(),
        customer_name: String::new(),
        cause: new.cause,
        cause_code: new.cause_code.clone(),
        cause_id: new.cause_id,
        role: new.role.clone().unwrap_or_else(|| kind.role.clone()),
        assignee: None::<UserId>,
        status: TaskStatus::Open,
        priority: new.priority.unwrap_or(kind.priority),
        city: text(&new.city),
        district: text(&new.district),
        place: text(&new.place),
        skills: new.skills.clone().unwrap_or_else(|| kind.skills.clone()),
        planned_minutes: new.planned_minutes.unwrap_or(kind.planned_minutes),
        due_at: new.due_at.or_else(|| (kind.due_hours > 0).then(|| now.plus_seconds(kind.due_hours * 3600))),
        percent: 0,
        offered_at: None,
        accepted_at: None,
        delivered_at: None,
        done_at: None,
        quality: None,
        timeliness: None,
        evaluation: String::new(),
        evaluated_by: None,
        created_by: by.user_id,
        created_at: now,
    }
}

/// Takes number, customer and place from the order: where it goes, and of the customer's addresses the one that this is.
fn place(work: &mut UnitOfWork, task: &mut Task, order: &Order) -> Outcome<()> {
    task.order_number.clone_from(&order.number);
    task.customer_name.clone_from(&order.customer_name);
    if !(task.city.is_empty() && task.district.is_empty() && task.place.is_empty()) {
        return Ok(());
    }
    task.place.clone_from(&order.delivery_address);
    let addresses = work.of::<CustomerAddresses>(order.customer_id)?;
    let named = |part: &str| !part.is_empty() && task.place.contains(part);
    let is = |address: &&Held<CustomerAddress>| named(&address.street) || (named(&address.city) && address.main);
    if let Some(address) = addresses.iter().find(is) {
        (task.city, task.district) = (address.city.clone(), address.district.clone());
    }
    Ok(())
}

/// Refuses a task that is wrong by itself or beside the company's lists.
pub(super) fn check(work: &mut UnitOfWork, task: &Task) -> Outcome<()> {
    let mut errors = task.check();
    let skills: Vec<String> = task.skills.iter().map(str::to_owned).collect();
    work.want::<Skill>(skills.iter().cloned());
    for (place, skill) in skills.iter().enumerate() {
        if work.find::<Skill>(skill.clone())?.is_none() {
            errors.push(unknown(format!("/skills/{place}"), skill));
        }
    }
    if !task.role.is_empty() && work.find::<Role>(task.role.clone())?.is_none() {
        errors.push(domain::FieldError::new("/role", FieldRule::Unknown { value: task.role.clone() }));
    }
    Ok(Refusal::unless_valid(errors)?)
}

/// Whether somebody may make tasks at all.
pub(super) fn may_create(by: &Actor) -> Result<(), Refusal> {
    by.may(Act::CreateTask).or_else(|refusal| by.may(Act::DispatchTask).map_err(|_| refusal))
}
