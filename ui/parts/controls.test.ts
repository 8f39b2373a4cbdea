import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { expectNoBarriers } from '../tests/axe';
import { textSnippet } from '../tests/snippet';
import Button from './Button.svelte';
import Checkbox from './Checkbox.svelte';
import Chip from './Chip.svelte';
import Choice from './Choice.svelte';
import IconButton from './IconButton.svelte';
import LinkButton from './LinkButton.svelte';
import SearchField from './SearchField.svelte';
import SelectField from './SelectField.svelte';
import Switch from './Switch.svelte';
import TextArea from './TextArea.svelte';
import TextField from './TextField.svelte';
import Sign from './ShelfGlyph.svelte';

const settle = () => new Promise((done) => setTimeout(done, 20));

describe('a button', () => {
  it('is pressed by click and never submits a form by accident', async () => {
    const onclick = vi.fn();
    const { container } = render(Button, { onclick, children: textSnippet('Put on the shelf') });
    const button = screen.getByRole('button', { name: 'Put on the shelf' });
    await fireEvent.click(button);
    expect(onclick).toHaveBeenCalledOnce();
    expect(button.getAttribute('type')).toBe('button');
    await expectNoBarriers(container);
  });

  it('that is busy says so and cannot be pressed again', () => {
    render(Button, { busy: true, children: textSnippet('Save') });
    const button = screen.getByRole<HTMLButtonElement>('button');
    expect(button.disabled).toBe(true);
    expect(button.getAttribute('aria-busy')).toBe('true');
  });

  it('with an address is a link, until it is disabled', () => {
    const { rerender } = render(Button, { href: '#/shelf', children: textSnippet('Shelf') });
    expect(screen.getByRole('link', { name: 'Shelf' }).getAttribute('href')).toBe('#/shelf');
    void rerender({ href: '#/shelf', disabled: true, children: textSnippet('Shelf') });
  });

  it('of words alone is a button or a link', async () => {
    const onclick = vi.fn();
    render(LinkButton, { onclick, children: textSnippet('It is month first') });
    await fireEvent.click(screen.getByRole('button', { name: 'It is month first' }));
    expect(onclick).toHaveBeenCalledOnce();
    render(LinkButton, { href: '#/people', children: textSnippet('People') });
    expect(screen.getByRole('link', { name: 'People' })).toBeTruthy();
  });

  it('that is a sign has a name', async () => {
    const { container } = render(IconButton, { icon: Sign, label: 'As a list', pressed: true });
    const button = screen.getByRole('button', { name: 'As a list' });
    expect(button.getAttribute('aria-pressed')).toBe('true');
    await expectNoBarriers(container);
  });
});

describe('a field', () => {
  it('is found by its name and tells what is wrong with it', async () => {
    const { container, rerender } = render(TextField, { label: 'E-mail', hint: 'So colleagues can ask', value: 'anna' });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'E-mail' });
    expect(field.value).toBe('anna');
    const described = () => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent;
    expect(described()).toBe('So colleagues can ask');
    await rerender({ error: 'An e-mail address has an @' });
    expect(described()).toBe('An e-mail address has an @');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await expectNoBarriers(container);
  });

  it('whose name is hidden still has it', () => {
    render(TextField, { label: 'Meaning of Sold', hideLabel: true });
    expect(screen.getByRole('textbox', { name: 'Meaning of Sold' })).toBeTruthy();
  });

  it('offers what others wrote', () => {
    const { container } = render(TextField, { label: 'Area', suggestions: ['Kitchen', 'Office'] });
    expect([...container.querySelectorAll('datalist option')].map((option) => option.getAttribute('value'))).toEqual(['Kitchen', 'Office']);
  });

  it('of several lines takes them', async () => {
    const { container } = render(TextArea, { label: 'What is it good for?', value: 'a\nb' });
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('a\nb');
    await expectNoBarriers(container);
  });

  it('to find things by is emptied by Esc, and only an empty one lets Esc through', async () => {
    const oninput = vi.fn();
    const { container } = render(SearchField, { label: 'Find', clearLabel: 'Clear', value: 'rye', oninput });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Find' });
    expect(await fireEvent.keyDown(field, { key: 'Escape' })).toBe(false);
    expect(field.value).toBe('');
    expect(oninput).toHaveBeenCalledWith('');
    expect(await fireEvent.keyDown(field, { key: 'Escape' })).toBe(true);
    expect(screen.queryByRole('button')).toBeNull();
    await expectNoBarriers(container);
  });
});

describe('a choice', () => {
  const options = [
    { value: 'add', title: 'Add 798 rows' },
    { value: 'replace', title: 'Replace March', text: 'The version before stays.', badge: 'Suggested' },
    { value: 'new', title: 'It is something else', disabled: true },
  ];

  it('of cards is a group of radio buttons', async () => {
    const onchange = vi.fn();
    const { container } = render(Choice, { legend: 'What is this file?', options, value: 'add', onchange });
    const group = screen.getByRole('group', { name: 'What is this file?' });
    const radios = within(group).getAllByRole<HTMLInputElement>('radio');
    expect(radios.map((radio) => radio.checked)).toEqual([true, false, false]);
    await fireEvent.click(screen.getByRole('radio', { name: 'Replace March, Suggested' }));
    expect(onchange).toHaveBeenCalledWith('replace');
    expect(radios[2]?.disabled).toBe(true);
    await expectNoBarriers(container);
  });

  it('from a list opens with the keyboard and answers with the value', async () => {
    const onchange = vi.fn();
    render(SelectField, {
      label: 'Kind', value: 'text', onchange,
      options: [{ value: 'text', label: 'Text' }, { value: 'code', label: 'Code', hint: 'Keeps zeros in front' }],
    });
    const trigger = screen.getByRole('combobox', { name: 'Kind Text' });
    trigger.focus();
    await fireEvent.keyDown(trigger, { key: 'ArrowDown' });
    const list = await screen.findByRole('listbox');
    expect(within(list).getAllByRole('option').map((option) => option.textContent?.trim())).toEqual(['Text', expect.stringContaining('Code')]);
    await fireEvent.keyDown(trigger, { key: 'ArrowDown' });
    await fireEvent.keyDown(trigger, { key: 'Enter' });
    await settle();
    expect(onchange).toHaveBeenCalledWith('code');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('of yes or no is a tick or a switch', async () => {
    const ticked = vi.fn();
    const switched = vi.fn();
    const one = render(Checkbox, { label: 'May not be empty', onchange: ticked });
    await fireEvent.click(screen.getByRole('checkbox', { name: 'May not be empty' }));
    expect(ticked).toHaveBeenCalledWith(true);
    const two = render(Switch, { label: 'Compact', hint: 'Smaller rows', onchange: switched });
    await fireEvent.click(screen.getByRole('switch', { name: 'Compact' }));
    expect(switched).toHaveBeenCalledWith(true);
    await expectNoBarriers(one.container);
    await expectNoBarriers(two.container);
  });

  it('as a chip says whether it is on, and can be taken away', async () => {
    const onclick = vi.fn();
    const onremove = vi.fn();
    render(Chip, { label: 'Overdue', pressed: true, onclick });
    const chip = screen.getByRole('button', { name: 'Overdue' });
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    await fireEvent.click(chip);
    expect(onclick).toHaveBeenCalledOnce();
    render(Chip, { label: 'bread', onremove, removeLabel: 'Take bread away' });
    await fireEvent.click(screen.getByRole('button', { name: 'Take bread away' }));
    expect(onremove).toHaveBeenCalledOnce();
    await tick();
  });
});
