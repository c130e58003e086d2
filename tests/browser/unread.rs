//! What lies on the phone and cannot be read is never told to be gone: a draft whose row is damaged, one whose form this
//! version does not know.

use crate::phone::Phone;
use crate::spoilt::unspoilt;
use kit::failure::Outcome;

/// Spoils the one draft's row, and says how many rows there are.
const SPOIL: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await new Promise((done) => {
        indexedDB.open(name).onsuccess = (event) => done(event.target.result);
    });
    const drafts = database.transaction('drafts', 'readwrite').objectStore('drafts');
    const of = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    const [keys, rows] = [await of(drafts.getAllKeys()), await of(drafts.getAll())];
    const row = rows[0];
    const bytes = row instanceof Uint8Array ? row : Object.values(row).find((value) => value instanceof Uint8Array);
    bytes[bytes.length - 1] ^= 1;
    await of(drafts.put(row, keys[0]));
    database.close();
    return keys.length;
})()";

/// How many drafts lie on the disk.
const DRAFTS: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await new Promise((done) => {
        indexedDB.open(name).onsuccess = (event) => done(event.target.result);
    });
    const count = database.transaction('drafts').objectStore('drafts').count();
    return await new Promise((done) => { count.onsuccess = () => { database.close(); done(count.result); }; });
})()";

#[test]
fn a_damaged_draft_is_told_of_and_stays() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.begin_with_note(0, "门口有狗")?;
    assert_eq!(phone.page.eval(SPOIL)?, 1);
    phone.open()?;
    phone.at_list()?;
    phone.page.wait_text_in("[data-part=damaged]", "这台手机里有 1 条内容读不出来")?;
    phone.page.screenshot("phone/list-draft-damaged")?;
    unspoilt(&phone.page)?;
    // Work goes on, and the row is still there for whoever may mend it.
    phone.attempt(1)?;
    phone.page.wait_text_in("[data-part=damaged]", "这台手机里有 1 条内容读不出来")?;
    assert_eq!(phone.page.eval(DRAFTS)?, 1);
    Ok(())
}

#[test]
fn a_draft_of_a_form_unknown_here_is_not_told_to_be_gone() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.begin_with_note(0, "门口有狗")?;
    phone.page.tap("a[href^='/visit/']")?;
    phone.page.wait_css("[data-part=met]")?;
    let draft = phone.page.eval("location.pathname.split('/').pop()")?;
    let draft = draft.as_str().unwrap_or_default().to_owned();
    // Another form's page reads as little of it as another version would.
    phone.page.goto(&format!("{}/alert/{draft}", phone.site()))?;
    phone.page.wait_text("这份草稿打不开")?;
    phone.page.wait_text("它还在这台手机里，没有丢")?;
    phone.page.screenshot("phone/draft-unread")?;
    // One that was thrown away is gone, and is said to be.
    phone.page.goto(&format!("{}/visit/{}", phone.site(), draft.replace(&draft[..4], "0190")))?;
    phone.page.wait_text("这份草稿已经不在了")?;
    phone.page.goto(&format!("{}/visit/{draft}", phone.site()))?;
    phone.page.wait_css("[data-part=met]").map(drop)
}
