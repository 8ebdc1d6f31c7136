import { Module, type Type } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccountController } from './account.controller.ts';
import { AccessCount } from './access-count.ts';
import { AccountService } from './account.service.ts';
import { AccessGuard } from './access.guard.ts';
import { AuditController } from './audit.controller.ts';
import { AuditRecordsService } from './audit-records.service.ts';
import { AuditService } from './audit.service.ts';
import { DeclaredRoutes } from './declared-routes.ts';
import { DemoUsers } from './demo-users.ts';
import { HalfSignIns } from './half-sign-ins.service.ts';
import { IdentityProviderController } from './identity-provider.controller.ts';
import { IdentityProvider } from './identity-provider.ts';
import { LinkController } from './link.controller.ts';
import { LinksService } from './links.service.ts';
import { OwnSecondFactorService } from './own-second-factor.service.ts';
import { PresentPassword } from './present-password.ts';
import { ProviderUsers } from './provider-users.service.ts';
import { SecondFactorController } from './second-factor.controller.ts';
import { SecondFactors } from './second-factors.service.ts';
import { SecondStepService } from './second-step.service.ts';
import { SecretKeys } from './secret-keys.ts';
import { RefusalLog } from './refusal-log.ts';
import { RequestLimits } from './request-limits.ts';
import { SessionController } from './session.controller.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { SignInService } from './sign-in.service.ts';
import { TokensController } from './tokens.controller.ts';
import { TokensService } from './tokens.service.ts';
import { UserAccessController } from './user-access.controller.ts';
import { UserAccessService } from './user-access.service.ts';
import { UserAdminService } from './user-admin.service.ts';
import { UserImportController } from './user-import.controller.ts';
import { UserImportService } from './user-import.service.ts';
import { UsersController } from './users.controller.ts';
import { UsersService } from './users.service.ts';

export const ACCESS_CONTROLLERS: readonly Type[] = [
  SessionController,
  AccountController,
  LinkController,
  SecondFactorController,
  UsersController,
  UserAccessController,
  UserImportController,
  TokensController,
  AuditController,
];

/** One guard before every route, and no start with a route that it knows nothing of. */
@Module({
  imports: [DiscoveryModule],
  providers: [DeclaredRoutes, { provide: APP_GUARD, useClass: AccessGuard }],
})
export class GuardModule {}

/** The door: who comes in, and as whom. */
@Module({
  imports: [GuardModule],
  controllers: [...ACCESS_CONTROLLERS, IdentityProviderController],
  providers: [
    AccessCount,
    AccountService,
    AuditRecordsService,
    AuditService,
    DemoUsers,
    HalfSignIns,
    IdentityProvider,
    LinksService,
    OwnSecondFactorService,
    PresentPassword,
    ProviderUsers,
    SecondFactors,
    SecondStepService,
    SecretKeys,
    RefusalLog,
    RequestLimits,
    SessionsService,
    SignInLimits,
    SignInService,
    TokensService,
    UserAccessService,
    UserAdminService,
    UserImportService,
    UsersService,
  ],
  exports: [AuditService, DemoUsers, SecretKeys, SessionsService, UsersService],
})
export class AccessModule {}
