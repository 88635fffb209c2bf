//! Passwords: typed unseen, read from standard input, or made; never an argument, where others could see them.

use std::io::{BufRead, IsTerminal};

use console::Term;
use domain::{Refusal, check_password};

use crate::outside;
use crate::texts::Say;
use crate::trouble::Trouble;

/// A password for a user, checked.
pub struct Password {
    /// The hash that is kept.
    pub hash: String,
    /// What was made, to be shown once.
    pub made: Option<String>,
}

/// Gets a password for `username`: makes one, asks in a terminal, or reads a line.
///
/// # Errors
/// None was given, the two typed differ, or it breaks the rules.
pub fn get(say: Say, username: &str, generate: bool) -> Result<Password, Trouble> {
    let made = generate.then(generated);
    let password = match &made {
        Some(made) => made.clone(),
        None if std::io::stdin().is_terminal() => typed(say, username)?,
        None => piped()?,
    };
    Refusal::unless_valid(check_password(username, &password, "/password"))?;
    let hash = app::user::password::hash(&password, &outside::random());
    Ok(Password { hash, made })
}

impl Password {
    /// Shows what was made.
    pub fn show(&self, say: Say) {
        if let Some(password) = &self.made {
            println!("{}", say.text("password.generated", &[("password", password)]));
        }
    }
}

fn typed(say: Say, username: &str) -> Result<String, Trouble> {
    let terminal = Term::stderr();
    let ask = |text: &str| {
        eprint!("{text}: ");
        terminal.read_secure_line().map_err(|why| Trouble::with("trouble.system", [("why", &why)]))
    };
    let first = ask(&say.text("password.ask", &[("username", username)]))?;
    let second = ask(&say.plain("password.again"))?;
    if first == second { Ok(first) } else { Err(Trouble::of("trouble.passwords_differ")) }
}

fn piped() -> Result<String, Trouble> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|why| Trouble::with("trouble.system", [("why", &why)]))?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() { Err(Trouble::of("trouble.no_password")) } else { Ok(password.to_owned()) }
}

/// Letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

/// Four groups of four: 80 bits, easy to read over the phone.
fn generated() -> String {
    let bytes: [u8; 16] = outside::random();
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_passwords_pass_the_rules_and_differ() {
        let (first, second) = (generated(), generated());
        assert_ne!(first, second);
        assert_eq!(first.len(), 19);
        assert!(check_password("admin", &first, "").is_empty());
    }
}
