import { Inject, Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessTo } from '../platform/http/routes.ts';

/** Looks at every route of every controller when the program starts: one that does not say who may ask it stops the start. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const open = this.routes().filter(({ handler }) => accessTo(handler) === undefined);
    if (open.length === 0) return;
    const names = open.map(({ name }) => name).join(', ');
    throw new Error(`Not started: ${names} does not say who may ask it; add access to @Answers, or @Access.`);
  }

  private routes(): { readonly name: string; readonly handler: object }[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((method) => ({ method, handler: prototype[method] as object }))
        .filter(({ handler }) => Reflect.getMetadata(METHOD_METADATA, handler) !== undefined)
        .map(({ method, handler }) => {
          const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
          const path = String(Reflect.getMetadata(PATH_METADATA, handler));
          return { name: `${metatype?.name}.${method} (${verb} ${path})`, handler };
        });
    });
  }
}
