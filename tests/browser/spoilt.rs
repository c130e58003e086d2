//! What no page may show anywhere: a complaint in the console, an exception, a refusal of the policy, or something that
//! sticks out of the window. Requests that fail are left out, for the flows cut the network themselves. And how a flow
//! spoils an app.

use kit::failure::Outcome;
use kit::page::Page;
use kit::page::problem::{Problem, Source};

/// Spoils the app as the phone keeps it.
pub const BROKEN: &str = "(async () => {
    let torn = 0;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            if (!request.url.endsWith('.wasm')) { continue; }
            await cache.put(request, new Response('spoilt', { headers: { 'content-type': 'application/wasm' } }));
            torn += 1;
        }
    }
    return torn;
})()";

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
