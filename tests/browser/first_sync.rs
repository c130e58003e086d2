//! The first time a helper of two hundred households opens the app, on a road that breaks off in the middle: what came
//! stays, the rest comes when the road is open again, nothing comes twice, and the progress that is shown is true.

use crate::desk::Desk;
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::Target;
use kit::place;
use kit::proxy::{Barrier, Proxy, Road};
use serde_json::Value;

const HOUSEHOLDS: usize = 200;
const PAGE: usize = 100;
const CHANGES: &str = "GET /api/changes";

/// Gives the first helper a seat in so many households of the demonstration, by the desk's own door.
const SEATED: &str = "await (async () => {
    const ask = async (path, body) => {
        const headers = { 'content-type': 'application/json', 'x-liuzhidao': '1' };
        const options = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {};
        const answer = await fetch(path, options);
        if (!answer.ok) throw new Error(path + ' ' + answer.status + ' ' + await answer.text());
        return answer.json();
    };
    const me = await ask('/api/me');
    const helper = (await ask('/api/office')).demo.find((one) => one.role === 'helper').person;
    const hex = (count) => [...crypto.getRandomValues(new Uint8Array(count))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const id = () => {
        const all = Date.now().toString(16).padStart(12, '0') + '7' + hex(9).slice(0, 3) + '8' + hex(9).slice(0, 15);
        return all.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    };
    const units = await ask('/api/units');
    const top = units.find((unit) => !unit.parent).id;
    const rows = [];
    for (let skip = 0; skip < COUNT; skip += 200) {
        const found = await ask(`/api/households?unit=${top}&skip=${skip}&take=200`);
        rows.push(...(found.households));
    }
    const today = new Date(me.server_time_ms + 8 * 3600000).toISOString().slice(0, 10);
    const entries = rows.slice(0, COUNT).map((row) => ({
        id: id(), device: '00000000-0000-0000-0000-000000000000', seq: 0, kind: 'assign', schema: 1, household: row.id,
        author: me.person, wall_ms: me.server_time_ms, nonce: hex(16),
        payload: { seat: 'line_manager', person: helper, from: today },
    }));
    const statuses = new Set();
    for (let first = 0; first < entries.length; first += 50) {
        const { receipts } = await ask('/api/office', { entries: entries.slice(first, first + 50) });
        receipts.forEach((receipt) => statuses.add(JSON.stringify(receipt.status)));
    }
    return [...statuses];
})()";

#[test]
fn two_hundred_households_arrive_over_a_broken_road() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    let statuses = desk.page.eval(&SEATED.replace("COUNT", &HOUSEHOLDS.to_string()))?;
    assert_eq!(statuses.as_array().map(Vec::len), Some(1), "{statuses}");
    desks.close()?;

    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    // The first page comes, the second breaks off.
    proxy.set_barrier(Some(Barrier { path: "/api/changes".into(), after: 1, road: Road::Cut }));
    phone.open()?;
    phone.page.tap(Target::from(".demo-person").nth(0))?;
    phone.at_list()?;
    proxy.wait_count(CHANGES, 2)?;
    let (came, total) = progress(&phone)?;
    assert!(came >= PAGE - 10 && total > HOUSEHOLDS, "{came} of {total}");
    phone.page.screenshot("phone/first-sync-broken-off")?;
    assert_eq!(held(&phone)?, came);
    // What came can be worked with; started anew without a network it is there.
    phone.page.set_offline(true)?;
    phone.page.close()?;
    let phone = Phone::of(browser.new_page()?, proxy.address());
    phone.open()?;
    phone.at_list()?;
    phone.page.wait_css("[data-household]")?;
    assert_eq!(held(&phone)?, came);

    // The road is open: it goes on behind the last page, and shows how far it is from the beginning, not from there.
    proxy.set_barrier(Some(Barrier { path: "/api/changes".into(), after: 1, road: Road::Held }));
    let asked = proxy.count(CHANGES);
    phone.open()?;
    phone.at_list()?;
    phone.page.set_offline(false)?;
    phone.come_to_the_front()?;
    proxy.wait_count(CHANGES, asked + 2)?;
    let (further, still) = progress(&phone)?;
    assert!(further > came && still == total, "{further} of {still}, before {came} of {total}");
    phone.page.screenshot("phone/first-sync-goes-on")?;
    proxy.set_barrier(None);
    phone.fetched()?;
    assert_eq!(held(&phone)?, total);
    let later: Vec<String> =
        proxy.passed().into_iter().filter(|request| request.starts_with(CHANGES)).skip(2).collect();
    assert!(later.iter().all(|request| request.contains("rev=")), "{later:?}");
    Ok(())
}

/// How many households came of how many, as the list says.
fn progress(phone: &Phone) -> Outcome<(usize, usize)> {
    phone.page.wait_css(".fetching")?;
    let shown = phone.page.eval("Object.values(document.querySelector('.fetching').dataset).map(Number)")?;
    let part = |at: usize| usize::try_from(shown.get(at).and_then(Value::as_u64).unwrap_or(0)).unwrap_or(0);
    Ok((part(0), part(1)))
}

/// How many households lie on the phone.
fn held(phone: &Phone) -> Outcome<usize> {
    let held = phone.held()?;
    phone.tab("走访")?;
    phone.at_list()?;
    Ok(held)
}
