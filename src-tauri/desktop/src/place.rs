//! Where the window stood last time, and whether anybody could see it there today.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// What is kept about the window between two starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowNote {
    /// Where it stood.
    pub place: Option<Place>,
    /// Its pictures are drawn in the simplest way, because the better one failed on this computer.
    pub simple_drawing: bool,
}

impl WindowNote {
    /// Reads the note; one that is missing or cannot be read is an empty one.
    pub fn read(file: &Path) -> WindowNote {
        std::fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps the note, whole or not at all. Failing is no loss to anybody.
    pub fn write(&self, file: &Path) {
        let part = file.with_extension("json.part");
        let Ok(text) = serde_json::to_vec_pretty(self) else { return };
        if std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, file)).is_err() {
            tracing::warn!("the window's place was not kept");
        }
    }
}

/// A place on the screens, in their own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Left edge of the frame.
    pub x: i32,
    /// Upper edge of the frame.
    pub y: i32,
    /// Width inside the frame.
    pub width: u32,
    /// Height inside the frame.
    pub height: u32,
    /// It filled its screen.
    pub maximized: bool,
}

/// The part of a screen that windows may use, in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Height of the strip by which a window is taken and moved.
const HANDLE: i64 = 40;

/// Pixels of the window's handle that lie on this screen.
fn reachable(place: Place, screen: Screen) -> i64 {
    let across = overlap(place.x, place.width.into(), screen.x, screen.width);
    let down = overlap(place.y, HANDLE, screen.y, screen.height);
    if across < 100 || down < HANDLE / 2 { 0 } else { across * down }
}

fn overlap(start: i32, length: i64, from: i32, space: u32) -> i64 {
    let (start, from) = (i64::from(start), i64::from(from));
    ((start + length).min(from + i64::from(space)) - start.max(from)).max(0)
}

/// The place to stand today: the same one, moved inside and made smaller where it has to be. None where its handle is on
/// no screen any more; then the system chooses.
pub fn fit(place: Place, screens: &[Screen]) -> Option<Place> {
    let screen = *screens.iter().max_by_key(|screen| reachable(place, **screen))?;
    if reachable(place, screen) == 0 {
        return None;
    }
    let width = place.width.min(screen.width);
    let height = place.height.min(screen.height);
    Some(Place {
        x: inside(place.x, width, screen.x, screen.width),
        y: inside(place.y, height, screen.y, screen.height),
        width,
        height,
        maximized: place.maximized,
    })
}

fn inside(start: i32, length: u32, from: i32, space: u32) -> i32 {
    let last = i64::from(from) + i64::from(space.saturating_sub(length));
    i32::try_from(i64::from(start).clamp(from.into(), last.max(from.into()))).unwrap_or(from)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LAPTOP: Screen = Screen { x: 0, y: 0, width: 1920, height: 1040 };
    const BESIDE: Screen = Screen { x: 1920, y: 0, width: 2560, height: 1400 };

    fn at(x: i32, y: i32) -> Place {
        Place { x, y, width: 1280, height: 800, maximized: false }
    }

    #[test]
    fn a_place_that_is_still_there_is_kept() {
        assert_eq!(fit(at(100, 60), &[LAPTOP]), Some(at(100, 60)));
        assert_eq!(fit(at(2000, 300), &[LAPTOP, BESIDE]), Some(at(2000, 300)));
    }

    #[test]
    fn a_screen_that_was_unplugged_takes_no_window_with_it() {
        assert_eq!(fit(at(2000, 300), &[LAPTOP]), None);
        assert_eq!(fit(at(100, -900), &[LAPTOP]), None);
        assert_eq!(fit(at(100, 100), &[]), None);
    }

    #[test]
    fn a_window_half_outside_comes_in_and_a_large_one_shrinks() {
        assert_eq!(fit(at(-300, 500), &[LAPTOP]), Some(at(0, 240)));
        let large = Place { width: 2500, height: 1300, ..at(10, 10) };
        assert_eq!(fit(large, &[LAPTOP]), Some(Place { x: 0, y: 0, width: 1920, height: 1040, maximized: false }));
    }

    #[test]
    fn numbers_out_of_a_damaged_note_do_no_harm() {
        let wild = Place { x: i32::MAX, y: i32::MIN, width: u32::MAX, height: u32::MAX, maximized: true };
        assert_eq!(fit(wild, &[LAPTOP, BESIDE]), None);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        assert_eq!(WindowNote::read(&file), WindowNote::default());
        std::fs::write(&file, "{\"place\": {\"x\": \"left\"}}").unwrap();
        assert_eq!(WindowNote::read(&file), WindowNote::default());
        let note = WindowNote { place: Some(at(1, 2)), simple_drawing: true };
        note.write(&file);
        assert_eq!(WindowNote::read(&file), note);
    }
}
