-- What a phone made and what of it arrived; and which devices are one phone.
-- phone: the first device of a handset that lost its storage and went on as another; none = this one is the first.
-- arrived: distinct seqs in the log. noted: how many somebody at the desk knows to be missing.
ALTER TABLE device ADD COLUMN phone BLOB;
ALTER TABLE device ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;
UPDATE device SET arrived = (SELECT count(DISTINCT seq) FROM entry WHERE entry.device = device.id);

-- The few households of which nobody has said what they are.
CREATE INDEX household_without_category ON household (unit) WHERE category IS NULL AND is_open = 1;
