//! Founding a company: its settings, its roles and the first user, who may do the rest.

use domain::{
    Actor, Codes, Company, CompanyId, Currency, Event, EventKind, FieldError, FieldRule, Language, Rate, Refusal, TaxRounding, UserId,
    Version,
};
use store::query::company;
use store::{Failure, Outcome, Store, UnitOfWork};

use crate::user::create::{NewUser, add};

/// A company to found; the password of its first user was checked and hashed before.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Typed at sign-in.
    pub code: String,
    /// On documents.
    pub name: String,
    /// Of its books.
    pub currency: Currency,
    /// Of the working day.
    pub time_zone: String,
    /// The first user, with the role `admin`.
    pub admin: NewUser,
}

/// Founds a company and answers with its id. For the command line and the demo: no caller of the API may.
///
/// # Errors
/// Refused for wrong fields, and where the code is taken.
pub async fn create(store: &Store, new: NewCompany) -> Result<CompanyId, Failure> {
    let code = new.code.clone();
    let (taken, last) = store.read(move |reader| Ok((company::by_code(reader, &code)?.is_some(), company::greatest_id(reader)?))).await?;
    if taken {
        return Err(Failure::Refused(Refusal::field("/code", FieldRule::Taken { value: new.code })));
    }
    let id = CompanyId::from_raw(last + 1);
    store.write(id, move |work| found(work, &new)).await
}

fn found(work: &mut UnitOfWork, new: &NewCompany) -> Outcome<CompanyId> {
    let id = work.company();
    let founded = Company {
        id,
        version: Version::FIRST,
        code: new.code.clone(),
        name: new.name.clone(),
        currency: new.currency,
        tax_rounding: TaxRounding::Line,
        blueprint_no: 0,
        follow_up_days: 3,
        order_pattern: "SO{yyyy}{000000}".to_owned(),
        default_tax_rate: Rate::from_bp(1300),
        time_zone: new.time_zone.clone(),
        created_at: work.now(),
    };
    let mut wrong: Vec<FieldError> = founded.check();
    let admin = NewUser { roles: Codes::parse("admin"), ..new.admin.clone() };
    let of_admin = admin.user(UserId::NONE, work.now()).check(&admin.roles);
    wrong.extend(of_admin.into_iter().map(|error| error.under("/admin")));
    Refusal::unless_valid(wrong)?;
    if work.find::<Company>(id)?.is_some() {
        return Err(Refusal::field("/code", FieldRule::Taken { value: new.code.clone() }).into());
    }
    let event = Event::of(EventKind::CompanyCreated, "company", id.raw(), &founded.code).with("name", founded.name.as_str());
    work.add(founded);
    for role in domain::default_roles() {
        work.add(role);
    }
    for calendar in domain::standard_calendars(&new.time_zone) {
        work.add(calendar);
    }
    for skill in domain::default_skills() {
        work.add(skill);
    }
    for kind in domain::default_task_kinds() {
        work.add(kind);
    }
    let by = founder(id);
    work.record(&by, event);
    add(work, &by, &admin);
    Ok(id)
}

/// Who founds companies: the operator of the server.
pub fn founder(company_id: CompanyId) -> Actor {
    let permissions = domain::Act::ALL.iter().map(|act| act.as_str()).collect();
    let name = domain::text(Language::ZhCn, "actor.operator", &[]);
    Actor { name, permissions, channel: "cli".to_owned(), company_id, ..crate::session::actor_of_nobody() }
}
