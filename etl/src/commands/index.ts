export { generate, load, preview, recoverKilled, replace } from './load-command.ts';
export { rebuild, verify } from './rebuild-command.ts';
export { purge, undo } from './undo-command.ts';
export { check, listAll, showStatus } from './inspect-commands.ts';
export { listRejects } from './rejects-command.ts';
export { draft } from './new-command.ts';
