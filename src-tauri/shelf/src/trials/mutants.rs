//! The trials themselves on trial: each of these faults has to be noticed.

use super::{crash, governed, sealed, world};
use crate::broken::{Broken, with};

/// Of so many broken worlds, one at least must fail.
fn is_noticed(what: Broken) {
    let survived = (0..40).all(|seed| with(what, || world::run(seed..seed + 1)));
    assert!(!survived, "{what:?} went unnoticed");
}

#[test]
fn an_unchecked_hash_is_noticed() {
    is_noticed(Broken::HashUnchecked);
}

#[test]
fn an_unchecked_signature_is_noticed() {
    is_noticed(Broken::SignatureUnchecked);
}

#[test]
fn a_reader_without_memory_is_noticed() {
    is_noticed(Broken::NoMemory);
}

#[test]
fn own_heads_that_are_not_read_again_are_noticed() {
    is_noticed(Broken::OwnHeadsUnread);
}

#[test]
fn a_missing_part_that_is_passed_over_is_noticed() {
    is_noticed(Broken::MissingPassedOver);
}

#[test]
fn a_forgotten_floor_is_noticed() {
    is_noticed(Broken::FloorForgotten);
}

#[test]
fn releases_without_an_order_are_noticed() {
    is_noticed(Broken::NoOrder);
}

#[test]
fn a_head_before_its_content_is_noticed() {
    assert!(!with(Broken::HeadFirst, crash::a_publication_that_dies_anywhere_leaves_the_old_or_the_new_and_goes_on));
}

#[test]
fn a_list_that_is_not_held_against_its_record_is_noticed() {
    assert!(!with(Broken::BindingUnchecked, sealed::what_a_colleague_encrypted_cannot_be_published_as_ones_own));
}

#[test]
fn an_old_key_for_what_comes_after_a_removal_is_noticed() {
    assert!(!with(Broken::OldKeyReused, sealed::who_was_removed_opens_what_was_and_nothing_that_comes));
}

#[test]
fn a_threshold_that_is_ignored_is_noticed() {
    let survived = (0..10).all(|seed| with(Broken::ThresholdIgnored, || governed::run(seed..seed + 1)));
    assert!(!survived, "one signature in place of several went unnoticed");
}
