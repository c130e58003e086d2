-- A fingerprint of what a row says of whose it is: to find it by. Rows of before get theirs when the office opens.
ALTER TABLE roster_row ADD COLUMN identity BLOB;
CREATE INDEX roster_row_identity ON roster_row (identity);
