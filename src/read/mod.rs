//! Readers: bytes of a format → blocks and claims.
//!
//! No reader splits a name or knows a role word; what a block means is for [`crate::article`].
//! Adding a format is adding a file here and an entry in [`detect`].

pub mod detect;
pub mod error;
pub mod limits;

mod encoding;
mod manifest;
mod sniff;

pub mod blocks;
pub mod claims;
pub mod markup;

pub mod plain;
pub mod wire;

mod front;
pub mod markdown;

pub mod html;

pub mod ans;
mod json;
pub mod ninjs;

pub mod newsml;
pub mod nitf;
mod xml;

mod archive;
pub mod docx;
pub mod odt;
