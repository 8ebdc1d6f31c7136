/** A wire between a program and the embedded engine that can be held: what is sent meanwhile arrives when it is let go. */
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const HEAD_END = '\r\n\r\n';
const HELD_WITHIN_MS = 30_000;

export interface HeldWire {
  /** A data directory that leads to the engine through the wire. */
  readonly dataDir: string;
  /** Holds all that is sent; or of each request what comes after its head, which the engine then waits for. */
  hold(what?: 'all' | 'bodies'): void;
  /** Resolves once something is being held. @throws Error where nothing is sent for half a minute. */
  holdsSomething(): Promise<void>;
  letGo(): void;
  close(): Promise<void>;
}

/** `dataDir` is that of a running engine; `at` is a folder to be made, beside it. */
export async function holdableWire(dataDir: string, at: string): Promise<HeldWire> {
  const endpointFile = join('engine', 'endpoint.json');
  const endpoint = JSON.parse(readFileSync(join(dataDir, endpointFile), 'utf8')) as { url: string };
  const port = Number(new URL(endpoint.url).port);
  let held: (() => void)[] | null = null;
  let onlyBodies = false;
  let tell = (): void => undefined;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      const pass = (part: Buffer) => void (far.destroyed || far.write(part));
      if (held === null) return pass(chunk);
      const headEnd = onlyBodies && chunk.indexOf('POST ') === 0 ? chunk.indexOf(HEAD_END) : -1;
      const ends = headEnd < 0 ? 0 : headEnd + HEAD_END.length;
      if (ends > 0) pass(chunk.subarray(0, ends));
      if (ends === chunk.length) return;
      held.push(() => pass(chunk.subarray(ends)));
      tell();
    });
    far.on('data', (chunk) => near.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mkdirSync(join(at, 'engine'), { recursive: true });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The engine of a copied directory would be the original's: this one says that it is the wire's own.
  const through = { ...endpoint, url, folder: realpathSync(at) };
  writeFileSync(join(at, endpointFile), JSON.stringify(through), { mode: 0o600 });
  return {
    dataDir: at,
    hold: (what = 'all') => {
      onlyBodies = what === 'bodies';
      held ??= [];
    },
    holdsSomething: () =>
      new Promise((resolve, reject) => {
        if (held?.length) return resolve();
        const limit = setTimeout(
          () => reject(new Error('Nothing was sent through the wire.')),
          HELD_WITHIN_MS,
        );
        tell = () => {
          clearTimeout(limit);
          resolve();
        };
      }),
    letGo: () => {
      const waiting = held ?? [];
      held = null;
      for (const pass of waiting) pass();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
