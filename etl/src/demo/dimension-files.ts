import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MONTH_START, dateLabel } from './calendar.ts';
import { merchantId, ownerId, skuId } from './codes.ts';
import type { DemoFile } from './manifest.ts';
import { drawProfiles } from './merchant-profiles.ts';
import type { Merchants } from './merchants.ts';
import { Random } from './random.ts';
import type { BeltRegistry } from './registry.ts';
import type { Skus } from './skus.ts';

/** RFC 4180 with quotes only where they are needed. */
function csv(fields: readonly (string | number)[]): string {
  return (
    fields
      .map(String)
      .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
      .join(',') + '\n'
  );
}

/** Writes `belts.csv`, `merchants.csv`, `memberships.csv` and `skus.csv`; they are small and held in memory. */
export async function writeDimensions(
  folder: string,
  registry: BeltRegistry,
  merchants: Merchants,
  skus: Skus,
  seed: number,
): Promise<DemoFile[]> {
  const files: DemoFile[] = [];
  const put = async (name: string, rows: number, content: Buffer | string): Promise<void> => {
    const bytes = Buffer.from(content as string);
    await writeFile(join(folder, name), bytes, { flag: 'wx', mode: 0o600 });
    files.push({ name, rows, bytes: bytes.length });
  };
  await put('belts.csv', registry.belts.length, registry.bytes);
  await put('merchants.csv', merchants.count, merchantRows(registry, merchants, seed));
  const memberships = membershipRows(registry, merchants, seed);
  await put('memberships.csv', memberships.length - 1, memberships.join(''));
  await put('skus.csv', skus.count, skuRows(registry, merchants, skus));
  return files;
}

function merchantRows(registry: BeltRegistry, merchants: Merchants, seed: number): string {
  let text =
    'merchant_id,name,owner_id,size,is_factory,founded_on,takeover_on,successor_born,successor_education,tags\n';
  let index = 0;
  for (const p of drawProfiles(merchants, registry.belts, seed)) {
    text += csv([
      merchantId(index++),
      p.name,
      ownerId(p.owner),
      p.size,
      p.factory ? 1 : 0,
      p.founded,
      p.takeover,
      p.successorBorn,
      p.successorEducation,
      p.tags.join('|'),
    ]);
  }
  return text;
}

/** Half-open: a move's last day in the old belt is the day before `valid_to`. A merchant that leaves stays a member. */
function membershipRows(registry: BeltRegistry, merchants: Merchants, seed: number): string[] {
  const random = new Random(seed, 'memberships');
  const rows = ['merchant_id,belt_id,valid_from,valid_to\n'];
  for (let index = 0; index < merchants.count; index++) {
    const id = merchantId(index);
    const entry = merchants.entry[index]!;
    const from = dateLabel(MONTH_START[entry]! - (entry === 0 ? random.below(2_000) : random.below(25)));
    const to = merchants.movedTo[index]!;
    const moved = to < 0 ? '' : dateLabel(MONTH_START[merchants.movedIn[index]!]!);
    rows.push(csv([id, registry.belts[merchants.belt[index]!]!.id, from, moved]));
    if (to >= 0) rows.push(csv([id, registry.belts[to]!.id, moved, '']));
  }
  return rows;
}

function skuRows(registry: BeltRegistry, merchants: Merchants, skus: Skus): string {
  let text = 'sku_id,merchant_id,category,listed_on\n';
  for (let sku = 0; sku < skus.count; sku++) {
    const merchant = skus.merchant[sku]!;
    const { categories } = registry.belts[merchants.belt[merchant]!]!;
    text += csv([
      skuId(sku),
      merchantId(merchant),
      categories[skus.category[sku]!]!,
      dateLabel(skus.listed[sku]!),
    ]);
  }
  return text;
}
