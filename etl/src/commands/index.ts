export { generate, load, recoverKilled } from './load-command.ts';
export { checkSource, listAll, showStatus } from './inspect-commands.ts';
