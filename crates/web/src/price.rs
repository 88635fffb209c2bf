//! The price book over HTTP.

use app::export::List;
use app::price::{PriceInput as Input, create, delete, edit};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Act, Code, Company, Currency, Date, PriceId, Quantity, Selector};
use serde::{Deserialize, Serialize};
use store::query::price::{self, Filter, Listed as Row};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::exchange_rate::currency_filter;
use crate::export::{self, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{
    CategoryCode, ChannelCode, CodeOf, Coded, GradeCode, MoneyInput, MoneyJson, PriceSourceCode, QuantityInput, QuantityJson, Saved,
};
use crate::version::{Created, Matching, Tagged};
use crate::{customer, product};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete))
}

/// A product with the unit its prices are for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PricedProduct {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// An entry of the price book.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Price)]
pub struct PriceJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Of what.
    pub product: PricedProduct,
    /// For whom; `null`: for everybody.
    pub customer: Option<Coded>,
    /// For customers of this grade; `null`: of any.
    pub grade: Option<GradeCode>,
    /// For orders of this sales category; `null`: of any.
    pub category: Option<CategoryCode>,
    /// For orders from this channel; `null`: from any.
    pub channel: Option<ChannelCode>,
    /// Whose price it is, by the most special thing it names.
    pub source: PriceSourceCode,
    /// From this quantity on.
    pub min_quantity: QuantityJson,
    /// Price of one unit, for orders in its currency.
    pub unit_price: MoneyJson,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// Last day, or open.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
}

impl PriceJson {
    fn of(row: Row) -> Self {
        let price = row.price;
        PriceJson {
            id: price.id.to_string(),
            version: price.version.raw(),
            customer: row.customer.map(|(code, name)| Coded { id: price.customer_id.to_string(), code, name }),
            grade: price.grade.value().map(Into::into),
            category: price.category.value().map(Into::into),
            channel: price.channel.value().map(Into::into),
            source: price.source().into(),
            min_quantity: QuantityJson::of(price.min_quantity_micro, &row.unit),
            product: PricedProduct { id: price.product_id.to_string(), code: row.product_code, name: row.product_name, unit: row.unit },
            unit_price: MoneyJson::price(price.unit_price_micro, price.currency),
            valid_from: price.valid_from,
            valid_to: price.valid_to,
        }
    }
}

impl Tabular for PriceJson {
    const LIST: Option<List> = Some(List::Prices);

    fn key(&self) -> (i64, i64) {
        (export::id(&self.id), 0)
    }
}

/// An entry of the price book, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PriceInput {
    /// Id or code of the product.
    pub product_id: String,
    /// Id or code of the customer; `null`: for everybody.
    pub customer_id: Option<String>,
    /// For customers of this grade; `null`: of any.
    pub grade: Option<GradeCode>,
    /// For orders of this sales category; `null`: of any.
    pub category: Option<CategoryCode>,
    /// For orders from this channel; `null`: from any.
    pub channel: Option<ChannelCode>,
    /// The currency of the price and of the orders it is for; the company's.
    pub currency: Option<String>,
    /// From this quantity on; 0.
    pub min_quantity: Option<QuantityInput>,
    /// Price of one unit in that currency.
    pub unit_price: MoneyInput,
    /// First day; today.
    pub valid_from: Option<String>,
    /// Last day; `null`: open.
    pub valid_to: Option<String>,
}

impl PriceInput {
    fn read(self, company: &Company) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let currency = self.currency.filter(|code| !code.is_empty());
        let currency = currency.map(|code| fields.take("/currency", Currency::parse(&code), company.currency));
        let input = Input {
            product: fields.required("/product_id", &self.product_id, 100),
            customer: self.customer_id,
            grade: selector(&mut fields, "/grade", self.grade.as_ref()),
            category: selector(&mut fields, "/category", self.category.as_ref()),
            channel: selector(&mut fields, "/channel", self.channel.as_ref()),
            currency,
            min_quantity: fields.quantity_or("/min_quantity", self.min_quantity.as_ref(), Quantity::ZERO),
            unit: self.min_quantity.as_ref().and_then(|quantity| quantity.unit()).map(str::to_owned),
            unit_price: fields.price("/unit_price", &self.unit_price, currency.unwrap_or(company.currency)),
            valid_from: fields.optional_date("/valid_from", self.valid_from.as_deref()),
            valid_to: fields.optional_date("/valid_to", self.valid_to.as_deref()),
        };
        fields.done()?;
        Ok(input)
    }
}

fn selector<C: Code>(fields: &mut Fields, pointer: &str, code: Option<&CodeOf<C>>) -> Selector<C> {
    Selector::of(code.filter(|code| !code.0.is_empty()).map(|code| fields.code(pointer, code)))
}

/// The filters of the price book.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PriceQuery {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// A grade of customers.
    pub grade: Option<String>,
    /// A sales category.
    pub category: Option<String>,
    /// A channel.
    pub channel: Option<String>,
    /// A currency.
    pub currency: Option<String>,
    /// `true`: list prices only.
    pub list: Option<String>,
}

/// A filter that is one code, where one was sent.
fn one_code<C: Code>(fields: &mut Fields, pointer: &str, code: Option<&str>) -> Option<C> {
    codes::<C>(fields, pointer, code).into_iter().next()
}

/// Lists the price book. Sorts: `product` (usual: its code, then list price before customers, then quantity), `created_at`.
#[utoipa::path(get, path = "/prices", operation_id = "list_prices", tag = "price", params(PriceQuery, PageParams), responses((status = 200, body = Listed<PriceJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<PriceQuery>) -> Result<Response, Error> {
    by.may(Act::ViewPrice)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let list_only = yes_or_no(&mut fields, "/list", query.list.as_deref()) == Some(true);
    let grade = one_code(&mut fields, "/grade", query.grade.as_deref());
    let category = one_code(&mut fields, "/category", query.category.as_deref());
    let channel = one_code(&mut fields, "/channel", query.channel.as_deref());
    let currency = currency_filter(&mut fields, query.currency.as_deref());
    fields.done()?;
    let product = product::filtered(&web, &by, "/product", query.product).await?;
    let customer = customer::filtered(&web, &by, "/customer", query.customer).await?;
    let filter = Filter { q: query.q, product, customer, grade, category, channel, currency, everybody: list_only };
    let company = by.company_id;
    let sorts = Sorts { sorts: price::SORTS, ties: price::TIES, usual: "product" };
    list::answer(&web, &by, "prices", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(price::list(reader, company, &filter, page)?.map(PriceJson::of))
    })
    .await
}

/// Shows an entry of the price book.
#[utoipa::path(get, path = "/prices/{id}", operation_id = "show_price", tag = "price", responses((status = 200, body = PriceJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<PriceJson>, Error> {
    by.may(Act::ViewPrice)?;
    let (company, id) = (by.company_id, id_of(&id)?);
    let found = web.app.store.read(move |reader| price::one(reader, company, id)).await?;
    let found = found.ok_or_else(|| Error::not_found("price"))?;
    Ok(Tagged(found.price.version.raw(), PriceJson::of(found)))
}

/// Adds an entry to the price book.
#[utoipa::path(post, path = "/prices", operation_id = "create_price", tag = "price", request_body = PriceInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<PriceInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditPrice)?;
    let input = body.input.read(&customer::company(&web, &by).await?)?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("prices", saved))
}

/// Changes an entry; orders keep the prices they were made with.
#[utoipa::path(put, path = "/prices/{id}", operation_id = "edit_price", tag = "price", request_body = PriceInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<PriceInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditPrice)?;
    let id = id_of(&id)?;
    let input = body.input.read(&customer::company(&web, &by).await?)?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Takes an entry out of the price book.
#[utoipa::path(delete, path = "/prices/{id}", operation_id = "delete_price", tag = "price", responses((status = 204)))]
async fn delete(State(web): State<Web>, by: By, Path(id): Path<String>, Matching(version): Matching) -> Result<StatusCode, Error> {
    let id = id_of(&id)?;
    web.app.command(&by, None, move |work, by| delete::delete(work, by, id, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn id_of(text: &str) -> Result<PriceId, Error> {
    text.parse().map_err(|_| Error::not_found("price"))
}
