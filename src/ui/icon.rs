//! The icons, drawn as lines in the colour of the text beside them.
//!
//! They decorate: each is hidden from screen readers, and whatever it means is also said in words.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// A house: visits, households.
    House,
    /// An envelope: to send.
    Envelope,
    /// A person: me.
    Person,
    /// A chart: coverage.
    Chart,
    /// A sheet with lines: things to do.
    Sheet,
    /// A magnifying glass.
    Search,
    /// A tick.
    Tick,
    /// An arrow head to the left: back.
    Back,
    /// An arrow head to the right: goes on.
    Onward,
    /// A plus.
    Plus,
    /// A cross: close, remove.
    Cross,
    /// A telephone.
    Telephone,
    /// A triangle with a mark: look here.
    Warning,
    /// A cloud with a stroke through it: no network.
    NoNetwork,
    /// Two arrows round: try again.
    Again,
    /// A pencil.
    Pencil,
    /// Two people: companion, helpers.
    People,
    /// A gear: settings.
    Gear,
    /// A printer.
    Printer,
    /// A key: signing in.
    Key,
    /// A bell: alert.
    Bell,
    /// An arrow turning back: undo.
    Undo,
    /// A map pin: address.
    Place,
    /// A speech bubble: needs, complaints.
    Speech,
}

impl Icon {
    /// The path, drawn on a square of 24.
    const fn path(self) -> &'static str {
        match self {
            Self::House => "M3 11 12 4l9 7v9h-6v-6H9v6H3z",
            Self::Envelope => "M3 6h18v13H3zM3 7l9 7 9-7",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 5-6.5 8-6.5s7 1.5 8 6.5",
            Self::Chart => "M4 20v-9M10 20V4M16 20v-7M21 20H3",
            Self::Sheet => "M5 3.5h14v17H5zM8.5 8.5h7M8.5 12.5h7M8.5 16.5h4",
            Self::Search => "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5 21 21",
            Self::Tick => "M4.5 12.5l5 5 10-11",
            Self::Back => "M15 4 7 12l8 8",
            Self::Onward => "M9 4l8 8-8 8",
            Self::Plus => "M12 4v16M4 12h16",
            Self::Cross => "M5 5l14 14M19 5 5 19",
            Self::Telephone => {
                "M5 3.5h4l2 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 2v4c0 1-1 1.5-2 1.5C10.5 20.5 3.5 13.5 3.5 5.5c0-1 .5-2 1.5-2z"
            }
            Self::Warning => "M12 4 2.5 20h19zM12 10v4.5M12 17v.5",
            Self::NoNetwork => {
                "M7 18.5h9.5a4 4 0 0 0 2.5-7A6.5 6.5 0 0 0 9 7M5.5 11a3.8 3.8 0 0 0 1.5 7.5M3.5 3.5l17 17"
            }
            Self::Again => "M20 5v5h-5M4 19v-5h5M5.5 9.5A7 7 0 0 1 19.5 9M18.5 14.5A7 7 0 0 1 4.5 15",
            Self::Pencil => "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5",
            Self::People => {
                "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.7-4.5 3.5-6 6.5-6s5.8 1.5 6.5 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2 .8 3.5 2.5 4 5.5"
            }
            Self::Gear => {
                "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"
            }
            Self::Printer => "M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z",
            Self::Key => "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9.5v3.5M17.5 12v3",
            Self::Bell => "M5 17h14l-1.5-2.5V10a5.5 5.5 0 0 0-11 0v4.5zM10 20h4",
            Self::Undo => "M8.5 4.5 4 9l4.5 4.5M4 9h10a6 6 0 0 1 0 11H9",
            Self::Place => {
                "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
            }
            Self::Speech => "M4 4.5h16v11.5h-9l-4.5 4V16H4zM8 9h8M8 12h5",
        }
    }
}

/// Draws an icon in the colour and at the size of the text around it.
#[component]
pub fn IconMark(
    /// Which one.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
