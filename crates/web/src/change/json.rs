//! A change order for people: what it asks for, what comes of it side by side, who signed, what may be done.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::change::preview::Now;
use domain::{
    Actor, Blueprint, CHANGE_RULE, ChangeApproval, ChangeItem, ChangeOrder, ChangeStatus, Currency, Effect, Language, LineVersion, Order,
    OrderVersion, ProductId, StockEffect, UserId, change_actions, name_of, open_change_steps, roles_detail, text,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::contract::order::DifferenceJson;
use crate::error::ProblemGate;
use crate::order::charge::ChargeJson;
use crate::order::goods::{ChosenJson, SoldJson};
use crate::value::{
    ChangeKindCode, ChangeSideCode, ChangeStatusCode, ChangeVerbCode, CodeOf, Coded, DecisionCode, MoneyJson, Named, Numbered,
    QuantityJson, SettlementCode,
};

/// What a version of an order says, head and lines.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderVersion)]
#[allow(missing_docs)] // The fields are those of the order.
pub struct VersionJson {
    pub receiver: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub delivery_address: String,
    pub packing: String,
    pub settlement: SettlementCode,
    pub deposit_rate: String,
    pub required_on: Option<String>,
    pub promised_on: Option<String>,
    pub planned_ship_on: Option<String>,
    pub expected_on: Option<String>,
    pub goods: MoneyJson,
    pub freight: MoneyJson,
    pub discount: MoneyJson,
    pub charges: Vec<ChargeJson>,
    pub net: MoneyJson,
    pub tax: MoneyJson,
    pub payable: MoneyJson,
    pub deposit: MoneyJson,
    pub lines: Vec<LineVersionJson>,
}

/// What a version of an order says of a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LineVersion)]
#[allow(missing_docs)] // The fields are those of the line.
pub struct LineVersionJson {
    pub line_no: i64,
    pub product: Coded,
    pub spec: String,
    pub quantity: QuantityJson,
    pub unit_price: MoneyJson,
    /// As it is sold, where that is in a further unit.
    pub sold: Option<SoldJson>,
    pub choices: Vec<ChosenJson>,
    pub discount_rate: String,
    pub tax_rate: String,
    pub net: MoneyJson,
    pub tax: MoneyJson,
    pub gross: MoneyJson,
    pub reserved: QuantityJson,
    pub shipped: QuantityJson,
    pub billed: QuantityJson,
    pub note: String,
}

/// What a change does to the stock for a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeStock)]
pub struct StockJson {
    /// Number of the line.
    pub line_no: i64,
    /// Code of the product.
    pub product_code: String,
    /// Name of the product.
    pub name: String,
    /// The stock gets this back.
    pub gives_back: QuantityJson,
    /// This is reserved in addition.
    pub reserves: QuantityJson,
    /// This is not there for it afterwards.
    pub short: QuantityJson,
    /// So much was not there before.
    pub short_before: QuantityJson,
}

/// What a change does to what the customer owes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeCredit)]
pub struct CreditJson {
    /// What the customer owes or will owe before it.
    pub before: MoneyJson,
    /// And after it.
    pub after: MoneyJson,
    /// The most the customer may owe; `null`: there is no limit.
    pub limit: Option<MoneyJson>,
    /// Whether that is passed by it.
    pub over: bool,
}

/// A signature that a change needs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeNeed)]
pub struct NeedJson {
    /// The rule that asks for it; `change`: every change needs it.
    pub rule: String,
    /// Its name.
    pub rule_name: String,
    /// Signatures of one stage are given side by side.
    pub stage: i64,
    /// Names of the roles any of which gives it.
    pub role_name: String,
}

/// What comes of a change.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeEffect)]
pub struct EffectJson {
    /// The order before.
    pub before: VersionJson,
    /// The order after.
    pub after: VersionJson,
    /// Numbers of the lines that do not leave until it is decided.
    pub concerned: Vec<i64>,
    /// The stock, for each line where something happens or is short.
    pub stock: Vec<StockJson>,
    /// What the customer pays more; below zero: less.
    pub payable_more: MoneyJson,
    /// The customer's credit.
    pub credit: CreditJson,
    /// The signatures it needs.
    pub steps: Vec<NeedJson>,
    /// Whether the customer has to say yes.
    pub asks_customer: bool,
    /// Whether who makes or buys the goods has to agree first.
    pub asks_supply: bool,
    /// Where the order departs from its contract afterwards and did not before.
    pub contract: Vec<DifferenceJson>,
}

impl VersionJson {
    fn of(version: &OrderVersion, language: Language) -> Self {
        let money = |amount| MoneyJson::of(amount, version.currency);
        let date = |date: Option<domain::Date>| date.map(|date| date.to_string());
        VersionJson {
            receiver: version.receiver.clone(),
            contact_name: version.contact_name.clone(),
            contact_phone: version.contact_phone.clone(),
            delivery_address: version.delivery_address.clone(),
            packing: version.packing.clone(),
            settlement: version.settlement.into(),
            deposit_rate: version.deposit_rate.decimal(),
            required_on: date(version.required_on),
            promised_on: date(version.promised_on),
            planned_ship_on: date(version.planned_ship_on),
            expected_on: date(version.expected_on),
            goods: money(version.goods),
            freight: money(version.freight),
            discount: money(version.discount),
            charges: ChargeJson::all(&version.charges, version.currency, language),
            net: money(version.net),
            tax: money(version.tax),
            payable: money(version.payable),
            deposit: money(version.deposit),
            lines: version.lines.iter().map(|line| LineVersionJson::of(line, version.currency)).collect(),
        }
    }
}

impl LineVersionJson {
    fn of(line: &LineVersion, currency: Currency) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
        LineVersionJson {
            line_no: line.line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            spec: line.spec.clone(),
            quantity: quantity(line.quantity),
            unit_price: MoneyJson::price(line.unit_price, currency),
            sold: line.sold.as_ref().map(|sold| SoldJson::of(sold, currency)),
            choices: ChosenJson::all(&line.configuration, currency),
            discount_rate: line.discount_rate.decimal(),
            tax_rate: line.tax_rate.decimal(),
            net: money(line.net),
            tax: money(line.tax),
            gross: money(line.gross),
            reserved: quantity(line.reserved),
            shipped: quantity(line.shipped),
            billed: quantity(line.billed),
            note: line.note.clone(),
        }
    }
}

fn rule_name(rules: &Blueprint, rule: &str, language: Language) -> String {
    if rule == CHANGE_RULE {
        return name_of(language, domain::Numbered::Change);
    }
    rules.approvals.iter().find(|known| known.code == rule).map(|known| known.name.of(language).to_owned()).unwrap_or_default()
}

impl EffectJson {
    /// What comes of a change, for people.
    pub(crate) fn of(effect: &Effect, rules: &Blueprint, language: Language) -> Self {
        let money = |amount| MoneyJson::of(amount, effect.after.currency);
        let stock = |line: &StockEffect| StockJson {
            line_no: line.line_no,
            product_code: line.product_code.clone(),
            name: line.name.clone(),
            gives_back: QuantityJson::of(line.gives_back, &line.unit),
            reserves: QuantityJson::of(line.reserves, &line.unit),
            short: QuantityJson::of(line.short, &line.unit),
            short_before: QuantityJson::of(line.short_before, &line.unit),
        };
        let after = effect.exposure + effect.owed_more;
        let credit = CreditJson {
            before: money(effect.exposure),
            after: money(after),
            limit: effect.limit.map(money),
            over: effect.owed_more.is_positive() && effect.limit.is_some_and(|limit| after > limit),
        };
        let step = |step: &domain::NeededStep| NeedJson {
            rule: step.rule.clone(),
            rule_name: rule_name(rules, &step.rule, language),
            stage: step.stage,
            role_name: roles_detail(&step.roles).shown(language),
        };
        EffectJson {
            before: VersionJson::of(&effect.before, language),
            after: VersionJson::of(&effect.after, language),
            concerned: effect.concerned.clone(),
            stock: effect.stock.iter().map(stock).collect(),
            payable_more: money(effect.after.payable - effect.before.payable),
            credit,
            steps: effect.steps.iter().map(step).collect(),
            asks_customer: effect.asks_customer,
            asks_supply: effect.asks_supply,
            contract: effect.contract.iter().map(|one| DifferenceJson::of(one, language)).collect(),
        }
    }
}

/// One thing that is to change.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = ChangeItem)]
#[allow(missing_docs)] // As it is sent.
pub struct ItemJson {
    pub kind: ChangeKindCode,
    /// Name of the kind.
    pub kind_name: String,
    pub line_no: Option<i64>,
    pub product: Option<Coded>,
    /// Decimal, in the unit beside it.
    pub quantity: Option<String>,
    /// The further unit of quantity and price; not there: the base unit.
    pub unit: Option<String>,
    /// Codes of what is chosen.
    pub choices: Option<Vec<String>>,
    /// Decimal, in the order's currency.
    pub unit_price: Option<String>,
    pub discount_rate: Option<String>,
    pub note: Option<String>,
    pub date: Option<String>,
    pub delivery_address: Option<String>,
    pub receiver: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub packing: Option<String>,
    /// All charges and allowances there are to be.
    pub charges: Option<Vec<ChargeJson>>,
    /// Decimal, in the order's currency.
    pub freight: Option<String>,
    pub settlement: Option<SettlementCode>,
    pub deposit_rate: Option<String>,
}

impl ItemJson {
    fn of(item: &ChangeItem, products: &BTreeMap<ProductId, Coded>, currency: Currency, language: Language) -> Self {
        let mut json = ItemJson {
            kind: item.kind().into(),
            kind_name: name_of(language, item.kind()),
            line_no: item.line_no(),
            product: item.product().and_then(|(id, _)| products.get(&id).cloned()),
            ..ItemJson::default()
        };
        match item {
            ChangeItem::Quantity { quantity, .. } => json.quantity = Some(quantity.decimal()),
            ChangeItem::AddLine { quantity, unit_price, note, sold, choices, .. } => {
                json.quantity = Some(sold.as_ref().map_or(*quantity, |sold| sold.quantity).decimal());
                json.unit = sold.as_ref().map(|sold| sold.unit.clone());
                json.choices = Some(choices.clone());
                json.unit_price = unit_price.map(|price| price.decimal());
                json.note = Some(note.clone());
            }
            ChangeItem::Configuration { choices, .. } => json.choices = Some(choices.clone()),
            ChangeItem::SwapProduct { quantity, unit_price, sold, choices, .. } => {
                json.quantity = sold.as_ref().map(|sold| sold.quantity).or(*quantity).map(|quantity| quantity.decimal());
                json.unit = sold.as_ref().map(|sold| sold.unit.clone());
                json.choices = Some(choices.clone());
                json.unit_price = unit_price.map(|price| price.decimal());
            }
            ChangeItem::Price { unit_price, discount_rate, .. } => {
                json.unit_price = unit_price.map(|price| price.decimal());
                json.discount_rate = discount_rate.map(|rate| rate.decimal());
            }
            ChangeItem::RequiredOn { date }
            | ChangeItem::PromisedOn { date }
            | ChangeItem::PlannedShipOn { date }
            | ChangeItem::ExpectedOn { date } => json.date = Some(date.to_string()),
            ChangeItem::Address { delivery_address, receiver, contact_name, contact_phone } => {
                json.delivery_address = Some(delivery_address.clone());
                json.receiver.clone_from(receiver);
                json.contact_name.clone_from(contact_name);
                json.contact_phone.clone_from(contact_phone);
            }
            ChangeItem::Packing { packing } => json.packing = Some(packing.clone()),
            ChangeItem::Charges { charges, freight } => {
                json.charges = Some(ChargeJson::all(charges, currency, language));
                json.freight = freight.map(|freight| freight.decimal(currency));
            }
            ChangeItem::Settlement { settlement, deposit_rate } => {
                json.settlement = Some((*settlement).into());
                json.deposit_rate = deposit_rate.map(|rate| rate.decimal());
            }
            ChangeItem::DropLine { .. } => {}
        }
        json
    }
}

/// A signature of a change.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeApproval)]
pub struct ApprovalJson {
    /// Round; raised by each submission.
    pub round: i64,
    /// Step, from 1.
    pub step: i64,
    /// Stage; signatures of one stage are given side by side.
    pub stage: i64,
    /// The rule that asks for it; `change`: every change needs it.
    pub rule: String,
    /// Its name.
    pub rule_name: String,
    /// Names of the roles any of which decides.
    pub role_name: String,
    /// Whether it may be given now.
    pub open: bool,
    /// What was decided.
    pub decision: Option<DecisionCode>,
    /// By whom.
    pub by: Option<Named>,
    /// In whose place, where somebody stood in.
    pub stands_in_for: Option<Named>,
    /// When.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// What was written.
    pub note: String,
}

/// Something that may be done with a change order, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeAction)]
pub struct ActionJson {
    /// The verb: POST to it under the change order (`edit`: PUT it).
    pub verb: ChangeVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why not: a stable code.
    pub code: Option<String>,
    /// Why not, for people.
    pub message: Option<String>,
    /// Which gates are shut, with what they miss.
    pub gates: Vec<ProblemGate>,
}

/// A change order with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Change)]
#[allow(missing_docs)]
pub struct ChangeJson {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub order: Numbered,
    pub customer: Named,
    pub currency: String,
    pub status: ChangeStatusCode,
    pub side: ChangeSideCode,
    pub reason: String,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub submitted_at: Option<String>,
    #[schema(format = DateTime)]
    pub answered_at: Option<String>,
    pub answered_by: Option<Named>,
    /// What proves the customer's yes.
    pub evidence_id: Option<String>,
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    pub ended_by: Option<Named>,
    pub end_reason: String,
    /// Which version of the order it made; 0 before it is applied.
    pub revision: i64,
    pub changes: Vec<ItemJson>,
    /// What comes of it: of a draft as things are now, else as it was submitted.
    pub effect: Option<EffectJson>,
    /// Whether it would do something else by now than what was submitted: then it has to be submitted again.
    pub moved: bool,
    /// Why nothing can come of it as things are now.
    pub trouble: Option<String>,
    pub approvals: Vec<ApprovalJson>,
    /// Everything that may be done, or why not.
    pub actions: Vec<ActionJson>,
}

/// Everything a page of a change order is made from.
pub(crate) struct Page {
    pub change: ChangeOrder,
    pub order: Order,
    pub rules: Arc<Blueprint>,
    pub steps: Vec<ChangeApproval>,
    pub names: BTreeMap<UserId, String>,
    pub products: BTreeMap<ProductId, (String, String)>,
    /// As things are now, while it has not ended.
    pub now: Option<Now>,
}

impl Page {
    fn user(&self, id: UserId, language: Language) -> Named {
        let nobody = || text(language, "actor.product", &[]);
        Named { id: id.to_string(), name: self.names.get(&id).cloned().unwrap_or_else(nobody) }
    }

    /// What would come of it now; nothing where nothing can, or it has ended.
    fn now_does(&self) -> Option<&Effect> {
        self.now.as_ref().and_then(|now| now.looked.as_ref().ok()).map(|looked| &looked.effect)
    }

    fn moved(&self) -> bool {
        let same = || self.change.effect().zip(self.now_does()).is_some_and(|(known, now)| known.does_the_same_as(now));
        self.change.status.is_open() && !same()
    }

    fn approvals(&self, language: Language) -> Vec<ApprovalJson> {
        let steps: Vec<&ChangeApproval> = self.steps.iter().collect();
        let open = if self.change.status == ChangeStatus::Submitted { open_change_steps(&self.change, &steps) } else { Vec::new() };
        let approval = |(place, step): (usize, &ChangeApproval)| ApprovalJson {
            round: step.round,
            step: step.step,
            stage: step.stage,
            rule: step.rule.clone(),
            rule_name: rule_name(&self.rules, &step.rule, language),
            role_name: roles_detail(&step.role).shown(language),
            open: open.contains(&place),
            decision: step.decision.map(CodeOf::from),
            by: step.decided_by.map(|id| self.user(id, language)),
            stands_in_for: step.decided_for.map(|id| self.user(id, language)),
            at: step.decided_at.map(|at| at.to_string()),
            note: step.note.clone(),
        };
        self.steps.iter().enumerate().map(approval).collect()
    }

    fn actions(&self, by: &Actor) -> Vec<ActionJson> {
        let language = by.language;
        let stands_in = self.now.as_ref().map_or(&[][..], |now| &now.stands_in);
        let action = |action: domain::ChangeAction| ActionJson {
            verb: action.verb.into(),
            name: name_of(language, action.verb),
            allowed: action.refusal.is_none(),
            needs_reason: action.verb.table_row().reason,
            code: action.refusal.as_ref().map(|refusal| refusal.code.to_owned()),
            message: action.refusal.as_ref().map(|refusal| refusal.message(language)),
            gates: action.refusal.iter().flat_map(|refusal| &refusal.gates).map(|gate| ProblemGate::of(gate, language)).collect(),
        };
        change_actions(&self.change, &self.order, &self.steps, stands_in, self.moved(), by).into_iter().map(action).collect()
    }
}

impl ChangeJson {
    /// The page of a change order for `by`.
    pub(crate) fn of(page: &Page, by: &Actor) -> Self {
        let (change, language) = (&page.change, by.language);
        let kept = change.effect();
        let effect = kept.as_ref().or(page.now_does()).map(|effect| EffectJson::of(effect, &page.rules, language));
        let trouble = page.now.as_ref().and_then(|now| now.looked.as_ref().err()).map(|refusal| refusal.message(language));
        let coded = |(id, (code, name)): (&ProductId, &(String, String))| {
            (*id, Coded { id: id.to_string(), code: code.clone(), name: name.clone() })
        };
        let products: BTreeMap<ProductId, Coded> = page.products.iter().map(coded).collect();
        let user = |id: UserId| page.user(id, language);
        let at = |instant: Option<domain::Instant>| instant.map(|at| at.to_string());
        ChangeJson {
            id: change.id.to_string(),
            version: change.version.raw(),
            number: change.number.clone(),
            order: Numbered { id: change.order_id.to_string(), number: change.order_number.clone() },
            customer: Named { id: change.customer_id.to_string(), name: change.customer_name.clone() },
            currency: page.order.currency.as_str().to_owned(),
            status: change.status.into(),
            side: change.side.into(),
            reason: change.reason.clone(),
            created_by: user(change.created_by),
            created_at: change.created_at.to_string(),
            submitted_at: at(change.submitted_at),
            answered_at: at(change.answered_at),
            answered_by: change.answered_by.map(user),
            evidence_id: change.evidence_id.map(|id| id.to_string()),
            ended_at: at(change.ended_at),
            ended_by: change.ended_by.map(user),
            end_reason: change.end_reason.clone(),
            revision: change.revision,
            changes: change.items().iter().map(|item| ItemJson::of(item, &products, page.order.currency, language)).collect(),
            effect,
            moved: page.moved(),
            trouble,
            approvals: page.approvals(language),
            actions: page.actions(by),
        }
    }
}
