//! Playing the plan: every step by the person whose work it is, at its moment.

use std::sync::Arc;

use domain::{
    Actor, AttachmentId, AttachmentKind, Channel, Counted, Instant, InvoiceKind, Order, OrderId, OrderStatus, Part, PaymentMethod,
    Quantity, RefusalKind, Settlement, Shipment, ShipmentId, TaskId, UnitPrice,
};
use sha2::{Digest, Sha256};
use store::rows::{Approvals, OrderAllocations, OrderFollowUps, OrderInvoices, OrderLines, OrderPayments, ShipmentLines};
use store::{Failure, Outcome, UnitOfWork};

use super::clock::MovableClock;
use super::dice::Dice;
use super::master::WAREHOUSES;
use super::people::Staff;
use super::story::{Plan, Step};
use super::supply::Supply;
use super::task::{Deed, take_up};
use super::trouble;
use crate::App;
use crate::attachment::add::{self as attachment, NewAttachment};
use crate::order::invoice::Bill;
use crate::order::record_payment::Receipt as Payment;
use crate::order::ship::Ship;
use crate::order::{
    OrderState, approve, cancel, close, create, follow_up, hold, invoice, record_payment, reject, reserve, return_to_draft, review, ship,
    submit, void,
};
use crate::shipment::deliver::{self, Delivery};
use crate::stock::receive::{self, Receipt, ReceiptLine};

/// An order while it is played.
#[derive(Clone)]
struct Played {
    plan: Plan,
    state: Option<OrderState>,
    /// Shipped so far, by line.
    shipped: Vec<i64>,
    /// Delivery notes on their way, with the quantities of their lines.
    under_way: Vec<(ShipmentId, Vec<i64>)>,
    dice: Dice,
    /// The task about it, where there is one.
    task: Option<TaskId>,
    /// A gate stopped it; it waits for somebody to decide.
    stopped: bool,
}

#[derive(Clone)]
enum Act {
    Supply(Receipt),
    Order(usize, Step),
    Task(usize, Deed),
}

type Acts = [(Instant, Act)];

/// How many acts are told in one transaction: few transactions, and few rounds of loading in each.
const TOGETHER: usize = 30;

/// Plays everything in the order of time.
pub async fn play(
    app: &App,
    clock: &MovableClock,
    staff: &Arc<Staff>,
    plans: Vec<Plan>,
    (supplies, errands): (Vec<Supply>, Vec<(Instant, usize, Deed)>),
    told: &mut impl FnMut(usize, usize),
) -> Result<(), Failure> {
    let mut acts: Vec<(Instant, Act)> = supplies.into_iter().map(|supply| (supply.at, Act::Supply(supply.receipt))).collect();
    for (place, plan) in plans.iter().enumerate() {
        acts.extend(plan.steps.iter().map(|(at, step)| (*at, Act::Order(place, *step))));
    }
    acts.extend(errands.into_iter().map(|(at, place, deed)| (at, Act::Task(place, deed))));
    acts.sort_by_key(|(at, _)| *at);
    let mut orders: Vec<Played> = (1_u64..).zip(plans).map(|(seed, plan)| Played::of(plan, seed)).collect();
    let mut done = 0;
    for chunk in acts.chunks(TOGETHER) {
        clock.set(chunk[0].0);
        match tell(app, staff, &orders, chunk).await {
            Ok(after) => orders = after,
            Err(Failure::Refused(_)) => orders = one_by_one(app, staff, orders, chunk).await?,
            Err(other) => return Err(other),
        }
        done += chunk.len();
        told(done, acts.len());
    }
    Ok(())
}

/// Tells some acts in one transaction; all of them are written, or none.
async fn tell(app: &App, staff: &Arc<Staff>, orders: &[Played], acts: &Acts) -> Result<Vec<Played>, Failure> {
    let (staff, orders, acts) = (staff.clone(), orders.to_vec(), acts.to_vec());
    let told = app.store.write(staff.company(), move |work| {
        let mut orders = orders.clone();
        want(work, &orders, &acts);
        for (at, act) in &acts {
            work.tell_of(*at);
            match act {
                Act::Supply(receipt) => drop(receive::receive(work, staff.by("warehouse"), receipt)?),
                Act::Order(place, step) => orders[*place].take(work, &staff, *step)?,
                Act::Task(place, deed) => orders[*place].take_up(work, &staff, *deed)?,
            }
        }
        Ok(orders)
    });
    told.await
}

/// Asks at once for what the acts look at, rather than leave for each of them.
fn want(work: &mut UnitOfWork, orders: &[Played], acts: &Acts) {
    let played = acts.iter().filter_map(|(_, act)| match act {
        Act::Order(place, _) | Act::Task(place, _) => Some(&orders[*place]),
        Act::Supply(_) => None,
    });
    for order in played {
        let Some(id) = order.state.as_ref().map(|state| state.id) else { continue };
        work.want::<Order>([id]);
        work.want_of::<OrderLines>([id]);
        work.want_of::<Approvals>([id]);
        work.want_of::<OrderInvoices>([id]);
        work.want_of::<OrderPayments>([id]);
        work.want_of::<OrderAllocations>([id]);
        work.want_of::<OrderFollowUps>([id]);
        let notes = order.under_way.iter().map(|(note, _)| *note);
        work.want::<Shipment>(notes.clone());
        work.want_of::<ShipmentLines>(notes);
    }
}

/// Where a gate refused something among them: that order waits, as it would in life; everything else goes on.
async fn one_by_one(app: &App, staff: &Arc<Staff>, mut orders: Vec<Played>, acts: &Acts) -> Result<Vec<Played>, Failure> {
    for act in acts {
        match (tell(app, staff, &orders, std::slice::from_ref(act)).await, &act.1) {
            (Ok(after), _) => orders = after,
            (Err(Failure::Refused(refusal)), Act::Order(place, _)) if refusal.kind == RefusalKind::Gate => orders[*place].stopped = true,
            (Err(other), _) => return Err(other),
        }
    }
    Ok(orders)
}

/// Every item of the checklist that comes with the product.
fn every_item() -> domain::Codes {
    domain::STANDARD_CHECKLIST.iter().copied().collect()
}

impl Played {
    fn of(plan: Plan, seed: u64) -> Self {
        let shipped = vec![0; plan.basket.lines.len()];
        Played { plan, state: None, shipped, under_way: Vec::new(), dice: Dice::new(seed * 977), task: None, stopped: false }
    }

    /// Does something about the task of the order, once there is an order.
    fn take_up(&mut self, work: &mut UnitOfWork, staff: &Staff, deed: Deed) -> Outcome<()> {
        self.state.as_ref().map_or(Ok(()), |state| take_up(work, staff, state.id, &mut self.task, deed))
    }

    /// Takes a step, unless a gate stopped the order before.
    fn take(&mut self, work: &mut UnitOfWork, staff: &Staff, step: Step) -> Outcome<()> {
        if self.stopped {
            return Ok(());
        }
        let by = staff.by(self.who(step));
        let Some(state) = self.state.clone() else {
            self.state = Some(create::create(work, by, &self.plan.basket.input, false)?);
            return Ok(());
        };
        let id = state.id;
        let all_shipped = self.left().iter().all(|left| *left == 0);
        let dice = &mut self.dice;
        let mut said = |texts: &[&'static str]| *dice.pick(texts);
        let state = match step {
            Step::Create => return Ok(()),
            Step::Confirm if state.status != OrderStatus::Reviewed => return Ok(()),
            Step::Submit => submit::submit(work, by, id, None)?,
            Step::Return => return_to_draft::return_to_draft(work, by, id, None, said(RETURNED), &[])?,
            Step::Review => review::review(work, by, id, None, &every_item())?,
            Step::Approve | Step::Confirm => approve::approve(work, by, id, None, said(APPROVED))?,
            Step::Reject => reject::reject(work, by, id, None, said(REJECTED))?,
            Step::Void => void::void(work, by, id, None, said(VOIDED))?,
            Step::Hold => hold::hold(work, by, id, None, said(HELD))?,
            Step::Cancel => cancel::cancel(work, by, id, None, &cancel::Cancel::because(said(CANCELLED)))?,
            Step::Ask => trouble::ask(work, by, id, said(ASKED))?,
            Step::TurnBack => trouble::turn_back(work, by, id, self.under_way.remove(0).0)?,
            Step::Redo | Step::GiveUp => trouble::settle(work, by, id, step == Step::Redo)?,
            Step::Waive => follow_up::waive(work, by, id, None, said(WAIVED))?,
            Step::Reopen => close::reopen(work, by, id, None, said(REOPENED))?,
            Step::Receive => {
                receive::receive(work, by, &self.produced(&state.number))?;
                state
            }
            // A single piece went with the first delivery note already.
            Step::Ship(_) if all_shipped => return Ok(()),
            Step::Deliver(_) if self.under_way.is_empty() => return Ok(()),
            Step::Reserve => reserve::reserve(work, by, id, None)?,
            Step::Ship(percent) => self.ship(work, by, id, percent)?,
            Step::Deliver(refused) => self.deliver(work, by, &state.number, refused)?,
            Step::Invoice => {
                let kind = *dice.pick(&[InvoiceKind::Electronic, InvoiceKind::Electronic, InvoiceKind::Special]);
                invoice::invoice(work, by, id, None, &Bill { kind, issued_on: None, due_on: None, parts: None })?
            }
            Step::Pay(percent) => record_payment::record_payment(work, by, id, None, &self.payment(&state, percent))?,
            Step::FollowUp(score) => follow_up::follow_up(work, by, id, None, score, said(if score < 3 { UNHAPPY } else { HAPPY }))?,
            Step::Close => close::close(work, by, id, None)?,
        };
        self.state = Some(state);
        Ok(())
    }

    /// Whose work a step is.
    fn who(&self, step: Step) -> &str {
        let entered = self.plan.basket.by.as_str();
        // Who entered an order does not review it (APR-01).
        let reviewer = if entered == "service" { "sunli" } else { "service" };
        match step {
            Step::Create | Step::Submit => entered,
            Step::Approve | Step::Reject | Step::Reopen => "manager",
            Step::Confirm | Step::Invoice | Step::Pay(_) => "finance",
            Step::Receive | Step::Reserve | Step::Ship(_) | Step::Deliver(_) | Step::TurnBack => "warehouse",
            Step::FollowUp(_) | Step::Waive | Step::Close => "aftersales",
            Step::Return | Step::Review | Step::Void | Step::Hold | Step::Cancel => reviewer,
            Step::Ask | Step::Redo | Step::GiveUp => reviewer,
        }
    }

    /// What production hands in for this order.
    fn produced(&self, order: &str) -> Receipt {
        let basket = &self.plan.basket;
        let made = basket.input.lines.iter().zip(&basket.lines).filter(|(_, (place, _))| basket.not_supplied.contains(place));
        let lines = made.map(|(line, _)| ReceiptLine::of(&line.product, line.quantity)).collect();
        let warehouse = WAREHOUSES[basket.warehouse].0.to_owned();
        Receipt { warehouse, reference: format!("WG-{order}"), note: "完工入库".to_owned(), lines }
    }

    /// What is not shipped yet, by line.
    fn left(&self) -> Vec<i64> {
        self.plan.basket.lines.iter().zip(&self.shipped).map(|((_, ordered), shipped)| ordered - shipped).collect()
    }

    fn ship(&mut self, work: &mut UnitOfWork, by: &Actor, id: OrderId, percent: i64) -> Outcome<OrderState> {
        let left = self.left();
        let ordered = self.plan.basket.lines.iter().map(|line| line.1);
        let share = |(ordered, left): (i64, &i64)| if percent >= 100 { *left } else { (ordered * percent / 100).min(*left) };
        let mut quantities: Vec<i64> = ordered.zip(&left).map(share).collect();
        if quantities.iter().all(|quantity| *quantity == 0) {
            quantities = left;
        }
        let shipped = (1..).zip(&quantities).filter(|(_, quantity)| **quantity > 0);
        let parts = shipped.map(|(line_no, quantity)| Part { line_no, quantity: Quantity::units(*quantity) }).collect();
        let (carrier, prefix) = *self.dice.pick(CARRIERS);
        let tracking = if prefix.is_empty() { String::new() } else { format!("{prefix}{:012}", self.dice.between(1, 999_999_999_999)) };
        let said = Ship {
            warehouse_id: None,
            shipped_on: None,
            carrier: carrier.to_owned(),
            tracking,
            note: String::new(),
            parts,
            lots: Vec::new(),
        };

        let state = ship::ship(work, by, id, None, &said)?;

        self.shipped.iter_mut().zip(&quantities).for_each(|(shipped, quantity)| *shipped += quantity);
        quantities.retain(|quantity| *quantity > 0);
        let note = state.made.as_ref().and_then(|made| made.id.parse().ok());
        self.under_way.extend(note.map(|note| (note, quantities)));
        Ok(state)
    }

    fn deliver(&mut self, work: &mut UnitOfWork, by: &Actor, order: &str, refused: i64) -> Outcome<OrderState> {
        let (id, quantities) = self.under_way.remove(0);
        let count = |(line_no, quantity): (i64, &i64)| {
            let refused = if line_no == 1 { refused.min(*quantity) } else { 0 };
            Counted { line_no, accepted: Quantity::units(quantity - refused), refused: Quantity::units(refused) }
        };
        let counted = (refused > 0).then(|| (1..).zip(&quantities).map(count).collect());
        let note = if refused > 0 { "外包装破损，拒收部分" } else { "" };
        let signer = (*self.dice.pick(SIGNERS)).to_owned();
        let attachments = proof(work, by, order)?;
        let said = Delivery { delivered_on: None, signer, note: note.to_owned(), counted, attachments };
        deliver::deliver(work, by, id, None, &said)
    }

    fn payment(&mut self, state: &OrderState, percent: i64) -> Payment {
        let open = state.payable_minor - state.paid_minor;
        let minor = if percent >= 100 { open } else { (state.payable_minor * percent / 100).min(open) };
        let input = &self.plan.basket.input;
        let method = match (input.settlement, input.channel) {
            (Some(Settlement::Cash | Settlement::CashOnDelivery), _) => PaymentMethod::Cash,
            (_, Some(Channel::WebShop | Channel::Marketplace)) => PaymentMethod::Alipay,
            _ => *self.dice.pick(&[
                PaymentMethod::Bank,
                PaymentMethod::Bank,
                PaymentMethod::Bank,
                PaymentMethod::Wechat,
                PaymentMethod::Cheque,
            ]),
        };
        let reference = if method == PaymentMethod::Bank { format!("{:010}", self.dice.between(1, 9_999_999_999)) } else { String::new() };
        let note = if percent < 100 { "定金" } else { "" };
        // Amounts of the demo are in currencies of two decimals.
        let amount = UnitPrice::from_micro(minor * 10_000);
        Payment { amount, currency: None, method, paid_on: None, exchange_rate: None, reference, note: note.to_owned() }
    }
}

/// The signed delivery note, as it was photographed.
fn proof(work: &mut UnitOfWork, by: &Actor, order: &str) -> Outcome<Vec<AttachmentId>> {
    let bytes = include_bytes!("data/proof.png");
    let proof = NewAttachment {
        task: String::new(),
        inquiry: String::new(),
        order: order.to_owned(),
        kind: AttachmentKind::ProofOfDelivery,
        filename: format!("签收单-{order}.png"),
        mime: "image/png",
        sha256: hex(&Sha256::digest(bytes)),
        bytes: Arc::new(bytes.to_vec()),
    };
    let kept = attachment::add(work, by, &proof)?;
    Ok(kept.id.parse().into_iter().collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const CARRIERS: &[(&str, &str)] =
    &[("顺达快运", "SD"), ("德邻物流", "DL"), ("中联货运", "ZL"), ("自有车辆 苏E·6K182", ""), ("客户自提", "")];
const SIGNERS: &[&str] = &["李仓管", "王师傅", "门卫代收", "刘主管", "前台", "张库管"];
const RETURNED: &[&str] = &["交货日期写得太近，请与客户确认", "收货地址缺门牌号", "单价与价格表不符，请核实"];
const APPROVED: &[&str] = &["", "", "同意", "同意，注意回款", "价格已核"];
const REJECTED: &[&str] = &["客户逾期款未清，暂不接单", "毛利低于底线", "产能排不下，已与客户说明"];
const VOIDED: &[&str] = &["客户重复下单", "录入错误，已另开新单", "电话无法核实，地址无效"];
const HELD: &[&str] = &["等客户确认图纸", "客户要求暂缓，月底再发", "等总部确认付款"];
const ASKED: &[&str] = &["送货时间改到下周可以吗？", "送到几楼？有无电梯？"];
const CANCELLED: &[&str] = &["客户项目取消", "交期谈不拢，客户取消", "客户改向本地采购"];
const WAIVED: &[&str] = &["经销商代收，最终客户不接受回访", "内部调拨，无需回访"];
const REOPENED: &[&str] = &["客户补开发票抬头，重新打开核对"];
const HAPPY: &[&str] = &["包装好，准时", "质量稳定，会继续合作", "司机态度好", "比约定早到一天", "数量准确，单据齐全"];
const UNHAPPY: &[&str] = &["外箱破损两件，要求换货", "比约定晚到两天，没有提前通知"];
