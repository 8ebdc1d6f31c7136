/** `npm start`: one process from here to the end, so that whoever ends it ends everything. */
import { fail, prepare } from './prepare.mjs';

try {
  await prepare(['@beltline/api', '@beltline/dashboard', '@beltline/etl']);
  const { serve } = await import('../dist/launch/serve.js');
  await serve(process.env);
} catch (error) {
  fail(error);
}
