// Workflows that are there, and what their jobs deploy to.

type Job = { readonly conclusion: 'success' | 'failure' | null; readonly environment: string | null };

/** It goes on until somebody ends it. */
const held = (environment: string | null): Job => ({ conclusion: null, environment });

const releases = ['alpha', 'beta', 'gamma'] as const;
const machines = ['stage', 'deploy', 'restore'] as const;

/** Environments that jobs deploy to, as the workflows write them. */
export type Place = 'production' | 'staging';
const places: readonly Place[] = ['production', 'staging'];

/** The file of a workflow that deploys somewhere; of a release and an activity of its own, where they are named. */
export const fileInto = (place: Place, owner?: { readonly release: string; readonly activity: string }) =>
  `${owner === undefined ? '' : `${owner.release}-${owner.activity}-`}into-${place}.yml`;

/** One workflow for both, one after the other. */
export const train = 'train.yml';

export const filesInto = (place: Place): readonly string[] => [
  ...Array.from({ length: 4 }, () => fileInto(place)),
  `${place}-at-once.yml`,
  `${place}-in-vain.yml`,
  train,
];

/** Jobs of each workflow, in the order in which they run. */
export const workflowJobs: Readonly<Record<string, Readonly<Record<string, Job>>>> = {
  'deploy.yml': { deploy: held(null) },
  'restore.yml': { deploy: held(null) },
  [train]: {
    stage: { conclusion: 'success', environment: 'staging' },
    deploy: held('production'),
  },
  ...Object.fromEntries(
    places.flatMap((place) => [
      [fileInto(place), { deploy: held(place) }],
      [`${place}-at-once.yml`, { deploy: { conclusion: 'success', environment: place } }],
      [`${place}-in-vain.yml`, { deploy: { conclusion: 'failure', environment: place } }],
    ]),
  ),
  ...Object.fromEntries(
    releases.flatMap((release) =>
      machines.flatMap((activity) => [
        [`${release}-${activity}.yml`, { deploy: held(null) }],
        ...places.map((place) => [fileInto(place, { release, activity }), { deploy: held(place) }]),
      ]),
    ),
  ),
};

export const workflowFiles: readonly string[] = Object.keys(workflowJobs);
