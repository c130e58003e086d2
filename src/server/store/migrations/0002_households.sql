-- What people did (the log), and what it says of each household now (projected; can be folded anew).

-- Every epoch this office had or heard of; begun_ms where it was its own.
CREATE TABLE epoch (
    epoch BLOB PRIMARY KEY,
    begun_ms INTEGER
);

-- First 8 bytes of chain(rev), for every rev ever given.
CREATE TABLE revision (
    rev INTEGER PRIMARY KEY,
    chain BLOB NOT NULL
);

-- The log. body holds plain bytes, or sealed ones where sealed_to is set. Two rows may share an id:
-- the later one is tainted id_taken and counts for nothing.
CREATE TABLE entry (
    rev INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    hash BLOB NOT NULL,
    device BLOB NOT NULL,
    seq INTEGER NOT NULL,
    household BLOB,
    author BLOB,
    kind TEXT NOT NULL,
    brought_by BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    body BLOB NOT NULL,
    sealed_to TEXT,
    taint TEXT,
    status TEXT NOT NULL,
    reason TEXT,
    status_rev INTEGER NOT NULL,
    UNIQUE (id, hash)
);
CREATE INDEX entry_household ON entry (household, rev);
CREATE INDEX entry_device ON entry (device, seq);
CREATE INDEX entry_brought_by ON entry (brought_by, status_rev);
CREATE INDEX entry_waiting ON entry (household) WHERE status <> 'projected';

-- What each phone says of itself: how much it made.
CREATE TABLE device (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    made INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
);
CREATE INDEX device_person ON device (person);

CREATE TABLE category (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    rules TEXT NOT NULL
);
CREATE TRIGGER category_made AFTER INSERT ON category BEGIN UPDATE meta SET union_rev = union_rev + 1; END;
CREATE TRIGGER category_changed AFTER UPDATE ON category BEGIN UPDATE meta SET union_rev = union_rev + 1; END;
CREATE TRIGGER category_gone AFTER DELETE ON category BEGIN UPDATE meta SET union_rev = union_rev + 1; END;

-- One row per household. is_open = registered. card = what helpers carry, as JSON without names.
-- <item>_is: 0 unknown, 1 rivals, 2 declined, 3 known, 4 not applicable, 5 known but declined since;
-- <item>_until: the last day on which 3, 4 and 5 hold.
-- figures = what coverage counts (books/figures.rs), read from household_figures alone.
CREATE TABLE household (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL UNIQUE,
    is_open INTEGER NOT NULL,
    unit BLOB,
    category BLOB,
    since INTEGER NOT NULL,
    last_visit INTEGER,
    due INTEGER NOT NULL,
    proposed_by BLOB,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    telephones TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    name_is INTEGER NOT NULL, name_until INTEGER NOT NULL,
    address_is INTEGER NOT NULL, address_until INTEGER NOT NULL,
    telephone_is INTEGER NOT NULL, telephone_until INTEGER NOT NULL,
    spouse_is INTEGER NOT NULL, spouse_until INTEGER NOT NULL,
    schooling_is INTEGER NOT NULL, schooling_until INTEGER NOT NULL,
    events_is INTEGER NOT NULL, events_until INTEGER NOT NULL,
    needs_open INTEGER NOT NULL,
    alerts_open INTEGER NOT NULL,
    figures BLOB NOT NULL,
    lines_hash BLOB NOT NULL,
    card BLOB NOT NULL
);
CREATE INDEX household_unit ON household (unit, is_open, due);
CREATE INDEX household_figures ON household (unit, id, figures) WHERE is_open = 1;
CREATE INDEX household_proposed ON household (proposed_by) WHERE proposed_by IS NOT NULL;

CREATE TABLE seat (
    household BLOB NOT NULL,
    seat TEXT NOT NULL,
    person BLOB NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER,
    PRIMARY KEY (household, seat, from_day)
);
CREATE INDEX seat_person ON seat (person, household);

CREATE TABLE visit (
    id BLOB PRIMARY KEY,
    household BLOB NOT NULL,
    day INTEGER NOT NULL,
    author BLOB NOT NULL,
    is_attempt INTEGER NOT NULL
);
CREATE INDEX visit_household ON visit (household, is_attempt, day);

CREATE TABLE need (
    id BLOB PRIMARY KEY,
    household BLOB NOT NULL,
    asked INTEGER NOT NULL,
    promised_until INTEGER,
    is_open INTEGER NOT NULL,
    line TEXT NOT NULL
);
CREATE INDEX need_household ON need (household);
CREATE INDEX need_open ON need (asked) WHERE is_open = 1;

CREATE TABLE alert (
    id BLOB PRIMARY KEY,
    household BLOB NOT NULL,
    day INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    line TEXT NOT NULL
);
CREATE INDEX alert_household ON alert (household);
CREATE INDEX alert_open ON alert (day) WHERE is_open = 1;

CREATE TABLE rival (
    household BLOB NOT NULL,
    slot TEXT NOT NULL,
    standing TEXT NOT NULL,
    PRIMARY KEY (household, slot)
);

CREATE TABLE feedback (
    id TEXT PRIMARY KEY,
    author BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    words TEXT NOT NULL,
    about TEXT NOT NULL,
    is_read INTEGER NOT NULL
);
