import { SHORTEST_PASSWORD as CONTRACT } from '@beltline/contract';
import { browserName } from './browser-name.ts';
import { passwordFault, saidFault, SHORTEST_PASSWORD } from './password-fault.ts';

it('a password is as long as the contract says', () => {
  expect(SHORTEST_PASSWORD).toBe(CONTRACT);
});

it.each([
  ['short-1', 'short-1', 'short'],
  ['aaaaaaaaaaaaaa', 'aaaaaaaaaaaaaa', 'plain'],
  ['brisk-otter-lamp-71', 'brisk-otter-lamp-17', 'repeat'],
  ['brisk-otter-lamp-71', 'brisk-otter-lamp-71', null],
  // Code points: a rare ideograph is one character.
  ['𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋', '𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋', null],
])('the page sees of %s', (password, repeated, fault) => {
  expect(passwordFault(password, repeated)).toBe(fault);
});

it('knows what the API says of a password', () => {
  const said = [
    'must have at least 12 characters',
    'must have at least five different characters',
    'is blue',
  ];
  expect(said.map(saidFault)).toEqual(['short', 'plain', null]);
});

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari · iPhone'],
  ['curl/8.9', 'curl'],
  ['<script>', null],
])('a browser that says %s is %s', (agent, name) => {
  expect(browserName(agent)).toBe(name);
});
