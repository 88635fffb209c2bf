//! Help that teaches: every command says what it is for, what it changes, and shows two examples, in the language of the terminal.

use clap::{Arg, ArgAction, Command, CommandFactory};
use console::measure_text_width;

use crate::args::Cli;
use crate::texts::Say;

/// The command line with its texts.
pub fn command(say: Say) -> Command {
    dress(Cli::command(), say, "", true)
}

/// Puts the texts of a command in, and of all below it. `path` is `user.add`; empty for the whole.
fn dress(command: Command, say: Say, path: &str, top: bool) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut command = command.disable_help_flag(true).disable_help_subcommand(true).arg(help_option(say));
    if top {
        let version =
            Arg::new("version_flag").long("version").short('V').action(ArgAction::Version).help(say.plain("argument.version_flag"));
        command = command.version(env!("CARGO_PKG_VERSION")).arg(version);
    }
    for name in names {
        let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        command = command.mut_subcommand(name, |below| dress(below, say, &inner, false));
    }
    let key = if path.is_empty() { "shundan".to_owned() } else { path.replace('-', "_") };
    let command = command.mut_args(|argument| explained(argument, say, &key));
    let text = |part: &str| say.find(&format!("command.{key}.{part}"));
    let mut command =
        command.about(text("about").unwrap_or_default().to_owned()).override_usage(text("usage").unwrap_or_default().to_owned());
    let template = template(&command, say, &key);
    command = command.help_template(template);
    command
}

fn help_option(say: Say) -> Arg {
    Arg::new("help").long("help").short('h').action(ArgAction::Help).help(say.plain("argument.help"))
}

fn explained(argument: Arg, say: Say, key: &str) -> Arg {
    let id = argument.get_id().to_string();
    let own = say.find(&format!("command.{key}.argument.{id}"));
    let text = own.or_else(|| say.find(&format!("argument.{id}"))).unwrap_or_default();
    let values = argument.get_action().takes_values();
    // What every command takes comes after what is its own.
    let late = ["data", "database", "language", "log", "log_format", "help", "version_flag"];
    let place = late.iter().position(|name| *name == id).map_or(1, |place| 100 + place);
    argument.help(text.to_owned()).display_order(place).hide_env(true).hide_default_value(values).hide_possible_values(values)
}

/// The order of a help page: purpose, usage, what it changes, commands, arguments, options, examples.
fn template(command: &Command, say: Say, key: &str) -> String {
    let part = |name: &str| say.find(&format!("command.{key}.{name}"));
    let mut text = format!("{{about}}\n\n{}\n  {{usage}}\n", say.plain("help.usage"));
    if let Some(changes) = part("changes") {
        text.push_str(&format!("\n{}\n{}\n", say.plain("help.changes"), indented(changes)));
    }
    if command.has_subcommands() {
        text.push_str(&format!("\n{}\n{}\n", say.plain("help.commands"), commands(command)));
    }
    if command.get_positionals().next().is_some() {
        text.push_str(&format!("\n{}\n{{positionals}}\n", say.plain("help.arguments")));
    }
    text.push_str(&format!("\n{}\n{{options}}\n", say.plain("help.options")));
    if let Some(examples) = part("examples") {
        text.push_str(&format!("\n{}\n{}\n", say.plain("help.examples"), indented(examples)));
    }
    if let Some(more) = part("more") {
        text.push_str(&format!("\n{more}\n"));
    }
    text
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }).collect::<Vec<_>>().join("\n")
}

/// The commands below, lined up; those below them too, since `user add` is easier to find than `user`.
fn commands(command: &Command) -> String {
    let mut rows = Vec::new();
    for below in command.get_subcommands() {
        if below.has_subcommands() {
            rows.extend(below.get_subcommands().map(|inner| (format!("{} {}", below.get_name(), inner.get_name()), about(inner))));
        } else {
            rows.push((below.get_name().to_owned(), about(below)));
        }
    }
    let width = rows.iter().map(|(name, _)| measure_text_width(name)).max().unwrap_or(0);
    rows.iter().map(|(name, about)| format!("  {name:width$}  {about}")).collect::<Vec<_>>().join("\n")
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Language;

    fn pages(command: &mut Command, path: &str, all: &mut Vec<(String, String)>) {
        let name = format!("{path} {}", command.get_name()).trim().to_owned();
        all.push((name.clone(), command.render_help().to_string()));
        command.get_subcommands_mut().for_each(|below| pages(below, &name, all));
    }

    #[test]
    fn every_page_has_purpose_usage_examples_and_every_option_is_explained() {
        for language in Language::ALL {
            let say = Say(*language);
            let mut all = Vec::new();
            let mut command = command(say);
            command.build();
            pages(&mut command, "", &mut all);
            assert!(all.len() > 15);
            for (name, page) in all {
                assert!(page.contains(&say.plain("help.usage")) && page.contains(&say.plain("help.examples")), "{language} {name}\n{page}");
                let examples = page.split(&say.plain("help.examples")).nth(1).unwrap().matches("shundan ").count();
                assert!(examples >= 2, "{language} {name}: {examples} examples\n{page}");
                let bare = page.lines().find(|line| line.trim_start().starts_with('-') && !line.trim().contains("  "));
                assert_eq!(bare, None, "{language} {name}\n{page}");
            }
        }
    }
}
