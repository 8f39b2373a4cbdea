import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { back, followHistory, forward, go, href, replace, route } from './route.svelte';

let stop = () => undefined as void;

beforeEach(() => {
  history.replaceState(null, '', '#/today');
  stop = followHistory();
});
afterEach(() => stop());

/** jsdom moves through its history a little later. */
const moved = () => vi.waitFor(() => new Promise((done) => setTimeout(done, 20)));

describe('the address', () => {
  it('names the page and what it is about', () => {
    expect(href('product', 'till-sales-7')).toBe('#/product/till-sales-7');
    go('area', 'Backstube / Nord 50 %');
    expect(route.page).toBe('area');
    expect(route.params).toEqual(['Backstube / Nord 50 %']);
  });

  it('that says nothing is Today, and one that cannot be decoded does no harm', () => {
    stop();
    history.replaceState(null, '', '#/');
    stop = followHistory();
    expect(route.page).toBe('today');
    stop();
    history.replaceState(null, '', '#/area/%E0%A4%A');
    stop = followHistory();
    expect(route.params).toEqual(['%E0%A4%A']);
  });
});

describe('going back', () => {
  it('returns to where one was, and forward again', async () => {
    expect(route.canBack).toBe(false);
    go('shelf');
    go('product', 'a');
    expect(route.canBack).toBe(true);
    expect(route.canForward).toBe(false);
    back();
    await moved();
    expect(route.page).toBe('shelf');
    expect(route.canForward).toBe(true);
    forward();
    await moved();
    expect(route.params).toEqual(['a']);
    expect(route.canForward).toBe(false);
  });

  it('is not asked for a place that was replaced', async () => {
    go('check', 'draft');
    replace('label', 'draft');
    expect(route.page).toBe('label');
    back();
    await moved();
    expect(route.page).toBe('today');
  });

  it('goes nowhere from the first place', () => {
    back();
    expect(route.page).toBe('today');
  });

  it('does not count going where one is', () => {
    go('shelf');
    go('shelf');
    back();
    return moved().then(() => expect(route.page).toBe('today'));
  });

  it('knows plain links, too', async () => {
    location.hash = '#/people';
    await moved();
    expect(route.page).toBe('people');
    expect(route.canBack).toBe(true);
  });
});
