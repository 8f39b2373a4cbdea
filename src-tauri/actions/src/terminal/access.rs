//! Sealing, asking and answering from a terminal.

use larder_model::{Audience, Label, PersonId, Reader, Refusal, RefusalCode, SealedArea, search_text};

use super::Terminal;
use crate::wire::{
    AccessNote, AnswerRequest, AskRequest, DescribeRequest, DraftRequest, HandOverRequest, MemberNote, PeoplePage,
    ProductPage, ProductRequest, ReaderRequest, RequestNote, WithdrawRequest,
};
use crate::{access, label, product, publish};

/// How a draft is sealed; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct SealWords {
    /// Everyone may read it.
    pub everyone: bool,
    /// The names of those who may read it, besides the keeper.
    pub readers: Vec<String>,
    /// Areas: everyone who keeps something in one of them may read it, too.
    pub areas: Vec<String>,
    /// Its name is told only to them.
    pub hide_title: bool,
    /// What everybody may know of it, and how to ask.
    pub how_to_ask: Option<String>,
}

/// What somebody is told who asked for access.
#[derive(Debug, Clone, Default)]
pub struct AnswerWords {
    /// Let them in.
    pub granted: bool,
    /// A sentence with it.
    pub text: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// After that they stay until somebody says otherwise.
    pub stays: bool,
}

fn unknown(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Unknown).with("what", what)
}

fn reader(page: &PeoplePage, name: &str) -> Result<Reader, Refusal> {
    let folded = search_text(name);
    let mut found =
        page.members.iter().filter(|m| m.confirmed && (search_text(&m.person.name) == folded || m.id.as_str() == name));
    let first = found.next().ok_or_else(|| unknown(name))?;
    match found.next() {
        Some(_) => Err(Refusal::new(RefusalCode::Ambiguous).with("name", name)),
        None => Ok(Reader { person: first.id.clone(), name: first.person.name.clone() }),
    }
}

/// Everyone but you who keeps something in an area; the area is remembered with them.
fn choose_area(page: &PeoplePage, label: &mut Label, area: &str) -> Result<(), Refusal> {
    let folded = search_text(area);
    let keeps = |member: &&MemberNote| member.keeps.iter().any(|card| search_text(&card.area) == folded);
    let there: Vec<&MemberNote> =
        page.members.iter().filter(|member| member.confirmed && !member.is_me).filter(keeps).collect();
    let named = there.iter().flat_map(|member| &member.keeps).map(|card| &card.area);
    let area = named.into_iter().find(|name| search_text(name) == folded).ok_or_else(|| unknown(area))?.clone();
    for member in &there {
        if !label.sealing.readers.iter().any(|reader| reader.person == member.id) {
            label.sealing.readers.push(Reader { person: member.id.clone(), name: member.person.name.clone() });
        }
    }
    let people = there.iter().map(|member| member.id.clone()).collect();
    label.sealing.areas.push(SealedArea { area, people });
    Ok(())
}

impl Terminal {
    /// Says who may read the newest draft of that name.
    pub fn seal(&self, name: &str, words: &SealWords) -> Result<Label, Refusal> {
        let page = self.people()?;
        let row = self.find_draft(name)?;
        let mut label = label::draft_label(&self.larder, DraftRequest { draft: row.id.clone() })?.label;
        label.audience = if words.everyone { Audience::Everyone } else { Audience::Sealed };
        if !words.everyone {
            let readers: Result<Vec<Reader>, _> = words.readers.iter().map(|name| reader(&page, name)).collect();
            label.sealing.readers = readers?;
            label.sealing.areas.clear();
            for area in &words.areas {
                choose_area(&page, &mut label, area)?;
            }
            label.sealing.hide_title = words.hide_title;
            if let Some(text) = &words.how_to_ask {
                label.sealing.how_to_ask = text.clone();
            }
        }
        Ok(label::describe_draft(&self.larder, DescribeRequest { draft: row.id, label })?.label)
    }

    /// Lets somebody read a sealed data product on the shelf, or no longer.
    pub fn let_in(&self, name: &str, person: &str, on: bool) -> Result<AccessNote, Refusal> {
        let page = self.people()?;
        let product = self.find_product(name)?.product;
        let person: PersonId = reader(&page, person)?.person;
        let request = ReaderRequest { product, person };
        let done = if on {
            access::allow_reader(&self.larder, request.clone())?
        } else {
            access::remove_reader(&self.larder, request.clone())?
        };
        self.until_done(done, name)
    }

    /// Hands a data product to another keeper; answers how it stands then.
    pub fn hand_over(&self, name: &str, person: &str) -> Result<ProductPage, Refusal> {
        let page = self.people()?;
        let product = self.find_product(name)?.product;
        let person = reader(&page, person)?.person;
        let request = HandOverRequest { product: product.clone(), person };
        let job = publish::hand_over(&self.larder, request)?;
        self.larder.wait(&job.id)?;
        product::product(&self.larder, ProductRequest { product, release: None })
    }

    /// Waits for what goes on in the background, and tells how it stands then.
    fn until_done(&self, note: AccessNote, name: &str) -> Result<AccessNote, Refusal> {
        let Some(job) = &note.job else { return Ok(note) };
        self.larder.wait(&job.id)?;
        self.access(name)
    }

    /// Who may read it, and who asks.
    pub fn access(&self, name: &str) -> Result<AccessNote, Refusal> {
        let product = self.find_product(name)?.product;
        let page = product::product(&self.larder, ProductRequest { product, release: None })?;
        page.access.ok_or_else(|| Refusal::new(RefusalCode::Invalid).with("what", "sealed").with("value", name))
    }

    /// Asks for access to a sealed data product.
    pub fn ask(&self, name: &str, purpose: &str, until: Option<&str>) -> Result<AccessNote, Refusal> {
        self.refresh()?;
        let product = self.find_product(name)?.product;
        let request = AskRequest { product, purpose: purpose.to_owned(), until: until.map(str::to_owned) };
        access::ask_for_access(&self.larder, request)
    }

    /// Takes back what was asked.
    pub fn ask_no_more(&self, name: &str) -> Result<AccessNote, Refusal> {
        self.refresh()?;
        let asked = self.access(name)?.requests.into_iter().find(|request| request.may_withdraw);
        let request = asked.ok_or_else(|| unknown(name))?.request;
        access::withdraw_request(&self.larder, WithdrawRequest { request })
    }

    /// Answers what somebody asked last.
    pub fn answer(&self, name: &str, person: &str, said: &AnswerWords) -> Result<AccessNote, Refusal> {
        self.refresh()?;
        let folded = search_text(person);
        let fits = |request: &RequestNote| request.may_answer && search_text(&request.name) == folded;
        let asked = self.access(name)?.requests.into_iter().find(fits).ok_or_else(|| unknown(person))?;
        let AnswerWords { granted, text, until, stays } = said.clone();
        let request = AnswerRequest { request: asked.request, granted, text, until, stays };
        let note = access::answer_access(&self.larder, request)?;
        self.until_done(note, name)
    }
}
