import { type EndedRun, standingOf } from '../checks/standing.ts';
import type { CheckDemand } from '../manifest/check-demand.ts';
import { markdown } from './escape.ts';
import { type Escaper, listed } from './people.ts';

/** What makes a check believable, or that nothing does (T14). */
export const pinWords = ({ workflow, app }: CheckDemand, show: Escaper = markdown): string => {
  if (workflow !== undefined) return `of ${show(workflow)}`;
  return app === undefined ? '(advisory: anybody with write access can post it)' : `of the App ${show(app)}`;
};

/** `smoke-tests of .github/workflows/smoke.yml and lint (advisory …)`. */
export const demandWords = (demands: readonly CheckDemand[], show: Escaper = markdown): string =>
  listed(demands.map((demand) => `${show(demand.name)} ${pinWords(demand, show)}`));

/** A line for each check that is asked for: how it stands on the record. */
export const demandLines = (demands: readonly CheckDemand[], seen: readonly EndedRun[]): readonly string[] =>
  demands.map((demand) => {
    const standing = standingOf(demand, seen);
    const what = `${markdown(demand.name)} ${pinWords(demand)}`;
    if (standing.kind !== 'passed' && standing.kind !== 'failed') return `- ⏳ ${what}`;
    const { url, ended } = standing.run;
    const mark = standing.kind === 'passed' ? '✅' : '❌';
    return `- ${mark} ${what}: [${markdown(ended.conclusion)}](${url}) at ${ended.at}`;
  });

/** How a check ended, in a few words; plain text. */
export const runWords = ({ name, app, workflow, ended }: EndedRun, advisory: boolean): string =>
  `${name} of ${workflow?.path ?? app} ended as ${ended.conclusion}${advisory ? ' (advisory)' : ''}`;
