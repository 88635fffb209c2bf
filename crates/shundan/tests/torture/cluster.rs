//! A PostgreSQL of its own, which is killed too. Durable as in production: `fsync` and `synchronous_commit` are on.

use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::terms::Dice;

/// Ways for a database to die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// One of the server's connections gets SIGKILL; the database restarts itself.
    Backend,
    /// `pg_ctl stop -m immediate`: all processes end without a checkpoint.
    Immediate,
    /// The first process gets SIGKILL.
    Postmaster,
}

impl Death {
    pub const ALL: [Death; 3] = [Death::Backend, Death::Immediate, Death::Postmaster];
}

/// A cluster in a temporary directory; ends with the test.
pub struct Cluster {
    programs: PathBuf,
    directory: TempDir,
    port: u16,
    server: Option<Child>,
    databases: usize,
    /// User and group to run as, where we are root, which PostgreSQL refuses.
    user: Option<(u32, u32)>,
}

impl Cluster {
    /// A running cluster; nothing where PostgreSQL is not installed, or the tests run without it.
    pub fn new() -> Option<Self> {
        let Some(programs) = std::env::var_os("SHUNDAN_TEST_POSTGRES").and_then(|_| programs()) else {
            println!("SHUNDAN_TEST_POSTGRES is not set, or there is no PostgreSQL; left out");
            return None;
        };
        let directory = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let user = is_root().then(|| user().expect("there is a user postgres or nobody"));
        std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        if let Some((user, group)) = user {
            chown(directory.path(), Some(user), Some(group)).unwrap();
        }
        let mut cluster = Cluster { programs, directory, port, server: None, databases: 0, user };
        let data = cluster.data();
        cluster.well(&["initdb", "-U", "shundan", "-A", "trust", "--encoding=UTF8", "--locale=C", "-D", data.to_str().unwrap()]);
        cluster.start();
        Some(cluster)
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// One of PostgreSQL's programs.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.directory.path()).stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    /// Runs one of PostgreSQL's programs, which must end well; what it printed.
    #[track_caller]
    pub fn well(&self, words: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.program(words[0]).args(&words[1..]).output().unwrap();
        assert!(status.success(), "{words:?}\n{}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }

    /// What a statement answers on a database, a row a line.
    #[track_caller]
    pub fn ask(&self, database: &str, statement: &str) -> String {
        self.well(&["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement])
    }

    /// A new, empty database; its URL.
    pub fn database(&mut self) -> String {
        self.databases += 1;
        let name = format!("victim{}", self.databases);
        self.ask(&self.url("postgres"), &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://shundan@127.0.0.1:{}/{database}", self.port)
    }

    /// A file that PostgreSQL's programs may write.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Starts it and waits until it takes connections. One that died a moment ago may still hold what it needs.
    pub fn start(&mut self) {
        let begun = Instant::now();
        loop {
            let port = self.port.to_string();
            let log = std::fs::File::create(self.directory.path().join("log")).unwrap();
            let mut command = self.program("postgres");
            command.arg("-D").arg(self.data()).args(["-p", &port, "-h", "127.0.0.1", "-k", self.directory.path().to_str().unwrap()]);
            let mut child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
            let ready = loop {
                if child.try_wait().unwrap().is_some() {
                    break false;
                }
                let state = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
                let mut lines = state.lines();
                if lines.next() == Some(&child.id().to_string()) && lines.last().is_some_and(|last| last.starts_with("ready")) {
                    break true;
                }
                std::thread::sleep(Duration::from_millis(20));
            };
            self.server = Some(child);
            if ready {
                return;
            }
            let log = std::fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(30), "PostgreSQL does not start: {log}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Kills it, or one of its connections.
    pub fn kill(&mut self, death: Death, dice: &mut Dice) {
        let postmaster = self.server.as_ref().unwrap().id();
        match death {
            Death::Backend => {
                let backends = backends(postmaster);
                if !backends.is_empty() {
                    signal("KILL", *dice.pick(&backends));
                }
                return;
            }
            Death::Immediate => signal("QUIT", postmaster),
            Death::Postmaster => signal("KILL", postmaster),
        }
        self.server.take().unwrap().wait().unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            signal("QUIT", server.id());
            // It may have ended already.
            let _ = server.wait();
        }
    }
}

fn signal(name: &str, process: u32) {
    // A process that has ended meanwhile is as dead as was wanted.
    let _ = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).stderr(Stdio::null()).status();
}

/// The connections of users to the database with this first process.
fn backends(postmaster: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let child_of = |process: &u32| {
        let read = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
        // After the name in brackets: the state, then the parent.
        let parent = read("stat").rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
        parent == Some(postmaster) && read("cmdline").starts_with("postgres: shundan ")
    };
    numbers.filter(child_of).collect()
}

/// The directory of the newest PostgreSQL.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let places = versions.chain(std::env::split_paths(&paths).collect::<Vec<_>>());
    places.filter(|place| ["initdb", "postgres", "psql", "pg_dump"].iter().all(|name| place.join(name).is_file())).max()
}

pub fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(Path::new("/proc/self")).unwrap()) == 0
}

fn user() -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|wanted| {
        let line = users.lines().find(|line| line.split(':').next() == Some(wanted))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}
