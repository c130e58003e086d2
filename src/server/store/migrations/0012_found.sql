-- What households are found by that resemble one another: a name, how it may be read, a number, an address.
CREATE TABLE household_trait (
    trait TEXT NOT NULL,
    household BLOB NOT NULL,
    PRIMARY KEY (trait, household)
);
CREATE INDEX household_trait_of ON household_trait (household);

-- Units that something in the log ever named: they can be closed, not removed.
CREATE TABLE unit_named (
    unit BLOB PRIMARY KEY
);

-- Categories whose households are being counted anew, and up to which household that is done.
CREATE TABLE recount (
    category BLOB PRIMARY KEY,
    done_to BLOB NOT NULL
);
CREATE INDEX household_category ON household (category, id);
