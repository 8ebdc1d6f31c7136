import { Header, Headers, HttpCode, Inject, Req, Res } from '@nestjs/common';
import {
  type AddedUser,
  addedUser,
  newUser,
  type NewUserBody,
  type OneTimeLink,
  oneTimeLink,
  type User,
  user,
  type UserChange,
  userChange,
  userPath,
  type UsersAnswer,
  users,
} from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, Body, Controller, Get, Param, Post, Put } from '../platform/http/routes.ts';
import { UserAdminService } from './user-admin.service.ts';
import { doerOf } from './doer.ts';

type UserPath = z.output<typeof userPath>;

/** Who can sign in, and what they are given. */
@Controller('users')
export class UsersController {
  constructor(@Inject(UserAdminService) private readonly admin: UserAdminService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Users',
    schema: users,
    summary: 'Everybody who can sign in, by name, with what they are given',
    access: 'manage-users',
  })
  async list(): Promise<UsersAnswer> {
    return { users: await this.admin.list() };
  }

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'AddedUser',
    schema: addedUser,
    summary: 'Adds a user; the link by which they set their password is told this once',
    access: 'manage-users',
    status: 201,
    problems: [413, 415],
  })
  add(@Body({ schema: newUser }) body: NewUserBody, @Req() request: FastifyRequest): Promise<AddedUser> {
    return this.admin.add(body, doerOf(request));
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'User',
    schema: user,
    summary: 'One user',
    access: 'manage-users',
    problems: [404],
    tagged: true,
  })
  one(
    @Param({ schema: userPath }) { id }: UserPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    return tagged(reply, this.admin.one(id));
  }

  @Put(':id')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'User',
    schema: user,
    summary:
      'Replaces what a user in the state that If-Match names is given, lets them in or not, and ends their sessions',
    access: 'manage-users',
    problems: [404, 412, 413, 415, 428],
    requires: ['If-Match'],
    tagged: true,
  })
  change(
    @Param({ schema: userPath }) { id }: UserPath,
    @Body({ schema: userChange }) body: UserChange,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    return tagged(reply, this.admin.change(id, body, ifMatch, doerOf(request)));
  }

  @Post(':id/link')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'OneTimeLink',
    schema: oneTimeLink,
    summary: 'Makes a link by which a user sets a new password, in the place of the one before',
    access: 'manage-users',
    status: 201,
    problems: [404],
  })
  link(@Param({ schema: userPath }) { id }: UserPath, @Req() request: FastifyRequest): Promise<OneTimeLink> {
    return this.admin.link(id, doerOf(request));
  }
}

/** The user, with their state in the header as well. */
async function tagged(reply: FastifyReply, asked: Promise<User>): Promise<User> {
  const found = await asked;
  void reply.header('etag', found.etag);
  return found;
}
