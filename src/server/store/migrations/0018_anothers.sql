-- What another brought is told its author, too, and is hardly ever there.
CREATE INDEX entry_anothers ON entry (author, status_rev) WHERE author <> brought_by;
