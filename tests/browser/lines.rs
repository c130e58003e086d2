//! Where lines end: no button, heading, tab or label ends one in the middle of a Chinese word (登|录, 办|公), and no line
//! begins with the dot between two parts of it, and none ends in the middle of a date or between a figure and its unit.
//! The browser's own dictionary says what a word is.

use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::page::Page;
use kit::page::emulate::Size;
use kit::place;

/// Each word of two signs or more that lies on two lines, with what it stands in; each dot that begins a line; each date
/// and each figure with its unit that lies on two.
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
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const signs = [];
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        if (!heardOnly(node.parentElement)) for (let at = 0; at < node.data.length; at++) if (node.data[at].trim()) signs.push([node, at]);
    }
    const box = ([node, at]) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getClientRects()[0];
    };
    const whole = /\d{4}-\u2060?\d\d(-\u2060?\d\d)?|\d\d-\u2060?\d\d(?!\d)|\d[\u0020\u00a0]\p{Script=Han}/gu;
    const own = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = own.nextNode(); node; node = own.nextNode()) {
        if (heardOnly(node.parentElement)) continue;
        for (const { 0: piece, index } of node.data.matchAll(whole)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + piece.length);
            const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top / 4)));
            if (lines.size > 1) found.add(`${piece} on two lines: ${node.data.trim().slice(0, 60)}`);
        }
    }
    signs.forEach((sign, index) => {
        if (index === 0 || sign[0].data[sign[1]] !== '·') return;
        const [before, dot] = [box(signs[index - 1]), box(sign)];
        if (before && dot && dot.top > before.bottom - 2) found.add(`a line begins with the dot of: ${sign[0].data.trim()}`);
    });
    return [...found];
})()";

/// The words that lie on two lines.
pub fn broken_words(page: &Page) -> Outcome<Vec<String>> {
    let unread =
        |why: serde_json::Error| Failure::Script { script: "broken words".into(), why: why.to_string() };
    serde_json::from_value(page.eval(BROKEN)?).map_err(unread)
}

#[test]
fn a_word_on_two_lines_is_found() -> Outcome {
    let browser = Browser::launch(&place::folder("words")?, Size::PHONE)?;
    let page = browser.page()?;
    let shows = |style: &str| -> Outcome<Vec<String>> {
        page.eval(&format!(
            "document.body.innerHTML = `<button style='padding: 0; border: 0; font-size: 20px; {style}'>请登录</button>`"
        ))?;
        broken_words(&page)
    };
    assert_eq!(shows("width: 90px")?, Vec::<String>::new());
    assert_eq!(shows("width: 45px")?, ["登录 in button.: 请登录"]);
    assert_eq!(shows("width: 45px; word-break: keep-all")?, Vec::<String>::new());
    let dot = |words: &str| -> Outcome<Vec<String>> {
        page.eval(&format!(
            "document.body.innerHTML = `<p style='width: 4.1em; font-size: 20px; text-wrap: wrap'>{words}</p>`"
        ))?;
        broken_words(&page)
    };
    assert_eq!(dot("李 · 今天明天")?, Vec::<String>::new());
    assert_eq!(dot("李国庆张 · 今天")?, ["a line begins with the dot of: 李国庆张 · 今天"]);
    assert_eq!(dot("李国庆张&nbsp;· 今天")?, Vec::<String>::new());
    assert_eq!(dot("按规定 2027-01-21")?, ["2027-01-21 on two lines: 按规定 2027-01-21"]);
    assert_eq!(dot("王秀 53 岁")?, ["3 岁 on two lines: 王秀 53 岁"]);
    assert_eq!(dot("王秀 53&nbsp;岁")?, Vec::<String>::new());
    Ok(())
}
