import type { DemoUser, Role } from '@beltline/contract';
import type { Translate } from '../i18n/translate.ts';

/** What somebody is here for, in the reader's language. */
export const roleWords = (roles: readonly Role[], t: Translate): string =>
  roles.length === 0
    ? t('session.noRole')
    : roles.map((role) => t(`session.roles.${role}`)).join(t('session.join'));

const DEMO_USERS = [
  'demo-strategist',
  'demo-official-zhejiang',
  'demo-official-guangdong',
  'demo-merchant-1',
  'demo-merchant-2',
  'demo-engineer',
] as const;
type KnownDemoUser = (typeof DEMO_USERS)[number];

const isKnown = (name: string): name is KnownDemoUser => (DEMO_USERS as readonly string[]).includes(name);

/** How a user of the demo is called; one that this page does not know by their own name. */
export const demoName = ({ name }: Pick<DemoUser, 'name'>, t: Translate): string =>
  isKnown(name) ? t(`session.demo.${name}`) : name;
