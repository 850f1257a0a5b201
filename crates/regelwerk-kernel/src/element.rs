//! An element of a message as typed views look at it.

use std::fmt;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};

use crate::arrange::arrange;
use crate::document::ElementId;
use crate::json;
use crate::message::Message;
use crate::part::Part;
use crate::standard::{Name, Standard};
use crate::value::{Date, Time, parse_date, parse_integer, parse_time};

/// An element of a message, to look into.
///
/// Nothing is promised of a message that was not found right: an element may be absent, be there
/// too often, or hold what is no value of its type.
#[derive(Clone, Copy)]
pub struct Element<'m> {
    message: &'m Message<'m>,
    id: ElementId,
}

/// A value, with the text that stands for it in a message: [`fmt::Display`] gives that text.
pub trait Lexical<'m>: fmt::Display + Sized {
    /// The value that a text stands for, if it does.
    fn read(text: &'m str) -> Option<Self>;
}

impl<'m> Lexical<'m> for &'m str {
    fn read(text: &'m str) -> Option<Self> {
        Some(text)
    }
}

impl Lexical<'_> for i64 {
    fn read(text: &str) -> Option<Self> {
        parse_integer(text)?.try_into().ok()
    }
}

impl Lexical<'_> for Date {
    fn read(text: &str) -> Option<Self> {
        parse_date(text)
    }
}

impl Lexical<'_> for Time {
    fn read(text: &str) -> Option<Self> {
        parse_time(text)
    }
}

impl<'m> Element<'m> {
    /// The root of a message, if it is one of this name of this standard, whatever its release.
    #[must_use]
    pub fn root(message: &'m Message<'m>, standard: &Standard, name: &str) -> Option<Self> {
        let kind = message.kind();
        let alike = kind.standard.name == standard.name && kind.message.name == name;
        alike.then_some(Self { message, id: ElementId::ROOT })
    }

    /// The message.
    #[must_use]
    pub fn message(self) -> &'m Message<'m> {
        self.message
    }

    /// Which element of the message.
    #[must_use]
    pub fn id(self) -> ElementId {
        self.id
    }

    /// Its path: `/Bericht/Client[2]/Bsn`.
    #[must_use]
    pub fn path(self) -> String {
        self.message.document().path(self.id)
    }

    /// Its text, as XML hands it over; empty where it holds elements.
    #[must_use]
    pub fn text(self) -> &'m str {
        self.message.document().text(self.id)
    }

    /// The elements in it that have this name, in order.
    pub fn children(self, name: Name) -> impl Iterator<Item = Self> + 'm {
        let Self { message, id } = self;
        let named = message.document().children(id);
        let named = named.filter(move |&child| message.name(child) == Some(name));
        named.map(move |id| Self { message, id })
    }

    /// The first element in it that has this name as the standard spells it: for what a typed view
    /// cannot give, such as a code that its list does not have.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Self> {
        self.children(self.message.standard().find_name(name)?).next()
    }

    /// The value of the first element in it that has this name; none where it is absent, or where
    /// its text stands for no such value.
    #[must_use]
    pub fn value<T: Lexical<'m>>(self, name: Name) -> Option<T> {
        T::read(self.children(name).next()?.text())
    }

    /// The values of the elements in it that have this name; those that are no such value are
    /// left out.
    pub fn values<T: Lexical<'m> + 'm>(self, name: Name) -> impl Iterator<Item = T> {
        self.children(name).filter_map(|child| T::read(child.text()))
    }

    /// A view of the first element in it that has this name.
    #[must_use]
    pub fn view<V: From<Self>>(self, name: Name) -> Option<V> {
        self.children(name).next().map(V::from)
    }

    /// Views of the elements in it that have this name.
    pub fn views<V: From<Self> + 'm>(self, name: Name) -> impl Iterator<Item = V> {
        self.children(name).map(V::from)
    }
}

/// Its path; the whole message would be too much.
impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Element").field(&self.path()).finish()
    }
}

/// The element as [`Draft::to_json`](crate::Draft::to_json) has it within a message. What has no
/// place in the schema fails, as it does for a whole message.
impl Serialize for Element<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let part = Part::of(self.message, self.id).map_err(S::Error::custom)?;
        // What is a part has a node.
        let node = self.message.node(self.id).unwrap_or_default();
        let kind = self.message.kind();
        let placed = arrange(kind, node, &part).map_err(S::Error::custom)?;
        json::Content { kind, placed: &placed }.serialize(serializer)
    }
}

/// A typed view of an element: what generated code declares for each group of elements.
#[macro_export]
macro_rules! view {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'m>($crate::Element<'m>);

        impl<'m> From<$crate::Element<'m>> for $name<'m> {
            fn from(element: $crate::Element<'m>) -> Self {
                Self(element)
            }
        }

        impl<'m> From<$name<'m>> for $crate::Element<'m> {
            fn from(view: $name<'m>) -> Self {
                view.0
            }
        }

        impl $crate::serde::Serialize for $name<'_> {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(to)
            }
        }
    };
}
