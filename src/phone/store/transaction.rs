//! One transaction from its first read to `complete`.
//!
//! Every step after the reads happens inside the browser's own callback, so the transaction is alive
//! when the plan's writes are asked for. There is no `await` here but the one for its end.

use super::{Care, Found, Read, Row, StoreError, Task, Write};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbRequest, IdbTransaction};

/// What a transaction does, whatever it is about: given what was found, the writes; `None` undoes everything.
pub(super) type Plan = Rc<RefCell<dyn FnMut(Vec<Found>) -> Option<Vec<Write>>>>;

/// The requests of one [`Read`]: keys and values; either may be missing.
struct Asked {
    key: Option<String>,
    keys: Option<IdbRequest>,
    values: Option<IdbRequest>,
}

/// Runs one transaction to its end: `Ok` when it is complete, or undone because the plan said no.
pub(super) async fn run(database: &IdbDatabase, task: &Task, plan: Plan) -> Result<(), StoreError> {
    let transaction = begin(database, task).map_err(|thrown| StoreError::of(&thrown))?;
    let concluded: Rc<RefCell<Option<Result<bool, StoreError>>>> = Rc::default();
    let asked = Rc::new(ask(&transaction, &task.reads).map_err(|thrown| undo(&transaction, &thrown))?);
    let requests: Vec<IdbRequest> =
        asked.iter().flat_map(|one| [&one.keys, &one.values]).flatten().cloned().collect();

    let act = {
        let (transaction, concluded, asked) = (transaction.clone(), Rc::clone(&concluded), Rc::clone(&asked));
        move || {
            let done = conclude(&transaction, &asked, &plan);
            if !matches!(done, Ok(true)) {
                // Already over where this throws; it is undone either way.
                let _ = transaction.abort();
            }
            concluded.replace(Some(done));
        }
    };
    let mut left = requests.len();
    let mut act = Some(act);
    let mut step = move || {
        left = left.saturating_sub(1);
        if left == 0
            && let Some(act) = act.take()
        {
            act();
        }
    };
    let ended = end_of(&transaction);
    let on_success = if requests.is_empty() {
        step();
        None
    } else {
        Some(Closure::<dyn FnMut()>::new(step))
    };
    for request in &requests {
        request.set_onsuccess(on_success.as_ref().map(|closure| closure.as_ref().unchecked_ref()));
    }
    let ended = JsFuture::from(ended).await;
    for request in &requests {
        request.set_onsuccess(None);
    }
    let completed =
        ended.is_ok_and(|event| event.dyn_into::<Event>().is_ok_and(|event| event.type_() == "complete"));
    match concluded.take() {
        Some(Err(error)) => Err(error),
        Some(Ok(false)) => Ok(()),
        Some(Ok(true)) if completed => Ok(()),
        _ => Err(StoreError::told(transaction.error().as_ref())),
    }
}

/// Begins; durability through the options that web-sys does not type yet.
fn begin(database: &IdbDatabase, task: &Task) -> Result<IdbTransaction, JsValue> {
    let stores: Array = task.stores.iter().map(|store| JsValue::from_str(store)).collect();
    let (mode, durability) = match task.care {
        Care::Reading => ("readonly", "default"),
        Care::Relaxed => ("readwrite", "relaxed"),
        Care::Strict => ("readwrite", "strict"),
    };
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &durability.into())?;
    let begin: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    begin.call3(database, &stores, &mode.into(), &options)?.dyn_into()
}

/// Resolves with the event of its end: `complete` or `abort`.
fn end_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, _| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&resolve));
    })
}

fn undo(transaction: &IdbTransaction, thrown: &JsValue) -> StoreError {
    // Already over where this throws.
    let _ = transaction.abort();
    StoreError::of(thrown)
}

/// Issues every read.
fn ask(transaction: &IdbTransaction, reads: &[Read]) -> Result<Vec<Asked>, JsValue> {
    reads.iter().map(|read| ask_one(transaction, read)).collect()
}

fn ask_one(transaction: &IdbTransaction, read: &Read) -> Result<Asked, JsValue> {
    let store = transaction.object_store(read.store())?;
    Ok(match read {
        Read::One(_, key) => {
            Asked { key: Some(key.clone()), keys: None, values: Some(store.get(&key.as_str().into())?) }
        }
        Read::All(_) => {
            Asked { key: None, keys: Some(store.get_all_keys()?), values: Some(store.get_all()?) }
        }
        Read::After(_, key, limit) => {
            let range = web_sys::IdbKeyRange::lower_bound_with_open(&key.as_str().into(), true)?;
            Asked {
                key: None,
                keys: Some(store.get_all_keys_with_key_and_limit(&range, *limit)?),
                values: Some(store.get_all_with_key_and_limit(&range, *limit)?),
            }
        }
        Read::Between(_, first, last) => {
            let range = web_sys::IdbKeyRange::bound(&first.as_str().into(), &last.as_str().into())?;
            Asked {
                key: None,
                keys: Some(store.get_all_keys_with_key(&range)?),
                values: Some(store.get_all_with_key(&range)?),
            }
        }
        Read::Keys(_) => Asked { key: None, keys: Some(store.get_all_keys()?), values: None },
    })
}

/// Everything was read: asks the plan, issues its writes; whether it had any to give.
fn conclude(transaction: &IdbTransaction, asked: &[Asked], plan: &Plan) -> Result<bool, StoreError> {
    let of = |thrown: JsValue| StoreError::of(&thrown);
    let found = asked.iter().map(found).collect::<Result<_, _>>().map_err(of)?;
    let Some(writes) = (plan.borrow_mut())(found) else { return Ok(false) };
    writes.iter().try_for_each(|write| issue(transaction, write)).map_err(of)?;
    Ok(true)
}

fn found(asked: &Asked) -> Result<Found, JsValue> {
    let values = asked.values.as_ref().map(IdbRequest::result).transpose()?;
    if let Some(key) = &asked.key {
        let value = values.filter(|value| !value.is_undefined());
        return Ok(value.map(|value| (key.clone(), Row::from_js(&value))).into_iter().collect());
    }
    let keys = asked.keys.as_ref().map(IdbRequest::result).transpose()?;
    let keys: Array = keys.unwrap_or_else(|| Array::new().into()).dyn_into()?;
    let values: Option<Array> = values.map(JsCast::dyn_into).transpose()?;
    let row = |at: u32| values.as_ref().map_or(Row::Unread, |values| Row::from_js(&values.get(at)));
    let keys = keys.iter().zip(0..);
    Ok(keys.filter_map(|(key, at)| Some((key.as_string()?, row(at)))).collect())
}

fn issue(transaction: &IdbTransaction, write: &Write) -> Result<(), JsValue> {
    match write {
        Write::Put(store, key, row) => {
            transaction.object_store(store)?.put_with_key(&row.to_js(), &key.as_str().into())?;
        }
        Write::Delete(store, key) => {
            transaction.object_store(store)?.delete(&key.as_str().into())?;
        }
    }
    Ok(())
}
