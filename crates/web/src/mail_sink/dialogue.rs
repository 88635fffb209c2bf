//! The server's side of SMTP.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

use super::{Inbox, Received, decode};

/// Bytes of a letter at the most.
const LARGEST: usize = 10 * 1024 * 1024;

/// The envelope while it is written.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// Holds one conversation to its end.
pub(super) async fn hold<S: AsyncRead + AsyncWrite + Unpin>(stream: S, inbox: &Inbox, greeted: bool) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    if !greeted {
        say(&mut stream, "220 sink ESMTP").await?;
    }
    let mut envelope = Envelope::default();
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let typed = line.trim_end();
        let verb = typed.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say(&mut stream, "250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-AUTH PLAIN\r\n250 SIZE 10485760").await?,
            "HELO" | "NOOP" => say(&mut stream, "250 OK").await?,
            "AUTH" => say(&mut stream, "235 Welcome").await?,
            "RSET" => {
                envelope = Envelope::default();
                say(&mut stream, "250 OK").await?;
            }
            "MAIL" => {
                envelope = Envelope { from: Some(address(typed)), to: Vec::new() };
                say(&mut stream, "250 OK").await?;
            }
            "RCPT" if envelope.from.is_some() => {
                envelope.to.push(address(typed));
                say(&mut stream, "250 OK").await?;
            }
            "DATA" if !envelope.to.is_empty() => {
                say(&mut stream, "354 Go on").await?;
                let raw = letter(&mut stream).await?;
                let Envelope { from, to } = std::mem::take(&mut envelope);
                inbox.keep(received(from.unwrap_or_default(), to, raw));
                if inbox.breaks_off() {
                    return Ok(());
                }
                say(&mut stream, "250 OK: kept").await?;
            }
            "RCPT" | "DATA" => say(&mut stream, "503 Bad sequence of commands").await?,
            "QUIT" => return say(&mut stream, "221 Bye").await,
            _ => say(&mut stream, "502 Command not implemented").await?,
        }
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// What is between the angles.
fn address(line: &str) -> String {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(address, _)| address).to_owned()
}

/// Everything up to the line with a single dot.
async fn letter<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<String> {
    let (mut raw, mut line) = (String::new(), Vec::new());
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim_end() == "." {
            return Ok(raw);
        }
        if raw.len() < LARGEST {
            // A dot at the beginning of a line was doubled.
            raw.push_str(text.strip_prefix('.').unwrap_or(&text));
        }
    }
}

fn received(from: String, to: Vec<String>, raw: String) -> Received {
    let header = |name: &str| decode::header(&raw, name);
    let message_id = header("message-id").trim_matches(['<', '>']).to_owned();
    Received { from, to, message_id, subject: decode::words(&header("subject")), body: decode::body(&raw), raw }
}
