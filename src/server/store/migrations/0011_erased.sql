-- What was erased, for good: files, entries and needs by their ids. Written before a body is wiped, and kept beside
-- the database too (erased.txt), so that a restore does not bring it back.
CREATE TABLE erased (
    household BLOB NOT NULL,
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (household, kind, id)
);
CREATE INDEX erased_id ON erased (id);
