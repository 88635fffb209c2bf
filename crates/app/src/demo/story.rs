//! What happens to the orders of the demo, and when: each line of `data/stories.txt` is a life of an order up to some point.

use domain::{Currency, Instant, Settlement};

use super::basket::{self, Basket};
use super::dice::Dice;
use super::master::{Customer, Product};
use super::timeline::Calendar;

/// Who orders in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Any,
    /// Pays after an invoice.
    Monthly,
    /// Pays after an invoice, within thirty days.
    Month,
    /// Pays before the goods leave.
    Prepaid,
    /// Pays a part in advance.
    Deposit,
}

/// How large the order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As it comes.
    Any,
    /// The sales manager approves alone.
    Small,
    /// Finance approves too.
    Large,
}

/// What is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// What lies in the warehouse.
    Normal,
    /// Made to order.
    Made,
    /// What is short.
    Scarce,
    /// Both.
    Part,
}

/// Something that is done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Create,
    Submit,
    Return,
    Review,
    /// The sales manager's step.
    Approve,
    /// Finance's step, where there is one.
    Confirm,
    Reject,
    Void,
    Hold,
    Cancel,
    /// A question lets it rest.
    Ask,
    /// The oldest delivery note on its way does not arrive.
    TurnBack,
    /// The exception is answered.
    Redo,
    GiveUp,
    /// Production hands in what was made for the order.
    Receive,
    Reserve,
    /// So many percent of what was ordered; 100: all that is left.
    Ship(i64),
    /// The oldest delivery note on its way, so many pieces of the first line refused.
    Deliver(i64),
    Invoice,
    /// So many percent of what is payable; 100: all that is open.
    Pay(i64),
    FollowUp(i64),
    Waive,
    Close,
    Reopen,
}

impl Step {
    fn parse(word: &str) -> Self {
        let (verb, number) = word.split_once(':').unwrap_or((word, ""));
        let number = |or: i64| number.parse().unwrap_or(or);
        match verb {
            "create" => Step::Create,
            "submit" => Step::Submit,
            "return" => Step::Return,
            "review" => Step::Review,
            "approve" => Step::Approve,
            "confirm" => Step::Confirm,
            "reject" => Step::Reject,
            "void" => Step::Void,
            "hold" => Step::Hold,
            "cancel" => Step::Cancel,
            "ask" => Step::Ask,
            "turn-back" => Step::TurnBack,
            "redo" => Step::Redo,
            "give-up" => Step::GiveUp,
            "receive" => Step::Receive,
            "reserve" => Step::Reserve,
            "ship" => Step::Ship(number(100)),
            "deliver" => Step::Deliver(number(0)),
            "invoice" => Step::Invoice,
            "pay" => Step::Pay(number(100)),
            "follow-up" => Step::FollowUp(number(5)),
            "waive" => Step::Waive,
            "close" => Step::Close,
            "reopen" => Step::Reopen,
            other => panic!("no step is called {other}"),
        }
    }

    /// Minutes from the step before to this one, from and to.
    fn minutes(self) -> (i64, i64) {
        match self {
            Step::Create => (0, 0),
            Step::Submit => (3, 25),
            Step::Review => (15, 110),
            Step::Return => (20, 150),
            Step::Approve => (20, 300),
            Step::Confirm => (40, 900),
            Step::Reserve => (5, 15),
            Step::Ship(_) => (900, 2800),
            Step::Deliver(_) => (1100, 3400),
            Step::Invoice => (120, 1500),
            Step::Pay(_) => (700, 7000),
            Step::FollowUp(_) | Step::Waive => (2900, 4300),
            Step::Receive => (3600, 9000),
            Step::TurnBack => (600, 1800),
            Step::Ask | Step::Redo | Step::GiveUp => (30, 300),
            Step::Close => (60, 1400),
            Step::Reject | Step::Void | Step::Hold | Step::Cancel | Step::Reopen => (60, 900),
        }
    }
}

/// An order of the demo with everything that happens to it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is ordered by whom.
    pub basket: Basket,
    /// What is done with it, in the order of time.
    pub steps: Vec<(Instant, Step)>,
}

impl Who {
    fn is(self, customer: &Customer) -> bool {
        let input = &customer.input;
        // Customers that are small, far away or given up come by chance only, not where a story counts on them.
        let usual = input.currency == Currency::CNY && input.code != "C1040";
        match self {
            Who::Any => input.code != "C1040",
            Who::Monthly => usual && input.terms_days >= 15 && input.settlement != Settlement::DepositBalance,
            Who::Month => usual && input.terms_days == 30 && input.settlement == Settlement::Monthly,
            Who::Prepaid => usual && input.settlement == Settlement::PaymentFirst,
            Who::Deposit => usual && input.settlement == Settlement::DepositBalance,
        }
    }
}

/// All orders with their lives.
pub fn plan(calendar: &Calendar, customers: &[Customer], products: &[Product]) -> Vec<Plan> {
    let mut plans = Vec::new();
    for line in include_str!("data/stories.txt").lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let [count, who, size, goods, ago, steps @ ..] = words.as_slice() else { panic!("no story: {line}") };
        let who = parse(
            who,
            &[("any", Who::Any), ("monthly", Who::Monthly), ("month", Who::Month), ("prepaid", Who::Prepaid), ("deposit", Who::Deposit)],
        );
        let size = parse(size, &[("any", Size::Any), ("small", Size::Small), ("large", Size::Large)]);
        let goods = parse(goods, &[("normal", Goods::Normal), ("made", Goods::Made), ("scarce", Goods::Scarce), ("part", Goods::Part)]);
        let (from, to) = ago.split_once('-').map_or((0, 0), |(from, to)| (parsed(from), parsed(to)));
        let steps: Vec<Step> = steps.iter().map(|word| Step::parse(word)).collect();
        let fitting: Vec<usize> = (0..customers.len()).filter(|place| who.is(&customers[*place])).collect();
        for _ in 0..parsed(count) {
            let number = plans.len();
            // One chance for what is ordered and one for when: so the orders are the same whatever the time is.
            let (mut goods_dice, mut time_dice) = (Dice::new(2026 + number as u64), Dice::new(9000 + number as u64));
            let steps = timed(calendar, &steps, time_dice.between(from * 60, to * 60), &mut time_dice);
            let customer = *goods_dice.pick(&fitting);
            let basket = basket::fill(customers, customer, products, size, goods, number, steps[0].0, &mut goods_dice);
            plans.push(Plan { basket, steps });
        }
    }
    plans
}

fn parsed(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| panic!("{text} in the demo's stories is no number"))
}

fn parse<T: Copy>(word: &str, known: &[(&str, T)]) -> T {
    known.iter().find(|(name, _)| *name == word).unwrap_or_else(|| panic!("{word} in the demo's stories is unknown")).1
}

/// Lays the steps backwards from the last one, `ago` seconds before the end, so that none is later than now.
fn timed(calendar: &Calendar, steps: &[Step], ago: i64, dice: &mut Dice) -> Vec<(Instant, Step)> {
    let mut at = calendar.working(calendar.now().plus_seconds(-ago), dice);
    let mut all = Vec::with_capacity(steps.len());
    for (place, step) in steps.iter().enumerate().rev() {
        all.push((at, *step));
        let (least, most) = step.minutes();
        if place > 0 {
            at = calendar.working(at.plus_seconds(-dice.between(least * 60, most * 60)), dice);
        }
    }
    all.reverse();
    all
}

#[cfg(test)]
mod tests {
    use super::super::master;
    use super::*;

    #[test]
    fn stories_lie_in_the_past_and_in_order() {
        let now = Instant::parse("2026-11-21T10:00:00Z").unwrap();
        let calendar = Calendar::ending(now);
        let plans = plan(&calendar, &master::customers(), &master::products());
        assert!((140..=170).contains(&plans.len()), "{}", plans.len());
        for plan in &plans {
            assert!(plan.steps.is_sorted_by_key(|step| step.0), "{plan:?}");
            assert!(plan.steps.last().unwrap().0 < now);
        }
        let earliest = plans.iter().map(|plan| plan.steps[0].0).min().unwrap();
        let days = earliest.seconds_until(now) / 86_400;
        assert!((45..=super::super::DAYS).contains(&days), "{days}");
    }
}
