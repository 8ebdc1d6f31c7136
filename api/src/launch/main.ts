/** The product where it is already built, as in a container: no preparation, only `serve`. */
import { serve } from './serve.ts';

try {
  await serve(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
