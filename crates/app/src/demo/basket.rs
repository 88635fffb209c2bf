//! What a customer orders: mostly what it usually orders.

use domain::{Channel, Currency, Date, Instant, ProductKind, Quantity, Rate, UnitPrice};

use super::dice::Dice;
use super::master::{Customer, Product, WAREHOUSES};
use super::story::{Goods, Size};
use super::timeline::local_day;
use crate::order::{LineInput, OrderInput};

/// Products of which there is too little in the demo.
pub const SCARCE: [&str; 6] = ["SB-002", "SB-005", "BQ-007", "WH-006", "CC-005", "JD-007"];

/// Groups that no order takes: what is not kept in a warehouse, and what is not sold any more.
const UNSOLD: [&str; 2] = ["FW", "TS"];

/// An order as it is typed.
#[derive(Clone, Debug)]
pub struct Basket {
    /// What is typed.
    pub input: OrderInput,
    /// Who types it.
    pub by: String,
    /// Place of the warehouse.
    pub warehouse: usize,
    /// Places of the products, with their quantities.
    pub lines: Vec<(usize, i64)>,
    /// Short or made to order: what is not to be bought in for it.
    pub not_supplied: Vec<usize>,
}

/// Fills a basket.
#[allow(clippy::too_many_arguments)] // One place calls it; a struct would only move the names.
pub fn fill(
    customers: &[Customer],
    place: usize,
    products: &[Product],
    size: Size,
    goods: Goods,
    number: usize,
    at: Instant,
    dice: &mut Dice,
) -> Basket {
    let customer = &customers[place];
    let mut lines = lines(place, products, goods, dice);
    fit(&mut lines, products, size);
    let is_special = |product: &Product| SCARCE.contains(&product.input.code.as_str()) || product.input.kind == ProductKind::MadeToOrder;
    let not_supplied = lines.iter().map(|line| line.0).filter(|place| is_special(&products[*place])).collect();
    let by = match customer.input.channel {
        Channel::WebShop | Channel::Marketplace | Channel::Phone | Channel::Fax | Channel::Email => "service".to_owned(),
        _ => customer.input.owner.clone().unwrap_or_else(|| "sales".to_owned()),
    };
    let input = head(customer, number, at, dice);
    let typed = lines.iter().map(|(place, quantity)| line(customer, &products[*place], *quantity, dice)).collect();
    Basket { input: OrderInput { lines: typed, ..input }, by, warehouse: customer.warehouse, lines, not_supplied }
}

fn lines(customer: usize, products: &[Product], goods: Goods, dice: &mut Dice) -> Vec<(usize, i64)> {
    let all = |fits: &dyn Fn(&Product) -> bool| -> Vec<usize> { (0..products.len()).filter(|place| fits(&products[*place])).collect() };
    let is_scarce = |product: &Product| SCARCE.contains(&product.input.code.as_str());
    let is_made = |product: &Product| product.input.kind == ProductKind::MadeToOrder;
    let is_unsold = |product: &Product| UNSOLD.iter().any(|group| product.input.code.starts_with(group));
    let mut usual = all(&|product| !is_scarce(product) && !is_made(product) && !is_unsold(product));
    Dice::new(customer as u64 + 1).shuffle(&mut usual);
    usual.truncate(9);
    dice.shuffle(&mut usual);
    let mut take = |places: &[usize], count: i64| -> Vec<(usize, i64)> {
        places.iter().take(usize::try_from(count).unwrap_or(1)).map(|place| (*place, quantity(&products[*place], dice))).collect()
    };
    let mut special = |fits: &dyn Fn(&Product) -> bool, most: i64| {
        let mut places = all(fits);
        let mut inner = Dice::new(u64::try_from(usual[0] * 31 + usual[1]).unwrap_or(1));
        inner.shuffle(&mut places);
        take(&places, most)
    };
    match goods {
        Goods::Scarce => special(&is_scarce, 1),
        Goods::Made => special(&is_made, 1),
        Goods::Part => {
            let mut lines = special(&is_scarce, 1);
            lines.extend(take(&usual, 2));
            lines
        }
        Goods::Normal => {
            let count = [1, 1, 2, 2, 3, 3, 4, 5, 6][usual[2] % 9];
            take(&usual, count)
        }
    }
}

/// Small quantities are more usual than large ones, and round.
fn quantity(product: &Product, dice: &mut Dice) -> i64 {
    let share = dice.between(0, 100) * dice.between(0, 100);
    round(product.least + (product.most - product.least) * share / 10_000).max(product.least)
}

fn round(quantity: i64) -> i64 {
    let step = match quantity {
        0..=20 => 1,
        21..=200 => 10,
        201..=1000 => 50,
        _ => 500,
    };
    (quantity / step).max(1) * step
}

/// About what the lines come to, with tax, in hundredths.
fn worth(lines: &[(usize, i64)], products: &[Product]) -> i64 {
    lines.iter().map(|(place, quantity)| products[*place].price.micro() / 10_000 * quantity * 113 / 100).sum()
}

/// Below and above the limit that the sales manager approves alone, 50,000.00, with room for freight.
const BELOW: i64 = 4_800_000;
const ABOVE: i64 = 5_600_000;

fn fit(lines: &mut Vec<(usize, i64)>, products: &[Product], size: Size) {
    while size == Size::Small && lines.len() > 1 && worth(lines, products) > BELOW {
        lines.pop();
    }
    let total = worth(lines, products).max(1);
    for (_, quantity) in lines.iter_mut() {
        if size == Size::Small && total > BELOW {
            *quantity = (*quantity * BELOW / total).max(1);
        }
        if size == Size::Large && total < ABOVE {
            *quantity = *quantity * ABOVE / total + 1;
        }
    }
}

fn line(customer: &Customer, product: &Product, quantity: i64, dice: &mut Dice) -> LineInput {
    let abroad = customer.input.currency != Currency::CNY;
    // Prices of the book are in renminbi; abroad they were agreed in dollars, to the cent.
    let agreed = UnitPrice::from_micro((product.price.micro() * 100 / 712 / 10_000).max(1) * 10_000);
    let off = !abroad && dice.chance(6);
    let cheaper = UnitPrice::from_micro(product.price.micro() * 98 / 100 / 10_000 * 10_000);
    LineInput {
        product: product.input.code.clone(),
        unit: String::new(),
        choices: Vec::new(),
        quantity: Quantity::units(quantity),
        unit_price: if abroad { Some(agreed) } else { off.then_some(cheaper).filter(|price| price.micro() > 0) },
        price_reason: String::new(),
        discount_rate: if dice.chance(8) { Rate::from_bp(dice.between(1, 5) * 100) } else { Rate::ZERO },
        tax_rate: abroad.then_some(Rate::ZERO),
        required_on: None,
        note: if dice.chance(7) { (*dice.pick(&LINE_NOTES)).to_owned() } else { String::new() },
    }
}

const LINE_NOTES: [&str; 5] =
    ["同上次批次，颜色不要有色差", "贴客户料号标签", "外箱印客户唛头", "每托不超过 40 件", "样品已确认，按封样执行"];
const PACKING: [&str; 6] = ["", "", "防潮包装，缠膜", "木托盘＋护角", "五层纸箱，四角加固", "出口免熏蒸托盘"];
const TRANSPORT: [&str; 5] = ["", "公路零担", "专车直送", "客户自提", "快递"];
const WISHES: [&str; 5] = ["送货前一天电话预约", "周末不收货", "随货附质检报告", "需要卸货叉车，提前通知门卫", "发票随货同行"];
const NOTES: [&str; 4] = ["老客户返单", "展会上谈的价格", "客户催得急，优先安排", "与上一单合并对账"];

fn head(customer: &Customer, number: usize, at: Instant, dice: &mut Dice) -> OrderInput {
    let today = local_day(at);
    let abroad = customer.input.currency != Currency::CNY;
    let urgent = dice.chance(15);
    let required = today.plus_days(if urgent { dice.between(3, 4) } else { dice.between(7, 16) });
    let some =
        |percent: i64, texts: &[&str], dice: &mut Dice| if dice.chance(percent) { (*dice.pick(texts)).to_owned() } else { String::new() };
    let shop = matches!(customer.input.channel, Channel::WebShop | Channel::Marketplace);
    let freight = if dice.chance(45) { dice.between(6, 90) * 10 } else { 0 };
    let discount = if dice.chance(8) { dice.between(1, 10) * 10 } else { 0 };
    OrderInput {
        customer: customer.input.code.clone(),
        channel: Some(customer.input.channel),
        settlement: Some(customer.input.settlement),
        required_on: Some(required),
        planned_ship_on: Some(ship_day(today, required)),
        expected_on: Some(required),
        warehouse: Some(WAREHOUSES[customer.warehouse].0.to_owned()),
        external_number: if shop { format!("{}{:05}", today.as_str().replace('-', ""), 1000 + number * 37) } else { String::new() },
        customer_po: if dice.chance(40) {
            format!("PO{}-{:03}", &today.as_str()[2..7].replace('-', ""), dice.between(1, 180))
        } else {
            String::new()
        },
        packing: (*dice.pick(&PACKING)).to_owned(),
        transport: if abroad { "海运 FOB 宁波".to_owned() } else { (*dice.pick(&TRANSPORT)).to_owned() },
        freight: UnitPrice::from_micro(freight * 1_000_000),
        discount: UnitPrice::from_micro(discount * 1_000_000),
        special_requirements: some(25, &WISHES, dice),
        notes: some(20, &NOTES, dice),
        ..OrderInput::default()
    }
}

fn ship_day(ordered: Date, required: Date) -> Date {
    required.plus_days(-2).max(ordered)
}
