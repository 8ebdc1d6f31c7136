/** Who may see a publication: whoever may see all that it says. It is read whole or not at all. */
import { liesIn, seesSource, type Sight, type Viewer } from '../../access/viewer.ts';
import type { AreaBelt } from '../../releases/released-areas.service.ts';
import type { AreaKey } from '../../releases/releases.service.ts';
import type { Row } from './publication-store.service.ts';

export const sees = (viewer: Viewer, { source, kind, about }: Row): boolean =>
  seesSource(viewer, source) && seesAll(viewer, { kind, belts: about.belts });

/** The nation is seen by who sees a release at all; other areas by who sees each belt that lay in them when the month was released. */
export const seesAll = (
  viewer: Pick<Sight, 'belts' | 'regions'>,
  { kind, belts }: Pick<AreaKey, 'kind'> & { readonly belts: readonly AreaBelt[] },
): boolean =>
  viewer.belts === 'everything' ||
  kind === 'nation' ||
  (belts.length > 0 &&
    belts.every(({ id, adcode }) => viewer.belts.includes(id) || liesIn(viewer.regions ?? [], adcode)));

export const mayPublish = ({ permissions }: Viewer): boolean => permissions.has('publish-reports');
