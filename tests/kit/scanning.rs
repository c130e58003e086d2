//! The kit's own test of scanning a profile.
