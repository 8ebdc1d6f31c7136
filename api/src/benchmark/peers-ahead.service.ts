import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Vintage } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { turns } from '../platform/turns.ts';
import { BuyerFactsService } from './buyer-facts.service.ts';
import { earlierOf, PeerQuartersService, versionOf } from './peer-quarters.service.ts';
import { TurnoverService } from './turnover.service.ts';

/** Of so many quarters, the latest first, lines are read as soon as they can be. */
const READ_AHEAD = 2;
/** Whoever looks at a new version asks first; then its lines are read, for as long as they are its own. */
const READ_AFTER_MS = 1_000;
/** Groups can be made at any time: what everybody looks at in a new version, its sums and the states of its belts, comes before. */
const GROUP_AFTER_MS = 30_000;

/**
 * What merchants will ask of a version, made in the background once it is first seen, behind the steps of every question: its lines are read at once, of every version, and half a
 * minute later the groups of the latest quarter are made, unless a newer version is there by then.
 */
@Injectable()
export class PeersAhead implements OnModuleDestroy {
  /** Of every version. */
  private readonly readings = new Set<NodeJS.Timeout>();
  /** Of the newest version of a source. */
  private readonly groupings = new Map<string, NodeJS.Timeout>();

  constructor(
    @Inject(PeerQuartersService) private readonly peers: PeerQuartersService,
    @Inject(BuyerFactsService) private readonly buyers: BuyerFactsService,
    @Inject(TurnoverService) private readonly turnover: TurnoverService,
    @Inject(VintageService) vintages: VintageService,
  ) {
    vintages.onNew((vintage) => {
      const reading = setTimeout(() => {
        this.readings.delete(reading);
        behind(() => this.readLines(vintage));
      }, READ_AFTER_MS);
      this.readings.add(reading);
      clearTimeout(this.groupings.get(vintage.source));
      this.groupings.set(
        vintage.source,
        setTimeout(() => behind(() => this.group(vintage)), GROUP_AFTER_MS),
      );
    });
  }

  onModuleDestroy(): void {
    for (const timer of [...this.readings, ...this.groupings.values()]) clearTimeout(timer);
  }

  /** The next load brings refunds of the months before, and then their lines are not those of the version any more. */
  private async readLines(vintage: Vintage): Promise<void> {
    for (const quarter of (await this.peers.frozen(vintage)).slice(0, READ_AHEAD)) {
      const version = versionOf(vintage, quarter);
      await this.buyers.of(vintage, version, quarter);
      await this.turnover.of(version, quarter);
    }
  }

  private async group(vintage: Vintage): Promise<void> {
    const quarters = await this.peers.frozen(vintage);
    const [latest] = quarters;
    if (!latest) return;
    await this.peers.of(vintage, latest);
    for (const quarter of earlierOf(latest, quarters)) await this.peers.hides(vintage, quarter);
  }
}

/** What fails here fails again, and is told, where it is asked for. */
const behind = (work: () => Promise<void>): void => void turns.behind(work).catch(() => undefined);
