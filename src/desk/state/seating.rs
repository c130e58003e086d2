//! Whether the three who answer for a household are three. Pure.

use domain::id::PersonId;

/// Who sits in more than one of the three seats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubled {
    /// Nobody.
    Nobody,
    /// This person in two.
    InTwo(PersonId),
    /// One person in all three.
    InAll,
}

/// Looks who is chosen more than once; an empty seat is nobody's.
pub fn doubled(seats: [Option<PersonId>; 3]) -> Doubled {
    let [one, two, three] = seats;
    let twice = one.filter(|person| [two, three].contains(&Some(*person))).or(two.filter(|_| two == three));
    match twice {
        None => Doubled::Nobody,
        Some(_) if one == two && two == three => Doubled::InAll,
        Some(person) => Doubled::InTwo(person),
    }
}

#[cfg(test)]
mod tests {
    use super::{Doubled, doubled};
    use domain::id::PersonId;

    #[test]
    fn three_seats_are_for_three_people() {
        let person = |number: u8| (number > 0).then(|| PersonId::new(1, [number; 10]));
        let two = |number| person(number).map_or(Doubled::Nobody, Doubled::InTwo);
        let cases = [
            ([0, 0, 0], Doubled::Nobody),
            ([1, 2, 3], Doubled::Nobody),
            ([1, 0, 2], Doubled::Nobody),
            ([1, 1, 0], two(1)),
            ([0, 2, 2], two(2)),
            ([3, 1, 3], two(3)),
            ([1, 1, 1], Doubled::InAll),
        ];
        for (seats, expected) in cases {
            assert_eq!(doubled(seats.map(person)), expected, "{seats:?}");
        }
    }
}
