import type { Principal, QuorumRule, Requirement } from '../../../src/core/manifest/manifest.ts';
import type { BallotFacts, Choice, Elector, Policy, Vote } from '../../../src/core/policy/policy.ts';

/** People by id: a small world in which a case takes three lines. */
export const names = ['nobody', 'ada', 'bob', 'eve', 'fay', 'gus', 'hal'];

export const personOf = (id: number) => ({ id, login: names[id] ?? `user-${id}` });

export const elector = (id: number, rules: readonly number[]): Elector => ({
  person: personOf(id),
  rules: rules.map((rule) => ({
    rule,
    via: [{ principal: `team:t${rule}`, id: 100 + rule, inherited: false }],
  })),
});

export const vote = (id: number, rules: readonly number[], choice: Choice = 'approve'): Vote => ({
  elector: elector(id, rules),
  choice,
});

export const count = (wanted: number): Requirement => ({ kind: 'count', count: wanted });

export const rule = (index: number, require: Requirement): QuorumRule => ({
  from: [{ kind: 'team', name: `t${index}` }],
  require,
});

export const policy = (...requirements: readonly Requirement[]): Policy => ({
  rules: requirements.map((require, index) => rule(index, require)),
});

/** `members[r]` lists the ids eligible for rule r; `approve` and `reject` list who voted so. */
export const ballot = (
  members: readonly (readonly number[])[],
  votes: { readonly approve?: readonly number[]; readonly reject?: readonly number[] } = {},
  rest: Partial<BallotFacts> = {},
): BallotFacts => {
  const rulesOf = (id: number) => members.flatMap((ids, index) => (ids.includes(id) ? [index] : []));
  const ids = [...new Set(members.flat())];
  return {
    roster: ids.map((id) => elector(id, rulesOf(id))),
    votes: [
      ...(votes.approve ?? []).map((id) => vote(id, rulesOf(id))),
      ...(votes.reject ?? []).map((id) => vote(id, rulesOf(id), 'reject')),
    ],
    doubts: [],
    barred: new Set(),
    unknown: [],
    votingOpen: false,
    ...rest,
  };
};

export const principal = (written: string): Principal => {
  const [kind, name = ''] = written.split(':');
  if (kind === 'user' || kind === 'team' || kind === 'role' || kind === 'owners') return { kind, name };
  throw new Error(written);
};
