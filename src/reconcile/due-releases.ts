import type { RecordsReading } from '../core/record/record.ts';
import { foreignTo } from '../core/release/deviate.ts';
import { reformInForce } from '../core/repository/first-bindings.ts';
import type { RepositoryView } from '../ports/forge.ts';
import type { Mirror } from '../ports/mirror.ts';
import { type Glance, glancesAt } from './glance.ts';
import { issueKey, type Memory, type Stock, targetKey } from './memory.ts';
import { before } from './sweep.ts';

type Glances = ReadonlyMap<string, Glance>;

/** What finding the due releases needs of the outside. */
type Surroundings = { readonly memory: Memory; readonly mirror: Pick<Mirror, 'resolveAll'> };

/** Releases that differ from their record; and after the start, every open one. */
export async function dueReleases(
  { memory, mirror }: Surroundings,
  repository: string,
  view: Pick<RepositoryView, 'at' | 'repository'>,
  stock: Pick<Stock, 'inventory' | 'inheritance'>,
  reading: RecordsReading,
): Promise<ReadonlySet<string>> {
  const survey = !memory.surveyed.has(repository);
  memory.surveyed.add(repository);
  if (survey) memory.swept.set(repository, before(view.at));
  const reopened = memory.closed.delete(repository);
  const glances = glancesAt(memory, repository, reading.releases);
  const reruled = rulesMoved(memory, repository, stock, glances);
  rememberAll(memory, repository, view.repository.id, glances);
  const isFresh = freshIn(glances);
  const { manifests } = stock.inventory;
  const due = await movedTags(mirror, repository, glances);
  for (const [release, file] of manifests) {
    const glance = glances.get(release);
    if (!glance || (!glance.ended && glance.manifest !== file.digest)) due.add(release);
  }
  for (const [release, glance] of glances) {
    const gone = !glance.ended && !manifests.has(release);
    if (
      reopened ||
      gone ||
      (reruled && !glance.ended) ||
      (survey && isFresh(glance)) ||
      hasNewDeviation(release, glance, reading)
    )
      due.add(release);
  }
  return due;
}

/**
 * Open releases adopt tightenings (T7): a configuration with other floors has all of them looked at, and so has an
 * inherited one that comes to be unknown, or known. Under a new revision names may mean somebody else, so what they held
 * back goes on (T13).
 */
function rulesMoved(
  memory: Memory,
  repository: string,
  { inventory: { configuration }, inheritance }: Pick<Stock, 'inventory' | 'inheritance'>,
  glances: Glances,
): boolean {
  if (configuration === undefined && inheritance === undefined) return false;
  const before = memory.floors.get(repository);
  const now = JSON.stringify([configuration?.floors ?? inheritance, reformInForce(glances)?.release]);
  memory.floors.set(repository, now);
  return before !== undefined && before !== now;
}

const freshMs = 86_400_000;

/**
 * Releases whose issues and checks may lag behind their record: open ones, and those that ended within a day of the
 * newest event. Whoever recorded the end may have died before it was shown; while nobody works no event is added, so
 * that it does not matter how long that was ago.
 */
function freshIn(glances: Glances): (glance: Glance) => boolean {
  const newest = [...glances.values()].reduce(
    (latest, { lastAt }) => Math.max(latest, Date.parse(lastAt)),
    0,
  );
  return ({ ended, lastAt }) => !ended || newest - Date.parse(lastAt) <= freshMs;
}

function rememberAll(memory: Memory, repository: string, repositoryId: number, glances: Glances): void {
  const open = new Set<string>();
  for (const [release, { ended, waiting, target, checks, issues }] of glances) {
    if (!ended) open.add(release);
    memory.waiting.set(targetKey(repository, release), waiting);
    memory.targets.set(targetKey(repository, release), target);
    memory.checks.set(targetKey(repository, release), checks);
    for (const number of issues) memory.issues.set(issueKey(repositoryId, number), release);
  }
  memory.open.set(repository, open);
}

const hasNewDeviation = (release: string, glance: Glance, reading: RecordsReading): boolean =>
  foreignTo(release, reading).some(({ commit }) => !glance.foreign.has(commit));

/** Branches move all the time; a tag is meant to stay (T2). All of them are looked up together. */
async function movedTags(
  mirror: Surroundings['mirror'],
  repository: string,
  glances: Glances,
): Promise<Set<string>> {
  const tags = new Set([...glances.values()].flatMap(({ ended, tag }) => (ended || !tag ? [] : [tag])));
  const commits = tags.size > 0 ? await mirror.resolveAll(repository, [...tags]) : new Map<string, string>();
  const moved = [...glances].filter(([, { ended, tag, target }]) => {
    const now = ended || !tag ? undefined : commits.get(tag);
    return now !== undefined && now !== target;
  });
  return new Set(moved.map(([release]) => release));
}
