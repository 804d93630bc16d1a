import type { Activity, Phase } from '../manifest/manifest.ts';

/**
 * How floors deal with every part of an activity. A new part does not compile until somebody has thought about it:
 * `compared` with demands; `graph`: a way past the gate, or to it; `free`: it cannot make an approval easier.
 */
export const partsOfActivity: { readonly [K in keyof Required<Activity>]: 'compared' | 'graph' | 'free' } = {
  id: 'graph',
  phase: 'graph',
  needs: 'graph',
  // Having done something approves nothing: see `standingFor`.
  task: 'graph',
  uses: 'graph',
  onFailure: 'graph',
  if: 'graph',
  approvers: 'compared',
  exclude: 'compared',
  apartFrom: 'compared',
  inputs: 'compared',
  distinct: 'compared',
  reject: 'compared',
  delegation: 'compared',
  timing: 'compared',
  environment: 'graph',
  // What checks tell approves nothing: see `standingFor`.
  checks: 'graph',
  // It begins after the gates of its environment (T1).
  workflow: 'graph',
  with: 'free',
  title: 'free',
  instructions: 'free',
  // A shorter opening asks nobody for less.
  validFor: 'free',
  // Rules that wait for each other are all met in the end.
  order: 'free',
  // Votes without weight are not counted.
  advisory: 'free',
  // What has to hold first approves nothing.
  preconditions: 'free',
  origins: 'free',
  floors: 'free',
};

/** The same for phases. */
export const partsOfPhase: { readonly [K in keyof Required<Phase>]: 'graph' | 'free' } = {
  id: 'graph',
  needs: 'graph',
  activities: 'graph',
  onFailure: 'graph',
  title: 'free',
  owner: 'free',
};
