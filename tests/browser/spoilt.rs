//! What no page may show anywhere: a complaint in the console, an exception, a refusal of the policy, or something that
//! sticks out of the window. Requests that fail are left out, for the flows cut the network themselves.

use kit::failure::Outcome;
use kit::page::Page;
use kit::page::problem::{Problem, Source};

/// The complaints of a page but those of the network.
pub fn complaints(page: &Page) -> Vec<Problem> {
    let problems = page.problems().into_iter();
    // Only a build for debugging says this; the apps are never shipped so.
    let of_build = |problem: &Problem| problem.text.contains("outside a reactive tracking context");
    problems.filter(|problem| problem.source != Source::Network && !of_build(problem)).collect()
}

/// Fails when a page complained, or sticks out of its window.
pub fn unspoilt(page: &Page) -> Outcome {
    let found = complaints(page);
    assert!(found.is_empty(), "{found:#?}");
    let out = page.overflow()?;
    assert!(out.is_empty(), "{out:#?}");
    Ok(())
}
