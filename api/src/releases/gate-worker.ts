/** The thread that a month is gated in: it is told the month, then who held what, and tells what is let out, in pieces. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Holding } from '../disclosure/holdings.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import type { FromGate, HeldPiece, ToGate } from './gate-messages.ts';
import { gateMonth, type MonthToGate, type ShareMeasure } from './gated-month.ts';

/** Areas a message: some milliseconds to be read. */
const AREAS_A_MESSAGE = 20;
/** Behind everything that somebody waits for. */
const LAST = 10;

const port = parentPort;
if (port === null) throw new Error('gate-worker is a thread of the product; it is not run by itself.');
// On Linux 0 is this thread alone; elsewhere it would be the whole product.
if (process.platform === 'linux') setPriority(0, LAST);

const tell = (message: FromGate): void => port.postMessage(message);
const holdings: Holding[] = [];
const shares: Partial<Record<ShareMeasure, Holding[]>> = {};
let asked: MonthToGate | null = null;

port.on('message', (message: ToGate) => {
  if (message.kind === 'month') asked = message.month;
  else if (message.kind === 'held')
    for (const piece of message.pieces) {
      const all = piece.of === undefined ? holdings : (shares[piece.of] ??= []);
      all.push(...holdingsOf(piece));
    }
  else void finish();
});

const holdingsOf = ({ belt, combination, side, owners, values }: HeldPiece): Holding[] =>
  owners.map((owner, index) => ({
    ...{ belt, combination, side, owner },
    values: values.map((ofMeasure) => ofMeasure[index] ?? 0),
  }));

async function finish(): Promise<void> {
  if (asked === null) throw new Error('the end of a month that was not told');
  const { areas, report } = gateMonth(await loadSolver(), asked, holdings, shares);
  for (let at = 0; at < areas.length; at += AREAS_A_MESSAGE)
    tell({ kind: 'areas', areas: areas.slice(at, at + AREAS_A_MESSAGE) });
  tell({ kind: 'report', report });
  port?.close();
}
