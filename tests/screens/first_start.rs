//! The first start, and what the window itself owes a person.

use larder_tests::screens::{Desk, Options, Program};

#[test]
fn a_fresh_home_begins_with_the_welcome_page() {
    let desk = Desk::open("first-start", 1280, 900);
    let anna = Program::start(&desk, "anna", Options::default());
    anna.sees("Look around with the sample bakery");
    anna.sees("Set up our shelf");
    anna.look("welcome");
}
