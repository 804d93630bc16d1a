import type { Activity } from '../manifest/manifest.ts';
import type { DispatchHold } from '../release/dispatch.ts';
import type { DispatchKinds } from '../release/dispatch-event.ts';
import type { HappeningOf } from '../release/event.ts';
import type { Attempt, Dispatch } from '../release/state.ts';
import type { DispatchRefusal } from '../workflow/workflow-run.ts';
import { type Escaper, listed } from './people.ts';

/** Why a workflow is not started, or not followed, and what to do about it. */
export function dispatchHoldSentence(hold: DispatchHold): string {
  switch (hold.kind) {
    case 'forbidden':
      return `The workflow cannot be started: ${hold.why}. Grant the App the permission "Actions: write" and accept it where the App is installed.`;
    case 'unreadable':
      return `What became of the workflow is not known: ${hold.why}.`;
    case 'unfilled':
      return `The workflow cannot be started: ${hold.why}.`;
    case 'moved':
      return `The workflow is not started, because ${hold.ref} means another commit now. Let it mean the approved one again, or write another target.`;
    case 'contested':
      return `Another order of the same workflow on the same commit may have started run ${hold.run}, and nobody can tell whose it is. If that stays so, change what the workflow is given, or abort the release.`;
    case 'others':
      return `The workflow waits until ${listed(hold.releases)} opened the environment, too.`;
  }
}

/** What an activity starts, behind what it opens. */
export const startsWords = ({ workflow }: Pick<Activity, 'workflow'>, show: Escaper): string =>
  workflow === undefined ? '' : ` and starts ${show(workflow)}`;

const refusalWords: { readonly [R in DispatchRefusal]: string } = {
  moved: 'its ref means another commit',
  forbidden: 'the App may not start it',
  missing: 'there is no such workflow',
  invalid: 'it cannot be started so',
};

/** What happened to a workflow that a release starts, in a few words. */
export function dispatchSentence(event: HappeningOf<keyof DispatchKinds>): string {
  const { activity } = event.body;
  switch (event.kind) {
    case 'workflow-ordered': {
      const { workflow, ref, commit } = event.body;
      return `${activity} starts ${workflow} on ${ref} for ${commit.slice(0, 7)}${givenWords(event.body.inputs)}`;
    }
    case 'workflow-answered': {
      const { answer } = event.body;
      if (answer.kind === 'run') return `${activity} is run ${answer.run}`;
      return answer.kind === 'accepted'
        ? `the workflow of ${activity} is accepted, its run is not known yet`
        : `the workflow of ${activity} was refused, ${refusalWords[answer.why]}: ${answer.said}`;
    }
    case 'workflow-ended': {
      const { id, path, event: started, commit, ended } = event.body.run;
      return `run ${id} of ${path} (${started}, ${commit.slice(0, 7)}) ended as ${ended.conclusion}`;
    }
  }
}

const givenWords = (inputs: { readonly [name: string]: string }): string => {
  const all = Object.entries(inputs).map(([name, value]) => `${name}: ${value}`);
  return all.length === 0 ? '' : ` with ${all.join(', ')}`;
};

/** A link to the run, in Markdown; empty where there is none, or its address is none. */
export function runLink({ answer }: Dispatch): string {
  const isAddress = answer?.kind === 'run' && /^https?:\/\/[A-Za-z0-9.:/_-]+$/.test(answer.url);
  return isAddress ? ` [Run ${answer.run}](${answer.url}).` : '';
}

/** Where to look at the run of an attempt, as plain text; empty where none is known. */
export const runAddress = ({ dispatch }: Pick<Attempt, 'dispatch'>): readonly string[] =>
  dispatch?.answer?.kind === 'run' ? [`Look at ${dispatch.answer.url}`] : [];

/** Where the workflow of an attempt stands; plain text. */
export function dispatchState({ order, answer, ended }: Dispatch): string {
  const what = `${order.workflow} on ${order.ref}`;
  if (ended) return `Run ${ended.id} of ${what} ended as ${ended.ended.conclusion} at ${ended.ended.at}.`;
  switch (answer?.kind) {
    case undefined:
      return `${what} was ordered at ${order.at}; GitHub has not answered yet.`;
    case 'accepted':
      return `${what} was accepted at ${order.at}; its run does not show yet.`;
    case 'refused':
      return `${what} was refused: ${refusalWords[answer.why]} (${answer.said}).`;
    case 'run':
      return `${what} is run ${answer.run}, started at ${order.at}.`;
  }
}
