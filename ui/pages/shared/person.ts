// What people are asked about themselves.
import type { Person } from '../../wire/generated';
import { t } from '../../state/words.svelte';

/** A person as the form holds them: texts only. */
export interface PersonDraft {
  name: string;
  role: string;
  email: string;
  color: number;
}

/** A form to begin with. */
export function personDraft(person: Person | null | undefined, suggestedName = ''): PersonDraft {
  return { name: person?.name ?? suggestedName, role: person?.role ?? '', email: person?.email ?? '', color: person?.color ?? 0 };
}

/** The person that the form describes. */
export function personOf(draft: PersonDraft): Person {
  const email = draft.email.trim();
  return { name: draft.name.trim(), role: draft.role.trim(), email: email === '' ? null : email, color: draft.color };
}

/** What is wrong with a field; undefined where nothing is. */
export function personErrors(draft: PersonDraft): { name?: string; email?: string } {
  const email = draft.email.trim();
  return {
    name: draft.name.trim() === '' ? t('person-name-missing') : undefined,
    email: email !== '' && !/^[^\s@]+@[^\s@]+$/.test(email) ? t('person-email-odd') : undefined,
  };
}
