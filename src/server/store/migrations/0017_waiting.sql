-- Households that wait for approval are counted on every page of the chair's, and are few.
CREATE INDEX household_waiting ON household (unit) WHERE is_open = 0 AND proposal IS NOT NULL;
