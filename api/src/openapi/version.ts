/**
 * Version of the wire, not of the program: raised when the shape of a question or an answer changes, as semantic versioning
 * has it, and told in the changelog. The path's `v1` is an address, and stays as long as nothing is served beside it.
 */
export const API_VERSION = '3.25.0';
