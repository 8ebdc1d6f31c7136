/** The matrix of who may ask what (access-matrix-kit.ts), where figures come from the engine. */
import { matrix } from './access-matrix-kit.ts';

matrix('the engine', { BELTLINE_SUMS_MB: '0', BELTLINE_MERCHANTS_MB: '0' });
