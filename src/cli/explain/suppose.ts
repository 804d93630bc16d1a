import { keepFloors } from '../../core/floors/adopt-floors.ts';
import { terminal } from '../../core/messages/escape.ts';
import {
  type Impossible,
  type Supposed,
  type SupposedVote,
  supposeRevision,
  supposeTime,
  supposeVote,
  supposing,
} from '../../core/release/as-if.ts';
import type { Revision } from '../../core/release/event.ts';
import type { Rules } from '../../core/release/opening.ts';
import type { OpenRelease } from '../../core/release/state.ts';
import { momentPhrase, readExactMoment } from '../../core/time/moment.ts';
import type { Instant } from '../../core/values.ts';
import { findingLine, type NamedRules, readPlan } from '../validate/check-files.ts';
import type { Io } from '../verb.ts';

type Written = {
  readonly votes: readonly string[];
  readonly at: string | undefined;
  readonly manifest: string | undefined;
  readonly configuration: string | undefined;
  readonly organization: string | undefined;
};

/** What somebody wants to be supposed. */
export type Wish = {
  readonly kind: 'wish';
  readonly votes: readonly SupposedVote[];
  readonly at: Instant | undefined;
  readonly manifest: string | undefined;
  readonly configuration: string | undefined;
  readonly organization: string | undefined;
};

const choices = { approves: 'approve', rejects: 'reject', withdraws: 'withdraw' } as const;

/** Reads the options of a supposition; `none`: there is none. */
export function readWish({
  votes: written,
  at: moment,
  manifest,
  configuration,
  organization,
}: Written): Wish | { readonly kind: 'none' } | { readonly kind: 'problem'; readonly problem: string } {
  const votes: SupposedVote[] = [];
  for (const text of written) {
    const [, login, verb, activity] = /^@?(\S+) (approves|rejects|withdraws) (\S+)$/.exec(text) ?? [];
    if (login === undefined || activity === undefined) {
      const problem = `--as-if takes words like "grace approves qa-signoff", found ${terminal(text)}.`;
      return { kind: 'problem', problem };
    }
    votes.push({ login, choice: choices[verb as keyof typeof choices], activity });
  }
  const at = moment === undefined ? undefined : readExactMoment(moment);
  if (moment !== undefined && at === undefined)
    return { kind: 'problem', problem: `--as-if-at takes ${momentPhrase}; found ${terminal(moment)}.` };
  if (votes.length === 0 && at === undefined && manifest === undefined) return { kind: 'none' };
  return { kind: 'wish', votes, at, manifest, configuration, organization };
}

/** `impossible` without a reason: the problems of a manifest are written already. */
export type Outcome =
  | { readonly kind: 'supposed'; readonly supposed: Supposed }
  | { readonly kind: 'impossible'; readonly why?: Impossible };

/** First the manifest, then the votes, then the time; in memory only. */
export async function suppose(
  state: OpenRelease,
  wish: Wish,
  now: Instant,
  io: Io,
  rules: Rules | undefined,
): Promise<Outcome> {
  let supposed = supposing(state, now);
  if (wish.manifest !== undefined) {
    const revision = await revisionOf(state, wish.manifest, wish, io);
    if (revision === undefined) return { kind: 'impossible' };
    supposed = supposeRevision(supposed, revision);
  }
  for (const vote of wish.votes) {
    const next = supposeVote(supposed, vote);
    if ('kind' in next) return { kind: 'impossible', why: next };
    supposed = next;
  }
  if (wish.at === undefined) return { kind: 'supposed', supposed };
  const later = supposeTime(supposed, wish.at, rules);
  return 'kind' in later ? { kind: 'impossible', why: later } : { kind: 'supposed', supposed: later };
}

/** The manifest of a file as a revision of the release; it has to meet the floors that the release has (T7). */
async function revisionOf(
  state: OpenRelease,
  path: string,
  named: NamedRules,
  io: Io,
): Promise<Revision | undefined> {
  const { findings, plan, configuration, floors = [] } = await readPlan(path, named);
  for (const finding of findings) io.stderr(findingLine(finding));
  if (plan === undefined || findings.some(({ severity }) => severity === 'error')) return undefined;
  const { roles, custodians, calendar } = configuration;
  const { custodians: _, ...before } = state.revision;
  const revision = { ...before, plan, roles, calendar, floors, ...(custodians && { custodians }) };
  const { objections, ...raised } = keepFloors(revision, state.revision, configuration);
  const strange =
    plan.release === state.release
      ? []
      : [`The manifest is of the release ${plan.release}, not of ${state.release}.`];
  const problems = [...strange, ...objections];
  for (const problem of problems) io.stderr(`${terminal(path)}: ${terminal(problem)}`);
  return problems.length > 0 ? undefined : { ...revision, ...raised };
}
