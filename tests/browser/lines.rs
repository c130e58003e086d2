//! Where lines end: no button, heading, tab or label ends one in the middle of a Chinese word (登|录, 办|公). The browser's
//! own dictionary says what a word is.

use kit::failure::Outcome;
use kit::page::Page;

/// Each word of two signs or more that lies on two lines, with what it stands in.
const BROKEN: &str = r"(() => {
    const words = new Intl.Segmenter('zh', { granularity: 'word' });
    const places = 'button, .button, h1, h2, h3, legend, label, summary, th, .tabs a, .pill, .chip, .seg-option > span, .finish';
    const found = new Set();
    const heardOnly = (place) => {
        for (let at = place; at; at = at.parentElement) if (at.getBoundingClientRect().width <= 2) return true;
        return false;
    };
    for (const place of document.querySelectorAll(places)) {
        if (heardOnly(place)) continue;
        const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
            for (const { segment, index } of words.segment(node.data)) {
                if (!/^\p{Script=Han}{2,}$/u.test(segment)) continue;
                const range = document.createRange();
                range.setStart(node, index);
                range.setEnd(node, index + segment.length);
                const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top / 4)));
                if (lines.size > 1) found.add(`${segment} in ${place.localName}.${place.className}: ${node.data.trim()}`);
            }
        }
    }
    return JSON.stringify([...found]);
})()";

/// The words that lie on two lines.
pub fn broken_words(page: &Page) -> Outcome<Vec<String>> {
    let found = page.eval(BROKEN)?;
    Ok(serde_json::from_str(found.as_str().unwrap_or_default()).unwrap_or_default())
}
