import { z } from 'zod';
import { LoadRefusedError } from './load-error.ts';
import type { LoadSession, Parameters } from './load-session.ts';

const change = z.object({
  local_from: z.string(),
  local_to: z.string(),
  offset_before: z.number(),
  is_sound: z.coerce.number(),
});

/**
 * The program's list of zones is not the engine's: it takes another name of a zone in any capitals, and zones that are newer than the engine.
 * @throws LoadRefusedError that names the key and the zone.
 */
export async function refuseUnknownZones(
  session: LoadSession,
  zones: Readonly<Record<string, string>>,
): Promise<void> {
  const parameters = { zones: Object.values(zones) };
  const unknown = await session.rows('unknown-zones', z.object({ zone: z.string() }), { parameters });
  const keys = Object.entries(zones).filter(([, zone]) => unknown.some((row) => row.zone === zone));
  if (keys.length > 0)
    throw new LoadRefusedError(
      keys.map(([key, zone]) => `${key}: the engine has no time zone ${zone}.`).join(' ') +
        ' Nothing was changed. Write it as IANA does, such as Asia/Shanghai, or name an older zone of the same clocks.',
    );
}

/**
 * Local times of a zone that a change of the clocks skips or repeats, as parameters of `stage-lines.sql`; empty lists
 * where the zone's clocks never change, which costs nothing per row.
 * @throws LoadRefusedError where the engine's table of the zone contradicts itself: local times would be given to other days.
 */
export async function clockChanges(session: LoadSession, timeZone: string): Promise<Parameters> {
  const changes = await session.rows('clock-changes', change, { parameters: { time_zone: timeZone } });
  if (changes.some(({ is_sound }) => !is_sound))
    throw new LoadRefusedError(
      `timeZone: the engine's table of ${timeZone} is wrong about changes of its clocks, so local times near them would be counted on other days. ` +
        'Nothing was changed. Export times in UTC, and set timeZone to UTC; businessTimeZone may stay.',
    );
  const days = changes.flatMap(({ local_from: from, local_to: to }) => [from.slice(0, 10), to.slice(0, 10)]);
  return {
    shift_from: changes.map((row) => row.local_from),
    shift_to: changes.map((row) => row.local_to),
    shift_offset: changes.map((row) => row.offset_before),
    shift_days: [...new Set(days)],
  };
}
