import { present } from '../written/present.ts';
import type { Activity, Principal, QuorumRule, RejectionRule, Requirement } from './manifest.ts';
import { type Owners, parsePrincipals, withOwners } from './principal.ts';
import type { WrittenActivity } from './written-manifest.ts';
import type { WrittenRule } from './written-rule.ts';

/** A rule with every default applied; what means the default is left out, so that equal things have equal digests. */
export const normalizeRule = (written: WrittenRule, owners: Owners): QuorumRule => {
  const { from, require = 1, except, backups, inherited } = written;
  const parse = (principals: string | readonly string[]): readonly Principal[] =>
    parsePrincipals(withOwners([principals].flat(), owners));
  return {
    from: parse(from),
    require: normalizeRequirement(require),
    ...present({
      except: except === undefined ? undefined : parse(except),
      backups: backups === undefined ? undefined : parse(backups),
      inherited: inherited === false ? inherited : undefined,
    }),
  };
};

const normalizeRequirement = (written: NonNullable<WrittenRule['require']>): Requirement => {
  if (typeof written === 'number') return { kind: 'count', count: written };
  return typeof written === 'string' ? { kind: written } : { kind: 'all-but', count: written['all-but'] };
};

/** The keys that say how votes add up. */
export const normalizeJudgement = (
  written: Pick<WrittenActivity, 'distinct' | 'order' | 'reject' | 'delegation' | 'advisory'>,
): Pick<Activity, 'distinct' | 'order' | 'reject' | 'delegation' | 'advisory'> => {
  const { distinct, order, reject, delegation, advisory } = written;
  return present({
    distinct: distinct === false ? distinct : undefined,
    order,
    reject: reject === undefined ? undefined : normalizeRejection(reject),
    delegation,
    advisory: advisory === true ? advisory : undefined,
  });
};

const normalizeRejection = (written: NonNullable<WrittenActivity['reject']>): RejectionRule =>
  typeof written === 'string' ? { kind: written } : { kind: 'count', count: written.require };
