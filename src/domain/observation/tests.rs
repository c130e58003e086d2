//! What stands.
