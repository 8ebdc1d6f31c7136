/** What is wanted of mail, as single statements: each may be done again, by whichever process, and adds nothing twice. */
import type { DataSource } from 'typeorm';

/** Whoever has said that the address is theirs, and whose address has not refused too many. */
const REACHED = `JOIN mail_addresses a ON a.user_id = s.user_id AND a.confirmed_at IS NOT NULL AND a.stopped_at IS NULL`;
const ADDED = `(id, user_id, topic, item, subscription_id, state, planned_at)`;

/**
 * A mail to each subscriber of each edition that was released after they subscribed, and not before `since`. Who subscribed while the clock was ahead is
 * a subscriber now.
 */
export const planReports = (store: DataSource, now: Date, since: Date): Promise<unknown> =>
  store.query(
    `INSERT INTO mail_deliveries ${ADDED}
     SELECT gen_random_uuid(), s.user_id, 'report', n.publication_id::text, s.id, 'waiting', $1::timestamptz
     FROM publication_numbers n
     JOIN publications p ON p.id = n.publication_id
     JOIN mail_subscriptions s
       ON s.topic = 'report' AND (s.source, s.kind, s.region) = (p.source, p.kind, p.region)
     ${REACHED}
     WHERE n.released_at >= $2::timestamptz AND (n.released_at >= s.created_at OR s.created_at > $1::timestamptz + interval '5 minutes')
       AND NOT EXISTS (
         SELECT FROM mail_deliveries d
         WHERE (d.user_id, d.topic, d.item) = (s.user_id, 'report', n.publication_id::text)
       )
     ON CONFLICT (user_id, topic, item) DO NOTHING`,
    [now, since],
  );

/** A mail of a month to each merchant who wants one and has an owner in the source. */
export const planStandings = (
  store: DataSource,
  now: Date,
  of: { readonly source: string; readonly month: string },
): Promise<unknown> =>
  store.query(
    `INSERT INTO mail_deliveries ${ADDED}
     SELECT gen_random_uuid(), s.user_id, 'standing', $2::text || ' ' || $3::text, s.id, 'waiting', $1::timestamptz
     FROM mail_subscriptions s
     ${REACHED}
     WHERE s.topic = 'standing'
       AND EXISTS (
         SELECT FROM user_grants g
         WHERE g.user_id = s.user_id AND g.kind = 'owner' AND starts_with(g.value, $2::text || ':')
       )
       AND NOT EXISTS (
         SELECT FROM mail_deliveries d
         WHERE (d.user_id, d.topic, d.item) = (s.user_id, 'standing', $2::text || ' ' || $3::text)
       )
     ON CONFLICT (user_id, topic, item) DO NOTHING`,
    [now, of.source, of.month],
  );

/**
 * Forgets the mails of a merchant's month that were never handed over, and ended before an instant: whoever may read the page again since, or has switched the mail
 * on again, is planned anew. Their jobs have ended, so a mail that is tried again is another one.
 */
export const forgetDropped = (
  store: DataSource,
  before: Date,
  of: { readonly source: string; readonly month: string },
): Promise<unknown> =>
  store.query(
    `DELETE FROM mail_deliveries
     WHERE topic = 'standing' AND item = $2::text || ' ' || $3::text AND state = 'dropped' AND done_at < $1::timestamptz`,
    [before, of.source, of.month],
  );

/** Forgets what ended before an instant. Not of merchants' months: what was sent of the latest must be known however old it is. */
export const forgetDeliveries = (store: DataSource, before: Date): Promise<unknown> =>
  store.query(`DELETE FROM mail_deliveries WHERE topic <> 'standing' AND done_at < $1::timestamptz`, [
    before,
  ]);
