import { beforeEach, describe, expect, it } from 'vitest';
import type {
  Change, Choice, Finding, FindingCode, FixAction, Kind, LeftOutReason, Param, Reading, Rule, Why,
} from '../wire/generated';
import { LANGUAGES } from '../words';
import { changeSentence, choiceWords, findingSentence, fixSentence, kindName, kindNote, oppositesOf, spanText, whyWords } from './sentences';
import { dashed, speak, t } from './words.svelte';

// Typed by the generated unions: a code that is added in Rust fails to compile here until it has its sentence.
const FINDINGS: Record<FindingCode, Record<string, Param>> = {
  table_found: { rows: 812, columns: 5, header_row: 4 },
  no_header: { rows: 1, columns: 1 },
  sheet_chosen: { sheet: 'March', others: ['April', 'Prices'] },
  more_tables: { tables: 2, range: 'A4:E20' },
  hidden_things: { names: ['Old'] },
  date_order: { example: '03.03.2026', order: 'day_first', ambiguous: 12 },
  decimal_mark: { example: '1.234,50', value: 1234.5, mark: 'comma' },
  two_digit_year: { example: '03.03.26', year: 2026 },
  day_counts: { column: 'sold', example: '46037', value: '2026-01-15' },
  first_days: { column: 'sold', example: 'Jan 2026', value: '2026-01-01', part: 'month' },
  unit_in_cells: { column: 'sold', unit: 'kg', example: '12 kg' },
  quote_marks: { quote: "'", how: 'wrapped' },
  surplus_cells: { column: 'sold', example: 'Bread, white', delimiter: ',', delimiter_code: 'comma' },
  code_kept: { column: 'Article no.', example: '00417' },
  empty_word: { word: 'n/a' },
  totals_left_out: {},
  repeated_header: {},
  units_left_out: { rows: 1, example: 'kg  €' },
  notes_left_out: {},
  duplicate_rows: {},
  encoding: { encoding: 'windows-1252', example: 'Café' },
  mojibake: { was: 'CafÃ©', now: 'Café' },
  delimiter: { delimiter: ';', delimiter_code: 'semicolon' },
  ragged_rows: { row: 1042, cells: 7, columns: 5 },
  misfits: { column: 'sold', kind: 'integer', examples: ['x', 'y'] },
  error_cells: { examples: ['#N/A'] },
  numbers_as_text: { column: 'sold' },
  merged_cells: { column: 'sold' },
  cached_formulas: {},
  no_rows: {},
  truncated: { read_bytes: 1_200_000, size_bytes: 3_400_000 },
  mixed_currencies: { column: 'takings', currencies: ['EUR', 'CHF'] },
  same_names: { names: ['Sold 2'] },
  unnamed_columns: { names: ['Column 3'] },
  columns_moved: { new: ['Tip'], gone: [], renamed: [] },
  unlocked: {},
  described: { file: 'datapackage.json', inside: 'no', columns: 3, notes: 1 },
  description_broken: { file: 'datapackage.json', line: 4 },
  open_elsewhere: { saved_at: '2026-03-03T09:02:00+01:00' },
  empty_cells: { column: 'sold' },
  duplicate_keys: { columns: ['sold', 'takings'], example: '46, 276.00' },
  impossible_dates: { column: 'day', example: '2126-03-03' },
  outliers: { column: 'takings', example: 99999.5, low: 3.2, high: 40 },
  unknown_reference: { column: 'sold', product: 'Price list', examples: ['00499'] },
  spelling_variants: { column: 'sold', a: 'Rye', b: 'rye ' },
  personal_details: { column: 'sold', what: 'email' },
  negative_values: { column: 'takings', example: -3.2 },
  constant_column: { column: 'sold', value: '1' },
  empty_column: { column: 'sold' },
  formula_text: { column: 'sold', example: '=1+1' },
};

const CHOICES: Record<Choice['about'], Choice[]> = {
  sheet: [{ about: 'sheet', sheet: 'April' }],
  table: [{ about: 'table', index: 1 }],
  header_row: [{ about: 'header_row', row: 5 }],
  no_header: [{ about: 'no_header' }],
  date_order: (['day_first', 'month_first', 'year_first'] as const).map((order) => ({ about: 'date_order', column: null, order })),
  decimal_mark: [{ about: 'decimal_mark', column: null, mark: 'dot' }],
  kind: [{ about: 'kind', column: 'sold', kind: 'code' }],
  empty_word: [true, false].map((empty) => ({ about: 'empty_word', word: 'n/a', empty })),
  totals: [true, false].map((keep) => ({ about: 'totals', keep })),
  row: [true, false].map((keep) => ({ about: 'row', row: 7, keep })),
  duplicates: [true, false].map((keep) => ({ about: 'duplicates', keep })),
  encoding: [{ about: 'encoding', encoding: 'utf-8' }],
  mojibake: [true, false].map((repair) => ({ about: 'mojibake', repair })),
  quoting: [true, false].map((take_off) => ({ about: 'quoting', take_off })),
  surplus: [true, false].map((join) => ({ about: 'surplus', join })),
  delimiter: [',', ';', '\t', '|', ' ', '#'].map((delimiter) => ({ about: 'delimiter', delimiter })),
  merged: [true, false].map((fill) => ({ about: 'merged', fill })),
  unit: [true, false].map((split) => ({ about: 'unit', column: 'sold', split })),
  column: [true, false].map((keep) => ({ about: 'column', column: 'sold', keep })),
  name: [{ about: 'name', column: 'sold', name: 'Sold' }],
  description: [true, false].map((take) => ({ about: 'description', take })),
};

const CHANGES: Record<Change['what'], Change[]> = {
  first: [{ what: 'first', rows: 812 }],
  rows: [{ what: 'rows', before: 812, after: 1610 }, { what: 'rows', before: 10, after: 9 }, { what: 'rows', before: 3, after: 3 }],
  rows_added: [{ what: 'rows_added', count: 1 }],
  rows_gone: [{ what: 'rows_gone', count: 2 }],
  rows_changed: [{ what: 'rows_changed', count: 2 }],
  column_new: [{ what: 'column_new', column: 'Tip' }],
  column_gone: [{ what: 'column_gone', column: 'Tip' }],
  column_renamed: [{ what: 'column_renamed', before: 'A', after: 'B' }],
  kind_changed: [{ what: 'kind_changed', column: 'Tip', before: 'text', after: 'money' }],
  level: [{ what: 'level', column: 'Takings', before: 100, after: 106, percent: 6 }, { what: 'level', column: 'Takings', before: 100, after: 88, percent: -12 }],
  values_new: [{ what: 'values_new', column: 'Article', values: ['00499'], count: 1 }, { what: 'values_new', column: 'Article', values: ['a', 'b'], count: 9 }],
  values_gone: [{ what: 'values_gone', column: 'Article', values: ['00499', '00500'], count: 2 }],
  range: [{ what: 'range', column: 'Day', from: '2026-04-01', to: '2026-04-30' }],
  emptier: [{ what: 'emptier', column: 'Sold', before: 0, after: 9 }],
  label_only: [{ what: 'label_only' }],
  put_back: [{ what: 'put_back', release: 2 }],
  chosen: [{ what: 'chosen', by: 'Ben' }],
  handed_over: [{ what: 'handed_over', to: 'Ben Okafor' }],
  nothing: [{ what: 'nothing' }],
};

const WHYS: Record<Why, true> = {
  file_name: true, title_row: true, column_names: true, values: true, colleague: true, earlier: true, known_word: true, unique: true, looks_up: true, you: true,
};
const RULES: Record<Rule, true> = { has_title: true, has_summary: true, has_area: true, has_keeper: true, has_columns: true };
const FIXES: Record<FixAction, true> = {
  leave_out_rows: true, make_empty: true, keep_first: true, leave_out_column: true, use_common_spelling: true, accept: true,
};
const LEFT_OUT: Record<LeftOutReason, true> = {
  title: true, header: true, blank: true, repeated_header: true, units: true, total: true, rule: true, note: true, duplicate: true, chosen: true, other_table: true,
};
const KINDS: Record<Kind, true> = {
  text: true, code: true, email: true, place: true, integer: true, number: true, money: true, percent: true, boolean: true, date: true, date_time: true, time: true, duration: true,
};

const column = (id: string, name: string, kind: Kind) => ({
  id, name, position: 1, kind, format: '', currency: null, unit: null, decimals: 2, date_order: null, decimal_mark: null, keep: true, empty: 0, distinct: 3, examples: [],
});
const columns = [column('sold', 'Sold', 'integer'), column('takings', 'Takings', 'money'), column('day', 'Day', 'date')];
const reading = {
  tables: [
    { name: null, span: { first_row: 4, last_row: 816, first_column: 1, last_column: 28 }, header_rows: [4] },
    { name: null, span: { first_row: 900, last_row: 910, first_column: 1, last_column: 3 }, header_rows: [900] },
  ],
  table: 0,
  columns,
} as unknown as Reading;

function finding(code: FindingCode, more: Partial<Finding> = {}): Finding {
  const params = FINDINGS[code];
  const about = typeof params.column === 'string' ? params.column : code === 'empty_word' ? 'sold' : null;
  return { code, certainty: 'notice', params, column: about, rows: [816], count: 1, opposites: [], fixes: [], ...more };
}

/** A text that a person can be shown: no ids, no open values, no leftovers. */
function isPlain(text: string): void {
  expect(text).not.toBe('');
  expect(text).not.toMatch(/\{|\}|\$|undefined|NaN/);
  expect(text).not.toMatch(/^(finding|choice|change|why|rule|fix|left-out|kind)-/);
}

beforeEach(() => speak('en', 'en-GB'));

describe.each(LANGUAGES.map((language) => language.code))('in %s', (code) => {
  beforeEach(() => speak(code, code === 'de' ? 'de-DE' : 'en-GB'));

  it('everything that can be found has a lead and a rest', () => {
    for (const name of Object.keys(FINDINGS) as FindingCode[]) {
      for (const count of [0, 1, 12]) {
        const sentence = findingSentence(finding(name, { count, rows: count ? [816] : [] }), columns, reading);
        isPlain(sentence.lead);
        // Nothing more can be said of a garbled word whose cells nobody counted.
        if (!(name === 'mojibake' && count === 0)) isPlain(sentence.rest);
      }
    }
  });

  it('a finding whose values are missing still reads', () => {
    for (const name of Object.keys(FINDINGS) as FindingCode[]) {
      const sentence = findingSentence(finding(name, { params: {}, column: null }), [], undefined);
      expect(`${sentence.lead} ${sentence.rest}`).not.toMatch(/\{|\$|undefined|NaN/);
    }
  });

  it('every choice has a button', () => {
    for (const choice of Object.values(CHOICES).flat()) isPlain(choiceWords(choice, reading, 3));
  });

  it('every change is a sentence', () => {
    for (const change of Object.values(CHANGES).flat()) {
      isPlain(changeSentence(change));
      expect(changeSentence(change)).toMatch(/\.$/);
    }
  });

  it('reasons, rules, repairs, left-out rows and kinds all have words', () => {
    for (const why of Object.keys(WHYS) as Why[]) isPlain(whyWords({ why, params: { rows: '812', share: '97', release: '3', file: 'a.csv' } }));
    for (const rule of Object.keys(RULES)) [`rule-${dashed(rule)}`, `rule-${dashed(rule)}-do`].map((id) => isPlain(t(id)));
    for (const action of Object.keys(FIXES) as FixAction[]) {
      const words = fixSentence({ code: 'outliers', column: 'takings', action }, finding('outliers', { count: 2 }), columns, 812);
      isPlain(words.lead);
      isPlain(words.rest);
    }
    for (const reason of Object.keys(LEFT_OUT)) [`left-out-${dashed(reason)}`, `left-out-${dashed(reason)}-more`].map((id) => isPlain(t(id)));
    for (const kind of Object.keys(KINDS) as Kind[]) [kindName(kind), t('kind-of', { kind }), t('kind-as', { kind })].map(isPlain);
  });
});

describe('the sentences of the check page', () => {
  it('read as designed', () => {
    const say = (code: FindingCode, more: Partial<Finding> = {}) => {
      const { lead, rest } = findingSentence(finding(code, more), columns, reading);
      return `${lead} | ${rest}`;
    };
    expect(say('table_found')).toBe('812 rows, 5 columns. | Names are in row 4.');
    expect(say('date_order')).toBe('03.03.2026 is 3 March. | Day first, then month.');
    expect(say('decimal_mark')).toBe('1.234,50 means 1,234.50. | The comma marks cents.');
    expect(say('code_kept')).toBe('Article no. is a code. | Zeros in front are kept.');
    expect(say('empty_word', { count: 9 })).toBe('9 cells in Sold say “n/a”. | We read them as empty.');
    expect(say('totals_left_out')).toBe('The last row is a total. | Left out.');
    expect(say('duplicate_rows', { count: 12 })).toBe('12 rows appear twice. | All of them are in.');
    const dated = { params: { example: '01.03.2026', value: '2026-03-01', order: 'day_first' } };
    expect(say('date_order', dated)).toBe('01.03.2026 is 1 March. | Day first, then month.');
    const unfit = { params: { example: '31.03.2026', order: 'month_first', fits: 'no', column: 'day' } };
    expect(say('date_order', unfit)).toBe('31.03.2026 cannot be month first. | So Day is text now, as it stands in your file.');
    expect(say('two_digit_year')).toContain('is in 2026.');
    expect(say('columns_moved')).toBe('The columns have changed since last time. | New: Tip.');
    expect(say('truncated')).toContain('1.2 MB of 3.4 MB');
  });

  it('say what was chosen, once it was', () => {
    const kept: Choice[] = [{ about: 'empty_word', word: 'n/a', empty: true }];
    expect(findingSentence(finding('empty_word', { opposites: kept }), columns).rest).toBe('Kept as text.');
    const in_: Choice[] = [{ about: 'totals', keep: false }];
    expect(findingSentence(finding('totals_left_out', { opposites: in_ }), columns).rest).toBe('Kept as data.');
  });

  it('say that a description begins the label, and once it was left aside that it does not', () => {
    const told = (take: boolean) => finding('described', { opposites: [{ about: 'description', take }] });
    expect(findingSentence(told(false), columns).rest).toBe(
      'The label begins with it, and with what it says about 3 columns. One part of it has no place here.',
    );
    expect(oppositesOf(told(false))[0]?.label).toBe('Leave it aside');
    expect(findingSentence(told(true), columns).rest).toBe('We left it aside. What you wrote and chose yourself stays.');
    expect(oppositesOf(told(true))[0]?.label).toBe('Take it over');
  });

  it('a German sees that a German number reads as it stands', () => {
    speak('de', 'de-DE');
    expect(findingSentence(finding('decimal_mark'), columns).lead).toBe('1.234,50 gilt, wie es dasteht.');
    expect(findingSentence(finding('date_order'), columns).lead).toBe('03.03.2026 ist der 3. März.');
  });

  it('figures of the table are written like its cells', () => {
    expect(findingSentence(finding('outliers'), columns).rest).toBe('99,999.50, while most lie between 3.20 and 40.00.');
    expect(findingSentence(finding('impossible_dates'), columns).rest).toContain('3 Mar 2126');
  });
});

describe('the clicks beside a sentence', () => {
  it('always offer another row with the names, and each thing once', () => {
    const opposites: Choice[] = [{ about: 'header_row', row: 3 }, { about: 'header_row', row: 5 }, { about: 'no_header' }];
    const list = oppositesOf(finding('table_found', { opposites }), reading);
    expect(list.map((opposite) => opposite.label)).toEqual(['Names are in another row', 'No row has names']);
    expect(list[0]?.pick).toBe('header_row');
  });

  it('bring in the other parts of a file too, but not hidden sheets', () => {
    const sheets = [{ name: 'March', hidden: false, rows: null }, { name: 'April', hidden: false, rows: null }, { name: 'Old', hidden: true, rows: null }];
    const opposites: Choice[] = [{ about: 'sheet', sheet: 'April' }, { about: 'sheet', sheet: 'Old' }];
    const list = oppositesOf(finding('sheet_chosen', { opposites }), { ...reading, sheets });
    expect(list[0]).toEqual({ label: 'Bring that in too', more: [opposites[0]] });
    expect(list.map((opposite) => opposite.label)).toContain('Read sheet Old');
    const tables: Choice[] = [{ about: 'table', index: 0 }, { about: 'table', index: 1 }];
    expect(oppositesOf(finding('more_tables', { opposites: tables }), { ...reading, sheets })[0]?.label).toBe('Bring those in too');
  });

  it('name the other table by its place', () => {
    expect(choiceWords({ about: 'table', index: 1 }, reading)).toBe('Read the other table: A900:C910');
    expect(spanText({ first_row: 4, last_row: 816, first_column: 1, last_column: 16384 })).toBe('A4:XFD816');
  });
});

describe('the line under a column', () => {
  it('says the order of dates and the currency of money', () => {
    expect(kindNote({ kind: 'date', currency: null, unit: null, date_order: 'day_first' })).toBe('Date, day first');
    expect(kindNote({ kind: 'date', currency: null, unit: null, date_order: 'year_first' })).toBe('Date');
    expect(kindNote({ kind: 'money', currency: 'EUR', unit: null })).toBe('Money, EUR');
    expect(kindNote({ kind: 'integer', currency: null, unit: 'kg' })).toBe('Whole number, kg');
  });
});
