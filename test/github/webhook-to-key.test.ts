import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf, type WebhookContext } from '../../src/github/webhook-to-key.ts';

const context: WebhookContext = {
  appId: 4,
  botLogin: 'countersign[bot]',
  isRecordsBranch: (_, branch) => branch === 'countersign-records',
  releaseOfIssue: (repository, issue) => (repository === 5 && issue === 1 ? 'payments' : undefined),
  repositoriesOf: (organization) => (organization === 3 ? ['acme/payments', 'acme/web'] : []),
  openReleasesOf: (name) => (name === 'acme/payments' ? ['payments'] : []),
  releasesOf: (_: string, commit: string) => (commit === 'c'.repeat(40) ? ['payments'] : []),
  releasesWaitingFor: (name, check, commit) =>
    name === 'acme/payments' && check === 'smoke' && commit === 'abc' ? ['payments'] : [],
  releasesFollowing: (_: string, path: string, commit: string) =>
    path === '.github/workflows/deploy.yml' && commit === 'c'.repeat(40) ? ['payments'] : [],
  hasCommand: (body) => body.startsWith('/'),
};

const repository = { id: 5, full_name: 'acme/payments', default_branch: 'main' };
const sender = { login: 'ada' };
const here = [{ kind: 'repository', repository: 'acme/payments' }];
const release = [{ kind: 'release', repository: 'acme/payments', release: 'payments' }];
const keys = (event: string, payload: object) => keysOf(event, { repository, sender, ...payload }, context);

describe('comments', () => {
  const comment = (action: string, body: string, issue = 1) =>
    keys('issue_comment', { action, comment: { body }, issue: { number: issue } });

  it('with a command, edited or deleted on an issue of ours, name its release', () => {
    expect(comment('created', '/approve')).toEqual(release);
    expect(comment('edited', 'thanks')).toEqual(release);
    expect(comment('deleted', 'thanks')).toEqual(release);
  });

  it('on an issue of ours that this process does not know, name the release that its mark tells', () => {
    const on = (body: string, login = 'countersign[bot]') =>
      keys('issue_comment', {
        action: 'created',
        comment: { body: '/approve' },
        issue: { number: 9, user: { login }, body },
      });
    const scope = 'a'.repeat(64);
    expect(on('<!-- countersign release=payments -->')).toEqual(release);
    expect(on(`<!-- countersign release=payments activity=qa attempt=1 scope=${scope} -->`)).toEqual(release);
    expect(on('<!-- countersign release=payments -->', 'eve')).toEqual([]);
    expect(on(`<!-- countersign notice attempt=1 scope=${scope} -->`)).toEqual(here);
  });

  it('on an issue of ours without a mark, name the repository that tells whose it is', () => {
    const issue = { number: 9, user: { login: 'countersign[bot]' } };
    expect(keys('issue_comment', { action: 'created', comment: { body: '/approve' }, issue })).toEqual(here);
  });

  it('without a command, on other issues, or hidden, name nothing', () => {
    expect(comment('created', 'thanks')).toEqual([]);
    expect(comment('created', '/approve', 2)).toEqual([]);
    expect(comment('pinned', '/approve')).toEqual([]);
  });
});

describe('issues', () => {
  it.each(['edited', 'closed', 'reopened', 'deleted', 'transferred'])('of ours that were %s', (action) => {
    expect(keys('issues', { action, issue: { number: 1 } })).toEqual(release);
    expect(keys('issues', { action, issue: { number: 2 } })).toEqual([]);
  });

  it('that are new or labelled name nothing', () => {
    expect(keys('issues', { action: 'opened', issue: { number: 1 } })).toEqual([]);
    expect(keys('issues', { action: 'labeled', issue: { number: 1 } })).toEqual([]);
  });
});

describe('pushes', () => {
  it.each([
    ['refs/heads/main', here],
    ['refs/heads/countersign-records', here],
    ['refs/tags/v1', here],
    ['refs/heads/topic', []],
    ['refs/heads/main/x', []],
    ['refs/notes/commits', []],
  ])('to %s', (ref, expected) => {
    expect(keys('push', { ref })).toEqual(expected);
  });
});

describe('checks', () => {
  const run = (name: string, action = 'rerequested', app = 4) =>
    keys('check_run', { action, check_run: { name, app: { id: app } } });

  it('of ours that somebody asks for again', () => {
    expect(run('countersign/release/payments/verify/qa')).toEqual(release);
    expect(run('countersign/release/payments')).toEqual(release);
    expect(run('countersign/manifest')).toEqual(here);
    expect(run('countersign/release/')).toEqual(here);
    expect(keys('check_suite', { action: 'rerequested', check_suite: { app: { id: 4 } } })).toEqual(here);
  });

  it('T14: of others, where a release waits for one of that name on that commit', () => {
    const ended = (name: string, commit: string, action = 'completed') =>
      keys('check_run', { action, check_run: { name, head_sha: commit, app: { id: 5 } } });
    expect(ended('smoke', 'abc')).toEqual(release);
    expect([...ended('smoke', 'abd'), ...ended('lint', 'abc'), ...ended('smoke', 'abc', 'created')]).toEqual(
      [],
    );
    expect(keys('check_run', { action: 'completed', check_run: { app: { id: 5 } } })).toEqual([]);
  });

  it('of others, or merely made, name nothing', () => {
    expect(run('countersign/manifest', 'rerequested', 5)).toEqual([]);
    expect(run('countersign/manifest', 'completed')).toEqual([]);
    expect(keys('check_suite', { action: 'requested', check_suite: { app: { id: 4 } } })).toEqual([]);
  });
});

it.each(['opened', 'synchronize', 'reopened', 'edited', 'closed'])('a pull request %s', (action) => {
  expect(keys('pull_request', { action })).toEqual(here);
});

it('a pull request with a label names nothing', () => {
  expect(keys('pull_request', { action: 'labeled' })).toEqual([]);
});

it.each(['team', 'membership', 'organization'])('%s names all that waits for people there', (event) => {
  const other = { kind: 'repository', repository: 'acme/web' };
  expect(keys(event, { organization: { id: 3 } })).toEqual([...here, ...release, other]);
  expect(keys(event, { organization: { id: 8 } })).toEqual([]);
});

it('an installation names its repositories', () => {
  const repositories = [{ full_name: 'acme/payments' }, { full_name: '../evil' }, null];
  expect(keys('installation', { action: 'created', repositories })).toEqual(here);
  expect(keys('installation', { action: 'deleted', repositories })).toEqual([]);
  expect(keys('installation_repositories', { action: 'added', repositories_added: repositories })).toEqual(
    here,
  );
});

it('what our own bot did names nothing', () => {
  const own = { login: 'countersign[bot]' };
  expect(keys('push', { ref: 'refs/heads/countersign-records', sender: own })).toEqual([]);
  expect(
    keys('issue_comment', {
      action: 'created',
      comment: { body: '/approve' },
      issue: { number: 1 },
      sender: own,
    }),
  ).toEqual([]);
});

it('never throws, whatever comes', () => {
  const events = fc.constantFrom(
    'issue_comment',
    'issues',
    'push',
    'pull_request',
    'check_run',
    'check_suite',
    'team',
    'membership',
    'installation',
    'installation_repositories',
    'star',
    '__proto__',
    'toString',
  );
  const names = fc.constantFrom(
    'action',
    'repository',
    'issue',
    'id',
    'number',
    'full_name',
    'comment',
    'body',
    'ref',
    'organization',
    'repositories',
    '__proto__',
  );
  const payload = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.anything(),
      fc.constantFrom('created', 1, 'acme/payments'),
      tie('object'),
    ),
    object: fc.dictionary(names, tie('value')),
  })).object;
  fc.assert(fc.property(events, payload, (event, body) => Array.isArray(keysOf(event, body, context))));
});

describe('T14: runs of workflows', () => {
  const ran = { path: '.github/workflows/deploy.yml@main', head_sha: 'c'.repeat(40) };
  const runs = (action: string, more: object = {}, by = sender) =>
    keys('workflow_run', { action, workflow_run: { ...ran, ...more }, sender: by });

  it('that ended name the releases that follow them, also where our App started them', () => {
    expect(runs('completed')).toEqual(release);
    expect(runs('completed', {}, { login: 'countersign[bot]' })).toEqual(release);
  });

  it('of other files and commits, and what only began, name nothing', () => {
    expect(runs('requested')).toEqual([]);
    expect(runs('completed', { path: '.github/workflows/smoke.yml' })).toEqual([]);
    expect(runs('completed', { head_sha: 'd'.repeat(40) })).toEqual([]);
    expect(runs('completed', { head_sha: undefined })).toEqual([]);
    expect(runs('completed', { path: 7 })).toEqual([]);
  });
});

describe('T5, T6: a job waits for an environment', () => {
  it('the repository is looked at, also where our App started the run', () => {
    const whole = [{ kind: 'repository', repository: 'acme/payments' }];
    for (const by of [sender, { login: 'countersign[bot]' }])
      expect(keys('deployment_protection_rule', { action: 'requested', sender: by })).toEqual(whole);
    expect(keysOf('deployment_protection_rule', { action: 'requested' }, context)).toEqual([]);
  });
});
