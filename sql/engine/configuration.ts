import { createHash } from 'node:crypto';
import { shownXml } from './row-policies.ts';

/** The application users of the engine, each with a password of its own. */
export interface EnginePasswords {
  readonly loader: string;
  readonly reader: string;
  readonly viewer: string;
}

/** Database of published tables, and the prefix of the databases that hold one load's landed text. */
export const DATABASE = 'beltline';
export const LOAD_DATABASE_PREFIX = 'beltline_load_';

/** With whose rights the SELECTs of a source run: the definer of the views that hold them. Nobody can sign in as it. */
export const MAPPER = 'mapper';

const digest = (password: string) => createHash('sha256').update(password).digest('hex');
const text = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Users of the embedded engine. `loader` owns the data: it has what a load does to its tables, and not ALL, which holds
 * dictionaries and table engines whose rows come from programs, files and other servers. `reader` reads the published
 * tables, for what the program prepares for everybody; `viewer` reads them for people, and sees what the scope of the question shows; together its
 * questions leave the engine room for the program's own and for a load. `mapper` is the definer of the views in which the SELECTs of sources run, and reads the databases of loads; its name is shut to
 * the network, so it needs no password. `default` is the engine's own start-up session: it cannot have a password, and its start query must be able to
 * read standard input, which to the engine means any file. So no port may lead to it: see `serverXml`. A load is some 200
 * short statements: compiling expressions to machine code costs it more than that saves, at 19 lines as at a million. A question names its scope in its
 * address, twice, and a scope may hold thousands of belts.
 */
export function usersXml(passwords: EnginePasswords): string {
  return `<clickhouse>
  <profiles>
    <default>
      <http_max_uri_size>16777216</http_max_uri_size>
      <http_max_field_value_size>8388608</http_max_field_value_size>
      <async_insert>0</async_insert>
      <compile_expressions>0</compile_expressions>
      <compile_aggregate_expressions>0</compile_aggregate_expressions>
      <compile_sort_description>0</compile_sort_description>
    </default>
    <reader>
      <readonly>2</readonly>
      <max_execution_time>30</max_execution_time>
      <max_memory_usage>4000000000</max_memory_usage>
      <constraints>
        <max_execution_time><min>1</min><max>60</max></max_execution_time>
        <max_memory_usage><min>1</min><max>4000000000</max></max_memory_usage>
      </constraints>
    </reader>
    <viewer>
      <profile>reader</profile>
      <max_concurrent_queries_for_user>100</max_concurrent_queries_for_user>
      <max_memory_usage_for_user>8000000000</max_memory_usage_for_user>
      <constraints>
        <max_concurrent_queries_for_user><const/></max_concurrent_queries_for_user>
        <max_memory_usage_for_user><const/></max_memory_usage_for_user>
      </constraints>
    </viewer>
    <${MAPPER}>
      <readonly>2</readonly>
      <max_execution_time>600</max_execution_time>
      <max_memory_usage>4000000000</max_memory_usage>
      <constraints>
        <max_execution_time><min>1</min><max>86400</max></max_execution_time>
        <max_memory_usage><min>1</min><max>4000000000</max></max_memory_usage>
      </constraints>
    </${MAPPER}>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile><quota>default</quota>
      <grants>
        <query>GRANT SYSTEM LISTEN ON *.*</query>
        <query>GRANT READ ON FILE</query>
        <query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
      </grants>
    </default>
    <loader>
      <password_sha256_hex>${digest(passwords.loader)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile><quota>default</quota>
      <grants>
        <query>GRANT SELECT, INSERT, ALTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP, TRUNCATE, OPTIMIZE, SHOW ON ${DATABASE}.*</query>
        <query>GRANT SELECT, INSERT, ALTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP, TRUNCATE, OPTIMIZE, SHOW ON ${LOAD_DATABASE_PREFIX}*.*</query>
        <query>GRANT SET DEFINER ON ${MAPPER}</query>
        <query>GRANT TABLE ENGINE ON MergeTree</query>
        <query>GRANT TABLE ENGINE ON ReplacingMergeTree</query>
        <query>GRANT TABLE ENGINE ON ReplicatedMergeTree</query>
        <query>GRANT TABLE ENGINE ON ReplicatedReplacingMergeTree</query>
        <query>GRANT TABLE ENGINE ON Memory</query>
        <query>GRANT TABLE ENGINE ON Null</query>
        <query>GRANT SELECT ON system.tables</query>
        <query>GRANT SELECT ON system.databases</query>
        <query>GRANT SELECT ON system.processes</query>
        <query>GRANT SELECT ON system.mutations</query>
        <query>GRANT SELECT ON system.parts_columns</query>
      </grants>
    </loader>
    <reader>
      <password_sha256_hex>${digest(passwords.reader)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>reader</profile><quota>default</quota>
      <grants><query>GRANT SELECT ON ${DATABASE}.*</query></grants>
    </reader>
    <viewer>
      <password_sha256_hex>${digest(passwords.viewer)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>viewer</profile><quota>default</quota>
${shownXml(DATABASE, '      ')}
    </viewer>
    <${MAPPER}>
      <no_password/>
      <networks/>
      <profile>${MAPPER}</profile><quota>default</quota>
      <grants><query>GRANT SELECT ON ${LOAD_DATABASE_PREFIX}*.*</query></grants>
    </${MAPPER}>
  </users>
</clickhouse>
`;
}

export interface ServerSettings {
  readonly usersFile: string;
  readonly userFiles: string;
  /** The one path that HTTP is answered under. */
  readonly secretPath: string;
  /** What the engine answers to `getMacro('proof')`, so that who asks knows it from a stranger on its port. */
  readonly proof: string;
}

/**
 * Server configuration of the embedded engine. HTTP is answered under one path, which holds a secret of this start;
 * whatever else is asked for is 404, so that without the secret nobody reaches even the user without a password. Who may
 * create a table may have programs of `user_scripts_path` run, whatever is granted: it is a file, under which none can lie.
 * System log tables are off: they would fill the disk unread.
 */
export function serverXml({ usersFile, userFiles, secretPath, proof }: ServerSettings): string {
  return `<clickhouse>
  <macros><proof>${text(proof)}</proof></macros>
  <http_handlers>
    <rule>
      <url>${text(secretPath)}</url>
      <handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>
    </rule>
  </http_handlers>
  <users_config>${text(usersFile)}</users_config>
  <user_directories><users_xml><path>${text(usersFile)}</path></users_xml></user_directories>
  <user_files_path>${text(userFiles)}</user_files_path>
  <user_scripts_path>${text(usersFile)}</user_scripts_path>
  <keep_alive_timeout>30</keep_alive_timeout>
  <shutdown_wait_unfinished>1</shutdown_wait_unfinished>
  <max_concurrent_queries>200</max_concurrent_queries>
  <mark_cache_size>536870912</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <merge_tree>
    <parts_to_throw_insert>3000</parts_to_throw_insert>
    <parts_to_delay_insert>2000</parts_to_delay_insert>
  </merge_tree>
</clickhouse>
`;
}
