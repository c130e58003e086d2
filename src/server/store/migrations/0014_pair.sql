-- Records of visits that look as if they were of one, and nobody has said yet whether they are.
CREATE TABLE pair (
    household BLOB NOT NULL,
    visit BLOB NOT NULL,
    other BLOB NOT NULL,
    PRIMARY KEY (household, visit, other)
);
-- Those that are there already: two who answer for the household wrote one down, on one day or the next. One of whom
-- only the other's record knows comes with the next entry of the household.
INSERT INTO pair (household, visit, other)
SELECT one.household, one.id, two.id
FROM visit one JOIN visit two ON two.household = one.household AND two.is_attempt = 0
    AND two.day >= one.day AND two.day <= one.day + 1 AND two.author <> one.author
    AND (two.day > one.day OR two.id > one.id)
WHERE one.is_attempt = 0
    AND EXISTS (SELECT 1 FROM seat WHERE seat.household = one.household AND seat.person = one.author
        AND seat.from_day <= one.day AND (seat.until_day IS NULL OR seat.until_day >= one.day))
    AND EXISTS (SELECT 1 FROM seat WHERE seat.household = two.household AND seat.person = two.author
        AND seat.from_day <= two.day AND (seat.until_day IS NULL OR seat.until_day >= two.day));
