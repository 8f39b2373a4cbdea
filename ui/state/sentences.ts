// What the program found, chose and changed, as sentences: from codes and values to words of the language.
import type {
  Change, Choice, Column, Finding, Fix, Kind, Param, ReadColumn, Reading, Span, Suggestion,
} from '../wire/generated';
import {
  dashed, formatCell, formatDate, formatDateTime, formatHour, formatNumber, formatPercent, formatSize, plain, region, t, type Args,
} from './words.svelte';

/** A sentence in two parts: the bold lead and the rest. */
export interface Sentence {
  lead: string;
  rest: string;
}

/** What a sentence needs to know of a column. */
export type NamedColumn = Pick<ReadColumn | Column, 'id' | 'name' | 'kind' | 'decimals'>;

/** One thing that can be clicked beside a finding: a choice, choosing the row with the names first, or bringing in more of the file. */
export type Opposite =
  | { label: string; choice: Choice; pick?: undefined; more?: undefined }
  | { label: string; pick: 'header_row'; choice?: undefined; more?: undefined }
  | { label: string; more: readonly Choice[]; choice?: undefined; pick?: undefined };

// Every value that a sentence may name, so that a missing one never shows as a raw name.
const BLANK: Args = {
  rows: 0, columns: 0, header_row: 1, sheet: '', others: '', others_count: 0, tables: 2, range: '', names: '', names_count: 0,
  example: '', order: '', ambiguous: 0, value: '', mark: '', year: '', column: '', word: '', encoding: '', was: '', now: '',
  delimiter: '', row: 0, cells: 0, kind: '', examples: '', read_bytes: '', size_bytes: '', currencies: '', new: '', new_count: 0,
  gone: '', gone_count: 0, renamed: '', renamed_count: 0, saved_at: '', product: '', a: '', b: '', what: '', low: '', high: '', fits: 'yes',
  file: '', notes: 0, line: 0,
};

/** Codes whose values are canonical texts of the table, not texts of the file. */
const CANONICAL = new Set<Finding['code']>(['duplicate_keys', 'impossible_dates', 'outliers', 'unknown_reference', 'negative_values', 'constant_column']);

/** Names of values that are written like cells of the column. */
const SHOWN = new Set(['example', 'low', 'high', 'value']);

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' };

/** A sign between columns as the words know it. */
function delimiterCode(delimiter: string): string {
  return DELIMITERS[delimiter] ?? 'other';
}

/** An encoding as people may have met it. */
function encodingName(label: string): string {
  const known: Record<string, string> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', macintosh: 'Mac Roman' };
  return known[label.toLowerCase()] ?? label.replace(/^windows-/i, 'Windows-').replace(/^iso-/i, 'ISO-').replace(/^ibm-?/i, 'IBM ');
}

const asText = (param: Param | undefined): string => (param === undefined ? '' : Array.isArray(param) ? param.join(', ') : String(param));
const yes = (what: boolean): string => (what ? 'yes' : 'no');

/** Whether somebody already chose the opposite: then the finding offers the usual reading. */
function isTurned(opposites: readonly Choice[]): boolean {
  return opposites.some(
    (choice) =>
      (choice.about === 'empty_word' && choice.empty) ||
      (choice.about === 'totals' && !choice.keep) ||
      (choice.about === 'duplicates' && choice.keep) ||
      (choice.about === 'mojibake' && choice.repair) ||
      (choice.about === 'quoting' && choice.take_off) ||
      (choice.about === 'surplus' && choice.join) ||
      (choice.about === 'merged' && choice.fill) ||
      (choice.about === 'unit' && choice.split) ||
      (choice.about === 'description' && choice.take),
  );
}

/** "03.03.2026" in an order as "3 March"; null where it has no three numbers or no such day. */
function dayAndMonth(example: string, order: string): string | null {
  const parts = example.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
  const [first = 0, second = 0, third = 0] = parts;
  if (parts.length < 3) return null;
  const [day, month] = order === 'day_first' ? [first, second] : order === 'month_first' ? [second, first] : [third, second];
  if (day < 1 || day > 31 || month < 1 || month > 12) return null;
  const date = new Date(Date.UTC(2024, month - 1, day));
  return new Intl.DateTimeFormat(region(), { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(date);
}

/** A text that may be a canonical date or date and time. */
function anyDate(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return formatDateTime(text);
  return plain(text);
}

function columnName(said: string, columns: readonly NamedColumn[]): string {
  return columns.find((column) => column.id === said)?.name ?? said;
}

/** Values that lists, codes and canonical texts become in a sentence. */
function findingArgs(finding: Finding, columns: readonly NamedColumn[], reading?: Reading): Args {
  const { code, params, rows } = finding;
  const args: Args = { ...BLANK };
  const column = columns.find((c) => c.id === finding.column);
  const show = (text: string) => (CANONICAL.has(code) && column ? formatCell(text, column) : text);
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) {
      args[name] = value.map(name === 'columns' ? (said) => columnName(said, columns) : show);
      args[`${name}_count`] = value.length;
    } else args[name] = SHOWN.has(name) && (typeof value === 'string' || (CANONICAL.has(code) && column)) ? show(String(value)) : value;
  }
  const said = asText(params.column) || finding.column || '';
  args.column = columnName(said, columns);
  args.has_column = yes(said !== '');
  args.count = finding.count || rows.length;
  args.state = isTurned(finding.opposites) ? 'turned' : 'usual';
  args.first_row = rows[0] ?? 0;
  if (code === 'date_order') {
    const said = asText(params.value);
    const value = /^\d{4}-\d\d-\d\d/.test(said) ? dayAndMonth(said, 'year_first') : said || dayAndMonth(asText(params.example), asText(params.order));
    args.value = value ?? '';
    args.known = yes(value !== null && value !== '');
  } else if (code === 'decimal_mark') {
    const amount = Number(params.value);
    const digits = /[.,](\d+)\D*$/.exec(asText(params.example))?.[1]?.length ?? 0;
    const written = Number.isFinite(amount)
      ? formatNumber(amount, { minimumFractionDigits: Math.min(digits, 6), maximumFractionDigits: 6 })
      : asText(params.value);
    args.value = written;
    args.same = yes(written === asText(params.example));
  } else if (code === 'totals_left_out') {
    const end = reading?.tables[reading.table]?.span.last_row ?? 0;
    args.last = yes(rows.length > 0 && (rows[0] ?? 0) >= end && end > 0);
  } else if (code === 'code_kept') args.zeros = yes(/^0\d/.test(asText(params.example)));
  else if (code === 'two_digit_year') args.year = asText(params.year);
  else if (code === 'day_counts' || code === 'first_days') args.value = formatDate(asText(params.value));
  else if (code === 'encoding') args.encoding = encodingName(asText(params.encoding));
  else if (code === 'open_elsewhere') args.saved_at = formatHour(asText(params.saved_at));
  else if (code === 'truncated') {
    args.read_bytes = formatSize(Number(params.read_bytes) || 0);
    args.size_bytes = formatSize(Number(params.size_bytes) || 0);
  }
  return args;
}

/** What was found, as a sentence. `reading` helps to say where. */
export function findingSentence(finding: Finding, columns: readonly NamedColumn[], reading?: Reading): Sentence {
  const args = findingArgs(finding, columns, reading);
  const id = `finding-${dashed(finding.code)}`;
  return { lead: t(id, args).trim(), rest: t(`${id}-more`, args).replace(/\s+/g, ' ').trim() };
}

/** Rows and columns as spreadsheet programs write them, such as `A4:E816`. */
export function spanText(span: Span): string {
  const letters = (column: number): string => {
    let rest = column;
    let text = '';
    while (rest > 0) {
      rest -= 1;
      text = String.fromCharCode(65 + (rest % 26)) + text;
      rest = Math.floor(rest / 26);
    }
    return text;
  };
  return `${letters(span.first_column)}${span.first_row}:${letters(span.last_column)}${span.last_row}`;
}

/** What the button of a choice says. `count` is the finding's. */
export function choiceWords(choice: Choice, reading?: Reading, count = 1): string {
  const id = `choice-${dashed(choice.about)}`;
  const columns = reading?.columns ?? [];
  switch (choice.about) {
    case 'table': {
      const spot = reading?.tables[choice.index];
      return t(id, { range: spot ? (spot.name ?? spanText(spot.span)) : String(choice.index + 1) });
    }
    case 'header_row':
      return t('choice-header-row-here', { row: choice.row });
    case 'empty_word':
      return t(id, { empty: yes(choice.empty), word: choice.word });
    case 'totals':
    case 'duplicates':
      return t(id, { keep: yes(choice.keep), count });
    case 'row':
      return t(id, { keep: yes(choice.keep), row: choice.row });
    case 'column':
      return t(id, { keep: yes(choice.keep), column: columnName(choice.column, columns) });
    case 'mojibake':
      return t(id, { repair: yes(choice.repair) });
    case 'quoting':
      return t(id, { take_off: yes(choice.take_off) });
    case 'surplus':
      return t(id, { join: yes(choice.join) });
    case 'merged':
      return t(id, { fill: yes(choice.fill) });
    case 'unit':
      return t(id, { split: yes(choice.split) });
    case 'description':
      return t(id, { take: yes(choice.take) });
    case 'encoding':
      return t(id, { encoding: encodingName(choice.encoding) });
    case 'delimiter':
      return t(id, { delimiter: choice.delimiter, delimiter_code: delimiterCode(choice.delimiter) });
    case 'no_header':
      return t(id);
    default:
      return t(id, { ...choice });
  }
}

/** Other sheets and tables of the file that a finding names; hidden ones are brought in one by one only. */
function partsBeside(finding: Finding, reading?: Reading): readonly Choice[] {
  if (finding.code !== 'sheet_chosen' && finding.code !== 'more_tables') return [];
  const hidden = new Set(reading?.sheets.filter((sheet) => sheet.hidden).map((sheet) => sheet.name) ?? []);
  return finding.opposites.filter((choice) => choice.about === 'table' || (choice.about === 'sheet' && !hidden.has(choice.sheet)));
}

/** The clicks beside a finding, best first, each once. Where names were looked for, another row can always be pointed at. */
export function oppositesOf(finding: Finding, reading?: Reading): Opposite[] {
  const list: Opposite[] = [];
  const add = (opposite: Opposite) => {
    if (!list.some((other) => other.label === opposite.label)) list.push(opposite);
  };
  const pick: Opposite = { label: t('choice-header-row'), pick: 'header_row' };
  if (finding.code === 'table_found' || finding.code === 'no_header') add(pick);
  const parts = partsBeside(finding, reading);
  if (parts.length > 0) add({ label: t('choice-bring-more', { count: parts.length }), more: parts });
  for (const choice of finding.opposites) {
    if (choice.about === 'header_row') add(pick);
    else add({ label: choiceWords(choice, reading, finding.count || finding.rows.length || 1), choice });
  }
  return list;
}

/** A change from one version to the next, as a sentence. */
export function changeSentence(change: Change): string {
  const id = `change-${dashed(change.what)}`;
  switch (change.what) {
    case 'rows': {
      const difference = Math.abs(change.after - change.before);
      const direction = change.after > change.before ? 'more' : change.after < change.before ? 'fewer' : 'same';
      return t(id, { ...change, difference, direction });
    }
    case 'kind_changed':
      return t(id, { column: change.column, before: kindInSentence(change.before), after: kindInSentence(change.after) });
    case 'level': {
      const percent = formatNumber(Math.abs(change.percent), { maximumFractionDigits: Math.abs(change.percent) < 10 ? 1 : 0 });
      return t(id, { column: change.column, percent, direction: change.percent >= 0 ? 'more' : 'fewer' });
    }
    case 'values_new':
    case 'values_gone':
      return t(id, { ...change, values: change.values.map(anyDate), more: Math.max(0, change.count - change.values.length) });
    case 'range':
      return t(id, { column: change.column, from: anyDate(change.from), to: anyDate(change.to) });
    default:
      return t(id, { ...change });
  }
}

/** Why something is suggested. */
export function whyWords(suggestion: Pick<Suggestion, 'why' | 'params'>): string {
  const { params } = suggestion;
  const args: Args = {
    file: '', row: 1, text: '', columns: '', examples: '', product: '', column: '', word: '', name: '', ...params,
    release: asText(params.release),
    // Counts come as text: as numbers they are grouped, and choose between one and many.
    rows: Number(params.rows ?? 0) || 0,
    share: formatPercent((Number(params.share ?? 100) || 0) / 100),
  };
  return t(`why-${dashed(suggestion.why)}`, args);
}

/** A repair: what its switch says and what it does. `rows` are those of the table as it stands. */
export function fixSentence(fix: Fix, finding: Finding, columns: readonly NamedColumn[], rows: number): Sentence {
  const id = `fix-${dashed(fix.action)}`;
  const count = finding.count || finding.rows.length;
  const args: Args = { count, column: columnName(fix.column ?? '', columns), rows: Math.max(0, rows - count) };
  return { lead: t(id, args), rest: t(`${id}-more`, args) };
}

/** A kind as it stands alone: "Whole number". */
export function kindName(kind: Kind): string {
  return t(`kind-${dashed(kind)}`);
}

/** A kind inside a sentence: "whole number". */
export function kindInSentence(kind: Kind): string {
  return t('kind-of', { kind });
}

/** Whether a value of this kind still says something when its end is cut off. */
export function mayBeCut(kind: Kind): boolean {
  return kind === 'text' || kind === 'place' || kind === 'email';
}

/** The line under a column's name: "Date, day first", "Money, EUR". */
export function kindNote(column: Pick<ReadColumn, 'kind' | 'currency' | 'unit'> & { date_order?: ReadColumn['date_order'] }): string {
  const name = kindName(column.kind);
  const dated = column.kind === 'date' || column.kind === 'date_time';
  // Days that can be read in one way only (2026-03-03, 3 March 2026) have no order to speak of.
  const order = column.date_order === 'year_first' ? null : column.date_order;
  if (dated && order) return t('kind-with-order', { name, order });
  const unit = column.kind === 'money' ? column.currency : column.unit;
  return unit ? t('kind-with-unit', { name, unit }) : name;
}
