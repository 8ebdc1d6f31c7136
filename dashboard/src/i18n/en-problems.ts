import type { zhProblems } from './zh-problems.ts';

export const enProblems: typeof zhProblems = {
  problem: {
    'invalid-request': 'The request is not valid',
    'not-found': 'Not found',
    'precondition-failed': 'Someone else has changed this',
    'precondition-required': 'The request does not say which version it changes',
    'key-reused': 'This form has already been saved with something else in it',
    'report-unchanged': 'Nothing to revise: it would say what is published already',
    'engine-unavailable': 'The data engine is not available',
    'engine-overloaded': 'The data engine is busy; try again shortly',
    'figures-damaged': 'Stored figures are damaged and not shown, being wrong; the operator can mend them',
    'store-unavailable': 'The store of users and annotations is not available',
    'not-ready': 'The system is not ready yet',
    'provider-unavailable': 'The identity provider does not answer',
    'not-signed-in': 'Sign in first',
    'code-needed': 'A code is needed',
    'too-many-attempts': 'Tried too often; wait before trying again',
    'too-many-requests': 'Too many requests at once; asked again by itself',
    forbidden: 'Your role does not allow this',
    'forbidden-origin': 'Writing from this origin is not allowed',
    internal: 'Internal error of the server',
    network: 'The server cannot be reached',
    'server-away': 'The server does not answer just now',
    unreadable: 'The answer of the server cannot be understood',
    means: {
      'invalid-request':
        'The server takes one thing of the request for none of its own: an old link as a rule, or an address that was changed. Choose anew.',
      'not-found': 'What was asked for is not there, or not among what you may see.',
      'precondition-failed':
        'What is shown here is no longer the latest. Look at it as it is now, then change it.',
      'precondition-required': 'Reload the page, then change it.',
      'key-reused': 'Reload the page and see what has been saved before saving anything else.',
      'report-unchanged':
        'Its figures are those of the report that is published. A revision is made once something of it differs.',
      'engine-unavailable':
        'Figures cannot be read just now, or have not been compared yet. No orders are lost by that; try again shortly. If it stays so, the log of the program says why: tell whoever runs it.',
      'engine-overloaded':
        'The question would take more time or memory than one may. Narrow it down, or try again shortly.',
      'figures-damaged':
        'Damaged figures are not shown, and not taken for zero either. Whoever runs the program is told what is damaged, and what mends it, by npm run etl -- verify.',
      'store-unavailable':
        'Sign-ins, users and annotations cannot be read, or not be saved, just now. No orders are lost by that. Try again shortly; if it stays so, the log of the program says why: tell whoever runs it.',
      'not-ready':
        'No orders have been loaded yet, or they are being loaded; there are figures once they are.',
      'provider-unavailable':
        'Nobody can sign in through the identity provider just now. Try again shortly, or sign in with a name and password of this product.',
      'not-signed-in': 'You are not signed in, or no longer. Sign in to go on.',
      'code-needed': 'Enter the code that your authenticator shows, or a recovery code.',
      'too-many-attempts': 'So that nobody can guess passwords, wait a little before the next attempt.',
      'too-many-requests': 'Each account and each address may ask only so much in a minute. Wait a moment.',
      forbidden: 'This account may not do that. If you need to, ask an administrator.',
      'forbidden-origin':
        'The request does not come from a page of this product. Open it under its own address and try again.',
      internal:
        'This is a fault of the program and not of what you did. Tell whoever runs it the number of the request below.',
      network: 'See whether your network is connected and the server runs, then try again.',
      'server-away':
        'The server may be starting, or a proxy on the way does not reach it. Try again shortly.',
      unreadable:
        'The answer has not the form of this product and may come from a proxy on the way. Try again; if it stays so, tell whoever runs it.',
    },
    kept: 'Not updated: below is what came last, which may be out of date.',
    details: 'Technical details',
    requestId: 'request',
    retry: 'Retry',
    retrying: 'Retrying…',
  },
};
