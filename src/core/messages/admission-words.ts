import type { AdmissionKinds, Admitted } from '../release/admission-event.ts';
import type { HappeningOf } from '../release/event.ts';
import type { GateAnswer, GateRefusal } from '../release/gate-answers.ts';
import type { RunAttempt } from '../workflow/waiting-job.ts';
import { environmentTitle } from './environment-words.ts';
import { markdown } from './escape.ts';

const runWords = ({ run, attempt }: RunAttempt): string => `run ${run}, attempt ${attempt}`;

/** What happened to a run that waited for us, in a few words. */
export function admissionSentence(event: HappeningOf<keyof AdmissionKinds>): string {
  const { activity } = event.body;
  switch (event.kind) {
    case 'run-admitted': {
      const { run, environment } = event.body;
      return `${activity} lets ${runWords(run)}, of ${run.path} (${run.event}) into ${environment}`;
    }
    case 'admitted-run-ended': {
      const { run } = event.body;
      return `${runWords(run)}, which ${activity} had let in, ended as ${run.conclusion}`;
    }
  }
}

/** What an opening has let in, as plain text. */
export const admittedState = ({ path, at, ...run }: Admitted): string =>
  `It let in ${runWords(run)} of ${path} at ${at}, and lets in nothing else.`;

/** Why jobs that wait are not answered. */
export const unansweredSentence = (why: string): string => `Jobs that wait for it cannot be let in: ${why}.`;

const refusalWords: { readonly [R in GateRefusal]: string } = {
  event: 'What started this run does not run the commit that was approved, but a merge or another branch.',
  over: 'No release has this environment open for this commit any more. A new release of it has to open it.',
  again:
    'This run was started by a release, and is let in once. Say /retry on the issue of the release to have it started anew.',
  late: 'The time that the release gave this environment is over.',
};

const usedWords =
  'Another run has been let in. While that goes on nothing else is, and afterwards only what is opened anew.';

/** GitHub takes 1,024 characters, and an escape may make two of one. */
const shown = (text: string): string => markdown(text.slice(0, 250));

/** What the host shows beside a job that waits: at most 1,024 characters of Markdown, none of them a stranger's markup. */
export function gateComment(release: string, where: string | undefined, { word, job }: GateAnswer): string {
  const link = where === undefined ? '' : ` [Follow the release](${where}).`;
  switch (word.kind) {
    case 'admitted':
      return `Release ${shown(release)} lets in ${runWords(job)}, and nothing else.${link}`;
    case 'refused':
      return `Not let in. ${refusalWords[word.why]}${link}`;
    case 'waits':
      return `${word.stands.some(({ used }) => used) ? usedWords : `${shown(environmentTitle(word.stands))}.`}${link}`;
  }
}
