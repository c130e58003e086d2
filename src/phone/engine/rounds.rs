//! A round: everything that can be sent is sent, then what is new is fetched. One at a time in this
//! tab, and in one tab at a time; after it the next one is set.

use super::{
    Event, Inner, SignInWhy, Trouble,
    fetching::{Progress, drop_all, fetch_all},
    opening::Opened,
    proposing,
    sending::{forget_aside, send_all, waiting},
    telling, trying,
};
use crate::link::{self, LinkError};
use protocol::sign_in::{Me, RefusalCode};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// How long after a save the try begins, in milliseconds.
const MOMENT_MS: i32 = 300;

/// How often a long queue tells of itself while it leaves, in milliseconds: whoever hears of it reads all of it again,
/// which costs more than sending a part of it.
const TOLD_EVERY_MS: u64 = 5_000;

/// What a round came to.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Ended {
    /// Everything went; the next look is in some minutes.
    Well,
    /// Another tab is at it.
    Elsewhere,
    /// Something is in the way.
    Badly(Trouble),
}

/// It may be worth trying now.
pub fn chance(inner: &Rc<Inner>) {
    if inner.here.borrow().is_none() && inner.leaving.borrow().is_empty() {
        return;
    }
    inner.pace.again.set(true);
    if inner.pace.running.replace(true) {
        return;
    }
    let inner = Rc::clone(inner);
    let around = Rc::clone(&inner.around);
    around.start(Box::pin(async move {
        let mut ended = Ended::Well;
        while inner.pace.again.replace(false) {
            inner.emit(Event::Trying(true));
            ended = rounds(&inner).await;
            inner.emit(Event::Trying(false));
            if ended != Ended::Well {
                break;
            }
        }
        inner.pace.running.set(false);
        plan_next(&inner, &ended);
    }));
}

/// Something was just saved: tries in a moment, once the screen has said so.
pub fn soon(inner: &Rc<Inner>) {
    if inner.pace.running.get() {
        inner.pace.again.set(true);
    } else {
        wake_in(inner, MOMENT_MS, false);
    }
}

/// Sets the next try by itself.
fn plan_next(inner: &Rc<Inner>, ended: &Ended) {
    let mut random = [0; 4];
    inner.around.random(&mut random);
    let failures = match ended {
        Ended::Well => 0,
        Ended::Elsewhere => inner.pace.failures.get().max(3),
        Ended::Badly(_) => inner.pace.failures.get().saturating_add(1),
    };
    inner.pace.failures.set(failures);
    let random = u32::from_le_bytes(random);
    let asked_ms = match ended {
        Ended::Badly(Trouble::Refused(refusal))
            if matches!(
                refusal.code,
                RefusalCode::SignInNeeded | RefusalCode::Left | RefusalCode::NotAllowed
            ) =>
        {
            trying::look_ms(random)
        }
        Ended::Badly(Trouble::Refused(refusal)) => {
            u64::try_from(refusal.retry_after_ms.unwrap_or(0)).unwrap_or(0)
        }
        Ended::Well => trying::look_ms(random),
        _ => 0,
    };
    let wait_ms = trying::wait_ms(failures, random).max(asked_ms).min(24 * 3_600_000);
    let wait_ms = i32::try_from(wait_ms).unwrap_or(i32::MAX);
    let next_ms = inner.around.now_ms().saturating_add(i64::from(wait_ms));
    inner.pace.next_ms.set(Some(next_ms));
    inner.emit(Event::NextTry(Some(next_ms)));
    wake_in(inner, wait_ms, *ended == Ended::Well);
}

/// Tries in so many milliseconds. A mere look for news is spared while nobody sees the page: coming to the front is a
/// chance of its own.
fn wake_in(inner: &Rc<Inner>, wait_ms: i32, only_looks: bool) {
    let woken = Rc::downgrade(inner);
    let wake = move || {
        let Some(inner) = woken.upgrade() else { return };
        if !(only_looks && inner.around.is_hidden()) {
            chance(&inner);
        }
    };
    inner.around.wake_in(wait_ms, Box::new(wake));
}

/// One round for everybody who has something on this phone.
async fn rounds(inner: &Rc<Inner>) -> Ended {
    let leaving: Vec<Rc<Opened>> = inner.leaving.borrow().clone();
    for opened in leaving {
        let ended = alone(inner, &opened, false).await;
        let is_lost = ended == Ended::Badly(Trouble::StorageLost);
        if is_lost || matches!(waiting(&opened).await, Ok(0)) {
            inner.leaving.borrow_mut().retain(|other| !Rc::ptr_eq(other, &opened));
        }
        if is_lost {
            inner.find_leaving(&[]).await;
        }
        if let Ended::Badly(Trouble::NoAnswer(_)) = ended {
            return ended;
        }
    }
    let here = inner.here.borrow().clone();
    match here {
        Some(opened) => alone(inner, &opened, true).await,
        None => Ended::Well,
    }
}

/// One person's round under the lock among all tabs.
async fn alone(inner: &Rc<Inner>, opened: &Rc<Opened>, signed_in: bool) -> Ended {
    let ended = Rc::new(Cell::new(Ended::Elsewhere));
    let work = {
        let (inner, opened, ended) = (Rc::clone(inner), Rc::clone(opened), Rc::clone(&ended));
        Box::pin(async move {
            let came = round(&inner, &opened, signed_in).await;
            if signed_in && came == Err(Trouble::StorageLost) {
                inner.noted(inner.recover().await.map(|_| ()));
            }
            if came.as_ref().is_err_and(is_left) {
                inner.noted(drop_all(&opened).await);
                inner.emit(Event::AllChanged);
            }
            ended.set(came.map_or_else(|trouble| inner.trouble(trouble), |()| Ended::Well));
        })
    };
    inner.around.alone(format!("lzd-sender-{}", opened.person), work).await;
    ended.replace(Ended::Elsewhere)
}

async fn round(inner: &Rc<Inner>, opened: &Rc<Opened>, signed_in: bool) -> Result<(), Trouble> {
    if inner.pace.all.replace(false) {
        forget_aside(opened).await?;
    }
    let mut unanswered = send(inner, opened).await?;
    if !signed_in {
        return answered(unanswered);
    }
    let fetched = fetch_all(opened, &|progress| tell(inner, opened, progress)).await;
    if fetched.as_ref().is_err_and(is_not_allowed) && is_another_signed_in(opened).await {
        inner.emit(Event::SignInNeeded(SignInWhy::SomebodyElse));
    }
    let fetched = fetched?;
    let proposed = proposing::offer(opened, &fetched).await?;
    if !fetched.unknown.is_empty() {
        inner.emit(Event::AllChanged);
    }
    if proposed > 0 {
        inner.changed(opened);
    }
    if fetched.set_back || proposed > 0 {
        inner.agree_soon(opened, false);
        unanswered = send(inner, opened).await?;
    }
    // Last, so that words the office does not take keep nothing else back.
    if telling::send_all(opened).await? > 0 {
        inner.changed(opened);
    }
    answered(unanswered)
}

/// Records without a receipt wait for the next try, which comes later than after a good round.
fn answered(unanswered: usize) -> Result<(), Trouble> {
    if unanswered == 0 { Ok(()) } else { Err(Trouble::NoAnswer(LinkError::NotTheOffice { status: 200 })) }
}

/// Sends; gives for how many records no receipt came.
async fn send(inner: &Rc<Inner>, opened: &Rc<Opened>) -> Result<usize, Trouble> {
    let received = inner.received.borrow().clone();
    let (told, moved) = (RefCell::new(Told::default()), Cell::new(false));
    let heard = |contact, got: &super::sending::Sent| {
        inner.emit(Event::Contact(contact));
        if got.set_back {
            inner.emit(Event::OfficeSetBack);
        }
        moved.set(moved.get() || got.received > 0 || got.set_back);
        if told.borrow_mut().is_due(got.received > 0 || got.set_back, inner.around.now_ms()) {
            inner.changed(opened);
        }
    };
    let sent = send_all(opened, &received, &heard).await;
    if told.borrow().owed {
        inner.changed(opened);
    }
    if moved.get() {
        inner.agree_soon(opened, false);
    }
    let sent = sent?;
    if sent.unanswered > 0 {
        inner.around.note(&format!("{} records without a receipt", sent.unanswered));
    }
    Ok(sent.unanswered)
}

/// What was told of a long queue while it leaves.
#[derive(Default)]
struct Told {
    /// Something came since that was not told.
    owed: bool,
    /// When it was told last.
    at_ms: Option<i64>,
}

impl Told {
    /// Whether it is told now: the first at once, since the next answer may never come; the others now and then.
    fn is_due(&mut self, came: bool, now_ms: i64) -> bool {
        self.owed |= came;
        let due = self.owed && self.at_ms.is_none_or(|at_ms| now_ms.abs_diff(at_ms) >= TOLD_EVERY_MS);
        if due {
            *self = Self { owed: false, at_ms: Some(now_ms) };
        }
        due
    }
}

fn tell(inner: &Rc<Inner>, opened: &Opened, progress: Progress) {
    match progress {
        Progress::Contact(contact) => {
            inner.emit(Event::Contact(contact));
            inner.emit(Event::News(contact.server_time_ms));
        }
        Progress::Cards(done, total) => {
            inner.emit(Event::CardsChanged { done, total });
            inner.around.tell_tabs(&opened.person.to_string());
        }
        Progress::Statuses => inner.changed(opened),
        Progress::SetBack => inner.emit(Event::OfficeSetBack),
    }
}

/// Whether the office says that this session may not ask for changes.
fn is_not_allowed(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Refused(refusal) if refusal.code == RefusalCode::NotAllowed)
}

/// Whether the session of this browser is another person's, as after a sign-in at the desk.
async fn is_another_signed_in(opened: &Opened) -> bool {
    link::get::<Me>("/api/me").await.is_ok_and(|me| me.person != opened.person)
}

/// Whether the office says that this person has left.
fn is_left(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Refused(refusal) if refusal.code == RefusalCode::Left)
}

impl Inner {
    /// Says what the person must know of a round's trouble; the network's own is no news.
    fn trouble(&self, trouble: Trouble) -> Ended {
        match &trouble {
            Trouble::Refused(refusal) if refusal.code == RefusalCode::SignInNeeded => {
                self.emit(Event::SignInNeeded(SignInWhy::Ended))
            }
            left if is_left(left) => self.emit(Event::Left),
            Trouble::StorageFull => self.emit(Event::StorageFull),
            Trouble::NoAnswer(error) => self.emit(Event::NoAnswer(error.clone())),
            Trouble::Refused(_) => self.emit(Event::PutOff),
            closed if closed.is_closed_storage() => {
                self.around.note(&format!("round: {trouble:?}"));
                self.emit(Event::StorageClosed);
            }
            other => self.around.note(&format!("round: {other:?}")),
        }
        Ended::Badly(trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    #[test]
    fn the_first_receipts_are_told_at_once_and_later_ones_now_and_then() {
        let mut told = Told::default();
        let answers = [(false, 0), (true, 10), (true, 20), (false, 5_009), (false, 5_010), (false, 30_000)];
        let due: Vec<bool> = answers.into_iter().map(|(came, at_ms)| told.is_due(came, at_ms)).collect();
        assert_eq!(due, [false, true, false, false, true, false]);
        assert!(told.is_due(true, 30_000));
        assert!(!told.is_due(true, 30_001) && told.owed, "the end of the round tells it");
    }
}
