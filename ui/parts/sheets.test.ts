import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { expectNoBarriers } from '../tests/axe';
import { textSnippet } from '../tests/snippet';
import Card from './Card.svelte';
import Dialog from './Dialog.svelte';
import EmptyState from './EmptyState.svelte';
import Glyph from './Glyph.svelte';
import Label from './Label.svelte';
import Menu from './Menu.svelte';
import Notice from './Notice.svelte';
import Pill from './Pill.svelte';
import Progress from './Progress.svelte';
import Skeleton from './Skeleton.svelte';
import Steps from './Steps.svelte';
import Toasts from './Toasts.svelte';
import type { Tone } from './types';

const settle = () => new Promise((done) => setTimeout(done, 30));

describe('a stock label', () => {
  const label = {
    title: 'Till sales', summary: 'What each till sold.', color: 0, tone: 'good' as Tone, state: 'Filled today 07:40',
    facts: ['Good condition', 'Anna'], href: '#/product/till-sales',
  };

  it('is one link, named after the data product, with its facts beside it', async () => {
    const { container } = render(Label, { ...label, level: 2, followed: true, followedLabel: 'You follow it' });
    expect(screen.getByRole('link', { name: 'Till sales' }).getAttribute('href')).toBe('#/product/till-sales');
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(screen.getByRole('heading', { level: 2 }).textContent).toContain('You follow it');
    expect(screen.getByText('Filled today 07:40')).toBeTruthy();
    await expectNoBarriers(container);
  });

  it('shows hostile words as words, and any colour as one of six', () => {
    const { container } = render(Label, { ...label, title: '<img src=x onerror=alert(1)>', color: 99, href: undefined });
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    expect(container.querySelector('.band-5')).toBeTruthy();
  });
});

describe('a state', () => {
  it('is a word and a sign, never a colour alone', () => {
    for (const tone of ['good', 'look', 'stop', 'info'] as const) {
      const { container, unmount } = render(Pill, { tone, text: `state ${tone}` });
      expect(container.querySelector('svg')).toBeTruthy();
      expect(screen.getByText(`state ${tone}`)).toBeTruthy();
      unmount();
    }
  });

  it('of steps is read out in words, one after the other', async () => {
    const { container } = render(Steps, {
      label: 'How it goes on',
      steps: [
        { title: 'Saved on this computer', state: 'done', word: 'done' },
        { title: 'Copied to the shelf', text: '64 %', state: 'busy', word: 'going on', share: 0.64 },
        { title: 'Colleagues can see it', state: 'todo', word: 'not yet' },
      ],
    });
    const items = within(screen.getByRole('list', { name: 'How it goes on' })).getAllByRole('listitem');
    expect(items.map((item) => item.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Saved on this computer: done', 'Copied to the shelf: going on 64 %', '3 Colleagues can see it: not yet',
    ]);
    expect(items[1]?.getAttribute('aria-current')).toBe('step');
    await expectNoBarriers(container);
  });

  it('of work is told at quarters, and not at all where nobody knows how much there is', async () => {
    const { container, rerender } = render(Progress, { label: 'Reading', done: 63, of: 100, text: '63 rows' });
    const bar = screen.getByRole('progressbar', { name: 'Reading' });
    expect(bar.getAttribute('aria-valuenow')).toBe('50');
    await rerender({ of: 0 });
    expect(bar.hasAttribute('aria-valuenow')).toBe(false);
    await expectNoBarriers(container);
  });
});

describe('a card', () => {
  it('with a title is a region of that name', async () => {
    const { container } = render(Card, { title: 'At a glance', children: textSnippet('x') });
    expect(screen.getByRole('region', { name: 'At a glance' })).toBeTruthy();
    await expectNoBarriers(container);
  });

  it('that tells something is read out and can be put away', async () => {
    const ondismiss = vi.fn();
    const { container } = render(Notice, {
      tone: 'look', title: 'menu.pdf is not a spreadsheet', text: 'This is a PDF.', role: 'alert', ondismiss, dismissLabel: 'Dismiss',
    });
    expect(screen.getByRole('alert').textContent).toContain('This is a PDF.');
    await fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(ondismiss).toHaveBeenCalledOnce();
    await expectNoBarriers(container);
  });

  it('for what is empty or on its way has words, too', async () => {
    const { container } = render(EmptyState, { picture: 'shelf', title: 'The shelf is empty', text: 'Bring in the first one.' });
    expect(screen.getByRole('heading', { name: 'The shelf is empty' })).toBeTruthy();
    const skeleton = render(Skeleton, { label: 'On its way' });
    expect(screen.getByRole('status', { name: 'On its way' })).toBeTruthy();
    await expectNoBarriers(container);
    await expectNoBarriers(skeleton.container);
  });

  it('has signs that are never read out', () => {
    for (const name of ['shelf', 'label', 'jar', 'order', 'refill', 'keeper', 'rules', 'recipe'] as const) {
      const { container, unmount } = render(Glyph, { name });
      expect(container.querySelector('svg[aria-hidden="true"] path')).toBeTruthy();
      unmount();
    }
  });
});

describe('a message at the foot of the window', () => {
  it('is read out, does its one thing and goes', async () => {
    const run = vi.fn();
    const ondismiss = vi.fn();
    const { container } = render(Toasts, {
      label: 'Messages', dismissLabel: 'Dismiss', ondismiss,
      toasts: [{ id: 7, tone: 'good', text: 'The draft is put away.', action: { label: 'Undo', run } }],
    });
    expect(screen.getByRole('region', { name: 'Messages' }).querySelector('[aria-live="polite"]')?.textContent).toContain('put away');
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(run).toHaveBeenCalledOnce();
    expect(ondismiss).toHaveBeenCalledWith(7);
    await expectNoBarriers(container);
  });
});

describe('a menu', () => {
  it('opens, is walked through with the arrows, and runs what Enter chooses', async () => {
    const onselect = vi.fn();
    render(Menu, {
      label: 'More',
      items: [
        { id: 'copy', label: 'Save a copy', onselect: () => undefined },
        { id: 'print', label: 'Print', keys: ['Ctrl', 'P'], separated: true, onselect },
        { id: 'retire', label: 'Retire', disabled: true, onselect: () => undefined },
      ],
    });
    const button = screen.getByRole('button', { name: 'More' });
    expect(button.getAttribute('aria-haspopup')).toBe('menu');
    button.focus();
    await fireEvent.keyDown(button, { key: 'ArrowDown' });
    const menu = await screen.findByRole('menu');
    const items = within(menu).getAllByRole('menuitem');
    expect(items.map((item) => item.getAttribute('aria-disabled'))).toEqual(['false', 'false', 'true']);
    items[1]?.focus();
    await fireEvent.keyDown(items[1] as HTMLElement, { key: 'Enter' });
    await settle();
    expect(onselect).toHaveBeenCalledOnce();
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('a dialog', () => {
  it('has a name, takes the focus, and Esc closes it', async () => {
    const onclose = vi.fn();
    render(Dialog, { open: true, title: 'Paste a table', text: 'Copy some cells first.', closeLabel: 'Close', onclose, children: textSnippet('x') });
    await settle();
    const dialog = screen.getByRole('dialog', { name: 'Paste a table' });
    expect(dialog.contains(document.activeElement)).toBe(true);
    await expectNoBarriers(dialog);
    await fireEvent.keyDown(document.activeElement ?? dialog, { key: 'Escape' });
    await settle();
    expect(onclose).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
