// Made from the commands in src-tauri/actions by `make wire`. Not edited by hand.

export type AcceptRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * Their fields; `*` for all, `column/*` for all of the column guide.
 */
fields: Array<string>, };
export type AccessNote = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * This computer can read it.
 */
opens: boolean, 
/**
 * Its name is told only to those who can read it.
 */
hidden_title: boolean, 
/**
 * Who can be asked; none where nobody knows whose computer put it there.
 */
owner: string | null, 
/**
 * What everybody may know of it, and how to ask.
 */
how_to_ask: string, 
/**
 * Everyone who is confirmed: those who can read it first. Empty for who cannot read it.
 */
readers: Array<ReaderNote>, 
/**
 * You may let others read it, and no longer.
 */
may_change: boolean, 
/**
 * You may ask for access.
 */
may_ask: boolean, 
/**
 * Requests and what became of them, newest first.
 */
requests: Array<RequestNote>, 
/**
 * What goes on in the background after what was just asked for: it is put on the shelf anew.
 */
job: JobNote | null, };
export type ActivityEntry = { 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Which sentence.
 */
code: string, 
/**
 * The values in it.
 */
params: { [key in string]: Param }, 
/**
 * The data product that it is about.
 */
product: ProductId | null, 
/**
 * Who did it.
 */
who: string, };
export type ActivityPage = { 
/**
 * Newest first.
 */
entries: Array<ActivityEntry>, 
/**
 * How many there are in all.
 */
total: number, };
export type ActivityRequest = { 
/**
 * First entry, 0 is the newest.
 */
start: number, 
/**
 * How many, at most 200.
 */
count: number, };
export type AnswerNote = { 
/**
 * Whether they are let in.
 */
granted: boolean, 
/**
 * A sentence with it; none for everybody but who asked and the keeper.
 */
text: string | null, 
/**
 * Who said so.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Until when, RFC 3339.
 */
until: string | null, 
/**
 * After that day this computer leaves them out by itself; none where it has no end, or is not this computer's to end.
 */
ends_by_itself: boolean | null, };
export type AnswerRequest = { 
/**
 * The id of a [`RequestNote`].
 */
request: string, 
/**
 * Let them in.
 */
granted: boolean, 
/**
 * A sentence with it, at most 1,000 characters; only who asked reads it.
 */
text: string | null, 
/**
 * Until when, RFC 3339.
 */
until: string | null, 
/**
 * After that moment they stay until the keeper says otherwise; else they are left out by itself.
 */
stays: boolean, };
export type AreaAnswerRequest = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * Who.
 */
person: PersonId, 
/**
 * They can read it from now on; else they cannot.
 */
let_in: boolean, };
export type AreaShelf = { 
/**
 * The area's name.
 */
name: string, 
/**
 * Its colour, 0 to 5.
 */
color: number, 
/**
 * Its labels by name.
 */
labels: Array<LabelCard>, };
export type AskRequest = { 
/**
 * To what.
 */
product: ProductId, 
/**
 * What for, at most 1,000 characters; only the keeper reads it.
 */
purpose: string, 
/**
 * Until when it is needed, RFC 3339.
 */
until: string | null, };
export type Audience = "everyone" | "label_only" | "sealed";
export type Bin = { 
/**
 * Where it starts, included, as canonical text.
 */
from: string, 
/**
 * Where it ends (included in the last bar only), as canonical text.
 */
to: string, 
/**
 * Rows in it.
 */
count: number, };
export type BringMoreRequest = { 
/**
 * The draft whose file it is.
 */
draft: DraftId, 
/**
 * The parts: sheets, or tables of the draft's sheet.
 */
parts: Array<Choice>, };
export type BroughtIn = { 
/**
 * One each, in order.
 */
items: Array<BroughtItem>, };
export type BroughtItem = { 
/**
 * The file's name, without folders.
 */
file_name: string, 
/**
 * The draft that it became.
 */
draft: DraftId | null, 
/**
 * Or why not.
 */
refusal: Refusal | null, 
/**
 * Under this id a password opens it.
 */
locked: string | null, 
/**
 * It is no spreadsheet but an invitation to a shelf.
 */
invitation: InvitationNote | null, };
export type Card = { 
/**
 * [`CARD_FORMAT`] when it was written.
 */
format: number, 
/**
 * The data product.
 */
product: ProductId, 
/**
 * The release's number; 1 is the first.
 */
release: number, 
/**
 * What people say about it.
 */
label: Label, 
/**
 * What its columns hold. Without top values and examples where the rows are not on the shelf.
 */
profile: Profile, 
/**
 * Its condition.
 */
condition: Condition, 
/**
 * What is left to fix, with rows.
 */
to_fix: Array<Finding>, 
/**
 * When the rows were filled, RFC 3339 with the zone's offset.
 */
filled_at: string, 
/**
 * Who filled it.
 */
filled_by: string, 
/**
 * What changed since the release before.
 */
changes: Array<Change>, 
/**
 * The files that it was made from, oldest first.
 */
sources: Array<SourceNote>, 
/**
 * Data products that its columns look up, by id.
 */
related: Array<string>, };
export type CardState = "ready" | "ready_newer_arriving" | "arriving" | "not_here" | "two_versions" | "retired" | "damaged" | "went_backwards" | "needs_newer_larder" | "label_only" | "needs_key" | "cloud_only";
export type Certainty = "doubt" | "notice" | "sure";
export type Change = { "what": "first", 
/**
 * Rows in it.
 */
rows: number, } | { "what": "rows", 
/**
 * Rows before.
 */
before: number, 
/**
 * Rows now.
 */
after: number, } | { "what": "rows_added", 
/**
 * How many.
 */
count: number, } | { "what": "rows_gone", 
/**
 * How many.
 */
count: number, } | { "what": "rows_changed", 
/**
 * How many.
 */
count: number, } | { "what": "column_new", 
/**
 * Its name.
 */
column: string, } | { "what": "column_gone", 
/**
 * Its name.
 */
column: string, } | { "what": "column_renamed", 
/**
 * Name before.
 */
before: string, 
/**
 * Name now.
 */
after: string, } | { "what": "kind_changed", 
/**
 * Its name.
 */
column: string, 
/**
 * Kind before.
 */
before: Kind, 
/**
 * Kind now.
 */
after: Kind, } | { "what": "level", 
/**
 * The column.
 */
column: string, 
/**
 * Mean before.
 */
before: number, 
/**
 * Mean now.
 */
after: number, 
/**
 * Change in percent of before.
 */
percent: number, } | { "what": "values_new", 
/**
 * The column.
 */
column: string, 
/**
 * The first few.
 */
values: Array<string>, 
/**
 * How many.
 */
count: number, } | { "what": "values_gone", 
/**
 * The column.
 */
column: string, 
/**
 * The first few.
 */
values: Array<string>, 
/**
 * How many.
 */
count: number, } | { "what": "range", 
/**
 * The column.
 */
column: string, 
/**
 * First day or moment now.
 */
from: string, 
/**
 * Last day or moment now.
 */
to: string, } | { "what": "emptier", 
/**
 * The column.
 */
column: string, 
/**
 * Empty before.
 */
before: number, 
/**
 * Empty now.
 */
after: number, } | { "what": "label_only" } | { "what": "put_back", 
/**
 * Its number.
 */
release: number, } | { "what": "chosen", 
/**
 * Who had filled it.
 */
by: string, } | { "what": "handed_over", 
/**
 * Their name.
 */
to: string, } | { "what": "nothing" };
export type Choice = { "about": "sheet", 
/**
 * The sheet's name.
 */
sheet: string, } | { "about": "table", 
/**
 * Its place in the list of tables.
 */
index: number, } | { "about": "header_row", 
/**
 * Row of the sheet.
 */
row: number, } | { "about": "no_header" } | { "about": "date_order", 
/**
 * Column id, or all.
 */
column: string | null, 
/**
 * The order.
 */
order: DateOrder, } | { "about": "decimal_mark", 
/**
 * Column id, or all.
 */
column: string | null, 
/**
 * The mark.
 */
mark: DecimalMark, } | { "about": "kind", 
/**
 * Column id.
 */
column: string, 
/**
 * The kind.
 */
kind: Kind, } | { "about": "empty_word", 
/**
 * The word as it stands in the file.
 */
word: string, 
/**
 * True: read it as empty. False: keep it as text.
 */
empty: boolean, } | { "about": "totals", 
/**
 * True: keep them.
 */
keep: boolean, } | { "about": "row", 
/**
 * Row of the sheet (1 is the first).
 */
row: number, 
/**
 * True: keep it. False: leave it out.
 */
keep: boolean, } | { "about": "duplicates", 
/**
 * True: keep all. False: keep one of each.
 */
keep: boolean, } | { "about": "encoding", 
/**
 * A label of the Encoding Standard, such as `windows-1252`.
 */
encoding: string, } | { "about": "mojibake", 
/**
 * True: repair them.
 */
repair: boolean, } | { "about": "delimiter", 
/**
 * One character.
 */
delimiter: string, } | { "about": "quoting", 
/**
 * True: take it off. False: leave it as it stands.
 */
take_off: boolean, } | { "about": "surplus", 
/**
 * True: put it together. False: leave its pieces in cells of their own.
 */
join: boolean, } | { "about": "merged", 
/**
 * True: fill down.
 */
fill: boolean, } | { "about": "unit", 
/**
 * Column id.
 */
column: string, 
/**
 * True: `12 kg` is the number 12 of a column in kg.
 */
split: boolean, } | { "about": "column", 
/**
 * Column id.
 */
column: string, 
/**
 * True: bring it in.
 */
keep: boolean, } | { "about": "name", 
/**
 * Column id.
 */
column: string, 
/**
 * The name.
 */
name: string, } | { "about": "description", 
/**
 * True: take it over. False: leave it aside.
 */
take: boolean, };
export type ChooseRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * What was chosen.
 */
choice: Choice, };
export type Clash = { 
/**
 * Its number.
 */
release: number, 
/**
 * Who put it there.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, };
export type Column = { 
/**
 * Safe name: `[a-z0-9_]`, unique in the table; what packages and Parquet call it.
 */
id: string, 
/**
 * The name as people read it.
 */
name: string, 
/**
 * What it holds.
 */
kind: Kind, 
/**
 * What it means, in a few words.
 */
meaning: string, 
/**
 * Unit, such as `kg` or `pieces`.
 */
unit: string | null, 
/**
 * ISO 4217 code, for money.
 */
currency: string | null, 
/**
 * Decimals of its money (2 where none is said).
 */
decimals: number | null, 
/**
 * An example value.
 */
example: string | null, 
/**
 * Part of what makes each row unique.
 */
key: boolean, 
/**
 * May not be empty.
 */
required: boolean, 
/**
 * Tells something about a person.
 */
personal: boolean, 
/**
 * Where its values can be looked up.
 */
looks_up: LookUp | null, };
export type ColumnProfile = { 
/**
 * The column's id.
 */
id: string, 
/**
 * Cells with a value.
 */
count: number, 
/**
 * Empty cells.
 */
empty: number, 
/**
 * Different values; exact.
 */
distinct: number, 
/**
 * Smallest value; for text the first in order.
 */
min: string | null, 
/**
 * Largest value.
 */
max: string | null, 
/**
 * Arithmetic mean, for numbers.
 */
mean: number | null, 
/**
 * At 0.05, 0.25, 0.5, 0.75 and 0.95, for numbers and dates.
 */
quantiles: Array<Quantile>, 
/**
 * The ten most frequent values, most frequent first, then by value.
 */
top: Array<TopValue>, 
/**
 * At most 24 bars of equal width, for numbers, dates and times.
 */
histogram: Array<Bin>, };
export type Comparison = { 
/**
 * Who put the newest version there.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Its rows.
 */
rows_theirs: number, 
/**
 * Rows of the draft.
 */
rows_mine: number, 
/**
 * What would change in the table.
 */
changes: Array<Change>, 
/**
 * What differs on the labels.
 */
label: Array<LabelDifference>, };
export type Condition = { 
/**
 * 0 to 100.
 */
score: number, 
/**
 * Its word.
 */
grade: Grade, 
/**
 * Things left to fix.
 */
to_fix: number, };
export type ConfirmRequest = { 
/**
 * Their computers.
 */
writers: Array<WriterId>, };
export type CopyFormat = "xlsx" | "csv" | "parquet";
export type CopyRequest = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * Which release; none is the newest.
 */
release: number | null, 
/**
 * In which form.
 */
format: CopyFormat, };
export type DateOrder = "day_first" | "month_first" | "year_first";
export type Decided = { 
/**
 * Which sentence.
 */
code: DecidedCode, 
/**
 * The values in it.
 */
params: { [key in string]: Param }, };
export type DecidedCode = "person_added" | "person_removed" | "person_renamed" | "device_added" | "device_retired" | "device_revoked" | "steward_added" | "steward_removed" | "threshold" | "healed" | "rule_changed";
export type DecimalMark = "comma" | "dot";
export type DescribeRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The whole label, as it shall be.
 */
label: Label, };
export type DeviceDeed = "link" | "retire" | "revoke";
export type DeviceHistory = { 
/**
 * Which.
 */
writer: WriterId, 
/**
 * Whose it is.
 */
name: string, 
/**
 * Newest first.
 */
moments: Array<HeadNote>, };
export type DeviceNote = { 
/**
 * Which.
 */
writer: WriterId, 
/**
 * How it stands.
 */
standing: DeviceStanding, 
/**
 * It may confirm others.
 */
steward: boolean, 
/**
 * Six words to compare by telephone.
 */
words: Array<string>, 
/**
 * It is this one.
 */
is_this: boolean, 
/**
 * Its name, of this computer only.
 */
name: string | null, 
/**
 * When it last said whose it is, by its own clock, RFC 3339.
 */
introduced_at: string | null, 
/**
 * When it last said anything that counts, by its own clock, RFC 3339.
 */
active_at: string | null, 
/**
 * The number of the last thing it said that counts, where later ones do not.
 */
last_good_seq: number | null, 
/**
 * It says to be another computer of yours, and this one has not said so yet.
 */
says_is_mine: boolean, 
/**
 * This computer said that it is yours, and it has not said so yet.
 */
waits_for_it: boolean, 
/**
 * What you may do about it.
 */
may: Array<DeviceDeed>, };
export type DeviceRequest = { 
/**
 * Which.
 */
writer: WriterId, };
export type DeviceStanding = "asks" | "active" | "retired" | "revoked";
export type DoctorCode = "all_well" | "stray_files" | "conflict_copies" | "renamed_folder" | "parts_missing" | "parts_in_cloud" | "parts_damaged" | "not_durable" | "temp_files" | "clock_differs" | "not_confirmed" | "one_steward" | "everything_gone" | "alert" | "more";
export type DoctorNote = { 
/**
 * Which sentence.
 */
code: DoctorCode, 
/**
 * The values in it.
 */
params: { [key in string]: Param }, };
export type DoctorReport = { 
/**
 * The shelf's name.
 */
shelf: string, 
/**
 * Where it stands.
 */
address: string, 
/**
 * When it was looked over, RFC 3339.
 */
at: string, 
/**
 * What was found; empty is well.
 */
notes: Array<DoctorNote>, 
/**
 * What can be put back, and what cannot.
 */
repair: Repair, 
/**
 * Who takes how much room.
 */
space: Array<Space>, 
/**
 * What came of removing what nobody needs, where that was tried.
 */
garbage: Garbage | null, };
export type DoctorState = { 
/**
 * The shelf's name.
 */
shelf: string, 
/**
 * Where it stands.
 */
address: string, 
/**
 * What was found; none before the first look has ended.
 */
report: DoctorReport | null, 
/**
 * What goes on now.
 */
job: JobNote | null, };
export type DraftId = string;
export type DraftMode = "new" | "replace" | "append";
export type DraftNote = { 
/**
 * Its id.
 */
id: DraftId, 
/**
 * Its name so far, or the file's.
 */
title: string, 
/**
 * The file.
 */
file_name: string, 
/**
 * The sheet or the rows of the file, where it was brought in beside another part of it.
 */
part: string | null, 
/**
 * How far.
 */
step: DraftStep, 
/**
 * When it was last saved, RFC 3339.
 */
saved_at: string, 
/**
 * The data product that it goes on with.
 */
product: ProductId | null, };
export type DraftRequest = { 
/**
 * Which.
 */
draft: DraftId, };
export type DraftRowsRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * First row of the sheet, 0 is the first.
 */
start: number, 
/**
 * How many, at most 500.
 */
count: number, };
export type DraftState = { 
/**
 * Its id.
 */
id: DraftId, 
/**
 * The file's name.
 */
file_name: string, 
/**
 * The sheet or the rows of the file, where it was brought in beside another part of it.
 */
part: string | null, 
/**
 * The file's size.
 */
size_bytes: number, 
/**
 * How far the reading is.
 */
read: ReadState, 
/**
 * How it was read; of the first rows only while busy.
 */
reading: Reading | null, 
/**
 * There is a choice to take back.
 */
can_undo: boolean, 
/**
 * There is a choice to make again.
 */
can_redo: boolean, 
/**
 * Further files whose rows follow on those of this one, once all were read.
 */
joined: Array<JoinedNote>, 
/**
 * The name of the data product whose reading was applied, if one was.
 */
remembered: string | null, 
/**
 * The data product on whose label it was dropped.
 */
meant: NamedProduct | null, 
/**
 * Data products that this could be the next file of, likeliest first.
 */
matches: Array<ProductMatch>, 
/**
 * The data product that it goes on with.
 */
product: ProductId | null, 
/**
 * Its name.
 */
product_title: string | null, 
/**
 * How.
 */
mode: DraftMode, 
/**
 * How far the work is.
 */
step: DraftStep, 
/**
 * When it was last saved, RFC 3339.
 */
saved_at: string, };
export type DraftStep = "check" | "label" | "published" | "discarded";
export type EditedRequest = { 
/**
 * Of which data product.
 */
product: ProductId, 
/**
 * One of [`ProductPage::edited`].
 */
file: string, };
export type EndByItselfRequest = { 
/**
 * The id of a [`RequestNote`].
 */
request: string, 
/**
 * They are.
 */
on: boolean, };
export type EnterPlaceRequest = { 
/**
 * Which kind of place.
 */
kind: string, 
/**
 * By field, secrets included.
 */
values: { [key in string]: string }, };
export type Event = { "event": "changed", 
/**
 * The topics.
 */
topics: Array<string>, } | { "event": "job", 
/**
 * How it stands.
 */
job: JobNote, } | { "event": "brought_in", 
/**
 * What became of them.
 */
brought: BroughtIn, } | { "event": "dragging", 
/**
 * How many; 0 when they left.
 */
files: number, 
/**
 * Where in the page, in points from its left.
 */
x: number, 
/**
 * Where in the page, in points from its top.
 */
y: number, } | { "event": "dropped", 
/**
 * How many.
 */
files: number, 
/**
 * Where in the page, in points from its left.
 */
x: number, 
/**
 * Where in the page, in points from its top.
 */
y: number, } | { "event": "menu", 
/**
 * Which.
 */
item: string, };
export type FaultNote = { 
/**
 * When, RFC 3339.
 */
at: string, };
export type FaultReport = { 
/**
 * Its file's name.
 */
file_name: string, 
/**
 * Its text, for people.
 */
text: string, };
export type Filter = { 
/**
 * The column's id; empty for any column (one that passes is enough).
 */
column: string, } & ({ "test": "contains", 
/**
 * The text.
 */
text: string, } | { "test": "equals", 
/**
 * The value.
 */
value: string, } | { "test": "at_least", 
/**
 * The value.
 */
value: string, } | { "test": "at_most", 
/**
 * The value.
 */
value: string, } | { "test": "empty" } | { "test": "not_empty" });
export type FindRequest = { 
/**
 * What was typed.
 */
query: string, 
/**
 * How many at most.
 */
limit: number, };
export type Finding = { 
/**
 * Which sentence.
 */
code: FindingCode, 
/**
 * How sure, and so where it is shown.
 */
certainty: Certainty, 
/**
 * The values in the sentence.
 */
params: { [key in string]: Param }, 
/**
 * The column's id, where it is about one.
 */
column: string | null, 
/**
 * Rows of the sheet (1 is the first row of the file) or, for things to fix, rows of the table (1 is the first data
 * row). The first 100 at most.
 */
rows: Array<number>, 
/**
 * How many there are in all.
 */
count: number, 
/**
 * The one-click opposites, best first.
 */
opposites: Array<Choice>, 
/**
 * Safe repairs on offer, for things to fix.
 */
fixes: Array<Fix>, };
export type FindingCode = "table_found" | "no_header" | "sheet_chosen" | "more_tables" | "hidden_things" | "date_order" | "decimal_mark" | "two_digit_year" | "day_counts" | "first_days" | "unit_in_cells" | "quote_marks" | "surplus_cells" | "code_kept" | "empty_word" | "totals_left_out" | "repeated_header" | "units_left_out" | "notes_left_out" | "duplicate_rows" | "encoding" | "mojibake" | "delimiter" | "ragged_rows" | "misfits" | "error_cells" | "numbers_as_text" | "merged_cells" | "cached_formulas" | "no_rows" | "truncated" | "mixed_currencies" | "same_names" | "unnamed_columns" | "columns_moved" | "open_elsewhere" | "unlocked" | "described" | "description_broken" | "empty_cells" | "duplicate_keys" | "impossible_dates" | "outliers" | "unknown_reference" | "spelling_variants" | "personal_details" | "negative_values" | "constant_column" | "empty_column" | "formula_text";
export type FindingRows = { 
/**
 * The columns.
 */
columns: Array<Column>, 
/**
 * The rows; 100 at most.
 */
rows: Array<ViewRow>, };
export type FindingRowsRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The finding, by its code and column.
 */
code: FindingCode, 
/**
 * The finding's column.
 */
column: string | null, };
export type Fix = { 
/**
 * The finding that it answers.
 */
code: FindingCode, 
/**
 * The column's id, where it is about one.
 */
column: string | null, 
/**
 * What to do.
 */
action: FixAction, };
export type FixAction = "leave_out_rows" | "make_empty" | "keep_first" | "leave_out_column" | "use_common_spelling" | "accept";
export type FixRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * Which repair.
 */
fix: Fix, 
/**
 * On or off.
 */
on: boolean, };
export type FollowRequest = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Follow it.
 */
on: boolean, };
export type Format = "csv" | "tsv" | "xlsx" | "xls" | "xlsb" | "ods" | "fods" | "xml" | "html";
export type Found = { 
/**
 * Best first.
 */
hits: Array<Hit>, };
export type FoundShelf = { 
/**
 * Which.
 */
id: ShelfId, 
/**
 * Its name.
 */
name: string, 
/**
 * Data products on it, retired ones aside.
 */
products: number, 
/**
 * People on its roster.
 */
people: number, };
export type Garbage = { 
/**
 * Files that were removed.
 */
removed: number, 
/**
 * Their bytes.
 */
removed_bytes: number, 
/**
 * Files that may be removed now.
 */
due: number, 
/**
 * Their bytes.
 */
due_bytes: number, 
/**
 * Files that are announced and have to wait.
 */
waiting: number, 
/**
 * Their bytes.
 */
waiting_bytes: number, 
/**
 * So much is due that a person says first that it is to be removed.
 */
much: boolean, 
/**
 * Why nothing is removed now.
 */
held: GarbageHeld | null, };
export type GarbageHeld = "fork" | "went_backwards" | "clock" | "arriving";
export type GarbageRequest = { 
/**
 * Whether a person said that much of it is to be removed, too.
 */
much: boolean, };
export type Grade = "poor" | "fair" | "good" | "very_good";
export type HandOverRequest = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * To whom: somebody who is confirmed.
 */
person: PersonId, };
export type HeadNote = { 
/**
 * Which.
 */
hash: string, 
/**
 * Its number.
 */
seq: number, 
/**
 * When it was written by the device's own clock, RFC 3339.
 */
at: string, 
/**
 * Data products that it stands for.
 */
products: number, };
export type Hint = { "hint": "one_steward" } | { "hint": "no_spare_steward", 
/**
 * How many have to sign.
 */
threshold: number, } | { "hint": "no_steward" } | { "hint": "recreate_device" };
export type Hit = { 
/**
 * The shelf on which it stands.
 */
shelf: ShelfId, 
/**
 * The data product.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, 
/**
 * Its area.
 */
area: string, 
/**
 * What is in it.
 */
summary: string, 
/**
 * Who keeps it.
 */
keeper: string, 
/**
 * Where the words were found: where the one stands that was found in the least of the places.
 */
place: HitPlace, 
/**
 * How well it fits, larger is better; comparable within one answer.
 */
rank: number, };
export type HitPlace = { "field": "title" } | { "field": "column", 
/**
 * The column's name.
 */
name: string, } | { "field": "tag", 
/**
 * The tag.
 */
name: string, } | { "field": "summary" } | { "field": "person", 
/**
 * Their name.
 */
name: string, } | { "field": "area" };
export type HouseRules = { 
/**
 * What a label needs.
 */
required: Array<Rule>, 
/**
 * Who may publish.
 */
publishers: Publishers, 
/**
 * How many days earlier versions are kept.
 */
retention_days: number | null, 
/**
 * Largest size of a version.
 */
max_size_bytes: number | null, 
/**
 * Kinds of files that may be brought in, by the ending of their names (`csv`, `xlsx`); none for every kind.
 */
kinds: Array<string> | null, 
/**
 * After how many days a label has to be looked over again.
 */
review_days: number | null, 
/**
 * Whether colleagues are asked to say what they use something for.
 */
receipts: boolean, 
/**
 * The oldest Larder that may write here, as `1.2` or `1.2.3`.
 */
min_version: string | null, };
export type InvitationNote = { 
/**
 * Its id, good until the window closes.
 */
id: string, 
/**
 * The shelf's name.
 */
shelf: string, 
/**
 * Who invites; empty where only words were given.
 */
from: string, 
/**
 * Six words of the computer that founded the shelf, to compare by telephone.
 */
words: Array<string>, 
/**
 * The kind of place: `folder`, or the kind of a form.
 */
place: string, 
/**
 * This Larder knows that kind of place.
 */
known_place: boolean, 
/**
 * It stands in a folder, which this computer has to have, too.
 */
folder: boolean, 
/**
 * What to fill into the form of that kind, by field. Never a secret, nor who signs in.
 */
fields: { [key in string]: string }, 
/**
 * What helps to find the place.
 */
hint: string, 
/**
 * Places of this computer where the shelf was found.
 */
found: Array<PlaceOffer>, 
/**
 * The name of the shelf here, if this computer is on it already.
 */
already: string | null, };
export type InvitationRequest = { "by": "text", 
/**
 * The text.
 */
text: string, } | { "by": "file" } | { "by": "brought", 
/**
 * Its id.
 */
invitation: string, } | { "by": "words", 
/**
 * As they were typed.
 */
words: string, 
/**
 * The id of a [`PlaceOffer`].
 */
place: string, };
export type Invite = { 
/**
 * The shelf's name.
 */
shelf: string, 
/**
 * Where it stands, without any secret.
 */
address: string, 
/**
 * It stands in a folder: whoever is invited has to have that folder, too.
 */
folder: boolean, 
/**
 * What helps to find the place.
 */
hint: string, 
/**
 * Everything in one line; none where it would be too long for one.
 */
link: string | null, 
/**
 * Six words to read out, for whoever has neither the file nor the link.
 */
words: Array<string>, 
/**
 * The name that the file would have.
 */
file_name: string, };
export type InviteRequest = { 
/**
 * What helps to find the place, in the words of the one who invites; none is the folder's name.
 */
hint: string | null, };
export type JobKind = "read" | "bring" | "sample" | "publish" | "refresh" | "fetch" | "doctor" | "mend" | "collect";
export type JobNote = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it does.
 */
kind: JobKind, 
/**
 * What it is about: a file's or a data product's name.
 */
about: string, 
/**
 * How it stands.
 */
state: JobState, 
/**
 * Rows, bytes or files done.
 */
done: number, 
/**
 * Of how many; 0 if nobody knows.
 */
of: number, };
export type JobRequest = { 
/**
 * Which.
 */
job: string, };
export type JobState = { "state": "running" } | { "state": "done" } | { "state": "refused", 
/**
 * Why.
 */
refusal: Refusal, };
export type JoinInvitedRequest = { 
/**
 * The id of an [`InvitationNote`].
 */
invitation: string, 
/**
 * The id of the [`PlaceOffer`] where the shelf stands.
 */
place: string, 
/**
 * Who you are.
 */
person: Person, };
export type JoinRequest = { 
/**
 * Their drafts.
 */
drafts: Array<DraftId>, };
export type JoinedNote = { 
/**
 * The draft that it was before.
 */
draft: DraftId, 
/**
 * The file's name.
 */
file_name: string, 
/**
 * Its rows.
 */
rows: number, 
/**
 * Names of columns that the first file has and this one lacks.
 */
missing: Array<string>, 
/**
 * Names of columns that the first file lacks.
 */
new: Array<string>, 
/**
 * Why it does not fit.
 */
refusal: Refusal | null, };
export type Kind = "text" | "code" | "email" | "place" | "integer" | "number" | "money" | "percent" | "boolean" | "date" | "date_time" | "time" | "duration";
export type KindPreview = { 
/**
 * The kind.
 */
kind: Kind, 
/**
 * The first three values as canonical text; nothing for those that would read as empty.
 */
values: Array<string | null>, 
/**
 * Cells that would not fit.
 */
misfits: number, };
export type KindsRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The column's id.
 */
column: string, };
export type Label = { 
/**
 * Its name.
 */
title: string, 
/**
 * One sentence: what is in it.
 */
summary: string, 
/**
 * The area (domain) of the business that it belongs to.
 */
area: string, 
/**
 * The keeper (steward) who answers for it, by name.
 */
keeper: string, 
/**
 * How to reach the keeper, if they said so.
 */
keeper_email: string | null, 
/**
 * Who steps in for the keeper.
 */
stand_in: string, 
/**
 * What it is good for.
 */
good_for: string, 
/**
 * What it should not be used for.
 */
not_for: string, 
/**
 * The column guide.
 */
columns: Array<Column>, 
/**
 * How often it is filled again; none is a fair answer.
 */
promise: Promise | null, 
/**
 * Who may see the rows.
 */
audience: Audience, 
/**
 * Who these are where it is sealed.
 */
sealing: Sealing, 
/**
 * Words to find it by.
 */
tags: Array<string>, 
/**
 * Terms of use.
 */
terms: Terms, };
export type LabelCard = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, 
/**
 * Its one sentence.
 */
summary: string, 
/**
 * Its area.
 */
area: string, 
/**
 * The area's colour, 0 to 5.
 */
color: number, 
/**
 * Its keeper.
 */
keeper: string, 
/**
 * Words to find it by.
 */
tags: Array<string>, 
/**
 * When it was filled, RFC 3339.
 */
filled_at: string, 
/**
 * Whether its promise is kept; none if it has none.
 */
promise: PromiseState | null, 
/**
 * Its condition.
 */
condition: Condition, 
/**
 * Its state here.
 */
state: CardState, 
/**
 * Rows in it.
 */
rows: number, 
/**
 * You follow it.
 */
followed: boolean, 
/**
 * You keep it.
 */
mine: boolean, 
/**
 * Whoever put it there has been confirmed by a steward.
 */
confirmed: boolean, 
/**
 * Only some may read it: for everybody else it is encrypted.
 */
sealed: boolean, };
export type LabelDifference = { 
/**
 * Which field: `title`, `summary`, `area`, `keeper`, `keeper_email`, `stand_in`, `good_for`, `not_for`, `tags`,
 * `column_name` or `meaning`.
 */
field: string, 
/**
 * The column, by its name in the draft, for the last two.
 */
column: string | null, 
/**
 * What the newest version says.
 */
theirs: string, 
/**
 * What the draft says.
 */
mine: string, };
export type LabelState = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The label so far.
 */
label: Label, 
/**
 * Suggestions for fields that are still empty.
 */
suggestions: Array<Suggestion>, 
/**
 * What is left to fix, biggest first; those that a switched-on repair answers are not in it.
 */
findings: Array<Finding>, 
/**
 * Findings that a switched-on repair answers.
 */
fixed: Array<Finding>, 
/**
 * Repairs that are switched on.
 */
fixes: Array<Fix>, 
/**
 * The condition as colleagues will see it.
 */
condition: Condition, 
/**
 * House rules not met yet.
 */
unmet: Array<Rule>, 
/**
 * Rows of the table, repairs applied.
 */
rows: number, 
/**
 * What the columns hold, repairs applied.
 */
profile: Profile, 
/**
 * The colour of the area that is written, 0 to 5.
 */
color: number, 
/**
 * Areas that are on the shelf already.
 */
areas: Array<string>, 
/**
 * People on the shelf.
 */
people: Array<string>, 
/**
 * When it was last saved, RFC 3339.
 */
saved_at: string, };
export type LeftOut = { 
/**
 * Row of the sheet (1 is the first).
 */
row: number, 
/**
 * Why.
 */
reason: LeftOutReason, };
export type LeftOutReason = "title" | "header" | "blank" | "repeated_header" | "units" | "total" | "rule" | "note" | "duplicate" | "chosen" | "other_table";
export type LookUp = { 
/**
 * The other data product's id.
 */
product: string, 
/**
 * Its name when the match was made.
 */
title: string, 
/**
 * The other column's id.
 */
column: string, };
export type Lost = { 
/**
 * The data product's name.
 */
title: string, 
/**
 * The release's number; 0 where not even its record is here.
 */
release: number, 
/**
 * How many of its files are missing or damaged.
 */
count: number, 
/**
 * The device that published it and can send it again.
 */
writer: WriterId, 
/**
 * Files that something keeps taking away, however often they are put back.
 */
vanishing: Array<string>, };
export type LostAfter = { "upto": "everything" } | { "upto": "moment", 
/**
 * The hash of a [`HeadNote`].
 */
hash: string, } | { "upto": "nothing" };
export type MeanDraftRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The data product.
 */
product: ProductId, };
export type MemberNote = { 
/**
 * Their id. Of somebody who is not confirmed, only what they claim.
 */
id: PersonId, 
/**
 * Who.
 */
person: Person, 
/**
 * Their computers that count.
 */
writers: Array<WriterId>, 
/**
 * All their computers, with those that do not count any more.
 */
devices: Array<DeviceNote>, 
/**
 * Confirmed by a steward.
 */
confirmed: boolean, 
/**
 * May confirm others.
 */
steward: boolean, 
/**
 * It is you.
 */
is_me: boolean, 
/**
 * Six words to compare by telephone.
 */
words: Array<string>, 
/**
 * The name of somebody confirmed whose other computer this is, as both of them say: it only has to be confirmed.
 */
second_of: string | null, 
/**
 * The name of somebody confirmed whose name looks like this one.
 */
looks_like: string | null, 
/**
 * Another name that they would like to have; it counts once somebody who may has confirmed it.
 */
wish: string | null, 
/**
 * Something can be sealed for them.
 */
has_key: boolean, 
/**
 * Data products that they keep.
 */
keeps: Array<LabelCard>, 
/**
 * What you may do about them.
 */
may: Array<PersonDeed>, };
export type MemberRequest = { 
/**
 * Who.
 */
person: PersonId, };
export type MendCode = "founding" | "governing" | "own_head" | "own_records" | "own_parts" | "lent" | "misplaced";
export type NamedProduct = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, };
export type Need = { 
/**
 * Which sentence.
 */
code: NeedCode, 
/**
 * The values in it.
 */
params: { [key in string]: Param }, 
/**
 * The data product that it is about.
 */
product: ProductId | null, 
/**
 * The draft that it is about.
 */
draft: DraftId | null, 
/**
 * The computer that it is about.
 */
writer: WriterId | null, };
export type NeedCode = "overdue_mine" | "overdue_followed" | "draft_open" | "publication_held" | "confirm_person" | "name_wished" | "access_asked" | "sign_proposal" | "link_device" | "things_to_fix" | "two_versions" | "out_of_use" | "access_ended" | "area_joined" | "area_left" | "copy_edited" | "review_due" | "went_backwards" | "damaged" | "cloud_only" | "followed_filled";
export type NextDue = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, 
/**
 * When, local time `YYYY-MM-DDTHH:MM`.
 */
due: string, };
export type Nothing = Record<symbol, never>;
export type OpenViewRequest = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * Which release; none is the newest.
 */
release: number | null, 
/**
 * Sorted by these, in this order.
 */
sorts: Array<Sort>, 
/**
 * Only rows that pass all of these.
 */
filters: Array<Filter>, };
export type Outcome = { "state": "unchanged" } | { "state": "done" } | { "state": "proposed", 
/**
 * How many.
 */
missing: number, } | { "state": "named" } | { "state": "both_named" };
export type PageFault = { 
/**
 * Where: the page's name.
 */
page: string, 
/**
 * What the browser said, at most 4,000 characters are kept.
 */
message: string, };
export type Param = number | string | Array<string>;
export type Password = string;
export type PasteRequest = { 
/**
 * As text, with tabs between columns.
 */
text: string, 
/**
 * The same as a piece of a web page, where the clipboard has that, too: merged cells are in it.
 */
html: string | null, };
export type PauseRequest = { 
/**
 * Stop, or go on.
 */
paused: boolean, };
export type PeoplePage = { 
/**
 * By name, you first.
 */
members: Array<MemberNote>, 
/**
 * You may confirm others, and decide with the other stewards.
 */
may_confirm: boolean, 
/**
 * How many stewards have to sign a decision.
 */
threshold: number, 
/**
 * How many may confirm others: at most so many can have to sign.
 */
stewards: number, 
/**
 * What waits for more signatures, oldest first.
 */
proposals: Array<ProposalNote>, 
/**
 * What would be better otherwise. Texts are in the words under `hint-<hint>`.
 */
hints: Array<Hint>, 
/**
 * Two decisions stand side by side: only what both allow counts until a steward brings them together.
 */
forked: boolean, 
/**
 * A newer decision has arrived, but not yet what it stands upon.
 */
arriving: boolean, 
/**
 * You may bring them together.
 */
may_heal: boolean, 
/**
 * You may invite others: you are confirmed.
 */
may_invite: boolean, 
/**
 * Six words of the computer that founded the shelf.
 */
founder_words: Array<string>, 
/**
 * What became of what was just asked for; none where the page was only looked at.
 */
outcome: Outcome | null, };
export type Person = { 
/**
 * Their name.
 */
name: string, 
/**
 * What they do, in a few words.
 */
role: string, 
/**
 * Where to reach them.
 */
email: string | null, 
/**
 * Which of the six chart colours is theirs, 0 to 5.
 */
color: number, };
export type PersonDeed = "confirm" | "rename" | "take_over" | "make_steward" | "unmake_steward" | "remove";
export type PersonId = string;
export type PersonRequest = { 
/**
 * You.
 */
person: Person, };
export type PlaceField = { 
/**
 * Its name.
 */
name: string, 
/**
 * How it is entered.
 */
kind: PlaceFieldKind, 
/**
 * Whether it may not be left empty.
 */
required: boolean, };
export type PlaceFieldKind = "text" | "web" | "secret" | "file";
export type PlaceForm = { 
/**
 * Its name.
 */
kind: string, 
/**
 * What it asks for.
 */
fields: Array<PlaceField>, };
export type PlaceKind = "one_drive" | "dropbox" | "google_drive" | "nextcloud" | "syncthing" | "network" | "folder" | "only_here" | "webdav" | "s3" | "sftp";
export type PlaceOffer = { 
/**
 * Its id, good until the window closes.
 */
id: string, 
/**
 * What kind.
 */
kind: PlaceKind, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it is, as people read it.
 */
path: string, };
export type PlaceProbe = { 
/**
 * Files here can be read.
 */
can_read: boolean, 
/**
 * Files can be saved here: written, read back and removed again.
 */
can_write: boolean, 
/**
 * Room left, where the system tells.
 */
space_free_bytes: number | null, 
/**
 * The shelf that is already here.
 */
shelf: FoundShelf | null, 
/**
 * Inside another shelf, or two shelves in one folder.
 */
nested: boolean, 
/**
 * Made by a newer Larder: look, but do not write.
 */
too_new: boolean, 
/**
 * Why it could not be checked at all.
 */
refusal: Refusal | null, };
export type PlaceRequest = { 
/**
 * The id of a [`PlaceOffer`].
 */
place: string, };
export type PracticeRequest = { 
/**
 * Its name, out of [`crate::wire::Start`]'s list.
 */
file_name: string, };
export type ProductId = string;
export type ProductMatch = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, 
/**
 * How alike, 0 to 1.
 */
likeness: number, };
export type ProductPage = { 
/**
 * Label, profile, condition, origin, changes.
 */
card: Card, 
/**
 * Its state here.
 */
state: CardState, 
/**
 * Parts of a release that is on its way: there, and needed.
 */
arriving: [number, number] | null, 
/**
 * Where it lies in a cloud only: whether it comes from there when it is asked for.
 */
comes_on_request: boolean, 
/**
 * Its keeper.
 */
keeper: Person, 
/**
 * The area's colour, 0 to 5.
 */
color: number, 
/**
 * You follow it.
 */
followed: boolean, 
/**
 * You keep it.
 */
mine: boolean, 
/**
 * You may hand it to another keeper.
 */
may_hand_over: boolean, 
/**
 * Whoever put it there has been confirmed by a steward.
 */
confirmed: boolean, 
/**
 * It came from a computer that was stopped since, and what says how much of that counts is not here.
 */
in_doubt: boolean, 
/**
 * Whether its promise is kept; none if it has none.
 */
promise: PromiseState | null, 
/**
 * Its rows are on this computer.
 */
rows_here: boolean, 
/**
 * Bytes to get for its rows.
 */
size_bytes: number, 
/**
 * All its releases, newest first.
 */
releases: Array<ReleaseNote>, 
/**
 * A newer release than the one shown arrived \[its number\].
 */
newer: number | null, 
/**
 * Data products related by columns.
 */
related: Array<Related>, 
/**
 * House rules of the shelf that its label does not meet.
 */
unmet: Array<Rule>, 
/**
 * What it is used for.
 */
uses: UsesNote, 
/**
 * When its newest release was last looked over; none of what is locked or off the shelf.
 */
review: ReviewNote | null, 
/**
 * Who may read it and who asks for it; none where it is not sealed.
 */
access: AccessNote | null, 
/**
 * Its plain copies on the shelf that somebody changed by hand, those with rows first; only where it was filled from here.
 */
edited: Array<string>, 
/**
 * How your latest publication of it stands; none if it is not yours.
 */
publication: Publication | null, };
export type ProductRequest = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Which release; none is the newest.
 */
release: number | null, };
export type Profile = { 
/**
 * Rows of the table.
 */
rows: number, 
/**
 * Its columns in order.
 */
columns: Array<ColumnProfile>, };
export type Promise = { 
/**
 * By when, `HH:MM`.
 */
by: string, } & ({ "every": "day" } | { "every": "working_day" } | { "every": "week", 
/**
 * On this day.
 */
on: Weekday, } | { "every": "month", 
/**
 * On this day of the month; in shorter months on the last.
 */
day: number, });
export type PromiseState = { "state": "kept", 
/**
 * When it is due again.
 */
next: string, } | { "state": "overdue", 
/**
 * When it was due.
 */
since: string, };
export type ProposalNote = { 
/**
 * What to sign.
 */
hash: string, 
/**
 * Whether it is about the house rules; else about people.
 */
rules: boolean, 
/**
 * Who proposed it.
 */
by: string, 
/**
 * It was you.
 */
by_me: boolean, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Names of the stewards who have signed.
 */
signed: Array<string>, 
/**
 * Names of those who have not.
 */
unsigned: Array<string>, 
/**
 * How many more have to.
 */
missing: number, 
/**
 * You may sign.
 */
may_sign: boolean, 
/**
 * What would be different. Texts are in the words under `decided-<code>`.
 */
changes: Array<Decided>, };
export type Publication = { 
/**
 * The data product.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, 
/**
 * The release's number, once it has one.
 */
release: number, 
/**
 * Saved on this computer.
 */
saved: boolean, 
/**
 * Bytes copied to the shelf so far.
 */
copied_bytes: number, 
/**
 * Bytes to copy.
 */
total_bytes: number, 
/**
 * Copied, read back and found equal.
 */
copied: boolean, 
/**
 * Who else has it; themselves told so.
 */
seen_by: Array<SeenBy>, 
/**
 * Others on the shelf who could have it.
 */
others: number, 
/**
 * Files under `Current` that could not be replaced because they are open somewhere.
 */
current_blocked: Array<string>, 
/**
 * Why it is held up.
 */
refusal: Refusal | null, 
/**
 * The job, while it runs.
 */
job: string | null, };
export type PublishPlan = { 
/**
 * Where it was put on the shelf already and waits on this computer.
 */
waiting: Waiting | null, 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The shelf's name.
 */
shelf: string, 
/**
 * Where it stands, as people know it.
 */
address: string, 
/**
 * The data product's name.
 */
title: string, 
/**
 * The number that the release will have.
 */
release: number, 
/**
 * How it goes on from the release before.
 */
mode: DraftMode, 
/**
 * Rows that will stand there.
 */
rows: number, 
/**
 * Whether the rows go on the shelf, or the label only.
 */
with_rows: boolean, 
/**
 * Only those in `visible_to` will be able to read it: for everybody else it is encrypted.
 */
sealed: boolean, 
/**
 * Names of those on the shelf who will see it, you not counted.
 */
visible_to: Array<string>, 
/**
 * Names of those who were chosen and will not be able to read it yet: nobody confirmed them, or they have no key.
 */
keyless: Array<string>, 
/**
 * The version before was sealed, and this one is not: everyone will see it.
 */
opens_up: boolean, 
/**
 * Things left to fix.
 */
to_fix: number, 
/**
 * House rules not met yet.
 */
unmet: Array<Rule>, 
/**
 * What changed since the release before.
 */
changes: Array<Change>, 
/**
 * Somebody put a newer release on the shelf while you worked \[its number, who\].
 */
clash: Clash | null, 
/**
 * Why it cannot be put there now.
 */
refusal: Refusal | null, };
export type Publishers = "everyone" | "confirmed" | "stewards";
export type Quantile = { 
/**
 * The share, 0 to 1.
 */
share: number, 
/**
 * The value as canonical text.
 */
value: string, };
export type ReadColumn = { 
/**
 * Safe name made from the header: `[a-z0-9_]`, unique in the table. Choices name columns by it.
 */
id: string, 
/**
 * The header as people read it.
 */
name: string, 
/**
 * Column of the sheet (1 is the first).
 */
position: number, 
/**
 * What it holds.
 */
kind: Kind, 
/**
 * How values are written in the file, such as `dd.mm.yyyy` or `1.234,56`; empty for text.
 */
format: string, 
/**
 * ISO 4217 code of its money, if it has one.
 */
currency: string | null, 
/**
 * Unit told by the header, such as `kg`.
 */
unit: string | null, 
/**
 * Decimals to keep, for money.
 */
decimals: number | null, 
/**
 * The order of its dates.
 */
date_order: DateOrder | null, 
/**
 * Its decimal mark.
 */
decimal_mark: DecimalMark | null, 
/**
 * False: read, but left out of the table by choice.
 */
keep: boolean, 
/**
 * Empty cells among the kept rows.
 */
empty: number, 
/**
 * Different values among the kept rows.
 */
distinct: number, 
/**
 * The first three values as they stand in the file.
 */
examples: Array<string>, };
export type ReadState = { "state": "busy", 
/**
 * Rows so far.
 */
rows: number, 
/**
 * The job, to cancel it.
 */
job: string, } | { "state": "whole" } | { "state": "refused", 
/**
 * Why.
 */
refusal: Refusal, };
export type Reader = { 
/**
 * Who, by the id that the shelf's stewards know them by.
 */
person: PersonId, 
/**
 * Their name when they were chosen.
 */
name: string, };
export type ReaderNote = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * It is you.
 */
is_me: boolean, 
/**
 * It was sealed for them.
 */
can_read: boolean, 
/**
 * They were chosen, and it is not sealed for them yet: they have no key, or it came later.
 */
waits: boolean, 
/**
 * You may seal it for them, too.
 */
may_allow: boolean, 
/**
 * You may leave them out of the next version.
 */
may_remove: boolean, };
export type ReaderRequest = { 
/**
 * Which data product.
 */
product: ProductId, 
/**
 * Who.
 */
person: PersonId, };
export type Reading = { 
/**
 * The file's format by its content.
 */
format: Format, 
/**
 * The encoding, for text.
 */
encoding: string | null, 
/**
 * What separates columns, for text.
 */
delimiter: string | null, 
/**
 * All sheets.
 */
sheets: Array<SheetNote>, 
/**
 * The sheet that was read; empty for text.
 */
sheet: string, 
/**
 * All tables found on that sheet.
 */
tables: Array<TableSpot>, 
/**
 * Which of them was read.
 */
table: number, 
/**
 * Its columns in the order of the sheet.
 */
columns: Array<ReadColumn>, 
/**
 * Data rows kept.
 */
rows: number, 
/**
 * Rows of the sheet in all.
 */
sheet_rows: number, 
/**
 * Rows inside and around the table that are not data, by row. The first 10,000.
 */
left_out: Array<LeftOut>, 
/**
 * What was assumed and what is odd; doubts first, sure things last.
 */
findings: Array<Finding>, };
export type Refusal = { 
/**
 * Which sentence.
 */
code: RefusalCode, 
/**
 * The values in it.
 */
params: { [key in string]: Param }, 
/**
 * Whether trying again later may help.
 */
waiting_helps: boolean, };
export type RefusalCode = "not_a_table" | "empty" | "damaged" | "password_protected" | "wrong_password" | "cannot_unlock" | "locked" | "too_large" | "not_found" | "is_a_folder" | "no_spreadsheet" | "too_many_files" | "same_rows" | "no_file" | "no_permission" | "no_space" | "unreachable" | "sign_in" | "certificate" | "host_key" | "clock" | "throttled" | "paused" | "not_this_kind" | "busy" | "cancelled" | "too_new" | "rules_unmet" | "taken" | "unknown" | "invalid" | "no_shelf" | "nobody_yet" | "other_shelf" | "shelf_in_shelf" | "wrong_shelf" | "not_linked" | "not_verified" | "not_here_yet" | "cloud_only" | "columns_differ" | "ambiguous" | "bug";
export type Related = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * Its name.
 */
title: string, 
/**
 * Its area's colour, 0 to 5.
 */
color: number, 
/**
 * The column here, by id.
 */
column: string, 
/**
 * The column's name here.
 */
column_name: string, 
/**
 * Which way.
 */
relation: RelationKind, };
export type RelationKind = "looks_up" | "looked_up_by";
export type ReleaseHash = string;
export type ReleaseNote = { 
/**
 * Its number.
 */
release: number, 
/**
 * When it was filled, RFC 3339.
 */
filled_at: string, 
/**
 * Who filled it.
 */
filled_by: string, 
/**
 * Rows in it.
 */
rows: number, 
/**
 * What changed then.
 */
changes: Array<Change>, 
/**
 * Its rows are on this computer.
 */
rows_here: boolean, 
/**
 * It is the one in use.
 */
current: boolean, 
/**
 * Until when the shelf keeps it, RFC 3339; none where no house rule says so, and of those that always stay.
 */
kept_until: string | null, 
/**
 * What tells it from all others.
 */
hash: ReleaseHash, 
/**
 * Its number means this one; of several with one number, it is one of them only.
 */
named: boolean, };
export type Repair = { 
/**
 * What can be put back, and how many files of it.
 */
can: { [key in MendCode]?: number }, 
/**
 * What cannot.
 */
cannot: Array<Lost>, 
/**
 * So much is gone that somebody may have done it on purpose, or the wrong folder is looked at: a person says first that it
 * is to be put back.
 */
much: boolean, 
/**
 * Files that were put back.
 */
mended: number, };
export type RequestNote = { 
/**
 * Which.
 */
request: string, 
/**
 * Who asks.
 */
person: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * What for; none for everybody but who asked and the keeper.
 */
purpose: string | null, 
/**
 * Until when, RFC 3339.
 */
until: string | null, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * It is yours.
 */
is_mine: boolean, 
/**
 * Who asked asks no more.
 */
withdrawn: boolean, 
/**
 * What was answered last.
 */
answer: AnswerNote | null, 
/**
 * You may answer it.
 */
may_answer: boolean, 
/**
 * You may take it back.
 */
may_withdraw: boolean, };
export type RetentionEffect = { 
/**
 * So many earlier versions,
 */
versions: number, 
/**
 * of so many data products,
 */
products: number, 
/**
 * from then on, RFC 3339; none where nothing would go.
 */
from: string | null, };
export type RetentionRequest = { 
/**
 * How many days; none for as usual.
 */
days: number | null, };
export type ReviewNote = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Who did.
 */
by: string, 
/**
 * So many whole days ago.
 */
days: number, 
/**
 * After so many days the house rules ask for it again; none where they do not.
 */
every: number | null, 
/**
 * It has to be looked over again: it does not meet that house rule.
 */
due: boolean, 
/**
 * You may say that all of it still holds.
 */
may: boolean, };
export type RevokeRequest = { 
/**
 * Which.
 */
writer: WriterId, 
/**
 * Up to where it counts.
 */
lost: LostAfter, };
export type Rule = "has_title" | "has_summary" | "has_area" | "has_keeper" | "has_columns";
export type RulesNote = { 
/**
 * Its number.
 */
version: number, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * What it changed. Texts are in the words under `decided-<code>`.
 */
changes: Array<Decided>, };
export type RulesPage = { 
/**
 * Those in force.
 */
rules: HouseRules, 
/**
 * Those of every shelf whose stewards have said nothing.
 */
usual: HouseRules, 
/**
 * The stewards have said something.
 */
own: boolean, 
/**
 * Who changed what and when, newest first.
 */
history: Array<RulesNote>, 
/**
 * Words of theirs that this Larder does not know: a newer one is needed to put anything on the shelf.
 */
unknown: Array<string>, 
/**
 * They ask for a newer Larder.
 */
too_new: boolean, 
/**
 * Two versions stand side by side: only what both allow counts until a steward brings them together.
 */
forked: boolean, 
/**
 * You may change them.
 */
may_change: boolean, 
/**
 * How many stewards have to sign a change.
 */
threshold: number, 
/**
 * Changes that wait for more signatures, oldest first.
 */
proposals: Array<ProposalNote>, 
/**
 * What became of what was just asked for; none where the page was only looked at.
 */
outcome: Outcome | null, };
export type Saved = { 
/**
 * Its name; none if the person closed the dialog.
 */
file_name: string | null, 
/**
 * The folder, as people read it.
 */
folder: string, 
/**
 * Whether a program was found to open it.
 */
opened: boolean, };
export type SealedArea = { 
/**
 * The area.
 */
area: string, 
/**
 * Who kept something in it when it was chosen.
 */
people: Array<PersonId>, };
export type Sealing = { 
/**
 * Who may read it besides its keeper.
 */
readers: Array<Reader>, 
/**
 * Areas by which readers were chosen. Told to those who can read it, and to nobody else.
 */
areas: Array<SealedArea>, 
/**
 * Its name is told only to those who may read it.
 */
hide_title: boolean, 
/**
 * What everybody may know of it, and how to ask for it. This is never encrypted.
 */
how_to_ask: string, };
export type SeenBy = { 
/**
 * Their name.
 */
name: string, 
/**
 * When their Larder said so, RFC 3339.
 */
at: string | null, };
export type SetRulesRequest = { 
/**
 * All of them, as they shall be.
 */
rules: HouseRules, };
export type SetUpRequest = { 
/**
 * The id of a [`PlaceOffer`].
 */
place: string, 
/**
 * The name of a new shelf; not used when joining.
 */
name: string, 
/**
 * Who you are.
 */
person: Person, 
/**
 * Join the shelf that is there, instead of starting one.
 */
join: boolean, };
export type Settings = { 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * Language of the interface (`en`, `de`); none follows the system.
 */
language: string | null, 
/**
 * Size of everything in percent, 80 to 200.
 */
zoom_percent: number, 
/**
 * Smaller controls and rows.
 */
compact: boolean, 
/**
 * The typeface for clearer letters.
 */
clear_letters: boolean, };
export type SettingsRequest = { 
/**
 * All of them, as they shall be.
 */
settings: Settings, };
export type SheetCell = { 
/**
 * As in the file.
 */
raw: string, 
/**
 * Canonical text of its value; nothing where it reads as empty.
 */
value: string | null, 
/**
 * Something is there that is not of the column's kind.
 */
misfit: boolean, };
export type SheetNote = { 
/**
 * Its name; empty for text files.
 */
name: string, 
/**
 * Not shown by the spreadsheet program.
 */
hidden: boolean, 
/**
 * Rows with anything in them, where known without reading the sheet.
 */
rows: number | null, };
export type SheetPage = { 
/**
 * Rows of the sheet in all, so far.
 */
total: number, 
/**
 * The rows asked for.
 */
rows: Array<SheetRow>, };
export type SheetRow = { 
/**
 * Row of the sheet (1 is the first).
 */
row: number, 
/**
 * Why it is no row of the table; nothing if it is one.
 */
left_out: LeftOutReason | null, 
/**
 * What stands in a row that is left out: its cells with two blanks between them.
 */
text: string | null, 
/**
 * One cell for each of the reading's columns; none where the row is left out.
 */
cells: Array<SheetCell>, };
export type ShelfId = string;
export type ShelfNote = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it stands, as people know it.
 */
address: string, 
/**
 * When it was last looked at, RFC 3339.
 */
refreshed_at: string | null, 
/**
 * Whether things could be put there from here the last time it was tried.
 */
can_write: boolean, 
/**
 * Whether it stands in a folder that can be shown.
 */
folder: boolean, 
/**
 * The kind of place where it stands, as in [`PlaceForm::kind`]; `folder` for one.
 */
kind: string, 
/**
 * What was entered in that kind's form, secrets left out.
 */
values: { [key in string]: string }, 
/**
 * It knows what you say of yourself now.
 */
told: boolean, 
/**
 * The name by which colleagues know you there, where that is another one than you say now.
 */
known_as: string | null, };
export type ShelfPage = { 
/**
 * Its areas by name.
 */
areas: Array<AreaShelf>, 
/**
 * Data products on it.
 */
products: number, 
/**
 * People on it.
 */
people: number, 
/**
 * Data products of people whom nobody confirmed yet.
 */
unconfirmed: Array<LabelCard>, };
export type ShelfRequest = { 
/**
 * The shelf.
 */
shelf: ShelfId, };
export type SignInRequest = { 
/**
 * The password or key.
 */
secret: string, };
export type SignRequest = { 
/**
 * The hash of a [`ProposalNote`].
 */
hash: string, };
export type Sort = { 
/**
 * The column's id.
 */
column: string, 
/**
 * Largest first. Empty cells come last either way.
 */
descending: boolean, };
export type SourceNote = { 
/**
 * The file's name, without folders.
 */
file_name: string, 
/**
 * Its sheet, for workbooks.
 */
sheet: string | null, 
/**
 * sha256 of the file, in base 16.
 */
sha256: string, 
/**
 * Its size.
 */
size_bytes: number, 
/**
 * Rows that came from it.
 */
rows: number, 
/**
 * When it was brought in, RFC 3339.
 */
brought_in_at: string, };
export type Space = { 
/**
 * Who; none where nobody knows.
 */
person: Person | null, 
/**
 * Whether this is the reader.
 */
is_me: boolean, 
/**
 * All files.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Of these, what only earlier releases need.
 */
earlier_bytes: number, 
/**
 * Of these, content that nothing needs any more, as far as is known.
 */
unneeded_bytes: number, };
export type Span = { 
/**
 * First row.
 */
first_row: number, 
/**
 * Last row.
 */
last_row: number, 
/**
 * First column.
 */
first_column: number, 
/**
 * Last column.
 */
last_column: number, };
export type Start = { 
/**
 * Version of Larder.
 */
version: string, 
/**
 * Which world.
 */
world: World, 
/**
 * Who uses this computer.
 */
me: Person | null, 
/**
 * The shelf that is looked at, once there is one.
 */
shelf: ShelfNote | null, 
/**
 * Every shelf that this computer knows.
 */
shelves: Array<ShelfNote>, 
/**
 * What was set.
 */
settings: Settings, 
/**
 * The system's language, such as `de-DE`.
 */
locale: string, 
/**
 * A fault before this start that nobody was told of yet.
 */
fault: FaultNote | null, 
/**
 * The name that this computer's account suggests.
 */
suggested_name: string, 
/**
 * Practice files of the sample bakery, by file name; empty outside it.
 */
practice_files: Array<string>, };
export type Suggestion = { 
/**
 * Which field: `title`, `summary`, `area`, `keeper`, `tags`, `promise`, or `column/<id>/meaning`, `column/<id>/unit`,
 * `column/<id>/key`, `column/<id>/looks_up`.
 */
field: string, 
/**
 * The value as people read it.
 */
value: string, 
/**
 * Why.
 */
why: Why, 
/**
 * The values in the reason.
 */
params: { [key in string]: Param }, 
/**
 * What the column would be, for the column fields that are more than a text.
 */
column: Column | null, };
export type Sync = { 
/**
 * How it stands.
 */
state: SyncState, 
/**
 * The shelf's name.
 */
shelf: string | null, 
/**
 * When the shelf was last looked at, RFC 3339.
 */
at: string | null, 
/**
 * What waits on this computer to be put on the shelf, oldest first.
 */
waiting: Array<Waiting>, };
export type SyncState = { "state": "no_shelf" } | { "state": "up_to_date" } | { "state": "looking" } | { "state": "copying", 
/**
 * Files done.
 */
done: number, 
/**
 * Files in all.
 */
of: number, } | { "state": "paused" } | { "state": "working_from_copies", 
/**
 * Why.
 */
refusal: Refusal, } | { "state": "needs_you", 
/**
 * What.
 */
refusal: Refusal, };
export type TableSpot = { 
/**
 * What the workbook calls it, where it does.
 */
name: string | null, 
/**
 * Where it lies, names included.
 */
span: Span, 
/**
 * Rows of the sheet that hold its names, in order; empty if it has none.
 */
header_rows: Array<number>, };
export type TakeOutRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The file, by the draft that it was before.
 */
file: DraftId, };
export type TakeOverRequest = { 
/**
 * Whose it is.
 */
person: PersonId, 
/**
 * The new computer, which has asked to be on the shelf.
 */
writer: WriterId, 
/**
 * Up to where the old ones count.
 */
lost: LostAfter, };
export type Terms = { "kind": "internal" } | { "kind": "cc_by" } | { "kind": "cc_zero" } | { "kind": "own", 
/**
 * The terms.
 */
text: string, };
export type Theme = "system" | "light" | "dark";
export type ThresholdRequest = { 
/**
 * How many.
 */
threshold: number, };
export type TodayPage = { 
/**
 * At most five.
 */
needs: Array<Need>, 
/**
 * Filled since midnight.
 */
filled: Array<LabelCard>, 
/**
 * Late.
 */
overdue: Array<LabelCard>, 
/**
 * Lately opened, newest first.
 */
recent: Array<LabelCard>, 
/**
 * The next promise that you have to keep \[title, due\].
 */
next: NextDue | null, };
export type TopValue = { 
/**
 * The value as canonical text (ISO dates, `.` decimals).
 */
value: string, 
/**
 * How often.
 */
count: number, };
export type TwoVersions = { 
/**
 * Of which data product.
 */
product: ProductId, 
/**
 * The one in use.
 */
used: Version, 
/**
 * The one beside it.
 */
beside: Version, 
/**
 * More of them, where there are more than two.
 */
more: Array<Version>, 
/**
 * What differs from the one in use in the one beside it; none while the rows of one are not here.
 */
changes: Array<Change> | null, 
/**
 * Rows that only the one beside it has; none while the rows of one are not here.
 */
only_beside: number | null, 
/**
 * What differs on the labels: `theirs` is what the one beside it says, `mine` what the one in use says.
 */
label: Array<LabelDifference>, 
/**
 * You keep it, and may choose.
 */
may_choose: boolean, };
export type TwoVersionsRequest = { 
/**
 * Of which data product.
 */
product: ProductId, 
/**
 * Beside the one in use; the first of the others where none is named.
 */
beside: ReleaseHash | null, };
export type UnlockRequest = { 
/**
 * Which one: [`crate::wire::BroughtItem::locked`].
 */
item: string, 
/**
 * The password.
 */
password: Password, };
export type UseDraftRequest = { 
/**
 * Which draft.
 */
draft: DraftId, 
/**
 * The data product; none makes a new one.
 */
product: ProductId | null, 
/**
 * How.
 */
mode: DraftMode, };
export type UseNote = { 
/**
 * Who.
 */
name: string, 
/**
 * What for.
 */
purpose: string, 
/**
 * Since when, RFC 3339.
 */
since: string, 
/**
 * When they said so last.
 */
at: string, 
/**
 * It is you.
 */
is_mine: boolean, };
export type UseRequest = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * What for, at most 1,000 characters; empty takes back what was said.
 */
purpose: string, };
export type UsesNote = { 
/**
 * Whoever looks is asked, after using it, what for.
 */
asks: boolean, 
/**
 * What they said before.
 */
before: string | null, 
/**
 * Who uses it for what: for whoever keeps it and who may confirm others; for everybody else what they said themselves.
 */
uses: Array<UseNote>, };
export type Version = { 
/**
 * Which.
 */
version: ReleaseHash, 
/**
 * Who filled it.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Its rows.
 */
rows: number, 
/**
 * Its rows are on this computer.
 */
rows_here: boolean, 
/**
 * Bytes to get for them.
 */
size_bytes: number, 
/**
 * You filled it, on this computer.
 */
mine: boolean, 
/**
 * Only chosen people can read it; whichever is kept is sealed then.
 */
sealed: boolean, };
export type VersionRequest = { 
/**
 * Of which data product.
 */
product: ProductId, 
/**
 * Which.
 */
version: ReleaseHash, };
export type ViewNote = { 
/**
 * Its id, good until the window closes or 16 newer views were opened.
 */
view: string, 
/**
 * Rows in it.
 */
rows: number, };
export type ViewRow = { 
/**
 * Row of the table; 1 is the first.
 */
row: number, 
/**
 * Canonical text of its cells; none where empty.
 */
cells: Array<string | null>, };
export type ViewRowsRequest = { 
/**
 * Which view.
 */
view: string, 
/**
 * First row, 0 is the first.
 */
start: number, 
/**
 * How many, at most 500.
 */
count: number, };
export type Waiting = { 
/**
 * Its draft.
 */
draft: DraftId, 
/**
 * The name of the data product.
 */
title: string, 
/**
 * Since when, RFC 3339.
 */
since: string, 
/**
 * Why it waits; none while it is only in the queue.
 */
refusal: Refusal | null, };
export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
export type Why = "file_name" | "title_row" | "column_names" | "values" | "colleague" | "earlier" | "known_word" | "unique" | "looks_up" | "you";
export type WithdrawRequest = { 
/**
 * The id of a [`RequestNote`].
 */
request: string, };
export type World = "fresh" | "sample" | "own";
export type WriterId = string;

export interface Commands {
  start: { request: Nothing; answer: Start };
  enter_sample: { request: Nothing; answer: JobNote };
  leave_sample: { request: Nothing; answer: Start };
  places: { request: Nothing; answer: Array<PlaceOffer> };
  choose_folder: { request: Nothing; answer: PlaceOffer | null };
  probe_place: { request: PlaceRequest; answer: PlaceProbe };
  place_forms: { request: Nothing; answer: Array<PlaceForm> };
  enter_place: { request: EnterPlaceRequest; answer: PlaceOffer };
  choose_place_file: { request: Nothing; answer: string | null };
  move_shelf: { request: PlaceRequest; answer: Start };
  choose_shelf: { request: ShelfRequest; answer: Start };
  forget_shelf: { request: ShelfRequest; answer: Start };
  sign_in: { request: SignInRequest; answer: Nothing };
  set_up_shelf: { request: SetUpRequest; answer: Start };
  set_me: { request: PersonRequest; answer: Start };
  fault_report: { request: Nothing; answer: FaultReport };
  show_fault: { request: Nothing; answer: Nothing };
  dismiss_fault: { request: Nothing; answer: Start };
  change_settings: { request: SettingsRequest; answer: Start };
  browse_files: { request: Nothing; answer: BroughtIn };
  paste_table: { request: PasteRequest; answer: BroughtIn };
  unlock_file: { request: UnlockRequest; answer: BroughtIn };
  bring_in_practice: { request: PracticeRequest; answer: BroughtIn };
  bring_in_more: { request: BringMoreRequest; answer: BroughtIn };
  drafts: { request: Nothing; answer: Array<DraftNote> };
  discard_draft: { request: DraftRequest; answer: Nothing };
  restore_draft: { request: DraftRequest; answer: Nothing };
  join_drafts: { request: JoinRequest; answer: DraftState };
  take_out_file: { request: TakeOutRequest; answer: DraftState };
  draft: { request: DraftRequest; answer: DraftState };
  draft_rows: { request: DraftRowsRequest; answer: SheetPage };
  draft_choose: { request: ChooseRequest; answer: DraftState };
  draft_undo: { request: DraftRequest; answer: DraftState };
  draft_redo: { request: DraftRequest; answer: DraftState };
  draft_start_over: { request: DraftRequest; answer: DraftState };
  draft_kinds: { request: KindsRequest; answer: Array<KindPreview> };
  mean_draft_for: { request: MeanDraftRequest; answer: DraftState };
  use_draft_for: { request: UseDraftRequest; answer: DraftState };
  draft_changes: { request: DraftRequest; answer: Array<Change> };
  draft_label: { request: DraftRequest; answer: LabelState };
  describe_draft: { request: DescribeRequest; answer: LabelState };
  draft_accept: { request: AcceptRequest; answer: LabelState };
  draft_fix: { request: FixRequest; answer: LabelState };
  draft_finding_rows: { request: FindingRowsRequest; answer: FindingRows };
  publish_plan: { request: DraftRequest; answer: PublishPlan };
  compare_with_newest: { request: DraftRequest; answer: Comparison };
  publish: { request: DraftRequest; answer: JobNote };
  publication: { request: ProductRequest; answer: Publication | null };
  use_edited: { request: EditedRequest; answer: BroughtIn };
  restore_copies: { request: ProductRequest; answer: Nothing };
  hand_over: { request: HandOverRequest; answer: JobNote };
  use_earlier: { request: ProductRequest; answer: JobNote };
  say_use: { request: UseRequest; answer: UsesNote };
  pass_use_over: { request: ProductRequest; answer: Nothing };
  still_holds: { request: ProductRequest; answer: ReviewNote };
  shelf: { request: Nothing; answer: ShelfPage };
  find: { request: FindRequest; answer: Found };
  today: { request: Nothing; answer: TodayPage };
  product: { request: ProductRequest; answer: ProductPage };
  two_versions: { request: TwoVersionsRequest; answer: TwoVersions };
  fetch_version: { request: VersionRequest; answer: JobNote };
  keep_version: { request: VersionRequest; answer: JobNote };
  bring_together: { request: VersionRequest; answer: BroughtIn };
  follow: { request: FollowRequest; answer: Nothing };
  open_view: { request: OpenViewRequest; answer: ViewNote };
  view_rows: { request: ViewRowsRequest; answer: Array<ViewRow> };
  fetch_rows: { request: ProductRequest; answer: JobNote };
  open_in_excel: { request: ProductRequest; answer: Saved };
  save_copy: { request: CopyRequest; answer: Saved };
  show_in_folder: { request: ProductRequest; answer: Nothing };
  allow_reader: { request: ReaderRequest; answer: AccessNote };
  remove_reader: { request: ReaderRequest; answer: AccessNote };
  ask_for_access: { request: AskRequest; answer: AccessNote };
  answer_access: { request: AnswerRequest; answer: AccessNote };
  answer_area: { request: AreaAnswerRequest; answer: AccessNote };
  end_by_itself: { request: EndByItselfRequest; answer: AccessNote };
  withdraw_request: { request: WithdrawRequest; answer: AccessNote };
  people: { request: Nothing; answer: PeoplePage };
  confirm_people: { request: ConfirmRequest; answer: PeoplePage };
  rename_person: { request: MemberRequest; answer: PeoplePage };
  make_steward: { request: MemberRequest; answer: PeoplePage };
  unmake_steward: { request: MemberRequest; answer: PeoplePage };
  set_threshold: { request: ThresholdRequest; answer: PeoplePage };
  retire_device: { request: DeviceRequest; answer: PeoplePage };
  device_history: { request: DeviceRequest; answer: DeviceHistory };
  revoke_device: { request: RevokeRequest; answer: PeoplePage };
  remove_person: { request: MemberRequest; answer: PeoplePage };
  take_over: { request: TakeOverRequest; answer: PeoplePage };
  link_device: { request: DeviceRequest; answer: PeoplePage };
  co_sign: { request: SignRequest; answer: PeoplePage };
  heal_people: { request: Nothing; answer: PeoplePage };
  rules: { request: Nothing; answer: RulesPage };
  retention_effect: { request: RetentionRequest; answer: RetentionEffect };
  set_rules: { request: SetRulesRequest; answer: RulesPage };
  invite: { request: InviteRequest; answer: Invite };
  save_invitation: { request: InviteRequest; answer: Saved };
  read_invitation: { request: InvitationRequest; answer: InvitationNote | null };
  join_invited: { request: JoinInvitedRequest; answer: Start };
  activity: { request: ActivityRequest; answer: ActivityPage };
  sync: { request: Nothing; answer: Sync };
  pause: { request: PauseRequest; answer: Sync };
  refresh: { request: Nothing; answer: JobNote };
  doctor: { request: Nothing; answer: DoctorState };
  look_over: { request: Nothing; answer: JobNote };
  mend: { request: Nothing; answer: JobNote };
  collect_garbage: { request: GarbageRequest; answer: JobNote };
  job: { request: JobRequest; answer: JobNote };
  cancel_job: { request: JobRequest; answer: Nothing };
  page_fault: { request: PageFault; answer: Nothing };
}

/** Topics that each command's answer shows. */
export const reads: Record<keyof Commands, readonly string[]> = {
  start: ["start"],
  enter_sample: [],
  leave_sample: [],
  places: [],
  choose_folder: [],
  probe_place: [],
  place_forms: [],
  enter_place: [],
  choose_place_file: [],
  move_shelf: [],
  choose_shelf: [],
  forget_shelf: [],
  sign_in: [],
  set_up_shelf: [],
  set_me: [],
  fault_report: [],
  show_fault: [],
  dismiss_fault: [],
  change_settings: [],
  browse_files: [],
  paste_table: [],
  unlock_file: [],
  bring_in_practice: [],
  bring_in_more: [],
  drafts: ["drafts"],
  discard_draft: [],
  restore_draft: [],
  join_drafts: [],
  take_out_file: [],
  draft: ["drafts"],
  draft_rows: [],
  draft_choose: [],
  draft_undo: [],
  draft_redo: [],
  draft_start_over: [],
  draft_kinds: [],
  mean_draft_for: [],
  use_draft_for: [],
  draft_changes: ["drafts"],
  draft_label: ["drafts"],
  describe_draft: [],
  draft_accept: [],
  draft_fix: [],
  draft_finding_rows: [],
  publish_plan: ["drafts", "shelf"],
  compare_with_newest: ["drafts", "shelf"],
  publish: [],
  publication: ["shelf", "sync"],
  use_edited: [],
  restore_copies: [],
  hand_over: [],
  use_earlier: [],
  say_use: [],
  pass_use_over: [],
  still_holds: [],
  shelf: ["shelf"],
  find: ["shelf"],
  today: ["shelf", "drafts", "people", "sync"],
  product: ["shelf"],
  two_versions: ["shelf"],
  fetch_version: [],
  keep_version: [],
  bring_together: [],
  follow: [],
  open_view: [],
  view_rows: [],
  fetch_rows: [],
  open_in_excel: [],
  save_copy: [],
  show_in_folder: [],
  allow_reader: [],
  remove_reader: [],
  ask_for_access: [],
  answer_access: [],
  answer_area: [],
  end_by_itself: [],
  withdraw_request: [],
  people: ["people", "shelf"],
  confirm_people: [],
  rename_person: [],
  make_steward: [],
  unmake_steward: [],
  set_threshold: [],
  retire_device: [],
  device_history: ["people"],
  revoke_device: [],
  remove_person: [],
  take_over: [],
  link_device: [],
  co_sign: [],
  heal_people: [],
  rules: ["people"],
  retention_effect: ["shelf"],
  set_rules: [],
  invite: ["start"],
  save_invitation: [],
  read_invitation: [],
  join_invited: [],
  activity: ["activity"],
  sync: ["sync"],
  pause: [],
  refresh: [],
  doctor: ["doctor"],
  look_over: [],
  mend: [],
  collect_garbage: [],
  job: [],
  cancel_job: [],
  page_fault: [],
};
