//! Code lists as enums.

/// A code list: what generated code declares for each. A variant is made for each code, stable
/// when its meaning is worded anew.
///
/// ```
/// regelwerk_kernel::code_list! {
///     /// Eenheid van een omvang.
///     Eenheid {
///         /// Uur.
///         Code04 = "04", "Uur";
///     }
/// }
/// assert_eq!(Eenheid::from_code("04"), Some(Eenheid::Code04));
/// assert_eq!(Eenheid::from_code("4"), None);
/// assert_eq!((Eenheid::Code04.code(), Eenheid::Code04.meaning()), ("04", "Uur"));
/// assert_eq!(Eenheid::Code04.to_string(), "04");
/// ```
#[macro_export]
macro_rules! code_list {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$told:meta])* $variant:ident = $code:literal, $meaning:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$told])* $variant,)*
        }

        impl $name {
            /// Every code, in order.
            #[must_use]
            pub const fn all() -> &'static [Self] {
                &[$(Self::$variant),*]
            }

            /// The code, as it stands in a message.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// What the code means, in Dutch.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }

            /// The code that a text is, if the list has it.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        /// The code.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl $crate::Lexical<'_> for $name {
            fn read(text: &str) -> Option<Self> {
                Self::from_code(text)
            }
        }

        /// As its code.
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        /// From its code.
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::read_code(from, Self::from_code, stringify!($name))
            }
        }
    };
}

/// Reads a code of a list by serde; for [`code_list!`](crate::code_list).
///
/// # Errors
///
/// When it is no text, or no code of the list.
#[doc(hidden)]
pub fn read_code<'de, D: serde::Deserializer<'de>, T>(
    from: D,
    find: fn(&str) -> Option<T>,
    list: &str,
) -> Result<T, D::Error> {
    let code = <String as serde::Deserialize>::deserialize(from)?;
    find(&code).ok_or_else(|| {
        let code = crate::quote::quote(&code);
        serde::de::Error::custom(format_args!("{list} heeft geen code \"{code}\""))
    })
}
