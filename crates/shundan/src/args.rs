//! What can be typed: commands, arguments and options. Their texts are in `texts/`, put in by [`crate::help`].

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use domain::{Currency, Language};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "shundan", disable_help_flag = true, disable_help_subcommand = true, disable_version_flag = true)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub struct Global {
    #[arg(long, global = true, env = "SHUNDAN_DATA", value_name = "DIR", conflicts_with = "database")]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, env = "SHUNDAN_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Read before everything else, see [`crate::language`]; here so that it is known.
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<Language>,
    #[arg(long, global = true, env = "SHUNDAN_LOG", value_name = "LEVEL")]
    pub log: Option<String>,
    #[arg(long, global = true, env = "SHUNDAN_LOG_FORMAT", value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// The commands, in the order people need them.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(Demo),
    Serve(Serve),
    #[command(subcommand)]
    Company(Company),
    #[command(subcommand)]
    User(User),
    Import(Import),
    Export(Export),
    Verify(Verify),
    Repair(Repair),
    Backup(Backup),
    #[command(subcommand)]
    Scenario(Scenario),
    #[command(subcommand)]
    Forecast(Forecast),
    #[command(subcommand)]
    Bench(Bench),
    #[command(name = "mail-sink")]
    MailSink(MailSink),
    Openapi,
    Version,
}

/// Where a server listens.
#[derive(Clone, Debug, Args)]
pub struct Address {
    #[arg(long, env = "SHUNDAN_LISTEN", value_name = "ADDRESS", conflicts_with = "port")]
    pub listen: Option<String>,
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
}

impl Address {
    /// What was asked for; only this machine reaches it where nothing was.
    pub fn of(&self) -> String {
        let port = self.port.unwrap_or(8080);
        self.listen.clone().unwrap_or_else(|| format!("127.0.0.1:{port}"))
    }
}

/// How a server is reached.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub address: Address,
    #[arg(long, env = "SHUNDAN_HTTPS", value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub https: bool,
    #[arg(long, env = "SHUNDAN_BEHIND_PROXY", value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub behind_proxy: bool,
    #[command(flatten)]
    pub model: LanguageModel,
}

/// The language model that reads messages along with the rules.
#[derive(Clone, Debug, Args)]
pub struct LanguageModel {
    #[arg(long, env = "SHUNDAN_LANGUAGE_MODEL", value_name = "URL", requires = "language_model_name")]
    pub language_model: Option<String>,
    #[arg(long, env = "SHUNDAN_LANGUAGE_MODEL_NAME", value_name = "NAME")]
    pub language_model_name: Option<String>,
    #[arg(long, env = "SHUNDAN_LANGUAGE_MODEL_SECONDS", value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub language_model_seconds: u64,
}

impl LanguageModel {
    /// The model that was asked for. Its key comes from `SHUNDAN_LANGUAGE_MODEL_KEY` alone, since arguments are seen by everybody on a machine.
    pub fn of(&self) -> Option<web::LanguageModel> {
        let (url, name) = self.language_model.as_deref().zip(self.language_model_name.as_deref())?;
        let key = std::env::var("SHUNDAN_LANGUAGE_MODEL_KEY").unwrap_or_default();
        let patience = std::time::Duration::from_secs(self.language_model_seconds);
        Some(web::LanguageModel::new(url, name, &key, patience)).filter(|_| !url.is_empty())
    }
}

/// Where e-mail is caught, and where it is shown.
#[derive(Clone, Debug, Args)]
pub struct MailSink {
    #[arg(long, value_name = "N", default_value_t = 2525)]
    pub port: u16,
    #[arg(long, value_name = "N", default_value_t = 8025)]
    pub show_port: u16,
}

#[derive(Clone, Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    pub address: Address,
    #[arg(long)]
    pub reset: bool,
    #[arg(long)]
    pub no_serve: bool,
}

#[derive(Debug, Subcommand)]
pub enum Company {
    #[command(name = "create")]
    Create(NewCompany),
    List,
}

#[derive(Debug, Args)]
pub struct NewCompany {
    #[arg(value_name = "CODE")]
    pub code: String,
    #[arg(long, value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "USERNAME", default_value = "admin")]
    pub admin: String,
    #[arg(long, value_name = "NAME")]
    pub admin_name: Option<String>,
    #[arg(long, value_name = "CODE", default_value = "CNY", value_parser = currency)]
    pub currency: Currency,
    #[arg(long, value_name = "ZONE", default_value = "Asia/Shanghai")]
    pub time_zone: String,
    #[arg(long, value_name = "NAME", default_value = app::company::create::PRODUCT)]
    pub rules: String,
    #[arg(long)]
    pub generate_password: bool,
}

#[derive(Debug, Subcommand)]
pub enum User {
    Add(NewUser),
    List(OfCompany),
    SetPassword(SetPassword),
    Roles(Roles),
    Deactivate(OneUser),
    Activate(OneUser),
}

/// Which company, where there are several.
#[derive(Clone, Debug, Args)]
pub struct OfCompany {
    #[arg(long, env = "SHUNDAN_COMPANY", value_name = "CODE")]
    pub company: Option<String>,
}

#[derive(Debug, Args)]
pub struct NewUser {
    #[arg(value_name = "USERNAME")]
    pub username: String,
    #[arg(long, value_name = "NAME")]
    pub name: String,
    #[arg(long = "role", value_name = "ROLE", required = true, value_delimiter = ',')]
    pub roles: Vec<String>,
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub user_language: Option<Language>,
    #[arg(long)]
    pub generate_password: bool,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct SetPassword {
    #[arg(value_name = "USERNAME")]
    pub username: String,
    #[arg(long)]
    pub generate_password: bool,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct Roles {
    #[arg(value_name = "USERNAME")]
    pub username: Option<String>,
    #[arg(long, value_name = "ROLE", value_delimiter = ',', requires = "username")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct OneUser {
    #[arg(value_name = "USERNAME")]
    pub username: String,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct Import {
    #[arg(value_name = "FILE", required_unless_present_any = ["list_mappings", "show_mapping"])]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "NAME|FILE")]
    pub mapping: Option<String>,
    #[arg(long, value_name = "HOW", value_parser = ["draft", "submitted", "history"])]
    pub arrival: Option<String>,
    #[arg(long, value_name = "USERNAME")]
    pub user: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, conflicts_with = "files")]
    pub list_mappings: bool,
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    pub show_mapping: Option<String>,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct Export {
    #[arg(value_name = "LIST")]
    pub list: String,
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    pub filters: Vec<String>,
    #[arg(long)]
    pub force: bool,
    #[arg(long, value_name = "USERNAME")]
    pub user: Option<String>,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct Verify {
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct Repair {
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub of: OfCompany,
}

#[derive(Debug, Args)]
pub struct Backup {
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// What is done with scenarios.
#[derive(Debug, Subcommand)]
pub enum Scenario {
    Run(RunScenario),
    Check(CheckScenario),
    Schema,
}

#[derive(Debug, Args)]
pub struct RunScenario {
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", conflicts_with = "database")]
    pub keep: Option<PathBuf>,
    #[arg(long)]
    pub list: bool,
    #[arg(long, conflicts_with = "list")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CheckScenario {
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
}

/// What is asked of forecasts.
#[derive(Debug, Subcommand)]
pub enum Forecast {
    Backtest(Backtest),
}

/// How forecasts are measured on a file of sales.
#[derive(Clone, Debug, Args)]
pub struct Backtest {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "COLUMN")]
    pub item: String,
    #[arg(long, value_name = "COLUMN")]
    pub day: String,
    #[arg(long, value_name = "COLUMN", default_value = "Quantity")]
    pub quantity: String,
    #[arg(long, value_name = "FILE", requires = "key")]
    pub with: Option<PathBuf>,
    #[arg(long, value_name = "COLUMN", requires = "with")]
    pub key: Option<String>,
    #[arg(long, value_name = "PERIOD", default_value = "month", value_parser = ["day", "week", "month"])]
    pub period: String,
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<domain::Date>,
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub last: u16,
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub ahead: u16,
}

fn day(text: &str) -> Result<domain::Date, String> {
    domain::Date::parse(text).map_err(|_| format!("{text}: YYYY-MM-DD"))
}

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    PlaceOrder(BenchWrite),
    Cycle(BenchWrite),
    HotSku(BenchWrite),
    Floor(BenchWrite),
    Read(BenchRead),
    Import(BenchImport),
    Rules(BenchRules),
    Intake(BenchIntake),
    Promise(BenchPromise),
}

/// How asking rules is measured.
#[derive(Clone, Debug, Args)]
pub struct BenchRules {
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub rounds: u32,
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub count: u32,
    #[arg(long)]
    pub json: bool,
}

/// How reading orders out of messages is measured.
#[derive(Clone, Debug, Args)]
pub struct BenchIntake {
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..=5_000_000))]
    pub products: u32,
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..=5_000_000))]
    pub customers: u32,
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub rounds: u32,
    #[arg(long)]
    pub json: bool,
}

/// How promising is measured.
#[derive(Clone, Debug, Args)]
pub struct BenchPromise {
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub products: u32,
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub open_lines: u32,
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub order_lines: u32,
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub rounds: u32,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    #[arg(long)]
    pub json: bool,
}

/// The rules of a benchmark's company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RuleSet {
    None,
    Standard,
    Mall,
    Dispatch,
    Heavy,
}

/// How reading is measured.
#[derive(Clone, Debug, Args)]
pub struct BenchRead {
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [10_000, 1_000_000], value_parser = clap::value_parser!(u64).range(1_000..=50_000_000))]
    pub orders: Vec<u64>,
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    #[arg(long)]
    pub json: bool,
}

/// How import is measured.
#[derive(Clone, Debug, Args)]
pub struct BenchImport {
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(100..=190_000))]
    pub rows: u64,
    #[arg(long)]
    pub json: bool,
}

/// How writing is measured.
#[derive(Clone, Debug, Args)]
pub struct BenchWrite {
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub callers: u32,
    #[arg(long, value_name = "N")]
    pub count: Option<u64>,
    #[arg(long, value_name = "N", default_value_t = 50_000)]
    pub preload: u64,
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub products: u32,
    #[arg(long, value_name = "N", default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub customers: u32,
    #[arg(long, value_name = "WAY", value_delimiter = ',', default_values_t = [BenchWay::Process, BenchWay::Batch, BenchWay::Http])]
    pub via: Vec<BenchWay>,
    #[arg(long, value_name = "RULES")]
    pub rules: Option<RuleSet>,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    #[arg(long)]
    pub no_floor: bool,
    #[arg(long)]
    pub json: bool,
}

/// The way commands come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BenchWay {
    Process,
    Batch,
    Http,
}

impl std::fmt::Display for BenchWay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            BenchWay::Process => "process",
            BenchWay::Batch => "batch",
            BenchWay::Http => "http",
        })
    }
}

fn language(text: &str) -> Result<Language, String> {
    Language::of_tag(text).ok_or_else(|| "zh-CN, zh-TW, en".to_owned())
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(&text.to_uppercase()).map_err(|_| "CNY, USD, EUR …".to_owned())
}
