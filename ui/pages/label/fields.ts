// The fields of a label: their names in suggestions and house rules, and how a suggestion is shown in them.
import type { Column, Label, Rule, Suggestion } from '../../wire/generated';
import { t } from '../../state/words.svelte';

/** A suggestion for a column: which, and which of its fields. */
export interface ColumnField {
  column: string;
  field: 'meaning' | 'unit' | 'key' | 'looks_up';
}

/** Takes `column/<id>/meaning` apart; null for a field of the label itself. */
export function columnField(field: string): ColumnField | null {
  const parts = /^column\/(.+)\/(meaning|unit|key|looks_up)$/.exec(field);
  return parts ? { column: parts[1] as string, field: parts[2] as ColumnField['field'] } : null;
}

/** The suggestion for a field, if there is one. */
export function suggestionFor(suggestions: readonly Suggestion[], field: string): Suggestion | undefined {
  return suggestions.find((suggestion) => suggestion.field === field);
}

/** The name of a field as the page calls it. */
export function fieldName(field: string, columns: readonly Column[], value = ''): string {
  const about = columnField(field);
  if (!about) return t(field === 'promise' ? 'label-promise' : `label-${field}`);
  const column = columns.find((other) => other.id === about.column)?.name ?? about.column;
  return t(`label-field-${about.field.replace('_', '-')}`, { column, value });
}

/** Where a rule is met: the field that a click on it leads to. */
export function fieldOfRule(rule: Rule): string {
  return { has_title: 'title', has_summary: 'summary', has_area: 'area', has_keeper: 'keeper', has_columns: 'columns' }[rule];
}

/** Columns that say what they mean. */
export function described(label: Label): number {
  return label.columns.filter((column) => column.meaning.trim() !== '').length;
}

/** A text field emptied means: nothing. */
export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}
