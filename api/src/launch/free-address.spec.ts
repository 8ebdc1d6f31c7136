import { type AddressInfo, createServer } from 'node:net';
import { assertAddressIsFree } from './free-address.ts';

// 203.0.113.0/24 is for documentation: no machine has it.
test.each(['nonsense.invalid', 'not a host', '203.0.113.7'])(
  'HOST=%s is refused by its name',
  async (HOST) => {
    await expect(assertAddressIsFree({ PORT: 0, HOST })).rejects.toThrow(`HOST: "${HOST}" is no address`);
  },
);

test('a port that is taken is named, and a free one is left free', async () => {
  const HOST = '127.0.0.1';
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, HOST, resolve));
  const PORT = (other.address() as AddressInfo).port;
  await expect(assertAddressIsFree({ PORT, HOST })).rejects.toThrow(`Port ${PORT} is taken`);
  await new Promise((resolve) => other.close(resolve));
  await assertAddressIsFree({ PORT, HOST });
  await assertAddressIsFree({ PORT, HOST });
});
