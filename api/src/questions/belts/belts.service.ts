import { Inject, Injectable } from '@nestjs/common';
import type { Belt, BeltAnswer, BeltsAnswer } from '@beltline/contract';
import type { Viewer } from '../../access/viewer.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { notFound } from '../../platform/problem/problem-error.ts';
import { BeltSearch } from './belt-search.ts';

const SEARCH = { kind: 'series', name: 'belt-search' } as const;

/** The belts that a viewer may see, and what of them a text finds. */
@Injectable()
export class BeltsService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(VersionCache) private readonly cache: VersionCache,
  ) {}

  /** Belts of a province or that a text finds, the best first; all of them without either. */
  async list(
    viewer: Viewer,
    question: { source?: string; q?: string; province?: string },
  ): Promise<BeltsAnswer> {
    const context = await this.contexts.resolve(viewer, question, 'version');
    const { q, province } = question;
    const all = await this.registry.visible(context.vintage);
    const found = q === undefined ? all : await this.searched(context, q, all);
    const belts = province === undefined ? found : found.filter((belt) => belt.province === province);
    return { meta: context.meta, belts };
  }

  /** @throws ProblemError where there is no such belt among what the viewer may see. */
  async one(viewer: Viewer, beltId: string, source: string | undefined): Promise<BeltAnswer> {
    const context = await this.contexts.resolve(viewer, { source }, 'version');
    const problem = () => notFound('beltId: there is no such belt');
    const belt = await this.contexts.seenBelt(context.vintage, beltId, problem);
    return { meta: context.meta, belt };
  }

  private async searched({ vintage }: Context, q: string, all: readonly Belt[]): Promise<Belt[]> {
    const search = await this.cache.of(vintage, SEARCH, {}, () => BeltSearch.over(all));
    return search.find(q);
  }
}
