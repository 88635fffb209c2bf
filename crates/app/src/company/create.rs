//! Founding a company: its settings, its roles and the first user, who may do the rest.

use std::sync::Arc;

use domain::{
    Act, Actor, CART_HOLD_USUAL, Codes, Company, CompanyId, CompanyRejection, Currency, Event, EventKind, FieldError, FieldRule,
    KeptBlueprint, Language, Numbered, Rate, Refusal, TaxRounding, UserId, Version,
};
use store::query::company;
use store::{Failure, Outcome, Store, UnitOfWork};

use crate::saved::Saved;
use crate::user::create::{NewUser, add};
use crate::warehouse::{self, WarehouseInput};
use crate::{App, Replay};

/// The rules of a company that has none of its own: those that come with the product, also when they grow.
pub const PRODUCT: &str = "standard";

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
    /// Name of the blueprint that comes with the product under which it begins: `standard`.
    pub rules: String,
    /// Name of its first warehouse, code `MAIN`; empty: none.
    pub warehouse: String,
    /// The first user, with the role `admin`.
    pub admin: NewUser,
}

/// Founds a company as the operator of the server and answers with its id.
///
/// # Errors
/// Refused for wrong fields, and where the code is taken.
pub async fn create(store: &Store, new: NewCompany) -> Result<CompanyId, Failure> {
    create_by(store, founder, new).await
}

/// Founds a company as whom `by` says. Ids are given without gaps, and the greatest is read before the codes are: whoever gets one has seen
/// the code of every company before it, so that no code is given twice, whatever happens at the same time.
async fn create_by(store: &Store, by: impl Fn(CompanyId) -> Actor + Send + Sync + 'static, new: NewCompany) -> Result<CompanyId, Failure> {
    let (by, new) = (Arc::new(by), Arc::new(new));
    loop {
        let code = new.code.clone();
        let last = store.read(company::greatest_id).await?;
        if store.read(move |reader| company::by_code(reader, &code)).await?.is_some() {
            return Err(Failure::Refused(Refusal::field("/code", FieldRule::Taken { value: new.code.clone() })));
        }
        let id = CompanyId::from_raw(last + 1);
        let (by, new) = (by.clone(), new.clone());
        if store.write(id, move |work| found(work, &by(id), &new)).await? {
            return Ok(id);
        }
    }
}

/// Founds a company from the browser or by the API, on behalf of the people who run the server: those of the company that was there first.
/// A repeated request gets its first answer.
///
/// # Errors
/// Denied without `company.create` and in any other company; refused for wrong fields, and where the code is taken.
pub async fn create_from(app: &App, by: &Actor, replay: Option<Replay>, new: NewCompany) -> Result<Saved, Failure> {
    by.may(Act::CreateCompany).map_err(Failure::Refused)?;
    if app.store.read(company::first_id).await? != Some(by.company_id) {
        return Err(Failure::Refused(CompanyRejection::NotFirst.into()));
    }
    if let Some(answer) = app.answered(by, replay.as_ref()).await? {
        return Ok(answer);
    }
    let from = by.clone();
    let acts = move |company_id| Actor {
        name: from.name.clone(),
        channel: from.channel.clone(),
        address: from.address.clone(),
        ..founder(company_id)
    };
    let (code, name) = (new.code.clone(), new.name.clone());
    let id = create_by(&app.store, acts, new).await?;
    let saved = Saved::new(id, Version::FIRST, &code);
    app.command(by, replay, move |work, by| {
        work.record(by, Event::of(EventKind::CompanyFounded, "company", id.raw(), &code).with("name", name.as_str()));
        Ok(saved.clone())
    })
    .await
}

/// Whether it was founded: `false` where another took the id.
fn found(work: &mut UnitOfWork, by: &Actor, new: &NewCompany) -> Outcome<bool> {
    let id = work.company();
    let ready = KeptBlueprint::ready(&new.rules, work.now());
    let known = ready.is_some();
    let own = ready.filter(|_| new.rules != PRODUCT);
    let pattern = |numbered: Numbered| numbered.standard_pattern().to_owned();
    let founded = Company {
        id,
        version: Version::FIRST,
        code: new.code.clone(),
        name: new.name.clone(),
        currency: new.currency,
        tax_rounding: TaxRounding::Line,
        blueprint_no: own.as_ref().map_or(0, |rules| rules.number),
        follow_up_days: 3,
        cart_hold_minutes: CART_HOLD_USUAL,
        reserve_hours: 0,
        promise_dates: false,
        order_pattern: pattern(Numbered::Order),
        shipment_pattern: pattern(Numbered::Shipment),
        invoice_pattern: pattern(Numbered::Invoice),
        payment_pattern: pattern(Numbered::Payment),
        task_pattern: pattern(Numbered::Task),
        change_pattern: pattern(Numbered::Change),
        quotation_pattern: pattern(Numbered::Quotation),
        contract_pattern: pattern(Numbered::Contract),
        inquiry_pattern: pattern(Numbered::Inquiry),
        purchase_pattern: pattern(Numbered::Purchase),
        renumbered: false,
        default_tax_rate: Rate::from_bp(1300),
        time_zone: new.time_zone.clone(),
        created_at: work.now(),
    };
    let mut wrong: Vec<FieldError> = founded.check();
    let admin = NewUser { roles: Codes::parse("admin"), ..new.admin.clone() };
    let of_admin = admin.user(UserId::NONE, work.now()).check(&admin.roles);
    wrong.extend(of_admin.into_iter().map(|error| error.under("/admin")));
    if !known {
        wrong.push(FieldError::new("/rules", FieldRule::UnknownChoice { value: new.rules.clone() }));
    }
    Refusal::unless_valid(wrong)?;
    if work.find::<Company>(id)?.is_some() {
        return Ok(false);
    }
    let event = Event::of(EventKind::CompanyCreated, "company", id.raw(), &founded.code).with("name", founded.name.as_str());
    let event = event.with("rules", new.rules.as_str());
    work.add(founded);
    if let Some(rules) = own {
        work.add(rules);
    }
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
    work.record(by, event);
    add(work, by, &admin);
    if !new.warehouse.is_empty() {
        let first = WarehouseInput { code: "MAIN".to_owned(), name: new.warehouse.clone(), active: true, ..WarehouseInput::default() };
        warehouse::create::create(work, by, &first)?;
    }
    Ok(true)
}

/// Who founds companies: the operator of the server.
pub fn founder(company_id: CompanyId) -> Actor {
    let permissions = domain::Act::ALL.iter().map(|act| act.as_str()).collect();
    let name = domain::text(Language::ZhCn, "actor.operator", &[]);
    Actor { name, permissions, channel: "cli".to_owned(), company_id, ..crate::session::actor_of_nobody() }
}
