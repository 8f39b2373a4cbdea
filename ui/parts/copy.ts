/** Puts a text on the clipboard. Resolves to whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard?.writeText) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Some windows refuse this way; the old one below works inside a key press.
    }
  }
  const had = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'hidden-text';
  document.body.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand('copy');
  } catch {
    done = false;
  }
  area.remove();
  if (had instanceof HTMLElement) had.focus({ preventScroll: true });
  return done;
}
