/**
 * What a request was refused, beside the request and not in its answer: the audit is told what the caller is not. Kept by the request
 * itself, so that it is gone with it.
 */
const refusals = new WeakMap<object, string>();

/** Says why a request is refused; the first reason stays. */
export function noteRefusal(request: object, why: string): void {
  if (!refusals.has(request)) refusals.set(request, why);
}

/** Why a request was refused; null where nothing beyond its status was said. */
export const refusalOf = (request: object): string | null => refusals.get(request) ?? null;
