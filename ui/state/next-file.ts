// A file that is dropped on the label of one's own data product, or comes in while its page is open, is its next one.

/** What a file that comes in goes on with. */
export interface NextFor {
  product: string;
  title: string;
}

/** Where a file would land: the label under it, and its edges in the window. */
export interface DropSpot extends NextFor {
  edges: DOMRect;
}

/** A page that was left this long ago had nothing to do with the file. */
const LEFT_MS = 1_500;

let here: NextFor | null = null;
let dropped: NextFor | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The page of this data product is open. Returns what its leaving does. */
export function onPageOf(next: NextFor): () => void {
  clearTimeout(timer);
  here = next;
  return () => {
    // The file is already on its way to its own page when this one goes: it is remembered for a moment.
    timer = setTimeout(() => {
      if (here === next) here = null;
    }, LEFT_MS);
  };
}

/** The data product whose page is open. */
export function openPage(): NextFor | null {
  return here;
}

/** The file that comes in next was let go on this one's label; null: on none. */
export function dropOn(next: NextFor | null): void {
  dropped = next;
}

/** What the file that just came in goes on with; asked once. */
export function takeNextFor(): NextFor | null {
  const next = dropped ?? here;
  dropped = here = null;
  return next;
}

function spotOf(label: HTMLElement): DropSpot | null {
  const product = label.dataset.dropFor;
  return product ? { product, title: label.dataset.dropTitle ?? '', edges: label.getBoundingClientRect() } : null;
}

/** The label at a point of the window that a file can be dropped on. */
export function spotAt(x: number, y: number): DropSpot | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const label = element.closest<HTMLElement>('[data-drop-for]');
    if (label) return spotOf(label);
  }
  return null;
}

/** Whether any label of the page can be dropped on. */
export function hasSpots(): boolean {
  return document.querySelector('[data-drop-for]') !== null;
}
