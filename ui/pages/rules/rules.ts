// The house rules as they stand in a form, and back.
import type { HouseRules, Publishers, Rule } from '../../wire/generated';

/** What is typed: sizes in MB, kinds of files with commas between them, lengths of time in days. */
export interface RulesDraft {
  required: Rule[];
  publishers: Publishers;
  kinds: string;
  size: string;
  version: string;
  /** Days that earlier versions are kept; empty: as usual. */
  retention: string;
  /** Days after which each data product is looked over again; empty: never. */
  review: string;
  receipts: boolean;
}

const MB = 1_000_000;
const MOST_DAYS = 36_500;

function typed(days: number | null): string {
  return days === null ? '' : String(days);
}

export function draftOf(rules: HouseRules): RulesDraft {
  return {
    required: [...rules.required],
    publishers: rules.publishers,
    kinds: rules.kinds?.join(', ') ?? '',
    size: rules.max_size_bytes === null ? '' : String(Math.round(rules.max_size_bytes / MB)),
    version: rules.min_version ?? '',
    retention: typed(rules.retention_days),
    review: typed(rules.review_days),
    receipts: rules.receipts,
  };
}

/** What was typed, in the order in which the program keeps it. */
export function rulesOf(draft: RulesDraft, before: HouseRules): HouseRules {
  const kinds = draft.kinds
    .split(/[\s,;]+/)
    .map((kind) => kind.replace(/^\*?\./, '').toLowerCase())
    .filter((kind) => kind !== '');
  const size = draft.size.trim();
  // A size that was not changed keeps the bytes that it had.
  const kept = size === draftOf(before).size;
  return {
    ...before,
    required: [...draft.required].sort(),
    publishers: draft.publishers,
    kinds: kinds.length > 0 ? [...new Set(kinds)].sort() : null,
    max_size_bytes: kept ? before.max_size_bytes : size === '' ? null : Number(size) * MB,
    min_version: draft.version.trim() || null,
    retention_days: daysOf(draft.retention),
    review_days: daysOf(draft.review),
    receipts: draft.receipts,
  };
}

/** Days as they were typed; null for none, and for what is no number of days. */
export function daysOf(text: string): number | null {
  return text.trim() === '' || daysAreOdd(text) ? null : Number(text);
}

export function daysAreOdd(text: string): boolean {
  return text.trim() !== '' && !(/^[1-9]\d{0,4}$/.test(text.trim()) && Number(text) <= MOST_DAYS);
}

export function sizeIsOdd(text: string): boolean {
  return text.trim() !== '' && !/^[1-9]\d{0,6}$/.test(text.trim());
}

export function versionIsOdd(text: string): boolean {
  return text.trim() !== '' && !/^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(text.trim());
}
