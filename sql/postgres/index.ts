export { holdPublications } from './publications/hold-publications.ts';
export { accessChanges } from './access/access-changes.ts';
export { type AuditRecord, appendAudit, type ChainState, verifyAudit } from './access/audit-chain.ts';
export { ApiTokenEntity } from './access/api-token.entity.ts';
export { AttemptEntity } from './access/attempt.entity.ts';
export { AuditEntity } from './access/audit.entity.ts';
export { HalfSignInEntity } from './access/half-sign-in.entity.ts';
export { OneTimeLinkEntity } from './access/one-time-link.entity.ts';
export { IdentityEntity } from './access/identity.entity.ts';
export { RecoveryCodeEntity, SecondFactorEntity } from './access/second-factor.entity.ts';
export { SessionEntity } from './access/session.entity.ts';
export { type GrantKind, UserEntity, UserGrantEntity } from './access/user.entity.ts';
export { AnnotationEntity } from './annotation.entity.ts';
export { KeptFactsEntity } from './benchmark/kept-facts.entity.ts';
export { PeerBuyersEntity } from './benchmark/peer-buyers.entity.ts';
export { MailAddressEntity, MailDeliveryEntity, MailSubscriptionEntity } from './mail/mail.entity.ts';
export { forgetDeliveries, forgetDropped, planReports, planStandings } from './mail/mail-queries.ts';
export { PeerTurnoverEntity } from './benchmark/peer-turnover.entity.ts';
export {
  openPostgres,
  type PostgresLocation,
  type PostgresStore,
  prepareServer,
  StoreBusyError,
} from './data-source.ts';
export { mayAlterAudit } from './server-accounts.ts';
export {
  activeJobs,
  bringForward,
  countJobs,
  JOB_SCHEMA,
  jobDatabase,
  jobsToDo,
  type KeptJob,
} from './releases/job-database.ts';
export {
  NOT_NEXT,
  OVERTAKEN,
  PublicationEntity,
  PublicationFileEntity,
  PublicationNumberEntity,
  PublicationStateEntity,
  PublicationWithdrawalEntity,
} from './publications/publication.entity.ts';
export { ReleaseAreaEntity, ReleaseEntity, ReleaseLeaversEntity } from './releases/release.entity.ts';
export { StoreUnreachableError } from './server-store.ts';
export { StoreDamagedError } from './embedded-folder.ts';
export { KeptSeriesEntity } from './versions/kept-series.entity.ts';
export { pruneKeptSeries } from './versions/prune-kept-series.ts';
