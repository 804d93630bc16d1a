import type { Input } from '../../../src/core/manifest/input.ts';
import { activity, person } from '../../support/release-world.ts';

export const why: Input = {
  id: 'why',
  label: 'Why now?',
  type: 'text',
  required: 'to-approve',
  minLength: 5,
};
export const share: Input = {
  id: 'share',
  label: 'Share',
  type: 'number',
  required: 'optional',
  min: 0,
  max: 100,
};
/** An activity with everything that a page can show. */
export const asked = activity('signoff', {
  title: 'Sign-off by *QA*',
  instructions: 'Look at the dashboard.\n\nAsk @grace <b>first</b>.',
  approvers: [
    { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } },
    {
      from: [
        { kind: 'role', name: 'manager' },
        { kind: 'user', name: 'sam' },
      ],
      require: { kind: 'majority' },
    },
  ],
  inputs: [why, share],
});
export const roles = [{ id: 'manager', members: [{ kind: 'user', name: 'pat' }] }] as const;
export const resolutions = {
  'user:pat': { kind: 'user', ...person('pat') },
  'user:sam': { kind: 'user', ...person('sam') },
} as const;
