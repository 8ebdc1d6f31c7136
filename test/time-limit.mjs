/** The time limit of each test of a project, which says it in `globals`. */
import { jest } from '@jest/globals';

jest.setTimeout(1_000 * globalThis.TEST_SECONDS);
