//! One database: opened when first needed, closed when another tab upgrades it, opened again when the
//! browser lost it. What never opens is said to.

use super::{Found, StoreError, Task, Write, transaction, transaction::Plan};
use js_sys::Promise;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, Window};

/// How long an opening may take, in milliseconds. A page of an older layout may stand in its way: for a moment, while it
/// ends what it is at; or for good, and then the browser tells only the first who waits, and everybody behind nothing.
const PATIENCE_MS: i32 = 10_000;

/// One database of this origin.
#[derive(Clone)]
pub struct Database {
    name: Rc<str>,
    stores: &'static [&'static str],
    connection: Rc<RefCell<Option<Connection>>>,
}

/// An open connection, with the handlers that must live as long.
struct Connection {
    handle: IdbDatabase,
    _on_close: Closure<dyn FnMut()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.handle.set_onversionchange(None);
        self.handle.set_onclose(None);
        self.handle.close();
    }
}

impl Database {
    /// The database of this name with these object stores; nothing is opened yet.
    pub fn new(name: String, stores: &'static [&'static str]) -> Self {
        Self { name: name.into(), stores, connection: Rc::default() }
    }

    /// Its name; part of what binds a sealed row to its place.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs one transaction. The plan gets what the task's reads found and gives a result and the
    /// writes, or an error, which undoes everything. It may be called a second time, on a new
    /// connection, when the first one was lost: it must plan the same again or see what it did.
    ///
    /// # Errors
    /// The plan's own, or a [`StoreError`]: then it is unknown whether the writes are there.
    pub async fn run<T: 'static, E: From<StoreError> + 'static>(
        &self,
        task: Task,
        mut plan: impl FnMut(Vec<Found>) -> Result<(T, Vec<Write>), E> + 'static,
    ) -> Result<T, E> {
        let said = Rc::new(RefCell::new(None));
        let saying = Rc::clone(&said);
        let plan: Plan = Rc::new(RefCell::new(move |found| {
            let (result, writes) = match plan(found) {
                Ok((result, writes)) => (Ok(result), Some(writes)),
                Err(error) => (Err(error), None),
            };
            saying.replace(Some(result));
            writes
        }));
        let ended = self.transact(&task, &plan).await;
        // What the plan said no to was undone on purpose; what it said yes to counts once it is on the disk.
        match (said.take(), ended) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(result)), Ok(())) => Ok(result),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(StoreError::Broken("the plan was not asked".to_owned()).into()),
        }
    }

    /// One transaction, on a new connection where the first one was lost.
    async fn transact(&self, task: &Task, plan: &Plan) -> Result<(), StoreError> {
        let handle = self.open().await?;
        match transaction::run(&handle, task, Rc::clone(plan)).await {
            Err(StoreError::Closed) => {
                self.connection.borrow_mut().take();
                let handle = self.open().await?;
                transaction::run(&handle, task, Rc::clone(plan)).await
            }
            ended => ended,
        }
    }

    /// Only reads.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read(
        &self,
        stores: &'static [&'static str],
        reads: Vec<super::Read>,
    ) -> Result<Vec<Found>, StoreError> {
        let task = Task { stores, care: super::Care::Reading, reads };
        self.run(task, |found| Ok::<_, StoreError>((found, Vec::new()))).await
    }

    async fn open(&self) -> Result<IdbDatabase, StoreError> {
        if let Some(connection) = self.connection.borrow().as_ref() {
            return Ok(connection.handle.clone());
        }
        let mut handle = self.open_version(None).await?;
        let names = handle.object_store_names();
        if self.stores.iter().any(|store| !names.contains(store)) {
            let next = handle.version() + 1.0;
            handle.close();
            handle = self.open_version(Some(next)).await?;
        }
        let connection = Rc::downgrade(&self.connection);
        let on_close = Closure::<dyn FnMut()>::new(move || {
            if let Some(gone) = connection.upgrade().and_then(|connection| connection.borrow_mut().take()) {
                // Before this returns, or the browser tells the other page that it is kept waiting.
                gone.handle.close();
                // Dropped a moment later: a closure must not be freed while it runs.
                wasm_bindgen_futures::spawn_local(async move { drop(gone) });
            }
        });
        handle.set_onversionchange(Some(on_close.as_ref().unchecked_ref()));
        handle.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        *self.connection.borrow_mut() = Some(Connection { handle: handle.clone(), _on_close: on_close });
        Ok(handle)
    }

    /// Opens without a version where none is asked, so that an older app still opens what a newer made.
    async fn open_version(&self, version: Option<f64>) -> Result<IdbDatabase, StoreError> {
        let (window, factory) = browser()?;
        let request = match version {
            None => factory.open(&self.name),
            Some(version) => factory.open_with_f64(&self.name, version),
        };
        let request: IdbOpenDbRequest = request.map_err(|thrown| StoreError::of(&thrown))?;
        let (asked, stores) = (request.clone(), self.stores);
        let on_upgrade = Closure::<dyn FnMut()>::new(move || add_stores(&asked, stores));
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        let mut timer = None;
        let settled = Promise::new(&mut |resolve, _| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&resolve));
            let set = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS);
            timer = set.ok();
        });
        let waited = JsFuture::from(settled).await;
        timer.into_iter().for_each(|timer| window.clear_timeout_with_handle(timer));
        request.set_onerror(None);
        // The timer brings no event.
        if !waited.map_err(|thrown| StoreError::of(&thrown))?.is_instance_of::<Event>() {
            finish_alone(&request, on_upgrade);
            return Err(StoreError::Blocked);
        }
        request.set_onsuccess(None);
        request.set_onupgradeneeded(None);
        match request.result() {
            Ok(handle) => Ok(handle.unchecked_into()),
            Err(_) => Err(StoreError::told(request.error().ok().flatten().as_ref())),
        }
    }
}

/// The window, and its databases.
pub(super) fn browser() -> Result<(Window, IdbFactory), StoreError> {
    let found = web_sys::window().and_then(|window| Some((window.clone(), window.indexed_db().ok()??)));
    found.ok_or_else(|| StoreError::Broken("this browser gives no storage".to_owned()))
}

/// Nobody waits for it any more: once it may, it adds the stores all the same, and leaves nothing open.
fn finish_alone(request: &IdbOpenDbRequest, on_upgrade: Closure<dyn FnMut()>) {
    let opened = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(handle) = opened.result() {
            handle.unchecked_into::<IdbDatabase>().close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
    on_upgrade.forget(); // Once in a page's life, if ever.
}

/// Adds the object stores that are not there yet; a later version only ever adds.
fn add_stores(request: &IdbOpenDbRequest, stores: &[&str]) {
    let Ok(handle) = request.result().map(JsValue::unchecked_into::<IdbDatabase>) else { return };
    let names = handle.object_store_names();
    for store in stores.iter().filter(|store| !names.contains(store)) {
        // A refusal here fails the opening itself, with its own error.
        let _ = handle.create_object_store(store);
    }
}
