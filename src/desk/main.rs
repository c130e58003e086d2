//! The union's desk: what the chair sees, what the registrar keeps.
//!
//! Online only: everything comes from the office and goes back to it; nothing of a household is
//! kept in this browser. `view` asks `state`, `state` asks `link`; nothing points back.

mod trouble;

mod platform;

mod link;

mod state;

mod view;

fn main() {
    console_error_panic_hook::set_once();
    ui::preferences::apply_kept();
    leptos::mount::mount_to_body(view::App);
}
