import type { Standing } from '../release/standings.ts';
import type { CheckWords } from './check-words.ts';
import { markdown } from './escape.ts';
import { guardWords } from './machine-words.ts';

const words = {
  open: 'has opened it',
  waits: 'has not opened it yet',
  rejected: 'is rejected or closed',
  done: 'needs it no more',
} as const;

/** Why the guard of an environment is told that is not open. */
const floored = 'a floor demands that GitHub guards it: ';

/** What the check of an environment shows. The releases are all that name it for this commit. */
export function environmentCheckWords(environment: string, stands: readonly Standing[]): CheckWords {
  return {
    title: environmentTitle(stands),
    summary: [
      `The environment \`${environment}\` is open for this commit while every release of it that names it has opened it.`,
      '',
      ...stands.map(
        ({ release, stand, guard }) =>
          `- \`${markdown(release)}\` ${words[stand]}${guard === undefined ? '' : ` (${stand === 'open' ? '' : floored}${markdown(guardWords(guard))})`}`,
      ),
      ...(stands.length === 0 ? ['No open release names it.'] : []),
    ].join('\n'),
  };
}

/** Where the environment stands, in a few words; plain text. */
export function environmentTitle(stands: readonly Standing[]): string {
  const [rejected] = stands.filter(({ stand }) => stand === 'rejected');
  if (rejected) return `Shut: ${rejected.release} is rejected or closed`;
  const [waits] = stands.filter(({ stand }) => stand === 'waits');
  if (waits) return `Shut: ${waits.release} has not opened it yet`;
  return stands.some(({ stand }) => stand === 'open') ? 'Open' : 'Ended';
}
