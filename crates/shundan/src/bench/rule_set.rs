//! The rules that benchmarks are run under.

use std::fmt::Write;

use domain::{DISPATCH, MALL, STANDARD};

use crate::args::RuleSet;

impl RuleSet {
    /// Every one, in the order of reports.
    pub const ALL: [Self; 5] = [Self::None, Self::Standard, Self::Mall, Self::Dispatch, Self::Heavy];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Standard => "standard",
            Self::Mall => "mall",
            Self::Dispatch => "dispatch",
            Self::Heavy => "heavy",
        }
    }

    /// Its blueprint.
    pub fn text(self) -> String {
        match self {
            Self::None => NONE.to_owned(),
            Self::Standard => STANDARD.to_owned(),
            Self::Mall => MALL.to_owned(),
            Self::Dispatch => DISPATCH.to_owned(),
            Self::Heavy => heavy(),
        }
    }
}

/// One signature whatever the order, and no gate.
const NONE: &str = "title = \"none\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n";

/// What the gates of the heavy rules ask; all of it holds for a good order.
const ASKED: [&str; 10] = [
    "order.payable > 0 && order.payable < limit.huge && order.line_count <= 1000",
    "order.receiver != 'nobody' && !order.delivery_address.startsWith('test') && !order.special_requirements.contains('cancel')",
    "lines.max_discount_percent <= 50 && lines.below_book_percent < 90 && lines.manual_prices == 0",
    "customer.grade in ['A', 'B', 'C'] || customer.days_known > 30 || order.settlement == 'payment_first'",
    "credit.exposure + order.payable < limit.huge",
    "order.cost_known ? order.margin_percent > -100 && order.lowest_margin_percent > -1000 : true",
    "order.margin > -1000000 && order.cost >= 0",
    "order.tax / (order.net + 1) < 0.5 && order.discount_percent < 80",
    "order.foreign == false && order.channel != 'email' && (order.category != 'export' || order.deposit_percent >= 10)",
    "order.days_to_required > -3650 && order.required_on >= date('2020-01-01')",
];

/// Thirty gates before submitting, over every kind of fact, and twelve rules of approval of four stages.
fn heavy() -> String {
    let mut text = "title = \"heavy\"\n[limits]\nhuge = 100000000000\n".to_owned();
    for place in 0..12 {
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "[[approval]]\ncode = \"a{place}\"\nstage = {}\nroles = [\"sales_manager\", \"finance\"]\nwhen = \"order.payable > {} && ({})\"\n",
            place / 3 + 1,
            if place == 0 { 0 } else { place * 10_000_000 },
            ASKED[place % ASKED.len()],
        );
    }
    for place in 0..30 {
        let _ = write!(
            text,
            "[[gate]]\ncode = \"g{place}\"\non = [\"submit\", \"ship\"]\nwhen = \"order.payable >= {place}\"\nrequire = \"{}\"\nmessage = \"no\"\n",
            ASKED[place % ASKED.len()],
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_is_read_without_a_mistake() {
        for set in RuleSet::ALL {
            let read = domain::Blueprint::read(&set.text(), None);
            assert!(read.is_ok(), "{}: {read:?}", set.as_str());
        }
        let heavy = domain::Blueprint::read(&RuleSet::Heavy.text(), None).unwrap();
        assert_eq!((heavy.gates.len(), heavy.approvals.len()), (30, 12));
    }
}
