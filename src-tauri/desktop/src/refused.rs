//! Opening the home, and what is said when that is refused: in words, in a dialog of the system, never with a crash.

use larder_actions::{Host, Larder, Words};
use larder_model::{Param, Refusal, RefusalCode};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind, MessageDialogResult};

use crate::shell::Shell;
use crate::window;

/// Opens the home and then the window; or says why not.
pub fn open_or_say(app: &AppHandle) {
    if let Err(refusal) = app.state::<Shell>().open_larder() {
        tracing::error!(code = refusal.code.as_str(), "the home was not opened");
        return say(app, refusal);
    }
    if let Err(error) = window::open(app) {
        tracing::error!(detail = %error, "the window was not opened");
        let refusal = Refusal::new(RefusalCode::Bug).with("detail", error.to_string());
        say(app, refusal);
    }
}

/// The dialog. What was damaged may be set aside, and whatever was held up may be tried again.
fn say(app: &AppHandle, refusal: Refusal) {
    let words = app.state::<Shell>().words();
    let (title, text) = in_words(&words, &refusal);
    let quit = words.text("window-quit");
    let buttons = match refusal.code {
        RefusalCode::Damaged => MessageDialogButtons::OkCancelCustom(words.text("window-set-aside"), quit.clone()),
        _ if refusal.waiting_helps => {
            MessageDialogButtons::OkCancelCustom(words.text("window-try-again"), quit.clone())
        }
        _ => MessageDialogButtons::OkCustom(quit.clone()),
    };
    let handle = app.clone();
    app.dialog().message(text).title(title).kind(MessageDialogKind::Error).buttons(buttons).show_with_result(
        move |answer| {
            let wanted = match answer {
                MessageDialogResult::Custom(button) => button != quit,
                MessageDialogResult::Ok | MessageDialogResult::Yes => true,
                _ => false,
            };
            // The only button of a dialog without a choice means leaving too.
            let choice = refusal.code == RefusalCode::Damaged || refusal.waiting_helps;
            if wanted && choice { go_on(&handle, &refusal) } else { handle.exit(1) }
        },
    );
}

/// Title and text. What is wrong with the home itself has words of its own; all else has those of the page.
fn in_words(words: &Words, refusal: &Refusal) -> (String, String) {
    match refusal.code {
        RefusalCode::TooNew => (words.text("window-too-new"), words.text("window-too-new-text")),
        RefusalCode::Damaged => {
            let what = words.with("window-damaged-text", &refusal.params);
            (words.text("window-damaged"), format!("{what}\n\n{}", words.text("window-set-aside-text")))
        }
        code => {
            let id = format!("refusal-{}", code.as_str().replace('_', "-"));
            let title = words.find(&format!("{id}.title"), &refusal.params);
            let text = words.find(&id, &refusal.params).unwrap_or_else(|| refusal.to_string());
            (title.unwrap_or_else(|| words.text("window-not-started")), text)
        }
    }
}

fn go_on(app: &AppHandle, refusal: &Refusal) {
    if refusal.code == RefusalCode::Damaged {
        let host: &dyn Host = &*app.state::<Shell>().host;
        if let Err(refusal) = Larder::set_aside_damaged(host) {
            tracing::error!(code = refusal.code.as_str(), "the damaged catalog was not set aside");
            // What cannot be set aside must not be asked for again and again.
            let told = Refusal { waiting_helps: false, code: RefusalCode::NoPermission, params: refusal.params };
            return say(app, told.with("path", Param::Text(host.home().display().to_string())));
        }
    }
    open_or_say(app);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_of_the_home_is_said_in_words() {
        for language in larder_actions::LANGUAGES {
            let words = Words::of(language);
            for code in RefusalCode::ALL {
                let mut refusal = Refusal::new(code);
                for name in [
                    "file",
                    "path",
                    "what",
                    "name",
                    "detail",
                    "value",
                    "limit",
                    "rules",
                    "columns",
                    "title",
                    "needed_bytes",
                    "fingerprint",
                    "known",
                    "other",
                    "words",
                    "found",
                ] {
                    refusal = refusal.with(name, "catalog.db");
                }
                let (title, text) = in_words(&words, &refusal);
                for said in [title, text] {
                    assert!(
                        !said.is_empty() && !said.starts_with("window-") && !said.contains('{'),
                        "{language} {code:?}: {said}"
                    );
                }
            }
        }
    }
}
