// A text as a snippet, for parts whose content is one.
import { createRawSnippet, type Snippet } from 'svelte';

/** A snippet that shows this text in a span. */
export function textSnippet(text: string): Snippet {
  return createRawSnippet(() => ({
    render: () => '<span></span>',
    setup: (element) => {
      element.textContent = text;
    },
  }));
}
