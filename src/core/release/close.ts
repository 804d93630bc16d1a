import { unopenedCheckWords } from '../messages/check-words.ts';
import { faultSentence } from '../messages/fault-words.ts';
import type { RecordsFault } from '../record/fault.ts';
import type { Sha } from '../values.ts';
import type { CheckView } from './facts.ts';
import { checkWrite, releaseCheckName } from './show-checks.ts';
import { isEnvironmentCheck } from './show-environments.ts';
import type { Write } from './surface.ts';

/**
 * Closes the gates of a release whose record cannot be believed (T8, T9): every check of ours for it fails, and says why.
 * The external ids stay as they are, for they bear witness to what was known.
 */
export function closeGates(
  release: string,
  commit: Sha,
  checks: readonly CheckView[],
  fault: RecordsFault,
): readonly Write[] {
  const name = releaseCheckName(release);
  const shown = checks.filter(
    (check) => check.name === name || check.name.startsWith(`${name}/`) || isEnvironmentCheck(check.name),
  );
  const missing = shown.some((check) => check.name === name) ? [] : [{ name, externalId: release }];
  return [...shown, ...missing].flatMap(({ name: each, externalId }) =>
    checkWrite(
      shown.find((check) => check.name === each),
      {
        name: each,
        commit,
        conclusion: 'failure',
        title: 'Closed: the record cannot be believed',
        summary: faultSentence(fault),
        externalId,
        annotations: [],
      },
    ),
  );
}

/** The check of a release that cannot open: it asks for a person, and says what for. */
export function unopenedWrites(
  release: string,
  commit: Sha,
  checks: readonly CheckView[],
  hindrance: string,
): readonly Write[] {
  const name = releaseCheckName(release);
  const shown = checks.find((check) => check.name === name);
  // What bears witness to a record must not be covered by a newer run without it (T8).
  const externalId = shown?.externalId ?? release;
  const words = unopenedCheckWords(hindrance);
  return checkWrite(shown, {
    name,
    commit,
    conclusion: 'action_required',
    ...words,
    externalId,
    annotations: [],
  });
}
