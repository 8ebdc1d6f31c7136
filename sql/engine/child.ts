/**
 * The body of the embedded engine's process: calls the C entry of libchdb, which is ClickHouse itself, and serves HTTP
 * until standard input closes. A process of its own, so that an engine out of memory does not take the API along.
 * ffi-rs and not koffi: koffi calls on a stack of its own, which the engine's stack check refuses.
 *
 * argv: the path of the library, then the arguments of `clickhouse local`.
 */
import { DataType, load, open } from 'ffi-rs';

const [libraryPath, ...clickhouseArguments] = process.argv.slice(2);
if (libraryPath === undefined) throw new Error('usage: child <libchdb> <clickhouse arguments…>');

process.umask(0o077); // the engine makes its files readable to the group, or to all
const argv = ['clickhouse', ...clickhouseArguments];
open({ library: 'chdb', path: libraryPath });
load({
  library: 'chdb',
  funcName: 'query_stable_v2',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
});
