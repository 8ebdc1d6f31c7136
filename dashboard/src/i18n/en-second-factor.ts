import type { zhSecondFactor } from './zh-second-factor.ts';

/** Where the second step of signing in is turned on and off. */
export const enSecondFactor: typeof zhSecondFactor = {
  secondFactor: {
    title: 'Second step at sign-in',
    text: 'Beside the password, sign-in asks for a code of six digits that an authenticator on your phone (such as Microsoft Authenticator or FreeOTP) makes anew every 30 seconds. Who learns your password does not get in.',
    isOff: 'Off',
    isOn: 'On',
    since: 'since {time}',
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    codesLeft: 'Recovery codes left: {left}.',
    fewLeft: 'Make new ones before they run out.',
    makeCodes: 'New recovery codes',
    noPassword:
      'You sign in by your organisation: whether there is a second step is decided by its identity provider.',
    noKey:
      'It cannot be turned on: the server has no BELTLINE_SECRETS_KEY to encrypt with. Ask whoever runs it.',
    notAnAdministrator: 'You are an administrator no more: once off, it cannot be turned on again.',
    turnOnTitle: 'Turn the second step on',
    passwordText: 'First your password again.',
    password: 'Password',
    next: 'Next',
    asking: 'Checking …',
    scanText:
      'Scan it with your authenticator, then type the code that it shows. Until that is right, sign-in stays as it is.',
    qr: 'QR code for your authenticator; if you cannot scan it, use the key below',
    secret: 'Cannot scan? Type this key into the authenticator, as a time based one',
    copySecret: 'Copy the key',
    code: 'Code',
    codeHint: 'Six digits',
    confirm: 'Turn on',
    doneTitle: 'It is on: keep your recovery codes',
    renewedTitle: 'Your new recovery codes',
    codesText:
      'They are shown this once. Each lets you in once when your phone is not at hand. Keep them somewhere safe that is not the phone.',
    codesLabel: 'Recovery codes',
    copyAll: 'Copy all',
    download: 'Save as a file',
    fileHead: 'Recovery codes of Beltline ({who}); each works once',
    saved: 'I have kept them',
    renewText: 'All earlier recovery codes end, and you are signed out everywhere else.',
    renew: 'Make them',
    offTitle: 'Turn the second step off?',
    offText: 'The password alone will do from then on. You are signed out everywhere else.',
    off: 'Turn off',
    either: 'Code or recovery code',
    changed: 'It is off. You are signed out everywhere else.',
    faults: {
      password: 'This is not the password.',
      passwordMissing: 'Type your password.',
      code: 'Wrong, or used before. Wait for the next code of the authenticator.',
      missing: 'Type the code.',
      over: 'More than ten minutes have passed. Close this and begin again.',
    },
  },
};
