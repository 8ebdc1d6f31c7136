import { batch, type Batch, batchState, type BatchState } from '@beltline/contract';
import type { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { monthOf } from '../../core/calendar.ts';

type Row = z.output<typeof queries.loads.row>;
type RuleRow = z.output<typeof queries.rejectsByRule.row>;
type Side = 'read' | 'loaded' | 'superseded' | 'rejected' | 'ignored';

function reconciliation(row: Row): Batch['reconciliation'] {
  return (['lines', 'quantity', 'amount'] as const).map((measure) => {
    const side = (name: Side) => row[`${name}_${measure}`];
    return {
      measure,
      read: side('read') / 100,
      loaded: side('loaded') / 100,
      superseded: side('superseded') / 100,
      rejected: side('rejected') / 100,
      ignored: side('ignored') / 100,
      balanced: side('read') === side('loaded') + side('superseded') + side('rejected') + side('ignored'),
    };
  });
}

/** A batch as the wire shows it, from its newest event and what its rules rejected. */
export function batchOf(row: Row, rules: readonly RuleRow[]): Batch {
  const isCommitted = row.state === 'committed';
  return {
    batchId: row.batch_id,
    source: row.source,
    state: batchState.parse(row.state) satisfies BatchState,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    act: row.act === '' ? null : batch.shape.act.parse(row.act),
    actor: row.actor || null,
    reason: row.reason || null,
    undone: row.undone === 1,
    dataVersion: isCommitted && row.published ? row.batch_id : null,
    months: row.month_list.map(monthOf),
    message: row.message,
    reconciliation: reconciliation(row),
    rejectsByRule: rules
      .filter((rule) => rule.batch_id === row.batch_id)
      .map((rule) => ({ rule: rule.rule_name, field: rule.field_name, rows: rule.row_count })),
    ignoredByReason: row.ignored_reasons
      .map((reason, index) => ({ reason, rows: row.ignored_counts[index] ?? 0 }))
      .sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1)),
    warningsByRule: Object.entries(row.warnings)
      .map(([rule, rows]) => ({ rule, rows }))
      .sort((a, b) => b.rows - a.rows || (a.rule < b.rule ? -1 : 1)),
  };
}
