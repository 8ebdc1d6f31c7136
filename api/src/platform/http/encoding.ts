import { Negotiator } from '@fastify/accept-negotiator';

export type Encoding = 'br' | 'gzip' | 'identity';

const ENCODINGS: readonly Encoding[] = ['br', 'gzip', 'identity'];
const negotiator = new Negotiator({ supportedValues: [...ENCODINGS] });

/**
 * The encoding that an answer has for who sends this `Accept-Encoding`: as the plugin that compresses answers chooses it, by
 * weight (`q=0` is a refusal), and plain where none of ours is accepted.
 */
export function preferredEncoding(accepted: string | undefined): Encoding {
  const chosen = negotiator.negotiate((accepted ?? '').toLowerCase().replaceAll('x-gzip', 'gzip'));
  return ENCODINGS.find((one) => one === chosen) ?? 'identity';
}
