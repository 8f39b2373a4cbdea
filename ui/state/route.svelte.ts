// Where the person is. The address is `#/page/param/param`, so that plain links work, and the browser keeps the history.
import { tick } from 'svelte';

/** One place: a page and what it is about. */
export interface Route {
  page: string;
  params: readonly string[];
}

const HOME: Route = { page: 'today', params: [] };

function parse(hash: string): Route {
  const [page, ...params] = hash.replace(/^#\/?/, '').split('/').filter((part) => part !== '').map(decode);
  return page ? { page, params } : HOME;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a page, for links. */
export function href(page: string, ...params: (string | number)[]): string {
  return `#/${[page, ...params].map((part) => encodeURIComponent(String(part))).join('/')}`;
}

const here = $state({ route: parse(typeof location === 'undefined' ? '' : location.hash), index: 0, last: 0 });
const scrolls = new Map<number, number>();

/** The place now. */
export const route = {
  get page(): string {
    return here.route.page;
  },
  get params(): readonly string[] {
    return here.route.params;
  },
  /** There is a place before this one. */
  get canBack(): boolean {
    return here.index > 0;
  },
  /** There is a place that `back` left. */
  get canForward(): boolean {
    return here.index < here.last;
  },
};

function indexOf(state: unknown): number | null {
  return typeof state === 'object' && state !== null && 'index' in state && typeof state.index === 'number' ? state.index : null;
}

/** The element that scrolls, so that going back shows the same spot. */
function scroller(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-scroller]');
}

function leave(): void {
  const element = scroller();
  if (element) scrolls.set(here.index, element.scrollTop);
}

function arrive(index: number, restore: boolean): void {
  here.route = parse(location.hash);
  here.index = index;
  here.last = restore ? Math.max(here.last, index) : index;
  const top = restore ? (scrolls.get(index) ?? 0) : 0;
  void tick().then(() => {
    const element = scroller();
    if (!element) return;
    element.scrollTop = top;
    // Content may still be on its way: try once more when it has had a moment.
    if (top > 0) setTimeout(() => (element.scrollTop = Math.max(element.scrollTop, top)), 60);
  });
}

/** Goes to a page. */
export function go(page: string, ...params: (string | number)[]): void {
  const address = href(page, ...params);
  if (address === location.hash) return;
  leave();
  history.pushState({ index: here.index + 1 }, '', address);
  arrive(here.index + 1, false);
}

/** Goes to a page in place of this one: `back` then skips this one. */
export function replace(page: string, ...params: (string | number)[]): void {
  history.replaceState({ index: here.index }, '', href(page, ...params));
  arrive(here.index, true);
}

/** Goes back, if there is anywhere to go. */
export function back(): void {
  if (route.canBack) history.back();
}

/** Goes forward again. */
export function forward(): void {
  if (route.canForward) history.forward();
}

/** Follows the browser's history; call once. Returns what stops it. */
export function followHistory(): () => void {
  history.replaceState({ index: 0 }, '');
  here.route = parse(location.hash);
  here.index = 0;
  here.last = 0;
  const moved = (event: PopStateEvent) => {
    const index = indexOf(event.state);
    leave();
    if (index === null) {
      // A plain link was followed: the browser made the entry, it only lacks its number.
      history.replaceState({ index: here.index + 1 }, '');
      arrive(here.index + 1, false);
    } else {
      arrive(index, true);
    }
  };
  window.addEventListener('popstate', moved);
  return () => window.removeEventListener('popstate', moved);
}
