/**
 * Jest's Node environment, with a global object of the ordinary kind. That of Jest is watched by `node:vm`: each time code of a spec
 * says `Math` or `Array`, Node looks the name up through JavaScript anew, and arithmetic takes five times as long as in the
 * product (nodejs/node#31658). A context without that watching is as fast as the product, and as much a file's own.
 *
 * WebAssembly that one file has compiled is kept for the next: Node forgets it with the last instance, and compiling PostgreSQL anew
 * for each store that a spec opens took three times as long as opening it.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const { createContext } = vm;

/** By length, in this worker. While one is held, Node takes the same bytes for compiled, in whatever context. */
const compiled = new Map();

export default class PlainGlobals extends TestEnvironment {
  constructor(config, context) {
    // Jest makes its context in its constructor, and takes no other.
    vm.createContext = (_watched, options) => createContext(vm.constants.DONT_CONTEXTIFY, options);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    const assembly = this.global.WebAssembly;
    const instantiate = assembly.instantiate;
    assembly.instantiate = async (source, imports) => {
      const made = await instantiate(source, imports);
      // Held as a module of this realm, so that no file's context is held with it.
      if (made.module && !compiled.has(source.byteLength))
        compiled.set(source.byteLength, new globalThis.WebAssembly.Module(source));
      return made;
    };
  }
}
