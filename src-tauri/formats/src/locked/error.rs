//! What can go wrong, and the question whether to go on.

/// Asked at least every few milliseconds of work; `true` ends the work with [`CryptError::Cancelled`].
pub(super) type Cancel<'a> = &'a dyn Fn() -> bool;

/// Why a protected file was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CryptError {
    /// Neither the password that was given nor the default one fits.
    WrongPassword,
    /// The protection is of a kind that is not read here; the text says which.
    Unsupported(&'static str),
    /// The protection's own data is broken; the text says where.
    Damaged(&'static str),
    /// Larger than the free memory.
    TooLarge,
    /// The caller's cancel function said so.
    Cancelled,
}

/// Ends the work when the caller asks for it.
pub(super) fn go_on(cancel: Cancel<'_>) -> Result<(), CryptError> {
    if cancel() { Err(CryptError::Cancelled) } else { Ok(()) }
}

/// Room for `len` bytes, where the machine has it.
pub(super) fn room(len: usize) -> Result<Vec<u8>, CryptError> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(len).map_err(|_| CryptError::TooLarge)?;
    Ok(bytes)
}
