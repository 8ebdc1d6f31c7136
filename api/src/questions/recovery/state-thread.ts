import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { RecoveryState } from '@beltline/contract';
import type { AreaMonths, FromStates, ToStates } from './state-messages.ts';

/** So long it is kept when nobody asks any more: its memory is that of a program of its own. */
const KEPT_IDLE_MS = 10_000;

interface Asked {
  readonly resolve: (states: RecoveryState[]) => void;
  readonly reject: (error: Error) => void;
}

/** States of many months are told in a thread of their own, beside the one that answers; areas in the order in which they are asked. */
@Injectable()
export class StateThread implements OnModuleDestroy {
  private worker: Worker | null = null;
  private idle: NodeJS.Timeout | null = null;
  private readonly asked = new Map<number, Asked>();
  private count = 0;

  /** Begins the thread where it is not there, for who will ask soon. */
  begin(): void {
    this.begun();
    this.rest();
  }

  /** One state a month. @throws Error where the thread fails, or the program ends. */
  states(area: AreaMonths): Promise<RecoveryState[]> {
    const worker = this.begun();
    const message: ToStates = { number: this.count++, area };
    return new Promise((resolve, reject) => {
      this.asked.set(message.number, { resolve, reject });
      worker.postMessage(message);
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.end(new Error('The program ends.'));
  }

  protected start(): Worker {
    return new Worker(new URL('./state-worker.js', import.meta.url));
  }

  private begun(): Worker {
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    if (this.worker) return this.worker;
    const worker = this.start();
    worker.unref();
    worker.on('message', (told: FromStates) => this.take(told));
    const fail = (error: Error) => {
      if (this.worker === worker) void this.end(error);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('The thread of states ended before it was done.')));
    this.worker = worker;
    return worker;
  }

  private take({ number, states }: FromStates): void {
    const asked = this.asked.get(number);
    this.asked.delete(number);
    asked?.resolve([...states]);
    this.rest();
  }

  /** Ends the thread in a while, unless somebody asks again. */
  private rest(): void {
    if (this.asked.size > 0 || this.idle) return;
    this.idle = setTimeout(() => void this.end(new Error('The thread of states is idle.')), KEPT_IDLE_MS);
    this.idle.unref();
  }

  private async end(error: Error): Promise<void> {
    const { worker } = this;
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    this.worker = null;
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
    await worker?.terminate();
  }
}
