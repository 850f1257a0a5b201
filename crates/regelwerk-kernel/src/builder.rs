//! Builders of elements and of messages.

/// What makes an element: what generated code declares beside each [`view!`](crate::view).
#[macro_export]
macro_rules! builder {
    ($(#[$doc:meta])* $builder:ident of $view:ident named $name:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        #[must_use]
        pub struct $builder($crate::Part);

        impl From<$builder> for $crate::Part {
            fn from(builder: $builder) -> Self {
                builder.0
            }
        }

        impl $view<'_> {
            /// Starts on such an element, with nothing in it yet.
            pub fn builder() -> $builder {
                $builder($crate::Part::new($name))
            }
        }
    };
}

/// What the builder of a whole message can do besides.
#[macro_export]
macro_rules! message_builder {
    ($builder:ident of $kind:expr) => {
        impl $builder {
            /// The message in the making, of the newest complete release. What it does not say of
            /// its kind, its release and the schemas by which it is made is filled in.
            #[must_use]
            pub fn draft(self) -> $crate::Draft {
                $crate::Draft::with($kind, self.0)
            }

            /// The message in the making, of another release.
            #[must_use]
            pub fn draft_of(self, kind: $crate::MessageKind) -> $crate::Draft {
                $crate::Draft::with(kind, self.0)
            }

            /// The message, of the newest complete release, written and judged.
            ///
            /// # Errors
            ///
            /// The report of what is wrong, when the standard or the protocol of `context` rejects
            /// the message. What was not assessed is no reason to refuse.
            pub fn build(
                self,
                context: &$crate::Context,
            ) -> Result<$crate::Message<'static>, $crate::Rejected> {
                self.draft().build(context)
            }
        }
    };
}
