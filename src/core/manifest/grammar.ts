import type { Grammar } from '../written/grammar.ts';

const timing = ['session', 'open-for', 'deadline', 'remind', 'escalate', 'expire', 'auto-approve'];

const activityKeys = [
  ...['title', 'instructions', 'needs', 'uses', 'with', 'approvers', 'exclude', 'inputs', 'if', 'on-failure'],
  ...[
    'assignees',
    'preconditions',
    'distinct',
    'order',
    'reject',
    'delegation',
    'advisory',
    ...timing,
    'environment',
    'workflow',
    'valid-for',
    'checks',
  ],
];

/** What only people can do, or be asked about: an automated activity has none of it. */
export const manualKeys = [
  ...[
    'approvers',
    'assignees',
    'uses',
    'with',
    'exclude',
    'inputs',
    'preconditions',
    'distinct',
    'order',
    'reject',
    'delegation',
    'advisory',
  ],
  ...timing,
];

/** What an activity may be instead of an approval by approvers of its own; each explains why it has none. */
export const otherKinds = ['uses', 'assignees', 'workflow', 'checks', 'probe', 'environment'];

const laterOfActivity = ['probe', ...['owner'], ...['notify', 'stakeholders', 'evidence']];

const inputKeys = [
  ...['type', 'label', 'description', 'required', 'default', 'message', 'min', 'max'],
  ...['options', 'items', 'min-length', 'max-length', 'pattern', 'accept', 'max-size', 'hosts', 'schemes'],
];

/** The places of a manifest and what syntax has there for later versions. */
export const manifestGrammar: Grammar = {
  places: {
    '': {
      keys: ['release', 'title', 'owner', 'profile', 'target', 'schedule', 'supersedes', 'phases'],
      later: ['stakeholders', 'notify', 'preconditions', 'deadline', 'inputs'],
    },
    schedule: { keys: ['start'], later: [] },
    target: { keys: ['ref', 'sha', 'since', 'artifacts'], later: ['pull'] },
    'target.artifacts': { keys: ['name', 'digest'], later: [] },
    'phases.*': {
      keys: ['title', 'owner', 'needs', 'on-failure', 'activities'],
      later: ['if', 'deadline', 'environment', 'preconditions', 'stakeholders'],
    },
    'phases.*.on-failure': { keys: ['run'], later: [] },
    'phases.*.activities.*.on-failure': { keys: ['run'], later: [] },
    'phases.*.activities.*.escalate': { keys: ['at', 'to', 'grant'], later: [] },
    'phases.*.activities.*.auto-approve': { keys: ['after', 'at', 'comment'], later: [] },
    'phases.*.activities.*': { keys: activityKeys, later: laterOfActivity },
    'phases.*.activities.*.preconditions': { keys: ['checks'], later: ['probe', 'environment'] },
    'phases.*.activities.*.preconditions.checks': { keys: ['name', 'workflow', 'app'], later: [] },
    'phases.*.activities.*.checks': { keys: ['name', 'workflow', 'app'], later: [] },
    'phases.*.activities.*.with': { keys: [], later: [] },
    'phases.*.activities.*.approvers': {
      keys: ['from', 'require', 'except', 'backups', 'inherited'],
      later: ['open-for', 'expire', 'escalate'],
    },
    'phases.*.activities.*.approvers.require': { keys: ['all-but'], later: [] },
    'phases.*.activities.*.reject': { keys: ['require'], later: [] },
    'phases.*.activities.*.delegation': { keys: ['max'], later: [] },
    'phases.*.activities.*.inputs.*': {
      keys: inputKeys,
      later: ['multiple'],
    },
  },
};
