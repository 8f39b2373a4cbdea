// The languages of the interface. A new one is a folder beside `en` and a line here.

/** One language of the interface. */
export interface Language {
  /** BCP 47 code; the name of its folder. */
  code: string;
  /** Its own name for itself. */
  name: string;
  /** Numbers and dates are written like this where the system speaks another language. */
  region: string;
}

export const LANGUAGES: readonly Language[] = [
  { code: 'en', name: 'English', region: 'en-GB' },
  { code: 'de', name: 'Deutsch', region: 'de-DE' },
];

// Left out are the texts that are said without a page: by the terminal, the menus of the system, and in packages.
const sources = import.meta.glob<string>(['./*/*.ftl', '!./*/{cli,menu,package,suggest}.ftl'], { query: '?raw', import: 'default', eager: true });

/** The Fluent texts of one language, by file name. */
export function wordsOf(code: string): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [path, text] of Object.entries(sources)) {
    const [, folder, file] = path.split('/');
    if (folder === code && file) own[file] = text;
  }
  return own;
}
