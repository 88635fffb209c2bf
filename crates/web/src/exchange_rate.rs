//! Dated exchange rates over HTTP (PRC-07).

use app::exchange_rate::{ExchangeRateInput as Input, create, delete, edit};
use app::export::List;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Act, Conversion, Currency, Date, ExchangeRate, ExchangeRateId, FieldRule};
use serde::{Deserialize, Serialize};
use store::query::exchange_rate::{self, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::customer;
use crate::error::Error;
use crate::export::{self, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete))
}

/// What a foreign currency is worth from a day on, until its next rate.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExchangeRate)]
pub struct ExchangeRateJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// The foreign currency, ISO 4217.
    pub currency: String,
    /// The company's currency.
    pub books: String,
    /// Units of the company's currency for one of the foreign one: up to nine decimals.
    #[schema(example = "7.1234")]
    pub rate: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
}

impl ExchangeRateJson {
    fn of(rate: &ExchangeRate, books: Currency) -> Self {
        ExchangeRateJson {
            id: rate.id.to_string(),
            version: rate.version.raw(),
            currency: rate.currency.as_str().to_owned(),
            books: books.as_str().to_owned(),
            rate: rate.rate_nano.decimal(),
            valid_from: rate.valid_from,
        }
    }
}

impl Tabular for ExchangeRateJson {
    const LIST: Option<List> = Some(List::ExchangeRates);

    fn key(&self) -> (i64, i64) {
        (export::id(&self.id), 0)
    }
}

/// A rate, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExchangeRateInput {
    /// The foreign currency, ISO 4217.
    pub currency: String,
    /// Units of the company's currency for one of the foreign one: up to nine decimals.
    pub rate: String,
    /// First day; today.
    pub valid_from: Option<String>,
}

impl ExchangeRateInput {
    fn read(self) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let currency = fields.required("/currency", &self.currency, 3);
        let currency = if currency.is_empty() { Currency::CNY } else { read_currency(&mut fields, &currency) };
        let rate = fields.required("/rate", &self.rate, 40);
        let nothing = Conversion::from_nano(1);
        let rate = if rate.is_empty() { nothing } else { fields.take("/rate", Conversion::parse(&rate), nothing) };
        let valid_from = fields.optional_date("/valid_from", self.valid_from.as_deref());
        fields.done()?;
        Ok(Input { currency, valid_from, rate })
    }
}

fn read_currency(fields: &mut Fields, text: &str) -> Currency {
    fields.take("/currency", Currency::parse(text), Currency::CNY)
}

/// A filter that is a currency, where one was sent.
pub(crate) fn currency_filter(fields: &mut Fields, text: Option<&str>) -> Option<Currency> {
    text.map(|text| match Currency::parse(text) {
        Ok(currency) => currency,
        Err(_) => {
            fields.wrong("/currency", FieldRule::UnknownChoice { value: text.to_owned() });
            Currency::CNY
        }
    })
}

/// The filters of the rates.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExchangeRateQuery {
    /// Of this currency.
    pub currency: Option<String>,
    /// That begin on this day or later.
    pub from: Option<String>,
    /// That begin on this day or earlier.
    pub to: Option<String>,
}

/// Lists exchange rates. Sorts: `-valid_from` (usual), `currency`.
#[utoipa::path(get, path = "/exchange-rates", operation_id = "list_exchange_rates", tag = "price", params(ExchangeRateQuery, PageParams), responses((status = 200, body = Listed<ExchangeRateJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<ExchangeRateQuery>) -> Result<Response, Error> {
    by.may(Act::ViewPrice)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let filter = Filter {
        currency: currency_filter(&mut fields, query.currency.as_deref()),
        from: fields.optional_date("/from", query.from.as_deref()),
        to: fields.optional_date("/to", query.to.as_deref()),
    };
    fields.done()?;
    let (company, books) = (by.company_id, customer::company(&web, &by).await?.currency);
    let sorts = Sorts { sorts: exchange_rate::SORTS, ties: exchange_rate::TIES, usual: "-valid_from" };
    list::answer(&web, &by, "exchange_rates", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(exchange_rate::list(reader, company, &filter, page)?.map(|rate| ExchangeRateJson::of(&rate, books)))
    })
    .await
}

/// Shows an exchange rate.
#[utoipa::path(get, path = "/exchange-rates/{id}", operation_id = "show_exchange_rate", tag = "price", responses((status = 200, body = ExchangeRateJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<ExchangeRateJson>, Error> {
    by.may(Act::ViewPrice)?;
    let (company, id) = (customer::company(&web, &by).await?, id_of(&id)?);
    let company_id = company.id;
    let found = web.app.store.read(move |reader| exchange_rate::one(reader, company_id, id)).await?;
    let found = found.ok_or_else(|| Error::not_found("exchange_rate"))?;
    Ok(Tagged(found.version.raw(), ExchangeRateJson::of(&found, company.currency)))
}

/// Adds what a currency is worth from a day on.
#[utoipa::path(post, path = "/exchange-rates", operation_id = "create_exchange_rate", tag = "price", request_body = ExchangeRateInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<ExchangeRateInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditExchangeRate)?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("exchange-rates", saved))
}

/// Changes a rate; orders keep the rates they were made with.
#[utoipa::path(put, path = "/exchange-rates/{id}", operation_id = "edit_exchange_rate", tag = "price", request_body = ExchangeRateInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<ExchangeRateInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditExchangeRate)?;
    let (id, input) = (id_of(&id)?, body.input.read()?);
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Takes a rate back; orders keep the rates they were made with.
#[utoipa::path(delete, path = "/exchange-rates/{id}", operation_id = "delete_exchange_rate", tag = "price", responses((status = 204)))]
async fn delete(State(web): State<Web>, by: By, Path(id): Path<String>, Matching(version): Matching) -> Result<StatusCode, Error> {
    let id = id_of(&id)?;
    web.app.command(&by, None, move |work, by| delete::delete(work, by, id, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn id_of(text: &str) -> Result<ExchangeRateId, Error> {
    text.parse().map_err(|_| Error::not_found("exchange_rate"))
}
