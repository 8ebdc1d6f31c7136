import { jest } from '@jest/globals';

/** Holds back every answer until a spec gives it, and keeps what has been asked, in order. */
export function holdAnswers() {
  const replies = new Map<string, (response: Response) => void>();
  const asked: string[] = [];
  globalThis.fetch = jest.fn<typeof fetch>((input) => {
    const path = String(input).replace('/api/v1', '');
    asked.push(path);
    return new Promise<Response>((resolve) => replies.set(path, resolve));
  });
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
