import { terminal } from '../../core/messages/escape.ts';
import { foresee, type Proposed } from '../../core/preview/foresee.ts';
import type { Foreseen } from '../../core/preview/foresight.ts';
import { digestOf } from '../../core/record/digest.ts';
import { fold } from '../../core/release/fold.ts';
import { replay } from '../../core/release/replay.ts';
import type { Instant } from '../../core/values.ts';
import type { ReadPlan } from '../validate/check-files.ts';
import { readCapped } from '../validate/read-capped.ts';
import { exitCodes, type Io } from '../verb.ts';
import { verifyPlace } from '../verify-place.ts';

/** Where the record is, and whom to believe. */
export type Records = { readonly place: string; readonly branch: string; readonly keys: readonly string[] };

export type Foretold =
  | { readonly kind: 'foretold'; readonly foreseen: Foreseen | undefined; readonly code: number }
  | { readonly kind: 'done'; readonly code: number };

/** What a manifest would do to its release, as the record has it: only what its checkpoints cover (T8). */
export async function foreseePlan(
  path: string,
  { plan, floors = [], configuration }: ReadPlan & { readonly plan: NonNullable<ReadPlan['plan']> },
  { place, branch, keys }: Records,
  at: Instant,
  io: Io,
): Promise<Foretold> {
  const result = await verifyPlace(place, branch, { keys, everySignature: false, replay });
  if (result.kind === 'unreadable') {
    io.stderr(terminal(`Nothing to compare with: ${result.why}`));
    return { kind: 'done', code: exitCodes.misused };
  }
  const { line, findings, warnings } = result.verification;
  for (const warning of warnings) io.stderr(terminal(`warning ${warning}`));
  for (const { code, place: where, why } of findings) io.stderr(terminal(`finding ${code} ${where}: ${why}`));
  if (line === undefined) return { kind: 'done', code: exitCodes.found };
  const state = fold(plan.release, line.releases.get(plan.release)?.events ?? []);
  const file = await readCapped(path);
  const digest = file.kind === 'bytes' ? digestOf(file.bytes) : '';
  const { target } = plan;
  const proposed: Proposed = {
    ...{ digest, plan, floors, owners: [] },
    // Nobody is asked what another name means here; it is shown by its name.
    target: { commit: target.kind === 'sha' ? target.sha : `the commit of ${target.ref}`, tag: false },
    path: state.kind === 'opened' ? state.revision.path : path,
  };
  const { foreseen } = foresee(
    state.kind === 'opened' && !state.ended ? [state] : [],
    state.kind === 'opened' ? [] : [proposed],
    {
      manifests: new Map([[plan.release, proposed]]),
      paths: new Set([proposed.path]),
      today: configuration,
      configuration,
      fileless: () => false,
    },
    at,
  );
  const code = findings.length > 0 ? exitCodes.found : exitCodes.ok;
  return { kind: 'foretold', foreseen: foreseen[0], code };
}
