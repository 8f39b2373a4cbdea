//! Access that was granted until a day: the keeper's Larder ends it by itself after that day, once.

use std::fs;
use std::time::{Duration, Instant};

use jiff::ToSpan;
use larder_actions::wire::{AccessNote, ActivityPage, JobKind, JobNote, JobState, NeedCode, Sync, TodayPage};
use larder_model::DraftId;
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::land::Land;

/// Anna keeps something that Ben may read, and lets Cem in for a week.
struct Stage {
    land: Land,
    anna: Person,
    ben: Person,
    cem: Person,
    product: String,
    until: String,
}

fn salaries(land: &Land, rows: usize) -> std::path::PathBuf {
    let path = land.folder.path().join("salaries.csv");
    let lines: String = (0..rows).map(|row| format!("Name {row},{}\n", 2900 + row)).collect();
    fs::write(&path, format!("Name,Salary\n{lines}")).unwrap();
    path
}

fn access(person: &Person, product: &str) -> AccessNote {
    person.look().unwrap();
    person.page(product).access.unwrap()
}

impl Stage {
    fn new(stays: bool) -> Stage {
        let land = Land::new();
        let (anna, ben, cem) = land.three();
        let people = anna.people();
        let ben_id = people.members.iter().find(|m| m.person.name == "Ben").unwrap().id.to_string();
        let draft = anna.drop_file(&salaries(&land, 3));
        let sealing =
            json!({"readers": [{"person": ben_id, "name": "Ben"}], "hide_title": false, "how_to_ask": "Ring Anna"});
        anna.describe(
            &draft,
            json!({"title": "Salaries", "summary": "What we earn.", "area": "Office", "audience": "sealed", "sealing": sealing}),
        );
        let product = anna.publish(&draft).unwrap();
        let until = jiff::Timestamp::now().checked_add(168.hours()).unwrap().to_string();
        access(&cem, &product);
        let _: AccessNote =
            cem.ask("ask_for_access", json!({"product": product, "purpose": "To plan", "until": until}));
        let request = access(&anna, &product).requests[0].request.clone();
        let answer = json!({"request": request, "granted": true, "text": null, "until": until, "stays": stays});
        let _: AccessNote = anna.ask("answer_access", answer);
        assert!(access(&cem, &product).opens);
        Stage { land, anna, ben, cem, product, until }
    }

    fn release(&self) -> u64 {
        self.anna.page(&self.product).card.release
    }

    fn days_pass(&self, days: i64) {
        self.anna.host.pass_minutes(days * 24 * 60);
    }

    /// Nothing goes on any more, and nothing waits.
    fn quiet(&self) {
        let start = Instant::now();
        loop {
            let sync: Sync = self.anna.ask("sync", json!({}));
            let state = serde_json::to_value(&sync.state).unwrap().to_string();
            if !state.contains("copying") && !state.contains("looking") && sync.waiting.is_empty() {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{state} {:?}", sync.waiting);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn until_release(&self, release: u64) {
        let start = Instant::now();
        while self.release() < release {
            assert!(start.elapsed() < Duration::from_secs(60), "it was never ended");
            std::thread::sleep(Duration::from_millis(50));
        }
        self.quiet();
    }

    fn told(&self) -> usize {
        let log: ActivityPage = self.anna.ask("activity", json!({"start": 0, "count": 100}));
        log.entries.iter().filter(|entry| entry.code == "access_ended").count()
    }

    fn next_draft(&self, rows: usize) -> DraftId {
        let draft = self.anna.drop_file(&salaries(&self.land, rows));
        let _: Value =
            self.anna.ask("use_draft_for", json!({"draft": draft, "product": self.product, "mode": "replace"}));
        draft
    }
}

#[test]
fn after_its_day_access_ends_by_itself_once_and_stays_ended() {
    let stage = Stage::new(false);
    let before = stage.release();
    let begun_before = stage.next_draft(4);
    stage.days_pass(6);
    stage.anna.look().unwrap();
    stage.quiet();
    let note = access(&stage.anna, &stage.product);
    let answer = note.requests[0].answer.clone().unwrap();
    assert_eq!((stage.release(), answer.ends_by_itself), (before, Some(true)), "its day has not come");
    assert!(access(&stage.cem, &stage.product).opens);

    stage.days_pass(2);
    stage.anna.look().unwrap();
    stage.until_release(before + 1);
    for _ in 0..3 {
        stage.anna.look().unwrap();
        stage.quiet();
    }
    assert_eq!((stage.release(), stage.told()), (before + 1, 1), "once");
    assert!(!access(&stage.cem, &stage.product).opens);
    assert!(access(&stage.ben, &stage.product).opens, "nobody else is left out");
    let today: TodayPage = stage.anna.ask("today", json!({}));
    assert!(!today.needs.iter().any(|need| need.code == NeedCode::AccessEnded));

    // Neither the next start nor a draft that was begun while he could read it lets him in or ends it again.
    let Stage { land, anna, cem, product, .. } = &stage;
    let host = TestHost::at(&land.folder.path().join("Anna")).of("Anna", "pc");
    host.set_clock(larder_actions::Host::now(&*anna.host));
    anna.larder.close();
    let again = Person::start(host).unwrap();
    again.look().unwrap();
    again.publish(&begun_before).unwrap();
    assert_eq!(again.page(product).card.release, before + 2);
    assert!(!access(cem, product).opens);
    // She lets him in once more, without an end.
    let request = access(&again, product).requests[0].request.clone();
    let answer = json!({"request": request, "granted": true, "text": null, "until": null});
    let note: AccessNote = again.ask("answer_access", answer);
    if let Some(job) = note.job {
        again.finish(job).unwrap();
    }
    again.look().unwrap();
    assert!(access(cem, product).opens);
}

#[test]
fn whom_the_keeper_lets_stay_is_told_of_and_left_alone() {
    let stage = Stage::new(true);
    let before = stage.release();
    stage.days_pass(8);
    let note = access(&stage.anna, &stage.product);
    stage.quiet();
    assert_eq!(note.requests[0].answer.as_ref().unwrap().ends_by_itself, Some(false));
    let need = |person: &Person| {
        let today: TodayPage = person.ask("today", json!({}));
        today.needs.into_iter().find(|need| need.code == NeedCode::AccessEnded)
    };
    let told = need(&stage.anna).expect("she is reminded");
    let since: jiff::Timestamp = match told.params.get("since") {
        Some(larder_model::Param::Text(since)) => since.parse().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(since.as_second(), stage.until.parse::<jiff::Timestamp>().unwrap().as_second());
    assert!(access(&stage.cem, &stage.product).opens && stage.release() == before);
    // Nobody but the keeper says so.
    let request = note.requests[0].request.clone();
    let refused = stage.cem.refused("end_by_itself", json!({"request": request, "on": false}));
    assert_eq!(refused.code, larder_model::RefusalCode::NoPermission);
    // She changes her mind: it ends with the next look.
    let _: AccessNote = stage.anna.ask("end_by_itself", json!({"request": request, "on": true}));
    assert!(need(&stage.anna).is_none(), "nothing is left for her to do");
    stage.anna.look().unwrap();
    stage.until_release(before + 1);
    assert!(!access(&stage.cem, &stage.product).opens);
    assert_eq!(stage.told(), 1);
}

#[test]
fn a_shelf_that_is_away_is_waited_for_and_a_publication_of_ones_own_goes_first() {
    let stage = Stage::new(false);
    let before = stage.release();
    let draft = stage.next_draft(5);
    let away = stage.land.folder.path().join("away");
    fs::rename(stage.land.share(), &away).unwrap();
    let job: JobNote = stage.anna.ask("publish", json!({"draft": draft}));
    stage.anna.finish(job).unwrap_err();
    stage.days_pass(8);
    stage.anna.look().unwrap_err();
    assert_eq!((stage.told(), stage.release()), (0, before));
    fs::rename(&away, stage.land.share()).unwrap();
    stage.anna.look().unwrap();
    stage.until_release(before + 1);
    stage.anna.look().unwrap();
    stage.until_release(before + 2);
    stage.anna.look().unwrap();
    stage.quiet();
    assert_eq!((stage.release(), stage.told()), (before + 2, 1));
    let note = access(&stage.cem, &stage.product);
    assert!(!note.opens && access(&stage.ben, &stage.product).opens);
    assert_eq!(stage.anna.page(&stage.product).card.profile.rows, 5, "the newest rows are there");
    let running = stage.anna.host.said().into_iter().filter_map(|event| match event {
        larder_actions::wire::Event::Job { job } if job.kind == JobKind::Publish => Some(job),
        _ => None,
    });
    let ended: std::collections::BTreeSet<String> =
        running.filter(|job| job.state == JobState::Done).map(|job| job.id).collect();
    assert_eq!(ended.len(), 3, "what she filled first, what waited, and the end of it");
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_ends_it_with_its_next_look_and_waits_until_it_is_done() {
    use crate::clocks::Computer;

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("share")).unwrap();
    let computer = |name| Computer { folder: folder.path(), name, off: "" };
    let (anna, ben) = (computer("anna"), computer("ben"));
    for person in [&anna, &ben] {
        person.ok(&["whoami", "--name", person.name]);
        person.ok(&["shelf", "add", &person.share(), "--name", "Bakery share"]);
    }
    anna.ok(&["people", "confirm", "ben"]);
    let file = folder.path().join("salaries.csv");
    fs::write(&file, "Name,Salary\nAnna,3200\nBen,2900\n").unwrap();
    anna.ok(&["import", file.to_str().unwrap(), "--product", "Salaries", "--json"]);
    anna.ok(&["describe", "Salaries", "--summary", "What we earn.", "--area", "Office"]);
    anna.ok(&["seal", "Salaries"]);
    anna.ok(&["publish", "Salaries"]);
    ben.ok(&["ask", "Salaries", "--why", "To plan"]);
    let soon = jiff::Timestamp::now().checked_add(48.hours()).unwrap().to_string();
    anna.ok(&["answer", "Salaries", "ben", "--until", &soon]);
    ben.sees("Salaries", 2, 2);

    let later = anna.with_clock("+3d");
    later.ok(&["refresh"]);
    later.ok(&["refresh"]);
    ben.ok(&["refresh"]);
    let page = ben.json(&["show", "Salaries"]);
    assert_eq!((page["card"]["release"].as_u64(), page["state"].as_str()), (Some(3), Some("needs_key")));
    assert_eq!(anna.json(&["show", "Salaries"])["card"]["release"], 3, "and once only");
}
