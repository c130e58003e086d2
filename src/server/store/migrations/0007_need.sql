-- A need belongs to its household: two that say one id are two.
ALTER TABLE need RENAME TO need_of_any;
DROP INDEX need_household;
DROP INDEX need_open;
CREATE TABLE need (
    id BLOB NOT NULL,
    household BLOB NOT NULL,
    asked INTEGER NOT NULL,
    promised_until INTEGER,
    is_open INTEGER NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (household, id)
);
CREATE INDEX need_open ON need (asked) WHERE is_open = 1;
INSERT INTO need (id, household, asked, promised_until, is_open, line)
    SELECT id, household, asked, promised_until, is_open, line FROM need_of_any;
DROP TABLE need_of_any;
