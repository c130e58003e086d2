//! What every store must do: one list of cases for the office's books, run over each implementation.
