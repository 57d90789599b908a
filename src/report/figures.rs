//! A log's figures as one JSON object.
//!
//! Whole numbers are counts unless said otherwise; a share is null where there is nothing to share.
//!
//! | key | what |
//! |---|---|
//! | `articles`, `versions`, `records` | what the filter lets through; see [`crate::audit::stats`] |
//! | `not_understood`, `undated` | records of a newer format; records without a time that can be read |
//! | `credits.all` | credits of the counted versions, one version an article |
//! | `credits.by_role` | `[{role, credits}]`, in the vocabulary's order |
//! | `credits.by_pair` | `[{from, to, credits}]`: translators'; null where the language is not known |
//! | `credits.by_desk` | `[{name, kind, credits}]`: of kind `desk` or `organization` |
//! | `credits.by_month` | `[{month, credits}]`: `2026-01`; null where no time can be read |
//! | `four_eyes` | `{four, two, unclear, no_maker, share}`: `share` is four / (four + two) |
//! | `machine_translations` | `{all, reviewed, share}` |
//! | `delay` | `{known, unpinned, earlier, seconds}`: `seconds` is null or `{lower_quartile, median, upper_quartile}`, whole seconds, cut |
//! | `translations` | `{stale, minor, fresh, not_checked, no_source}` |

use serde_json::{Value, json};

use crate::audit::stats::{Credits, Delay, Stats};

/// The whole object.
pub fn stats(stats: &Stats) -> Value {
    let Stats { four_eyes, machine, translations, .. } = stats;
    json!({
        "articles": stats.articles,
        "versions": stats.versions,
        "records": stats.records,
        "not_understood": stats.not_understood,
        "undated": stats.undated,
        "credits": credits(&stats.credits),
        "four_eyes": {
            "four": four_eyes.four,
            "two": four_eyes.two,
            "unclear": four_eyes.unclear,
            "no_maker": four_eyes.no_maker,
            "share": share(four_eyes.four, four_eyes.judged()),
        },
        "machine_translations": {
            "all": machine.all,
            "reviewed": machine.reviewed,
            "share": share(machine.reviewed, machine.all),
        },
        "delay": delay(&stats.delay),
        "translations": {
            "stale": translations.stale,
            "minor": translations.minor,
            "fresh": translations.fresh,
            "not_checked": translations.not_checked,
            "no_source": translations.no_source,
        },
    })
}

fn credits(credits: &Credits) -> Value {
    let by_role = credits.by_role.iter();
    let by_pair = credits.by_pair.iter();
    let by_desk = credits.by_desk.iter();
    let by_month = credits.by_month.iter();
    json!({
        "all": credits.all,
        "by_role": by_role
            .map(|(role, count)| json!({ "role": role, "credits": count }))
            .collect::<Vec<_>>(),
        "by_pair": by_pair
            .map(|((from, to), count)| json!({ "from": from, "to": to, "credits": count }))
            .collect::<Vec<_>>(),
        "by_desk": by_desk
            .map(|((name, kind), count)| json!({ "name": name, "kind": kind, "credits": count }))
            .collect::<Vec<_>>(),
        "by_month": by_month
            .map(|(month, count)| json!({ "month": month, "credits": count }))
            .collect::<Vec<_>>(),
    })
}

fn delay(delay: &Delay) -> Value {
    let seconds = delay.quartiles().map(|quartiles| quartiles.map(|ms| ms / 1000));
    json!({
        "known": delay.known.len(),
        "unpinned": delay.unpinned,
        "earlier": delay.earlier,
        "seconds": seconds.map(|[lower, median, upper]| json!({
            "lower_quartile": lower,
            "median": median,
            "upper_quartile": upper,
        })),
    })
}

/// A share, to four digits.
fn share(part: usize, of: usize) -> Option<f64> {
    let whole = u32::try_from(part.checked_mul(10_000)?.checked_div(of)?).ok()?;
    Some(f64::from(whole) / 10_000.0)
}
