/**
 * Jest's Node environment, with a global object of the ordinary kind. That of Jest is watched by `node:vm`: each time code of a spec
 * says `Math` or `Array`, Node looks the name up through JavaScript anew, and arithmetic takes five times as long as in the
 * product (nodejs/node#31658). A context without that watching is as fast as the product, and as much a file's own.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const { createContext } = vm;

export default class PlainGlobals extends TestEnvironment {
  constructor(config, context) {
    // Jest makes its context in its constructor, and takes no other.
    vm.createContext = (_watched, options) => createContext(vm.constants.DONT_CONTEXTIFY, options);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
}
