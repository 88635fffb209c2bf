//! Inquiries of the demo, as customers speak: one that leaves much open and is promised an answer, one from a stranger, one that is clear and
//! answered, one that became a quotation, one of which nothing came.

use domain::{Channel, InquiryId, Instant, Quantity};
use store::Failure;

use super::master::{Customer, Product};
use super::people::Staff;
use crate::App;
use crate::inquiry::{InquirySent, InquiryState, ItemSent, answer, clarify, create, drop, promise, quote};
use crate::order::{LineInput, OrderInput};

/// How far an inquiry comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Open, with an answer promised within so many hours.
    Promised(i64),
    Open,
    Answered,
    Quoted,
    Dropped,
}

/// Customer by its place (none: a stranger), by which way, raw words, what is known of the items, and how far it comes.
struct Memo {
    customer: Option<usize>,
    stranger: (&'static str, &'static str),
    channel: Channel,
    said: &'static str,
    items: &'static [(&'static str, &'static str)],
    way: Way,
}

const MEMOS: &[Memo] = &[
    Memo {
        customer: Some(4),
        stranger: ("", ""),
        channel: Channel::Phone,
        said: "要一批 80 克双胶纸，大概二十来令，尽快送，包装老样子。能不能便宜一点？下午给个准信。",
        items: &[("product", "80 克双胶纸，787×1092"), ("quantity", "大概二十来令"), ("required_on", "尽快")],
        way: Way::Promised(4),
    },
    Memo {
        customer: None,
        stranger: ("苏州金桂礼品（朱小姐）", "13862154870"),
        channel: Channel::Phone,
        said: "朋友介绍来的，想定制一款礼盒，外面烫金，大约一千个，中秋前要。图纸还没有，先要个价。",
        items: &[("product", "定制礼盒，面纸烫金"), ("quantity", "约 1000 个")],
        way: Way::Open,
    },
    Memo {
        customer: Some(7),
        stranger: ("", ""),
        channel: Channel::Email,
        said: "请报 60×40×40 五层瓦楞纸箱 500 个的价，下月 15 日前送到新仓库，付款照合同。",
        items: &[
            ("product", "五层瓦楞纸箱 60×40×40 cm"),
            ("quantity", "500 个"),
            ("required_on", ""),
            ("delivery_address", "客户新仓库，地址见附函"),
        ],
        way: Way::Answered,
    },
    Memo {
        customer: Some(10),
        stranger: ("", ""),
        channel: Channel::SalesRep,
        said: "拜访时谈到：年底前想换一家供缠绕膜，每月一百卷左右，先试一批。",
        items: &[("product", "缠绕膜 50 cm"), ("quantity", "100 卷"), ("required_on", "")],
        way: Way::Quoted,
    },
    Memo {
        customer: Some(13),
        stranger: ("", ""),
        channel: Channel::Phone,
        said: "问有没有彩色气泡信封，要得不多，几十个，最好明天。",
        items: &[("product", "彩色气泡信封"), ("quantity", "几十个")],
        way: Way::Dropped,
    },
];

/// Who takes them.
const TAKER: &str = "sales";

/// A day two weeks from now, as an item has it.
fn fortnight(now: Instant) -> String {
    now.date_in("Asia/Shanghai").map(|day| day.plus_days(14).to_string()).unwrap_or_default()
}

fn sent(memo: &Memo, now: Instant, customers: &[Customer]) -> InquirySent {
    let item = |(code, value): &(&str, &str)| {
        let value = if *code == "required_on" && value.is_empty() { fortnight(now) } else { (*value).to_owned() };
        ItemSent { code: (*code).to_owned(), value, attachment_id: None }
    };
    let customer = memo.customer.and_then(|place| customers.get(place)).map(|customer| customer.input.code.clone());
    InquirySent {
        customer: customer.unwrap_or_default(),
        customer_name: memo.stranger.0.to_owned(),
        contact_phone: memo.stranger.1.to_owned(),
        channel: Some(memo.channel),
        said: memo.said.to_owned(),
        items: memo.items.iter().map(item).collect(),
        ..InquirySent::default()
    }
}

/// Takes them down.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, now: Instant, customers: &[Customer], products: &[Product]) -> Result<(), Failure> {
    let by = staff.by(TAKER);
    for memo in MEMOS {
        let sent = sent(memo, now, customers);
        let made: InquiryState = app.command(by, None, move |work, by| create::create(work, by, &sent)).await?;
        let id: InquiryId = made.id;
        match memo.way {
            Way::Open => {}
            Way::Promised(hours) => {
                let until = now.plus_seconds(hours * 3600);
                app.command(by, None, move |work, by| promise::promise(work, by, id, None, until, "价格与到货日期")).await?;
            }
            Way::Answered => {
                app.command(by, None, move |work, by| clarify::clarify(work, by, id, None)).await?;
                let words = "单价 6.80 元，可按期送到，报价单随后发出";
                app.command(by, None, move |work, by| answer::answer(work, by, id, None, words)).await?;
            }
            Way::Quoted => {
                app.command(by, None, move |work, by| clarify::clarify(work, by, id, None)).await?;
                let line = products.get(6).map(|product| LineInput {
                    product: product.input.code.clone(),
                    quantity: Quantity::from_micro(100_000_000),
                    ..LineInput::default()
                });
                let customer = memo.customer.and_then(|place| customers.get(place)).map(|customer| customer.input.code.clone());
                let order =
                    OrderInput { customer: customer.unwrap_or_default(), lines: line.into_iter().collect(), ..OrderInput::default() };
                app.command(by, None, move |work, by| quote::quote(work, by, id, None, &order)).await?;
            }
            Way::Dropped => {
                app.command(by, None, move |work, by| drop::drop(work, by, id, None, "没有这种商品，数量太少不定做")).await?;
            }
        }
    }
    Ok(())
}
