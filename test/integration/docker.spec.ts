/**
 * The container files, without a container engine: they parse, each variable that they set exists in the program, each
 * path that they copy exists in the repository, and the rights of the users are those of the embedded engine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configSchema, readConfig } from '@beltline/api/config';
import { DATABASE, shownXml } from '@beltline/sql/engine';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
}
const compose = parse(read('docker/compose.yaml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.image === 'beltline');

/** What the official images read. */
const FOREIGN: Record<string, string[]> = {
  clickhouse: ['CLICKHOUSE_LOADER_PASSWORD', 'CLICKHOUSE_READER_PASSWORD', 'CLICKHOUSE_VIEWER_PASSWORD'],
  postgres: ['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'POSTGRES_PROGRAM_PASSWORD'],
};

describe('docker/compose.yaml', () => {
  const known = Object.keys(configSchema.shape);

  it.each(ours)('%s sets only variables of the configuration schema', (_name, service) => {
    expect(known).toEqual(expect.arrayContaining(Object.keys(service.environment ?? {})));
  });

  it.each(Object.entries(FOREIGN))('%s sets only what its image and our files read', (name, variables) => {
    expect(Object.keys(compose.services[name]?.environment ?? {}).sort()).toEqual([...variables].sort());
  });

  it('gives the API the configuration that it accepts', () => {
    const environment = { ...compose.services['api']?.environment };
    for (const [name, value] of Object.entries(environment)) {
      environment[name] = String(value)
        .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
        .replaceAll(/\$\{\w+[^}]*\}/g, 'abcdef0123456789');
    }
    expect(() => readConfig(environment)).not.toThrow();
  });

  it('gives the API no right to write figures', () => {
    expect(
      Object.keys(compose.services['api']?.environment ?? {}).filter((name) => name.includes('LOADER')),
    ).toEqual([]);
  });

  it('gives the owner of the PostgreSQL tables to what makes them alone, and everybody else the account that is made for it', () => {
    const owners = services.filter(([, { environment }]) => environment?.DATABASE_OWNER_URL !== undefined);
    expect(owners.map(([name]) => name)).toEqual(['migrate-store']);
    const accounts = services.flatMap(([, { environment }]) => environment?.DATABASE_URL ?? []);
    expect(accounts).toHaveLength(2);
    for (const url of accounts)
      expect(url).toContain('postgres://beltline_program:${POSTGRES_PROGRAM_PASSWORD}@');
    expect(read('docker/postgres/accounts.sh')).toContain('CREATE ROLE beltline_program LOGIN');
    expect(compose.services['api']?.depends_on).toHaveProperty('migrate-store');
  });

  it('asks for each secret by name, and holds none', () => {
    const example = read('docker/.env.example');
    const asked = [...read('docker/compose.yaml').matchAll(/\$\{(\w+)/g)].map((match) => match[1] as string);
    for (const name of asked) expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
    for (const line of example.split('\n').filter((text) => /^\w*PASSWORD/.test(text)))
      expect(line).toMatch(/=$/);
  });

  it('refers to services, volumes and files that exist', () => {
    const mounts = services
      .flatMap(([, service]) => service.volumes ?? [])
      .map((mount) => mount.split(':')[0] as string);
    for (const mount of mounts) {
      if (mount.startsWith('.'))
        expect({ mount, exists: existsSync(join(root, 'docker', mount)) }).toEqual({ mount, exists: true });
      else expect(Object.keys(compose.volumes)).toContain(mount);
    }
    const needed = services.flatMap(([, service]) => Object.keys(service.depends_on ?? {}));
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(needed));
  });

  it('is reachable from this machine only', () => {
    for (const port of services.flatMap(([, service]) => service.ports ?? []))
      expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe('docker/Dockerfile', () => {
  const lines = read('docker/Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

  it('knows only instructions of the format, in stages that exist', () => {
    const instruction = /^(FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|EXPOSE|HEALTHCHECK|CMD)\s/;
    for (const line of lines) expect(line).toMatch(instruction);
    const stages = lines.flatMap((line) => /^FROM \S+ AS (\w+)/.exec(line)?.[1] ?? []);
    for (const [, stage] of read('docker/Dockerfile').matchAll(/--from=(\w+)/g))
      expect(stages).toContain(stage);
  });

  it('copies from the repository what is there', () => {
    for (const line of lines.filter((text) => text.startsWith('COPY') && !text.includes('--from'))) {
      for (const path of line.split(/\s+/).slice(1, -1))
        expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
    }
  });

  it('does not run as root', () => expect(lines.some((line) => line === 'USER node')).toBe(true));
});

describe('the users of the ClickHouse server', () => {
  it.each(['loader', 'reader', 'mapper'])('%s has the rights of the embedded engine', (user) => {
    const grants = (text: string) => {
      const xml = text.replaceAll('${MAPPER}', 'mapper');
      const section = new RegExp(`<${user}>\\s*<(no_)?password[\\s\\S]*?</${user}>`).exec(xml)?.[0] ?? '';
      return [...section.matchAll(/GRANT [^<]+/g)].map((match) =>
        match[0]
          .replaceAll('${DATABASE}', 'beltline')
          .replaceAll('${LOAD_DATABASE_PREFIX}', 'beltline_load_'),
      );
    };
    const embedded = grants(read('sql/engine/configuration.ts'));
    expect(embedded.length).toBeGreaterThan(0);
    expect(grants(read('docker/clickhouse/users.xml'))).toEqual(embedded);
  });

  it('the viewer is shown the same rows as by the embedded engine', () => {
    const viewer = /<viewer>\s*<password[\s\S]*?<\/viewer>/.exec(read('docker/clickhouse/users.xml'))?.[0];
    expect(viewer).toContain(shownXml(DATABASE, '      '));
  });
});

describe('docker/Dockerfile', () => {
  const dockerfile = read('docker/Dockerfile');
  interface Locked {
    readonly optional?: boolean;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };

  it('leaves out no optional package but the embedded engine: others do not work without theirs', () => {
    const built = ['@node-rs/argon2', '@myriaddreamin/typst-ts-node-compiler'];
    for (const name of built) {
      const machines = Object.keys(packages[`node_modules/${name}`]?.optionalDependencies ?? {});
      expect(machines).toContain(`${name}-linux-x64-gnu`);
      expect(packages[`node_modules/${name}-linux-x64-gnu`]?.optional).toBe(true);
    }
    expect(dockerfile).not.toMatch(/omit[ =]optional|no-optional/);
    expect(dockerfile).toContain('rm -rf node_modules/@chdb');
  });

  it('has what the program reads beside its code', () => {
    for (const folder of ['api/report', 'sql/clickhouse', 'etl/sources'])
      expect(dockerfile).toContain(`COPY --from=build /beltline/${folder} ${folder}`);
  });
});
