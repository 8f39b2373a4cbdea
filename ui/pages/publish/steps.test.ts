import { beforeEach, describe, expect, it } from 'vitest';
import type { Publication } from '../../wire/generated';
import { speak } from '../../state/words.svelte';
import { publicationSteps } from './steps';

const publication = (more: Partial<Publication> = {}): Publication => ({
  product: 'till-sales', title: 'Till sales', release: 2, saved: true, copied_bytes: 0, total_bytes: 0, copied: false, seen_by: [], others: 4,
  current_blocked: [], refusal: null, job: null, ...more,
});
const states = (of: Publication | null) => publicationSteps(of, undefined).map((step) => step.state);

beforeEach(() => speak('en', 'en-GB'));

describe('three honest steps', () => {
  it('begin with saving here', () => {
    expect(states(null)).toEqual(['busy', 'todo', 'todo']);
    expect(states(publication({ saved: false }))).toEqual(['busy', 'todo', 'todo']);
  });

  it('tell how much is copied', () => {
    const [, copy] = publicationSteps(publication({ copied_bytes: 640_000, total_bytes: 1_000_000 }), undefined);
    expect(copy).toMatchObject({ state: 'busy', share: 0.64, text: '640 kB of 1 MB' });
  });

  it('say when waiting helps and when a person is needed', () => {
    const away = publication({ refusal: { code: 'unreachable', params: { path: 'S:' }, waiting_helps: true } });
    const full = publication({ refusal: { code: 'no_space', params: {}, waiting_helps: false } });
    expect(states(away)).toEqual(['done', 'waiting', 'todo']);
    expect(publicationSteps(away, undefined)[1]?.text).toContain('every minute');
    expect(states(full)).toEqual(['done', 'stop', 'todo']);
  });

  it('never call it seen before somebody said so', () => {
    expect(states(publication({ copied: true }))).toEqual(['done', 'done', 'waiting']);
    const seen = publication({ copied: true, seen_by: [{ name: 'Ben', at: null }] });
    expect(publicationSteps(seen, undefined)[2]).toMatchObject({ state: 'done', text: 'Seen by Ben' });
    expect(states(publication({ copied: true, others: 0 }))).toEqual(['done', 'done', 'done']);
  });
});
