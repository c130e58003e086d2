//! The macro that makes one area's words.
//!
//! Each word becomes a method with both texts in it, so a missing one cannot compile and an unused
//! one is left out of the wasm by the linker. It knows nothing of plurals or genders.

/// Declares the words of an area; the form is shown at [`crate::words`].
macro_rules! words {
    ($(#[$about:meta])* $area:ident {
        $($word:ident $(($($arg:ident: $kind:ty),+))?: $zh:literal, $en:literal;)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub struct $area(pub $crate::words::Language);

        impl $area {
            $($crate::words::area::words!(@ $word $(($($arg: $kind),+))?: $zh, $en);)*
        }
    };
    (@ $word:ident: $zh:literal, $en:literal) => {
        #[doc = $zh]
        #[must_use]
        pub const fn $word(self) -> &'static str {
            self.0.pick($zh, $en)
        }
    };
    (@ $word:ident($($arg:ident: $kind:ty),+): $zh:literal, $en:literal) => {
        #[doc = $zh]
        #[must_use]
        pub fn $word(self, $($arg: $kind),+) -> String {
            $crate::figures::unbroken(match self.0 {
                $crate::words::Language::Chinese => format!($zh),
                $crate::words::Language::English => format!($en),
            })
        }
    };
}

pub(crate) use words;
