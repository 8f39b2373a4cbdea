//! The first run: a look around with the sample bakery, page by page.

use std::time::Duration;

use larder_tests::screens::{Desk, Options, Program};

use crate::album::{Album, stands_on, visit};

#[test]
fn somebody_new_looks_around_in_the_sample_bakery() {
    let desk = Desk::open("sample", 1480, 800);
    let album = Album::default();
    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(180, 40, 1280, 720);
    anna.sees("Look around with the sample bakery");
    album.page(&anna, "welcome");
    anna.press("Look around with the sample bakery");
    anna.sees_within(Duration::from_secs(90), "You are in the sample bakery.");
    anna.sees("Needs you");
    anna.sees("Overdue since");
    album.page(&anna, "today");

    anna.press("Shelf");
    anna.sees("Everything your team has put here, ready to use.");
    for title in ["Till sales", "Price list", "Recipes", "Customers"] {
        anna.pressable(title);
    }
    anna.run("document.querySelector('#main').scrollTo(0, 0)", &[]);
    album.page(&anna, "shelf");
    anna.press("Till sales");
    stands_on(&anna, "product/");
    anna.sees("At a glance");
    anna.sees("What each shop sold, by day and article.");
    anna.select(".part-grid [role=gridcell]");
    album.page(&anna, "product");
    anna.run("document.querySelector('#main').scrollTo(0, 700)", &[]);
    album.page(&anna, "product-columns");
    anna.run("document.querySelector('#main').scrollTo(0, 100000)", &[]);
    album.page(&anna, "product-end");
    anna.keys(&["alt+Left"]);
    anna.sees("Everything your team has put here, ready to use.");
    stands_on(&anna, "shelf");
    anna.keys(&["alt+Right"]);
    stands_on(&anna, "product/");
    anna.press("Shop floor");
    anna.sees("in this area.");
    album.page(&anna, "area");
    the_other_pages(&anna, &album);

    anna.stand_at(180, 40, 1024, 700);
    visit(&anna, "#/shelf", "Everything your team has put here");
    album.page(&anna, "small-shelf");
    anna.press("Till sales");
    anna.select(".part-grid [role=gridcell]");
    album.page(&anna, "small-product");
    album.close();
}

fn the_other_pages(anna: &Program<'_>, album: &Album) {
    anna.press("Bring in");
    anna.sees("Practice files");
    album.page(anna, "bring");
    anna.press("Activity");
    anna.sees("Lea Winter");
    album.page(anna, "activity");
    visit(anna, "#/people", "Ben Okafor");
    album.page(anna, "people");
    anna.press("Mehmet Kaya");
    stands_on(anna, "person/");
    anna.sees("Kitchen");
    album.page(anna, "person");
    anna.keys(&["ctrl+comma"]);
    anna.sees("Light or dark");
    album.page(anna, "settings");
    anna.keys(&["F1"]);
    anna.select("[data-pane] .topic, aside h2");
    album.page(anna, "help-beside");
    visit(anna, "#/help", "There is no server and no account.");
    anna.sees_no_more("Light or dark, the language");
    album.page(anna, "help");
    visit(anna, "#/doctor", "Bakery Mueller");
    album.page(anna, "doctor");
    visit(anna, "#/about", "without the internet");
    album.page(anna, "about");
    anna.keys(&["ctrl+k"]);
    anna.select("[role=combobox]");
    anna.write("flour");
    anna.sees("found");
    album.page(anna, "finder");
    anna.keys(&["Escape"]);
}
