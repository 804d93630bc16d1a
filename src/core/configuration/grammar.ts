import { manifestGrammar } from '../manifest/grammar.ts';
import type { Grammar, Place } from '../written/grammar.ts';

/** The places of an activity's part of a manifest, which may stand in a configuration as well. */
const borrowed = (
  part: 'approvers' | 'preconditions' | 'inputs.*' | 'reject' | 'delegation',
  place: string,
): readonly (readonly [string, Place])[] => {
  const from = `phases.*.activities.*.${part}`;
  return Object.entries(manifestGrammar.places)
    .filter(([name]) => name === from || name.startsWith(`${from}.`))
    .map(([name, keys]) => [place + name.slice(from.length), keys]);
};

/** The places of `.github/countersign.yml` and what syntax has there for later versions. */
export const configurationGrammar: Grammar = {
  places: {
    '': {
      keys: [
        'manifests',
        'records',
        'time-zone',
        'calendar',
        'roles',
        'custodians',
        'catalog',
        'floors',
      ].concat(['freezes', 'windows']),
      later: ['merge-gates', 'notify', 'profile', 'web', 'audit'],
    },
    calendar: { keys: ['business-days', 'holidays', 'sessions'], later: [] },
    'calendar.sessions.*': { keys: ['every', 'at', 'except'], later: [] },
    freezes: { keys: ['name', 'from', 'until', 'environments'], later: [] },
    windows: { keys: ['environments', 'days', 'from', 'until'], later: [] },
    records: { keys: ['branch', 'keys'], later: ['signing', 'addresses', 'session'] },
    'roles.*': { keys: ['users', 'teams', 'permission'], later: [] },
    ...Object.fromEntries(borrowed('approvers', 'custodians')),
    'catalog.*': {
      keys: ['title', 'instructions', 'approvers', 'preconditions', 'inputs'],
      later: ['data'],
    },
    ...Object.fromEntries(borrowed('approvers', 'catalog.*.approvers')),
    ...Object.fromEntries(borrowed('preconditions', 'catalog.*.preconditions')),
    ...Object.fromEntries(borrowed('inputs.*', 'catalog.*.inputs.*')),
    floors: {
      keys: ['for', 'activities', 'approvers', 'exclude', 'inputs', 'profile'].concat([
        'distinct',
        'reject',
        'delegation',
        'guarded',
      ]),
      later: ['deadline', 'open-for', 'order'],
    },
    'floors.for': { keys: ['environment', 'profile', 'uses'], later: [] },
    ...Object.fromEntries(borrowed('approvers', 'floors.approvers.*')),
    ...Object.fromEntries(borrowed('inputs.*', 'floors.inputs.*.*')),
    ...Object.fromEntries(borrowed('reject', 'floors.reject')),
    ...Object.fromEntries(borrowed('delegation', 'floors.delegation')),
  },
  keyed: ['catalog', 'calendar.sessions', 'floors.approvers', 'floors.inputs.*'],
};
