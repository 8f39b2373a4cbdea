//! Real servers, started here on loopback and ended afterwards, held to the contract and to the whole protocol.
//!
//! What is ignored needs programs beyond those that the other tests need; `make places` brings them and runs all.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

// Apache, sshd, moto and the others are brought and started as Debian and Ubuntu have them.
#[cfg(unix)]
mod cutting;
#[cfg(unix)]
mod s3;
mod server;
#[cfg(unix)]
mod sftp;
#[cfg(unix)]
mod syncthing;
#[cfg(unix)]
mod webdav;
#[cfg(unix)]
mod whole;

#[cfg(unix)]
pub(crate) use server::tool;
pub(crate) use server::{Server, free_port};
