// How activities of a release stand, as far as its record tells.

import { isMachine, type ReleaseSpec } from './subject.ts';

/** A workflow that was ordered: when and on which commit, what the host answered, and how its run ended. */
export type Ordered = {
  readonly at: number;
  readonly file: string;
  readonly commit: string;
  readonly answer?: number | 'refused';
  readonly ended?: { readonly conclusion: string; readonly path: string; readonly commit: string };
};

/** The newest attempt of an activity. */
export type Stand = {
  readonly attempt: number;
  readonly ended?: 'approved' | 'rejected' | 'expired' | 'succeeded' | 'failed' | 'superseded' | 'aborted';
  readonly overruled?: 'retry' | 'ignore';
  readonly deferred?: true;
  /** Nobody had to look at it. */
  readonly automatic?: true;
  /** The last approval's answer. */
  readonly risk?: string;
  /** What it has open; gone when it is shut or ends. */
  readonly open?: {
    readonly environment: string;
    readonly commit: string;
    readonly at: number;
    readonly until?: number;
  };
  /** Custodians lifted freezes and windows. */
  readonly lifted?: true;
  /** The one try of a run that it let in, and how that ended. */
  readonly admitted?: { readonly run: number; readonly attempt: number; readonly ended?: string };
  /** What became of it outside. */
  readonly report?: 'success' | 'failure' | 'taken';
  /** The workflow that was ordered for it, and what came of that. */
  readonly ordered?: Ordered;
};

/** A release as far as its record tells it. */
export type Life = {
  readonly stands: Map<string, Stand>;
  readonly skipped: Set<string>;
  ended: string | undefined;
  /** Runs that it knows to be its own. */
  readonly runs: Set<number>;
  /** Something was cancelled while its environment was open. */
  cutShort: boolean;
};

export const createLife = (): Life => ({
  stands: new Map(),
  skipped: new Set(),
  ended: undefined,
  runs: new Set(),
  cutShort: false,
});

export function end(life: Life, activity: string, ended: Stand['ended']): void {
  const stand = life.stands.get(activity);
  if (!stand || !ended) return;
  const { open: _, ...rest } = stand;
  life.stands.set(activity, { ...rest, ended });
}

export const isFailure = (stand: Stand | undefined): stand is Stand =>
  (stand?.ended === 'rejected' || stand?.ended === 'expired' || stand?.ended === 'failed') &&
  stand.overruled === undefined;

/** What a failure runs has to run after it, too: what was over there is to be done again, unless somebody said no to it. */
export function startAnew(life: Life, { activities }: ReleaseSpec, id: string): void {
  if (activities.find((one) => one.id === id)?.onFailure !== 'run') return;
  for (const one of activities.filter(({ phase }) => phase === 'rollback')) {
    life.skipped.delete(one.id);
    const stand = life.stands.get(one.id);
    const isOver = ['approved', 'succeeded', 'failed', 'expired'].includes(stand?.ended ?? '');
    if (stand && isOver) life.stands.set(one.id, { attempt: stand.attempt, ended: 'superseded' });
  }
}

/** Whether what needs an activity may go on: it was approved or skipped, or its failure was let pass. */
export function passed(life: Life, { activities }: ReleaseSpec, id: string): 'no' | 'approved' | 'let-pass' {
  const stand = life.stands.get(id);
  if (life.skipped.has(id) || stand?.ended === 'approved' || stand?.ended === 'succeeded') return 'approved';
  const goesOn = activities.find((one) => one.id === id)?.onFailure === 'continue';
  return stand?.overruled === 'ignore' || (goesOn && isFailure(stand)) ? 'let-pass' : 'no';
}

export const neededBy = ({ activities }: ReleaseSpec, id: string): readonly string[] => {
  const own = activities.find((one) => one.id === id);
  const before = own?.phase === 'production' ? activities.filter(({ phase }) => phase === 'verify') : [];
  return [...(own?.needs ?? []), ...before.map((one) => one.id)];
};

/** Somebody said no, and nobody has settled it (T5). What a failure runs is not kept from running by it. */
export const isDenied = (life: Life, { activities }: ReleaseSpec, inRollback: boolean): boolean =>
  activities.some(({ id, onFailure }) => {
    const stand = life.stands.get(id);
    const no = stand?.ended === 'rejected' && isFailure(stand);
    return no && onFailure !== 'continue' && !(inRollback && onFailure === 'run');
  });

/** Environments that are open, by activity. */
export const openIn = ({ stands }: Life): readonly (readonly [string, NonNullable<Stand['open']>])[] =>
  [...stands].flatMap(([id, { open }]) => (isMachine(id) && open ? [[id, open] as const] : []));
