// The house rules as they stand in a form, and back.
import type { HouseRules, Publishers, Rule } from '../../wire/generated';

/** What is typed: sizes in MB, kinds of files with commas between them. */
export interface RulesDraft {
  required: Rule[];
  publishers: Publishers;
  kinds: string;
  size: string;
  version: string;
}

const MB = 1_000_000;

export function draftOf(rules: HouseRules): RulesDraft {
  return {
    required: [...rules.required],
    publishers: rules.publishers,
    kinds: rules.kinds?.join(', ') ?? '',
    size: rules.max_size_bytes === null ? '' : String(Math.round(rules.max_size_bytes / MB)),
    version: rules.min_version ?? '',
  };
}

/** What was typed, in the order in which the program keeps it; what the form does not ask for stays as it was. */
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
  };
}

export function sizeIsOdd(text: string): boolean {
  return text.trim() !== '' && !/^[1-9]\d{0,6}$/.test(text.trim());
}

export function versionIsOdd(text: string): boolean {
  return text.trim() !== '' && !/^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(text.trim());
}
