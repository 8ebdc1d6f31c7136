export { generate, load, recoverKilled } from './load-command.ts';
export { rebuild, verify } from './rebuild-command.ts';
export { checkSource, listAll, showStatus } from './inspect-commands.ts';
