//! `IN` lists of few lengths, so that their statements stay prepared.

use crate::read::Param;

/// The lengths a list is filled up to, with its last value again.
const LENGTHS: [usize; 5] = [1, 8, 50, 200, 1000];

/// The statement's end `IN (?2, ?3, …)` with its values behind `company`; `None` for no values, which nothing is among.
pub(crate) fn among(company: i64, ids: &[i64]) -> Option<(String, Vec<Param>)> {
    let last = *ids.last()?;
    let length = LENGTHS.into_iter().find(|length| *length >= ids.len()).unwrap_or(ids.len());
    let places: Vec<String> = (2..length + 2).map(|place| format!("?{place}")).collect();
    let mut params = vec![Param::Int(company)];
    params.extend(ids.iter().copied().chain(std::iter::repeat(last)).take(length).map(Param::Int));
    Some((format!("IN ({})", places.join(", ")), params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_filled_up_to_few_lengths() {
        let (text, params) = among(7, &[1, 2]).unwrap();
        assert_eq!(text, "IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        assert_eq!((params.len(), &params[1], &params[8]), (9, &Param::Int(1), &Param::Int(2)));
        assert_eq!(among(7, &(0..300).collect::<Vec<_>>()).unwrap().1.len(), 1001);
        assert_eq!(among(7, &[]), None);
    }
}
