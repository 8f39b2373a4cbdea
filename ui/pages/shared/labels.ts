// A label of the shelf in words: what the Label part is given.
import { href } from '../../state/route.svelte';
import { dashed, formatMoment, formatSince, formatWhen, t } from '../../state/words.svelte';
import type { Tone } from '../../parts/types';
import type { CardState, Condition, LabelCard, PromiseState } from '../../wire/generated';

/** What the pill of a label says. */
export interface PillWords {
  tone: Tone;
  state: string;
}

const TROUBLE: Partial<Record<CardState, Tone>> = {
  damaged: 'stop',
  went_backwards: 'stop',
  two_versions: 'look',
  needs_newer_larder: 'look',
  arriving: 'info',
  cloud_only: 'info',
  needs_key: 'plain',
  retired: 'plain',
};

/** The pill: trouble first, then overdue, then when it was filled. Filled without a promise is news, not praise. */
export function pillWords(state: CardState, promise: PromiseState | null, filledAt: string): PillWords {
  const trouble = TROUBLE[state];
  if (trouble) return { tone: trouble, state: t(`state-${dashed(state)}`) };
  if (promise?.state === 'overdue') return { tone: 'look', state: t('pill-overdue', { since: formatSince(promise.since) }) };
  const tone: Tone = promise?.state === 'kept' ? 'good' : 'info';
  return { tone, state: t('pill-filled', { when: formatWhen(filledAt, true) }) };
}

/** "Good condition", or "Fair, 2 to fix" where something is left. */
export function conditionWords(condition: Condition): string {
  const grade = dashed(condition.grade);
  if (condition.to_fix === 0 || condition.grade === 'very_good' || condition.grade === 'good') return t(`condition-${grade}`);
  return t('condition-to-fix', { grade: t(`grade-${grade}`), count: condition.to_fix });
}

/** Everything that the Label part shows of a data product. */
export function labelProps(card: LabelCard) {
  return {
    title: card.title,
    summary: card.summary,
    color: card.color,
    ...pillWords(card.state, card.promise, card.filled_at),
    stateTitle: formatMoment(card.filled_at),
    // Of what is locked nobody outside knows how good it is.
    facts: [card.state === 'needs_key' ? '' : conditionWords(card.condition), card.sealed && card.state !== 'needs_key' ? t('fact-sealed') : '', card.mine ? t('fact-keeper-you') : firstName(card.keeper)].filter((fact) => fact !== ''),
    href: href('product', card.product),
    followed: card.followed,
    followedLabel: t('fact-followed'),
    faded: card.state === 'retired',
    dropFor: card.mine && card.state !== 'retired' ? card.product : undefined,
  };
}

/** What colleagues call each other; the whole name stands on the data product's own page. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
