//! `shundan`: the program people start. It alone reads the clock, the environment and randomness; everything else is handed them.

mod args;
mod backup;
mod bench;
mod company;
mod demo;
mod export;
mod filter;
mod forecast;
mod help;
mod import;
mod language;
mod log;
mod mail_sink;
mod mistake;
mod operator;
mod outside;
mod password;
mod place;
mod progress;
mod repair;
mod scenario;
mod serve;
mod table;
mod texts;
mod trouble;
mod user;
mod verify;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Cli, Command};
use texts::Say;
use trouble::Trouble;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let say = Say(language::choose(&arguments));
    let mut command = help::command(say);
    let typed = command.try_get_matches_from_mut(std::env::args_os()).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match typed {
        Ok(cli) => cli,
        Err(error) => return mistake::tell(&error, &command, &arguments, say),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(why) => return Trouble::with("trouble.system", [("why", &why)]).tell(say),
    };
    match runtime.block_on(run(cli, say)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => trouble.tell(say),
    }
}

async fn run(cli: Cli, say: Say) -> Result<(), Trouble> {
    let Cli { global, command } = cli;
    let serves = matches!(command, Command::Serve(_) | Command::Demo(_));
    log::start(&global, if serves { "info" } else { "warn" })?;
    match command {
        Command::Demo(typed) => demo::run(say, &global, typed).await,
        Command::Serve(typed) => serve::run(say, &global, typed).await,
        Command::Company(command) => company::run(say, &global, command).await,
        Command::User(command) => user::run(say, &global, command).await,
        Command::Import(typed) => import::run(say, &global, typed).await,
        Command::Export(typed) => export::run(say, &global, typed).await,
        Command::Repair(typed) => repair::run(say, &global, typed).await,
        Command::Verify(typed) => verify::run(say, &global, typed).await,
        Command::Backup(typed) => backup::run(say, &global, typed).await,
        Command::Scenario(command) => scenario::run(say, &global, command).await,
        Command::Forecast(args::Forecast::Backtest(typed)) => forecast::run(&typed),
        Command::Bench(command) => bench::run(say, &global, command).await,
        Command::MailSink(typed) => mail_sink::run(say, &typed).await,
        Command::Openapi => {
            print!("{}", web::openapi());
            Ok(())
        }
        Command::Version => {
            println!("shundan {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
    }
}
