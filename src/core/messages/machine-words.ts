import type { Activity } from '../manifest/manifest.ts';
import type { HappeningOf } from '../release/event.ts';
import type { Gap, Guard } from '../release/guard.ts';
import type { Barrier, MachineFailure, MachineKinds, Unguarded } from '../release/machine-event.ts';
import type { Attempt } from '../release/state.ts';
import { standingOpening } from '../release/state.ts';
import { admittedState } from './admission-words.ts';
import { demandWords, runWords } from './check-demand-words.ts';
import { dispatchState } from './dispatch-words.ts';
import { listed } from './people.ts';

/** Why an environment is not open though its turn has come. */
export function barrierSentence(barrier: Barrier | Unguarded | 'unknown'): string {
  if (barrier === 'unknown')
    return 'Whether it may open is not known: the configuration cannot be read, or our clock and that of the host differ.';
  switch (barrier.kind) {
    case 'freeze':
      return `Held by the freeze "${barrier.freeze.name}" until ${barrier.freeze.until}.`;
    case 'window':
      return 'Held until the next change window.';
    case 'unapproved':
      return `Held until people have approved ${listed(barrier.activities)}.`;
    case 'rejected':
      return `Held because ${barrier.activity} was rejected, until that is settled.`;
    case 'unclear':
      return `Held because what the default branch asks for cannot take effect. ${barrier.why}`;
    case 'moved':
      return `Held because ${barrier.ref} means another commit now, until custodians take note of it.`;
    case 'unguarded':
      return `Held because a floor demands that GitHub itself guards ${barrier.environment}. ${remedyWords(barrier)}`;
  }
}

const remedies: { readonly [G in Gap]: string } = {
  rule: 'turn on the deployment protection rule of this App',
  branches: 'restrict its deployment branches and tags',
  bypass: 'no longer allow administrators to bypass its rules',
};

/** What an administrator has to do, and when that is seen. */
function remedyWords({ environment, guard }: Unguarded): string {
  if (guard === undefined) return 'Whether it does has not been looked at yet.';
  if (guard.kind === 'unknown')
    return `Whether it does is not known: ${guard.why}. That takes the permission to read actions.`;
  const steps = listed(guard.value.map((gap) => remedies[gap]));
  return `In Settings → Environments → ${environment}, ${steps}. It is looked at again every 15 minutes.`;
}

export const failureWords: { readonly [F in MachineFailure]: string } = {
  'deployment-failed': 'the deployment failed',
  'not-deployed': 'nothing was deployed while the environment was open',
  'environment-taken': 'another release opened the environment for another commit',
  'check-failed': 'a check that it waits for failed',
  'checks-late': 'not everything that it waits for had passed by its deadline',
  'workflow-refused': 'the workflow could not be started',
  'run-failed': 'the run of its workflow did not succeed',
  'run-of-another': 'the run is of another workflow or of another commit',
  'run-missing': 'no run of its workflow ever showed',
};

const gapWords: { readonly [G in Gap]: string } = {
  rule: 'our protection rule is not on',
  branches: 'its branches are not restricted',
  bypass: 'administrators may bypass its rules',
};

/** Whether GitHub itself keeps everybody from deploying there without an opening, or only our check says so (T14). */
export function guardWords(guard: Guard): string {
  if (guard.kind === 'unknown') return `advisory, as far as anybody knows: ${guard.why}`;
  if (guard.value.length === 0) return 'guarded';
  return `advisory: ${listed(guard.value.map((gap) => gapWords[gap]))}`;
}

/** What happened to an automated activity, in a few words. */
export function machineSentence(event: HappeningOf<keyof MachineKinds>): string {
  const { activity } = event.body;
  switch (event.kind) {
    case 'environment-opened': {
      const { environment, commit, until } = event.body;
      const end = until === undefined ? '' : ` until ${until}`;
      return `${activity} opens ${environment} for ${commit.slice(0, 7)}${end}`;
    }
    case 'environment-shut':
      return `${activity} shuts ${event.body.environment}. ${barrierSentence(event.body.why)}`;
    case 'guard-seen':
      return `${event.body.environment} is ${guardWords(event.body.guard)}`;
    case 'deployment-seen': {
      const how = event.body.state === 'success' ? 'succeeded' : 'failed';
      return `deployment ${event.body.deployment} to ${event.body.environment} ${how}`;
    }
    case 'environment-taken':
      return `${event.body.by} opened ${event.body.environment} for ${event.body.commit.slice(0, 7)}`;
    case 'activity-succeeded':
      return `${activity} is done`;
    case 'activity-failed':
      return `${activity} failed, ${failureWords[event.body.why]}`;
    case 'retry-ordered': {
      const { person, reason } = event.body;
      return `${person.login} has ${activity} tried again${reason === undefined ? '' : `: ${reason}`}`;
    }
    case 'holds-lifted': {
      const by = listed(event.body.by.map(({ login }) => login));
      return `${activity} goes on in spite of freezes and windows, by ${by}: ${event.body.reason}`;
    }
  }
}

/** What an automated activity does now, beside its status; plain text. */
export function machineState(attempt: Attempt, { checks }: Pick<Activity, 'checks'>): string | undefined {
  const started = attempt.dispatch === undefined ? '' : ` ${dispatchState(attempt.dispatch)}`;
  const opening = standingOpening(attempt);
  if (opening) {
    const end = opening.until === undefined ? '' : ` until ${opening.until}`;
    const guard = attempt.guard === undefined ? '' : ` It is ${guardWords(attempt.guard)}.`;
    const used = attempt.admitted === undefined ? '' : ` ${admittedState(attempt.admitted)}`;
    return `Open for ${opening.commit.slice(0, 7)} since ${opening.at}${end}.${guard}${started}${used}`;
  }
  const { ending, report, seen } = attempt;
  if (checks && !ending) return `Waits until the target has passed ${demandWords(checks, plain)}.`;
  if (checks && ending?.kind === 'succeeded')
    return `Done at ${ending.at}: ${listed(seen.map((run) => runWords(run, false)))}.`;
  if (ending?.kind === 'succeeded' && report?.kind === 'deployment') return `Deployed at ${report.ended}.`;
  if (ending?.kind !== 'failed') return started === '' ? undefined : started.trimStart();
  const by = report?.kind === 'taken' ? [report.by] : seen.map((run) => runWords(run, false));
  return `It failed at ${ending.at}: ${failureWords[ending.why]}${by.length === 0 ? '' : ` (${listed(by)})`}.${started}`;
}

/** Sinks escape the sentence as a whole. */
const plain = (text: string): string => text;

/** Why nothing will follow from a deployment while an environment is open. */
export const unseenSentence = (why: string): string =>
  `Open, and whether anything was deployed is not known: ${why}.`;

/** Why nothing follows for an activity that waits for checks, where nobody can tell how they stand. */
export const untoldSentence = (why: string): string =>
  `Whether everything that it waits for has passed is not known: ${why}.`;

/** What can be said of an environment that is shut though the record holds nothing against it. */
export const untoldHold = (rulesKnown: boolean): string =>
  rulesKnown
    ? 'Nothing holds it: it opens as soon as it is looked at again.'
    : 'Nothing in the record holds it. Whether a freeze or a change window does is in the configuration: name it with --configuration.';
