import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LarderEvent } from '../wire/call';

const asked = vi.hoisted(() => ({ questions: [] as { name: string; request: unknown; answer: (value: unknown) => void; refuse: (why: unknown) => void }[] }));
const heard = vi.hoisted(() => ({ handlers: new Set<(event: LarderEvent) => void>() }));

vi.mock('../wire/call', async (original) => ({
  ...(await original<typeof import('../wire/call')>()),
  call: (name: string, request: unknown) =>
    new Promise((answer, refuse) => asked.questions.push({ name, request, answer, refuse })),
  listen: (handler: (event: LarderEvent) => void) => {
    heard.handlers.add(handler);
    return () => heard.handlers.delete(handler);
  },
}));

const { live } = await import('./live.svelte');
const { inEffects } = await import('../tests/effects.svelte');

const settle = () => new Promise((done) => setTimeout(done, 0));
const tell = (topics: string[]) => heard.handlers.forEach((handler) => handler({ event: 'changed', topics }));
const question = (index: number) => {
  const found = asked.questions[index];
  if (!found) throw new Error(`question ${index} was not asked`);
  return found;
};

beforeEach(() => {
  asked.questions.length = 0;
});

describe('a living answer', () => {
  it('is asked at once, and again when its topic changes', async () => {
    const { value, stop } = inEffects(() => live('shelf', () => ({})));
    expect(value.loading).toBe(true);
    question(0).answer({ areas: [], products: 0, people: 1, unconfirmed: [] });
    await settle();
    expect(value.value?.people).toBe(1);
    tell(['drafts']);
    expect(asked.questions).toHaveLength(1);
    tell(['shelf']);
    question(1).answer({ areas: [], products: 1, people: 2, unconfirmed: [] });
    await settle();
    expect(value.value?.people).toBe(2);
    stop();
  });

  it('that was asked while something changed is asked once more', async () => {
    const { value, stop } = inEffects(() => live('shelf', () => ({})));
    tell(['shelf']);
    tell(['shelf']);
    expect(asked.questions).toHaveLength(1);
    question(0).answer({ areas: [], products: 0, people: 1, unconfirmed: [] });
    await settle();
    expect(asked.questions).toHaveLength(2);
    question(1).answer({ areas: [], products: 0, people: 3, unconfirmed: [] });
    await settle();
    expect(value.value?.people).toBe(3);
    stop();
  });

  it('follows its request and never shows the answer to an older one', async () => {
    const request = inEffects.state({ query: 'rye', limit: 5 });
    const { value, stop } = inEffects(() => live('find', () => request.value, { keep: true }));
    request.value = { query: 'ryeb', limit: 5 };
    flushSync();
    expect(asked.questions.map((q) => q.request)).toEqual([{ query: 'rye', limit: 5 }, { query: 'ryeb', limit: 5 }]);
    question(1).answer({ hits: [] });
    await settle();
    question(0).answer({ hits: [{}] });
    await settle();
    expect(value.value?.hits).toEqual([]);
    stop();
  });

  it('asks nothing for no request, and forgets what it showed', async () => {
    const request = inEffects.state<{ query: string; limit: number } | null>({ query: 'rye', limit: 5 });
    const { value, stop } = inEffects(() => live('find', () => request.value, { keep: true }));
    question(0).answer({ hits: [{}] });
    await settle();
    request.value = null;
    flushSync();
    expect(value.value).toBeUndefined();
    expect(asked.questions).toHaveLength(1);
    stop();
  });

  it('says why it was refused, keeps what it had, and takes an answer that came another way', async () => {
    const { value, stop } = inEffects(() => live('shelf', () => ({})));
    question(0).answer({ areas: [], products: 0, people: 1, unconfirmed: [] });
    await settle();
    tell(['shelf']);
    question(1).refuse({ code: 'unreachable', params: {}, waiting_helps: true });
    await settle();
    expect(value.refusal?.code).toBe('unreachable');
    expect(value.value?.people).toBe(1);
    value.set({ areas: [], products: 0, people: 9, unconfirmed: [] });
    expect(value.refusal).toBeUndefined();
    expect(value.value?.people).toBe(9);
    stop();
  });

  it('hears nothing any more once its page is gone', async () => {
    const { stop } = inEffects(() => live('shelf', () => ({})));
    stop();
    tell(['shelf']);
    expect(asked.questions).toHaveLength(1);
  });
});
