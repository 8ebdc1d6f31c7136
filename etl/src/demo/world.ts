import { type Distributors, chooseDistributors } from './distributors.ts';
import { type Merchants, drawMerchants } from './merchants.ts';
import { type Plan, planOrders } from './plan.ts';
import { type BeltRegistry, readRegistry } from './registry.ts';
import { type Skus, drawSkus } from './skus.ts';

/** Everything that stands before the first order is written: who there is, and how many orders there will be. */
export interface World {
  readonly seed: number;
  readonly lines: number;
  readonly registry: BeltRegistry;
  readonly plan: Plan;
  readonly merchants: Merchants;
  readonly distributors: Distributors;
  readonly skus: Skus;
}

export async function drawWorld(lines: number, seed: number): Promise<World> {
  const registry = await readRegistry();
  const plan = planOrders(
    registry.belts.map((belt) => belt.truth),
    lines,
    seed,
  );
  const merchants = drawMerchants(registry.belts, lines, seed);
  const distributors = chooseDistributors(merchants, registry.belts, plan, seed);
  const skus = drawSkus(merchants, registry.belts, seed);
  return { seed, lines, registry, plan, merchants, distributors, skus };
}
