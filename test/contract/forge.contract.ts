import { beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/release/surface.ts';
import type { ReleaseQuestion } from '../../src/ports/forge.ts';
import { type Answered, describeRest, type RestWorld } from './rest.contract.ts';

/**
 * A host with `acme/payments` (one commit on `main`; `ada` may write, `mona` is its admin), the team `engineering` with
 * `ada`, its child team `qa` with `grace` and, not yet confirmed, `linus`, and another App that acts for `grace`.
 */
export type ForgeWorld = RestWorld & {
  readonly replyByEmail: (who: string, issue: number, body: string) => Promise<Answered>;
};

const repository = 'acme/payments';
const root = `/repos/${repository}`;
const branch = 'countersign-records';

const question: ReleaseQuestion = { repository, recordsBranch: branch, threads: [], principals: [] };

const file = (path: string, text: string) => ({ path, content: new TextEncoder().encode(text) });

/** What every forge, and every branch writer over the same host, must do. */
export const describeForge = (name: string, world: () => ForgeWorld): void => {
  describe(name, () => {
    /** Warm: the installation and its token are known. */
    beforeAll(async () => {
      await world().forge.observeRepository(repository, branch);
      world().calls();
    });
    describeLooking(world);
    describeRest(world);
    describeBranch(world);
    describeSurfaces(world);
    describeThreads(world);
    describePrincipals(world);
    describeAuthorship(world);
  });
};

const describeLooking = (world: () => ForgeWorld): void => {
  it('reads a repository by one call', async () => {
    world().calls();
    const view = await world().forge.observeRepository(repository, branch);
    expect(world().calls()).toBe(1);
    expect(view).toMatchObject({
      repository: { name: repository, private: true },
      defaultBranch: { name: 'main' },
    });
    expect(view.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('lends git a token that opens the repository', async () => {
    const access = await world().credentials.accessTo(repository);
    const basic = Buffer.from(`${access.username}:${access.password}`).toString('base64');
    const refs = `${access.url}/info/refs?service=git-upload-pack`;
    expect((await fetch(refs, { headers: { authorization: `Basic ${basic}` } })).status).toBe(200);
    expect((await fetch(refs)).status).toBe(401);
  });
};

const describeBranch = (world: () => ForgeWorld): void => {
  const first = {
    repository,
    branch,
    additions: [file('README.md', 'Records\n')],
    deletions: [],
    message: 'Begin',
  };
  const headOf = async () => (await world().forge.observeRelease(question)).records;

  it('shows the records branch it started', async () => {
    expect(await headOf()).toMatch(/^[0-9a-f]{40}$/);
  });

  it('moves it by compare-and-swap, by one call', async () => {
    const expectedHead = (await headOf()) ?? '';
    world().calls();
    const moved = await world().writer.commit({
      ...first,
      expectedHead,
      additions: [file('b', 'b')],
      message: 'Go on\n\nRelease: x',
    });
    expect(world().calls()).toBe(1);
    expect(moved).toMatchObject({ kind: 'committed', head: await headOf() });
    const late = await world().writer.commit({ ...first, expectedHead, additions: [file('c', 'c')] });
    expect(late).toEqual({ kind: 'lost-race' });
  });

  it('deletes files with the commit', async () => {
    const expectedHead = (await headOf()) ?? '';
    await world().writer.commit({
      ...first,
      expectedHead,
      additions: [],
      deletions: ['b'],
      message: 'Take b away',
    });
    await expect(world().act('mona', `GET ${root}/contents/b?ref=${branch}`)).rejects.toThrow('404');
  });
};

const describeSurfaces = (world: () => ForgeWorld): void => {
  const look = async () => {
    const { forge } = world();
    const { defaultBranch, repository: place } = await forge.observeRepository(repository, branch);
    return { forge, place, commit: defaultBranch?.head ?? '' };
  };

  it('writes everything by one call, and shows what it wrote by one call', async () => {
    const { forge, place, commit } = await look();
    const check = {
      name: 'countersign/release/one',
      commit,
      conclusion: 'action_required' as const,
      title: 'On hold',
      summary: 'Waiting for **people**',
      externalId: '1 abc',
      annotations: [
        {
          path: 'README.md',
          position: { line: 1, column: 2 },
          level: 'failure' as const,
          title: 'Odd',
          message: 'Look',
        },
      ],
    };
    world().calls();
    const [made, issue] = await forge.apply(place, [
      { kind: 'create-check', check },
      { kind: 'create-issue', title: 'Release one', body: 'Body with "quotes" and {braces}' },
    ]);
    expect(world().calls()).toBe(1);
    if (made?.kind !== 'check' || issue?.kind !== 'issue') throw new Error('unexpected');
    expect(made.check).toMatchObject({
      name: check.name,
      conclusion: 'action_required',
      title: 'On hold',
      externalId: '1 abc',
    });
    const { number } = issue.thread.issue;
    const view = await forge.observeRelease({
      ...question,
      target: commit,
      threads: [{ issue: number, comments: 'all' }],
      ownIssuesSince: issue.thread.createdAt,
    });
    expect(world().calls()).toBe(1);
    expect(view.checks).toEqual([made.check]);
    expect(view.threads.get(number)).toEqual(issue.thread);
    expect(view.ownIssues.map((thread) => thread.issue.number)).toContain(number);
  });

  it('shows the newest run of a name, and changes it in place', async () => {
    const { forge, place, commit } = await look();
    const check = {
      name: 'countersign/manifest',
      commit,
      title: 'T',
      summary: 'S',
      externalId: '2',
      annotations: [],
    };
    const write = (conclusion: 'failure' | 'success'): Write => ({
      kind: 'create-check',
      check: { ...check, conclusion },
    });
    const [, second] = await forge.apply(place, [write('failure'), write('success')]);
    if (second?.kind !== 'check') throw new Error('unexpected');
    const { nodeId } = second.check;
    const better = { ...check, conclusion: 'success' as const, summary: 'Better' };
    await forge.apply(place, [{ kind: 'update-check', nodeId, check: better }]);
    const shown = (await forge.checksOn(repository, commit)).filter((one) => one.name === check.name);
    expect(shown).toMatchObject([{ nodeId, conclusion: 'success', summary: 'Better' }]);
  });

  it('opens, links, changes, closes and reopens issues, comments and reacts', async () => {
    const { forge, place } = await look();
    const [parent, child] = await forge.apply(place, [
      { kind: 'create-issue', title: 'Parent', body: 'P' },
      { kind: 'create-issue', title: 'Child', body: 'C' },
    ]);
    if (parent?.kind !== 'issue' || child?.kind !== 'issue') throw new Error('unexpected');
    const { nodeId, number } = child.thread.issue;
    world().calls();
    const written = await forge.apply(place, [
      { kind: 'link-issue', parent: parent.thread.issue.nodeId, child: nodeId },
      { kind: 'update-issue', nodeId, title: 'Child two', body: 'C2' },
      { kind: 'close-issue', nodeId, reason: 'COMPLETED' },
      { kind: 'comment', issue: nodeId, body: 'Hello' },
      { kind: 'create-issue', title: 'Second child', body: 'D', parent: parent.thread.issue.nodeId },
    ]);
    expect(world().calls()).toBe(1);
    const [, , , comment, second] = written;
    if (comment?.kind !== 'comment' || second?.kind !== 'issue') throw new Error('unexpected');
    expect(second.thread.parent).toBe(parent.thread.issue.number);
    await forge.apply(place, [{ kind: 'react', subject: comment.comment.nodeId, reaction: 'THUMBS_UP' }]);
    const thread = async () =>
      (
        await forge.observeRelease({ ...question, threads: [{ issue: number, comments: 'all' }] })
      ).threads.get(number);
    expect(await thread()).toMatchObject({
      title: 'Child two',
      body: 'C2',
      open: false,
      parent: parent.thread.issue.number,
      comments: [{ ...comment.comment, ours: true, reactions: ['THUMBS_UP'] }],
    });
    await forge.apply(place, [{ kind: 'reopen-issue', nodeId }]);
    expect((await thread())?.open).toBe(true);
  });

  it('fails when a part is refused', async () => {
    const { forge, place } = await look();
    const refused = forge.apply(place, [{ kind: 'comment', issue: 'I_nothing', body: 'x' }]);
    await expect(refused).rejects.toMatchObject({ name: 'ForgeError' });
  });
};

const describeThreads = (world: () => ForgeWorld): void => {
  const open = async () => {
    const { forge } = world();
    const { repository: place } = await forge.observeRepository(repository, branch);
    const [made] = await forge.apply(place, [{ kind: 'create-issue', title: 'Thread', body: 'B' }]);
    if (made?.kind !== 'issue') throw new Error('unexpected');
    const { number } = made.thread.issue;
    const read = async (comments: 'all' | 'recent' = 'all') => {
      const view = await forge.observeRelease({ ...question, threads: [{ issue: number, comments }] });
      return view.threads.get(number);
    };
    const say = (who: string, body: string) =>
      world().act(who, `POST ${root}/issues/${number}/comments`, { body });
    return { number, read, say };
  };

  it('tell who said what, and what became of it', async () => {
    const { number, read, say } = await open();
    const kept = await say('grace', '/approve');
    const edited = await say('ada', 'fine');
    await world().act('ada', `PATCH ${root}/issues/comments/${edited.id}`, { body: '/approve' });
    const gone = await say('ada', '/withdraw');
    await world().act('mona', `DELETE ${root}/issues/comments/${gone.id}`);
    const mailed = await world().replyByEmail('grace', number, '/approve');
    const robot = await say('robo', '/approve');
    const thread = await read();
    const person = (login: string) => ({ kind: 'person', person: { login } });
    expect(thread?.comments).toMatchObject([
      { id: kept.id, writer: person('grace'), body: '/approve', edited: false, byEmail: false, ours: false },
      { id: edited.id, writer: person('ada'), edited: true },
      { id: mailed.id, writer: person('grace'), byEmail: true },
      { id: robot.id, writer: { kind: 'machine' } },
    ]);
    expect(thread?.deletions).toMatchObject([{ writer: person('ada') }]);
  });

  it('are read to the last page', async () => {
    const { number, read, say } = await open();
    for (let count = 1; count <= 101; count += 1) await say('grace', `Comment ${count}`);
    world().calls();
    expect((await read())?.comments.map(({ body }) => body)).toEqual(
      Array.from({ length: 101 }, (_, index) => `Comment ${index + 1}`),
    );
    expect(world().calls()).toBe(2);
    const recent = await read('recent');
    expect([recent?.comments.length, recent?.comments.at(-1)?.body]).toEqual([20, 'Comment 101']);
    expect(number).toBeGreaterThan(0);
  });

  it('leave out an issue that is not there', async () => {
    const view = await world().forge.observeRelease({
      ...question,
      threads: [{ issue: 99_999, comments: 'all' }],
    });
    expect(view.threads.size).toBe(0);
  });
};

const describePrincipals = (world: () => ForgeWorld): void => {
  it('resolve to people with their ids, by the same call', async () => {
    const principals = ['team:engineering', 'team:qa', 'user:ada', 'team:nothing', 'user:nobody-here'];
    world().calls();
    const { resolutions } = await world().forge.observeRelease({ ...question, principals });
    expect(world().calls()).toBe(1);
    const member = (login: string, inherited: boolean) =>
      expect.objectContaining({ person: { id: expect.any(Number), login }, inherited });
    expect(resolutions).toEqual({
      'team:engineering': {
        kind: 'team',
        id: expect.any(Number),
        members: expect.arrayContaining([member('ada', false), member('grace', true)]),
      },
      'team:qa': { kind: 'team', id: expect.any(Number), members: [member('grace', false)] },
      'user:ada': { kind: 'user', id: expect.any(Number), login: 'ada' },
      'team:nothing': { kind: 'missing' },
      'user:nobody-here': { kind: 'missing' },
    });
  });

  it('resolve to whoever may do at least as much on the repository, by the same call', async () => {
    const principals = ['permission:write', 'permission:admin', 'user:ada'];
    world().calls();
    const view = await world().forge.observeRelease({ ...question, principals });
    expect(world().calls()).toBe(1);
    const able = (permission: string) => {
      const found = view.resolutions[`permission:${permission}`];
      return found?.kind === 'team' ? found.members.map(({ person }) => person.login).sort() : found;
    };
    expect(able('admin')).toEqual(['mona']);
    expect(able('write')).toEqual(['ada', 'grace', 'mona']);
    expect(view.resolutions['permission:write']).toMatchObject({ id: view.repository.id });
  });
};

const describeAuthorship = (world: () => ForgeWorld): void => {
  it('names who opened, merged and pushed', async () => {
    const { act, forge } = world();
    const { defaultBranch } = await forge.observeRepository(repository, branch);
    const base = defaultBranch?.head ?? '';
    await act('ada', `POST ${root}/git/refs`, { ref: 'refs/heads/topic', sha: base });
    const content = Buffer.from('release: x\n').toString('base64');
    await act('ada', `PUT ${root}/contents/releases/x.yml`, { message: 'Add x', content, branch: 'topic' });
    const pull = await act('ada', `POST ${root}/pulls`, { title: 'X', head: 'topic', base: 'main' });
    const open = await forge.observeRepository(repository, branch);
    expect(open.pulls).toMatchObject([{ number: pull.number, base: 'main', fromFork: false, checks: [] }]);

    const merged = await act('mona', `PUT ${root}/pulls/${pull.number}/merge`, { merge_method: 'squash' });
    const topic = open.pulls[0]?.head ?? '';
    world().calls();
    const found = await forge.authorship(repository, [merged.sha, topic]);
    expect(world().calls()).toBe(1);
    const ada = { kind: 'person', person: { login: 'ada' } };
    const pulls = [
      { number: pull.number, openedBy: ada, mergedBy: { kind: 'person', person: { login: 'mona' } } },
    ];
    expect(found.get(merged.sha)).toMatchObject({ pulls, whole: true });
    expect(found.get(topic)).toMatchObject({ accounts: [{ account: { login: 'ada' } }, {}], whole: true });
    const pushes = await forge.pushes(repository, () => false);
    expect(pushes[0]).toMatchObject({
      ref: 'refs/heads/main',
      after: merged.sha,
      by: { person: { login: 'mona' } },
    });
    expect(pushes.find(({ after }) => after === topic)).toMatchObject({ ref: 'refs/heads/topic', by: ada });
    expect(pushes[0]?.before).toBe(base);
    expect((await forge.observeRepository(repository, branch)).pulls).toEqual([]);
  });
};
