//! The built apps in a real Chromium against the real server. Each file is one story; the screens they go through are
//! in `phone` and `desk`, the union they make in `union`. Nothing here knows the code of the apps.

mod clock;
mod desk;
mod engine;
mod floor;
mod keeping;
mod phone;
mod road;
mod screens;
mod spoilt;
mod story;
mod union;
mod update;
