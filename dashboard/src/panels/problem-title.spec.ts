import { problem } from '@beltline/contract';
import { ProblemError, type ProblemCode } from '../api/problem-error.ts';
import { translatorOf } from '../i18n/language.fixture.ts';
import { problemTitle } from './problem-title.ts';

it('says in the language of the reader what of the view was refused, and else what kind of problem it is', async () => {
  const t = await translatorOf('zh-CN');
  const title = (code: ProblemCode, ...fields: string[]) => {
    const issues = fields.map((field) => ({ field, message: 'no' }));
    return problemTitle(new ProblemError({ code, issues }), t);
  };
  expect(title('invalid-request', 'month')).toContain('请另选截至月份');
  expect(title('invalid-request', 'reference')).toContain('请另选基准年');
  expect(title('invalid-request', 'asOf')).toContain('请另选数据版本');
  expect(title('invalid-request', 'track')).toBe('请求有误');
  expect(title('not-found', 'month')).toBe('没有找到');
});

/** What the API may answer, and what a page finds by itself where nothing of the API's came. */
const CODES: readonly ProblemCode[] = [...problem.shape.code.options, 'network', 'server-away', 'unreadable'];

it.each(CODES)('%s is said and explained in the language of the reader alone', async (code) => {
  const [zh, en] = [await translatorOf('zh-CN'), await translatorOf('en')];
  for (const key of [`problem.${code}`, `problem.means.${code}`] as const) {
    expect(zh(key)).toMatch(/[\u4e00-\u9fff]{2}/);
    // But for a command, which is what is typed.
    expect(zh(key).replace('npm run etl -- verify', '')).not.toMatch(/[a-z]{2}/i);
    expect(en(key)).toMatch(/^[A-Z][ -~]+$/);
    expect(en(key)).not.toBe(key);
  }
});
