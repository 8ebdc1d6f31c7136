import type { Annotation } from '@beltline/contract';
import { problemOf } from '../../api/problem-error.ts';
import { writeFailureOf } from './note-outcome.ts';

const current = { id: '1', text: 'theirs', etag: '"r2"' } as Annotation;
const problem = (code: string, status: number, more: object = {}) =>
  problemOf(status, { code, status, title: code, detail: '', requestId: 'r', ...more }, null);

it('brings along what somebody else wrote', () => {
  expect(writeFailureOf(problem('precondition-failed', 412, { current }), false)).toEqual({
    kind: 'other-state',
    current,
  });
});

it('knows that a note is gone', () => {
  expect(writeFailureOf(problem('not-found', 404), false)).toEqual({ kind: 'other-state', current: null });
});

it('does not call a new note gone where its belt is not there', () => {
  expect(writeFailureOf(problem('not-found', 404), true).kind).toBe('fault');
});

it.each([problem('store-unavailable', 503), problem('precondition-failed', 412), new TypeError('broken')])(
  'leaves %s to be tried again',
  (cause) => {
    expect(writeFailureOf(cause, false).kind).toBe('fault');
  },
);
