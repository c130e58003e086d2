-- Rosters taken in, and what they said: the next one is held against it.

-- A fingerprint of the ID number: to find a household by, not to read.
ALTER TABLE household ADD COLUMN id_hash TEXT;
CREATE INDEX household_id_hash ON household (id_hash) WHERE id_hash IS NOT NULL;

-- A file that a registrar brought and has not taken in yet; forgotten after a day.
CREATE TABLE roster_file (
    id TEXT NOT NULL,
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    body BLOB NOT NULL,
    brought_ms INTEGER NOT NULL,
    PRIMARY KEY (id, person)
);

-- A file that was taken in, or given out to be edited; number counts them. mapping and counts are JSON.
CREATE TABLE roster (
    id BLOB PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    unit BLOB NOT NULL,
    day INTEGER NOT NULL,
    taken_ms INTEGER NOT NULL,
    taken_by BLOB NOT NULL,
    file_name TEXT NOT NULL,
    mapping TEXT NOT NULL,
    counts TEXT NOT NULL,
    is_export INTEGER NOT NULL,
    withdrawn_ms INTEGER
);

-- What it said of each household that went in, cells and all: JSON.
CREATE TABLE roster_row (
    roster BLOB NOT NULL,
    household BLOB NOT NULL,
    place INTEGER NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (roster, household)
);
CREATE INDEX roster_row_household ON roster_row (household);

-- Which unit it meant by branch and group, and whom by a helper's name; is_made where the file brought them.
CREATE TABLE roster_unit (
    roster BLOB NOT NULL,
    branch TEXT NOT NULL,
    group_name TEXT NOT NULL,
    unit BLOB NOT NULL,
    is_made INTEGER NOT NULL,
    PRIMARY KEY (roster, branch, group_name)
);
CREATE TABLE roster_person (
    roster BLOB NOT NULL,
    branch TEXT NOT NULL,
    name TEXT NOT NULL,
    telephone TEXT NOT NULL,
    person BLOB NOT NULL,
    is_made INTEGER NOT NULL,
    PRIMARY KEY (roster, branch, name, telephone)
);
