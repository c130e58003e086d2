-- Wrong guesses at codes and passwords, for all offices on this database; key is a hash of what was guessed at.
CREATE TABLE guess (
    key BLOB PRIMARY KEY,
    wrong INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
);
