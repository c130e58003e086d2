-- Files that were ever merged with one another, each way; and which id a file shares now, if any.
CREATE TABLE half (
    household BLOB NOT NULL,
    other BLOB NOT NULL,
    PRIMARY KEY (household, other)
);
CREATE TABLE shared (
    household BLOB PRIMARY KEY,
    shared BLOB NOT NULL
);
