//! A promotion as it is sent and shown.

use app::promotion::PromotionInput;
use domain::{
    Code, Company, Currency, Date, Language, Money, Names, ProductId, Promotion, PromotionAction, PromotionTerms, Quantity, Rate, Selector,
    UnitPrice, name_of, promotion_actions,
};
use serde::{Deserialize, Serialize};
use store::query::promotion::Listed;
use utoipa::ToSchema;

use crate::by::By;
use crate::calendar::NamesJson;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::value::{
    CategoryCode, ChannelCode, CodeOf, Coded, GradeCode, MoneyInput, MoneyJson, PromotionEffectCode, PromotionStatusCode, PromotionVerbCode,
};

/// A promotion in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromotionRow {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// State.
    pub status: PromotionStatusCode,
    /// First day, in the company's time zone.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// What it gives.
    pub effect: PromotionEffectCode,
    /// What it gives, for people: `10% off lines`.
    pub gives: String,
    /// For whom; `null`: for everybody.
    pub customer: Option<Coded>,
    /// For customers of this grade; `null`: of any.
    pub grade: Option<GradeCode>,
    /// For orders of this sales category; `null`: of any.
    pub category: Option<CategoryCode>,
    /// For orders from this channel; `null`: from any.
    pub channel: Option<ChannelCode>,
    /// For orders in this currency.
    pub currency: String,
    /// Whether it is given beside others.
    pub combinable: bool,
    /// Orders that have it.
    pub used: i64,
    /// The most orders; 0: any number.
    pub limit_total: i64,
}

impl Tabular for PromotionRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "valid_from", cell: |row| Cell::from(&row.valid_from) },
        Column { name: "valid_to", cell: |row| Cell::from(&row.valid_to) },
        Column { name: "effect", cell: |row| Cell::from(&row.gives) },
        Column { name: "currency", cell: |row| Cell::from(&row.currency) },
        Column { name: "used", cell: |row| Cell::from(row.used) },
        Column { name: "limit_total", cell: |row| Cell::from(row.limit_total) },
    ];
}

impl PromotionRow {
    /// A promotion for people.
    pub(super) fn of(row: &Listed, language: Language) -> Self {
        let one = &row.promotion;
        PromotionRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            code: one.code.clone(),
            name: one.names().of(language).to_owned(),
            status: one.status.into(),
            valid_from: one.valid_from.to_string(),
            valid_to: one.valid_to.to_string(),
            effect: one.terms.effect.into(),
            gives: gives(one, language),
            customer: row.customer.clone().map(|(code, name)| Coded { id: one.customer_id.to_string(), code, name }),
            grade: one.grade.value().map(Into::into),
            category: one.category.value().map(Into::into),
            channel: one.channel.value().map(Into::into),
            currency: one.currency.as_str().to_owned(),
            combinable: one.combinable,
            used: row.used,
            limit_total: one.limit_total,
        }
    }
}

/// What a promotion gives: `Percent off lines 10%`.
fn gives(one: &Promotion, language: Language) -> String {
    use domain::PromotionEffect::{FreeUnits, LinePercent, OrderAmount, OrderPercent, UnitOff};
    let (name, terms) = (name_of(language, one.terms.effect), &one.terms);
    let figure = match terms.effect {
        LinePercent | OrderPercent => format!("{}%", terms.percent.decimal()),
        UnitOff => MoneyJson::price(terms.unit_off, one.currency).amount,
        OrderAmount => terms.amount.decimal(one.currency),
        FreeUnits => format!("{} + {}", terms.buy.decimal(), terms.free.decimal()),
    };
    format!("{name} {figure}")
}

/// Something that may be done with a promotion.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromotionAction)]
pub struct ActionJson {
    /// The verb: POST to it under the promotion (`edit`: PUT it).
    pub verb: PromotionVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why it may not be done.
    pub code: Option<String>,
    /// The same for people.
    pub message: Option<String>,
    /// Gates that are shut; a promotion has none.
    pub gates: Vec<crate::error::ProblemGate>,
}

impl ActionJson {
    fn of(action: &PromotionAction, language: Language) -> Self {
        ActionJson {
            verb: action.verb.into(),
            name: name_of(language, action.verb),
            allowed: action.refusal.is_none(),
            needs_reason: action.verb == domain::PromotionVerb::End,
            code: action.refusal.as_ref().map(|refusal| refusal.code.to_owned()),
            message: action.refusal.as_ref().map(|refusal| refusal.message(language)),
            gates: Vec::new(),
        }
    }
}

/// A promotion: period, for whom, condition, effect and limits.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Promotion)]
pub struct PromotionJson {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: PromotionRow,
    /// Its names.
    pub names: NamesJson,
    /// For these products; none: for all.
    pub products: Vec<Coded>,
    /// A line takes part from this quantity of its base unit on.
    pub min_quantity: String,
    /// The goods of the order come to this at least.
    pub min_goods: MoneyJson,
    /// Percent off.
    pub percent: String,
    /// Off each base unit.
    pub unit_off: MoneyJson,
    /// Off the order.
    pub amount: MoneyJson,
    /// For so many units paid …
    pub buy: String,
    /// … so many cost nothing.
    pub free: String,
    /// The most units of a line that cost nothing; `null`: any number.
    pub most_free: Option<String>,
    /// Of promotions that give as much, the one with the higher priority is given.
    pub priority: i64,
    /// The most orders of one customer; 0: any number.
    pub limit_customer: i64,
    /// Why it ended.
    pub end_reason: String,
    /// What may be done with it.
    pub actions: Vec<ActionJson>,
}

impl PromotionJson {
    /// A promotion for its page.
    pub(super) fn of(row: &Listed, products: Vec<(ProductId, String, String)>, today: Date, by: &By) -> Self {
        let (one, terms) = (&row.promotion, &row.promotion.terms);
        let Names { zh_cn, zh_tw, en } = one.names();
        PromotionJson {
            row: PromotionRow::of(row, by.language),
            names: NamesJson { zh_cn, zh_tw, en },
            products: products.into_iter().map(|(id, code, name)| Coded { id: id.to_string(), code, name }).collect(),
            min_quantity: terms.min_quantity.decimal(),
            min_goods: MoneyJson::of(terms.min_goods, one.currency),
            percent: terms.percent.decimal(),
            unit_off: MoneyJson::price(terms.unit_off, one.currency),
            amount: MoneyJson::of(terms.amount, one.currency),
            buy: terms.buy.decimal(),
            free: terms.free.decimal(),
            most_free: terms.most_free.map(|most| most.decimal()),
            priority: one.priority,
            limit_customer: one.limit_customer,
            end_reason: one.end_reason.clone(),
            actions: promotion_actions(one, today, by).iter().map(|action| ActionJson::of(action, by.language)).collect(),
        }
    }
}

/// A promotion as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PromotionInput)]
pub struct PromotionInputJson {
    /// Its code, of which there is one.
    pub code: String,
    /// Its names.
    pub names: NamesJson,
    /// First day, in the company's time zone.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// Id or code of the customer; `null`: for everybody.
    pub customer_id: Option<String>,
    /// For customers of this grade; `null`: of any.
    pub grade: Option<GradeCode>,
    /// For orders of this sales category; `null`: of any.
    pub category: Option<CategoryCode>,
    /// For orders from this channel; `null`: from any.
    pub channel: Option<ChannelCode>,
    /// For orders in this currency, in which amounts are; the company's.
    pub currency: Option<String>,
    /// Ids or codes of products; none: for all.
    pub products: Vec<String>,
    /// A line takes part from this quantity of its base unit on; 0.
    pub min_quantity: Option<String>,
    /// The goods of the order come to this at least; 0.
    pub min_goods: Option<MoneyInput>,
    /// What it gives.
    pub effect: PromotionEffectCode,
    /// Percent off, for `line_percent` and `order_percent`.
    pub percent: Option<String>,
    /// Off each base unit, for `unit_off`.
    pub unit_off: Option<MoneyInput>,
    /// Off the order, for `order_amount`.
    pub amount: Option<MoneyInput>,
    /// Units paid, for `free_units`.
    pub buy: Option<String>,
    /// Units that cost nothing, for `free_units`.
    pub free: Option<String>,
    /// The most units of a line that cost nothing; `null`: any number.
    pub most_free: Option<String>,
    /// Whether it is given beside others.
    pub combinable: bool,
    /// Of promotions that give as much, the one with the higher priority is given; 0 to 999.
    pub priority: i64,
    /// The most orders; 0: any number.
    pub limit_total: i64,
    /// The most orders of one customer; 0: any number.
    pub limit_customer: i64,
}

fn selector<C: Code>(fields: &mut Fields, pointer: &str, code: Option<&CodeOf<C>>) -> Selector<C> {
    Selector::of(code.filter(|code| !code.0.is_empty()).map(|code| fields.code(pointer, code)))
}

impl PromotionInputJson {
    /// What is said, read.
    pub(super) fn read(self, company: &Company) -> Result<PromotionInput, Error> {
        let mut fields = Fields::new();
        let currency = self.currency.as_deref().filter(|code| !code.is_empty());
        let currency = currency.map(|code| fields.take("/currency", Currency::parse(code), company.currency));
        let books = currency.unwrap_or(company.currency);
        let said = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let quantity = |fields: &mut Fields, at: &str, text: &Option<String>| {
            said(text).map(|text| fields.take(at, Quantity::parse(&text), Quantity::ZERO))
        };
        let terms = PromotionTerms {
            min_quantity: quantity(&mut fields, "/min_quantity", &self.min_quantity).unwrap_or_default(),
            min_goods: fields.money_or("/min_goods", self.min_goods.as_ref(), books, Money::ZERO),
            effect: fields.code("/effect", &self.effect),
            percent: fields.optional_rate("/percent", said(&self.percent).as_deref()).unwrap_or(Rate::ZERO),
            unit_off: fields.optional_price("/unit_off", self.unit_off.as_ref(), books).unwrap_or(UnitPrice::ZERO),
            amount: fields.money_or("/amount", self.amount.as_ref(), books, Money::ZERO),
            buy: quantity(&mut fields, "/buy", &self.buy).unwrap_or_default(),
            free: quantity(&mut fields, "/free", &self.free).unwrap_or_default(),
            most_free: quantity(&mut fields, "/most_free", &self.most_free),
        };
        let names = Names { zh_cn: self.names.zh_cn.clone(), zh_tw: self.names.zh_tw.clone(), en: self.names.en.clone() };
        let input = PromotionInput {
            code: fields.required("/code", &self.code, 40),
            names,
            valid_from: fields.date("/valid_from", &self.valid_from),
            valid_to: fields.date("/valid_to", &self.valid_to),
            customer: self.customer_id,
            grade: selector(&mut fields, "/grade", self.grade.as_ref()),
            category: selector(&mut fields, "/category", self.category.as_ref()),
            channel: selector(&mut fields, "/channel", self.channel.as_ref()),
            currency,
            products: self.products,
            terms,
            combinable: self.combinable,
            priority: self.priority,
            limit_total: self.limit_total,
            limit_customer: self.limit_customer,
        };
        fields.done()?;
        Ok(input)
    }
}
