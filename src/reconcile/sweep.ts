import { digestOf } from '../core/record/digest.ts';
import type { Instant } from '../core/values.ts';
import type { Key } from '../ports/work-queue.ts';
import { wakeGates } from './gates.ts';
import { issueKey, type Memory } from './memory.ts';
import type { World } from './world.ts';

/** Changes may show a little later than their time says, and clocks of one host differ among themselves. */
const overlapMs = 5 * 60_000;

const dayMs = 86_400_000;

/**
 * Asks for every release of a repository whose issues moved since the last complete sweep, however many are open: a few
 * calls, and free ones where nothing moved (design 8). Before the survey after the start there is nothing to do: it looks
 * at everything. Returns how many releases were asked for; throws a `ForgeError`, and then the next sweep goes back as
 * far as this one did.
 */
export async function sweepRepository(
  world: Pick<World, 'forge' | 'memory' | 'enqueue'>,
  repository: string,
): Promise<number> {
  const since = world.memory.swept.get(repository);
  if (since === undefined) return 0;
  world.memory.gates.delete(repository);
  await wakeGates(world, repository, world.memory.glances.get(repository) ?? new Map());
  const { at, issues } = await world.forge.movedIssues(repository, since);
  const releases =
    issues === 'many' ? openOf(world.memory, repository) : releasesOf(world, repository, issues);
  for (const release of releases) world.enqueue({ kind: 'release', repository, release });
  // An empty answer to the same question is free the next time; after any other, the question moves on.
  const next = before(at);
  const moved = issues === 'many' || issues.length > 0;
  if (moved && Date.parse(next) > Date.parse(since)) world.memory.swept.set(repository, next);
  return releases.size;
}

/** The moment from which a sweep asks when a look at everything began at `at`. */
export const before = (at: Instant): Instant =>
  new Date(Date.parse(at) - overlapMs).toISOString().replace('.000Z', 'Z');

const openOf = (memory: Memory, repository: string): ReadonlySet<string> =>
  memory.open.get(repository) ?? new Set();

function releasesOf(
  { memory }: Pick<World, 'memory'>,
  repository: string,
  issues: readonly number[],
): ReadonlySet<string> {
  const id = memory.heads.get(repository)?.repository.id;
  if (id === undefined) return new Set();
  const found = issues.map((issue) => memory.issues.get(issueKey(id, issue)));
  return new Set(found.filter((release) => release !== undefined));
}

/**
 * The open releases whose hour of the day has come between two moments (milliseconds since 1970): each has one, by its
 * name, so that a day's reading of everything is spread evenly and no release is forgotten or read twice.
 */
export function dueForReading(memory: Pick<Memory, 'open'>, from: number, to: number): readonly Key[] {
  return [...memory.open].flatMap(([repository, releases]) =>
    [...releases]
      .filter((release) => isDue(`${repository} ${release}`, from, to))
      .map((release): Key => ({ kind: 'release', repository, release })),
  );
}

function isDue(name: string, from: number, to: number): boolean {
  const moment = Number.parseInt(digestOf(name).slice(0, 8), 16) % dayMs;
  // Days that have begun at that moment since 1970: a moment was passed where their number has grown.
  return Math.floor((to - moment) / dayMs) > Math.floor((from - moment) / dayMs);
}
