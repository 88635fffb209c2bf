//! Suppliers for people: in a list, and one with what it supplies.

use domain::{Instant, LeadTimes, Supplier, UnitPrice};
use serde::Serialize;
use store::query::purchase::Measured;
use store::query::supplier::{Listed, Supplied};
use utoipa::ToSchema;

use crate::export::{Cell, Column, Tabular};
use crate::value::{Coded, MoneyJson, QuantityJson};

/// A supplier in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SupplierRow {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whom to talk to.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// Of its prices.
    pub currency: String,
    /// Days to pay an invoice of it.
    pub terms_days: i64,
    /// Days from order to arrival it states.
    pub lead_days: i64,
    /// How many products it supplies.
    pub products: i64,
    /// Whether new purchase orders may go to it.
    pub active: bool,
}

impl SupplierRow {
    pub(super) fn of(listed: &Listed) -> Self {
        let one = &listed.supplier;
        SupplierRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            code: one.code.clone(),
            name: one.name.clone(),
            contact: one.contact.clone(),
            phone: one.phone.clone(),
            currency: one.currency.as_str().to_owned(),
            terms_days: one.terms_days,
            lead_days: one.lead_days,
            products: listed.products,
            active: one.active,
        }
    }
}

impl Tabular for SupplierRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "contact_name", cell: |row| Cell::from(&row.contact) },
        Column { name: "phone", cell: |row| Cell::from(&row.phone) },
        Column { name: "currency", cell: |row| Cell::from(&row.currency) },
        Column { name: "terms_days", cell: |row| Cell::from(row.terms_days) },
        Column { name: "lead_days", cell: |row| Cell::from(row.lead_days) },
        Column { name: "products", cell: |row| Cell::from(row.products) },
        Column { name: "active", cell: |row| row.active.into() },
    ];
}

/// What receipts say about how long a supplier takes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MeasuredLeadTime)]
pub struct MeasuredJson {
    /// How many receipts.
    pub count: i64,
    /// Mean of the days from order to arrival, two decimals.
    pub mean_days: String,
    /// Standard deviation of the sample, two decimals; `null` with fewer than two receipts.
    pub deviation_days: Option<String>,
}

impl MeasuredJson {
    fn of(times: &LeadTimes) -> Option<Self> {
        let mean_days = LeadTimes::shown(times.mean_centi()?);
        Some(MeasuredJson { count: times.count, mean_days, deviation_days: times.deviation_centi().map(LeadTimes::shown) })
    }
}

/// A product that a supplier supplies.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SupplierProduct)]
pub struct SuppliedJson {
    /// Which.
    pub product: Coded,
    /// Its specification.
    pub spec: String,
    /// The supplier's code of it.
    pub supplier_code: String,
    /// Price of one base unit without tax.
    pub unit_price: MoneyJson,
    /// The least that is ordered at once; zero: any quantity.
    pub minimum: QuantityJson,
    /// It is ordered in multiples of this; zero: in any quantity.
    pub multiple: QuantityJson,
    /// Days from order to arrival; `null`: as the supplier states.
    pub lead_days: Option<i64>,
    /// The same of a rush order; `null`: it cannot be rushed.
    pub rush_lead_days: Option<i64>,
    /// Surcharge of a rush order, percent of the price.
    pub rush_rate: String,
    /// Surcharge of a rush order for each base unit.
    pub rush_amount: MoneyJson,
    /// Price of one base unit when rushed; `null`: it cannot be rushed.
    pub rush_price: Option<MoneyJson>,
    /// Whether it is ordered here first.
    pub preferred: bool,
    /// What receipts of usual orders say; `null`: nothing came yet.
    pub measured: Option<MeasuredJson>,
    /// What receipts of rush orders say.
    pub measured_rush: Option<MeasuredJson>,
}

impl SuppliedJson {
    fn of(row: &Supplied, supplier: &Supplier, measured: &[Measured]) -> Self {
        let (one, product) = (&row.supplied, &row.product);
        let said = |rush: bool| {
            let found = measured.iter().find(|said| said.product_id == product.id && said.rush == rush);
            found.and_then(|said| MeasuredJson::of(&said.times))
        };
        let money = |price: UnitPrice| MoneyJson::price(price, supplier.currency);
        SuppliedJson {
            product: Coded { id: product.id.to_string(), code: product.code.clone(), name: product.name.clone() },
            spec: product.spec.clone(),
            supplier_code: one.supplier_code.clone(),
            unit_price: money(one.unit_price_micro),
            minimum: QuantityJson::of(one.minimum_micro, &product.unit),
            multiple: QuantityJson::of(one.multiple_micro, &product.unit),
            lead_days: one.lead_days,
            rush_lead_days: one.rush_lead_days,
            rush_rate: one.rush_rate.decimal(),
            rush_amount: money(one.rush_amount_micro),
            rush_price: one.rush_lead_days.and_then(|_| one.price(true)).map(money),
            preferred: one.preferred,
            measured: said(false),
            measured_rush: said(true),
        }
    }
}

/// A supplier.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Supplier)]
pub struct SupplierJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whom to talk to.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Address.
    pub address: String,
    /// Of its prices.
    pub currency: String,
    /// Days to pay an invoice of it.
    pub terms_days: i64,
    /// Days from order to arrival it states for what says nothing else.
    pub lead_days: i64,
    /// Code of the calendar of days on which goods of it arrive; empty: any day.
    pub calendar: String,
    /// Percent more than ordered that is taken.
    pub over_tolerance: String,
    /// Percent less than ordered that completes a line.
    pub under_tolerance: String,
    /// Anything else.
    pub notes: String,
    /// Whether new purchase orders may go to it.
    pub active: bool,
    /// What it supplies, by code of the product.
    pub products: Vec<SuppliedJson>,
    /// When it was entered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl SupplierJson {
    pub(super) fn of(one: &Supplier, products: &[Supplied], measured: &[Measured]) -> Self {
        SupplierJson {
            id: one.id.to_string(),
            version: one.version.raw(),
            code: one.code.clone(),
            name: one.name.clone(),
            contact: one.contact.clone(),
            phone: one.phone.clone(),
            email: one.email.clone(),
            address: one.address.clone(),
            currency: one.currency.as_str().to_owned(),
            terms_days: one.terms_days,
            lead_days: one.lead_days,
            calendar: one.calendar.clone(),
            over_tolerance: one.over_tolerance.decimal(),
            under_tolerance: one.under_tolerance.decimal(),
            notes: one.notes.clone(),
            active: one.active,
            products: products.iter().map(|row| SuppliedJson::of(row, one, measured)).collect(),
            created_at: one.created_at,
        }
    }
}
