-- By which fold what is projected was made: what an older one made is made again when the office opens.
ALTER TABLE meta ADD COLUMN fold INTEGER NOT NULL DEFAULT 0;
-- Whose seat it is while somebody else sits in it for a while.
ALTER TABLE seat ADD COLUMN own BLOB;
