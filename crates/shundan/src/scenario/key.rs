//! The keys a scenario file may have, in one table: what reads the file and the JSON Schema for editors are both made from it.

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What may stand behind it.
    pub kind: Kind,
    /// Whether it must be there.
    pub must: bool,
    /// What it means, for editors.
    pub about: &'static str,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// A text, or one for each language.
    Said,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    YesNo,
    /// A time: RFC 3339, date and time of the company's zone, or `+2h30m` after the step before.
    Time,
    /// A text or a list of texts.
    Names,
    /// Names with a text behind each.
    Texts,
    /// A table of anything.
    Table,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A table with these keys.
    One(&'static [Key]),
    /// A list of such tables.
    Many(&'static [Key]),
    /// The body of a request of the API: the schema of that name, and these keys beside.
    Body(&'static str, &'static [Key]),
    /// A list of such bodies.
    Bodies(&'static str, &'static [Key]),
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, must: false, about }
}

const fn must(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, must: true, about }
}

/// Tags of the languages.
pub const LANGUAGES: &[&str] = &["zh-CN", "zh-TW", "en"];

/// The whole file.
pub const FILE: &[Key] = &[
    must("name", Kind::Said, "What is played, for the reader."),
    must("start", Kind::Time, "When it begins; RFC 3339, or date and time in the company's zone."),
    key("language", Kind::Choice(LANGUAGES), "Language of the users and of the server's answers; zh-CN."),
    key("company", Kind::Body("CompanyChange", COMPANY), "The company: its code, and what differs from the settings of a new one."),
    key(
        "blueprint",
        Kind::Text,
        "The rules: a blueprint that comes with the product (standard, mall, dispatch, export, wood, car), or a path beside this file; standard.",
    ),
    key("role", Kind::Bodies("RoleNew", &[]), "Roles beside those of every company, as POST /roles takes them."),
    key("user", Kind::Many(USER), "The people. Without any: one for each role, with the role's code as username. `admin` is always there."),
    key("warehouse", Kind::Bodies("WarehouseInput", &[]), "Warehouses, as POST /warehouses takes them."),
    key("customer", Kind::Bodies("CustomerInput", &[]), "Customers, as POST /customers takes them."),
    key("product", Kind::Bodies("ProductInput", PRODUCT), "Products, as POST /products takes them, with their stock."),
    key("price", Kind::Bodies("PriceInput", &[]), "Prices of the book, as POST /prices takes them."),
    key("body", Kind::Table, "Bodies that several steps send, by name: [body.order]."),
    must("step", Kind::Many(STEP), "What happens, in the order of the clock."),
];

/// Beside the settings of a company.
const COMPANY: &[Key] = &[
    key("code", Kind::Text, "Typed at sign-in; `scenario`."),
    key("currency", Kind::Text, "Of the books; CNY."),
    key("time_zone", Kind::Text, "Decides which day it is; Asia/Shanghai."),
];

const USER: &[Key] = &[
    must("username", Kind::Text, "What `as` names."),
    key("name", Kind::Text, "On screens and papers; the username."),
    must("role", Kind::Names, "Code of the role, or several."),
];

const PRODUCT: &[Key] = &[key("stock", Kind::Texts, "Stock at the start by code of the warehouse: { W1 = \"60\" }.")];

/// A step.
const STEP: &[Key] = &[
    key(
        "at",
        Kind::Time,
        "When: RFC 3339, date and time in the company's zone, or `+2h30m` after the step before. The clock stands still otherwise.",
    ),
    key("say", Kind::Said, "What happens, for the reader."),
    key("as", Kind::Text, "Who does it: a username."),
    key("bearer", Kind::Text, "Done by a program instead: the secret of its token, as in \"{token}\"."),
    key("do", Kind::Text, "The operation of the API by its operationId: order_submit."),
    key("of", Kind::Text, "Which record the operation is of: what stands for {id} in its path."),
    key("get", Kind::Text, "Instead of `do`: the path below /api/v1 to GET."),
    key("post", Kind::Text, "Instead of `do`: the path below /api/v1 to POST to."),
    key("put", Kind::Text, "Instead of `do`: the path below /api/v1 to PUT to."),
    key("delete", Kind::Text, "Instead of `do`: the path below /api/v1 to DELETE."),
    key("query", Kind::Table, "What stands behind the ? of the address: { submit = true }."),
    key("body", Kind::Text, "The name of a body of this file; `with` then says what differs in it."),
    key("with", Kind::Table, "The body."),
    key(
        "upload",
        Kind::Table,
        "A form with files instead of a body: { file = { name = \"proof.pdf\", text = \"%PDF-1.4\" }, kind = \"proof_of_delivery\" }; `path` instead of `text` names a file beside this one.",
    ),
    key("version", Kind::Text, "The version the change is decided on (If-Match). A PUT or DELETE without it looks first."),
    key("key", Kind::Text, "The Idempotency-Key."),
    key("language", Kind::Choice(LANGUAGES), "The language of the answer, where it differs."),
    key("save", Kind::Texts, "Names for later steps, each with the JSON pointer to its value in the answer: { so1 = \"/id\" }."),
    key("expect", Kind::Table, "`status`, and JSON pointers into the answer with what must stand there."),
    key("refuse", Kind::One(REFUSE), "The step must be refused, and how."),
    key("repeat", Kind::Whole, "So many times; {n} counts from 1."),
    key("together", Kind::YesNo, "All at the same time."),
    key("accept", Kind::Whole, "How many of the repetitions must be accepted, exactly: they succeed and show what is expected."),
];

const REFUSE: &[Key] = &[
    key("status", Kind::Whole, "The HTTP status."),
    key("code", Kind::Text, "The code of the problem."),
    key("field", Kind::Names, "JSON pointers of fields that must be named."),
    key("rule", Kind::Names, "Codes of what is wrong with fields."),
    key("gate", Kind::Names, "Codes of the gates that must be shut."),
    key("missing", Kind::Names, "Codes of facts that the gates must miss."),
    key("contains", Kind::Names, "What the reasons must say."),
];

/// Tests that may stand in a table behind a pointer.
pub const TESTS: &[&str] = &["gt", "ge", "lt", "le", "not", "contains", "absent", "count"];

/// Ways to name a request by its method.
pub const METHODS: &[&str] = &["get", "post", "put", "delete"];
