// The pages of the help are plain words with a little shape: blank lines between paragraphs, `## ` before a heading,
// `- ` before a point, `**` around a bold word. Everything becomes text nodes.
import { t } from '../../state/words.svelte';
import type { Topic } from '../../state/help.svelte';

/** A run of text, bold or not. */
export interface Run {
  text: string;
  bold: boolean;
}

/** A block of a help page. */
export type Block = { kind: 'heading'; runs: Run[] } | { kind: 'paragraph'; runs: Run[] } | { kind: 'points'; points: Run[][] };

function runsOf(text: string): Run[] {
  return text
    .split('**')
    .map((part, index) => ({ text: part, bold: index % 2 === 1 }))
    .filter((run) => run.text !== '');
}

/** The blocks of a text. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    const lines = part.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const points = lines.filter((line) => line.startsWith('- '));
    const words = lines.filter((line) => !line.startsWith('- '));
    if (words[0]?.startsWith('## ')) blocks.push({ kind: 'heading', runs: runsOf((words.shift() ?? '').slice(3)) });
    if (words.length > 0) blocks.push({ kind: 'paragraph', runs: runsOf(words.join(' ')) });
    if (points.length > 0) blocks.push({ kind: 'points', points: points.map((point) => runsOf(point.slice(2))) });
  }
  return blocks;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Topics that mention every typed word, with a piece of where the first stands; all of them for an empty query. */
export function findTopics(query: string, topics: readonly Topic[]): { topic: Topic; excerpt: string }[] {
  const words = fold(query).split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return topics.map((topic) => ({ topic, excerpt: '' }));
  return topics.flatMap((topic) => {
    const title = t(`help-${topic}-title`);
    const text = t(`help-${topic}-text`).replaceAll('**', '').replace(/^(## |- )/gm, '').replace(/\s+/g, ' ');
    const folded = fold(`${title} ${text}`);
    if (!words.every((word) => folded.includes(word))) return [];
    const at = fold(text).indexOf(words[0] ?? '');
    const from = at < 0 ? 0 : Math.max(0, text.lastIndexOf(' ', Math.max(0, at - 30)));
    return [{ topic, excerpt: at < 0 ? '' : `… ${text.slice(from, from + 90).trim()} …` }];
  });
}
