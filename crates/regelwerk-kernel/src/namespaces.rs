//! Which prefix stands for which namespace.

use std::borrow::Cow;

use crate::markup::{Attribute, attribute_value, is_name};
use crate::quote::quote;
use crate::unreadable::{Fault, UnreadableKind};

/// Most namespaces in a message.
const MAX_NAMESPACES: usize = 64;
/// Most characters in the name of a namespace.
const MAX_URI: usize = 1000;
/// Most declarations in force at one place: looking a prefix up walks through them.
const MAX_BINDINGS: usize = 512;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespaces of a message and the declarations in force.
#[derive(Debug)]
pub(crate) struct Namespaces<'t> {
    uris: Vec<String>,
    bindings: Vec<(&'t str, u8)>,
}

impl<'t> Namespaces<'t> {
    /// The id of no namespace.
    pub(crate) const NONE: u8 = 0;

    pub(crate) fn new() -> Self {
        Self { uris: vec![String::new(), XML.to_owned()], bindings: vec![("xml", 1)] }
    }

    /// How many declarations are in force, to come back to with [`Self::leave`].
    pub(crate) fn mark(&self) -> usize {
        self.bindings.len()
    }

    pub(crate) fn leave(&mut self, mark: usize) {
        self.bindings.truncate(mark);
    }

    pub(crate) fn into_uris(self) -> Vec<String> {
        self.uris
    }

    pub(crate) fn uri(&self, id: u8) -> &str {
        self.uris.get(usize::from(id)).map_or("", String::as_str)
    }

    /// Takes in a declaration; false where the attribute is none.
    pub(crate) fn declare(&mut self, attribute: Attribute<'t>) -> Result<bool, UnreadableKind> {
        let Some(prefix) = declared_prefix(attribute.name) else { return Ok(false) };
        let uri = attribute_value(attribute.value)?;
        if is_reserved(prefix, &uri) {
            return Err(UnreadableKind::NotXml(Fault::ReservedNamespace));
        }
        if uri.chars().nth(MAX_URI).is_some() {
            return Err(UnreadableKind::NamespaceTooLong);
        }
        let id = self.intern(uri)?;
        self.bindings.push((prefix, id));
        if self.bindings.len() > MAX_BINDINGS {
            return Err(UnreadableKind::TooManyNamespaces);
        }
        Ok(true)
    }

    /// The namespace that a prefix stands for; the empty prefix is the default.
    pub(crate) fn resolve(&self, prefix: &str) -> Result<u8, UnreadableKind> {
        let bound = self.bindings.iter().rev().find(|(bound, _)| *bound == prefix);
        match bound {
            Some(&(_, id)) => Ok(id),
            None if prefix.is_empty() => Ok(Self::NONE),
            None => Err(UnreadableKind::UnboundPrefix(quote(prefix))),
        }
    }

    fn intern(&mut self, uri: Cow<'_, str>) -> Result<u8, UnreadableKind> {
        let known = self.uris.iter().position(|known| *known == uri);
        let index = known.unwrap_or(self.uris.len());
        if index >= MAX_NAMESPACES {
            return Err(UnreadableKind::TooManyNamespaces);
        }
        if known.is_none() {
            self.uris.push(uri.into_owned());
        }
        u8::try_from(index).map_err(|_| UnreadableKind::TooManyNamespaces)
    }
}

fn declared_prefix(name: &str) -> Option<&str> {
    if name == "xmlns" {
        return Some("");
    }
    name.strip_prefix("xmlns:").filter(|prefix| is_name(prefix))
}

/// Only the default may be declared empty, and what is XML's own stays so.
fn is_reserved(prefix: &str, uri: &str) -> bool {
    match (prefix, uri) {
        ("xmlns", _) | (_, XMLNS) => true,
        ("xml", uri) => uri != XML,
        (_, XML) => true,
        (prefix, "") => !prefix.is_empty(),
        _ => false,
    }
}
