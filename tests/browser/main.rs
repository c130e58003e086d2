//! The built apps in a real Chromium against the real server. Each file is one story; the screens they go through are
//! in `phone` and `desk`, the union they make in `union`. Nothing here knows the code of the apps.

mod clock;
mod deciding;
mod desk;
mod engine;
mod first_sync;
mod floor;
mod handing_over;
mod https;
mod inviting;
mod joining;
mod keeping;
mod killing;
mod leaving;
mod letters;
mod longer;
mod merging;
mod network;
mod opening;
mod other_engines;
mod paper;
mod phone;
mod proposing;
mod rescue;
mod road;
mod room;
mod roster;
mod ruling;
mod screens;
mod spoilt;
mod storage;
mod story;
mod tabs;
mod telling;
mod union;
mod update;
