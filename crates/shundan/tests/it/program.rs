//! Running the program.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

/// The program with nothing of this machine's environment but a home of its own.
pub fn shundan(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shundan"));
    command.env_clear().env("HOME", home).env("SHUNDAN_LANGUAGE", "en").env("USER", "tester");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What it said and how it ended.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Runs it with these words, which must not be cut at blanks in the last one.
pub fn run(home: &Path, words: &[&str]) -> Said {
    shundan(home).args(words).output().unwrap().into()
}

/// Runs it and wants it to end well.
pub fn well(home: &Path, words: &[&str]) -> String {
    let said = run(home, words);
    assert_eq!(said.code, 0, "{words:?}\n{}\n{}", said.out, said.err);
    said.out
}

/// Runs it with a line on standard input.
pub fn run_with(home: &Path, words: &[&str], input: &str) -> Said {
    let mut child = shundan(home).args(words).stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{input}").unwrap();
    child.wait_with_output().unwrap().into()
}

/// A company `acme` with the administrator `admin`.
pub fn with_company(home: &Path) {
    let said = run_with(home, &["company", "create", "acme", "--name", "Acme Ltd."], PASSWORD);
    assert_eq!(said.code, 0, "{}", said.err);
}

pub const PASSWORD: &str = "correct horse battery";

/// A server of the program; ends with the test.
pub struct Server {
    pub child: Child,
    pub address: String,
    /// What it printed before and with its address.
    pub said: Vec<String>,
    later: std::sync::mpsc::Receiver<String>,
}

impl Server {
    pub fn start(home: &Path, words: &[&str]) -> Self {
        Self::start_as(shundan(home), words)
    }

    /// Of a program with an environment of its own.
    pub fn start_as(mut program: Command, words: &[&str]) -> Self {
        let mut child = program.args(words).args(["--listen", "127.0.0.1:0"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = loop {
            let line = lines.next().expect("it prints its address").unwrap();
            let address = line.split_once("running: ").map(|(_, address)| address.to_owned());
            said.push(line);
            if let Some(address) = address {
                break address;
            }
        };
        // Whoever prints must find a reader.
        let (tell, later) = std::sync::mpsc::channel();
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(tell.send(line))));
        Server { child, address, said, later }
    }

    /// The next line it prints after its address that has these words in it.
    pub fn line_with(&self, words: &str) -> String {
        let patience = std::time::Duration::from_secs(20);
        loop {
            let line = self.later.recv_timeout(patience).unwrap_or_else(|why| panic!("{words:?}: {why}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Its exit code, and what it wrote on standard error.
    pub fn end(mut self) -> (Option<i32>, String) {
        let mut err = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut err).unwrap();
        (self.child.wait().unwrap().code(), err)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who is signed in.
pub struct Client {
    pub http: reqwest::Client,
    pub base: String,
    pub session: Value,
    csrf: String,
}

impl Client {
    pub async fn sign_in(server: &Server, company: &str, username: &str, password: &str) -> Result<Self, u16> {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let base = format!("{}/api/v1", server.address);
        let body = json!({"company": company, "username": username, "password": password});
        let answer = http.post(format!("{base}/session")).json(&body).send().await.unwrap();
        if !answer.status().is_success() {
            return Err(answer.status().as_u16());
        }
        let session: Value = answer.json().await.unwrap();
        let csrf = session["csrf_token"].as_str().unwrap().to_owned();
        Ok(Client { http, base, session, csrf })
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.base)).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// Puts something in the place of the version that is there.
    pub async fn put(&self, path: &str, version: i64, body: &Value) {
        let asked = self.http.put(format!("{}{path}", self.base)).header("x-csrf-token", &self.csrf);
        let answer = asked.header("if-match", format!("\"{version}\"")).json(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
    }

    /// A change to be sent.
    pub fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}{path}", self.base)).header("x-csrf-token", &self.csrf)
    }
}
