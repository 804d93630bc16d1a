import { type Applier, bind, change } from './fold-parts.ts';

type GovernanceKind =
  | 'overrule-cast'
  | 'activity-overruled'
  | 'acknowledgement-cast'
  | 'deviations-acknowledged';

/** What custodians make of a release. */
export const governanceAppliers: { readonly [K in GovernanceKind]: Applier<K> } = {
  'overrule-cast': (state, { at, body }, take) =>
    bind(
      change(state, body, take, (attempt) => ({
        ...attempt,
        overrules: [
          ...attempt.overrules,
          {
            act: body.act,
            elector: body.elector,
            roster: body.roster,
            reason: body.reason,
            inputs: body.inputs,
            source: body.source,
          },
        ],
      })),
      body.bindings,
      at,
    ),
  'activity-overruled': (state, { at, body }, take) => ({
    ...change(state, body, take, (attempt) => ({
      ...attempt,
      overruled: { act: body.act, by: body.by, reason: body.reason, inputs: body.inputs, at },
    })),
    // What was skipped because of the failure was not meant to be done without: its condition is asked again.
    skipped: [],
  }),
  'acknowledgement-cast': (state, { at, body }) =>
    bind(
      {
        ...state,
        acknowledgements: [
          ...state.acknowledgements,
          {
            elector: body.elector,
            roster: body.roster,
            deviations: body.deviations,
            source: body.source,
          },
        ],
      },
      body.bindings,
      at,
    ),
  'deviations-acknowledged': (state, { body }) => ({
    ...state,
    acknowledged: body.deviations,
  }),
};
