import type { RestEndpointMethodTypes } from '@octokit/rest';
import { repository } from './person.ts';
import type { Seen, Stage } from './stage.ts';

export type CheckRun =
  RestEndpointMethodTypes['checks']['listForRef']['response']['data']['check_runs'][number];

/** The newest run of a check on a commit or branch, as anybody with read access sees it. */
async function checkOn(stage: Stage, ref: string, name: string): Promise<CheckRun | undefined> {
  const asked = { ...repository, ref, check_name: name, filter: 'latest' } as const;
  const { data } = await stage.as('ada').checks.listForRef(asked);
  return data.check_runs.find((run) => run.name === name);
}

/** Waits for a check to conclude so; returns it. */
export function concluded(stage: Stage, ref: string, name: string, conclusion: string): Promise<CheckRun> {
  return stage.observe(`${name} concludes ${conclusion}`, async () => {
    const run = await checkOn(stage, ref, name);
    if (run?.conclusion !== conclusion) return undefined;
    return { value: run, words: `${name}: ${conclusion}, "${run.output.title ?? ''}"` };
  });
}

/** The titles and numbers of the open issues. */
async function openIssues(stage: Stage) {
  const { data } = await stage.as('ada').issues.listForRepo({ ...repository, state: 'open', per_page: 100 });
  return data;
}

/** Waits for an open issue with exactly that title; returns its number. */
export function issueTitled(stage: Stage, title: string): Promise<number> {
  return stage.observe(`an issue "${title}" is open`, async () => {
    const issue = (await openIssues(stage)).find((one) => one.title === title);
    return issue && { value: issue.number, words: `issue #${issue.number} "${title}" is open` };
  });
}

/** Waits until no issue of a release is open. */
export function allIssuesClosed(stage: Stage, release: string): Promise<void> {
  const words = `every issue of ${release} is closed`;
  return stage.observe(words, async () => {
    const open = (await openIssues(stage)).some(({ title }) => title.includes(release));
    return open ? undefined : { value: undefined, words };
  });
}

/** Waits until the App has answered somebody on an issue with words that hold all of `parts`. */
export function answered(
  stage: Stage,
  issue: number,
  login: string,
  parts: readonly string[],
): Promise<string> {
  return stage.observe(
    `the App answers ${login} on #${issue}`,
    async (): Promise<Seen<string> | undefined> => {
      const asked = { ...repository, issue_number: issue, per_page: 100 };
      const { data } = await stage.as('ada').issues.listComments(asked);
      const body = data
        .filter((comment) => comment.user?.login === 'countersign[bot]')
        .map((comment) => comment.body ?? '')
        .find((text) => [`@${login}`, ...parts].every((part) => text.includes(part)));
      if (body === undefined) return undefined;
      const shown = body.replaceAll(/<!--.*?-->/gs, '').trimEnd();
      return { value: shown, words: `the App answers:\n${indented(shown)}` };
    },
  );
}

export function indented(text: string): string {
  return text.replaceAll(/^/gm, '             | ');
}
