import { expect, it } from 'vitest';
import type { BranchWriter } from '../../src/ports/branch-writer.ts';
import type { Forge } from '../../src/ports/forge.ts';
import type { GitCredentials } from '../../src/ports/git-credentials.ts';

/** What the part of the contract that needs REST alone asks of a host with `acme/payments`. */
export type RestWorld = {
  readonly forge: Forge;
  readonly writer: BranchWriter;
  readonly credentials: GitCredentials;
  /** The writer of an App that is installed and may not write contents. */
  readonly restricted: BranchWriter;
  /** A forge that signs as the App with a key of another. */
  readonly impostor: Forge;
  /** Root of the REST API. */
  readonly api: string;
  /** What a person does over REST; returns the parsed answer. `through` names an App that acts for them. */
  readonly act: (who: string, route: string, body?: object, through?: 'other') => Promise<Answered>;
  /** Calls of the App since the last look, without those for tokens. */
  readonly calls: () => number;
};

export type Answered = { readonly id: number; readonly number: number; readonly sha: string };

const repository = 'acme/payments';
const root = `/repos/${repository}`;
const branch = 'countersign-records';

const genesis = {
  repository,
  branch,
  additions: [
    { path: 'README.md', content: new TextEncoder().encode('Records\n') },
    { path: 'a.bin', content: Uint8Array.of(0xff, 0, 0xfe) },
  ],
  deletions: [],
  message: 'Begin',
};

type Part = { readonly name: string; readonly run: (world: RestWorld) => Promise<void> };

const commentOn = async (world: RestWorld, through?: 'other') => {
  const issue = await world.act('grace', `POST ${root}/issues`, { title: 'Thread', body: 'B' });
  const body = { body: '/approve' };
  return world.act('grace', `POST ${root}/issues/${issue.number}/comments`, body, through);
};

const parts: readonly Part[] = [
  {
    name: 'lists the repositories it is installed on',
    run: async ({ forge }) => {
      expect(await forge.repositories()).toContain(repository);
    },
  },
  {
    name: 'gets a token of its installation that opens the repository',
    run: async ({ credentials, api }) => {
      const { password } = await credentials.accessTo(repository);
      const asked = await fetch(`${api}${root}`, { headers: { authorization: `Bearer ${password}` } });
      expect(asked.status).toBe(200);
      expect((await fetch(`${api}${root}`)).ok).toBe(false);
    },
  },
  {
    name: 'does not say whether a repository exists where it is not installed',
    run: async ({ forge }) => {
      const refused = { name: 'ForgeError', code: 'forbidden' };
      await expect(forge.provenance('acme/nothing', 1)).rejects.toMatchObject(refused);
    },
  },
  {
    name: 'is refused with the key of another App (T19)',
    run: async ({ impostor }) => {
      const refused = { name: 'ForgeError', code: 'forbidden' };
      await expect(impostor.provenance(repository, 1)).rejects.toMatchObject(refused);
    },
  },
  {
    name: 'starts the records branch as an orphan, once',
    run: async ({ writer, act }) => {
      const started = await writer.commit(genesis);
      if (started.kind !== 'committed') throw new Error('unexpected');
      const ref = await act('ada', `GET ${root}/git/ref/heads/${branch}`);
      expect(ref).toMatchObject({ object: { sha: started.head } });
      const commit = await act('ada', `GET ${root}/git/commits/${started.head}`);
      expect(commit).toMatchObject({ message: 'Begin', parents: [] });
      const file = await act('ada', `GET ${root}/contents/a.bin?ref=${branch}`);
      expect(file).toMatchObject({ content: expect.stringContaining('/wD+'), encoding: 'base64' });
      expect(await writer.commit(genesis)).toEqual({ kind: 'lost-race' });
    },
  },
  {
    name: 'is refused what the App was not granted',
    run: async ({ restricted }) => {
      const refused = restricted.commit({ ...genesis, branch: 'other-records' });
      await expect(refused).rejects.toMatchObject({ name: 'ForgeError', code: 'forbidden' });
    },
  },
  {
    name: 'tells who wrote a comment, by one read (T15)',
    run: async (world) => {
      const { id } = await commentOn(world);
      world.calls();
      const provenance = await world.forge.provenance(repository, id);
      expect(world.calls()).toBe(1);
      expect(provenance).toEqual({ kind: 'known', value: { author: expect.any(Number) } });
    },
  },
  {
    name: 'tells the App that a comment came through (T15)',
    run: async (world) => {
      const { id } = await commentOn(world, 'other');
      expect(await world.forge.provenance(repository, id)).toMatchObject({ value: { throughApp: 'other' } });
    },
  },
  {
    name: 'does not know a comment that is not there (T15)',
    run: async ({ forge }) => {
      expect(await forge.provenance(repository, 99_999_999)).toMatchObject({ kind: 'unknown' });
    },
  },
];

/** Names of the tests. */
export const restContract: readonly string[] = parts.map(({ name }) => name);

/** What the adapter must do over any host, by REST alone. `failing` names what is known not to hold on this one. */
export const describeRest = (world: () => RestWorld, failing: readonly string[] = []): void => {
  for (const { name, run } of parts) (failing.includes(name) ? it.fails : it)(name, () => run(world()));
};
