// Words, numbers and dates in the language of the person. `t` for every text; nothing else in the interface holds one.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Kind, Param } from '../wire/generated';
import { LANGUAGES, wordsOf, type Language } from '../words';

/** Values inside a sentence. */
export type Args = Record<string, Param | Date | null | undefined>;

const FALLBACK = LANGUAGES[0] as Language;

const chosen = $state({ language: FALLBACK.code, system: FALLBACK.region });

/** Numbers and dates follow the system where it speaks the language of the interface, otherwise the language's own region. */
const locale = $derived.by(() => {
  const language = LANGUAGES.find((l) => l.code === chosen.language) ?? FALLBACK;
  try {
    const system = new Intl.Locale(chosen.system);
    if (system.language === language.code && system.region) return system.baseName;
  } catch {
    // A system may call its locale something that is no BCP 47 tag, such as "C".
  }
  return language.region;
});

const bundles = $derived.by(() => {
  const codes = chosen.language === FALLBACK.code ? [FALLBACK.code] : [chosen.language, FALLBACK.code];
  return codes.map((code) => bundleOf(code, code === chosen.language ? locale : FALLBACK.region));
});

function bundleOf(code: string, region: string): FluentBundle {
  // Isolation marks would stand in every copied or printed sentence; hostile ones are taken out of the values instead.
  const bundle = new FluentBundle([region, code], { useIsolating: false });
  for (const text of Object.values(wordsOf(code))) bundle.addResource(new FluentResource(text));
  return bundle;
}

/** The language that fits the system's locale best. */
export function languageFor(system: string): string {
  const wanted = system.toLowerCase().split(/[-_.]/)[0];
  return LANGUAGES.find((l) => l.code === wanted)?.code ?? FALLBACK.code;
}

/** Speaks this language (none: the system's) and writes numbers as the system does. */
export function speak(language: string | null, system: string): void {
  chosen.system = system.replace('_', '-').replace(/\..*$/, '');
  chosen.language = LANGUAGES.some((l) => l.code === language) ? (language as string) : languageFor(system);
  if (typeof document !== 'undefined') document.documentElement.lang = chosen.language;
}

/** The language spoken now, such as `de`. */
export function language(): string {
  return chosen.language;
}

/** The locale of numbers and dates, such as `de-AT`. */
export function region(): string {
  return locale;
}

/** Takes out what would turn the direction of the text around it. */
export function plain(text: string): string {
  return text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
}

/** A file's name with the sheet or the rows of it that are meant. */
export function withPart(file: string, part: string | null): string {
  return part === null ? plain(file) : `${plain(file)} · ${plain(part)}`;
}

function fluentArgs(args: Args): Record<string, FluentVariable> {
  const values: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value)) {
      values[name] = formatList(value);
      values[`${name}_count`] = value.length;
    } else if (typeof value === 'string') values[name] = plain(value);
    else if (value !== null && value !== undefined) values[name] = value;
  }
  return values;
}

function lookUp(id: string, attribute: string | null, args: Args): string | null {
  for (const bundle of bundles) {
    const message = bundle.getMessage(id);
    const pattern = attribute === null ? message?.value : message?.attributes[attribute];
    if (pattern) return bundle.formatPattern(pattern, fluentArgs(args), []);
  }
  return null;
}

/** The text of this id; `id.attribute` for an attribute. A missing text shows as its id. */
export function t(id: string, args: Args = {}): string {
  const [message = id, attribute = null] = id.split('.');
  return lookUp(message, attribute, args) ?? id;
}

/** The text of this id, or null where there is none. */
export function tMaybe(id: string, args: Args = {}): string | null {
  const [message = id, attribute = null] = id.split('.');
  return lookUp(message, attribute, args);
}

/** The values, with `has_<name>` (`yes` or `no`) for each text, so that a sentence can do without an empty one. */
export function withPresence(args: Args): Args {
  const present: Args = {};
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'string') present[`has_${name}`] = value === '' ? 'no' : 'yes';
  }
  return { ...present, ...args };
}

/** A code of Rust's as the words write it: `not_a_table` is `not-a-table`. */
export function dashed(code: string): string {
  return code.replaceAll('_', '-');
}

// Making one of these takes longer than a hundred uses of it, and a screen of cells needs one for each.
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function once<F extends Intl.NumberFormat | Intl.DateTimeFormat>(kind: string, options: object, make: () => F): F {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known as F;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return once('number', options, () => new Intl.NumberFormat(locale, options));
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once('date', options, () => new Intl.DateTimeFormat(locale, options));
}

/** Names in a row, as the language joins them. */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(plain));
}

/** A count or a measured figure. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numbers(options).format(value);
}

/** A share such as 0.19 as "19 %". */
export function formatPercent(share: number, decimals = 0): string {
  return numbers({ style: 'percent', maximumFractionDigits: decimals }).format(share);
}

/** A size on disk: "14 MB". Thousands, as file managers count. */
export function formatSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let step = 0;
  let amount = bytes;
  while (amount >= 999.5 && step < units.length - 1) {
    amount /= 1000;
    step += 1;
  }
  const decimals = step > 0 && amount < 9.95 ? 1 : 0;
  const unitDisplay = step === 0 ? 'long' : 'short';
  return numbers({ style: 'unit', unit: units[step], unitDisplay, maximumFractionDigits: decimals }).format(amount);
}

/** Canonical money text with its currency: "1,234.50 €". */
export function formatMoney(text: string, currency: string | null, decimals: number | null = null): string {
  const amount = Number(text);
  if (!Number.isFinite(amount)) return plain(text);
  const digits = decimals ?? 2;
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (currency && /^[A-Z]{3}$/.test(currency)) {
    return numbers({ ...options, style: 'currency', currency }).format(amount);
  }
  return numbers(options).format(amount);
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/** A wall-clock date or date and time as a Date whose UTC fields are that wall clock. */
function wallClock(text: string): Date | null {
  const parts = DATE.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1);
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0);
  return date;
}

/** A canonical date (`2026-03-03`) as people write it: "3 Mar 2026". */
export function formatDate(text: string, style: 'medium' | 'long' | 'full' = 'medium'): string {
  const date = wallClock(text);
  if (!date) return plain(text);
  return dates({ dateStyle: style, timeZone: 'UTC' }).format(date);
}

/** A canonical date and time (`2026-03-03T07:40:00`, wall clock) as people write it. */
export function formatDateTime(text: string): string {
  const date = wallClock(text);
  if (!date) return plain(text);
  const timeStyle = date.getUTCSeconds() === 0 ? 'short' : 'medium';
  return dates({ dateStyle: 'medium', timeStyle, timeZone: 'UTC' }).format(date);
}

/** A canonical time (`07:40:00`) as people write it. */
export function formatTime(text: string): string {
  const date = wallClock(`1970-01-01T${text.length === 5 ? `${text}:00` : text}`);
  if (!date) return plain(text);
  const timeStyle = date.getUTCSeconds() === 0 ? 'short' : 'medium';
  return dates({ timeStyle, timeZone: 'UTC' }).format(date);
}

/** What `formatCell` needs to know of a column. */
export interface CellColumn {
  kind: Kind;
  decimals?: number | null;
}

function decimalsOf(text: string): number {
  const dot = text.indexOf('.');
  return dot < 0 ? 0 : Math.min(text.length - dot - 1, 20);
}

function formatFigure(text: string, options: Intl.NumberFormatOptions): string {
  const value = Number(text);
  return text !== '' && Number.isFinite(value) ? numbers(options).format(value) : plain(text);
}

/** A cell's canonical text as people read it; an empty cell is an empty text. The currency stands in the column's head. */
export function formatCell(text: string | null, column: CellColumn): string {
  if (text === null) return '';
  switch (column.kind) {
    case 'integer':
      // Four figures stay together, so that a year does not get a comma.
      return /^-?\d{1,30}$/.test(text) ? numbers({ useGrouping: 'min2' }).format(BigInt(text)) : plain(text);
    case 'number': {
      const digits = column.decimals ?? decimalsOf(text);
      return formatFigure(text, { minimumFractionDigits: column.decimals ?? 0, maximumFractionDigits: digits });
    }
    case 'money': {
      const digits = column.decimals ?? 2;
      return formatFigure(text, { minimumFractionDigits: digits, maximumFractionDigits: Math.max(digits, decimalsOf(text)) });
    }
    case 'percent':
      return formatFigure(text, { style: 'percent', maximumFractionDigits: 2 });
    case 'boolean':
      return text === 'true' ? t('common-yes') : text === 'false' ? t('common-no') : plain(text);
    case 'date':
      return formatDate(text);
    case 'date_time':
      return formatDateTime(text);
    case 'time':
      return formatTime(text);
    case 'duration':
      return text.replace(/:00$/, '');
    default:
      return text;
  }
}

/** Whether cells of this kind stand at the right, so that figures line up. */
export function alignsRight(kind: Kind): boolean {
  return kind === 'integer' || kind === 'number' || kind === 'money' || kind === 'percent' || kind === 'duration';
}

const clock = $state({ now: new Date() });
if (typeof window !== 'undefined') setInterval(() => (clock.now = new Date()), 30_000);

/** The moment, renewed twice a minute, so that "today" stays true overnight. */
export function now(): Date {
  return clock.now;
}

/** A moment: RFC 3339 with an offset, or wall clock without one (then it is local time). */
function moment(at: string): Date | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}

function daysApart(from: Date, to: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function relative(at: string, ids: { today: string; yesterday: string; tomorrow: string; weekday: string; date: string }): string {
  const date = moment(at);
  if (!date) return plain(at);
  const time = dates({ timeStyle: 'short' }).format(date);
  const days = daysApart(date, clock.now);
  if (days === 0) return t(ids.today, { time });
  if (days === 1) return t(ids.yesterday, { time });
  if (days === -1) return t(ids.tomorrow, { time });
  if (Math.abs(days) < 7) {
    return t(ids.weekday, { day: dates({ weekday: 'long' }).format(date), time });
  }
  const sameYear = date.getFullYear() === clock.now.getFullYear();
  const options: Intl.DateTimeFormatOptions = sameYear ? { day: 'numeric', month: 'long' } : { dateStyle: 'medium' };
  return t(ids.date, { date: dates(options).format(date), time });
}

/** When something was or will be: "today 07:40", "yesterday 19:55" (short: "yesterday"), "Monday", "3 March". */
export function formatWhen(at: string, short = false): string {
  const yesterday = short ? 'when-yesterday-short' : 'when-yesterday';
  return relative(at, { today: 'when-today', yesterday, tomorrow: 'when-tomorrow', weekday: 'when-weekday', date: 'when-date' });
}

/** Since when: "since today 09:00", "since yesterday", "since Friday", "since 3 March". */
export function formatSince(at: string): string {
  return relative(at, {
    today: 'since-today', yesterday: 'since-yesterday', tomorrow: 'since-date', weekday: 'since-weekday', date: 'since-date',
  });
}

/** The same text with a capital at its start. */
export function capital(text: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}

/** The exact moment, for a tooltip or a table: "Monday 3 March 2026 at 07:40". */
export function formatMoment(at: string): string {
  const date = moment(at);
  return date ? dates({ dateStyle: 'full', timeStyle: 'short' }).format(date) : plain(at);
}

/** The hour and minute of a moment: "09:12". */
export function formatHour(at: string): string {
  const date = moment(at);
  return date ? dates({ timeStyle: 'short' }).format(date) : plain(at);
}

/** The day of a moment, such as a heading over the things of that day: "Today", "Monday 3 March". */
export function formatDay(at: string): string {
  const date = moment(at);
  if (!date) return plain(at);
  const days = daysApart(date, clock.now);
  if (days === 0) return t('day-today');
  if (days === 1) return t('day-yesterday');
  const year = date.getFullYear() === clock.now.getFullYear() ? undefined : ('numeric' as const);
  return dates({ weekday: 'long', day: 'numeric', month: 'long', year }).format(date);
}
