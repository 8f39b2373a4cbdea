//! Files that are made from others are committed, and are as they would be made now.

use crate::tree::root;

/// The types of the wire, made from the commands.
pub const WIRE: &str = "ui/wire/generated.ts";

/// With `LARDER_REGENERATE=1` the test writes the file instead of comparing it.
const REGENERATE: &str = "LARDER_REGENERATE";

#[test]
fn the_types_of_the_wire_are_those_of_the_commands() {
    let path = root().join(WIRE);
    let fresh = larder_actions::wire_typescript();
    if std::env::var_os(REGENERATE).is_some_and(|value| value == "1") {
        std::fs::write(&path, &fresh).unwrap();
    }
    // Git may have made other line ends of them.
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let line = (1..).zip(kept.lines().zip(fresh.lines())).find(|(_, (kept, fresh))| kept != fresh);
    assert!(kept == fresh, "{WIRE} is stale, first at {line:?}: run this test once with {REGENERATE}=1");
}
