//! What a storage answers when it does not do something, as a refusal that a person can act on.

use std::time::Duration;

use larder_model::{Refusal, RefusalCode as Code};

/// An answer that is no success.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub status: u16,
    /// The storage's own code; empty where the answer has none.
    pub code: String,
    /// The region that it should have been.
    pub region: Option<String>,
    /// How long it wants to be left alone.
    pub after: Option<Duration>,
    /// Whether it could have had a code: answers to `HEAD` have no content.
    pub had_content: bool,
}

/// The storages' own codes, as several makers write them.
const CODES: &[(Code, &[&str])] = &[
    (
        Code::SignIn,
        &[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "AuthorizationHeaderMalformed",
            "AuthFailure",
            "Unauthorized",
            "InvalidToken",
            "ExpiredToken",
            "InvalidClientTokenId",
            "InvalidSecurity",
            "MissingSecurityHeader",
            "CredentialsNotSupported",
        ],
    ),
    (
        Code::NoPermission,
        &[
            "AccessDenied",
            "AllAccessDisabled",
            "AccountProblem",
            "NotSignedUp",
            "UserSuspended",
            "MethodNotAllowed",
            "InvalidObjectState",
            "ObjectLocked",
            "InvalidPayer",
        ],
    ),
    (Code::Clock, &["RequestTimeTooSkewed", "RequestExpired", "RequestNotYetValid"]),
    (
        Code::Throttled,
        &[
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "ServiceUnavailable",
            "TooManyRequests",
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "BandwidthLimitExceeded",
        ],
    ),
    (
        Code::NoSpace,
        &[
            "QuotaExceeded",
            "StorageQuotaExceeded",
            "InsufficientStorage",
            "InsufficientCapacity",
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded",
        ],
    ),
    (Code::TooLarge, &["EntityTooLarge", "MaxMessageLengthExceeded"]),
    (Code::Invalid, &["KeyTooLongError", "KeyTooLong", "XMinioInvalidObjectName"]),
    (Code::Taken, &["PreconditionFailed", "ConditionalRequestConflict"]),
];

impl Told {
    /// Whether there is nothing of that name, in a bucket that is there.
    pub fn is_no_such_key(&self) -> bool {
        self.status == 404 && (self.code == "NoSuchKey" || self.code == "NotFound")
    }

    /// Whether doing the same again in a moment may go well.
    pub fn passes(&self) -> bool {
        let codes = ["InternalError", "RequestTimeout", "OperationAborted", "IncompleteBody", "BadDigest", "Busy"];
        self.kind() == Some(Code::Throttled)
            || matches!(self.status, 500 | 502 | 504)
            || codes.contains(&self.code.as_str())
    }

    /// Whether what was asked along (put only where nothing is) is what it does not know.
    pub fn knows_no_condition(&self) -> bool {
        self.status == 501 || (self.status == 400 && matches!(self.code.as_str(), "NotImplemented" | "InvalidArgument"))
    }

    fn kind(&self) -> Option<Code> {
        let by_code = CODES.iter().find(|(_, codes)| codes.contains(&self.code.as_str())).map(|(code, _)| *code);
        by_code.or(match (self.status, self.code.is_empty() && self.had_content) {
            (412, _) => Some(Code::Taken),
            (429 | 503, _) => Some(Code::Throttled),
            (507, _) => Some(Code::NoSpace),
            // A page of somebody else's, such as a proxy or a router, has the usual numbers, too.
            (_, true) => None,
            (401, _) => Some(Code::SignIn),
            (403 | 405, _) => Some(Code::NoPermission),
            (413, _) => Some(Code::TooLarge),
            _ => None,
        })
    }

    /// The refusal, told about where the bucket is and the name that was asked for.
    pub fn refusal(&self, path: &str, name: &str) -> Refusal {
        let strange = self.code.is_empty() && self.had_content && !matches!(self.status, 500 | 502 | 504);
        let code = self.kind().unwrap_or(if strange { Code::NotThisKind } else { Code::Unreachable });
        let detail = if self.code.is_empty() { self.status.to_string() } else { self.code.clone() };
        let refusal = Refusal::new(code).with("path", path).with("detail", detail);
        match code {
            Code::NotThisKind => refusal.with("what", "s3"),
            Code::Taken => refusal.with("name", name),
            Code::Invalid => refusal.with("what", "name").with("value", larder_model::display_text(name, 120)),
            Code::TooLarge => refusal.with("file", name).with("limit", crate::caps::PART_BYTES),
            _ => refusal.with("file", path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_one_refusal() {
        for (status, code, expected) in [
            (403, "InvalidAccessKeyId", Code::SignIn),
            (403, "SignatureDoesNotMatch", Code::SignIn),
            (400, "AuthorizationHeaderMalformed", Code::SignIn),
            (403, "AccessDenied", Code::NoPermission),
            (403, "RequestTimeTooSkewed", Code::Clock),
            (404, "NoSuchBucket", Code::Unreachable),
            (301, "PermanentRedirect", Code::Unreachable),
            (503, "SlowDown", Code::Throttled),
            (503, "", Code::Throttled),
            (429, "", Code::Throttled),
            (403, "QuotaExceeded", Code::NoSpace),
            (507, "XMinioStorageFull", Code::NoSpace),
            (507, "", Code::NoSpace),
            (412, "PreconditionFailed", Code::Taken),
            (409, "ConditionalRequestConflict", Code::Taken),
            (500, "InternalError", Code::Unreachable),
            (502, "", Code::Unreachable),
            (400, "EntityTooLarge", Code::TooLarge),
            (400, "KeyTooLongError", Code::Invalid),
            (200, "", Code::NotThisKind),
            (302, "", Code::NotThisKind),
            (403, "", Code::NotThisKind),
            (404, "", Code::NotThisKind),
        ] {
            let told = Told { status, code: code.to_owned(), had_content: true, ..Told::default() };
            assert_eq!(told.refusal("s3.example/b", "larder-data/x").code, expected, "{status} {code}");
        }
        let head = |status| Told { status, ..Told::default() }.refusal("s3.example/b", "x").code;
        assert_eq!((head(403), head(401), head(404)), (Code::NoPermission, Code::SignIn, Code::Unreachable));
    }
}
