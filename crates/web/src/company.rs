//! The company's settings over HTTP.

use app::company::edit::{CompanyEdit, edit};
use axum::extract::State;
use domain::{Company, Detail, Reason};
use serde::{Deserialize, Serialize};
use store::query::company;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{Saved, TaxRoundingCode};
use crate::version::{Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show, change))
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
    /// How orders are numbered: `SO{yyyy}{000000}`.
    pub order_pattern: String,
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
            order_pattern: company.order_pattern,
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
    /// How orders are numbered: `SO{yyyy}{000000}`.
    pub order_pattern: String,
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

/// Changes the company's settings.
#[utoipa::path(put, path = "/company", operation_id = "edit_company", tag = "company", request_body = CompanyChange, responses((status = 200, body = Saved)))]
async fn change(State(web): State<Web>, by: By, Matching(version): Matching, body: Body<CompanyChange>) -> Result<Tagged<Saved>, Error> {
    let now = current(&web, &by).await?;
    let input = body.input;
    let mut fields = Fields::new();
    fixed(&mut fields, "/id", input.id.as_deref(), &now.id.to_string());
    fixed(&mut fields, "/code", input.code.as_deref(), &now.code);
    fixed(&mut fields, "/currency", input.currency.as_deref(), now.currency.as_str());
    fixed(&mut fields, "/blueprint_no", input.blueprint_no.map(|number| number.to_string()).as_deref(), &now.blueprint_no.to_string());
    let change = CompanyEdit {
        version: Some(version),
        name: fields.text("/name", &input.name, 200),
        tax_rounding: fields.code("/tax_rounding", &input.tax_rounding),
        follow_up_days: input.follow_up_days,
        order_pattern: fields.text("/order_pattern", &input.order_pattern, 60),
        default_tax_rate: fields.rate("/default_tax_rate", &input.default_tax_rate),
        time_zone: fields.text("/time_zone", &input.time_zone, 60),
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
