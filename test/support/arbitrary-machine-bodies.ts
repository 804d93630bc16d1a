import fc from 'fast-check';

type Any = fc.Arbitrary<unknown>;

/** What the bodies are made of. */
type Leaves = {
  readonly attempt: { readonly [key: string]: Any };
  readonly id: Any;
  readonly text: Any;
  readonly sha: Any;
  readonly instant: Any;
  readonly person: Any;
  readonly source: Any;
  readonly bindings: Any;
  readonly count: Any;
  readonly some: (one: Any) => Any;
  readonly record: (
    required: { readonly [key: string]: Any },
    optional: { readonly [key: string]: Any },
  ) => Any;
};

/** Bodies of the events about automated activities, with any text in them. */
export const machineBodies = ({
  attempt,
  id,
  text,
  sha,
  instant,
  person,
  source,
  bindings,
  count,
  some,
  record,
}: Leaves) => {
  const freeze = fc.record({ name: text, from: instant, until: instant, environments: some(text) });
  const days = some(fc.constantFrom('mon', 'sun'));
  const window = fc.record({ days, from: text, until: text, zone: text });
  const holds = fc.record({ freezes: some(freeze), windows: some(window) });
  const why = fc.oneof(
    fc.record({ kind: fc.constant('freeze'), freeze }),
    fc.record({ kind: fc.constant('window') }),
    fc.record({ kind: fc.constant('unapproved'), activities: some(id) }),
    fc.record({ kind: fc.constant('rejected'), activity: id }),
    fc.record({ kind: fc.constant('moved'), ref: text }),
    fc.record({ kind: fc.constant('unclear'), why: text }),
  );
  const answer = fc.oneof(
    fc.record({ kind: fc.constant('run'), run: count, url: text }),
    fc.record({ kind: fc.constant('accepted') }),
    fc.record({
      kind: fc.constant('refused'),
      why: fc.constantFrom('moved', 'forbidden', 'missing', 'invalid'),
      said: text,
    }),
  );
  const ended = fc.record({ conclusion: text, at: instant });
  const run = fc.record({
    id: count,
    url: text,
    path: text,
    event: text,
    commit: sha,
    createdAt: instant,
    ended,
  });
  const place = { ...attempt, environment: text };
  return {
    'environment-opened': record({ ...place, commit: sha, holds }, { until: instant }),
    'environment-shut': fc.record({ ...place, holds, why }),
    'guard-seen': fc.record({
      ...place,
      guard: fc.oneof(
        fc.record({
          kind: fc.constant('known'),
          value: fc.subarray(['rule', 'branches', 'bypass']),
        }),
        fc.record({ kind: fc.constant('unknown'), why: text }),
      ),
    }),
    'deployment-seen': fc.record({
      ...place,
      deployment: count,
      state: fc.constantFrom('success', 'failure'),
      ended: instant,
    }),
    'environment-taken': fc.record({ ...place, by: text, commit: sha }),
    'activity-succeeded': fc.record(attempt),
    'activity-failed': fc.record({
      ...attempt,
      why: fc.constantFrom(
        ...['deployment-failed', 'not-deployed', 'environment-taken', 'check-failed', 'checks-late'],
        ...['workflow-refused', 'run-failed', 'run-of-another', 'run-missing'],
      ),
    }),
    'retry-ordered': record({ ...attempt, person, bindings, source, seenAt: instant }, { reason: text }),
    'workflow-ordered': fc.record({
      ...place,
      ...{ workflow: text, ref: text, commit: sha },
      inputs: fc.dictionary(text as fc.Arbitrary<string>, text),
    }),
    'workflow-answered': fc.record({ ...attempt, answer }),
    'workflow-ended': fc.record({ ...attempt, run }),
    'run-admitted': fc.record({
      ...place,
      run: fc.record({ run: count, attempt: attempt['attempt'] as Any, path: text, event: text, url: text }),
    }),
    'admitted-run-ended': fc.record({
      ...attempt,
      run: fc.record({ run: count, attempt: attempt['attempt'] as Any, conclusion: text, ended: instant }),
    }),
    'holds-lifted': fc.record({ ...attempt, by: some(person), reason: text }),
  };
};
