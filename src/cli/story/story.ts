import { allIssuesClosed, answered, concluded, issueTitled } from './look.ts';
import { repository } from './person.ts';
import {
  type Desk,
  exampleRelease,
  merge,
  openDesk,
  openPull,
  pushManifest,
  refusedAtLine,
} from './propose.ts';
import type { Stage } from './stage.ts';

const big = 'payments-2026.11';
const small = 'payments-2026.10.1';

/** The whole path, as different people see it. Throws `NotObserved` at the first step that does not happen. */
export async function tellStory(stage: Stage): Promise<void> {
  const desk = await openDesk(stage);
  await proposeWithMistake(stage, desk);
  const signOff = await issueTitled(stage, `${big}: Sign-off by QA`);
  await refusals(stage, signOff);
  await signOffByQa(stage, signOff);
  await rejectAnother(stage, desk);
  await approveToTheEnd(stage);
}

async function proposeWithMistake(stage: Stage, desk: Desk): Promise<void> {
  await desk.git('tag', 'v2026.11.0');
  await desk.git('push', '--quiet', 'origin', 'v2026.11.0');
  await desk.git('switch', '--quiet', '--create', big);
  const text = exampleRelease(big);
  const mistaken = text.replace('approvers:', 'aprovers:');
  const line = mistaken.split('\n').findIndex((one) => one.includes('aprovers:')) + 1;
  const first = await pushManifest(desk, big, mistaken, 'Propose 2026.11');
  const pull = await openPull(stage, big);
  await refusedAtLine(stage, first, `releases/${big}.yml`, line);
  stage.tell('ada mends the line and pushes again');
  const second = await pushManifest(desk, big, text, 'Name the approvers');
  await concluded(stage, second, 'countersign/manifest', 'success');
  await merge(stage, pull);
  await issueTitled(stage, `Release ${big}: Payments 2026.11, instant transfers`);
}

async function refusals(stage: Stage, issue: number): Promise<void> {
  await comment(stage, 'eve', issue, '/approve\nsummary: Looks fine to me, ship it now.\nfailures: 0');
  await answered(stage, issue, 'eve', ['not counted']);
  await comment(stage, 'ada', issue, '/approve\nsummary: I wrote it, so I know it works.\nfailures: 0');
  await answered(stage, issue, 'ada', ['not counted']);
  await comment(stage, 'grace', issue, '/approve');
  await answered(stage, issue, 'grace', ['```', '/approve', 'summary:', 'failures:']);
  await concluded(stage, 'v2026.11.0', `countersign/release/${big}/verify/qa-signoff`, 'action_required');
}

async function signOffByQa(stage: Stage, issue: number): Promise<void> {
  const answers = 'summary: Every critical path, twice, on staging.\nfailures: 0';
  await comment(stage, 'grace', issue, `/approve\n${answers}`);
  await comment(stage, 'katherine', issue, `/approve qa-signoff\n${answers}`);
  await concluded(stage, 'v2026.11.0', `countersign/release/${big}/verify/qa-signoff`, 'success');
}

async function rejectAnother(stage: Stage, desk: Desk): Promise<void> {
  await desk.git('fetch', '--quiet', 'origin');
  await desk.git('switch', '--quiet', '--create', small, 'origin/main');
  const commit = await pushManifest(desk, small, exampleRelease(small), 'Propose 2026.10.1');
  const pull = await openPull(stage, small);
  await concluded(stage, commit, 'countersign/manifest', 'success');
  await merge(stage, pull);
  const issue = await issueTitled(stage, `${small}: Sign-off by QA`);
  await comment(stage, 'grace', issue, '/reject Refunds of half a cent go to the wrong side.');
  await desk.git('fetch', '--quiet', 'origin');
  const target = (await desk.git('rev-parse', 'origin/main')).trim();
  await concluded(stage, target, `countersign/release/${small}/verify/qa-signoff`, 'failure');
  await concluded(stage, target, `countersign/release/${small}`, 'failure');
}

async function approveToTheEnd(stage: Stage): Promise<void> {
  await comment(stage, 'donna', await issueTitled(stage, `${big}: Consent of the business`), '/approve');
  const issue = await issueTitled(stage, `${big}: Go or no-go`);
  const answers = 'risk: Low\nchange: CHG-4711\n- [x] tests';
  await comment(stage, 'mona', issue, `/approve\n${answers}`);
  await comment(stage, 'radia', issue, `/approve\n${answers}`);
  await concluded(stage, 'v2026.11.0', `countersign/release/${big}/production/go-no-go`, 'success');
  await concluded(stage, 'v2026.11.0', `countersign/release/${big}`, 'success');
  await allIssuesClosed(stage, big);
}

async function comment(stage: Stage, login: string, issue: number, body: string): Promise<void> {
  await stage.as(login).issues.createComment({ ...repository, issue_number: issue, body });
  stage.tell(`${login} comments on #${issue}: ${body.split('\n').join(' ⏎ ')}`);
}
