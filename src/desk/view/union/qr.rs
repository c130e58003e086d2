//! A QR drawn by ourselves as one SVG path: nothing leaves the page.

use leptos::prelude::*;
use qrcode::{Color, QrCode};
use ui::t;

/// The quiet frame a scanner needs, in modules.
const QUIET: usize = 4;

/// A QR of a text; nothing where the text is too long for one.
#[component]
pub fn Qr(text: String) -> impl IntoView {
    drawn(&text).map(|(size, path)| {
        let view_box = format!("0 0 {size} {size}");
        view! {
            <svg class="qr" viewBox=view_box role="img" aria-label=t!(desk_forms.qr()) shape-rendering="crispEdges">
                <rect width=size height=size fill="#fff" />
                <path d=path fill="#000" />
            </svg>
        }
    })
}

/// The size in modules, and the dark ones as a path.
fn drawn(text: &str) -> Option<(usize, String)> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
        }
    }
    Some((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn a_link_is_drawn_with_its_three_corners() {
        let (size, path) = drawn("https://192.168.1.10/join#0123456789abcdef").expect("short enough");
        assert!(size >= 21 + 8, "{size}");
        for corner in [(4, 4), (size - 5, 4), (4, size - 5)] {
            assert!(path.contains(&format!("M{} {}h", corner.0, corner.1)), "{corner:?}");
        }
    }
}
