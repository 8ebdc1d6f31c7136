import { vi } from 'vitest';
import type { Annotation, AnnotationBody } from '@beltline/contract';
import { addOnce } from './add-once.ts';

const body = { source: 'demo', beltId: null, kind: 'policy', day: '2024-05-01', text: 'b' } as AnnotationBody;
const added = { id: 'n', text: 'a', etag: '"r1"', createdAt: 't1', updatedAt: 't1' } as Annotation;
const problem = { title: 'reused', status: 422, code: 'key-reused', detail: '', requestId: 'r' };

/** Answers each request in turn, and keeps what was asked. */
function serve(...answers: [number, unknown][]) {
  const asked: { method: string; path: string; headers: Record<string, string> }[] = [];
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async (path, init) => {
      asked.push({
        method: init?.method ?? '',
        path: String(path),
        headers: init?.headers as Record<string, string>,
      });
      const [status, answer] = answers.shift() ?? [500, null];
      return new Response(JSON.stringify(answer), { status });
    }),
  );
  return asked;
}

it('sends the key of the form along', async () => {
  const asked = serve([201, added]);
  await expect(addOnce(body, 'k')).resolves.toEqual(added);
  expect(asked).toMatchObject([{ method: 'POST', headers: { 'idempotency-key': 'k' } }]);
});

it('changes the note that an earlier try had added', async () => {
  const asked = serve([422, { ...problem, current: added }], [200, { ...added, text: 'b' }]);
  await expect(addOnce(body, 'k')).resolves.toMatchObject({ text: 'b' });
  expect(asked[1]).toMatchObject({
    method: 'PUT',
    path: '/api/v1/annotations/n',
    headers: { 'if-match': '"r1"' },
  });
});

it('does not overwrite what others have made of it since', async () => {
  const current = { ...added, text: 'theirs', updatedAt: 't2' };
  const asked = serve([422, { ...problem, current }]);
  await expect(addOnce(body, 'k')).rejects.toMatchObject({ code: 'precondition-failed', current });
  expect(asked).toHaveLength(1);
});

it('leaves other faults as they are', async () => {
  serve([503, { ...problem, status: 503, code: 'store-unavailable' }]);
  await expect(addOnce(body, 'k')).rejects.toMatchObject({ code: 'store-unavailable' });
});
