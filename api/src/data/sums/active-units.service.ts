import { Inject, Injectable } from '@nestjs/common';
import type { AreaLevel, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { type Day, numberOfMonth } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { Pauses } from '../../platform/pauses.ts';
import { Places } from '../../platform/places.ts';
import { turns } from '../../platform/turns.ts';
import { areaBelts, areasOf, isWithin } from '../areas/area.ts';
import { BeltRegistry } from '../areas/belt-registry.service.ts';
import type { AreaContext } from '../context/context.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { asSystem, type Vintage } from '../versions/vintage.ts';
import {
  type ActiveCounts,
  type ActiveRow,
  type ActiveRuns,
  ActiveRunsMaker,
  type Run,
} from './active-runs.ts';
import type { BothMonths } from './month-sums.ts';

/** Whose distinct number is asked, and on which track. */
export interface ActiveQuestion {
  readonly unit: 'merchant' | 'buyer';
  readonly track: Track;
}

/** Null where the counts of a version are too many to be kept: the engine is asked each time. */
interface Kept {
  readonly runs: ActiveRuns | null;
}

/**
 * Distinct merchants and buyers of whole months. The engine merges sets of each belt and month, which takes it longer than
 * anything else that a page asks. So the first question of a version, unit and track is answered by it, and has all its sets read
 * behind the questions, of which the counts of every run of months are kept. Both answer alike.
 */
@Injectable()
export class ActiveUnitsService {
  /** One set of sets is read at a time: nobody waits for them. */
  private readonly places = new Places(1);
  /** Where the engine has no memory for them, each question would have it read them in vain. */
  private readonly pauses = new Pauses(PAUSE_MS.first, PAUSE_MS.most, () => this.now());
  /** In milliseconds; to be set by specs, which do not wait for so long. */
  now = (): number => performance.now();

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** Each belt, and the nation for who may see everything. No row = nobody on either side. @throws EngineError */
  async byBelt(vintage: Vintage, asked: ActiveQuestion, months: BothMonths): Promise<ActiveRow[]> {
    const period = runsOf(months);
    const runs = period && this.made(vintage, asked, 'belt');
    if (runs) return runs.byBelt(vintage.scope, period.now, period.before);
    return this.clickhouse.ask(vintage.scope, queries.activeByBelt, {
      data_version: vintage.dataVersion,
      unit: asked.unit,
      track_bit: TRACK_BIT[asked.track],
      ...months,
    });
  }

  /** An area on each of some tracks. Nothing of one that the viewer may not see as a whole. @throws EngineError */
  async byTrack(
    { vintage, area }: AreaContext,
    unit: ActiveQuestion['unit'],
    tracks: readonly Track[],
    months: BothMonths,
  ): Promise<ReadonlyMap<Track, ActiveCounts>> {
    if (!isWithin(vintage.scope, area)) return new Map();
    const period = runsOf(months);
    const id = area.level === 'nation' ? null : area.id;
    if (period) {
      // All of them, so that those that are not there are begun.
      const made = tracks.map((track) => [track, this.made(vintage, { unit, track }, area.level)] as const);
      if (made.every(([, runs]) => runs !== null))
        return new Map(
          made.flatMap(([track, runs]) =>
            runs ? [[track, runs.ofArea(id, period.now, period.before)] as const] : [],
          ),
        );
    }
    const rows = await this.clickhouse.ask(vintage.scope, queries.activeByTrack, {
      data_version: vintage.dataVersion,
      ...areaBelts(area),
      ...months,
      unit,
      track_bits: tracks.map((track) => TRACK_BIT[track]),
    });
    const found = new Map(rows.map((row) => [row.track_bit, row]));
    return new Map(
      tracks.flatMap((track) => {
        const row = found.get(TRACK_BIT[track]);
        return row ? [[track, row] as const] : [];
      }),
    );
  }

  /** What is there by now; where nothing is, it is begun. Of all areas of a level at once: who has looked at one looks at others. */
  private made(vintage: Vintage, asked: ActiveQuestion, level: AreaLevel): ActiveRuns | null {
    if (this.config.BELTLINE_SUMS_MB === 0) return null;
    const whole = asSystem(vintage);
    const key = { ...asked, level };
    const kept = this.cache.made<Kept>(whole, RUNS, key);
    if (kept) return kept.runs;
    const name = JSON.stringify([vintage.source, vintage.dataVersion, vintage.publishedAt, key]);
    if (!this.pauses.isOver(name)) return null;
    const reading = turns.behind(() =>
      this.cache.of(whole, RUNS, key, () => this.places.take(() => this.read(whole, asked, level))),
    );
    // Nobody waits for it: the engine answers, and is asked for it again by a question after a while.
    reading.then(
      () => this.pauses.succeeded(name),
      () => this.pauses.failed(name),
    );
    return null;
  }

  private async read(whole: Vintage, { unit, track }: ActiveQuestion, level: AreaLevel): Promise<Kept> {
    const maker = new ActiveRunsMaker(this.config.BELTLINE_SUMS_MB * 2 ** 20);
    const asked = { data_version: whole.dataVersion, unit, track_bit: TRACK_BIT[track] };
    if (level === 'belt') {
      await this.clickhouse.takeNow(whole.scope, queries.activeSets, asked, ({ belt_id, ...set }) =>
        maker.take({ area: set.level === 'nation' ? null : belt_id, ...set }),
      );
      return { runs: maker.made() };
    }
    const areas = level === 'nation' ? [] : areasOf(level, await this.registry.all(whole));
    const members = areas.flatMap(({ beltIds }, index) =>
      (beltIds ?? []).map((belt) => [belt, index + 1] as const),
    );
    const parameters = {
      ...asked,
      belt_ids: members.map(([belt]) => belt),
      area_nos: members.map(([, number]) => number),
      with_nation: level === 'nation' ? 1 : 0,
    };
    await this.clickhouse.takeNow(whole.scope, queries.activeSetsOfAreas, parameters, ({ area_no, ...set }) =>
      maker.take({ area: areas[area_no - 1]?.id ?? null, ...set }),
    );
    return { runs: maker.made() };
  }
}

const PAUSE_MS = { first: 60_000, most: 3_600_000 } as const;

const RUNS = { kind: 'series', name: 'active-runs' } as const;

interface Runs {
  readonly now: Run | null;
  readonly before: Run | null;
}

/** Null where months of a period do not follow one another. */
function runsOf({ months, baseline_months: baseline }: BothMonths): Runs | null {
  const [now, before] = [runOf(months), runOf(baseline)];
  return now === 'gaps' || before === 'gaps' ? null : { now, before };
}

function runOf(months: readonly Day[]): Run | null | 'gaps' {
  const numbers = months.map(numberOfMonth).sort((a, b) => a - b);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return null;
  return last - first === new Set(numbers).size - 1 ? { first, last } : 'gaps';
}
