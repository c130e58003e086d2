//! The helper's app. Wires platform, engine, state and view together; decides nothing itself.

mod engine;
mod link;
mod platform;
mod store;
mod vault;

fn main() {
    let _ = engine::Engine::new(platform::browser(), |_| ());
}
