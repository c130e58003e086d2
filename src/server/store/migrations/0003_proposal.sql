-- Which proposal of a household stands, since its author can correct it and take it back.
ALTER TABLE household ADD COLUMN proposal BLOB;
UPDATE household SET proposal = (SELECT id FROM entry WHERE entry.household = household.id
    AND kind = 'propose' AND status = 'projected' ORDER BY id LIMIT 1) WHERE proposed_by IS NOT NULL;
