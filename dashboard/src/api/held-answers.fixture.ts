import { vi } from 'vitest';
import { answers } from './answers.ts';

/** Holds back every answer until a spec gives it, and keeps what has been asked, in order; nothing is answered yet. */
export function holdAnswers() {
  const replies = new Map<string, (response: Response) => void>();
  const asked: string[] = [];
  answers.clear();
  const fetched: typeof fetch = (input) => {
    const path = String(input).replace('/api/v1', '');
    asked.push(path);
    return new Promise<Response>((resolve) => replies.set(path, resolve));
  };
  vi.stubGlobal('fetch', fetched);
  const answer = async (path: string, body: unknown, status = 200) => {
    replies.get(path)?.(new Response(JSON.stringify(body), { status }));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    asked,
    answer,
    refuse: (path: string, status: number, code: string) =>
      answer(path, { code, title: code, status, detail: '', requestId: 'r' }, status),
  };
}
