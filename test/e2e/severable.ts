/** A way to a server that can be cut and mended, at one address: what a network, a proxy or a restart does to a page. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Severable {
  readonly url: string;
  /** Ends every connection and takes no new one. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function severable(target: string): Promise<Severable> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let server: Server;
  let at = 0;

  const mend = () =>
    new Promise<void>((done, fail) => {
      server = createServer((near) => {
        const far = connect(Number(port), hostname);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(one);
          one.on('error', () => other.destroy());
          one.on('close', () => (open.delete(one), other.destroy()));
          one.pipe(other);
        }
      });
      server.once('error', fail);
      server.listen(at, '127.0.0.1', () => {
        const address = server.address();
        if (address && typeof address === 'object') at = address.port;
        done();
      });
    });
  const cut = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of open) socket.destroy();
    });
  await mend();
  return { url: `http://127.0.0.1:${at}`, cut, mend };
}
