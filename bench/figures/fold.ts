import { renderRecord } from '../../src/core/messages/record.ts';
import { chainEvents } from '../../src/core/record/compose.ts';
import type { ReleaseRecord } from '../../src/core/record/record.ts';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold as foldEvents } from '../../src/core/release/fold.ts';
import { foldOn } from '../../src/core/release/fold-on.ts';
import { replay } from '../../src/core/release/replay.ts';
import { type Figure, type Row, timed } from '../figure.ts';
import { repository } from '../records-branch.ts';
import { lifeOf } from '../synthetic-release.ts';

const shapes = [
  ['20,000 events of 20 activities', { activities: 20, voters: 998 }],
  ['20,000 events of 500 activities', { activities: 500, voters: 37 }],
  ['20,000 events of 2,000 activities', { activities: 2_000, voters: 7 }],
  ['2,000 events of 500 activities', { activities: 500, voters: 1 }],
  ['200 events of 50 activities', { activities: 50, voters: 1 }],
] as const;

/** What is folded when one event more is read: a vote, mostly. */
async function oneMore(events: readonly ReleaseEvent[]): Promise<readonly number[]> {
  const tips = events.map(({ previous }) => previous);
  const recordOf = (count: number): ReleaseRecord => {
    const tip = { release: 'r1', sequence: count, event: tips[count] ?? 'f'.repeat(64) };
    return { release: 'r1', events: events.slice(0, count), tip };
  };
  const [before, after] = [recordOf(events.length - 1), recordOf(events.length)];
  const known = foldOn(undefined, before);
  return timed(7, () => foldOn(known, after));
}

/** What one long release costs: its state, its page, and the proof of its outcomes. */
export const fold: Figure = {
  name: 'fold',
  measure: async () => {
    const rows: Row[] = [];
    for (const [words, size] of shapes) {
      const events = chainEvents('r1', [], lifeOf('r1', size).happenings, repository);
      const target = { of: 'median', most: 200 } as const;
      const samples = await timed(7, () => foldEvents('r1', events));
      rows.push({ figure: `fold, ${words}`, unit: 'ms', samples, target });
      rows.push({
        figure: `fold of one more event, ${words}`,
        unit: 'ms',
        samples: await oneMore(events),
        target: { of: 'median', most: 5 },
      });
      rows.push({
        figure: `page, ${words}`,
        unit: 'ms',
        samples: await timed(3, () => renderRecord(events)),
      });
      rows.push({ figure: `replay, ${words}`, unit: 'ms', samples: await timed(1, () => replay(events)) });
    }
    return rows;
  },
};
