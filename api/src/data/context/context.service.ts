import { Inject, Injectable } from '@nestjs/common';
import { AREA_LEVELS, type AreaLevel, type Belt, isFlow } from '@beltline/contract';
import { seesBelt, type Sight } from '../../access/viewer.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { invalidRequest, notFound, type ProblemError, sought } from '../../platform/problem/problem-error.ts';
import { monthsThrough } from '../../core/calendar.ts';
import { areasOf, isWithin, type ResolvedArea, resolveArea } from '../areas/area.ts';
import { BeltRegistry } from '../areas/belt-registry.service.ts';
import { RevisionEvidenceService } from '../revisions/revision-evidence.service.ts';
import { VintageService } from '../versions/vintage.service.ts';
import { metaOf, type Vintage } from '../versions/vintage.ts';
import type { Context, ContextOf, Needs, QuestionOf, VersionQuestion } from './context.ts';
import { comparePeriods } from './period-comparison.ts';

/** The one place where a question gets its data version, area and days, and where it is decided that they may be seen. */
@Injectable()
export class ContextService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(RevisionEvidenceService) private readonly revisions: RevisionEvidenceService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * @throws ProblemError that names the field where there is no such source, area or period, or where the viewer may not see
   * the area as a whole: part of it would pass for the whole.
   */
  async resolve<N extends Needs>(viewer: Sight, question: QuestionOf[N], needs: N): Promise<ContextOf[N]> {
    const vintage = await this.vintages.of(viewer, question.source, question.asOf);
    const context = contextOf(viewer, vintage);
    const resolved = needs === 'version' ? context : await this.place(context, question as never, needs);
    return Object.freeze(resolved) as ContextOf[N];
  }

  /** For what is no figure, and is told also where the figures are damaged. */
  async declared(viewer: Sight, question: VersionQuestion): Promise<Context> {
    const vintage = await this.vintages.declared(viewer, question.source, question.asOf);
    return Object.freeze(contextOf(viewer, vintage));
  }

  /** @throws ProblemError where a question names a belt that its viewer cannot see. */
  async assertBelt({ vintage }: Context, beltId: string | null | undefined, field = 'belt'): Promise<void> {
    if (beltId == null) return;
    await this.seenBelt(vintage, beltId, () => invalidRequest({ field, message: 'there is no such belt' }));
  }

  /** @throws `problem` where a source has no such belt, or its viewer cannot see it. */
  async seenBelt(vintage: Vintage, beltId: string, problem: () => ProblemError): Promise<Belt> {
    const belts = await this.registry.all(vintage);
    const belt = belts.find((one) => one.beltId === beltId);
    if (belt !== undefined && seesBelt(vintage.scope, beltId)) return belt;
    throw sought(problem(), 'belt', belt?.beltId ?? null);
  }

  /**
   * Whether the viewer may see what stands at a belt of a source, or at the nation (null), which is for those alone who see all of
   * it: what is written there may speak of every belt.
   */
  async seesPlace(
    viewer: Sight,
    { source, beltId }: { source: string; beltId: string | null },
  ): Promise<boolean> {
    const { belts } = await this.vintages.scopeNow(viewer, source);
    return beltId === null ? belts === 'everything' : seesBelt({ belts }, beltId);
  }

  /** Every area of a level that the viewer may see as a whole. */
  async areas({ vintage }: Context, level: AreaLevel): Promise<ResolvedArea[]> {
    const all = areasOf(level, await this.registry.all(vintage));
    return all.filter((area) => isWithin(vintage.scope, area));
  }

  /**
   * Areas by their level and id, in the order they are named (`belt:B001`, `nation`).
   * @throws ProblemError that names the field where there is none such, or where the viewer may not see one of them as a whole.
   */
  async areasNamed({ vintage }: Context, names: readonly string[], field = 'areas'): Promise<ResolvedArea[]> {
    const belts = await this.registry.all(vintage);
    return names.map((name) => {
      const [level = '', ...id] = decodedName(name).split(':');
      const ofLevel = AREA_LEVELS.find((one) => one === level);
      const area = ofLevel && areasOf(ofLevel, belts).find((one) => one.id === id.join(':'));
      const none = invalidRequest({ field, message: `there is no area ${name}` });
      if (area === undefined) throw sought(none, level === 'belt' ? 'belt' : 'area', null);
      if (isWithin(vintage.scope, area)) return area;
      // Of a belt that is not theirs nobody learns that it is there.
      if (area.level === 'belt') throw sought(none, 'belt', area.id);
      throw notWithin(area);
    });
  }

  private async place(
    context: Context,
    question: QuestionOf['comparison'],
    needs: Exclude<Needs, 'version'>,
  ): Promise<ContextOf[typeof needs]> {
    const { vintage } = context;
    const area = resolveArea(question, await this.registry.all(vintage));
    if (area.level === 'belt') await this.assertBelt(context, area.id);
    else if (needs !== 'ranking' && !isWithin(vintage.scope, area)) {
      throw notWithin(area);
    }
    if (needs === 'area') return { ...context, area };
    const compared = comparePeriods(vintage, question, this.config.BELTLINE_MIN_BASE);
    const isProvisional = compared.conditions.provisional || (await this.isRevised(context, area, question));
    return {
      ...context,
      area,
      compared: { ...compared, conditions: { ...compared.conditions, provisional: isProvisional } },
    };
  }

  /** Whether a period that is over has a month whose figures were revised in the past, at its age, by more than final ones are. */
  private async isRevised(
    { vintage }: Context,
    area: ResolvedArea,
    { from, to, track, measure }: QuestionOf['comparison'],
  ): Promise<boolean> {
    const what = { track: track ?? 'all', measure: measure && isFlow(measure) ? measure : 'gmv' } as const;
    const { level } = await this.revisions.provisional({ vintage, area }, what);
    return monthsThrough(from, to).some(level);
  }
}

const notWithin = ({ level, id }: ResolvedArea): ProblemError =>
  sought(notFound('This area as a whole is not among what you may see.'), 'area', `${level} ${id}`.trim());

/** A name as it was before it was written into a list; one that is no such writing stays as it is, and names nothing. */
function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const contextOf = (viewer: Sight, vintage: Vintage): Context => ({
  viewer,
  vintage,
  meta: metaOf(vintage),
});
