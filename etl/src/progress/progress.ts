/** How a running job tells a person where it is: a bar on a terminal, plain lines every two seconds elsewhere. */
import { SingleBar, Presets } from 'cli-progress';
import { shownLines } from '../files/index.ts';

export type Step =
  'generate' | 'fingerprint' | 'land' | 'check' | 'reconcile' | 'attach' | 'roll-up' | 'verify';
export type ProgressUnit = 'bytes' | 'rows' | 'parts';

export interface Progress {
  /** Enters a step; entering the current one again changes nothing. */
  step(step: Step): void;
  advance(done: number, total: number, unit?: ProgressUnit): void;
  /** A sentence for the person, on a line of its own. */
  note(message: string): void;
  /** Ends the display, so that a summary can follow. */
  finish(): void;
}

const WORDS: Record<Step, string> = {
  generate: 'generating demo orders',
  fingerprint: 'comparing files with earlier loads',
  land: 'reading files',
  check: 'checking rows',
  reconcile: 'reconciling',
  attach: 'publishing lines',
  'roll-up': 'rolling up months',
  verify: 'verifying figures',
};

const LINE_EVERY_MS = 2000;

export interface ProgressOutput {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Says nothing but notes. */
export function quietProgress(output: ProgressOutput): Progress {
  return {
    step: () => undefined,
    advance: () => undefined,
    note: (message) => output.write(`${shownLines(message)}\n`),
    finish: () => undefined,
  };
}

export function showProgress(output: NodeJS.WriteStream): Progress {
  return output.isTTY ? barProgress(output) : lineProgress(output);
}

/** Amount done with its unit, the rate, and the time that is left. */
export function describeAdvance(done: number, total: number, unit: ProgressUnit, seconds: number): string {
  if (total <= 0) return '';
  const share = `${Math.floor((100 * done) / total)} %`;
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 && done < total ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  if (unit === 'bytes')
    return `${share} of ${(total / 1e6).toFixed(1)} MB, ${(rate / 1e6).toFixed(1)} MB/s${left}`;
  if (unit === 'rows') return `${share} of ${total} rows, ${Math.round(rate)} rows/s${left}`;
  return `${done} of ${total}${left}`;
}

function lineProgress(output: ProgressOutput): Progress {
  let current: Step | undefined;
  let begun = performance.now();
  let lastLine = 0;
  const print = (text: string): void => {
    lastLine = performance.now();
    output.write(`${text}\n`);
  };
  return {
    step(step) {
      if (step === current) return;
      current = step;
      begun = performance.now();
      print(`${WORDS[step]} …`);
    },
    advance(done, total, unit = 'parts') {
      if (!current || performance.now() - lastLine < LINE_EVERY_MS) return;
      print(`${WORDS[current]}: ${describeAdvance(done, total, unit, (performance.now() - begun) / 1000)}`);
    },
    note: (message) => print(shownLines(message)),
    finish: () => undefined,
  };
}

function barProgress(output: NodeJS.WriteStream): Progress {
  const bar = new SingleBar(
    {
      stream: output,
      format: '{words} [{bar}] {detail}',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let current: Step | undefined;
  let begun = performance.now();
  let running = false;
  const stop = (): void => {
    if (running) bar.stop();
    running = false;
  };
  return {
    step(step) {
      if (step === current) return;
      stop();
      current = step;
      begun = performance.now();
      bar.start(1, 0, { words: WORDS[step], detail: '' });
      running = true;
    },
    advance(done, total, unit = 'parts') {
      if (!running) return;
      bar.setTotal(Math.max(total, 1));
      bar.update(done, { detail: describeAdvance(done, total, unit, (performance.now() - begun) / 1000) });
    },
    note(message) {
      const resume = current;
      stop();
      output.write(`${shownLines(message)}\n`);
      current = undefined;
      if (resume) this.step(resume);
    },
    finish: stop,
  };
}
