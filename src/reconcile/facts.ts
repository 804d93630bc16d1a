import type { Role } from '../core/configuration/configuration.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { inheritedApart } from '../core/messages/inheritance-words.ts';
import { ownerRoles } from '../core/policy/codeowners.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { isAmendmentName } from '../core/release/amendment-name.ts';
import type { Author } from '../core/release/event.ts';
import type { CheckView, Elsewhere, Facts, ManifestFact } from '../core/release/facts.ts';
import { isEnvironmentCheck } from '../core/release/show-environments.ts';
import { environmentsIn } from '../core/release/stand.ts';
import { type ReleaseState, standingAttempts, standingOpening } from '../core/release/state.ts';
import type { Known, Sha } from '../core/values.ts';
import type { ReleaseView } from '../ports/forge.ts';
import { authorsOf } from './authors.ts';
import { dutiesFact } from './duties.ts';
import { gateFacts, type Visit } from './gates.ts';
import { boundNames, glancesAt } from './glance.ts';
import type { Memory, Stock } from './memory.ts';
import { workflowFacts } from './workflows.ts';
import type { World } from './world.ts';

/** Clocks further apart than this are not to be trusted (T20). */
const clocksApartMs = 60_000;

/** Gathers everything a decision may look at (design 3.1). */
export async function gatherFacts(
  world: World,
  repository: string,
  release: string,
  state: ReleaseState,
  stock: Stock,
  view: ReleaseView,
  reading: RecordsReading,
  visit: Visit,
): Promise<Facts> {
  const branch = view.defaultBranch?.name ?? '';
  const manifest = await manifestFact(world, repository, release, state, stock, branch);
  const { configuration } = stock.inventory;
  const plan = planOf(state, manifest);
  const elsewhere = elsewhereIn(world.memory, repository, release, plan, view.checks, reading.releases);
  const target = await targetFact(world, repository, plan, elsewhere);
  const isExpected = async (commit: Sha): Promise<boolean> => {
    if (environmentsOf(state).length === 0) return false;
    for (const [name, file] of stock.inventory.manifests)
      if (
        !reading.releases.has(name) &&
        (await targetFact(world, repository, file.plan, []))?.commit === commit
      )
        return true;
    return false;
  };
  const duties = await dutiesFact(
    world,
    repository,
    state,
    plan,
    configuration?.floors ?? [],
    target,
    stock.commit,
    branch,
    view.at,
  );
  return {
    head: stock.commit,
    timely: Math.abs(Date.parse(view.at) - Date.parse(world.clock.now())) <= clocksApartMs,
    manifest,
    configuration: configuration
      ? { kind: 'known', value: configuration }
      : { kind: 'unknown', why: 'the configuration has errors' },
    ...inheritedFact(stock),
    target,
    ...(duties ? { duties } : {}),
    resolutions: view.resolutions,
    bound: boundNames(world.memory, repository, reading.releases),
    threads: new Map([
      ...view.ownIssues.map((thread) => [thread.issue.number, thread] as const),
      ...view.threads,
    ]),
    unrecorded: view.ownIssues,
    checks: view.checks,
    provenance: new Map(),
    files: new Map(),
    foreign: reading.foreign,
    // A run that ended before the deployments are read has told of all of them.
    ...(await gateFacts(world, repository, state, isExpected, visit)),
    deployments: await deploymentsFact(world, repository, state),
    ...(await workflowFacts(world, repository, state, plan)),
    elsewhere,
  };
}

/** What is inherited, and whether it is known together with the repository's own (T7). */
const inheritedFact = ({ inheritance, inventory }: Stock): Pick<Facts, 'inherited'> => {
  if (inheritance === undefined || inheritance.kind === 'none') return {};
  if (inheritance.kind === 'unknown') return { inherited: inheritance };
  const { from } = inheritance;
  return inventory.configuration === undefined
    ? { inherited: { kind: 'unknown', why: inheritedApart(from.repository.name) } }
    : { inherited: { kind: 'known', value: from } };
};

/** Asked only while an environment is open: otherwise nothing that was deployed says anything about this release. */
async function deploymentsFact(
  { forge }: World,
  repository: string,
  state: ReleaseState,
): Promise<Facts['deployments']> {
  const open =
    state.kind === 'opened' && !state.ended && standingAttempts(state).some((one) => standingOpening(one));
  return open ? forge.deployments(repository, state.target.commit) : { kind: 'known', value: [] };
}

/**
 * What other releases have open or wait to open. Releases that name no environment have nothing to do with each other,
 * unless the check of one stands on their commit: that is about others then, and theirs to end (T5).
 */
export function elsewhereIn(
  memory: Pick<Memory, 'glances' | 'states'>,
  repository: string,
  release: string,
  plan: Manifest | undefined,
  checks: readonly CheckView[],
  releases: RecordsReading['releases'],
): readonly Elsewhere[] {
  const names = plan !== undefined && environmentsIn(plan).length > 0;
  if (!names && checks.every(({ name }) => !isEnvironmentCheck(name))) return [];
  const glances = glancesAt(memory, repository, releases);
  return [...glances].flatMap(([name, { elsewhere }]) => (elsewhere && name !== release ? [elsewhere] : []));
}

const environmentsOf = (state: ReleaseState): readonly string[] =>
  state.kind === 'opened' ? environmentsIn(state.revision.plan) : [];

const planOf = (state: ReleaseState, manifest: ManifestFact): Manifest | undefined => {
  if (manifest.kind === 'present') return manifest.plan;
  return state.kind === 'opened' ? state.revision.plan : undefined;
};

async function manifestFact(
  world: World,
  repository: string,
  release: string,
  state: ReleaseState,
  stock: Stock,
  branch: string,
): Promise<ManifestFact> {
  const file = stock.inventory.manifests.get(release);
  const recorded = state.kind === 'opened' ? state.revision.path : undefined;
  // A change of the configuration that was taken back: what is written is what rules again (T7).
  if (!file && stock.settled && isAmendmentName(release)) return { kind: 'absent' };
  if (!file) {
    // A file that is there but cannot be used, or a configuration that cannot be read, must not cancel anything.
    const doubtful = recorded !== undefined && (stock.paths.has(recorded) || !stock.inventory.configuration);
    return doubtful ? { kind: 'invalid', path: recorded } : { kind: 'absent' };
  }
  const accepted = state.kind === 'opened' && state.revision.manifest === file.digest;
  const commit = (await world.mirror.lastChange(repository, stock.commit, file.path)) ?? stock.commit;
  // Where nobody is asked, nobody is excluded.
  const authors: Known<readonly Author[]> =
    accepted || file.plan.phases.length === 0
      ? { kind: 'known', value: [] }
      : await authorsOf(world, repository, {
          path: file.path,
          head: stock.commit,
          branch,
          since: file.since ?? acceptedIn(state),
        });
  const { path, digest, plan, floors } = file;
  const owners = ownersIn(stock, plan, repository);
  const found = floors.length === 0 ? {} : { floors };
  return { kind: 'present', path, digest, plan, owners, commit, authors, ...found };
}

/** Whom CODEOWNERS of the default branch names for the paths of a manifest, as roles. */
export const ownersIn = (
  { codeowners, inventory }: Stock,
  plan: Manifest | undefined,
  repository: string,
): readonly Role[] =>
  plan === undefined
    ? []
    : ownerRoles(plan, inventory.configuration?.custodians, codeowners, repository.split('/')[0] as string);

const acceptedIn = (state: ReleaseState): Sha | undefined =>
  state.kind === 'opened' ? state.revision.commit : undefined;

/** What the written target stands for now, and where it begins (T16). */
export async function targetFact(
  world: World,
  repository: string,
  plan: Manifest | undefined,
  elsewhere: readonly Elsewhere[],
): Promise<Facts['target']> {
  if (!plan) return undefined;
  const { target } = plan;
  const found = await meaning(world, repository, target.kind === 'sha' ? target.sha : target.ref);
  if (!found) return undefined;
  const written = target.since === undefined ? undefined : await meaning(world, repository, target.since);
  const since = await beginsAt(world, repository, plan, found.commit, elsewhere, written?.commit);
  return since === undefined ? found : { ...found, since };
}

/**
 * Where the commits of a target begin: for each environment at what was opened there before, else where the manifest says. Of
 * several environments the earliest, so that nobody's commits are left out: one that was never opened must not take the
 * beginning of another, which a manifest could have had opened for this (T16).
 */
async function beginsAt(
  { mirror }: World,
  repository: string,
  plan: Manifest,
  target: Sha,
  elsewhere: readonly Elsewhere[],
  written: Sha | undefined,
): Promise<Sha | undefined> {
  const beginnings: Sha[] = [];
  for (const environment of environmentsIn(plan)) {
    const beginning = (await openedBefore(mirror, repository, environment, target, elsewhere)) ?? written;
    if (beginning === undefined) return undefined;
    beginnings.push(beginning);
  }
  for (const commit of beginnings) {
    const others = await Promise.all(beginnings.map((other) => mirror.contains(repository, commit, other)));
    if (others.every(Boolean)) return commit;
  }
  return written;
}

/** The newest commit that an environment was opened for, of all that the target contains. */
async function openedBefore(
  mirror: World['mirror'],
  repository: string,
  environment: string,
  target: Sha,
  elsewhere: readonly Elsewhere[],
): Promise<Sha | undefined> {
  const openings = elsewhere
    .flatMap((other) => other.openings.filter((one) => one.environment === environment))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  for (const { commit } of openings)
    if (commit !== target && (await mirror.contains(repository, commit, target))) return commit;
  return undefined;
}

/** A name that is both is the tag, as git itself decides. */
async function meaning(
  { mirror }: World,
  repository: string,
  name: string,
): Promise<{ readonly commit: Sha; readonly tag: boolean } | undefined> {
  if (/^[0-9a-f]{40}$/.test(name))
    return (await mirror.has(repository, name)) ? { commit: name, tag: false } : undefined;
  const refs = name.startsWith('refs/') ? [name] : [`refs/tags/${name}`, `refs/heads/${name}`];
  for (const ref of refs) {
    const commit = await mirror.resolve(repository, ref);
    if (commit !== undefined) return { commit, tag: ref.startsWith('refs/tags/') };
  }
  return undefined;
}
