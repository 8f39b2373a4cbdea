import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { brought } from '../../state/brought.svelte';
import { expectNoBarriers } from '../../tests/axe';
import type { BroughtItem, Refusal } from '../../wire/generated';
import Outcome from '../bring/Outcome.svelte';
import UnlockForm from './UnlockForm.svelte';

vi.mock('../../wire/call', async (original) => ({
  ...(await original<typeof import('../../wire/call')>()),
  call: (_: string, request: { password: string }) => {
    const refusal: Refusal = { code: 'wrong_password', params: { file: 'march.xlsx' }, waiting_helps: false };
    if (request.password !== 'brot') return Promise.reject(refusal);
    return Promise.resolve({ items: [{ file_name: 'march.xlsx', draft: 'march', refusal: null, locked: null, invitation: null }] });
  },
  listen: () => () => undefined,
}));

const locked = (name: string): BroughtItem => ({
  file_name: name,
  draft: null,
  refusal: { code: 'password_protected', params: { file: name }, waiting_helps: false },
  locked: name, invitation: null,
});
const settle = async () => {
  await new Promise((done) => setTimeout(done, 20));
  await tick();
};
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(`Password of ${name}`);

async function type(name: string, password: string): Promise<void> {
  await fireEvent.input(field(name), { target: { value: password } });
  await fireEvent.submit(field(name));
  await settle();
}

beforeEach(() => brought.clear());

it('a wrong password is said at the field, which keeps the focus and can be tried again', async () => {
  const onopened = vi.fn();
  const { container } = render(UnlockForm, { item: locked('march.xlsx'), here: true, onlater: vi.fn(), onopened });
  expect(document.activeElement).toBe(field('march.xlsx'));
  await type('march.xlsx', 'rye');
  expect(document.activeElement).toBe(field('march.xlsx'));
  expect(field('march.xlsx').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole('status').textContent).toContain('not the password');
  await expectNoBarriers(container);
  await type('march.xlsx', 'brot');
  expect(onopened).toHaveBeenCalledOnce();
});

it('a password is hidden until it is asked to be shown', async () => {
  render(UnlockForm, { item: locked('march.xlsx'), onlater: vi.fn() });
  expect(field('march.xlsx').type).toBe('password');
  await fireEvent.click(screen.getByRole('button', { name: 'Show the password' }));
  expect(field('march.xlsx').type).toBe('text');
  await fireEvent.click(screen.getByRole('button', { name: 'Hide the password' }));
  expect(field('march.xlsx').type).toBe('password');
});

it('several locked files have a field each, and what was typed for one is not shown for another', async () => {
  const both = [locked('march.xlsx'), locked('april.xlsx')];
  brought.take({ items: both });
  const { container, rerender } = render(Outcome, { items: brought.items });
  await expectNoBarriers(container);
  await fireEvent.input(field('march.xlsx'), { target: { value: 'half typed' } });
  await fireEvent.click(screen.getAllByRole('button', { name: 'Not now' })[0] as HTMLElement);
  await rerender({ items: brought.items });
  expect(field('april.xlsx').value).toBe('');
  await type('april.xlsx', 'brot');
  await rerender({ items: brought.items });
  expect(screen.getByRole('link', { name: 'Look at it' }).getAttribute('href')).toContain('march');
});
