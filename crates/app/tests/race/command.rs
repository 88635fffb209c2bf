//! The commands of a race: drawn from a seed, written down, and so played again at will.

use domain::Version;

use crate::dice::Dice;
use crate::world::{CUSTOMERS, HOUSES, PRODUCTS};

/// Something asked for. Orders are named by the place of the command that placed them.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Place {
        customer: usize,
        lines: Vec<(usize, i64)>,
        external: Option<u64>,
        submit: bool,
    },
    Edit {
        order: usize,
        lines: Vec<(usize, i64)>,
    },
    Submit(usize),
    Return(usize),
    Review(usize),
    Approve {
        order: usize,
        finance: bool,
    },
    Reject(usize),
    Void(usize),
    Hold(usize),
    Resume(usize),
    Cancel(usize),
    /// A line, or the rest of the order.
    CloseShort {
        order: usize,
        line: Option<i64>,
    },
    Reserve(usize),
    /// What is reserved stays as it is, or may go to others again.
    Firm {
        order: usize,
        hard: bool,
    },
    Ship {
        order: usize,
        house: usize,
        parts: Vec<(i64, i64)>,
    },
    /// The note that was made so many before the last one; all accepted but so many refused.
    Deliver {
        order: usize,
        back: usize,
        refused: i64,
    },
    Invoice {
        order: usize,
        parts: Option<Vec<(i64, i64)>>,
    },
    VoidInvoice {
        order: usize,
        back: usize,
    },
    /// So many minor units, or what was open when the order was last heard of.
    Pay {
        order: usize,
        minor: Option<i64>,
    },
    /// So many minor units back, or what is due when the order was last heard of.
    Refund {
        order: usize,
        minor: Option<i64>,
    },
    Reverse {
        order: usize,
        back: usize,
    },
    FollowUp(usize),
    Waive(usize),
    Close(usize),
    Reopen(usize),
    Copy(usize),
    Receive {
        product: usize,
        house: usize,
        pieces: i64,
    },
    Scrap {
        product: usize,
        house: usize,
        pieces: i64,
    },
    /// Out of a warehouse into the other one; some stay on their way.
    Transfer {
        product: usize,
        house: usize,
        pieces: i64,
        arrives: bool,
    },
    Adjust {
        product: usize,
        house: usize,
        counted: i64,
    },
    /// So many minor units above the limit of a customer, for so many milliseconds.
    Release {
        customer: usize,
        minor: i64,
        millis: i64,
    },
    /// Takes back what was released first.
    EndRelease {
        customer: usize,
    },
    Block {
        customer: usize,
    },
    Unblock {
        customer: usize,
    },
}

impl Act {
    /// The order it names.
    pub fn order(&self) -> Option<usize> {
        match self {
            Act::Place { .. } | Act::Receive { .. } | Act::Adjust { .. } | Act::Scrap { .. } | Act::Transfer { .. } => None,
            Act::Release { .. } | Act::EndRelease { .. } | Act::Block { .. } | Act::Unblock { .. } => None,
            Act::Submit(order) | Act::Return(order) | Act::Review(order) | Act::Reject(order) | Act::Void(order) | Act::Hold(order) => {
                Some(*order)
            }
            Act::Resume(order) | Act::Cancel(order) | Act::Reserve(order) | Act::FollowUp(order) | Act::Waive(order) => Some(*order),
            Act::Close(order) | Act::Reopen(order) | Act::Copy(order) => Some(*order),
            Act::CloseShort { order, .. } | Act::Firm { order, .. } | Act::Refund { order, .. } => Some(*order),
            Act::Edit { order, .. } | Act::Approve { order, .. } | Act::Ship { order, .. } | Act::Deliver { order, .. } => Some(*order),
            Act::Invoice { order, .. } | Act::VoidInvoice { order, .. } | Act::Pay { order, .. } | Act::Reverse { order, .. } => {
                Some(*order)
            }
        }
    }
}

/// A command as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Its place in the first list; names its key.
    pub place: usize,
    /// By which server.
    pub server: usize,
    /// With the version of the order that the sender saw last.
    pub seen: bool,
    /// Sent a second time at once, by the next server.
    pub twice: bool,
    /// What is asked for.
    pub act: Act,
}

impl Command {
    /// Its idempotency key.
    pub fn key(&self) -> String {
        format!("k{}", self.place)
    }
}

/// Without those that name an order that nobody places.
pub fn reachable(commands: &[Command]) -> Vec<Command> {
    let there: Vec<usize> = commands.iter().map(|command| command.place).collect();
    commands.iter().filter(|command| command.act.order().is_none_or(|order| there.contains(&order))).cloned().collect()
}

fn lines(dice: &mut Dice) -> Vec<(usize, i64)> {
    (0..=dice.below(3)).map(|_| (dice.below(PRODUCTS.len()), dice.between(1, 6))).collect()
}

fn parts(dice: &mut Dice) -> Vec<(i64, i64)> {
    let count = dice.between(1, 2);
    (1..=count).map(|line_no| (line_no, dice.between(1, 6))).collect()
}

/// Commands from a seed.
pub fn draw(seed: u64, count: usize) -> Vec<Command> {
    let mut dice = Dice::new(seed);
    // Orders with how far each has come, if all went well.
    let mut placed: Vec<(usize, usize)> = Vec::new();
    let mut all = Vec::with_capacity(count);
    for place in 0..count {
        let act = match place {
            0..4 => Act::Receive { product: place, house: dice.below(2), pieces: dice.between(5, 30) },
            _ if placed.is_empty() => order(&mut dice),
            _ => act(&mut dice, &mut placed),
        };
        if matches!(act, Act::Place { .. } | Act::Copy(_)) {
            placed.push((place, 0));
        }
        all.push(Command { place, server: dice.below(6), seen: dice.chance(300), twice: dice.chance(80), act });
    }
    all
}

fn order(dice: &mut Dice) -> Act {
    let external = dice.chance(150).then(|| dice.next() % 10);
    Act::Place { customer: dice.below(CUSTOMERS.len()), lines: lines(dice), external, submit: dice.chance(850) }
}

/// The usual next step of an order.
fn usual(dice: &mut Dice, order: usize, step: usize) -> Act {
    match step {
        0 => Act::Review(order),
        1 => Act::Approve { order, finance: false },
        2 => Act::Approve { order, finance: true },
        3 | 4 => Act::Ship { order, house: dice.below(2), parts: parts(dice) },
        5 | 6 => Act::Deliver { order, back: 6 - step, refused: 0 },
        7 => Act::Invoice { order, parts: None },
        8 => Act::Pay { order, minor: None },
        9 => Act::FollowUp(order),
        _ => Act::Close(order),
    }
}

fn act(dice: &mut Dice, placed: &mut [(usize, usize)]) -> Act {
    // The last few, so that callers meet.
    let usual_step = dice.chance(600);
    let recent = placed.len().min(if usual_step { 16 } else { 5 });
    let at = placed.len() - 1 - dice.below(recent);
    let (order, step) = placed[at];
    if usual_step {
        placed[at].1 += 1;
        return usual(dice, order, step);
    }
    let back = dice.below(2);
    match dice.below(100) {
        0..=13 => self::order(dice),
        14 | 15 => Act::Edit { order, lines: lines(dice) },
        16..=18 => Act::Submit(order),
        19 | 20 => Act::Return(order),
        21..=27 => Act::Review(order),
        28..=35 => Act::Approve { order, finance: dice.chance(300) },
        36..=38 => goods(dice),
        39..=42 => credit(dice),
        86 => Act::Reject(order),
        43 => Act::Void(order),
        63 | 64 => Act::CloseShort { order, line: dice.chance(500).then(|| dice.between(1, 3)) },
        44 => Act::Hold(order),
        45..=47 => Act::Resume(order),
        48 | 49 => Act::Cancel(order),
        50 | 51 => Act::Reserve(order),
        52 | 53 => Act::Firm { order, hard: dice.chance(600) },
        54..=62 => Act::Ship { order, house: dice.below(2), parts: parts(dice) },
        65..=68 => Act::Deliver { order, back, refused: i64::from(dice.chance(200)) },
        69..=74 => Act::Invoice { order, parts: dice.chance(300).then(|| parts(dice)) },
        75 => Act::VoidInvoice { order, back },
        76 | 77 => Act::Refund { order, minor: dice.chance(400).then(|| dice.between(1, 20_000)) },
        78..=83 => Act::Pay { order, minor: dice.chance(500).then(|| dice.between(1, 40_000)) },
        84 | 85 => Act::Reverse { order, back },
        87 | 88 => Act::FollowUp(order),
        89 => Act::Waive(order),
        90 | 91 => Act::Close(order),
        92 => Act::Reopen(order),
        93 => Act::Copy(order),
        94..=96 => Act::Receive { product: dice.below(PRODUCTS.len()), house: dice.below(2), pieces: dice.between(1, 20) },
        _ => goods(dice),
    }
}

/// What the warehouses do with what lies there.
fn goods(dice: &mut Dice) -> Act {
    let (product, house) = (dice.below(PRODUCTS.len()), dice.below(2));
    match dice.below(10) {
        0..=3 => Act::Adjust { product, house, counted: dice.between(0, 25) },
        4 | 5 => Act::Scrap { product, house, pieces: dice.between(1, 4) },
        _ => Act::Transfer { product, house, pieces: dice.between(1, 8), arrives: dice.chance(800) },
    }
}

/// What finance does about the credit of a customer that has a limit.
fn credit(dice: &mut Dice) -> Act {
    let customer = dice.below(2);
    match dice.below(10) {
        0..=4 => Act::Release { customer, minor: dice.between(10_000, 80_000), millis: dice.between(5, 400) },
        5 | 6 => Act::EndRelease { customer },
        7 => Act::Block { customer },
        _ => Act::Unblock { customer },
    }
}

/// The code of a product by its place.
pub fn product(place: usize) -> String {
    PRODUCTS[place].0.to_owned()
}

/// The code of a warehouse by its place.
pub fn house(place: usize) -> String {
    HOUSES[place].to_owned()
}

/// The version as an `If-Match` says it.
pub fn version(raw: i64) -> Version {
    Version::from_raw(raw)
}
