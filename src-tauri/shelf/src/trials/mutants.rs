//! The trials themselves on trial: each of these faults is built in on purpose and has to be noticed, by the worlds or by the
//! trial that is named here. One that survives fails the run; so does one that nobody is named for.

use super::{crash, delivery, garbage, governed, sealed, stewards, tamper, world};
use crate::broken::{Broken, with};

/// Worlds in which a fault has to be noticed.
const WORLDS: u64 = 150;

/// Of so many broken worlds, one at least must fail.
fn is_noticed(what: Broken) {
    let survived = (0..WORLDS).all(|seed| with(what, || _ = world::run_one(seed)));
    assert!(!survived, "{what:?} went unnoticed in {WORLDS} worlds");
}

/// This trial must fail.
fn fails(what: Broken, trial: fn()) {
    assert!(!with(what, trial), "{what:?} went unnoticed");
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

// fault 33
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
fn ancestry_in_place_of_the_number_is_noticed() {
    is_noticed(Broken::Ancestry);
}

#[test]
fn a_head_before_its_content_is_noticed() {
    is_noticed(Broken::HeadFirst);
    fails(Broken::HeadFirst, crash::a_publication_that_dies_anywhere_leaves_the_old_or_the_new_and_goes_on);
}

#[test]
fn a_number_that_nobody_checks_is_noticed() {
    is_noticed(Broken::CounterIgnored);
    fails(Broken::CounterIgnored, tamper::a_number_that_does_not_follow_from_its_parents_is_left_out);
}

#[test]
fn taking_what_came_last_is_noticed() {
    is_noticed(Broken::LastSeenWins);
}

#[test]
fn a_list_that_nobody_checks_is_noticed() {
    is_noticed(Broken::ListUnchecked);
}

#[test]
fn parents_that_were_never_verified_are_noticed() {
    is_noticed(Broken::ParentsUnverified);
}

#[test]
fn speaking_for_others_is_noticed() {
    fails(Broken::OthersReleases, tamper::a_head_speaks_for_its_own_devices_releases_only);
}

#[test]
fn deleting_by_silence_is_noticed() {
    is_noticed(Broken::SilenceDeletes);
    fails(Broken::SilenceDeletes, delivery::a_deleted_writers_folder_deletes_no_product);
}

#[test]
fn a_fork_that_is_not_told_is_noticed() {
    is_noticed(Broken::ForkUntold);
}

#[test]
fn two_versions_that_are_not_told_are_noticed() {
    is_noticed(Broken::VersionsUntold);
}

#[test]
fn what_others_saw_and_nobody_tells_is_noticed() {
    is_noticed(Broken::SeenUntold);
    fails(Broken::SeenUntold, delivery::who_held_something_back_is_noticed);
}

#[test]
fn saying_to_have_what_has_not_arrived_is_noticed() {
    is_noticed(Broken::SeenUnarrived);
}

#[test]
fn one_steward_where_it_takes_two_is_noticed() {
    is_noticed(Broken::ThresholdIgnored);
    fails(Broken::ThresholdIgnored, stewards::a_roster_that_asks_for_two_stewards_needs_two);
    let survived = (0..10).all(|seed| with(Broken::ThresholdIgnored, || governed::run(seed..seed + 1)));
    assert!(!survived, "one signature in place of several went unnoticed");
}

#[test]
fn a_roster_by_anyone_is_noticed() {
    is_noticed(Broken::AnyoneGoverns);
    fails(Broken::AnyoneGoverns, stewards::only_stewards_of_the_version_before_make_the_next_roster);
}

#[test]
fn one_of_two_rosters_taken_is_noticed() {
    is_noticed(Broken::FirstRosterWins);
    fails(Broken::FirstRosterWins, stewards::two_rosters_side_by_side_allow_only_what_both_allow);
}

#[test]
fn listening_to_a_stolen_device_is_noticed() {
    is_noticed(Broken::LastGoodIgnored);
    fails(Broken::LastGoodIgnored, stewards::a_stolen_device_is_stopped_at_its_last_good_head);
}

#[test]
fn records_of_any_shelf_are_noticed() {
    is_noticed(Broken::OtherShelf);
    fails(Broken::OtherShelf, tamper::records_of_another_shelf_or_another_type_do_not_count);
}

#[test]
fn a_type_that_is_not_signed_is_noticed() {
    fails(Broken::TypeUnsigned, tamper::an_envelope_that_is_not_exactly_ours_is_nothing);
}

#[test]
fn putting_without_reading_back_is_noticed() {
    is_noticed(Broken::NotReadBack);
    fails(Broken::NotReadBack, crash::a_place_that_lies_is_found_out_by_reading_back);
}

#[test]
fn a_list_that_is_not_held_against_its_record_is_noticed() {
    fails(Broken::BindingUnchecked, sealed::what_a_colleague_encrypted_cannot_be_published_as_ones_own);
}

#[test]
fn an_old_key_for_what_comes_after_a_removal_is_noticed() {
    fails(Broken::OldKeyReused, sealed::who_was_removed_opens_what_was_and_nothing_that_comes);
}

#[test]
fn a_collector_that_removes_what_is_needed_is_noticed() {
    fails(Broken::NeededRemoved, garbage::garbage_is_announced_and_goes_a_month_later_and_what_anybody_needs_stays);
}

/// Nobody forgets a fault: this file names every one of them.
#[test]
fn every_fault_has_a_trial() {
    let (faults, trials) = (include_str!("../broken.rs"), include_str!("mutants.rs"));
    let listed = faults.split("pub(crate) enum Broken {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    let names = listed.lines().map(str::trim).filter(|line| line.ends_with(',') && !line.starts_with("//"));
    let mut count = 0;
    for name in names.map(|line| line.trim_end_matches(',')) {
        count += 1;
        let named = trials.contains(&format!("(Broken::{name})")) || trials.contains(&format!("(Broken::{name},"));
        assert!(named, "nothing has to notice {name}");
    }
    assert!(count >= 20, "{count}");
}
