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
