// How a column, a filter and a value of a data product are said.
import { formatCell, plain, t } from '../../state/words.svelte';
import type { Column, Filter, Kind } from '../../wire/generated';

/** How rows can be sorted by this kind: by letters, by time, or by size. */
export function sortWord(kind: Kind): 'text' | 'time' | 'number' {
  if (kind === 'date' || kind === 'date_time' || kind === 'time') return 'time';
  return kind === 'integer' || kind === 'number' || kind === 'money' || kind === 'percent' || kind === 'duration' ? 'number' : 'text';
}

/** A figure can be less or more. */
export function isOrdered(kind: Kind): boolean {
  return sortWord(kind) !== 'text';
}

/** A column's name, never empty. */
export function columnName(column: Pick<Column, 'id' | 'name'>): string {
  return plain(column.name) || column.id;
}

/** A value with its unit: "46 kg". */
export function withUnit(text: string, column: Column): string {
  const shown = formatCell(text, column);
  const unit = column.kind === 'money' ? column.currency : column.unit;
  return unit ? `${shown}\u00A0${plain(unit)}` : shown;
}

/** A filter on a chip. */
export function filterWords(filter: Filter, columns: readonly Column[]): string {
  const about = columns.find((column) => column.id === filter.column);
  const column = about ? columnName(about) : filter.column;
  switch (filter.test) {
    case 'contains':
      return filter.column === '' ? t('product-chip-anywhere', { value: filter.text }) : t('product-chip-contains', { column, value: filter.text });
    case 'equals':
    case 'at_least':
    case 'at_most':
      return t(`product-chip-${filter.test.replace('_', '-')}`, { column, value: about ? formatCell(filter.value, about) : filter.value });
    default:
      return t(`product-chip-${filter.test.replace('_', '-')}`, { column });
  }
}

/** With a capital letter, for a value that stands alone. */
export function capital(text: string): string {
  return text === '' ? text : text[0]?.toLocaleUpperCase() + text.slice(1);
}

/** An address that opens a mail to somebody; null without one. */
export function mailTo(address: string | null, subject: string): string | null {
  return address ? `mailto:${encodeURIComponent(address)}?subject=${encodeURIComponent(subject)}` : null;
}
