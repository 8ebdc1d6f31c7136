/** The thread that states of many months are told in: it is sent an area, and answers with its states. */
import { parentPort } from 'node:worker_threads';
import { AreaOwners } from '../../data/owners/owner-windows.ts';
import { atOnce } from '../../statistics/steps.ts';
import { stateAt } from './area-state.ts';
import { evidenceAt } from './month-evidence.ts';
import type { FromStates, ToStates } from './state-messages.ts';

const port = parentPort;
if (port === null) throw new Error('state-worker is a thread of the product; it is not run by itself.');

port.on('message', ({ number, area: { windows, months, deadBand } }: ToStates) => {
  const owners = new AreaOwners(windows);
  const states = months.map(({ figures, places }) =>
    atOnce(stateAt(figures, evidenceAt(places, owners), deadBand)),
  );
  const told: FromStates = { number, states };
  port.postMessage(told);
});
