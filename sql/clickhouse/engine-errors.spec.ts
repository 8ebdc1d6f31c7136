/** What the engine's words are taken for: damage sends a person to put back a backup, and must not be said of a sound store. */
import { engineError, isDamage, isUnreadable } from './query.ts';

const said = (type: string, message: string) => Object.assign(new Error(message), { type });

const GONE = said(
  'FILE_DOESNT_EXIST',
  'Cannot open file data.bin, errno: 2, strerror: No such file or directory',
);
const OUT_OF_FILES = [
  said('CANNOT_OPEN_FILE', 'Cannot open file data.bin, errno: 24, strerror: Too many open files'),
  said('CANNOT_OPEN_FILE', 'Cannot open file data.bin: , errno: 23, strerror: Too many open files in system'),
  said('CANNOT_PIPE', 'Cannot create pipe, errno: 24, strerror: Too many open files'),
  said('STD_EXCEPTION', 'std::exception. Code: 1001, type: std::filesystem_error: Too many open files'),
];

it('takes a file that is gone for damage', () => {
  expect([isDamage(GONE), isUnreadable(GONE)]).toEqual([true, true]);
  expect(engineError('belts', '1', GONE).kind).toBe('damaged');
});

it.each(OUT_OF_FILES)(
  'takes a file that could not be opened for want of handles for no damage: %s',
  (error) => {
    expect([isDamage(error), isUnreadable(error)]).toEqual([false, false]);
    expect(engineError('belts', '1', error).kind).toBe('overloaded');
  },
);

it.each([
  'Poco::Exception. Code: 1000, e.code() = 0, HTML Form Exception: Field value too long',
  'HTTP request URI invalid or too long',
])('takes a question that is longer than the engine takes in for no damage: %s', (message) => {
  const error = said('', message);
  expect([isDamage(error), isUnreadable(error)]).toEqual([false, false]);
  expect(engineError('belts', '1', error).kind).toBe('failed');
});

it.each([
  ['ends by a fault of its own', 'The server is shutting down due to a fatal error. '],
  ['is stopped', 'Server is shutting down'],
])('an engine that %s is away, and the question is at no fault', (_, message) => {
  const error = said('ABORTED', message);
  expect(engineError('belts', '1', error).kind).toBe('unavailable');
});
