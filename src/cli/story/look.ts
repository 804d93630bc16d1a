import { type Fields, listOf, numberOf, textOf, writerOf } from './person.ts';
import type { Seen, Stage } from './stage.ts';

/** The newest run of a check on a commit or branch, as anybody with read access sees it. */
export async function checkOn(stage: Stage, ref: string, name: string): Promise<Fields | undefined> {
  const path = `/commits/${encodeURIComponent(ref)}/check-runs?check_name=${encodeURIComponent(name)}&filter=latest`;
  return listOf(await stage.as('ada').call('GET', path), 'check_runs').find((run) => run['name'] === name);
}

/** Waits for a check to conclude so; returns it. */
export function concluded(stage: Stage, ref: string, name: string, conclusion: string): Promise<Fields> {
  return stage.observe(`${name} concludes ${conclusion}`, async () => {
    const run = await checkOn(stage, ref, name);
    if (run?.['conclusion'] !== conclusion) return undefined;
    const { output } = run;
    const title =
      typeof output === 'object' && output !== null && 'title' in output ? String(output.title) : '';
    return { value: run, words: `${name}: ${conclusion}, "${title}"` };
  });
}

/** Waits for an open issue with exactly that title; returns its number. */
export function issueTitled(stage: Stage, title: string): Promise<number> {
  return stage.observe(`an issue "${title}" is open`, async () => {
    const issues = listOf(await stage.as('ada').call('GET', '/issues?state=open&per_page=100'));
    const issue = issues.find((one) => textOf(one, 'title') === title);
    if (issue === undefined) return undefined;
    const number = numberOf(issue, 'number');
    return { value: number, words: `issue #${number} "${title}" is open` };
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
      const comments = listOf(await stage.as('ada').call('GET', `/issues/${issue}/comments?per_page=100`));
      const bodies = comments
        .filter((comment) => writerOf(comment) === 'countersign[bot]')
        .map((comment) => textOf(comment, 'body'));
      const body = bodies.find((text) => [`@${login}`, ...parts].every((part) => text.includes(part)));
      if (body === undefined) return undefined;
      const shown = body.replaceAll(/<!--.*?-->/gs, '').trimEnd();
      return { value: shown, words: `the App answers:\n${indented(shown)}` };
    },
  );
}

export function indented(text: string): string {
  return text.replaceAll(/^/gm, '             | ');
}
