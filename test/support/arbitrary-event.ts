import fc from 'fast-check';
import type { EventKind, HappeningOf, ReleaseEvent } from '../../src/core/release/event.ts';
import { machineBodies } from './arbitrary-machine-bodies.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const sha = hex(40);
const digest = hex(64);
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const text = fc.string({ unit: 'binary', maxLength: 12 });
const count = fc.integer({ min: 1, max: 1_000_000 });
const githubId = fc.nat();
const instant = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const person = fc.record({ id: githubId, login: text });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 2 });
/** Members that may be left out, which is not the same as undefined. */
const record = <T extends object, O extends object>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
) =>
  fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([a, b]) => ({ ...a, ...b }) as T & Partial<O>);

const principal = fc.record({ kind: fc.constantFrom('user', 'team', 'role', 'owners'), name: text });
const rule = record(
  {
    from: some(principal),
    require: fc.oneof(
      fc.record({ kind: fc.constantFrom('count' as const, 'all-but' as const), count }),
      fc.record({ kind: fc.constantFrom('majority' as const, 'unanimous' as const) }),
    ),
  },
  { except: some(principal), backups: some(principal), inherited: fc.constant(false) },
);
const rejection = fc.oneof(
  fc.record({ kind: fc.constant('count'), count }),
  fc.record({ kind: fc.constantFrom('majority', 'outweighed') }),
);
const inputBase = { id, label: text, required: fc.constantFrom('optional', 'to-approve', 'always') };
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const input = fc.oneof(
  record({ ...inputBase, type: fc.constant('text') }, { minLength: count, maxLength: count, pattern: text }),
  record({ ...inputBase, type: fc.constant('number') }, { min: number, max: number }),
  fc.record({ ...inputBase, type: fc.constant('dropdown'), options: some(text) }),
  record(
    { ...inputBase, type: fc.constant('multi-select'), options: some(text) },
    { min: count, max: count, default: text, message: text, description: text },
  ),
  fc.record({ ...inputBase, type: fc.constantFrom('checkbox', 'user') }),
  record(
    { ...inputBase, type: fc.constant('checkboxes'), items: some(fc.record({ id, label: text })) },
    { min: count },
  ),
  record({ ...inputBase, type: fc.constant('file') }, { accept: some(text), maxSize: count }),
  record({ ...inputBase, type: fc.constant('url') }, { hosts: some(text), http: fc.constant(true) }),
  record({ ...inputBase, type: fc.constant('date') }, { min: text, max: text }),
);
const activity = record(
  {
    id,
    phase: id,
    title: text,
    needs: some(id),
    approvers: some(rule),
    exclude: some(principal),
    inputs: some(input),
  },
  {
    instructions: text,
    distinct: fc.constant(false),
    order: fc.constant('sequential'),
    reject: rejection,
    delegation: fc.record({ max: fc.nat() }),
    advisory: fc.constant(true),
    apartFrom: some(
      fc.oneof(
        fc.record({ kind: fc.constant('committers') }),
        fc.record({ kind: fc.constant('approvers'), activity: id }),
      ),
    ),
  },
);
const phase = record({ id, title: text, needs: some(id), activities: some(activity) }, { owner: principal });
const plan = record(
  {
    release: id,
    title: text,
    phases: some(phase),
    target: fc.oneof(
      record({ kind: fc.constant('ref'), ref: text }, { since: text }),
      record({ kind: fc.constant('sha'), sha }, { since: text }),
    ),
  },
  { owner: principal },
);
const revision = record(
  {
    manifest: digest,
    path: text,
    commit: sha,
    authors: some(fc.record({ person, proof: fc.constantFrom('proven', 'claimed') })),
    plan,
    roles: some(
      record(
        {
          id: fc.oneof(
            id,
            id.map((path) => `owners:${path}`),
          ),
          members: some(principal),
        },
        { permission: fc.constantFrom('read', 'triage', 'write', 'maintain', 'admin') },
      ),
    ),
  },
  {
    inherited: record(
      { repository: fc.record({ id: githubId, name: text }), commit: sha, digest },
      { checkpoint: fc.record({ number: count, digest }) },
    ),
  },
);
const target = record({ commit: sha }, { ref: text, since: sha });
const issue = fc.record({ number: count, nodeId: text, url: text });
const attempt = { activity: id, attempt: count };
const via = record({ principal: text, id: githubId, inherited: fc.boolean() }, { role: text });
const elector = fc.record({
  person,
  rules: some(record({ rule: fc.nat(), via: some(via) }, { guest: fc.constant(true) })),
});
const evidence = fc.oneof(
  fc.record({
    kind: fc.constant('file'),
    name: text,
    commit: sha,
    sha256: digest,
    size: fc.nat(),
    type: text,
    stored: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('link'), url: text }),
);
const inputs = fc.dictionary(id, fc.oneof(text, number, fc.boolean(), some(text), evidence), {
  maxKeys: 3,
  noNullPrototype: true,
});
const source = fc.record({
  kind: fc.constant('comment' as const),
  id: githubId,
  url: text,
  createdAt: instant,
  body: digest,
});
const timetable = record(
  {
    reminders: some(instant),
    escalations: some(record({ at: instant, to: some(principal) }, { grant: fc.constant(true as const) })),
  },
  { opens: instant, openUntil: instant, deadline: instant, approves: instant },
);
const overruling = fc.constantFrom('retry', 'ignore');
const differences = some(record({ path: text }, { before: text, after: text }));
const bindings = some(fc.record({ principal: text, id: githubId }));

/** Bodies of every kind of event; the list of kinds is complete because the type says so. */
const bodies = {
  'release-opened': fc.record({ title: text, revision, target }),
  'manifest-revised': fc.record({ revision, target }),
  'duties-established': fc.record({
    base: sha,
    target: sha,
    commits: count,
    committers: some(fc.record({ person, proof: fc.constantFrom('proven', 'claimed'), commits: some(sha) })),
    unattributable: some(
      fc.record({ commit: sha, name: text, why: fc.constantFrom('no-account', 'not-proven') }),
    ),
  }),
  'activity-activated': record({ ...attempt, scope: digest, roster: some(elector), bindings }, { timetable }),
  'scope-changed': fc.record({
    ...attempt,
    from: digest,
    to: digest,
    differences,
    lapsed: some(person),
    roster: some(elector),
    bindings,
  }),
  'release-announced': fc.record({ issue, at: instant }),
  'notice-posted': record({ ...attempt, scope: digest, issue, at: instant }, { comment: githubId }),
  'vote-cast': record(
    {
      ...attempt,
      scope: digest,
      elector,
      choice: fc.constantFrom('approve', 'reject'),
      inputs,
      source,
      seenAt: instant,
    },
    { reason: text },
  ),
  'seat-delegated': record({ ...attempt, from: elector, source, seenAt: instant }, { to: person }),
  'advice-given': record(
    { ...attempt, person, source },
    { choice: fc.constantFrom('approve', 'reject'), reason: text },
  ),
  'vote-withdrawn': record({ ...attempt, person, source }, { said: fc.constant('reject') }),
  'check-seen': record(
    {
      ...attempt,
      run: record(
        {
          id: githubId,
          name: text,
          app: text,
          url: text,
          ended: fc.record({ conclusion: text, at: instant }),
        },
        { startedAt: instant, workflow: fc.record({ path: text, event: text, run: githubId }) },
      ),
    },
    { advisory: fc.constant(true as const) },
  ),
  'preconditions-met': fc.record(attempt),
  'doubt-raised': fc.record({
    ...attempt,
    person,
    what: fc.constantFrom('edited', 'deleted'),
    comment: githubId,
    since: instant,
  }),
  'activity-approved': record(
    { ...attempt, scope: digest, approvals: some(person), inputs },
    { automatic: text },
  ),
  'reminder-due': fc.record({ ...attempt, rung: fc.nat(), to: some(person) }),
  'activity-escalated': fc.record({
    ...attempt,
    rung: fc.nat(),
    to: some(principal),
    granted: some(elector),
    bindings,
  }),
  'activity-deferred': record(
    {
      ...attempt,
      until: instant,
      person,
      as: fc.constantFrom('owner', 'approver'),
      bindings,
      reason: text,
      source,
      seenAt: instant,
    },
    { timetable },
  ),
  'voting-opened': fc.record(attempt),
  'voting-closed': fc.record(attempt),
  'activity-resumed': fc.record(attempt),
  'activity-rejected': record({ ...attempt, scope: digest, rejections: some(person) }, { reason: text }),
  'attempt-superseded': fc.record({ ...attempt, from: digest, to: digest, differences }),
  'activity-aborted': fc.record({
    ...attempt,
    why: fc.constantFrom('removed', 'cancelled', 'release-aborted', 'release-failed', 'unneeded'),
  }),
  'deviation-recorded': fc.oneof(
    fc.record({ what: fc.constant('foreign-commit'), commit: sha, paths: some(text) }),
    fc.record({ what: fc.constant('target-moved'), ref: text, from: sha, to: sha }),
  ),
  'release-cancelled': fc.oneof(
    fc.record({ why: fc.constant('manifest-removed'), commit: sha }),
    fc.record({ why: fc.constant('superseded'), by: text }),
  ),
  'activity-skipped': fc.record({ activity: id }),
  'activity-expired': fc.record({ ...attempt, scope: digest, deadline: instant }),
  'overrule-cast': fc.record({
    ...attempt,
    act: overruling,
    elector,
    roster: some(elector),
    bindings,
    reason: text,
    inputs,
    source,
    seenAt: instant,
  }),
  'activity-overruled': fc.record({ ...attempt, act: overruling, by: some(person), reason: text, inputs }),
  'acknowledgement-cast': fc.record({
    elector,
    roster: some(elector),
    bindings,
    reason: text,
    deviations: count,
    source,
    seenAt: instant,
  }),
  'deviations-acknowledged': fc.record({ by: some(person), deviations: count }),
  'release-aborted': fc.record({
    person,
    as: fc.constantFrom('owner', 'approver'),
    bindings,
    reason: text,
    source,
    seenAt: instant,
  }),
  'release-succeeded': fc.constant({}),
  'release-partially-succeeded': fc.record({ without: some(id) }),
  'release-failed': fc.record({ activity: id }),
  ...machineBodies({
    attempt,
    id,
    text,
    sha,
    instant,
    person,
    source,
    bindings,
    count: githubId,
    some,
    record,
  }),
} as unknown as { readonly [K in EventKind]: fc.Arbitrary<HappeningOf<K>['body']> };

export const eventKinds = Object.keys(bodies) as readonly EventKind[];

/** A valid event of one kind, with any text in it that UTF-8 can carry. */
export function arbitraryEvent(kind: EventKind): fc.Arbitrary<ReleaseEvent> {
  const frame = record(
    {
      version: fc.constant(1 as const),
      repository: fc.record({ id: githubId, name: text }),
      release: id,
      sequence: count,
      at: instant,
      kind: fc.constant(kind),
      body: bodies[kind] as fc.Arbitrary<unknown>,
    },
    { previous: digest },
  );
  return frame as unknown as fc.Arbitrary<ReleaseEvent>;
}
