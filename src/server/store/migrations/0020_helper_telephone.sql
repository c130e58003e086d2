-- The telephone that somebody had before a roster gave them another: taken back, it is theirs again.
ALTER TABLE roster_person ADD COLUMN telephone_was TEXT;
