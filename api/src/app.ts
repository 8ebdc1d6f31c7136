import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mayAlterAudit, openPostgres } from '@beltline/sql/postgres';
import type { FastifyInstance } from 'fastify';
import { admitCallers } from './access/admission.ts';
import { DemoUsers, NOT_SETTLED } from './access/demo-users.ts';
import { type FirstUser, firstAdministrator, type Told } from './access/first-users.ts';
import { takeLargerBodies } from './access/larger-bodies.ts';
import { RefusalLog } from './access/refusal-log.ts';
import { RequestLimits } from './access/request-limits.ts';
import { SecondFactors } from './access/second-factors.service.ts';
import { readCookies } from './access/session-cookie.ts';
import { SessionsService } from './access/sessions.service.ts';
import { TokensService } from './access/tokens.service.ts';
import { type NewUser, UsersService } from './access/users.service.ts';
import { AppModule } from './app.module.ts';
import { MailQueue } from './mail/mail-queue.service.ts';
import { takeOneClicks } from './mail/one-click.ts';
import { Cache } from './platform/cache.ts';
import type { EngineAccess } from './platform/clickhouse/engine-access.ts';
import type { ApiConfig } from './platform/config/config.ts';
import { serveDashboard } from './platform/http/dashboard-files.ts';
import { acceptOnlyJson, refuseOtherEscapes } from './platform/http/only-utf8.ts';
import { refuseOtherMethods } from './platform/http/methods.ts';
import { registerHeaders } from './platform/http/headers.ts';
import { requestId } from './platform/http/request-id.ts';
import { viewerOf } from './access/viewer.ts';
import { logRequests } from './platform/http/request-log.ts';
import { guardOrigins } from './platform/http/same-origin.ts';
import { answerOutsideRoutes, unreadableRequests } from './platform/http/unreadable-requests.ts';
import { ReleaseQueue } from './releases/release-queue.service.ts';
import { KeptSeries } from './data/versions/kept-series.service.ts';
import { ProgramMetrics } from './platform/metrics.ts';
import { createLogger } from './platform/logging/logger.ts';
import { NestLogger } from './platform/logging/nest-logger.ts';

export type { EngineAccess } from './platform/clickhouse/engine-access.ts';

/** Everything that people write is a short note. */
const BODY_LIMIT_BYTES = 16 * 1024;

/** How long answers under way have when the API closes. */
const CLOSING_MS = 10_000;

export interface BeltlineApiOptions {
  /** Gives the client of the engine that runs now; may fail while there is none. */
  readonly engine: EngineAccess;
  readonly dataDir: string;
  readonly config: ApiConfig;
  /** True while the product loads its first orders. */
  readonly loading: () => boolean;
  /** The built dashboard; without it only the API is served. */
  readonly dashboardDir?: string;
}

export interface BeltlineApi {
  /** What is damaged or does not answer at the start, with its remedy, where people's notes cannot be read; figures can. */
  readonly damage: string | null;
  /** What had to be mended before people's notes could be opened, with the place where it was moved. */
  readonly moved: string | null;
  /** Makes the first administrator where there is no user yet, and tells the password this once; see `access/first-users.ts`. */
  firstAdministrator(tell: (first: FirstUser) => Told): Promise<string | null>;
  /** Second factors that no key there is opens, with the remedy; null where there are none, or their store does not answer. */
  lostSecrets(): Promise<string | null>;
  /** Makes the users of a demo, or lets them in no more where it is none; once the engine says which. Where their store does not answer nothing is done. */
  settleDemoUsers(): Promise<void>;
  /** Makes what is missing of the releases for officials, and sends mail where it is set up, in the background until the API closes. */
  startReleases(): void;
  /** Adds somebody who can sign in; returns their id. */
  addUser(user: NewUser): Promise<string>;
  /** Starts listening; the address that a browser opens. */
  listen(port: number, host: string): Promise<string>;
  /**
   * Forgets what is kept, for measuring how long a question takes that nobody has asked yet: the answers, or also
   * the series that are computed once for a data version.
   */
  forget(what: 'answers' | 'version'): Promise<void>;
  /**
   * Finishes what is under way, for ten seconds at most, and closes PostgreSQL. The engine belongs to whoever gave it.
   */
  close(): Promise<void>;
}

/** Opens PostgreSQL, migrates it, and builds the API with the dashboard on it. */
export async function createBeltlineApi(options: BeltlineApiOptions): Promise<BeltlineApi> {
  const { config, engine, loading } = options;
  const logger = createLogger(config);
  const store = await openPostgres({
    databaseUrl: config.DATABASE_URL,
    dataDir: options.dataDir,
    onReturn: () => {
      logger.warn('The PostgreSQL server answers: notes can be read and written.');
      void warnOfOwner();
    },
  });
  const warnOfOwner = async () => {
    if (config.DATABASE_URL === undefined || store.waiting() !== null) return;
    if (await mayAlterAudit(store.dataSource).catch(() => false)) logger.warn(OWNS_AUDIT);
  };
  await warnOfOwner();
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.of({ config, engine, store, loading, logger }),
      adapter(config),
      { logger: new NestLogger(logger), abortOnError: false },
    );
    app.setGlobalPrefix('api/v1');
    const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    logRequests(fastify, logger, (request) => {
      const { user, tokenId } = viewerOf(request);
      return { user: user?.id ?? null, token: tokenId };
    });
    app.get(ProgramMetrics).watch(fastify);
    await registerHeaders(fastify, config.BELTLINE_PUBLIC_URL);
    guardOrigins(fastify, config);
    await readCookies(fastify, config.BELTLINE_PUBLIC_URL);
    admitCallers(
      fastify,
      () => ({
        sessions: app.get(SessionsService),
        tokens: app.get(TokensService),
        limits: app.get(RequestLimits),
      }),
      (refused) =>
        app
          .get(RefusalLog)
          .tell(refused)
          .catch((err: unknown) =>
            logger.warn({ err, ...refused }, 'This could not be written into the audit'),
          ),
    );
    takeLargerBodies(fastify);
    refuseOtherMethods(fastify);
    acceptOnlyJson(fastify);
    takeOneClicks(fastify);
    refuseOtherEscapes(fastify);
    answerOutsideRoutes(fastify);
    if (options.dashboardDir) serveDashboard(fastify, options.dashboardDir);
    return {
      damage: (store.damage ?? store.waiting())?.message ?? null,
      moved: store.moved,
      firstAdministrator: (tell) => firstAdministrator(app.get(UsersService), tell),
      lostSecrets: async () =>
        (store.damage ?? store.waiting()) ? null : app.get(SecondFactors).unreadable(),
      settleDemoUsers: () =>
        app
          .get(DemoUsers)
          .settle()
          .catch((err: unknown) => logger.warn({ err }, NOT_SETTLED)),
      startReleases: () => {
        app.get(ReleaseQueue).start();
        app.get(MailQueue).start();
      },
      addUser: (user) => app.get(UsersService).add(user),
      listen: async (port, host) => {
        await app.listen(port, host);
        const address = fastify.server.address();
        const bound = typeof address === 'object' && address ? address.port : port;
        return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
      },
      forget: async (what) => {
        if (what === 'version') await app.get(KeptSeries).forget();
        app.get(Cache).forget(...(what === 'version' ? [] : (['rows', 'answers'] as const)));
      },
      close: async () => {
        // A connection that sent nothing, or half a request, ends by itself after minutes.
        const force = setTimeout(() => fastify.server.closeAllConnections(), CLOSING_MS);
        await app.close();
        clearTimeout(force);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const OWNS_AUDIT =
  'The account of DATABASE_URL owns the tables, so that whoever has the program or that address can alter the audit. Give it less: ' +
  'docs/operations.md, "Two accounts of the PostgreSQL server".';

const adapter = ({ BELTLINE_TRUSTED_PROXIES: proxies }: ApiConfig) =>
  new FastifyAdapter({
    ...(proxies === undefined ? {} : { trustProxy: proxies }),
    genReqId: requestId,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
    ...unreadableRequests,
  });
