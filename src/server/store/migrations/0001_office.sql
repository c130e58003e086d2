-- The office itself: its counter, who belongs to it, who may sign in, what was looked at.
-- Ids are 16 bytes, times Unix milliseconds, days whole numbers.

-- One row. rev is raised first by every transaction that changes what phones see.
CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    rev INTEGER NOT NULL,
    chain BLOB NOT NULL,
    epoch BLOB NOT NULL,
    demo INTEGER NOT NULL,
    made_ms INTEGER NOT NULL,
    union_name TEXT NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    last_backup_ms INTEGER,
    last_keys_backup_ms INTEGER,
    union_rev INTEGER NOT NULL DEFAULT 0
);
-- union_rev counts the changes of what every phone holds of the union (union/card.rs). Triggers raise it, so
-- that no writer of settings, units or categories can forget to.
CREATE TRIGGER settings_changed AFTER UPDATE OF union_name, utc_offset_minutes ON meta
    BEGIN UPDATE meta SET union_rev = union_rev + 1; END;

-- Every public key ever shown to a phone; restore compares it with the keys at hand.
CREATE TABLE office_key (
    id TEXT PRIMARY KEY,
    public BLOB NOT NULL,
    published_ms INTEGER NOT NULL
);

-- The tree. path holds the ids from the root to the unit in hex, each followed by '/'.
CREATE TABLE unit (
    id BLOB PRIMARY KEY,
    parent BLOB REFERENCES unit (id),
    level TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,
    depth INTEGER NOT NULL,
    made_ms INTEGER NOT NULL
);
CREATE INDEX unit_parent ON unit (parent);
CREATE TRIGGER unit_made AFTER INSERT ON unit BEGIN UPDATE meta SET union_rev = union_rev + 1; END;
CREATE TRIGGER unit_changed AFTER UPDATE ON unit BEGIN UPDATE meta SET union_rev = union_rev + 1; END;
CREATE TRIGGER unit_gone AFTER DELETE ON unit BEGIN UPDATE meta SET union_rev = union_rev + 1; END;

CREATE TABLE person (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    sign_in_name TEXT NOT NULL,
    sign_in_key TEXT NOT NULL UNIQUE,
    unit BLOB NOT NULL REFERENCES unit (id),
    telephone TEXT NOT NULL,
    password TEXT,
    made_ms INTEGER NOT NULL,
    last_contact_ms INTEGER
);
CREATE INDEX person_unit ON person (unit);

CREATE TABLE role_grant (
    person BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    unit BLOB NOT NULL REFERENCES unit (id),
    PRIMARY KEY (person, role, unit)
);
CREATE INDEX role_grant_unit ON role_grant (unit);

-- token is the sha256 of what the browser holds.
CREATE TABLE session (
    token BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    device BLOB,
    made_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
);
CREATE INDEX session_person ON session (person);

-- One open invitation per person; link is a sha256, code a hash under a key kept outside the database.
CREATE TABLE invitation (
    person BLOB PRIMARY KEY REFERENCES person (id),
    link BLOB NOT NULL UNIQUE,
    code BLOB NOT NULL,
    made_by BLOB,
    made_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    wrong_tries INTEGER NOT NULL,
    spent_ms INTEGER
);

-- What people did that is no entry: sign-ins, reads of a household's file, exports.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    person BLOB,
    act TEXT NOT NULL,
    household BLOB,
    detail TEXT NOT NULL
);
CREATE INDEX audit_household ON audit (household, at_ms);
CREATE INDEX audit_person ON audit (person, at_ms);
