import type { CheckRun } from '../../src/core/checks/check-run.ts';
import {
  type Configuration,
  defaultConfiguration,
  type Role,
} from '../../src/core/configuration/configuration.ts';
import { type Activity, activitiesOf, type Manifest, type Phase } from '../../src/core/manifest/manifest.ts';
import { verdictSentence } from '../../src/core/messages/verdict-words.ts';
import type { Resolution } from '../../src/core/policy/principals.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import { verdictOf } from '../../src/core/release/ballot.ts';
import { type Decision, decide } from '../../src/core/release/decide.ts';
import type { Author, Happening, ReleaseEvent } from '../../src/core/release/event.ts';
import type { CheckView, Comment, Facts, Provenance, Thread } from '../../src/core/release/facts.ts';
import { show } from '../../src/core/release/show.ts';
import { latestAttempt, type OpenRelease, type ReleaseState } from '../../src/core/release/state.ts';
import { activityStatus, releaseStatus, statusesOf } from '../../src/core/release/status.ts';
import type { Write } from '../../src/core/release/surface.ts';
import type { Known, Person } from '../../src/core/values.ts';
import type { Written } from '../../src/ports/forge.ts';
import { afterWrites } from '../../src/reconcile/after-writes.ts';
import { untouched } from './untouched.ts';

/** Everybody by login. ada writes the manifest; grace, linus and olga are QA; pat is product; sam and rosa are SRE. */
export const person = (login: string): Person => ({
  id: 100 + ([...login].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7) % 99_991),
  login,
});

export const team = (id: number, ...logins: readonly string[]): Resolution => ({
  kind: 'team',
  id,
  members: logins.map((login) => ({ person: person(login), inherited: false })),
});

/** Everybody exists but `ghost`. */
const lookedUp = (name: string): Resolution => {
  const login = name.replace('user:', '');
  return login === 'ghost' ? { kind: 'missing' } : { kind: 'user', ...person(login) };
};

export const commit = (letter: string): string => letter.repeat(40);

export const activity = (id: string, more: Partial<Activity> = {}): Activity => ({
  id,
  phase: 'verify',
  title: id,
  needs: [],
  approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 1 } }],
  exclude: [],
  inputs: [],
  ...more,
});

export const manifest = (activities: readonly Activity[], more: Partial<Manifest> = {}): Manifest => {
  const names = [...new Set(activities.map(({ phase }) => phase))];
  const phases = names.map((id, index): Phase => {
    const before = names[index - 1];
    return {
      id,
      title: id,
      needs: before === undefined ? [] : [before],
      activities: activities.filter(({ phase }) => phase === id),
    };
  });
  return { release: 'r1', title: 'Release one', target: { kind: 'ref', ref: 'v1' }, phases, ...more };
};

export type Saying = {
  readonly edited?: boolean;
  readonly byEmail?: boolean;
  readonly app?: string;
  readonly machine?: boolean;
  readonly unread?: boolean;
  /** GitHub does not tell who wrote it, until the world learns it. */
  readonly unattested?: boolean;
};

/** A release, a small GitHub around it, and people who talk. Every step decides, records and shows until all is quiet. */
export type ReleaseWorld = {
  facts: Facts;
  state: ReleaseState;
  now: number;
  readonly events: Happening[];
  readonly writes: Write[];
  says(login: string, body: string, how?: Saying, on?: string): ReleaseWorld;
  edits(login: string, body: string, on?: string): ReleaseWorld;
  deletes(login: string, on?: string): ReleaseWorld;
  revise(plan: Manifest, authors?: readonly Author[]): ReleaseWorld;
  change(facts: Partial<Facts>): ReleaseWorld;
  /** Checks of others on the target are these from now on. */
  checks(...runs: readonly CheckRun[]): ReleaseWorld;
  /** GitHub tells again who wrote what. */
  learns(): ReleaseWorld;
  step(): ReleaseWorld;
  opened(): OpenRelease;
  decision(): Decision;
  /** `waiting`, `approved` … of an activity. */
  status(activity?: string): string;
  releaseStatus(): string;
  sentence(activity?: string): string;
  /** The bodies of our own comments on an activity's thread. */
  answers(activity?: string): readonly string[];
  thread(activity?: string): Thread;
  check(name: string): CheckView | undefined;
  kinds(): readonly string[];
};

export type WorldOptions = {
  readonly plan?: Manifest;
  readonly authors?: readonly Author[];
  readonly roles?: readonly Role[];
  readonly configuration?: Partial<Configuration>;
  readonly resolutions?: { readonly [principal: string]: Resolution };
};

const start = Date.parse('2026-11-23T09:00:00Z');

export function releaseWorld(options: WorldOptions = {}): ReleaseWorld {
  const plan = options.plan ?? manifest([activity('signoff')]);
  const facts: Facts = {
    head: commit('a'),
    timely: true,
    manifest: present(plan, options.authors ?? [{ person: person('ada'), proof: 'proven' }]),
    configuration: configured(options),
    target: { commit: commit('b'), tag: true },
    resolutions: {
      'team:qa': team(11, 'grace', 'linus', 'olga'),
      'team:product': team(12, 'pat'),
      'team:sre': team(13, 'sam', 'rosa'),
      ...options.resolutions,
    },
    ...untouched(),
  };
  const world = createWorld(facts);
  return world.step();
}

/** The world's events as a record holds them. */
export const recorded = (world: ReleaseWorld): readonly ReleaseEvent[] =>
  world.events.map((event, index) => ({
    ...event,
    version: 1,
    repository: { id: 1, name: 'acme/payments' },
    release: 'r1',
    sequence: index + 1,
  }));

export const present = (plan: Manifest, authors: readonly Author[]): Facts['manifest'] => ({
  kind: 'present',
  path: 'releases/r1.yml',
  digest: digestOf(JSON.stringify(plan)),
  plan,
  commit: commit('a'),
  authors: { kind: 'known', value: authors },
});

const configured = ({ roles = [], configuration = {} }: WorldOptions): Facts['configuration'] => ({
  kind: 'known',
  value: { ...defaultConfiguration, roles, ...configuration },
});

function createWorld(initial: Facts): ReleaseWorld {
  let nextId = 1000;
  let nextIssue = 1;
  let runs: readonly CheckRun[] = [];
  const provenance = new Map<number, Known<Provenance>>();
  const untold = new Map<number, Known<Provenance>>();
  const instant = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

  const bring = (write: Write): Written => {
    nextId += 1;
    switch (write.kind) {
      case 'create-issue': {
        const number = nextIssue++;
        const issue = { number, nodeId: `I_${number}`, url: `https://host/i/${number}` };
        const parent = write.parent === undefined ? {} : { parent: 1 };
        return {
          kind: 'issue',
          thread: {
            issue,
            createdAt: instant(world.now),
            title: write.title,
            body: write.body,
            open: true,
            ...parent,
            comments: [],
            deletions: [],
          },
        };
      }
      case 'comment':
        return {
          kind: 'comment',
          comment: comment({ kind: 'machine', login: 'countersign[bot]' }, write.body, true),
        };
      case 'create-check':
      case 'update-check': {
        const { check } = write;
        return {
          kind: 'check',
          check: {
            nodeId: `C_${nextId}`,
            name: check.name,
            conclusion: check.conclusion,
            title: check.title,
            summary: check.summary,
            externalId: check.externalId,
          },
        };
      }
      default:
        return { kind: 'done' };
    }
  };

  const comment = (writer: Comment['writer'], body: string, ours: boolean, how: Saying = {}): Comment => {
    nextId += 1;
    return {
      id: nextId,
      nodeId: `IC_${nextId}`,
      url: `https://host/c/${nextId}`,
      writer,
      ours,
      body,
      createdAt: instant(world.now),
      edited: how.edited === true,
      byEmail: how.byEmail === true,
      reactions: [],
    };
  };

  const onThread = (id: string | undefined, how: (thread: Thread) => Thread) => {
    const { number } = world.thread(id).issue;
    const changed = new Map(world.facts.threads);
    changed.set(number, how(world.thread(id)));
    world.facts = { ...world.facts, threads: changed };
  };

  const world: ReleaseWorld = {
    facts: initial,
    state: { kind: 'unopened', release: 'r1', sequence: 0 },
    now: start,
    events: [],
    writes: [],
    says: (login, body, how = {}, on) => {
      world.now += 1000;
      const writer: Comment['writer'] = how.machine
        ? { kind: 'machine', login }
        : { kind: 'person', person: person(login) };
      const said = comment(writer, body, false, how);
      const known: Known<Provenance> = {
        kind: 'known',
        value: { author: person(login).id, ...(how.app === undefined ? {} : { throughApp: how.app }) },
      };
      if (how.unattested) untold.set(said.id, known);
      if (!how.unread) provenance.set(said.id, how.unattested ? { kind: 'unknown', why: 'timeout' } : known);
      onThread(on, (thread) => ({ ...thread, comments: [...thread.comments, said] }));
      return world.step();
    },
    edits: (login, body, on) => {
      world.now += 1000;
      onThread(on, (thread) => {
        const last = thread.comments.findLast(
          (one) => one.writer.kind === 'person' && one.writer.person.login === login,
        );
        return {
          ...thread,
          comments: thread.comments.map((one) => (one === last ? { ...one, body, edited: true } : one)),
        };
      });
      return world.step();
    },
    deletes: (login, on) => {
      world.now += 1000;
      onThread(on, (thread) => {
        const last = thread.comments.findLast(
          (one) => one.writer.kind === 'person' && one.writer.person.login === login,
        );
        nextId += 1;
        const deletion = {
          comment: nextId,
          writer: { kind: 'person', person: person(login) } as const,
          at: instant(world.now),
        };
        return {
          ...thread,
          comments: thread.comments.filter((one) => one !== last),
          deletions: [...thread.deletions, deletion],
        };
      });
      return world.step();
    },
    revise: (plan, authors = [{ person: person('ada'), proof: 'proven' }]) =>
      world.change({ manifest: present(plan, authors) }),
    checks: (...all) => {
      runs = all;
      const { checkRuns: _, ...facts } = world.facts;
      world.facts = facts;
      world.now += 1000;
      return world.step();
    },
    learns: () => {
      for (const [id, known] of untold) provenance.set(id, known);
      untold.clear();
      return world.step();
    },
    change: (facts) => {
      world.now += 1000;
      world.facts = { ...world.facts, ...facts };
      return world.step();
    },
    step: () => {
      for (let round = 0; round < 10; round += 1) {
        const decision = world.decision();
        world.events.push(...decision.events);
        world.state = decision.state;
        if (decision.state.kind === 'unopened') return world;
        const writes = show({
          state: decision.state,
          facts: world.facts,
          refusals: decision.refusals,
          hindrances: decision.hindrances,
          organization: 'acme',
          anchor: { number: world.events.length, digest: 'c'.repeat(64) },
        });
        const written = writes.map(bring);
        world.facts = { ...afterWrites(world.facts, writes, written) };
        world.writes.push(...writes);
        if (decision.events.length === 0 && writes.length === 0) return world;
      }
      throw new Error('the world does not come to rest');
    },
    decision: () => {
      world.facts = { ...world.facts, provenance };
      const decision = decide(world.state, world.facts, instant(world.now));
      const { askChecks: names, state } = decision;
      if (names.length > 0 && state.kind === 'opened') {
        const { commit } = state.target;
        const value = { commit, names, runs: runs.filter(({ name }) => names.includes(name)) };
        world.facts = { ...world.facts, checkRuns: { kind: 'known', value } };
        return world.decision();
      }
      if (decision.lookUp.length === 0) return decision;
      const found = decision.lookUp.map((name) => [name, lookedUp(name)] as const);
      world.facts = {
        ...world.facts,
        resolutions: { ...world.facts.resolutions, ...Object.fromEntries(found) },
      };
      return decide(world.state, world.facts, instant(world.now));
    },
    opened: () => {
      if (world.state.kind !== 'opened') throw new Error('not opened');
      return world.state;
    },
    status: (id = 'signoff') => activityStatus(world.opened(), id, world.decision().hindrances),
    releaseStatus: () =>
      releaseStatus(world.opened(), statusesOf(world.opened(), world.decision().hindrances)),
    sentence: (id = 'signoff') => {
      const state = world.opened();
      const found = activitiesOf(state.revision.plan).find((one) => one.id === id);
      const attempt = latestAttempt(state, id);
      if (!found || !attempt) return '';
      return verdictSentence(verdictOf(state, found, attempt, []));
    },
    answers: (id) =>
      world
        .thread(id)
        .comments.filter(({ ours }) => ours)
        .map(({ body }) => body),
    thread: (id = 'signoff') => {
      const number =
        id === ''
          ? world.opened().tracking?.number
          : latestAttempt(world.opened(), id)?.notices.at(-1)?.issue.number;
      const thread = number === undefined ? undefined : world.facts.threads.get(number);
      if (!thread) throw new Error(`no thread for ${id}`);
      return thread;
    },
    check: (name) => world.facts.checks.find((check) => check.name === name),
    kinds: () => world.events.map(({ kind }) => kind),
  };
  return world;
}
