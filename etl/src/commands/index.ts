export { generate, load, recoverKilled } from './load-command.ts';
export { rebuild, verify } from './rebuild-command.ts';
export { check, listAll, showStatus } from './inspect-commands.ts';
