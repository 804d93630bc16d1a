import type { Answers } from '../../src/core/form/answer.ts';
import type { EvidenceFile } from '../../src/core/form/evidence-in.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import type { HappeningOf } from '../../src/core/release/event.ts';
import { vote } from './happenings.ts';

export const rollback = Buffer.from('# Rollback\n\nDeploy the version before.\n');

/** A file of the repository as an answer names it. */
export const evidenceOf = (bytes: Uint8Array, more: Partial<EvidenceFile> = {}): EvidenceFile => ({
  kind: 'file',
  name: 'docs/rollback.md',
  commit: '9fceb02'.padEnd(40, '0'),
  sha256: digestOf(bytes),
  size: bytes.byteLength,
  type: 'text/markdown',
  stored: true,
  ...more,
});

/** A vote with these answers. */
export function voteWith(inputs: Answers): HappeningOf<'vote-cast'> {
  const cast = vote('fine') as HappeningOf<'vote-cast'>;
  return { ...cast, body: { ...cast.body, inputs } };
}
