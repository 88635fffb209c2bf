use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::tempdir;

use super::program::{Said, run, well};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The scenarios that are shipped.
fn shipped() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(root().join("scenarios")).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    all.sort();
    assert!(all.len() >= 3, "{all:?}");
    all
}

/// Runs `shundan scenario` on one file of this text, `play.toml`.
fn on(text: &str, words: &[&str]) -> Said {
    beside(text, &[], words)
}

/// The same with other files beside it.
fn beside(text: &str, others: &[(&str, &str)], words: &[&str]) -> Said {
    let home = tempdir().unwrap();
    let file = home.path().join("play.toml");
    std::fs::write(&file, text).unwrap();
    for (name, text) in others {
        std::fs::write(home.path().join(name), text).unwrap();
    }
    let mut said = run(home.path(), &[&["scenario"], words, &[file.to_str().unwrap()]].concat());
    let folder = format!("{}/", home.path().display());
    said.err = said.err.replace(&folder, "");
    said.out = said.out.replace(&folder, "");
    said
}

/// A company whose representative enters an order of 5,000.00, and the steps that follow.
fn shop(steps: &str) -> String {
    format!(
        r#"name = "一单"
start = "2026-03-02 09:00"

[[warehouse]]
code = "W1"
name = "主仓"

[[product]]
code = "P1"
name = "甲"
unit = "台"
list_price = "500.00"
stock = {{ W1 = "10" }}

[[customer]]
code = "C1"
name = "客户"
settlement = "monthly"
tax_inclusive = true
contacts = [{{ name = "王", phone = "13800138000", primary = true }}]
addresses = [{{ province = "上海市", street = "人民路1号", default = true }}]

[[step]]
say = {{ zh-CN = "下单", zh-TW = "下單", en = "An order" }}
as = "sales_rep"
do = "create_order"
query = {{ submit = true }}
with = {{ customer_id = "C1", required_on = "2026-03-20", lines = [{{ product_id = "P1", quantity = "10" }}] }}
save = {{ so1 = "/id" }}

{steps}"#
    )
}

fn all_are_good(more: &[&str]) {
    let home = tempdir().unwrap();
    let files: Vec<String> = shipped().iter().map(|path| path.display().to_string()).collect();
    let words: Vec<&str> =
        ["scenario", "run", "--json"].into_iter().chain(more.iter().copied()).chain(files.iter().map(String::as_str)).collect();
    let said = run(home.path(), &words);
    let reports: Value = serde_json::from_str(&said.out).unwrap_or_else(|why| panic!("{why}\n{}\n{}", said.out, said.err));
    for report in reports.as_array().unwrap() {
        let steps = report["steps"].as_array().unwrap();
        let bad: Vec<&Value> = steps.iter().filter(|step| step["end"] != "good").collect();
        assert!(bad.is_empty(), "{}: {bad:#?}", report["file"]);
        assert_eq!((&report["good"], &report["findings"]), (&true.into(), &Value::Array(Vec::new())), "{}", report["file"]);
        assert!(steps.len() >= 5 && steps.iter().any(|step| step["status"].as_u64() >= Some(400)), "forbidden steps are tried");
    }
    assert_eq!((said.code, reports.as_array().unwrap().len()), (0, files.len()), "{}", said.err);
}

#[test]
fn every_shipped_scenario_is_played_to_the_letter() {
    all_are_good(&[]);
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        all_are_good(&["--database", &server]);
    }
}

#[test]
fn a_figure_that_is_wrong_is_told_with_step_pointer_and_both_values() {
    let text = shop(
        r#"[[step]]
say = "订单页"
as = "sales_rep"
do = "get_order"
of = "{so1}"
expect = { "/status" = "submitted", "/payable/amount" = "5000.01", "/lines" = { count = 2 } }

[[step]]
as = "customer_service"
do = "order_close"
of = "{so1}"
refuse = { code = "order.not_there", field = "/reason", contains = "没有这样的话" }

[[step]]
as = "sales_manager"
do = "order_approve"
of = "{so1}"
save = { gone = "/id" }

[[step]]
as = "sales_rep"
do = "get_order"
of = "{gone}"
"#,
    );
    let said = on(&text, &["run"]);
    assert_eq!((said.code, said.err.as_str()), (1, ""), "{}", said.out);
    for line in [
        "  ✓   1  2026-03-02 09:00  sales_rep         An order",
        "  ✗   2  2026-03-02 09:00  sales_rep         订单页",
        "        play.toml:31  GET /orders/",
        "        line 36, /payable/amount: expected \"5000.01\", got \"5000.00\"",
        "        line 36, /lines: expected count 2, got count 1",
        "        line 42, refuse.code: expected order.not_there, got order.not_effective",
        "        line 42, refuse.field: expected /reason, got ",
        "  ✗   4  2026-03-02 09:00  sales_manager     POST /orders/{so1}/approve",
        "        line 44, status: expected 2xx, got 409 order.not_reviewed",
        "  –   5  2026-03-02 09:00  sales_rep         GET /orders/{gone}",
        "        not played: gone was not saved by the steps before",
        "  ✓ everything stored fits together",
        "✗ Of 5 steps 3 differ and 1 could not be played",
    ] {
        assert!(said.out.lines().any(|said| said.starts_with(line)), "{line}\n{}", said.out);
    }
    let report = on(&text, &["run", "--json"]);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report[0]["good"], false);
    let first = &report[0]["steps"][1]["differences"][0];
    assert_eq!(first.to_string(), r#"{"expected":"\"5000.01\"","got":"\"5000.00\"","line":36,"place":"/payable/amount"}"#);
}

#[test]
fn of_many_at_once_exactly_so_many_must_be_accepted() {
    let step = |accept: &str| {
        shop(&format!(
            r#"[[step]]
as = "sales_rep"
do = "create_order"
query = {{ submit = true }}
with = {{ customer_id = "C1", external_number = "X-1", channel = "web_shop", required_on = "2026-03-20", lines = [{{ product_id = "P1", quantity = "1" }}] }}
repeat = 8
together = true
accept = {accept}
refuse = {{ status = 422, field = "/external_number" }}
"#
        ))
    };
    let good = on(&step("1"), &["run"]);
    assert_eq!(good.code, 0, "{}{}", good.out, good.err);
    let bad = on(&step("2"), &["run"]);
    assert_eq!(bad.code, 1);
    assert!(bad.out.contains("accept: expected 2, got 1"), "{}", bad.out);
}

#[test]
fn every_mistake_of_a_file_is_told_at_its_line_and_field() {
    let text = r#"name = "错"
start = "2026-03-02 09:00"
colour = "red"

[company]
tax_roundin = "document"

[[user]]
username = "rep"
role = "sales_repp"

[[product]]
code = 7
name = "甲"
stock = { W9 = "1" }

[[step]]
at = "2026-03-01 09:00"
as = "rap"
do = "order_submti"

[[step]]
at = "tomorrow"
as = "rep"
do = "order_submit"

[[step]]
as = "rep"
post = "/ordres"

[[step]]
as = "rep"
do = "create_order"
with = { customer_id = "C1", lines = [{ product_id = "P1", quantty = "1" }], settlement = "monthy" }
save = { so1 = "id" }
expect = { status = "good", "/number" = { contain = "SO" }, number = "SO1" }

[[step]]
as = "rep"
do = "order_cancel"
of = "{so2}"
with = { reason = "{n}" }
together = "yes"
refuse = { cod = "x" }

[[step]]
as = "rep"
get = "/orders/{so1}"
do = "get_order"

[[step]]
with = {}

[[step]]
as = "rep"
do = "upload_attachment"
upload = { file = { path = "nowhere.pdf" } }
"#;
    let said = on(text, &["check"]);
    assert_eq!(said.code, 1, "{}", said.out);
    let expected = [
        "play.toml:3:1: there is no key 'colour'.",
        "play.toml:6:1: company: there is no key 'tax_roundin'. Perhaps you mean: tax_rounding",
        "play.toml:10:8: user[1].role: there is no role 'sales_repp'. Perhaps you mean: sales_rep",
        "play.toml:13:8: product[1].code: the API takes string here, not integer.",
        "play.toml:15:11: product[1].stock: there is no warehouse 'W9' in this file.",
        "play.toml:18:6: step[1].at: the clock does not go back: 2026-03-01 09:00 is before 2026-03-02 09:00.",
        "play.toml:19:6: step[1].as: there is no user 'rap'. Perhaps you mean: rep",
        "play.toml:20:6: step[1].do: the API has no operation 'order_submti'. Perhaps you mean: order_submit",
        "play.toml:22:1: step[2]: 'order_submit' needs 'of': which id?",
        "play.toml:23:6: step[2].at: 'tomorrow' is no time; write 2023-10-08T09:00:00+08:00, 2023-10-08 09:00, or +2h30m.",
        "play.toml:29:8: step[3].post: the API has no address POST /ordres. Perhaps you mean: /orders",
        "play.toml:34:60: step[4].with.lines[0]: there is no key 'quantty'. Perhaps you mean: quantity",
        "play.toml:34:91: step[4].with.settlement: 'monthy' is not one of: cash, cash_on_delivery, payment_first, deposit_balance, \
monthly, hold_one_order, rolling, remittance, carrier_advance. Perhaps you mean: monthly",
        "play.toml:35:16: step[4].save.so1: 'id' is no JSON pointer; it begins with /.",
        "play.toml:36:21: step[4].expect.status: an HTTP status is wanted here, 100 to 599, not string.",
        "play.toml:36:43: step[4].expect./number: there is no key 'contain'. Perhaps you mean: contains",
        "play.toml:36:61: step[4].expect: 'number' is no JSON pointer; it begins with /.",
        "play.toml:41:6: step[5].of: nothing was saved as 'so2' by the steps before. Perhaps you mean: so1",
        "play.toml:42:19: step[5].with.reason: nothing was saved as 'n' by the steps before.",
        "play.toml:43:12: step[5].together: true or false is wanted here, not string.",
        "play.toml:43:12: step[5].together: 'together' only makes sense with 'repeat'.",
        "play.toml:44:12: step[5].refuse: there is no key 'cod'. Perhaps you mean: code",
        "play.toml:49:6: step[6].do: a step does one thing: 'get' or 'do'.",
        "play.toml:52:1: step[7]: 'with' needs something to do: do, get, post, put or delete.",
        "play.toml:57:12: step[8].upload.file: the file nowhere.pdf cannot be read: No such file or directory (os error 2)",
    ];
    let told: Vec<&str> = said.err.lines().collect();
    assert_eq!(told[..told.len() - 1], expected, "{}", said.err);
    assert!(told[told.len() - 1].contains(&format!("mistakes: {}", expected.len())), "{}", said.err);
}

/// Rules of one's own: a director looks at everything above 1,000.
const RULES: &str = r#"title = "自己的规则"
[[checklist]]
code = "phone"
[[approval]]
code = "board"
stage = 1
roles = ["director"]
when = "order.payable > 1000"
"#;

const DIRECTOR: &str = r#"[[role]]
code = "director"
name = { zh-CN = "总监", zh-TW = "總監", en = "Director" }
permissions = ["order.view", "order.approve"]

"#;

#[test]
fn rules_of_ones_own_are_in_force_from_the_first_step() {
    let steps = r#"[[step]]
as = "customer_service"
do = "order_review"
of = "{so1}"
with = { checklist = ["phone"] }
expect = { "/status" = "reviewed" }

[[step]]
as = "sales_manager"
do = "order_approve"
of = "{so1}"
refuse = { status = 403, code = "order.not_your_step" }

[[step]]
as = "director"
do = "order_approve"
of = "{so1}"
expect = { "/status" = "effective" }

[[step]]
as = "admin"
do = "list_blueprints"
expect = { "/in_force" = 1, "/items/0/title" = "自己的规则" }
"#;
    let text = shop(steps).replacen("[[warehouse]]", &format!("{DIRECTOR}[[warehouse]]"), 1);
    let own = text.replacen("\n\n", "\nblueprint = \"own.toml\"\n\n", 1);
    let said = beside(&own, &[("own.toml", RULES)], &["run"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    // The standard ones are in force anyway.
    let standard = shop("[[step]]\nas = \"admin\"\ndo = \"list_blueprints\"\nexpect = { \"/in_force\" = 0 }\n");
    let said = on(&standard.replacen("\n\n", "\nblueprint = \"standard\"\n\n", 1), &["run"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
}

#[test]
fn mistakes_of_the_rules_are_told_at_their_place_in_their_own_file() {
    let named = |name: &str| shop("").replacen("\n\n", &format!("\nblueprint = \"{name}\"\n\n"), 1);
    let wrong = RULES.replace("order.payable", "order.payble");
    let said = beside(&named("own.toml"), &[("own.toml", &wrong)], &["check"]);
    assert_eq!(said.code, 1, "{}", said.out);
    let told: Vec<&str> = said.err.lines().collect();
    let expected = [
        "own.toml:7:10: approval[1].roles: There is no “director”.",
        "own.toml:8:9: approval[1].when: There is no fact “order.payble”. Did you mean “order.payable”?",
    ];
    assert_eq!(told[..told.len() - 1], expected, "{}", said.err);
    let chinese = beside(&named("own.toml"), &[("own.toml", &wrong)], &["run", "--language", "zh-CN"]);
    assert!(
        chinese.err.contains("own.toml:8:9: approval[1].when: 没有“order.payble”这个数据项，是否应为“order.payable”？"),
        "{}",
        chinese.err
    );

    let told = |name: &str| beside(&named(name), &[], &["check"]).err.lines().next().unwrap_or_default().to_owned();
    let unknown = "play.toml:3:13: blueprint: there is no blueprint 'mal', and no file of that name. Perhaps you mean: mall";
    assert_eq!(told("mal"), unknown);
    assert!(told("none.toml").starts_with("play.toml:3:13: blueprint: the file none.toml cannot be read: "), "{}", told("none.toml"));
}

#[test]
fn what_is_no_toml_and_what_the_server_refuses_is_told_at_its_place_too() {
    let said = on("name = \"x\"\nstart = \nstep = [}\n", &["check"]);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("play.toml:2:"), "{}", said.err);
    let text = shop("").replace("unit = \"台\"", "unit = \"\"");
    let said = on(&text, &["run"]);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("play.toml:8:1: product[1]: the server refuses it: 422 invalid"), "{}", said.err);
    assert!(said.err.contains("/unit"), "{}", said.err);
}

#[test]
fn mistakes_are_told_in_the_language_of_the_terminal() {
    for (language, line) in [
        ("zh-CN", "play.toml:29:6: step[2].as: 没有用户“sales_rap”。 是不是想写：sales_rep"),
        ("zh-TW", "play.toml:29:6: step[2].as: 沒有使用者「sales_rap」。 是不是想寫：sales_rep"),
    ] {
        let said = on(
            &shop("[[step]]\nas = \"sales_rap\"\ndo = \"count_orders\"\n").replacen("\n\n[[warehouse]]", "\n[[warehouse]]", 1),
            &["check", "--language", language],
        );
        assert!(said.err.lines().any(|said| said.ends_with(&line[12..])), "{line}\n{}", said.err);
    }
}

#[test]
fn programs_act_by_their_token_until_it_ends() {
    let text = r#"name = "令牌"
start = "2026-03-02 09:00"

[[step]]
as = "admin"
do = "create_api_token"
with = { name = "程序", scopes = ["user.view"], expires_on = "2026-03-03" }
save = { token = "/secret", id = "/id" }

[[step]]
bearer = "{token}"
do = "list_users"
query = { role = "finance" }
expect = { "/items" = { count = 1 }, "/items/0/username" = "finance" }

[[step]]
bearer = "{token}"
do = "create_user"
with = { username = "x" }
refuse = { status = 403, code = "denied" }

[[step]]
at = "+3d"
bearer = "{token}"
do = "list_users"
refuse = { status = 401 }

[[step]]
say = "三天后管理员重新登录；改之前先看一眼"
as = "admin"
do = "edit_company"
with = { name = "新名", default_tax_rate = "13", follow_up_days = 3, order_pattern = "SO{{yyyy}}{000000}", tax_rounding = "line", time_zone = "Asia/Shanghai" }

[[step]]
say = "按旧的版本改不了"
as = "admin"
do = "edit_company"
version = "1"
with = { name = "又一个", default_tax_rate = "13", follow_up_days = 3, order_pattern = "SO{{yyyy}}{000000}", tax_rounding = "line", time_zone = "Asia/Shanghai" }
refuse = { status = 412 }

[[step]]
as = "admin"
do = "show_company"
expect = { "/name" = "新名", "/version" = { gt = 1 }, "/order_pattern" = "SO{{yyyy}}{000000}" }
"#;
    let said = on(text, &["run"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
}

#[test]
fn steps_are_listed_and_data_is_kept_where_that_is_asked_for() {
    let text = shop("[[step]]\nat = \"+90m\"\nsay = \"等一等\"\n");
    let said = on(&text, &["run", "--list"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let expected = "一单 (play.toml)\n    1  2026-03-02 09:00  sales_rep  An order\n    2  2026-03-02 10:30             等一等\n\n";
    assert_eq!(said.out, expected);

    let home = tempdir().unwrap();
    let file = home.path().join("play.toml");
    std::fs::write(&file, &text).unwrap();
    let words = ["scenario", "run", "--keep", home.path().to_str().unwrap(), file.to_str().unwrap()];
    let data = home.path().join("play");
    let said = well(home.path(), &words);
    assert!(said.contains(&format!("shundan serve --data {}", data.display())), "{said}");
    assert!(well(home.path(), &["verify", "--data", data.to_str().unwrap()]).contains("Nothing is wrong"));
    let again = run(home.path(), &words);
    assert_eq!(again.code, 1, "what was kept is not overwritten");
    assert!(again.err.contains("is there already"), "{}", again.err);
}

#[test]
fn the_examples_of_the_guide_are_right() {
    let guide = std::fs::read_to_string(root().join("docs/guide/scenarios.md")).unwrap();
    let examples: Vec<&str> = guide.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let said = on(example, &["run"]);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    }
}
