/**
 * Who is signed in, for the whole page. The server decides what may be asked; this only keeps the page from offering what would be
 * refused, and takes everything off the page the moment nobody, or somebody else, is signed in: here, in another tab, or
 * because the session has ended.
 */
import type {
  BothShown,
  DemoUser,
  MadeRecoveryCodes,
  PasswordChange,
  Permission,
  Session,
} from '@beltline/contract';
import { computed, inject, onScopeDispose, provide, shallowRef, watch, type InjectionKey } from 'vue';
import { answers } from '../api/answers.ts';
import { ProblemError } from '../api/problem-error.ts';
import { secondFactorCommands, sessionCommands } from '../api/questions.ts';
import { signedOut } from '../api/signed-out.ts';

/** `failed`: nobody knows, because the server does not say. */
export type SessionState = 'asking' | 'signed-out' | 'signed-in' | 'failed';

const CHANNEL = 'beltline-session';
/** How soon a server that did not answer is asked again. */
const AGAIN_MS = 3_000;

const SESSION: InjectionKey<ReturnType<typeof startSession>> = Symbol('session');

export function startSession() {
  const session = shallowRef<Session | null>(null);
  const error = shallowRef<ProblemError | null>(null);
  const asked = shallowRef(false);
  const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whoever was asked while another began to ask is late. */
  let latest = 0;
  let isLooking = false;

  const state = computed<SessionState>(() => {
    if (session.value !== null) return 'signed-in';
    if (error.value !== null) return 'failed';
    return asked.value ? 'signed-out' : 'asking';
  });

  /** What one user was told is not shown to the next, nor to nobody. */
  function become(next: Session | null): void {
    const isSame = session.value?.user.id === next?.user.id;
    session.value = next;
    error.value = null;
    asked.value = true;
    if (!isSame) answers.clear();
  }

  /** What was asked before no longer matters. */
  function overtake(): number {
    clearTimeout(timer);
    isLooking = false;
    return ++latest;
  }

  async function look(): Promise<void> {
    const mine = overtake();
    isLooking = true;
    try {
      const found = await sessionCommands.current();
      if (mine === latest) become(found);
    } catch (cause) {
      if (mine !== latest) return;
      if (cause instanceof ProblemError && cause.status === 401) return become(null);
      error.value = cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable' });
      timer = setTimeout(() => void look(), AGAIN_MS);
    } finally {
      if (mine === latest) isLooking = false;
    }
  }

  async function enter(signingIn: Promise<Session>): Promise<void> {
    const found = await signingIn;
    overtake();
    become(found);
    tabs?.postMessage('changed');
  }

  /** The session goes on as a new one; all others end. @returns the recovery codes that came with it */
  async function renew(making: Promise<MadeRecoveryCodes>): Promise<readonly string[]> {
    const { recoveryCodes, session: renewed } = await making;
    await enter(Promise.resolve(renewed));
    return recoveryCodes;
  }

  /** Nothing stays on the page, also where the server cannot be told; then it is said, because the session goes on there. */
  async function leave(leaving: () => Promise<unknown>): Promise<void> {
    const isFromProvider = session.value !== null && !session.value.isDemo && !session.value.hasPassword;
    await leaving();
    overtake();
    become(null);
    tabs?.postMessage('changed');
    // Else the next person at this browser would be let in again without being asked.
    if (isFromProvider) window.location.assign('/api/v1/session/provider/end');
  }

  if (tabs) tabs.onmessage = () => void look();
  watch(signedOut, () => {
    // That nobody is signed in is also what looking may find.
    if (session.value !== null && !isLooking) void look();
  });
  /** A page that the browser kept as it was, and shows again after Back. */
  const shownAgain = (event: PageTransitionEvent): void => {
    if (event.persisted) void look();
  };
  window.addEventListener('pageshow', shownAgain);
  void look();
  onScopeDispose(() => {
    overtake();
    tabs?.close();
    window.removeEventListener('pageshow', shownAgain);
  });

  return {
    state,
    session,
    error,
    look,
    may: (permission: Permission): boolean => session.value?.permissions.includes(permission) ?? false,
    signIn: (name: string, password: string) => enter(sessionCommands.begin({ name, password })),
    /** The second step, where the first was answered with `code-needed`. */
    signInByCode: (code: string) => enter(sessionCommands.showCode({ code })),
    signInToDemo: ({ name }: Pick<DemoUser, 'name'>) => enter(sessionCommands.beginDemo({ name })),
    signInByLink: (token: string, password: string) =>
      enter(sessionCommands.beginByLink({ token, password })),
    /** The session goes on as a new one; all others end. */
    changePassword: (change: PasswordChange) => enter(sessionCommands.changePassword(change)),
    confirmSecondFactor: (code: string) => renew(secondFactorCommands.confirm({ code })),
    renewRecoveryCodes: (both: BothShown) => renew(secondFactorCommands.renewCodes(both)),
    endSecondFactor: (both: BothShown) => enter(secondFactorCommands.end(both)),
    signOut: () => leave(sessionCommands.end),
    signOutEverywhere: () => leave(sessionCommands.endAll),
  };
}

export function provideSession() {
  const started = startSession();
  provide(SESSION, started);
  return started;
}

export function useSession() {
  const started = inject(SESSION);
  if (!started) throw new Error('the session is not provided');
  return started;
}
