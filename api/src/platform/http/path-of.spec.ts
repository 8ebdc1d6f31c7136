import { pathOf } from './path-of.ts';

test.each([
  ['/api/v1/growth?x=/api', '/api/v1/growth'],
  ['/%61pi/v1/%67rowth', '/api/v1/growth'],
  ['http://elsewhere.example/api/v1/growth', '/api/v1/growth'],
  ['HTTPS://elsewhere.example:8/%61pi?y', '/api'],
  ['/api/v1/session#x?y', '/api/v1/session'],
  ['http://elsewhere.example', ''],
  ['/belts/%E6%B5%99', '/belts/浙'],
  ['/belts/%zz', '/belts/%zz'],
  ['*', '*'],
])('%s is %s', (url, path) => expect(pathOf(url)).toBe(path));
