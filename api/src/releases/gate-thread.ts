import { Worker } from 'node:worker_threads';
import { turns } from '../platform/turns.ts';
import type { FromGate, HeldPiece, ToGate } from './gate-messages.ts';
import type { GatedLeavers, LeaversToGate } from './gated-leavers.ts';
import type { GatedArea, GatedMonth, MonthToGate } from './gated-month.ts';

/** Owners a message: some milliseconds to be copied. */
const OWNERS_A_MESSAGE = 2_000;

/**
 * Gates a month in a thread of its own, which ends with it, and with its memory.
 * @throws Error where the thread fails, or is told to stop.
 */
export const gateInThread = (
  month: MonthToGate,
  held: readonly HeldPiece[],
  signal: AbortSignal,
): Promise<GatedMonth> => inThread({ kind: 'month', month }, held, signal, monthOf);

/** The same of leavers. */
export const gateLeaversInThread = (
  leavers: LeaversToGate,
  held: readonly HeldPiece[],
  signal: AbortSignal,
): Promise<GatedLeavers> => inThread({ kind: 'leavers', leavers }, held, signal, leaversOf);

async function inThread<T>(
  first: ToGate,
  held: readonly HeldPiece[],
  signal: AbortSignal,
  answerOf: (worker: Worker) => Promise<T>,
): Promise<T> {
  const worker = new Worker(new URL('./gate-worker.js', import.meta.url));
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const gated = answerOf(worker);
    gated.catch(() => undefined); // it may fail while it is still being told
    const tell = (message: ToGate) => worker.postMessage(message);
    tell(first);
    for (const pieces of inPieces(held)) {
      await turns.next();
      tell({ kind: 'held', pieces });
    }
    tell({ kind: 'end' });
    return await gated;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function monthOf(worker: Worker): Promise<GatedMonth> {
  const areas: GatedArea[] = [];
  return told(worker, (message, resolve) => {
    if (message.kind === 'areas') areas.push(...message.areas);
    if (message.kind === 'report') resolve({ areas, report: message.report });
  });
}

const leaversOf = (worker: Worker): Promise<GatedLeavers> =>
  told(worker, (message, resolve) => {
    if (message.kind === 'told') resolve(message.leavers);
  });

const told = <T>(worker: Worker, hear: (message: FromGate, resolve: (all: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: FromGate) => hear(message, resolve));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread of the gate ended before it was done.')));
  });

function* inPieces(held: readonly HeldPiece[]): Generator<HeldPiece[]> {
  let [pieces, owners]: [HeldPiece[], number] = [[], 0];
  for (const piece of held) {
    pieces.push(piece);
    owners += piece.owners.length;
    if (owners < OWNERS_A_MESSAGE) continue;
    yield pieces;
    [pieces, owners] = [[], 0];
  }
  if (pieces.length > 0) yield pieces;
}
