//! The phone's battery dies while a visit is being saved, again and again: afterwards there is the form or the record,
//! never neither, and what the screen called saved is there. In the end each visit is at the office, once.

use crate::longer::{counted, number, tell, visits};
use crate::phone::{Phone, SIX};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::{Proxy, Road};

/// From now on a save is asked for and does not end: its transaction is kept open by asking on.
const HOLD: &str = "(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        const asked = put.apply(this, given);
        if (this.name === 'outbox') {
            document.documentElement.dataset.held = 'yes';
            const on = () => { this.count().onsuccess = on; };
            on();
        }
        return asked;
    };
})()";

/// The looks at the page between the tap and the end, of a kill at a free moment: fewer than these, each takes a moment.
const LOOKS_END: usize = 8;

/// From so many rounds on the kills at a free moment have to fall on both sides of the save, too.
const ROUNDS_MANY: usize = 50;

/// Visits that came with all six answers, as this test gives them.
const WHOLE: &str = "SELECT count(*), count(DISTINCT id) FROM entry WHERE kind = 'visit'
    AND (length(body) - length(replace(CAST(body AS TEXT), '\"not_asked\"', ''))) = 6 * length('\"not_asked\"')";

#[test]
fn killed_while_saving_it_is_saved_or_still_a_form() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let profile = place::folder("phone")?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    Phone::of(browser.page()?, proxy.address()).demo()?;
    browser.close()?;
    let (before, _) = visits(&office)?;
    let (answered_before, _) = counted(&office, WHOLE)?;
    proxy.set_road(Road::Cut);
    let rounds = number("ROUNDS", 4);
    let mut kills = Kills::default();
    for round in 0..rounds {
        let said = saves_and_dies(&profile, &proxy, round)?;
        let browser = Browser::launch(&profile, Size::PHONE)?;
        let phone = Phone::of(browser.page()?, proxy.address());
        phone.open()?;
        // The app opens where the helper was: in the form, or at the list.
        phone.page.wait_css("[data-part=met], [data-household]")?;
        if phone.page.list("[data-part=met]")?.is_empty() {
            assert_ne!(said, Some(false), "round {round}: it was not saved yet, and the form is gone");
            kills.count(round, true);
        } else {
            assert_ne!(said, Some(true), "round {round}: it was said to be saved, and is a form");
            kills.count(round, false);
            if has_answers(round) {
                for item in SIX {
                    assert_eq!(phone.answered(item)?, "not-asked", "round {round}: {item}");
                }
            }
            phone.finish("")?;
        }
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=on-phone]")?;
        assert_eq!(phone.waiting()?, round + 1, "round {round}");
        browser.close()?;
    }
    proxy.set_road(Road::Open);
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.open()?;
    phone.tab("待发")?;
    // It tries by itself when it is opened.
    phone.page.wait_css("[data-state=received]")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    assert_eq!(visits(&office)?, (before + rounds, before + rounds));
    let (whole, _) = counted(&office, WHOLE)?;
    assert_eq!(whole, answered_before + (0..rounds).filter(|round| has_answers(*round)).count());
    kills.look_at(rounds);
    let Kills { forced, free } = kills;
    tell(&serde_json::json!({
        "runs": rounds, "at_a_free_moment_saved": free[1], "at_a_free_moment_forms": free[0],
        "at_a_chosen_moment_saved": forced[1], "at_a_chosen_moment_forms": forced[0],
    }));
    Ok(())
}

/// What the kills left: forms, and visits that were saved.
#[derive(Default, Debug)]
struct Kills {
    /// Where the moment was chosen so that it had to be the one or the other.
    forced: [usize; 2],
    free: [usize; 2],
}

impl Kills {
    fn count(&mut self, round: usize, saved: bool) {
        let of = if looks(round).is_some() { &mut self.free } else { &mut self.forced };
        of[usize::from(saved)] += 1;
    }

    /// The kills fell on both sides of the save: those at chosen moments always, of many also those at free ones.
    fn look_at(&self, rounds: usize) {
        let both = |of: [usize; 2]| of.iter().all(|kills| *kills > 0);
        assert!(both(self.forced), "{self:?}");
        assert!(rounds < ROUNDS_MANY || both(self.free), "at free moments all came to one end: {self:?}");
    }
}

/// After how many looks at the page the browser is killed, where the moment is free: in the middle two of every four
/// rounds, after none, one, two … and from the beginning again.
const fn looks(round: usize) -> Option<usize> {
    match round % 4 {
        1 | 2 => Some((round / 4 * 2 + round % 4 - 1) % LOOKS_END),
        _ => None,
    }
}

/// Whether somebody was met in this round, and the six were asked about.
const fn has_answers(round: usize) -> bool {
    round.is_multiple_of(2)
}

/// A visit is finished and the browser killed some looks later; whether it must be saved by then, or cannot be.
fn saves_and_dies(profile: &std::path::Path, proxy: &Proxy, round: usize) -> Outcome<Option<bool>> {
    let browser = Browser::launch(profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.open()?;
    phone.page.wait_css("[data-household]")?;
    phone.open_at(round % 8)?;
    phone.start_visit()?;
    if has_answers(round) {
        phone.not_asked()?;
    } else {
        phone.met("没人在家")?;
    }
    phone.kept()?;
    // In the first of every four rounds the save has not ended when the browser does.
    if round.is_multiple_of(4) {
        phone.page.eval(HOLD)?;
    }
    phone.page.eval("document.querySelector('.bottom-bar .finish').click()")?;
    let mut said = None;
    match looks(round) {
        Some(looks) => {
            for _ in 0..looks {
                said = said.or(phone.page.text()?.contains("已保存到本机").then_some(true));
            }
        }
        None if round.is_multiple_of(4) => {
            phone.page.wait_css("html[data-held]")?;
            said = Some(false);
        }
        // In the last of every four rounds it is let be said: what was said has to be there.
        None => {
            phone.page.wait_text("已保存到本机")?;
            said = Some(true);
        }
    }
    browser.kill9();
    Ok(said)
}
