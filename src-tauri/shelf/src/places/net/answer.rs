//! What came back: read piece by piece, as long as it keeps coming and no further than somebody wants.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use bytes::{Buf, Bytes};
use larder_model::Refusal;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use reqwest::{Response, StatusCode};
use url::Url;

use super::{Patience, refuse, shown, wait};

/// The most that is read only to take up the same line again.
const REST: u64 = 64 * 1024;

/// An answer, whatever its status.
pub(in crate::places) struct Answer {
    pub status: StatusCode,
    /// Where it came from, after it was sent on.
    pub url: Url,
    response: Option<Response>,
    patience: Patience,
    began: Instant,
    got: u64,
    rest: Bytes,
    failed: Option<Refusal>,
}

impl Answer {
    pub(super) fn new(response: Response, url: &Url, patience: Patience) -> Answer {
        Answer {
            status: response.status(),
            url: url.clone(),
            response: Some(response),
            patience,
            began: Instant::now(),
            got: 0,
            rest: Bytes::new(),
            failed: None,
        }
    }

    /// A header, where it is text.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.response.as_ref()?.headers().get(name)?.to_str().ok()
    }

    /// The size that it says to have.
    pub fn size_bytes(&self) -> Option<u64> {
        self.header(&CONTENT_LENGTH)?.parse().ok()
    }

    /// Whether it says to be a page for a browser.
    pub fn is_page(&self) -> bool {
        let kind = self.header(&CONTENT_TYPE).unwrap_or_default().trim_start().to_ascii_lowercase();
        kind.starts_with("text/html") || kind.starts_with("application/xhtml")
    }

    /// The next piece; none at its end.
    ///
    /// # Errors
    /// `Unreachable` where it breaks off, stops coming, or comes too slowly to ever end.
    pub fn chunk(&mut self) -> Result<Option<Bytes>, Refusal> {
        let path = shown(&self.url);
        let Some(mut response) = self.response.take() else { return Ok(None) };
        let left = self.patience.allows(self.got).saturating_sub(self.began.elapsed());
        if left.is_zero() {
            return Err(refuse::slow(&path));
        }
        let limit = self.patience.idle.min(left);
        let (response, chunk) = wait(async move {
            let chunk = tokio::time::timeout(limit, response.chunk()).await;
            (response, chunk)
        })?;
        match chunk {
            Ok(Ok(Some(chunk))) => {
                self.got += chunk.len() as u64;
                self.response = Some(response);
                Ok(Some(chunk))
            }
            Ok(Ok(None)) => Ok(None),
            Ok(Err(error)) => Err(refuse::from_error(&error, &path)),
            Err(_) => Err(refuse::slow(&path)),
        }
    }

    /// Reads what little is left of it, so that the line can be taken up again.
    pub fn finish(mut self) {
        self.patience.idle = self.patience.idle.min(Duration::from_secs(2));
        self.patience.grace = Duration::from_secs(2);
        while self.got <= REST && matches!(self.chunk(), Ok(Some(_))) {}
    }

    /// Why reading it as a stream failed, where the line was the reason.
    pub fn failure(&mut self) -> Option<Refusal> {
        self.failed.take()
    }
}

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.chunk() {
                Ok(Some(chunk)) => self.rest = chunk,
                Ok(None) => return Ok(0),
                Err(refusal) => {
                    self.failed = Some(refusal);
                    return Err(io::Error::other("the line broke"));
                }
            }
        }
        let got = self.rest.len().min(buffer.len());
        self.rest.copy_to_slice(buffer.get_mut(..got).unwrap_or_default());
        Ok(got)
    }
}
