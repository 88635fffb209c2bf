//! The cart: what is wanted, what of it is held and until when, and what it comes to (INT-07).

use app::cart::look::{Looked, look};
use app::cart::put;
use axum::Json;
use axum::extract::State;
use domain::{CartLine, Company, Currency, Date, Instant, OrderLine, ProductId, Quantity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::person::Person;
use super::session::company_of;
use crate::body::{Body, Empty};
use crate::error::{Error, ProblemField};
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{Coded, MoneyJson, QuantityInput, QuantityJson};

/// A line of the cart.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CartLine)]
pub struct CartLineJson {
    /// What.
    pub product: Coded,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// How much is wanted.
    pub quantity: QuantityJson,
    /// Of that, held for the cart.
    pub held: QuantityJson,
    /// Until when; `null`: nothing is held.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub held_until: Option<Instant>,
    /// When all of it can be there: today, or after the product's lead time; `null`: to be told.
    pub earliest: Option<String>,
    /// Price of one unit.
    pub unit_price: MoneyJson,
    /// Without tax.
    pub net: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
}

/// A cart and what it comes to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Cart)]
pub struct CartJson {
    /// Its lines, the first laid in first.
    pub lines: Vec<CartLineJson>,
    /// Until when the first of them is held; `null`: nothing is.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub held_until: Option<Instant>,
    /// Minutes for which what is laid in is held; 0: nothing is.
    pub hold_minutes: i64,
    /// Whether less is held than is wanted.
    pub short: bool,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// What an order of it would cost.
    pub payable: MoneyJson,
    /// What would be asked for in advance.
    pub deposit: MoneyJson,
    /// Where it would be delivered to.
    pub receiver: String,
    /// Where it would be delivered to.
    pub delivery_address: String,
    /// Phone for the delivery.
    pub contact_phone: String,
    /// The addresses on file.
    pub addresses: Vec<PortalAddress>,
    /// Everything that is still missing for an order.
    pub errors: Vec<ProblemField>,
}

/// An address of the customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalAddress {
    /// What people call it.
    pub label: String,
    /// Who takes the goods.
    pub receiver: String,
    /// Phone of the receiver.
    pub phone: String,
    /// The whole address in a line.
    pub address: String,
}

/// How much of a product is to be in the cart.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CartPut {
    /// What.
    pub product_id: String,
    /// How much; 0 takes it out.
    pub quantity: QuantityInput,
}

/// Shows the cart, priced as an order of it would be.
#[utoipa::path(get, path = "/portal/cart", operation_id = "show_cart", tag = "portal", security(("portal" = [])), responses((status = 200, body = CartJson)))]
pub(super) async fn show(State(web): State<Web>, person: Person) -> Result<Json<CartJson>, Error> {
    Ok(Json(looked(&web, &person).await?))
}

/// Sets how much of a product is in the cart, and holds what is free of it for half an hour.
#[utoipa::path(post, path = "/portal/cart", operation_id = "put_into_cart", tag = "portal", security(("portal" = [])), request_body = CartPut, responses((status = 200, body = CartJson)))]
pub(super) async fn put(State(web): State<Web>, person: Person, body: Body<CartPut>) -> Result<Json<CartJson>, Error> {
    let mut fields = Fields::new();
    let product: ProductId = body.input.product_id.parse().map_err(|_| Error::not_found("product"))?;
    let quantity = fields.quantity("/quantity", &body.input.quantity);
    fields.done()?;
    web.app.command(&person, body.replay, move |work, by| put::put(work, by, product, quantity)).await?;
    Ok(Json(looked(&web, &person).await?))
}

/// Holds everything in the cart anew, as far as there is any.
#[utoipa::path(post, path = "/portal/cart/hold", operation_id = "hold_cart", tag = "portal", security(("portal" = [])), request_body = Empty, responses((status = 200, body = CartJson)))]
pub(super) async fn hold(State(web): State<Web>, person: Person, body: Body<Empty>) -> Result<Json<CartJson>, Error> {
    web.app.command(&person, body.replay, put::hold_all).await?;
    Ok(Json(looked(&web, &person).await?))
}

async fn looked(web: &Web, person: &Person) -> Result<CartJson, Error> {
    let actor = person.actor.clone();
    let found = web.app.store.write(person.company_id, move |work| look(work, &actor)).await?;
    let (company, customer) = (person.company_id, person.customer.id);
    let file = web.app.store.read(move |reader| store::query::customer::one(reader, company, customer)).await?;
    let settings = company_of(web, person).await?;
    let today = settings.date_of(web.now());
    let addresses = file.map(|file| file.addresses).unwrap_or_default();
    let address = |address: &domain::CustomerAddress| PortalAddress {
        label: address.label.clone(),
        receiver: address.receiver.clone(),
        phone: address.phone.clone(),
        address: app::order::full_address(address),
    };
    Ok(cart(person, &found, &settings, today, addresses.iter().map(address).collect()))
}

fn cart(person: &Person, found: &Looked, company: &Company, today: Date, addresses: Vec<PortalAddress>) -> CartJson {
    let currency = person.customer.currency;
    let checked = &found.checked;
    let facts = checked.lines.iter().zip(&checked.available).zip(&checked.lead_days);
    let line = |((line, available), lead): ((&OrderLine, &Quantity), &i64)| {
        let place = usize::try_from(line.line_no - 1).ok()?;
        found.lines.get(place).map(|held| cart_line(held, line, (*available, *lead), (currency, today)))
    };
    let money = |amount: Option<domain::Money>| MoneyJson::of(amount.unwrap_or(domain::Money::ZERO), currency);
    let head = checked.order.as_ref();
    let of_head = |text: fn(&domain::Order) -> &String| head.map(|order| text(order).clone()).unwrap_or_default();
    CartJson {
        lines: facts.filter_map(line).collect(),
        held_until: found.lines.iter().filter_map(|line| line.held_until).min(),
        hold_minutes: company.cart_hold_minutes,
        short: found.lines.iter().any(|line| line.held_micro < line.quantity_micro),
        net: money(head.map(|order| order.net_minor)),
        tax: money(head.map(|order| order.tax_minor)),
        payable: money(head.map(|order| order.payable_minor)),
        deposit: money(head.map(|order| order.deposit_minor)),
        receiver: of_head(|order| &order.receiver),
        delivery_address: of_head(|order| &order.delivery_address),
        contact_phone: of_head(|order| &order.contact_phone),
        addresses,
        errors: checked.errors.iter().map(|error| ProblemField::of(error, person.language)).collect(),
    }
}

fn cart_line(held: &CartLine, line: &OrderLine, (free, lead): (Quantity, i64), (currency, today): (Currency, Date)) -> CartLineJson {
    // What the cart itself holds is not free, but there for it.
    let there = free + held.held_micro >= line.quantity_micro;
    CartLineJson {
        product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity: QuantityJson::of(held.quantity_micro, &line.unit),
        held: QuantityJson::of(held.held_micro, &line.unit),
        held_until: held.held_until,
        earliest: if there { Some(today.to_string()) } else { (lead > 0).then(|| today.plus_days(lead).to_string()) },
        unit_price: MoneyJson::price(line.unit_price_micro, currency),
        net: MoneyJson::of(line.net_minor, currency),
        gross: MoneyJson::of(line.gross_minor, currency),
    }
}
