//! One among all tabs: a Web Lock, held while a piece of work runs.

use super::window;
use crate::engine::Work;
use js_sys::{Function, Object, Promise, Reflect};
use std::{cell::Cell, cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Does the work while holding the lock; `false` without doing it when another tab holds it.
pub(super) async fn alone(name: String, work: Work) -> bool {
    let did = Rc::new(Cell::new(false));
    let work = RefCell::new(Some(work));
    let done = Rc::clone(&did);
    let hold = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
        let work = if lock.is_null() { None } else { work.borrow_mut().take() };
        done.set(work.is_some());
        future_to_promise(async move {
            if let Some(work) = work {
                work.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let Ok(asked) = request(&name, &hold) else { return false };
    JsFuture::from(asked).await.is_ok() && did.get()
}

/// web-sys does not type Web Locks yet.
fn request(name: &str, hold: &Closure<dyn FnMut(JsValue) -> Promise>) -> Result<Promise, JsValue> {
    let locks = Reflect::get(&window().navigator(), &"locks".into())?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE)?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    request.call3(&locks, &name.into(), &options, hold.as_ref())?.dyn_into()
}
