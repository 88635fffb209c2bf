//! Mistakes in what was typed: which word, what was probably meant, how the command goes, where to read more.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::texts::Say;

/// Exit code for a command that was not understood.
const NOT_UNDERSTOOD: u8 = 2;

/// Tells a mistake, or shows the help that was asked for.
pub fn tell(error: &Error, command: &Command, arguments: &[String], say: Say) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Who reads only its beginning closes the pipe, which is no mistake.
            let _ = write!(io::stdout(), "{error}");
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{error}");
            ExitCode::from(NOT_UNDERSTOOD)
        }
        _ => {
            let (path, usage) = place(command, arguments);
            eprintln!("{} {}", say.plain("trouble.mark"), what(error, say));
            if let Some(meant) = meant(error) {
                eprintln!("  {}", say.text("mistake.meant", &[("word", &meant)]));
            }
            eprintln!("\n{}\n  {usage}\n\n{}", say.plain("help.usage"), say.text("mistake.more", &[("command", &path)]));
            ExitCode::from(NOT_UNDERSTOOD)
        }
    }
}

fn what(error: &Error, say: Say) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => say.text("mistake.unknown_argument", &[("word", &argument)]),
        ErrorKind::InvalidSubcommand => say.text("mistake.unknown_command", &[("word", &context(ContextKind::InvalidSubcommand))]),
        ErrorKind::MissingSubcommand => say.text("mistake.no_command", &[("commands", &context(ContextKind::ValidSubcommand))]),
        ErrorKind::MissingRequiredArgument => say.text("mistake.missing", &[("word", &argument)]),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            let key = if other == argument || other.is_empty() { "mistake.repeated" } else { "mistake.conflict" };
            say.text(key, &[("word", &argument), ("other", &other)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            if value.is_empty() {
                return say.text("mistake.no_value", &[("word", &argument)]);
            }
            let known = context(ContextKind::ValidValue);
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let known = if known.is_empty() { reason } else { known };
            say.text("mistake.value", &[("word", &argument), ("value", &value), ("known", &known)])
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::NoEquals => {
            say.text("mistake.values", &[("word", &argument)])
        }
        _ => say.text("mistake.other", &[("why", error.to_string().trim())]),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// What is like the word, the likest first; it comes last.
fn meant(error: &Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    match kinds.into_iter().find_map(|kind| error.get(kind))? {
        ContextValue::Strings(like) => Some(like.iter().rev().map(String::as_str).collect::<Vec<_>>().join(", ")),
        other => Some(words(other)),
    }
}

/// The command that the words lead to, as it is typed, and its usage.
fn place(command: &Command, arguments: &[String]) -> (String, String) {
    let mut path = command.get_name().to_owned();
    let mut at = command;
    for word in arguments.iter().skip(1) {
        let Some(below) = at.find_subcommand(word) else { continue };
        path.push(' ');
        path.push_str(word);
        at = below;
    }
    let usage = at.clone().render_usage().to_string();
    (path, usage.trim_start_matches("Usage:").trim().to_owned())
}
