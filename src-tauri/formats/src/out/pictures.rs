//! Small pictures of what a column holds, as plain SVG without script, style or reference.

use larder_model::{Column, ColumnProfile};

use super::escape::{html, markup};
use super::{PageWords, Word};

const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 48.0;
/// Values named in a list of the most frequent.
const TOP: usize = 5;

/// The picture of a column, with its words: how figures and days are spread, or else the most frequent values. Empty
/// where the profile has neither.
pub(crate) fn picture(column: &Column, profile: &ColumnProfile, words: &dyn PageWords) -> String {
    if profile.histogram.iter().any(|bin| bin.count > 0) {
        histogram(column, profile, words)
    } else {
        most_frequent(column, profile, words)
    }
}

fn histogram(column: &Column, profile: &ColumnProfile, words: &dyn PageWords) -> String {
    let most = profile.histogram.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
    let step = WIDTH / profile.histogram.len().max(1) as f64;
    let bars: String = profile
        .histogram
        .iter()
        .enumerate()
        .filter(|(_, bin)| bin.count > 0)
        .map(|(place, bin)| {
            // A single row is still to be seen beside a million.
            let height = (HEIGHT * bin.count as f64 / most as f64).max(1.0);
            let (x, y, width) = (place as f64 * step, HEIGHT - height, (step - 1.0).max(0.5));
            format!("<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>")
        })
        .collect();
    let end = |value: Option<&String>| html(&value.map(|value| words.value(value, column)).unwrap_or_default(), 40);
    let (from, to) =
        (end(profile.histogram.first().map(|bin| &bin.from)), end(profile.histogram.last().map(|bin| &bin.to)));
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}: {from} – {to}\">{bars}</svg>\n\
         <div class=\"ends\"><span>{from}</span><span>{to}</span></div>\n",
        markup(&words.say(Word::Spread)),
    )
}

fn most_frequent(column: &Column, profile: &ColumnProfile, words: &dyn PageWords) -> String {
    let most = profile.top.first().map_or(0, |top| top.count);
    // Values that all occur once say nothing by how often they occur.
    if most < 2 {
        return String::new();
    }
    let rows: String = profile
        .top
        .iter()
        .take(TOP)
        .map(|top| {
            let width = WIDTH * top.count as f64 / most as f64;
            format!(
                "<tr><td dir=\"auto\">{}</td><td class=\"bar\"><svg viewBox=\"0 0 {WIDTH} 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                 <rect width=\"{width:.1}\" height=\"12\"/></svg></td><td>{}</td></tr>\n",
                html(&words.value(&top.value, column), 60),
                markup(&words.count(top.count)),
            )
        })
        .collect();
    format!(
        "<table class=\"top\"><caption class=\"faint\">{}</caption>\n{rows}</table>\n",
        markup(&words.say(Word::MostFrequent))
    )
}
