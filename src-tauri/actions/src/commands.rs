//! The one list of commands. The router, the TypeScript types and the freshness of what a page shows follow from it.

use larder_model::{Refusal, RefusalCode};
use serde_json::Value;

use crate::typescript::Declarations;
use crate::wire::*;
use crate::{
    Larder, access, activity, bring, check, compare, doctor, faults, find, govern, invite, joined, label, people,
    places, product, publish, receipts, retention, review, rows, rules, shelf, start, sync, today, unlock, versions,
};

/// What is known of a command besides its code.
#[derive(Debug, Clone, Copy)]
pub struct CommandNote {
    /// Its name on the wire.
    pub name: &'static str,
    /// Topics that its answer shows; the answer is stale when one of them changes.
    pub reads: &'static [&'static str],
    /// Topics that it changes.
    pub stale: &'static [&'static str],
}

macro_rules! commands {
    ($($name:ident: $request:ty => $answer:ty, $body:path, [$($reads:literal)*], [$($stale:literal)*];)*) => {
        /// Every command, in order.
        pub const COMMANDS: &[CommandNote] = &[
            $(CommandNote { name: stringify!($name), reads: &[$($reads),*], stale: &[$($stale),*] },)*
        ];

        fn route(larder: &Larder, name: &str, request: Value) -> Result<Value, Refusal> {
            match name {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request).map_err(|e| {
                        Refusal::new(RefusalCode::Invalid).with("what", name).with("value", e.to_string())
                    })?;
                    let answer: $answer = $body(larder, request)?;
                    larder.changed(&[$($stale),*]);
                    serde_json::to_value(answer).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))
                })*
                _ => Err(Refusal::new(RefusalCode::Unknown).with("what", name)),
            }
        }

        fn command_types(declarations: &mut Declarations) -> String {
            let mut lines = String::new();
            $({
                let request = declarations.add::<$request>();
                let answer = declarations.add::<$answer>();
                lines.push_str(&format!("  {}: {{ request: {request}; answer: {answer} }};\n", stringify!($name)));
            })*
            lines
        }
    };
}

commands! {
    start: Nothing => Start, start::start, ["start"], [];
    enter_sample: Nothing => JobNote, start::enter_sample, [], [];
    leave_sample: Nothing => Start, start::leave_sample, [], ["start" "shelf" "drafts" "activity" "sync" "people"];
    places: Nothing => Vec<PlaceOffer>, places::places, [], [];
    choose_folder: Nothing => Option<PlaceOffer>, places::choose_folder, [], [];
    probe_place: PlaceRequest => PlaceProbe, places::probe_place, [], [];
    place_forms: Nothing => Vec<PlaceForm>, places::place_forms, [], [];
    enter_place: EnterPlaceRequest => PlaceOffer, places::enter_place, [], [];
    choose_place_file: Nothing => Option<String>, places::choose_place_file, [], [];
    move_shelf: PlaceRequest => Start, places::move_shelf, [], ["start" "sync" "activity"];
    choose_shelf: ShelfRequest => Start, places::choose_shelf, [], ["start" "shelf" "sync" "people"];
    forget_shelf: ShelfRequest => Start, places::forget_shelf, [], ["start" "shelf" "sync" "people" "activity"];
    sign_in: SignInRequest => Nothing, places::sign_in, [], ["sync"];
    set_up_shelf: SetUpRequest => Start, places::set_up_shelf, [], ["start" "shelf" "activity" "sync" "people"];
    set_me: PersonRequest => Start, start::set_me, [], ["start" "people"];
    fault_report: Nothing => FaultReport, faults::fault_report, [], [];
    show_fault: Nothing => Nothing, faults::show_fault, [], [];
    dismiss_fault: Nothing => Start, faults::dismiss_fault, [], ["start"];
    change_settings: SettingsRequest => Start, start::change_settings, [], ["start"];

    browse_files: Nothing => BroughtIn, bring::browse_files, [], ["drafts"];
    paste_table: PasteRequest => BroughtIn, bring::paste_table, [], ["drafts"];
    unlock_file: UnlockRequest => BroughtIn, unlock::unlock_file, [], ["drafts"];
    bring_in_practice: PracticeRequest => BroughtIn, bring::bring_in_practice, [], ["drafts"];
    bring_in_more: BringMoreRequest => BroughtIn, bring::bring_in_more, [], ["drafts"];
    drafts: Nothing => Vec<DraftNote>, bring::drafts, ["drafts"], [];
    discard_draft: DraftRequest => Nothing, bring::discard_draft, [], ["drafts"];
    restore_draft: DraftRequest => Nothing, bring::restore_draft, [], ["drafts"];
    join_drafts: JoinRequest => DraftState, joined::join_drafts, [], ["drafts"];
    take_out_file: TakeOutRequest => DraftState, joined::take_out_file, [], ["drafts"];
    draft: DraftRequest => DraftState, check::draft, ["drafts"], [];
    draft_rows: DraftRowsRequest => SheetPage, check::draft_rows, [], [];
    draft_choose: ChooseRequest => DraftState, check::draft_choose, [], ["drafts"];
    draft_undo: DraftRequest => DraftState, check::draft_undo, [], ["drafts"];
    draft_redo: DraftRequest => DraftState, check::draft_redo, [], ["drafts"];
    draft_start_over: DraftRequest => DraftState, check::draft_start_over, [], ["drafts"];
    draft_kinds: KindsRequest => Vec<larder_formats::KindPreview>, check::draft_kinds, [], [];
    mean_draft_for: MeanDraftRequest => DraftState, check::mean_draft_for, [], ["drafts"];
    use_draft_for: UseDraftRequest => DraftState, check::use_draft_for, [], ["drafts"];
    draft_changes: DraftRequest => Vec<larder_model::Change>, label::draft_changes, ["drafts"], [];

    draft_label: DraftRequest => LabelState, label::draft_label, ["drafts"], [];
    describe_draft: DescribeRequest => LabelState, label::describe_draft, [], ["drafts"];
    draft_accept: AcceptRequest => LabelState, label::draft_accept, [], ["drafts"];
    draft_fix: FixRequest => LabelState, label::draft_fix, [], ["drafts"];
    draft_finding_rows: FindingRowsRequest => FindingRows, label::draft_finding_rows, [], [];

    publish_plan: DraftRequest => PublishPlan, publish::publish_plan, ["drafts" "shelf"], [];
    compare_with_newest: DraftRequest => Comparison, compare::compare_with_newest, ["drafts" "shelf"], [];
    publish: DraftRequest => JobNote, publish::publish, [], ["drafts" "shelf"];
    publication: ProductRequest => Option<Publication>, publish::publication, ["shelf" "sync"], [];
    use_edited: EditedRequest => BroughtIn, publish::edited::use_edited, [], ["drafts"];
    restore_copies: ProductRequest => Nothing, publish::edited::restore_copies, [], ["shelf" "sync"];
    hand_over: HandOverRequest => JobNote, publish::hand_over, [], ["shelf" "activity"];
    use_earlier: ProductRequest => JobNote, publish::use_earlier, [], ["shelf"];
    say_use: UseRequest => UsesNote, receipts::say_use, [], ["shelf" "people" "activity"];
    pass_use_over: ProductRequest => Nothing, receipts::pass_use_over, [], ["shelf"];
    still_holds: ProductRequest => ReviewNote, review::still_holds, [], ["shelf" "people" "activity"];

    shelf: Nothing => ShelfPage, shelf::shelf, ["shelf"], [];
    find: FindRequest => Found, find::find, ["shelf"], [];
    today: Nothing => TodayPage, today::today, ["shelf" "drafts" "people" "sync"], [];
    product: ProductRequest => ProductPage, product::product, ["shelf"], [];
    two_versions: TwoVersionsRequest => TwoVersions, versions::two_versions, ["shelf"], [];
    fetch_version: VersionRequest => JobNote, versions::fetch_version, [], [];
    keep_version: VersionRequest => JobNote, versions::keep_version, [], ["shelf"];
    bring_together: VersionRequest => BroughtIn, versions::bring_together, [], ["drafts"];
    follow: FollowRequest => Nothing, product::follow, [], ["shelf"];
    open_view: OpenViewRequest => ViewNote, rows::open_view, [], [];
    view_rows: ViewRowsRequest => Vec<larder_tables::ViewRow>, rows::view_rows, [], [];
    fetch_rows: ProductRequest => JobNote, product::fetch_rows, [], [];
    open_in_excel: ProductRequest => Saved, product::open_in_excel, [], ["activity"];
    save_copy: CopyRequest => Saved, product::save_copy, [], ["activity"];
    show_in_folder: ProductRequest => Nothing, product::show_in_folder, [], [];

    allow_reader: ReaderRequest => AccessNote, access::allow_reader, [], ["shelf"];
    remove_reader: ReaderRequest => AccessNote, access::remove_reader, [], ["shelf"];
    ask_for_access: AskRequest => AccessNote, access::ask_for_access, [], ["shelf" "people"];
    answer_access: AnswerRequest => AccessNote, access::answer_access, [], ["shelf" "people"];
    answer_area: AreaAnswerRequest => AccessNote, access::answer_area, [], ["shelf"];
    end_by_itself: EndByItselfRequest => AccessNote, access::end_by_itself, [], ["shelf"];
    withdraw_request: WithdrawRequest => AccessNote, access::withdraw_request, [], ["shelf" "people"];

    people: Nothing => PeoplePage, people::people, ["people" "shelf"], [];
    confirm_people: ConfirmRequest => PeoplePage, govern::confirm_people, [], ["people" "shelf"];
    rename_person: MemberRequest => PeoplePage, govern::rename_person, [], ["people" "shelf" "start"];
    make_steward: MemberRequest => PeoplePage, govern::make_steward, [], ["people"];
    unmake_steward: MemberRequest => PeoplePage, govern::unmake_steward, [], ["people"];
    set_threshold: ThresholdRequest => PeoplePage, govern::set_threshold, [], ["people"];
    retire_device: DeviceRequest => PeoplePage, govern::retire_device, [], ["people" "shelf"];
    device_history: DeviceRequest => DeviceHistory, govern::device_history, ["people"], [];
    revoke_device: RevokeRequest => PeoplePage, govern::revoke_device, [], ["people" "shelf"];
    remove_person: MemberRequest => PeoplePage, govern::remove_person, [], ["people" "shelf"];
    take_over: TakeOverRequest => PeoplePage, govern::take_over, [], ["people" "shelf"];
    link_device: DeviceRequest => PeoplePage, govern::link_device, [], ["people" "start"];
    co_sign: SignRequest => PeoplePage, govern::co_sign, [], ["people" "shelf"];
    heal_people: Nothing => PeoplePage, govern::heal_people, [], ["people" "shelf"];
    rules: Nothing => RulesPage, rules::rules, ["people"], [];
    retention_effect: RetentionRequest => RetentionEffect, retention::effect, ["shelf"], [];
    set_rules: SetRulesRequest => RulesPage, rules::set_rules, [], ["people" "drafts" "shelf"];
    invite: InviteRequest => Invite, invite::invite, ["start"], [];
    save_invitation: InviteRequest => Saved, invite::save_invitation, [], ["activity"];
    read_invitation: InvitationRequest => Option<InvitationNote>, invite::read_invitation, [], [];
    join_invited: JoinInvitedRequest => Start, invite::join_invited, [], ["start" "shelf" "activity" "sync" "people"];
    activity: ActivityRequest => ActivityPage, activity::activity, ["activity"], [];
    sync: Nothing => Sync, sync::sync, ["sync"], [];
    pause: PauseRequest => Sync, publish::outbox::pause, [], ["sync" "shelf"];
    refresh: Nothing => JobNote, sync::refresh, [], [];
    doctor: Nothing => DoctorState, doctor::doctor, ["doctor"], [];
    look_over: Nothing => JobNote, doctor::look_over, [], ["doctor"];
    mend: Nothing => JobNote, doctor::mend, [], ["doctor"];
    collect_garbage: GarbageRequest => JobNote, doctor::collect_garbage, [], ["doctor"];
    job: JobRequest => JobNote, sync::job, [], [];
    cancel_job: JobRequest => Nothing, sync::cancel_job, [], [];
    page_fault: PageFault => Nothing, activity::page_fault, [], [];
}

/// Answers a command. A panic inside one is a bug of ours, is caught here, and leaves everything as it was saved.
pub fn call(larder: &Larder, name: &str, request: Value) -> Result<Value, Refusal> {
    let answered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| route(larder, name, request)));
    answered.unwrap_or_else(|panic| {
        let detail = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_else(|| "unknown".to_owned());
        tracing::error!(command = name, detail, "a command panicked");
        Err(Refusal::new(RefusalCode::Bug).with("detail", format!("{name}: {detail}")))
    })
}

/// The wire as TypeScript: every type, every command with request and answer, and what is read and made stale.
pub fn wire_typescript() -> String {
    let mut declarations = Declarations::default();
    let commands = command_types(&mut declarations);
    declarations.add::<Event>();
    declarations.add::<Refusal>();
    let mut reads = String::new();
    for command in COMMANDS {
        reads.push_str(&format!("  {}: {:?},\n", command.name, command.reads));
    }
    format!(
        "// Made from the commands in src-tauri/actions by `make wire`. Not edited by hand.\n\n{}\n\
         export interface Commands {{\n{commands}}}\n\n\
         /** Topics that each command's answer shows. */\n\
         export const reads: Record<keyof Commands, readonly string[]> = {{\n{reads}}};\n",
        declarations.text()
    )
}
