/** The thread that a month, or leavers of one, are gated in: it is told which, then who held what, and tells what is let out, in pieces. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Holding } from '../disclosure/holdings.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import type { FromGate, HeldPiece, ToGate } from './gate-messages.ts';
import { gateLeavers, type HeldByLeavers, type LeaversToGate } from './gated-leavers.ts';
import { type GatedMonth, gateMonth, type MonthToGate, type ShareHoldings } from './gated-month.ts';

/** Areas a message: some milliseconds to be read. */
const AREAS_A_MESSAGE = 20;
/** Behind everything that somebody waits for. */
const LAST = 10;

const port = parentPort;
if (port === null) throw new Error('gate-worker is a thread of the product; it is not run by itself.');
// On Linux 0 is this thread alone; elsewhere it would be the whole product.
if (process.platform === 'linux') setPriority(0, LAST);

const tell = (message: FromGate): void => port.postMessage(message);
const shares: { -readonly [M in keyof ShareHoldings]: Holding[] } = {};
const months: Holding[][] = [];
const leavers: HeldByLeavers[] = [];
let month: MonthToGate | null = null;
let ofLeavers: LeaversToGate | null = null;

port.on('message', (message: ToGate) => {
  if (message.kind === 'month') month = message.month;
  else if (message.kind === 'leavers') ofLeavers = message.leavers;
  else if (message.kind === 'held') message.pieces.forEach(keep);
  else void finish();
});

function keep(piece: HeldPiece): void {
  const { of, at = 0 } = piece;
  if (of === 'leavers') leavers.push(...holdingsOf(piece).map((one) => ({ ...one, at })));
  else (of === undefined ? (months[at] ??= []) : (shares[of] ??= [])).push(...holdingsOf(piece));
}

const holdingsOf = ({ belt, combination, side, owners, values }: HeldPiece): Holding[] =>
  owners.map((owner, index) => ({
    ...{ belt, combination, side, owner },
    values: values.map((ofMeasure) => ofMeasure[index] ?? 0),
  }));

async function finish(): Promise<void> {
  const highs = await loadSolver();
  if (ofLeavers) tell({ kind: 'told', leavers: gateLeavers(highs, ofLeavers, months, leavers) });
  else if (month) tellMonth(gateMonth(highs, month, months[0] ?? [], shares));
  else throw new Error('the end of a month that was not told');
  port?.close();
}

function tellMonth({ areas, report }: GatedMonth): void {
  for (let at = 0; at < areas.length; at += AREAS_A_MESSAGE)
    tell({ kind: 'areas', areas: areas.slice(at, at + AREAS_A_MESSAGE) });
  tell({ kind: 'report', report });
}
