import type { EntityManager } from 'typeorm';

/**
 * Holds all that decides who may come in until the transaction ends, so that what is looked at beforehand is still so when it is written.
 * To be its first step: everybody who locks these does so in this order. It is done by administrators, so seldom.
 */
export const holdUsers = (manager: EntityManager): Promise<unknown> =>
  manager.query('LOCK TABLE one_time_links, users, user_grants IN SHARE ROW EXCLUSIVE MODE');
