/** The request of a mail program that ends a subscription (RFC 8058) is a form, which no other route takes. */
import { errorCodes, type FastifyInstance } from 'fastify';

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const ONE_CLICK = '/api/v1/mail/unsubscribe';
/** It says `List-Unsubscribe=One-Click`, and nothing more. */
const LARGEST_BYTES = 1_024;

/** Its body is read and not looked at: the link says all, and a form that another site has a browser post bears no link. To be called after forms were refused everywhere. */
export function takeOneClicks(app: FastifyInstance): void {
  app.addHook('onReady', async () => {
    app.addContentTypeParser<Buffer>(
      FORMS,
      { parseAs: 'buffer', bodyLimit: LARGEST_BYTES },
      (request, _body, done) => {
        if (request.routeOptions.url === ONE_CLICK) done(null, undefined);
        else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(request.headers['content-type'] ?? ''));
      },
    );
  });
}
