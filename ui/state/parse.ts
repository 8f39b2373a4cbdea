// What a person types as a value, as the canonical text that the program compares with. Numbers and dates are read as the
// region writes them; canonical texts are always understood.
import type { Kind } from '../wire/generated';
import { formatDate, region, t } from './words.svelte';

/** The sign between whole and parts in the region. */
function decimalMark(): string {
  return new Intl.NumberFormat(region()).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
}

function parseNumber(text: string): string | null {
  const bare = text.replace(/[\s\u00A0\u202F'’€$£%]/g, '');
  // "1234.5" is canonical everywhere; only a text that the region's own marks explain is read by them.
  const mark = decimalMark();
  const group = mark === ',' ? '.' : ',';
  const own = bare.split(group).join('').replace(mark, '.');
  const groups = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+(\\${mark}\\d+)?$`);
  const plain = new RegExp(`^[+-]?\\d+(\\${mark}\\d+)?$`);
  if (groups.test(bare) || plain.test(bare)) return shortest(own);
  return /^[+-]?\d+(\.\d+)?$/.test(bare) ? shortest(bare) : null;
}

function shortest(text: string): string | null {
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  // Long whole numbers and codes of digits keep every digit.
  return /^[+-]?\d{16,}$/.test(text) ? text.replace(/^\+/, '') : String(value);
}

/** Day, month and year in the order of the region. */
function dateOrder(): ('day' | 'month' | 'year')[] {
  return new Intl.DateTimeFormat(region())
    .formatToParts(new Date(2026, 2, 3))
    .map((part) => part.type)
    .filter((type) => type === 'day' || type === 'month' || type === 'year');
}

function parseDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dateText(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = text.split(/[.\/\-\s]+/).filter((part) => part !== '');
  if (parts.length !== 3 || parts.some((part) => !/^\d{1,4}$/.test(part))) return null;
  const named: Record<string, number> = {};
  dateOrder().forEach((type, index) => (named[type] = Number(parts[index])));
  const year = named.year ?? 0;
  return dateText(year < 100 ? 2000 + year : year, named.month ?? 0, named.day ?? 0);
}

function dateText(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

function parseTime(text: string): string | null {
  const parts = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text);
  if (!parts) return null;
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Hours and minutes, the hours as many as there are. */
function parseDuration(text: string): string | null {
  const parts = /^(-?)(\d{1,7}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!parts || Number(parts[3]) > 59 || Number(parts[4] ?? 0) > 59) return null;
  return `${parts[1]}${[parts[2], parts[3], parts[4] ?? '00'].map((part) => (part ?? '').padStart(2, '0')).join(':')}`;
}

function parseDateTime(text: string): string | null {
  const [day = '', time = '00:00', ...rest] = text.split(/[T\s,]+/);
  if (rest.length > 0) return null;
  const date = parseDate(day);
  const clock = parseTime(time);
  return date && clock ? `${date}T${clock}` : null;
}

function parseYesNo(text: string): string | null {
  const word = text.toLowerCase();
  if ([t('common-yes').toLowerCase(), 'true', 'yes', 'ja', '1'].includes(word)) return 'true';
  if ([t('common-no').toLowerCase(), 'false', 'no', 'nein', '0'].includes(word)) return 'false';
  return null;
}

/** The canonical text of what was typed for a column of this kind; null where it is none. */
export function parseValue(typed: string, kind: Kind): string | null {
  const text = typed.trim();
  if (text === '') return null;
  switch (kind) {
    case 'integer':
    case 'number':
    case 'money':
      return parseNumber(text);
    case 'percent': {
      const number = parseNumber(text);
      if (number === null) return null;
      // "19 %" and "19" both mean 0.19; a share below one without the sign is taken as it is.
      const value = Number(number);
      return text.includes('%') || Math.abs(value) > 1 ? String(value / 100) : number;
    }
    case 'boolean':
      return parseYesNo(text);
    case 'date':
      return parseDate(text);
    case 'date_time':
      return parseDateTime(text);
    case 'time':
      return parseTime(text);
    case 'duration':
      return parseDuration(text);
    default:
      return text;
  }
}

/** What could be typed for this kind. */
export function exampleOf(kind: Kind): string {
  const mark = decimalMark();
  const date = new Intl.DateTimeFormat(region()).format(new Date(2026, 2, 3));
  const examples: Partial<Record<Kind, string>> = {
    integer: '46', number: `12${mark}5`, money: `3${mark}20`, percent: '19 %', boolean: t('common-yes'), date, date_time: `${date} 07:40`, time: '07:40', duration: '26:30',
  };
  return examples[kind] ?? formatDate('2026-03-03');
}
