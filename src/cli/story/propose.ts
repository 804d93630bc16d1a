import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../demo/package-root.ts';
import { type Git, gitAs } from './git.ts';
import { concluded, indented } from './look.ts';
import { repository } from './person.ts';
import { NotObserved, type Stage } from './stage.ts';

/** ada's clone, in which she works. */
export type Desk = { readonly git: Git; readonly folder: string };

export async function openDesk(stage: Stage): Promise<Desk> {
  const folder = join(stage.folder, 'payments');
  await gitAs('ada', stage.folder)('clone', '--quiet', `${stage.demo.github}/acme/payments.git`, folder);
  mkdirSync(join(folder, 'releases'), { recursive: true });
  return { git: gitAs('ada', folder), folder };
}

/** A release as the example repository has it. */
export function exampleRelease(name: string): string {
  return readFileSync(join(packageRoot(), 'examples', 'payments', 'releases', `${name}.yml`), 'utf8');
}

/** Writes a manifest on a branch of its own and pushes it; returns the commit. */
export async function pushManifest(desk: Desk, release: string, text: string, why: string): Promise<string> {
  writeFileSync(join(desk.folder, 'releases', `${release}.yml`), text);
  await desk.git('add', 'releases');
  await desk.git('commit', '--quiet', '--message', why);
  await desk.git('push', '--quiet', 'origin', `HEAD:refs/heads/release-${release}`);
  return (await desk.git('rev-parse', 'HEAD')).trim();
}

export async function openPull(stage: Stage, release: string): Promise<number> {
  const title = `Release ${release}`;
  const asked = { ...repository, title, head: `release-${release}`, base: 'main' };
  const pull = (await stage.as('ada').pulls.create(asked)).data.number;
  stage.tell(`ada opens pull request #${pull} "${title}"`);
  return pull;
}

/** alan, who takes no part in the approvals, merges. */
export async function merge(stage: Stage, pull: number): Promise<void> {
  await stage.as('alan').pulls.merge({ ...repository, pull_number: pull });
  stage.tell(`alan merges pull request #${pull}`);
}

/** Waits for the manifest check to fail, with an annotation at the line of the mistake. */
export async function refusedAtLine(stage: Stage, commit: string, path: string, line: number): Promise<void> {
  const run = await concluded(stage, commit, 'countersign/manifest', 'failure');
  const { data: found } = await stage
    .as('ada')
    .checks.listAnnotations({ ...repository, check_run_id: run.id });
  const there = found.find((one) => one.path === path && one.start_line === line);
  if (there === undefined)
    throw new NotObserved(`an annotation at ${path}:${line}, found ${JSON.stringify(found)}`);
  stage.io.stdout(indented(`${path}:${line}: ${there.message}`));
}
