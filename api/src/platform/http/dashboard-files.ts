import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Encoding, preferredEncoding } from './encoding.ts';
import { hasAlready, hasAnything } from './etag.ts';
import { pathOf } from './path-of.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** Pages whose address ends with a name from the data, which may hold a dot: B1.2 is no file. */
const NAMED_PAGE = /^\/(belts|areas)\//;
/** Also as somebody mistypes it: who asks for figures is not told that all is well with a page. */
const OF_THE_API = /^\/+api(\/|$)/i;
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

const COMPRESS: Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
};

/** A file of the dashboard, in memory, compressed once when first asked for. */
interface DashboardFile {
  readonly body: Buffer;
  readonly type: string;
  readonly hash: string;
  readonly encoded: Partial<Record<Encoding, Promise<Buffer>>>;
}

/**
 * Serves the built dashboard from memory: some megabytes, and a request can only ever name a file that was there at the
 * start. A path without a file is a page of the dashboard and gets its index, so that a link to a page works; a missing
 * file is 404. The names of assets hold a hash of their content, so they may be kept for ever.
 */
export function serveDashboard(app: FastifyInstance, folder: string): void {
  const files = readFiles(folder);
  app.get('/*', async (request, reply) => {
    const path = pathOf(request.url);
    if (OF_THE_API.test(path)) return reply.callNotFound();
    const file =
      files.get(path) ??
      (extname(path) === '' || NAMED_PAGE.test(path) ? files.get('/index.html') : undefined);
    if (file) return send(request, reply, file, HASHED.test(path));
    const hint = files.has('/index.html')
      ? 'There is no such file.'
      : 'The dashboard has not been built. Run: npm run build';
    return reply.code(404).type('text/plain; charset=utf-8').send(`${hint}\n`);
  });
}

function readFiles(folder: string): Map<string, DashboardFile> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const files = new Map<string, DashboardFile>();
  for (const name of names) {
    if (!statSync(join(folder, name)).isFile()) continue;
    const body = readFileSync(join(folder, name));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
    files.set(`/${name.replaceAll('\\', '/')}`, { body, type, hash, encoded: {} });
  }
  return files;
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  file: DashboardFile,
  forEver: boolean,
): Promise<FastifyReply> {
  const wanted = COMPRESSIBLE.test(file.type)
    ? preferredEncoding(request.headers['accept-encoding'])
    : 'identity';
  const tag = `"${file.hash}-${wanted}"`;
  reply
    .header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
    .header('etag', tag);
  const known = request.headers['if-none-match'];
  if (known !== undefined && (hasAnything(known) || hasAlready(known, tag))) return reply.code(304).send();
  if (wanted === 'identity') return reply.type(file.type).send(file.body);
  const body = await (file.encoded[wanted] ??= COMPRESS[wanted](file.body));
  return reply.type(file.type).header('content-encoding', wanted).send(body);
}
