import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Access } from '../platform/http/routes.ts';
import { assertMay } from './access.guard.ts';
import { GuardModule } from './access.module.ts';
import { admit, NOBODY, type Viewer, viewerOf } from './viewer.ts';

class Undeclared {
  read(): string {
    return 'seen';
  }
}
class Declared extends Undeclared {
  override read(): string {
    return super.read();
  }
}
const made = (controller: typeof Undeclared): typeof Undeclared => {
  const method = Object.getOwnPropertyDescriptor(controller.prototype, 'read') as PropertyDescriptor;
  Get('thing')(controller.prototype, 'read', method);
  Controller()(controller);
  return controller;
};
Access('public')(Declared.prototype, 'read', {});

async function start(controller: typeof Undeclared): Promise<NestFastifyApplication> {
  @Module({ imports: [GuardModule], controllers: [made(controller)] })
  class Application {}
  return NestFactory.create<NestFastifyApplication>(Application, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
}

test('a route that does not say who may ask it stops the start, by name', async () => {
  const app = await start(Undeclared);
  await expect(app.init()).rejects.toThrow('Undeclared.read (GET thing) does not say who may ask it');
  const declared = await start(Declared);
  await expect(declared.init()).resolves.toBeDefined();
  await declared.close();
});

const signedIn: Viewer = {
  ...NOBODY,
  user: { id: '1', name: 'a', isDemo: false, hasPassword: true },
  roles: ['engineer'],
  permissions: new Set(['read-loads']),
};

test('what is not allowed is refused with what is missing, and what is not declared to everybody', () => {
  expect(() => assertMay(signedIn, 'read-loads')).not.toThrow();
  expect(() => assertMay(NOBODY, 'public')).not.toThrow();
  expect(() => assertMay(signedIn, 'read-figures')).toThrow(
    expect.objectContaining({ status: 403, message: expect.stringContaining('read-figures') }),
  );
  expect(() => assertMay(NOBODY, 'read-figures')).toThrow(
    expect.objectContaining({ status: 401, message: expect.not.stringContaining('read-figures') }),
  );
  for (const viewer of [signedIn, NOBODY]) expect(() => assertMay(viewer, undefined)).toThrow();
});

test('who asks is said once, and cannot be changed after', () => {
  const request = {};
  admit(request, signedIn);
  expect(viewerOf(request)).toBe(signedIn);
  expect(Object.isFrozen(viewerOf(request))).toBe(true);
  expect(() => admit(request, NOBODY)).toThrow('once');
});
