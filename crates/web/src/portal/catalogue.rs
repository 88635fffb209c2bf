//! The catalogue: what may be ordered, at the customer's own prices, what it usually orders first (INT-07, INT-12).

use axum::Json;
use axum::extract::{Path, State};
use domain::{Currency, Date, Language, PortalStock, ProductId};
use serde::{Deserialize, Serialize};
use store::query::portal::{self, Looking, Offered};
use utoipa::{IntoParams, ToSchema};

use super::person::Person;
use super::session::company_of;
use crate::error::Error;
use crate::list::{self, Asked, Listed, PageParams};
use crate::state::Web;
use crate::value::{MoneyJson, PortalStockCode, QuantityJson};

/// A price from a quantity on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PriceStepJson {
    /// From so much on.
    pub from: QuantityJson,
    /// Price of one unit.
    pub price: MoneyJson,
}

/// What is told of the stock of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalStockJson {
    /// In stock, few, or to order.
    pub code: PortalStockCode,
    /// The same for people.
    pub name: String,
    /// How much is free now.
    pub free: QuantityJson,
}

impl PortalStockJson {
    /// Of so much that is free.
    pub(super) fn of(free: domain::Quantity, unit: &str, language: Language) -> Self {
        let free = if free.is_negative() { domain::Quantity::ZERO } else { free };
        let code = PortalStock::of(free);
        PortalStockJson { code: code.into(), name: domain::name_of(language, code), free: QuantityJson::of(free, unit) }
    }
}

/// A product as its customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalProduct {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// Its group.
    pub category: String,
    /// The customer's price of one unit, of the smallest quantity that has one; `null`: to be asked for.
    pub price: Option<MoneyJson>,
    /// All prices by quantity, the smallest first.
    pub steps: Vec<PriceStepJson>,
    /// What is told of the stock.
    pub stock: PortalStockJson,
    /// Days until goods that are not there can be; 0: not known.
    pub lead_days: i64,
    /// How much of it is in the cart.
    pub in_cart: QuantityJson,
}

/// A product that the customer usually orders.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = UsualProduct)]
pub struct UsualJson {
    /// The product.
    pub product: PortalProduct,
    /// In how many orders of the last twelve months.
    pub orders: i64,
    /// Day of the last of them.
    pub last_on: String,
    /// When the next order would come, going by the days between them; `null`: nothing to go by.
    pub due_on: Option<String>,
    /// Whether that day has come.
    pub due: bool,
}

/// What the customer usually orders.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UsualProducts {
    /// What is due to be ordered again first, then what is ordered most often.
    pub items: Vec<UsualJson>,
}

/// The filters of the catalogue.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CatalogueQuery {
    /// Words in name, pinyin, initials, code, specification or barcode.
    pub q: Option<String>,
}

/// How many usual products are offered.
const USUAL: usize = 24;

fn product(offered: Offered, currency: Currency, language: Language) -> PortalProduct {
    let unit = &offered.product.unit;
    let step =
        |(from, price): &portal::Step| PriceStepJson { from: QuantityJson::of(*from, unit), price: MoneyJson::price(*price, currency) };
    PortalProduct {
        id: offered.product.id.to_string(),
        price: offered.steps.first().map(|(_, price)| MoneyJson::price(*price, currency)),
        steps: offered.steps.iter().map(step).collect(),
        stock: PortalStockJson::of(offered.free, unit, language),
        lead_days: offered.product.lead_days,
        in_cart: QuantityJson::of(offered.in_cart, unit),
        unit: unit.clone(),
        code: offered.product.code,
        name: offered.product.name,
        spec: offered.product.spec,
        category: offered.product.category,
    }
}

async fn today(web: &Web, person: &Person) -> Result<Date, Error> {
    Ok(company_of(web, person).await?.date_of(web.now()))
}

/// Lists what may be ordered, at the customer's own prices. Sorts: `code` (usual), `name`.
#[utoipa::path(get, path = "/portal/products", operation_id = "list_portal_products", tag = "portal", security(("portal" = [])),
    params(CatalogueQuery, PageParams), responses((status = 200, body = Listed<PortalProduct>)))]
pub(super) async fn list(
    State(web): State<Web>,
    person: Person,
    asked: Asked<CatalogueQuery>,
) -> Result<Json<Listed<PortalProduct>>, Error> {
    let page = asked.page.page(portal::CATALOGUE_SORTS, portal::TIES, "code")?;
    let (on, company, who) = (today(&web, &person).await?, person.company_id, person.clone());
    let wanted = page.clone();
    let found = web.app.store.read(move |reader| {
        let looking = Looking { user: who.user.id, customer: &who.customer, on };
        portal::catalogue(reader, company, looking, asked.filter.q.as_deref(), &wanted)
    });
    let found = found.await?.map(|offered| product(offered, person.customer.currency, person.language));
    Ok(Json(list::listed(&page, found)))
}

/// Lists what the customer usually orders: what is due to be ordered again first.
#[utoipa::path(get, path = "/portal/usual-products", operation_id = "list_usual_products", tag = "portal", security(("portal" = [])),
    responses((status = 200, body = UsualProducts)))]
pub(super) async fn usual(State(web): State<Web>, person: Person) -> Result<Json<UsualProducts>, Error> {
    let (on, company, who) = (today(&web, &person).await?, person.company_id, person.clone());
    let found = web.app.store.read(move |reader| {
        let looking = Looking { user: who.user.id, customer: &who.customer, on };
        portal::usual(reader, company, looking, on.plus_days(-365), USUAL)
    });
    let one = |(usual, offered): (domain::UsualProduct, Offered)| UsualJson {
        product: product(offered, person.customer.currency, person.language),
        orders: usual.orders,
        last_on: usual.last_on.to_string(),
        due_on: usual.due_on().map(|day| day.to_string()),
        due: usual.is_due(on),
    };
    Ok(Json(UsualProducts { items: found.await?.into_iter().map(one).collect() }))
}

/// Shows a product that may be ordered.
#[utoipa::path(get, path = "/portal/products/{id}", operation_id = "show_portal_product", tag = "portal", security(("portal" = [])),
    responses((status = 200, body = PortalProduct)))]
pub(super) async fn show(State(web): State<Web>, person: Person, Path(id): Path<String>) -> Result<Json<PortalProduct>, Error> {
    let id: ProductId = id.parse().map_err(|_| Error::not_found("product"))?;
    let (on, company, who) = (today(&web, &person).await?, person.company_id, person.clone());
    let found = web.app.store.read(move |reader| {
        let looking = Looking { user: who.user.id, customer: &who.customer, on };
        portal::product(reader, company, looking, id)
    });
    let offered = found.await?.ok_or_else(|| Error::not_found("product"))?;
    Ok(Json(product(offered, person.customer.currency, person.language)))
}
