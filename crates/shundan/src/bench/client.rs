//! A caller over HTTP/1.1: one kept connection, a request at a time, no more work than the protocol asks. The machine is shared with the
//! server, so what the caller spends is taken from what is measured.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::trouble::Trouble;

/// A connection with its caller's token.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    token: String,
    request: Vec<u8>,
    answer: Vec<u8>,
}

fn broken(why: &dyn std::fmt::Display) -> Trouble {
    Trouble::with("trouble.system", [("why", why)])
}

impl Client {
    /// Connects.
    pub async fn new(address: SocketAddr, token: &str) -> Result<Self, Trouble> {
        let stream = TcpStream::connect(address).await.map_err(|why| broken(&why))?;
        stream.set_nodelay(true).map_err(|why| broken(&why))?;
        Ok(Client { stream, token: token.to_owned(), request: Vec::new(), answer: Vec::new() })
    }

    /// Sends a JSON body to a path below `/api/v1`; the answer's body where its status is one of success.
    pub async fn post(&mut self, path: &str, body: &str) -> Result<&[u8], Trouble> {
        self.send(path, body).await
    }

    /// Asks for a path below `/api/v1`; the answer's body where its status is one of success.
    pub async fn get(&mut self, path: &str) -> Result<&[u8], Trouble> {
        self.request.clear();
        let head = format!("GET /api/v1{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\r\n", self.token);
        self.request.extend_from_slice(head.as_bytes());
        self.stream.write_all(&self.request).await.map_err(|why| broken(&why))?;
        self.read().await
    }

    async fn send(&mut self, path: &str, body: &str) -> Result<&[u8], Trouble> {
        use std::io::Write;
        self.request.clear();
        let head = write!(
            self.request,
            "POST /api/v1{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len(),
        );
        head.map_err(|why| broken(&why))?;
        self.stream.write_all(&self.request).await.map_err(|why| broken(&why))?;
        self.read().await
    }

    async fn read(&mut self) -> Result<&[u8], Trouble> {
        self.answer.clear();
        let (status, start, length) = loop {
            let read = self.stream.read_buf(&mut self.answer).await.map_err(|why| broken(&why))?;
            if read == 0 {
                return Err(broken(&"the server closed the connection"));
            }
            if let Some(head) = head(&self.answer) {
                break head;
            }
        };
        while self.answer.len() < start + length {
            if self.stream.read_buf(&mut self.answer).await.map_err(|why| broken(&why))? == 0 {
                return Err(broken(&"the server closed the connection"));
            }
        }
        let body = &self.answer[start..start + length];
        if (200..300).contains(&status) { Ok(body) } else { Err(broken(&format!("{status} {}", String::from_utf8_lossy(body)))) }
    }
}

/// Status, start of the body and its length, where the head of the answer is there.
fn head(answer: &[u8]) -> Option<(u16, usize, usize)> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = text.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header =
        |line: &str| line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, v)| v.trim().to_owned());
    let length = lines.find_map(header).and_then(|text| text.parse().ok()).unwrap_or(0);
    Some((status, end + 4, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_tells_where_the_body_is() {
        assert_eq!(head(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"), Some((201, 43, 2)));
        assert_eq!(head(b"HTTP/1.1 201 Created\r\nContent-"), None);
    }
}
