//! As much of W3C WebDriver as asking the page takes, sent straight to the web view's own driver.

use std::time::Duration;

use serde_json::{Value, json};

use crate::http;

/// How the standard calls an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Longest that one question may take. Starting the program counts as one.
const LONGEST: Duration = Duration::from_secs(120);

/// An element of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element(String);

impl Element {
    fn from(value: &Value) -> Option<Element> {
        value.get(ELEMENT)?.as_str().map(|id| Element(id.to_owned()))
    }

    /// As an argument of a script.
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// One session with one window.
pub struct Driver {
    port: u16,
    session: String,
}

impl Driver {
    /// Starts the program under the driver that listens at this port.
    pub fn start(port: u16, program: &str, arguments: &[String]) -> Result<Driver, String> {
        let options = json!({ "binary": program, "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = ask(port, "POST", "/session", &wanted)?;
        let session = answer.get("sessionId").and_then(Value::as_str).ok_or("a session without an id")?;
        Ok(Driver { port, session: session.to_owned() })
    }

    fn tell(&self, path: &str, body: &Value) -> Result<Value, String> {
        ask(self.port, "POST", &format!("/session/{}/{path}", self.session), body)
    }

    /// Runs a script, as the body of a function, and answers what it returns.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.tell("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Runs a script that answers later through its last argument, a function.
    pub fn run_later(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.tell("execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Runs a script that returns an element or nothing.
    pub fn find(&self, script: &str, arguments: &[Value]) -> Option<Element> {
        Element::from(&self.run(script, arguments).ok()?)
    }

    /// The first element of this CSS selector.
    pub fn select(&self, css: &str) -> Option<Element> {
        let answer = self.tell("element", &json!({ "using": "css selector", "value": css })).ok()?;
        Element::from(&answer)
    }

    /// Clicks the middle of an element.
    pub fn click(&self, element: &Element) -> Result<(), String> {
        self.tell(&format!("element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Empties a field.
    pub fn clear(&self, element: &Element) -> Result<(), String> {
        self.tell(&format!("element/{}/clear", element.0), &json!({})).map(drop)
    }

    /// Types into an element.
    pub fn write(&self, element: &Element, text: &str) -> Result<(), String> {
        self.tell(&format!("element/{}/value", element.0), &json!({ "text": text })).map(drop)
    }

    /// Ends the session, and the program with it.
    pub fn end(&self) {
        let _ = ask(self.port, "DELETE", &format!("/session/{}", self.session), &Value::Null);
    }
}

fn ask(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let text = (!body.is_null()).then(|| body.to_string());
    let (status, answer) =
        http::ask(port, method, path, text.as_deref(), LONGEST).map_err(|error| format!("{method} {path}: {error}"))?;
    let answer: Value = serde_json::from_str(&answer).map_err(|_| format!("{method} {path}: {status} {answer}"))?;
    let value = answer.get("value").cloned().unwrap_or_default();
    if status == 200 { Ok(value) } else { Err(format!("{method} {path}: {value}")) }
}
