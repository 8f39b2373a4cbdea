use larder_model::{Bin, ColumnProfile, Kind};

use super::*;
use crate::{DAY_MICROS, TableBuilder, TableColumn};

fn one(kind: Kind, fill: impl Fn(&mut TableBuilder)) -> ColumnProfile {
    let mut builder = TableBuilder::new(vec![TableColumn::new("c", "C", kind)]);
    fill(&mut builder);
    profile(&builder.finish()).columns.remove(0)
}

fn integers(all: &[i64]) -> ColumnProfile {
    one(Kind::Integer, |builder| {
        for value in all {
            builder.integer(0, *value);
            builder.end_row();
        }
    })
}

fn numbers(all: &[f64]) -> ColumnProfile {
    one(Kind::Number, |builder| {
        for value in all {
            builder.number(0, *value);
            builder.end_row();
        }
    })
}

fn bin(from: &str, to: &str, count: u64) -> Bin {
    Bin { from: from.into(), to: to.into(), count }
}

fn counted(profile: &ColumnProfile) -> u64 {
    profile.histogram.iter().map(|bin| bin.count).sum()
}

#[test]
fn a_table_without_rows_has_an_empty_profile() {
    for kind in Kind::ALL {
        let profile = one(kind, |_| {});
        assert_eq!(profile, ColumnProfile { id: "c".into(), ..ColumnProfile::default() });
    }
}

#[test]
fn only_empty_cells() {
    for kind in Kind::ALL {
        let profile = one(kind, |builder| {
            builder.null(0);
            builder.end_row();
        });
        assert_eq!(profile, ColumnProfile { id: "c".into(), empty: 1, ..ColumnProfile::default() });
    }
}

#[test]
fn quantiles_lie_between_values_as_spreadsheets_have_it() {
    let profile = integers(&[4, 1, 3, 2]);
    let values: Vec<&str> = profile.quantiles.iter().map(|quantile| quantile.value.as_str()).collect();
    assert_eq!(values, ["1.15", "1.75", "2.5", "3.25", "3.8499999999999996"]);
    assert_eq!((profile.min.as_deref(), profile.max.as_deref(), profile.mean), (Some("1"), Some("4"), Some(2.5)));
}

#[test]
fn few_neighbouring_whole_numbers_have_a_bar_each() {
    let profile = integers(&[1, 1, 2, 5]);
    assert_eq!(
        profile.histogram,
        [bin("1", "2", 2), bin("2", "3", 1), bin("3", "4", 0), bin("4", "5", 0), bin("5", "5", 1)]
    );
}

#[test]
fn the_widest_whole_numbers_neither_overflow_nor_get_lost() {
    let profile = integers(&[i64::MIN, -1, 0, i64::MAX]);
    assert_eq!(profile.histogram.len(), 24);
    assert_eq!(counted(&profile), 4);
    assert_eq!(profile.histogram[0].from, i64::MIN.to_string());
    assert_eq!(profile.histogram[23].to, i64::MAX.to_string());
    assert_eq!(profile.mean, Some(-0.5));
}

#[test]
fn the_widest_numbers_have_a_finite_mean_and_finite_bars() {
    let profile = numbers(&[f64::MAX, f64::MAX, -f64::MAX, 1e308]);
    assert!(profile.mean.is_some_and(f64::is_finite), "{:?}", profile.mean);
    assert_eq!(counted(&profile), 4);
    assert!(profile.histogram.iter().all(|bin| bin.from.parse::<f64>().is_ok_and(f64::is_finite)));
}

#[test]
fn the_mean_does_not_lose_small_numbers_beside_large_ones() {
    assert_eq!(numbers(&[1e16, 1.0, -1e16, 1.0]).mean, Some(0.5));
}

#[test]
fn bars_meet_and_hold_every_value_once() {
    let mut seed = 7u64;
    for size in [1usize, 2, 3, 25, 1000] {
        let all: Vec<f64> = (0..size)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 40) as f64 / 16.0 - 3000.0
            })
            .collect();
        let profile = numbers(&all);
        assert_eq!(counted(&profile), size as u64);
        assert!(profile.histogram.len() <= 24);
        assert!(profile.histogram.windows(2).all(|pair| pair[0].to == pair[1].from));
        let low: f64 = profile.histogram[0].to.parse().unwrap();
        let expected = match size {
            1 => 1,
            _ => all.iter().filter(|value| **value < low).count() as u64,
        };
        assert_eq!(profile.histogram[0].count, expected);
    }
}

#[test]
fn money_is_exact() {
    let profile = one(Kind::Money, |builder| {
        for cents in [320, 310, 320, -5] {
            builder.money(0, cents);
            builder.end_row();
        }
    });
    assert_eq!((profile.min.as_deref(), profile.max.as_deref()), (Some("-0.05"), Some("3.20")));
    assert_eq!((profile.mean, profile.distinct), (Some(2.3625), 3));
    assert_eq!((profile.top[0].value.as_str(), profile.top[0].count), ("3.20", 2));
    assert_eq!(profile.quantiles[2].value, "3.15");
}

#[test]
fn dates_have_bars_of_whole_days() {
    let profile = one(Kind::Date, |builder| {
        for day in 0..100 {
            builder.date(0, day);
            builder.end_row();
        }
    });
    assert_eq!(profile.histogram.len(), 20);
    assert_eq!(profile.histogram[0], bin("1970-01-01", "1970-01-06", 5));
    assert_eq!(profile.histogram[19], bin("1970-04-06", "1970-04-10", 5));
    assert_eq!(profile.quantiles[2].value, "1970-02-19");
    assert_eq!(profile.mean, None);
}

#[test]
fn a_day_on_the_clock_has_bars_of_whole_hours() {
    let profile = one(Kind::Time, |builder| {
        for minute in (0..24 * 60).step_by(7) {
            builder.time(0, minute * 60_000_000);
            builder.end_row();
        }
    });
    assert_eq!(profile.histogram.len(), 24);
    assert_eq!((profile.histogram[6].from.as_str(), profile.histogram[6].to.as_str()), ("06:00:00", "07:00:00"));
    assert_eq!(counted(&profile), profile.count);
}

#[test]
fn moments_of_weeks_have_bars_of_whole_days() {
    let profile = one(Kind::DateTime, |builder| {
        for hour in 0..24 * 14 {
            builder.date_time(0, 20_000 * DAY_MICROS + hour * 3_600_000_000 + 5);
            builder.end_row();
        }
    });
    assert_eq!(profile.histogram.len(), 14);
    assert!(profile.histogram.iter().all(|bin| bin.count == 24 && bin.from.ends_with("T00:00:00")));
}

#[test]
fn text_is_counted_and_ordered_as_people_read_it() {
    let profile = one(Kind::Text, |builder| {
        for word in ["Zopf", "äpfel", "Zopf", "", "birne", "Birne"] {
            builder.text(0, word);
            builder.end_row();
        }
    });
    assert_eq!((profile.count, profile.empty, profile.distinct), (5, 1, 4));
    assert_eq!((profile.min.as_deref(), profile.max.as_deref()), (Some("äpfel"), Some("Zopf")));
    let top: Vec<&str> = profile.top.iter().map(|top| top.value.as_str()).collect();
    assert_eq!(top, ["Zopf", "äpfel", "Birne", "birne"]);
    assert!(profile.histogram.is_empty() && profile.quantiles.is_empty() && profile.mean.is_none());
}

#[test]
fn only_ten_top_values_the_first_of_as_many() {
    let profile = integers(&(0..50).rev().chain([7, 7, 49]).collect::<Vec<_>>());
    let top: Vec<&str> = profile.top.iter().map(|top| top.value.as_str()).collect();
    assert_eq!(top, ["7", "49", "0", "1", "2", "3", "4", "5", "6", "8"]);
}

#[test]
fn yes_and_no() {
    let profile = one(Kind::Boolean, |builder| {
        for yes in [true, false, true] {
            builder.boolean(0, yes);
            builder.end_row();
        }
    });
    assert_eq!((profile.distinct, profile.top[0].value.as_str(), profile.top[0].count), (2, "true", 2));
    assert!(profile.histogram.is_empty());
}
