// A file that comes in while the page of one's own data product is open is most likely its next one.

/** What a file that comes in may go on with. */
export interface NextFor {
  product: string;
  title: string;
}

/** A page that was left this long ago had nothing to do with the file. */
const LEFT_MS = 1_500;

let here: NextFor | null = null;
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

/** What the file that just came in may go on with; asked once. */
export function takeNextFor(): NextFor | null {
  const next = here;
  here = null;
  return next;
}
