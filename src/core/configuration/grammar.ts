import type { Grammar } from '../written/grammar.ts';

/** The places of `.github/countersign.yml` and what syntax has there for later versions. */
export const configurationGrammar: Grammar = {
  places: {
    '': {
      keys: ['manifests', 'records', 'time-zone', 'roles'],
      later: [
        'custodians',
        'catalog',
        'floors',
        'merge-gates',
        'calendar',
        'freezes',
        'notify',
        'profile',
        'web',
        'audit',
      ],
    },
    records: { keys: ['branch', 'keys'], later: ['signing', 'addresses', 'session'] },
    'roles.*': { keys: ['users', 'teams', 'permission'], later: [] },
  },
  isLater: () => false,
  excuses: {},
};
