import { createHash } from 'node:crypto';

/** The two application users of the engine, each with a password of its own. */
export interface EnginePasswords {
  readonly loader: string;
  readonly reader: string;
}

/** Database of published tables, and the prefix of the databases that hold one load's landed text. */
export const DATABASE = 'beltline';
export const LOAD_DATABASE_PREFIX = 'beltline_load_';

const digest = (password: string) => createHash('sha256').update(password).digest('hex');
const text = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Users of the embedded engine. `loader` owns the data, `reader` reads the published tables. `default` is the engine's own
 * start-up session, which cannot have a password; it may start and stop listening, and read nothing: whoever has an
 * account on this machine could stop the engine through it, and the product then starts it anew.
 */
export function usersXml(passwords: EnginePasswords): string {
  return `<clickhouse>
  <profiles>
    <default><async_insert>0</async_insert></default>
    <reader>
      <readonly>2</readonly>
      <max_execution_time>30</max_execution_time>
      <max_memory_usage>4000000000</max_memory_usage>
      <constraints>
        <max_execution_time><max>60</max></max_execution_time>
        <max_memory_usage><max>4000000000</max></max_memory_usage>
      </constraints>
    </reader>
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
        <query>GRANT ALL ON ${DATABASE}.*</query>
        <query>GRANT ALL ON ${LOAD_DATABASE_PREFIX}*.*</query>
        <query>GRANT SELECT ON system.*</query>
        <query>GRANT TABLE ENGINE ON *</query>
        <query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
      </grants>
    </loader>
    <reader>
      <password_sha256_hex>${digest(passwords.reader)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>reader</profile><quota>default</quota>
      <grants><query>GRANT SELECT ON ${DATABASE}.*</query></grants>
    </reader>
  </users>
</clickhouse>
`;
}

/** Server configuration of the embedded engine. System log tables are off: they would fill the disk unread. */
export function serverXml(usersFile: string, userFiles: string): string {
  return `<clickhouse>
  <users_config>${text(usersFile)}</users_config>
  <user_directories><users_xml><path>${text(usersFile)}</path></users_xml></user_directories>
  <user_files_path>${text(userFiles)}</user_files_path>
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
