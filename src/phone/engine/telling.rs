//! Words about the app, kept until the office has them. Their id makes a repeat harmless.

use super::{Trouble, opening::Opened, saving::hex, shelf};
use crate::{
    link,
    store::{Care, Found, Read, Task, Write},
};
use protocol::office::NewFeedback;

/// Keeps words until they are sent.
pub async fn keep(opened: &Opened, words: &str, about: &str) -> Result<(), Trouble> {
    let mut id = [0; 16];
    opened.work.around.random(&mut id);
    let feedback = NewFeedback { id: hex(&id), words: words.to_owned(), about: about.to_owned() };
    let write = opened.work.put(shelf::FEEDBACK, &feedback.id, &feedback)?;
    write_work(opened, write).await
}

/// Sends what was kept; gives how many went.
pub async fn send_all(opened: &Opened) -> Result<usize, Trouble> {
    let found = opened.work.database.read(shelf::WORK, vec![Read::All(shelf::FEEDBACK)]).await?;
    // What cannot be read stays; the queue's count of damaged rows tells.
    let kept = found
        .first()
        .map(|found| opened.work.values::<NewFeedback>(shelf::FEEDBACK, found).0)
        .unwrap_or_default();
    let count = kept.len();
    for (key, feedback) in kept {
        link::tell("/api/feedback", &feedback).await?;
        write_work(opened, Write::Delete(shelf::FEEDBACK, key)).await?;
    }
    Ok(count)
}

async fn write_work(opened: &Opened, write: Write) -> Result<(), Trouble> {
    let reads = vec![Read::One(shelf::META, shelf::COUNTER.to_owned())];
    let (rows, task) = (opened.work.clone(), Task { stores: shelf::WORK, care: Care::Strict, reads });
    let plan = move |found: Vec<Found>| {
        rows.counter(found.first())?;
        Ok(((), vec![write.clone()]))
    };
    opened.work.database.run(task, plan).await
}
