import type { Router } from 'vue-router';
import { type Patch, patched, type Query } from './view-state.ts';

/** The query that the router is on its way to. */
let underway: Query | null = null;

/** Stays on the page with some keys of its query changed. Choices of one moment build upon each other: none takes back another. */
export async function goWith(router: Router, patch: Patch, how: 'push' | 'replace'): Promise<void> {
  const query = patched(underway ?? router.currentRoute.value.query, patch);
  underway = query;
  try {
    await router[how]({ query, hash: '' });
  } finally {
    if (underway === query) underway = null;
  }
}
