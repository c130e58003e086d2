//! Names that differ by their numerals only: 一工区, 二工区, 十二工区; 1 班, 2 班. Pure.

/// A name without its numerals, and the numbers they say, in their order.
#[must_use]
pub fn told(name: &str) -> (String, Vec<u32>) {
    let (mut rest, mut numbers) = (String::new(), Vec::new());
    let mut numeral = String::new();
    // A sign after the end, so that the last numeral ends too.
    for sign in name.chars().chain([' ']) {
        if digit(sign).is_some() || unit(sign).is_some() {
            numeral.push(sign);
            continue;
        }
        if !numeral.is_empty() {
            numbers.push(value(&numeral));
            numeral.clear();
            rest.push('#');
        }
        rest.push(sign);
    }
    (rest, numbers)
}

/// What a numeral says: 十二 and 12 and 一二 are twelve, 二十 is twenty, 一百零三 is 103.
fn value(numeral: &str) -> u32 {
    let (mut sum, mut last) = (0_u32, 0_u32);
    for sign in numeral.chars() {
        if let Some(digit) = digit(sign) {
            last = last.saturating_mul(10).saturating_add(digit);
        } else if let Some(unit) = unit(sign) {
            sum = sum.saturating_add(last.max(1).saturating_mul(unit));
            last = 0;
        }
    }
    sum.saturating_add(last)
}

fn digit(sign: char) -> Option<u32> {
    let chinese = "零一二三四五六七八九".chars().zip(0..).find(|(own, _)| *own == sign);
    sign.to_digit(10).or(chinese.map(|(_, digit)| digit))
}

const fn unit(sign: char) -> Option<u32> {
    match sign {
        '十' => Some(10),
        '百' => Some(100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn numerals_are_read_as_they_are_said() {
        for (name, numbers) in [
            ("一工区", &[1][..]),
            ("十工区", &[10]),
            ("十二工区", &[12]),
            ("二十工区", &[20]),
            ("一百零三工区", &[103]),
            ("12工区", &[12]),
            ("二队一班", &[2, 1]),
            ("工区", &[]),
        ] {
            assert_eq!(told(name).1, numbers, "{name}");
        }
        assert_eq!(told("二工区").0, told("十二工区").0);
        assert_ne!(told("二工区").0, told("二工段").0);
        assert_ne!(told("二工区").0, told("工区").0);
    }
}
