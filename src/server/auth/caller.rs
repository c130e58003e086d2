//! Who calls, as the table of access let them in: handlers learn scopes from here and nowhere else.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::id::{DeviceId, PersonId, UnitId};
use protocol::sign_in::{RefusalCode, Role};

use super::deposit_cookie::DepositCookie;
use super::session::Session;
use crate::error::ApiError;

/// A grant with the place of its unit in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What they may do.
    pub role: Role,
    /// The top of the subtree.
    pub unit: UnitId,
    /// That unit's path; every unit below has it as a prefix.
    pub path: String,
}

impl Scope {
    /// Whether a unit with this path lies in the subtree.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        path.starts_with(&self.path)
    }

    /// Whether its top is a root: a path has one id for each unit down to its own.
    fn is_whole_tree(&self) -> bool {
        self.path.matches('/').count() == 1
    }
}

/// Somebody signed in. `scopes` holds only the grants whose role the route admits.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Their session.
    pub session: Session,
    /// Where they may do what the route does.
    pub scopes: Vec<Scope>,
    /// Everything they may do, for the few routes that decide by it.
    pub all_scopes: Vec<Scope>,
}

impl Caller {
    /// Who.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.session.person
    }

    /// Whether a unit with this path is in scope for this route.
    #[must_use]
    pub fn reaches(&self, path: &str) -> bool {
        self.scopes.iter().any(|scope| scope.holds(path))
    }

    /// Refuses what is out of scope as if it did not exist.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`].
    pub fn need(&self, path: &str) -> Result<(), RefusalCode> {
        if self.reaches(path) { Ok(()) } else { Err(RefusalCode::NotFound) }
    }

    /// The same of what may lie in no unit: that is in the scope of whoever stands at a root of the tree.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`].
    pub fn need_somewhere(&self, path: Option<&str>) -> Result<(), RefusalCode> {
        let at_root = || self.scopes.iter().any(Scope::is_whole_tree);
        match path {
            Some(path) => self.need(path),
            None if at_root() => Ok(()),
            None => Err(RefusalCode::NotFound),
        }
    }

    /// The units under which this route shows things, none of them under another.
    #[must_use]
    pub fn tops(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.scopes.iter().map(|scope| scope.path.clone()).collect();
        paths.sort();
        let mut tops: Vec<String> = Vec::new();
        for path in paths {
            if !tops.iter().any(|top| path.starts_with(top.as_str())) {
                tops.push(path);
            }
        }
        tops
    }
}

/// Whoever may put records down: by deposit cookies, one for each device of the browser, or by a session.
#[derive(Clone, Debug)]
pub struct Depositor {
    /// Who, where no cookie speaks for the device: whose session it is, else whose cookie is the latest.
    pub person: PersonId,
    /// The cookies.
    pub cookies: Vec<DepositCookie>,
}

impl Depositor {
    /// Who brings what this device made: whose cookie it has, or had under an earlier id, whoever is signed in.
    #[must_use]
    pub fn of(&self, device: DeviceId, earlier: &[DeviceId]) -> PersonId {
        let own = self.cookies.iter().find(|cookie| cookie.device == device);
        let before = || self.cookies.iter().find(|cookie| earlier.contains(&cookie.device));
        own.or_else(before).map_or(self.person, |cookie| cookie.person)
    }
}

macro_rules! handed_on_by_the_table {
    ($($kind:ty),*) => {$(
        impl<S: Sync> FromRequestParts<S> for $kind {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
                parts
                    .extensions
                    .get::<$kind>()
                    .cloned()
                    .ok_or_else(|| ApiError::internal("the route's row in the access table lets nobody in this way"))
            }
        }
    )*};
}
handed_on_by_the_table!(Caller, Depositor);
