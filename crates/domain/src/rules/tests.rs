//! Blueprints are read right, wrong ones say where, and rules are asked exactly.

use crate::rules::*;
use crate::sample;
use crate::*;

fn mistakes(source: &str) -> Vec<String> {
    match Blueprint::read(source, Some(&CompanyCodes::of_product())) {
        Ok(_) => Vec::new(),
        Err(all) => all.iter().map(|m| format!("{}:{} {} {}", m.line, m.column, m.path, m.message(Language::En))).collect(),
    }
}

fn one_gate(require: &str) -> String {
    format!(
        "title = \"t\"\n[limits]\napproval = 50000\n[[proof]]\ncode = \"measured\"\n[[gate]]\ncode = \"g\"\non = [\"ship\"]\nrequire = \"{require}\"\nmessage = \"no\"\n"
    )
}

#[test]
fn what_comes_with_the_product_is_right() {
    for (name, text) in READY {
        let read = Blueprint::read(text, Some(&CompanyCodes::of_product()));
        assert!(read.is_ok(), "{name}: {:?}", mistakes(text));
        let read = read.unwrap();
        for language in Language::ALL {
            assert!(!read.title.of(*language).is_empty());
            for item in &read.checklist {
                assert!(!item.shown(*language).starts_with("checklist."), "{name} {}", item.code);
            }
        }
    }
}

#[test]
fn a_mistake_says_where_it_is_and_what_was_meant() {
    let check = |require: &str, expected: &str| assert_eq!(mistakes(&one_gate(require)), [expected], "{require}");
    check("order.payble > 5", "9:12 gate[1].require There is no fact “order.payble”. Did you mean “order.payable”?");
    check("payable > 5", "9:12 gate[1].require There is no fact “payable”. Did you mean “order.payable”?");
    check("limit.aproval > 5", "9:12 gate[1].require There is no fact “limit.aproval”. Did you mean “limit.approval”?");
    check("order.paid > 1 && proven.mesured", "9:30 gate[1].require There is no fact “proven.mesured”. Did you mean “proven.measured”?");
    check("moon.phase == 1", "9:12 gate[1].require There is no fact “moon.phase”.");
    check("customer.grade == 'D'", "9:30 gate[1].require “D” is not one of the codes that can stand here.");
    check(
        "order.settlement == 'payment_frist'",
        "9:32 gate[1].require “payment_frist” is not one of the codes that can stand here. Did you mean “payment_first”?",
    );
    check("order.payable", "9:12 gate[1].require A bool must stand here, this is a number.");
    check("order.payable > '5'", "9:26 gate[1].require The two sides are of different kinds: number and text.");
    assert!(mistakes(&one_gate("order.paid >"))[0].starts_with("9:"), "{:?}", mistakes(&one_gate("order.paid >")));
    check("order.paid.matches('x')", "9:30 gate[1].require “.matches()” cannot be used in conditions.");
}

#[test]
fn the_file_itself_is_checked() {
    let check = |source: &str, expected: &[&str]| assert_eq!(mistakes(source), expected, "{source}");
    check("titel = \"x\"", &["1:1  There is no field “titel”. Did you mean “title”?"]);
    check("title = \"x\"\n[[gate]]\ncode = \"g\"\n", &["2:1  The field “on” is missing."]);
    let gate =
        one_gate("true").replace("\"ship\"", "\"shipp\"").replace("message", "override = [\"finanse\"]\nbackfill = \"24x\"\nmessage");
    check(
        &gate,
        &[
            "8:7 gate[1].on There is no “shipp”. Did you mean “ship”?",
            "10:13 gate[1].override There is no “finanse”. Did you mean “finance”?",
            "11:12 gate[1].backfill “24x” is not a length of time: 30m, 24h or 3d.",
        ],
    );
    let matrix = "title = \"x\"\n[[approval]]\ncode = \"a\"\nstage = 2\nroles = []\n[[approval]]\ncode = \"a\"\nstage = 1\nroles = [\"finance\"]\nneed = 0\n";
    check(
        matrix,
        &[
            "5:9 approval[1].roles At least one role must be named.",
            "7:8 approval[2].code “a” is there twice.",
            "10:8 approval[2].need 0 cannot be needed; from 1 to 9 can.",
        ],
    );
}

#[test]
fn the_standard_checklist_is_that_of_the_file() {
    let codes: Vec<String> = standard_blueprint().checklist.iter().map(|item| item.code.clone()).collect();
    assert_eq!(codes, STANDARD_CHECKLIST);
}

fn order(payable: &str) -> Order {
    let (mut order, _) = sample::draft(&[("100", "500.00")]);
    order.payable_minor = sample::cny(payable);
    order
}

fn facts(order: &Order) -> Facts<'_> {
    Facts::of(order, sample::today(), sample::now(), Currency::CNY)
}

#[test]
fn limits_are_exact_to_the_cent() {
    let standard = standard_blueprint();
    let roles = |payable: &str| {
        let order = order(payable);
        let steps: Vec<String> = standard.wanted_steps(&facts(&order)).into_iter().map(|step| step.roles).collect();
        steps.join(" ")
    };
    assert_eq!(roles("50000.00"), "sales_manager");
    assert_eq!(roles("50000.01"), "sales_manager finance");
    let mut foreign = order("1.00");
    foreign.currency = Currency::parse("USD").unwrap();
    assert_eq!(standard.wanted_steps(&facts(&foreign)).len(), 2);
}

#[test]
fn stages_may_be_parallel_and_need_several() {
    let text = "title = \"x\"\n[[approval]]\ncode = \"a\"\nstage = 1\nroles = [\"sales_manager\"]\nwhen = \"order.payable > 100\"\n\
        [[approval]]\ncode = \"b\"\nstage = 2\nroles = [\"finance\", \"admin\"]\nneed = 2\n\
        [[approval]]\ncode = \"c\"\nstage = 2\nroles = [\"customer_service\"]\n";
    let blueprint = Blueprint::read(text, None).unwrap();
    let steps = |payable: &str| {
        let order = order(payable);
        let all = blueprint.wanted_steps(&facts(&order));
        all.into_iter().map(|step| format!("{}{}:{}", step.rule, step.stage, step.roles)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(steps("101.00"), "a1:sales_manager b2:finance,admin b2:finance,admin c2:customer_service");
    assert_eq!(steps("100.00"), "b1:finance,admin b1:finance,admin c1:customer_service", "stages without rules are left out");
}

#[test]
fn a_shut_gate_names_what_it_misses() {
    let check = |require: &str, expected: &[&str]| {
        let blueprint = Blueprint::read(&one_gate(require), None).unwrap();
        let mut order = order("1000.00");
        order.paid_minor = sample::cny("300.00");
        order.deposit_minor = sample::cny("500.00");
        let shut = blueprint.shut(Verb::Ship, &facts(&order));
        let en = Language::En;
        let show = |m: &MissingFact| format!("{}: {} → {}", m.label(en), m.current.shown(en), m.required.shown(en));
        let found: Vec<String> = shut.iter().flat_map(|gate| gate.missing.iter().map(show)).collect();
        assert_eq!(found, expected, "{require}");
    };
    check("order.paid >= order.deposit", &["Paid: ¥300.00 → ≥ ¥500.00"]);
    check("order.deposit <= order.paid", &["Deposit: ¥500.00 → ≤ ¥300.00"]);
    check("order.paid >= 0 && proven.measured", &["proof.measured: No → Yes"]);
    check("people.measured >= 2", &["People who proved “proof.measured”: 0 → ≥ 2"]);
    check("order.settlement in ['cash', 'monthly']", &["Settlement: Deposit and balance → Cash / Monthly"]);
    check("order.paid >= 300", &[]);
    check("credit.free >= 0", &["Free credit:  → ≥ ¥0.00"]);
}

#[test]
fn what_is_not_known_shuts_a_gate_and_asks_for_a_step() {
    let order = order("10.00");
    let blueprint = Blueprint::read(&one_gate("credit.free > 0"), None).unwrap();
    assert_eq!(blueprint.shut(Verb::Ship, &facts(&order)).len(), 1);
    let when = one_gate("false").replace("message", "when = \"credit.free > 0\"\nmessage");
    assert_eq!(Blueprint::read(&when, None).unwrap().shut(Verb::Ship, &facts(&order)).len(), 1);
    let either = one_gate("credit.free > 0 || order.payable > 0");
    assert_eq!(Blueprint::read(&either, None).unwrap().shut(Verb::Ship, &facts(&order)).len(), 0);
}

#[test]
fn numbers_are_exact() {
    let check = |condition: &str, expected: bool| {
        let blueprint = Blueprint::read(&one_gate(condition), None).unwrap();
        let order = order("0.30");
        assert_eq!(blueprint.gates[0].require.holds(&facts(&order)), Some(expected), "{condition}");
    };
    check("order.payable == 0.1 + 0.2", true);
    check("order.payable * 10 == 3", true);
    check("order.payable / 3 == 0.1", true);
    check("-order.payable < 0", true);
    check("today == date('2026-11-21') && today - date('2026-11-01') == 20", true);
    check("order.payable > 1 ? false : order.category != 'export'", true);
    check("!('x'.startsWith('y')) && 'abc'.contains('b')", true);
}

/// An order of 100 pieces at 500.00 without tax that cost 430.00 each: 14 % are earned.
#[allow(clippy::vec_box)] // Lines are those of `sample`.
fn costed() -> (Order, Vec<Box<OrderLine>>) {
    let (mut order, mut lines) = sample::draft(&[("100", "500.00")]);
    order.tax_inclusive = false;
    lines[0].unit_cost_micro = UnitPrice::parse("430").ok();
    order.total_up(&mut lines).unwrap();
    (order, lines)
}

#[test]
fn margins_are_facts() {
    let (order, lines) = costed();
    let known = {
        let mut facts = facts(&order);
        facts.take_lines(&lines);
        facts
    };
    let unknown = facts(&order);
    let check = |condition: &str, expected: [Option<bool>; 2]| {
        let blueprint = Blueprint::read(&one_gate(condition), None).unwrap();
        assert_eq!([&known, &unknown].map(|facts| blueprint.gates[0].require.holds(facts)), expected, "{condition}");
    };
    check("order.cost_known", [Some(true), Some(false)]);
    check("order.cost == 43000 && order.margin == 7000", [Some(true), None]);
    check("order.margin_percent == 14", [Some(true), None]);
    check("order.margin_percent < 15", [Some(true), None]);
    check("order.cost_known && order.margin_percent < 15", [Some(true), Some(false)]);
    check("order.lowest_margin_percent >= 14", [Some(true), None]);
}

#[test]
fn costs_are_told_only_to_those_who_may_know_them() {
    let (order, lines) = costed();
    let check = |require: &str, shows_costs: bool, expected: &[&str]| {
        let blueprint = Blueprint::read(&one_gate(require), None).unwrap();
        let mut facts = facts(&order);
        facts.take_lines(&lines);
        facts.shows_costs = shows_costs;
        let en = Language::En;
        let show = |m: &MissingFact| format!("{}: {} → {}", m.label(en), m.current.shown(en), m.required.shown(en));
        let shut = blueprint.shut(Verb::Ship, &facts);
        let found: Vec<String> = shut.iter().flat_map(|gate| gate.missing.iter().map(show)).collect();
        assert_eq!(found, expected, "{require}");
    };
    check("order.margin_percent >= 15", true, &["Margin, percent: 14% → ≥ 15%"]);
    check("order.margin_percent >= 15", false, &["Margin, percent: confidential → ≥ 15%"]);
    check("order.payable > order.cost * 2", true, &["Payable: ¥56,500.00 → > ¥86,000.00"]);
    check("order.payable > order.cost * 2", false, &["Payable: ¥56,500.00 → > confidential"]);
    check("order.payable in [order.cost, 1]", false, &["Payable: ¥56,500.00 → confidential / ¥1.00"]);
    check("order.margin * 2 > order.cost", false, &["Cost of the goods: confidential → < confidential"]);
    check("!order.cost_known", false, &["Costs of all lines known: Yes → No"]);
}

#[test]
fn a_low_margin_is_a_risk_for_those_who_may_know_it() {
    let (order, mut lines) = costed();
    let mut low = |cost: &str, shows_costs: bool| {
        lines[0].unit_cost_micro = UnitPrice::parse(cost).ok();
        let mut facts = facts(&order);
        facts.take_lines(&lines);
        facts.shows_costs = shows_costs;
        risks(&facts).contains(&Risk::LowMargin)
    };
    assert!(!low("450", true) && low("450.01", true) && !low("450.01", false) && !low("unknown", true));
}

#[test]
fn the_schema_names_every_field() {
    let schema = blueprint_schema();
    let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/blueprint.schema.json")).unwrap_or_default();
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    assert!(file == text, "docs/blueprint.schema.json is old; it should be:\n{text}");
}

#[test]
fn what_comes_with_the_product_is_written_out_as_it_is() {
    let text = format!("title = \"t\"\n{}{}", written_out("clock").unwrap(), written_out("notify").unwrap());
    assert_eq!(mistakes(&text), [""; 0]);
    let read = Blueprint::read(&text, None).unwrap();
    assert_eq!(*read.clocks.unwrap(), standard_clocks());
    assert_eq!(*read.notify.unwrap(), notify::standard());
    assert_eq!(written_out("gate"), None);
    let none = Blueprint::read("title = \"t\"\nclock = []\nnotify = []\n", None).unwrap();
    assert_eq!((none.clocks.unwrap().len(), none.notify.unwrap().len()), (0, 0));
}

#[test]
fn tables_are_checked_field_by_field() {
    let name = "name = { zh-CN = \"x\", zh-TW = \"x\", en = \"x\" }";
    let check = |text: &str, expected: &[&str]| assert_eq!(mistakes(&format!("title = \"t\"\n{text}")), expected, "{text}");
    check(
        "[[notify]]\nevents = [\"OrderHeld\", \"OrderHold\"]\nroles = [\"finanse\"]\nchannels = [\"mail\"]\ntemplate = \"evnt\"\n",
        &[
            "3:24 notify[1].events[2] There is no “OrderHold”. Did you mean “OrderHeld”?",
            "4:10 notify[1].roles[1] There is no “finanse”. Did you mean “finance”?",
            "5:12 notify[1].channels Required.",
            "5:13 notify[1].channels[1] There is no “mail”. Did you mean “email”?",
            "6:12 notify[1].template There is no “evnt”. Did you mean “event”?",
        ],
    );
    // A role of the file may be named in the file.
    check(
        &format!(
            "[[role]]\ncode = \"boss\"\n{name}\npermissions = [\"order.approve\"]\n[[approval]]\ncode = \"a\"\nstage = 1\nroles = [\"boss\"]\n"
        ),
        &[],
    );
    check(
        &format!("[[role]]\ncode = \"boss\"\nname = \"Boss\"\npermissions = [\"order.aprove\"]\n[[role]]\ncode = \"boss\"\n{name}\n"),
        &[
            "5:16 role[1].permissions[1] There is no “order.aprove”. Did you mean “order.approve”?",
            "7:8 role[2].code “boss” is there twice.",
        ],
    );
    check(
        &format!("[[role]]\ncode = \"admin\"\n{name}\npermissions = [\"user.edit\"]\n"),
        &["5:15 role[1].permissions The role “admin” cannot lose the permission “Edit absences of others”."],
    );
    let clock = format!("[[clock]]\ncode = \"a\"\n{name}\nrole = \"admin\"\nlimit = \"2h\"\n");
    check(&format!("{clock}{clock}"), &["8:8 clock[2].code “a” is there twice."]);
    check(
        "[numbering]\norder = \"SO\"\ninvoice = \"X{000}\"\npayment = \"X{000}\"\nshipmnt = \"DN{000}\"\n",
        &["6:1  There is no field “shipmnt”. Did you mean “shipment”?"],
    );
    check(
        "[numbering]\norder = \"SO\"\ninvoice = \"X{000}\"\npayment = \"X{000}\"\n",
        &[
            "3:9 numbering.order A number pattern has exactly one counter, like SO{yyyy}{000000}.",
            "5:11 numbering.payment “X{000}” is there twice.",
        ],
    );
}

#[test]
fn rules_tell_what_would_become_of_roles() {
    let text = "title = \"t\"\n[[role]]\ncode = \"boss\"\nname = \"Boss\"\npermissions = [\"order.approve\", \"order.view\"]\n\
        [[role]]\ncode = \"warehouse\"\nname = \"Store\"\npermissions = [\"order.view\", \"order.void\"]\n";
    let read = Blueprint::read(text, None).unwrap();
    let mut roles = default_roles();
    let changes = read.role_changes(&roles);
    assert_eq!(
        changes.iter().map(|change| (change.rule.code.as_str(), change.made, change.renamed)).collect::<Vec<_>>(),
        [("boss", true, false), ("warehouse", false, true)]
    );
    assert_eq!((changes[0].gained.as_str(), changes[1].gained.as_str()), ("order.approve,order.view", "order.void"));
    assert!(changes[1].lost.contains("order.ship") && !changes[1].lost.contains("order.view"));
    let warehouse = roles.iter_mut().find(|role| role.code == "warehouse").unwrap();
    changes[1].rule.put_into(warehouse);
    roles.push(changes[0].rule.role());
    assert_eq!(read.role_changes(&roles), []);
}

/// What a JSON Schema of our kind has against a value; keywords we do not use are refused.
fn against(schema: &serde_json::Value, value: &serde_json::Value, at: &str, found: &mut Vec<String>) {
    use serde_json::Value;
    for (keyword, said) in schema.as_object().unwrap() {
        let holds = match (keyword.as_str(), value) {
            ("description" | "title" | "$schema" | "$defs" | "default", _) => true,
            ("$ref", _) => {
                against(blueprint_schema().pointer(said.as_str().unwrap().trim_start_matches('#')).unwrap(), value, at, found);
                true
            }
            ("type", _) => {
                let is = match value {
                    Value::String(_) => "string",
                    Value::Bool(_) => "boolean",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                    Value::Number(number) if number.is_i64() => "integer",
                    _ => "number",
                };
                let names: Vec<&str> = said
                    .as_array()
                    .map_or_else(|| vec![said.as_str().unwrap()], |all| all.iter().map(|one| one.as_str().unwrap()).collect());
                names.contains(&is) || (is == "integer" && names.contains(&"number"))
            }
            ("enum", _) => said.as_array().unwrap().contains(value),
            ("oneOf", _) => {
                let fits = |one: &Value| {
                    let mut wrong = Vec::new();
                    against(one, value, at, &mut wrong);
                    wrong.is_empty()
                };
                said.as_array().unwrap().iter().filter(|one| fits(one)).count() == 1
            }
            ("required", Value::Object(fields)) => said.as_array().unwrap().iter().all(|name| fields.contains_key(name.as_str().unwrap())),
            ("properties", Value::Object(fields)) => {
                for (name, value) in fields {
                    if let Some(schema) = said.get(name) {
                        against(schema, value, &format!("{at}/{name}"), found);
                    }
                }
                true
            }
            ("additionalProperties", Value::Object(fields)) => {
                let own = |name: &String| schema.get("properties").is_some_and(|known| known.get(name).is_some());
                fields.iter().filter(|(name, _)| !own(name)).all(|(_, value)| {
                    if said.is_object() {
                        against(said, value, at, found);
                    }
                    said.is_object()
                })
            }
            ("items", Value::Array(items)) => {
                items.iter().enumerate().for_each(|(place, item)| against(said, item, &format!("{at}/{place}"), found));
                true
            }
            ("minItems", Value::Array(items)) => items.len() >= usize::try_from(said.as_u64().unwrap()).unwrap(),
            ("maxItems", Value::Array(items)) => items.len() <= usize::try_from(said.as_u64().unwrap()).unwrap(),
            ("minLength", Value::String(text)) => text.len() >= usize::try_from(said.as_u64().unwrap()).unwrap(),
            ("maxLength", Value::String(text)) => text.len() <= usize::try_from(said.as_u64().unwrap()).unwrap(),
            ("minimum", Value::Number(number)) => number.as_i64() >= said.as_i64(),
            ("maximum", Value::Number(number)) => number.as_i64() <= said.as_i64(),
            // Patterns are for editors; what they say is read by the product itself.
            ("pattern", Value::String(_)) => true,
            _ => false,
        };
        if !holds {
            found.push(format!("{at} {keyword}"));
        }
    }
}

#[test]
fn the_schema_takes_what_the_product_brings() {
    let schema = blueprint_schema();
    let check = |text: &str, expected: &[&str]| {
        let mut found = Vec::new();
        against(&schema, &document(text).unwrap(), "", &mut found);
        assert_eq!(found, expected, "{text}");
    };
    for (_, text) in READY {
        check(text, &[]);
    }
    let out = format!("title = \"t\"\n{}{}", written_out("clock").unwrap(), written_out("notify").unwrap());
    check(&out, &[]);
    check(
        &out.replace("warn_before", "warn_befor").replacen("\"OrderSubmitted\"]", "\"OrderSubmited\"]", 1),
        &[
            "/clock/0 additionalProperties",
            "/clock/0/starts/0 enum",
            "/clock/1 additionalProperties",
            "/clock/2 additionalProperties",
            "/clock/3 additionalProperties",
            "/clock/4 additionalProperties",
            "/clock/5 additionalProperties",
            "/clock/6 additionalProperties",
            "/clock/7 additionalProperties",
            "/clock/8 additionalProperties",
            "/clock/9 additionalProperties",
            "/clock/10 additionalProperties",
            "/clock/11 additionalProperties",
            "/clock/12 additionalProperties",
        ],
    );
    check("title = \"t\"\n[numbering]\ncustomer = \"C{000}\"\n", &["/numbering additionalProperties"]);
}

#[test]
fn the_schema_has_every_field_that_is_read() {
    // A field that nobody knows makes the reader name those it knows.
    let known = |text: &str| -> Vec<String> {
        let told = toml::from_str::<crate::rules::read::Raw>(text).err().unwrap().message().to_owned();
        let mut names: Vec<String> = told.split('`').skip(1).step_by(2).skip(1).map(str::to_owned).collect();
        names.sort();
        names
    };
    let schema = blueprint_schema();
    let check = |text: &str, pointer: &str| {
        let mut named: Vec<String> = schema.pointer(pointer).unwrap()["properties"].as_object().unwrap().keys().cloned().collect();
        named.sort();
        assert_eq!(named, known(text), "{pointer}");
    };
    check("zzz = 1", "");
    check("title = \"t\"\n[numbering]\nzzz = 1", "/properties/numbering");
    check("title = \"t\"\n[confirmation]\nzzz = 1", "/properties/confirmation");
    for part in ["approval", "gate", "checklist", "proof", "clock", "notify", "role"] {
        check(&format!("title = \"t\"\n[[{part}]]\nzzz = 1"), &format!("/properties/{part}/items"));
    }
    check("title = \"t\"\n[[clock]]\nescalation = [{ zzz = 1 }]", "/properties/clock/items/properties/escalation/items");
}
