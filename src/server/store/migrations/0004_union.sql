-- Units that are closed and stand in an order, people who left, categories that are closed, and the day by
-- whose rules the households were counted.
ALTER TABLE unit ADD COLUMN closed_ms INTEGER;
ALTER TABLE unit ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE unit SET position = (SELECT count(*) FROM unit other WHERE other.parent IS NOT DISTINCT FROM unit.parent
    AND (other.made_ms < unit.made_ms OR (other.made_ms = unit.made_ms AND other.id < unit.id)));
ALTER TABLE person ADD COLUMN left_ms INTEGER;
ALTER TABLE category ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN counted_day INTEGER;
