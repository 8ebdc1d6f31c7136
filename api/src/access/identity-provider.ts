/**
 * Signing in through the organisation's own identity provider: OpenID Connect, authorization code with PKCE, state and nonce. All of the
 * protocol is `openid-client`'s; ours is where its answers lead.
 */
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { type Grant, grantsBy, type ProviderMapping, readMapping } from './provider-mapping.ts';

/** Clocks of two machines differ by so much before it is a fault. */
const CLOCKS_DIFFER_S = 150;

/** What the browser keeps between leaving for the provider and coming back. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Whom the provider vouches for. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  /** What they may be called, the best first. */
  readonly names: readonly string[];
  readonly grants: readonly Grant[];
}

interface Settings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly redirectUri: string;
  readonly home: string;
  readonly mapping: ProviderMapping;
}

@Injectable()
export class IdentityProvider {
  private readonly settings: Settings | null;

  /** @throws Error where only a part of it is configured, or the mapping is wrong. */
  constructor(@Inject(CONFIG) config: ApiConfig) {
    this.settings = settingsOf(config);
  }

  get isConfigured(): boolean {
    return this.settings !== null;
  }

  /** Where the browser goes, and what it must bring back. @throws ProblemError where the provider cannot be reached. */
  async begin(): Promise<{ readonly url: string; readonly journey: Journey }> {
    const { settings, provider } = await this.opened();
    const journey = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: settings.redirectUri,
      scope: ['openid', 'profile', 'email', ...settings.mapping.scopes].join(' '),
      code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
      state: journey.state,
      nonce: journey.nonce,
    });
    return { url: url.href, journey };
  }

  /**
   * Whom the provider vouches for by what the browser brought back. The ID token's signature, issuer, audience, times and nonce are
   * checked, against the keys that the provider has now. @throws Error, whatever is wrong.
   */
  async finish(query: string, { state, nonce, verifier }: Journey): Promise<Vouched> {
    const { settings, provider } = await this.opened();
    const tokens = await oidc.authorizationCodeGrant(provider, new URL(`${settings.redirectUri}${query}`), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const idToken = tokens.claims();
    if (!idToken) throw new Error('the provider gave no ID token');
    // Many providers tell groups only there; what it says of another subject is refused by the library.
    const told = provider.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(provider, tokens.access_token, idToken.sub)
      : {};
    const claims: Readonly<Record<string, unknown>> = { ...told, ...idToken };
    const names = [settings.mapping.nameClaim, 'preferred_username', 'email', 'name', 'sub'].map(
      (claim) => claims[claim],
    );
    return {
      issuer: idToken.iss,
      subject: idToken.sub,
      names: names.filter((name): name is string => typeof name === 'string' && name.trim() !== ''),
      grants: grantsBy(settings.mapping, claims),
    };
  }

  /** Where the browser goes to leave the provider too; null where that has no such place. */
  async endUrl(): Promise<string | null> {
    const { settings, provider } = await this.opened();
    if (!provider.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: settings.home }).href;
  }

  private async opened(): Promise<{ readonly settings: Settings; readonly provider: oidc.Configuration }> {
    const { settings } = this;
    if (!settings) throw new ProblemError('not-found', 'No identity provider is configured here.');
    try {
      return { settings, provider: await discover(settings) };
    } catch (cause) {
      throw new ProblemError('provider-unavailable', 'The identity provider cannot be reached just now.', {
        cause,
      });
    }
  }
}

/**
 * Asked for at each step: sign-ins are few, and the library looks for new keys only a minute after it looked for the old ones, so
 * that everybody would be refused after a rotation.
 */
async function discover({ issuer, clientId, clientSecret }: Settings): Promise<oidc.Configuration> {
  const isLocal = issuer.protocol === 'http:';
  const provider = await oidc.discovery(
    issuer,
    clientId,
    { [oidc.clockTolerance]: CLOCKS_DIFFER_S },
    clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
    { timeout: 5, execute: isLocal ? [oidc.allowInsecureRequests] : [] },
  );
  // Also where TLS already says whose token it is: a signature by a key that is gone is refused.
  oidc.enableNonRepudiationChecks(provider);
  return provider;
}

function settingsOf(config: ApiConfig): Settings | null {
  const { BELTLINE_OIDC_ISSUER: issuer, BELTLINE_OIDC_CLIENT_ID: clientId } = config;
  const { BELTLINE_OIDC_MAPPING: mapping, BELTLINE_PUBLIC_URL: publicUrl } = config;
  const needed = { issuer, clientId, mapping, publicUrl };
  const missing = Object.entries(needed).filter(([, value]) => value === undefined);
  if (issuer === undefined && clientId === undefined && mapping === undefined) return null;
  if (missing.length > 0 || !issuer || !clientId || !mapping || !publicUrl)
    throw new Error(
      'An identity provider needs all of BELTLINE_OIDC_ISSUER, BELTLINE_OIDC_CLIENT_ID, BELTLINE_OIDC_MAPPING and BELTLINE_PUBLIC_URL.',
    );
  const home = new URL(publicUrl).origin;
  return {
    issuer: new URL(issuer),
    clientId,
    clientSecret: config.BELTLINE_OIDC_CLIENT_SECRET,
    redirectUri: `${home}/api/v1/session/provider/callback`,
    home: `${home}/`,
    mapping: readMapping(mapping),
  };
}
