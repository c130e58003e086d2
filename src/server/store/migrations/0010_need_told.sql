-- Whether the family was told the answer: what is answered and not told is a list of its own.
ALTER TABLE need ADD COLUMN is_told INTEGER NOT NULL DEFAULT 0;
-- Quotes inside words are escaped in JSON, so nobody's words look like this.
UPDATE need SET is_told = 1 WHERE line LIKE '%"told":"%';
CREATE INDEX need_untold ON need (household) WHERE is_open = 0 AND is_told = 0;
