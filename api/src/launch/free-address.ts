import { createServer } from 'node:net';
import type { ApiConfig } from '../platform/config/config.ts';

/**
 * Asked before anything is started, so that the answer comes at once.
 * @throws Error that names the setting which is wrong, and what to set instead.
 */
export function assertAddressIsFree({ PORT, HOST }: Pick<ApiConfig, 'PORT' | 'HOST'>): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const message = messageOf(error.code ?? '', PORT, HOST);
      fail(message === null ? error : new Error(message, { cause: error }));
    });
    probe.listen(PORT, HOST, () => probe.close(() => done()));
  });
}

function messageOf(code: string, port: number, host: string): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or choose another: PORT=4681 npm start`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023: PORT=4680 npm start`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return (
        `HOST: ${JSON.stringify(host)} is no address of this machine (${code}). ` +
        'Set it to 127.0.0.1 for this machine only, or to 0.0.0.0 for all its networks.'
      );
    default:
      return null;
  }
}
