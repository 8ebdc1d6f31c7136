/**
 * Whether a caller has what a validator stands for already, by its `If-None-Match` (RFC 9110, 13.1.2): any of a list, compared
 * weakly, so that one behind a proxy that compresses, and marks the tag as weak, is told so too.
 */
export const hasAlready = (ifNoneMatch: string, tag: string): boolean =>
  ifNoneMatch.split(',').some((one) => strong(one) === strong(tag));

/** Whether a caller has whatever there is. That there is something must be known first. */
export const hasAnything = (ifNoneMatch: string | undefined): boolean => ifNoneMatch?.trim() === '*';

const strong = (tag: string) => tag.trim().replace(/^W\//, '');
