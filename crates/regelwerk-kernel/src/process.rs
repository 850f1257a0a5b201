//! The states and the events of a process as enums.

/// The states or the events of a process: what generated code declares for each. Their numbers
/// are those of [`ProcessDef`](crate::standard::ProcessDef).
///
/// ```
/// regelwerk_kernel::process_enum! {
///     /// De levering.
///     Levering {
///         /// Er is geleverd.
///         Gestart = "gestart";
///         /// Er wordt niet meer geleverd.
///         Gestopt = "gestopt";
///     }
/// }
/// assert_eq!(Levering::Gestopt.to_string(), "gestopt");
/// assert_eq!(Levering::from_name("gestopt"), Some(Levering::Gestopt));
/// assert_eq!(Levering::from_number(1), Some(Levering::Gestopt));
/// assert_eq!(Levering::from_number(2), None);
/// ```
#[macro_export]
macro_rules! process_enum {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$told:meta])* $variant:ident = $text:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$told])* $variant,)*
        }

        impl $name {
            /// All of them, in order of number.
            #[must_use]
            pub const fn all() -> &'static [Self] {
                &[$(Self::$variant),*]
            }

            /// The name, as a rule file writes it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// Its number, from 0.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The one with this number, if there is one.
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                Self::all().get(usize::from(number)).copied()
            }

            /// The one with this name, if there is one.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        /// The name.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        /// As its name.
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.name())
            }
        }

        /// From its name.
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::read_code(from, Self::from_name, stringify!($name))
            }
        }
    };
}
