//! As much HTTP/1.1 as the tests speak: one request a connection, on this computer only.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Bytes that a head may have.
const HEAD_CAP: u64 = 64 << 10;
/// Bytes that a body may have.
const BODY_CAP: u64 = 64 << 20;

/// A request as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`...
    pub method: String,
    /// The path with its query, as it was sent.
    pub path: String,
    /// Names in lower case, values without blanks around.
    pub headers: Vec<(String, String)>,
    /// The body, as long as `content-length` said.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Reads the first line and the headers.
fn read_head(reader: &mut impl BufRead) -> io::Result<(String, Vec<(String, String)>)> {
    let mut head = reader.by_ref().take(HEAD_CAP);
    let mut first = String::new();
    head.read_line(&mut first)?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Err(bad("a head without an end"));
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok((first.trim_end().to_owned(), headers));
        }
        let (name, value) = line.split_once(':').ok_or_else(|| bad("a header without a colon"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_body(reader: &mut impl BufRead, headers: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if header(headers, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        loop {
            let mut line = String::new();
            reader.by_ref().take(HEAD_CAP).read_line(&mut line)?;
            let length = u64::from_str_radix(line.trim(), 16).map_err(|_| bad("a chunk without a length"))?;
            if length == 0 || body.len() as u64 + length > BODY_CAP {
                return Ok(body);
            }
            reader.by_ref().take(length).read_to_end(&mut body)?;
            reader.by_ref().take(2).read_to_end(&mut Vec::new())?;
        }
    }
    let length = match header(headers, "content-length") {
        Some(text) => text.parse().map_err(|_| bad("content-length is no number"))?,
        None => 0,
    };
    if length > BODY_CAP {
        return Err(bad("a body over the cap"));
    }
    reader.take(length).read_to_end(&mut body)?;
    if body.len() as u64 == length { Ok(body) } else { Err(bad("a body that ends early")) }
}

/// Reads one request.
pub fn read_request(stream: impl Read) -> io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let (first, headers) = read_head(&mut reader)?;
    let mut parts = first.split(' ');
    let (Some(method), Some(path)) = (parts.next(), parts.next()) else {
        return Err(bad("no request line"));
    };
    let (method, path) = (method.to_owned(), path.to_owned());
    let body = read_body(&mut reader, &headers)?;
    Ok(Request { method, path, headers, body })
}

/// Writes one answer and says that the connection ends with it.
pub fn write_answer(mut stream: impl Write, status: u16, headers: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", if status < 400 { "OK" } else { "Refused" });
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    stream.flush()
}

/// Asks a server on this computer and answers its status and body.
pub fn ask(port: u16, method: &str, path: &str, body: Option<&str>, longest: Duration) -> io::Result<(u16, String)> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect_timeout(&address, longest)?;
    stream.set_read_timeout(Some(longest))?;
    stream.set_write_timeout(Some(longest))?;
    let body = body.unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut reader = BufReader::new(stream);
    let (first, headers) = read_head(&mut reader)?;
    let status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(|| bad("no status line"))?;
    let body = read_body(&mut reader, &headers)?;
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_with_its_body() {
        let text = "POST /call/start HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}";
        let request = read_request(text.as_bytes()).unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/call/start"));
        assert_eq!(request.header("host"), Some("127.0.0.1"));
        assert_eq!(request.body, b"{}");
    }

    #[test]
    fn a_body_cut_short_is_no_request() {
        let text = "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}";
        assert!(read_request(text.as_bytes()).is_err());
        assert!(read_request("GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".as_bytes()).is_err());
        assert!(read_request("".as_bytes()).is_err());
    }

    #[test]
    fn chunks_are_put_together() {
        let headers = vec![("transfer-encoding".to_owned(), "chunked".to_owned())];
        let body = read_body(&mut "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".as_bytes(), &headers).unwrap();
        assert_eq!(body, b"abcde");
    }
}
