//! The program as its own process, which is killed.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// Where the data of a server is.
#[derive(Clone)]
pub enum Place {
    Directory(PathBuf),
    Postgres(String),
}

/// A place with all that servers on it need: a home, a log, an address that stays the same.
pub struct Site {
    pub place: Place,
    home: PathBuf,
    port: u16,
}

impl Site {
    /// A site whose files are in `home`.
    pub fn new(place: Place, home: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Site { place, home: home.into(), port }
    }

    /// The address of its server.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The program on this place, in English, with nothing of this machine's environment.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shundan"));
        command.env_clear().env("HOME", &self.home).env("SHUNDAN_LANGUAGE", "en").env("USER", "tester").args(words);
        match &self.place {
            Place::Directory(directory) => command.arg("--data").arg(directory),
            Place::Postgres(url) => command.args(["--database", url]),
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program with a line on its standard input; wants it to end well.
    #[track_caller]
    pub fn well(&self, words: &[&str], input: &str) -> String {
        let mut child = self.command(words).stdin(Stdio::piped()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{input}").unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "{words:?}\n{out}\n{err}{}", self.tail());
        out
    }

    /// Everything stored fits together.
    #[track_caller]
    pub fn verify(&self) {
        let said = self.well(&["verify"], "");
        assert!(said.contains("Nothing is wrong"), "{said}");
    }

    /// Begins to start a server.
    pub fn spawn(&self) -> Child {
        let address = format!("127.0.0.1:{}", self.port);
        let log = OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let serve = self.command(&["serve", "--log", "warn", "--listen", &address]);
        // A file that may not grow is told by an error then, and not by a signal; see the disk's torture.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(serve.get_program()).args(serve.get_args()).env_clear();
        command.envs(serve.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("PATH", "/usr/bin:/bin");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap()
    }

    /// Starts a server and waits until it listens.
    #[track_caller]
    pub fn start(&self) -> Server {
        let mut child = self.spawn();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let listens = lines.any(|line| line.unwrap().contains("running: "));
        assert!(listens, "the server did not start{}", self.tail());
        // Whoever prints must find a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child }
    }

    fn log(&self) -> PathBuf {
        self.home.join("log")
    }

    /// The end of the servers' log.
    pub fn tail(&self) -> String {
        let text = std::fs::read(self.log()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        format!("\nthe log ends with\n{}", lines[lines.len().saturating_sub(20)..].join("\n"))
    }

    /// No server broke inside.
    #[track_caller]
    pub fn no_panic(&self) {
        let Ok(file) = File::open(self.log()) else { return };
        let found: Vec<String> = BufReader::new(file).lines().map_while(Result::ok).filter(|line| line.contains("panicked")).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

/// A running server; killed at the latest when dropped.
pub struct Server {
    child: Child,
}

impl Server {
    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// As the machine does when it must: at once, without a word.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
