-- What a person had seen when they took a roster in: a repeat is one only if it is of the same.
ALTER TABLE roster ADD COLUMN seen TEXT NOT NULL DEFAULT '';
-- 身份证号 as it stands, for the roster that is written out; no list and no card carries it.
ALTER TABLE household ADD COLUMN id_number TEXT;
