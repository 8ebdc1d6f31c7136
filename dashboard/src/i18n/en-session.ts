import type { zhSession } from './zh-session.ts';

/** Which pages there are, signing in and out, and what is whose. */
export const enSession: typeof zhSession = {
  nav: {
    overview: 'Overview',
    belts: 'Belts',
    recovery: 'Recovery',
    clock: 'Clock',
    quality: 'Quality',
    region: 'Regions',
    standing: 'My place',
    reports: 'Reports',
    data: 'Data',
    definitions: 'Method',
    users: 'Users',
    audit: 'Audit',
  },
  session: {
    title: 'Sign in',
    what: 'Whether industrial belts recover, and through which orders. Once signed in, you see what is yours.',
    account: 'With an account',
    name: 'Name',
    password: 'Password',
    signIn: 'Sign in',
    signingIn: 'Signing in …',
    signOut: 'Sign out',
    signOutFailed: 'You are still signed in: the server does not answer. Try again.',
    noAccount: 'No account, or a forgotten password? Ask the administrator.',
    byProvider: 'Sign in with your organisation’s account',
    noRoleHere: 'Your organisation’s account is known, but has no role here. Ask the administrator.',
    providerFailed:
      'Signing in with your organisation’s account failed. Try again; if it fails again, ask the administrator.',
    wrong: 'Name or password is wrong.',
    tooMany: 'Too many failures. Try again in a while.',
    demoMark: 'Demo',
    demoTitle: 'Look around as one of these, without a password',
    demoText:
      'A demo on this machine, with made-up orders. These are closed once orders of your own are loaded or others are served.',
    asking: 'Connecting …',
    failedTitle: 'Who you are cannot be told just now',
    join: ', ',
    noRole: 'no role',
    roles: {
      strategist: 'Strategist',
      official: 'Regional official',
      merchant: 'Merchant',
      engineer: 'Data engineer',
      administrator: 'Administrator',
    },
    does: {
      strategist: 'Indicators, charts and notes of all belts',
      official: 'Monthly figures of the belts of a province',
      merchant: 'Their own shops among peers',
      engineer: 'Loads, rejects and lineage',
      administrator: 'Users and audit',
    },
    demo: {
      'demo-strategist': 'Strategist',
      'demo-official-zhejiang': 'Official of Zhejiang',
      'demo-official-guangdong': 'Official of Guangdong',
      'demo-merchant-1': 'Merchant A of Yiwu',
      'demo-merchant-2': 'Merchant B of Yiwu',
      'demo-engineer': 'Data engineer',
    },
    homeTitle: 'Home',
    welcome: 'Hello, {who}',
    home: {
      official:
        'You are signed in. Your region is under “Regions”: each figure has passed disclosure control, so that no factory can be made out.',
      merchant:
        'You are signed in. Your own figures, and where they stand among your peers, are under “My place”: no peer can be made out.',
      administrator:
        'You are signed in. You say who sees what, and read the audit. An administrator sees no figures, unless they have another role.',
      none: 'You have no role yet. Ask the administrator.',
    },
    notYours: 'This page is not among what your role sees',
    notYoursText: 'Your role: {roles}. If you need this page, ask the administrator.',
    toYours: 'To what is mine',
    loadsElsewhere: 'Loads, reconciliation and rejected rows are for data engineers.',
  },
};
