// What jsdom lacks and components may ask for.
import { cleanup } from '@testing-library/svelte';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
})) as typeof window.matchMedia;

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}
vi.stubGlobal('ResizeObserver', globalThis.ResizeObserver ?? Observer);
vi.stubGlobal('IntersectionObserver', globalThis.IntersectionObserver ?? Observer);
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.setPointerCapture ??= () => undefined;
Element.prototype.releasePointerCapture ??= () => undefined;
Element.prototype.animate ??= (() => ({ cancel() {}, finished: Promise.resolve(), onfinish: null })) as unknown as Element['animate'];
HTMLCanvasElement.prototype.getContext = () => null;
document.execCommand ??= () => false;
