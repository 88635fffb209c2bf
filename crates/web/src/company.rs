//! The company's settings over HTTP.

use app::company::create::{self as founding, NewCompany};
use app::company::edit::{CompanyEdit, edit};
use app::user::create::NewUser;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Codes, Company, CompanyId, CompanyRejection, Currency, Detail, FieldRule, Instant, Language, Numbered, Reason};
use serde::{Deserialize, Serialize};
use store::query::company;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::password;
use crate::state::Web;
use crate::value::{LanguageCode, Saved, TaxRoundingCode};
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show, change)).routes(routes!(list, found)).routes(routes!(one_of_all))
}

/// The company and its settings.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Company)]
pub struct CompanyJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Typed at sign-in.
    pub code: String,
    /// On documents.
    pub name: String,
    /// Of its books.
    pub currency: String,
    /// Where tax is rounded.
    pub tax_rounding: TaxRoundingCode,
    /// The version of the rules that new orders are made under; 0: what comes with the product.
    pub blueprint_no: i64,
    /// Days from full delivery to the follow-up.
    pub follow_up_days: i64,
    /// Minutes for which a cart of the portal holds stock; 0: it holds none.
    pub cart_hold_minutes: i64,
    /// Hours until what is reserved for an order that has not taken effect is free again; 0: never.
    pub reserve_hours: i64,
    /// Whether an order's promised day and the day it is planned to leave are set by what is promised, where nobody has set them.
    pub promise_dates: bool,
    /// How orders are numbered: `SO{yyyy}{000000}`.
    pub order_pattern: String,
    /// How delivery notes are numbered.
    pub shipment_pattern: String,
    /// How invoices are numbered.
    pub invoice_pattern: String,
    /// How payments are numbered.
    pub payment_pattern: String,
    /// How tasks are numbered.
    pub task_pattern: String,
    /// How change orders are numbered.
    pub change_pattern: String,
    /// How quotations are numbered.
    pub quotation_pattern: String,
    /// How contracts are numbered.
    pub contract_pattern: String,
    /// How inquiries are numbered.
    pub inquiry_pattern: String,
    /// How purchase orders are numbered.
    pub purchase_pattern: String,
    /// In percent, of products without a rate of their own.
    pub default_tax_rate: String,
    /// Decides which day it is.
    pub time_zone: String,
}

impl From<Company> for CompanyJson {
    fn from(company: Company) -> Self {
        CompanyJson {
            id: company.id.to_string(),
            version: company.version.raw(),
            code: company.code,
            name: company.name,
            currency: company.currency.as_str().to_owned(),
            tax_rounding: company.tax_rounding.into(),
            blueprint_no: company.blueprint_no,
            follow_up_days: company.follow_up_days,
            cart_hold_minutes: company.cart_hold_minutes,
            reserve_hours: company.reserve_hours,
            promise_dates: company.promise_dates,
            order_pattern: company.order_pattern,
            shipment_pattern: company.shipment_pattern,
            invoice_pattern: company.invoice_pattern,
            payment_pattern: company.payment_pattern,
            task_pattern: company.task_pattern,
            change_pattern: company.change_pattern,
            quotation_pattern: company.quotation_pattern,
            contract_pattern: company.contract_pattern,
            inquiry_pattern: company.inquiry_pattern,
            purchase_pattern: company.purchase_pattern,
            default_tax_rate: company.default_tax_rate.decimal(),
            time_zone: company.time_zone,
        }
    }
}

/// What the settings are to be. The code and the currency stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CompanyChange {
    /// On documents.
    pub name: String,
    /// Where tax is rounded.
    pub tax_rounding: TaxRoundingCode,
    /// Days from full delivery to the follow-up.
    pub follow_up_days: i64,
    /// Minutes for which a cart of the portal holds stock, at most 4320; 0: it holds none; left out: as before.
    pub cart_hold_minutes: Option<i64>,
    /// Hours until what is reserved for an order that has not taken effect is free again; 0: never. As it is where left out.
    pub reserve_hours: Option<i64>,
    /// Whether an order's days are set by what is promised, where nobody has set them. As it is where left out.
    pub promise_dates: Option<bool>,
    /// How orders are numbered: `SO{yyyy}{000000}`.
    pub order_pattern: String,
    /// How delivery notes are numbered; left out: as before.
    pub shipment_pattern: Option<String>,
    /// How invoices are numbered; left out: as before.
    pub invoice_pattern: Option<String>,
    /// How payments are numbered; left out: as before.
    pub payment_pattern: Option<String>,
    /// How tasks are numbered; left out: as before.
    pub task_pattern: Option<String>,
    /// How change orders are numbered; left out: as before.
    pub change_pattern: Option<String>,
    /// How quotations are numbered; left out: as before.
    pub quotation_pattern: Option<String>,
    /// How contracts are numbered; left out: as before.
    pub contract_pattern: Option<String>,
    /// How inquiries are numbered; left out: as before.
    pub inquiry_pattern: Option<String>,
    /// How purchase orders are numbered; left out: as before.
    pub purchase_pattern: Option<String>,
    /// In percent, of products without a rate of their own.
    pub default_tax_rate: String,
    /// Decides which day it is.
    pub time_zone: String,
    /// May be sent back as it was.
    pub id: Option<String>,
    /// May be sent back as it was; the version that counts is in `If-Match`.
    pub version: Option<i64>,
    /// May be sent back as it was.
    pub code: Option<String>,
    /// May be sent back as it was.
    pub currency: Option<String>,
    /// May be sent back as it was; the rules are activated, not set.
    pub blueprint_no: Option<i64>,
}

/// Shows the company.
#[utoipa::path(get, path = "/company", operation_id = "show_company", tag = "company", responses((status = 200, body = CompanyJson)))]
async fn show(State(web): State<Web>, by: By) -> Result<Tagged<CompanyJson>, Error> {
    let company = CompanyJson::from(current(&web, &by).await?);
    Ok(Tagged(company.version, company))
}

async fn current(web: &Web, by: &By) -> Result<Company, Error> {
    let id = by.company_id;
    let found = web.app.store.read(move |reader| company::one(reader, id)).await?;
    found.ok_or_else(|| Error::not_found("company"))
}

/// Codes of the company's calendars.
async fn calendars(web: &Web, by: &By) -> Result<Vec<String>, Error> {
    let id = by.company_id;
    let found = web.app.store.read(move |reader| store::query::calendar::all(reader, id)).await?;
    Ok(found.into_iter().map(|calendar| calendar.code).collect())
}

/// Changes the company's settings. Calendars that are in its time zone follow it to another; time limits that run by them are reckoned anew.
#[utoipa::path(put, path = "/company", operation_id = "edit_company", tag = "company", request_body = CompanyChange, responses((status = 200, body = Saved)))]
async fn change(State(web): State<Web>, by: By, Matching(version): Matching, body: Body<CompanyChange>) -> Result<Tagged<Saved>, Error> {
    let now = current(&web, &by).await?;
    let input = body.input;
    let mut fields = Fields::new();
    fixed(&mut fields, "/id", input.id.as_deref(), &now.id.to_string());
    fixed(&mut fields, "/code", input.code.as_deref(), &now.code);
    fixed(&mut fields, "/currency", input.currency.as_deref(), now.currency.as_str());
    fixed(&mut fields, "/blueprint_no", input.blueprint_no.map(|number| number.to_string()).as_deref(), &now.blueprint_no.to_string());
    let others = [
        (Numbered::Shipment, input.shipment_pattern),
        (Numbered::Invoice, input.invoice_pattern),
        (Numbered::Payment, input.payment_pattern),
        (Numbered::Task, input.task_pattern),
        (Numbered::Change, input.change_pattern),
        (Numbered::Quotation, input.quotation_pattern),
        (Numbered::Contract, input.contract_pattern),
        (Numbered::Inquiry, input.inquiry_pattern),
        (Numbered::Purchase, input.purchase_pattern),
    ];
    let change = CompanyEdit {
        version: Some(version),
        name: fields.text("/name", &input.name, 200),
        tax_rounding: fields.code("/tax_rounding", &input.tax_rounding),
        follow_up_days: input.follow_up_days,
        cart_hold_minutes: input.cart_hold_minutes,
        reserve_hours: input.reserve_hours,
        promise_dates: input.promise_dates,
        order_pattern: fields.text("/order_pattern", &input.order_pattern, 60),
        patterns: others
            .into_iter()
            .filter_map(|(kind, pattern)| pattern.map(|pattern| (kind, fields.text(&format!("/{kind}_pattern"), &pattern, 60))))
            .collect(),
        default_tax_rate: fields.rate("/default_tax_rate", &input.default_tax_rate),
        time_zone: fields.text("/time_zone", &input.time_zone, 60),
        calendars: calendars(&web, &by).await?,
    };
    fields.done()?;
    let saved = web.app.command(&by, None, move |work, by| edit(work, by, &change)).await?;
    Ok(Tagged::saved(saved))
}

/// A value that may be sent back, but not changed.
fn fixed(fields: &mut Fields, pointer: &str, sent: Option<&str>, is: &str) {
    if sent.is_some_and(|sent| sent != is) {
        fields.wrong(pointer, Reason { code: "value.fixed", details: vec![("value", Detail::from(is))] });
    }
}

/// A company of this server.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundedCompany {
    /// Its id.
    pub id: String,
    /// Typed at sign-in.
    pub code: String,
    /// On documents.
    pub name: String,
    /// Of its books.
    pub currency: String,
    /// Decides which day it is.
    pub time_zone: String,
    /// When it was founded.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl From<Company> for FoundedCompany {
    fn from(company: Company) -> Self {
        FoundedCompany {
            id: company.id.to_string(),
            code: company.code,
            name: company.name,
            currency: company.currency.as_str().to_owned(),
            time_zone: company.time_zone,
            created_at: company.created_at,
        }
    }
}

impl Tabular for FoundedCompany {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "currency", cell: |row| Cell::from(&row.currency) },
        Column { name: "time_zone", cell: |row| Cell::from(&row.time_zone) },
        Column { name: "created_at", cell: |row| row.created_at.into() },
    ];
}

/// The first user of a company to found, who makes the others.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FirstUser {
    /// Typed at sign-in: lower-case letters, digits, dot, dash, underscore.
    pub username: String,
    /// Shown on documents.
    pub name: String,
    /// Where notifications go; may be empty.
    pub email: String,
    /// Language of screens and messages; `zh-CN` where none is sent.
    pub language: LanguageCode,
    /// Ten characters at the least, without the username in it.
    pub password: String,
}

/// A company to found.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CompanyInput {
    /// Typed at sign-in; cannot be changed later.
    pub code: String,
    /// On documents.
    pub name: String,
    /// Of its books, ISO 4217; cannot be changed later.
    pub currency: String,
    /// Decides which day it is.
    pub time_zone: String,
    /// Name of the blueprint under which it begins; `standard` where none is sent.
    pub rules: Option<String>,
    /// Name of its first warehouse; empty: it begins without.
    pub warehouse: String,
    /// Its first user, with the role `admin`.
    pub admin: FirstUser,
}

/// The filters of the list of companies.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CompanyQuery {
    /// Words in name or code.
    pub q: Option<String>,
}

/// Who may look at all companies of the server: people of the first who may found others.
async fn may_found(web: &Web, by: &By) -> Result<(), Error> {
    by.may(Act::CreateCompany)?;
    match web.app.store.read(company::first_id).await? {
        Some(first) if first == by.company_id => Ok(()),
        _ => Err(Error::refused(CompanyRejection::NotFirst)),
    }
}

/// Lists the companies of this server, for those who may found others. Sorts: `code` (usual), `name`, `created_at`.
#[utoipa::path(get, path = "/companies", operation_id = "list_companies", tag = "company", params(CompanyQuery, PageParams), responses((status = 200, body = Listed<FoundedCompany>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<CompanyQuery>) -> Result<Response, Error> {
    may_found(&web, &by).await?;
    let (asking, words) = (by.company_id, asked.filter.q);
    let sorts = Sorts { sorts: company::SORTS, ties: company::TIES, usual: "code" };
    list::answer(&web, &by, "companies", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(company::list(reader, asking, words.as_deref(), page)?.map(FoundedCompany::from))
    })
    .await
}

/// Shows a company of this server, for those who may found others.
#[utoipa::path(get, path = "/companies/{id}", operation_id = "show_founded_company", tag = "company", responses((status = 200, body = FoundedCompany)))]
async fn one_of_all(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<FoundedCompany>, Error> {
    may_found(&web, &by).await?;
    let id: CompanyId = id.parse().map_err(|_| Error::not_found("company"))?;
    let found = web.app.store.read(move |reader| company::one(reader, id)).await?;
    Ok(Json(found.ok_or_else(|| Error::not_found("company"))?.into()))
}

/// Founds a company with its first user. Its people sign in with its code; nothing of this company is seen there, nor the other way round.
#[utoipa::path(post, path = "/companies", operation_id = "create_company", tag = "company", request_body = CompanyInput, responses((status = 201, body = Saved)))]
async fn found(State(web): State<Web>, by: By, body: Body<CompanyInput>) -> Result<Created<Saved>, Error> {
    may_found(&web, &by).await?;
    let Body { input, replay } = body;
    let admin = input.admin;
    let mut fields = Fields::new();
    let currency = Currency::parse(&input.currency).unwrap_or_else(|_| {
        fields.wrong("/currency", FieldRule::UnknownChoice { value: input.currency.clone() });
        Currency::CNY
    });
    let username = fields.text("/admin/username", &admin.username, 40);
    password::check(&mut fields, "/admin/password", &username, &admin.password);
    let mut new = NewCompany {
        code: fields.text("/code", &input.code, 40),
        name: fields.text("/name", &input.name, 200),
        currency,
        time_zone: fields.text("/time_zone", &input.time_zone, 60),
        rules: input.rules.unwrap_or_else(|| founding::PRODUCT.to_owned()),
        warehouse: fields.text("/warehouse", &input.warehouse, 100),
        admin: NewUser {
            name: fields.text("/admin/name", &admin.name, 100),
            email: fields.text("/admin/email", &admin.email, 200),
            language: fields.code_or("/admin/language", &admin.language, Language::ZhCn),
            roles: Codes::parse("admin"),
            username,
            password_hash: String::new(),
        },
    };
    fields.done()?;
    new.admin.password_hash = password::hash(&web, admin.password).await?;
    let saved = founding::create_from(&web.app, &by, replay, new).await?;
    Ok(Created::at("companies", saved))
}
