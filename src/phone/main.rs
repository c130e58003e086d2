//! The helper's app. Wires platform, engine, state and view together; decides nothing itself.

mod engine;
mod gather;
mod link;
mod platform;
mod state;
mod store;
mod vault;
mod view;

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    ui::preferences::apply_kept();
    leptos::mount::mount_to_body(|| {
        let app = state::App::new(platform::browser());
        provide_context(app);
        app.start();
        view! { <view::Root /> }
    });
}
