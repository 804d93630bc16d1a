import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import type { QuorumRule } from '../../../src/core/manifest/manifest.ts';
import {
  pageVersion,
  pageVersionOf,
  recordsReadme,
  renderRecord,
} from '../../../src/core/messages/record.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import { everyHappening } from '../../support/every-happening.ts';
import { noon, opening, place, vote } from '../../support/happenings.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

type Opened = Extract<Happening, { kind: 'release-opened' }>;
type Cast = Extract<Happening, { kind: 'vote-cast' }>;
type Node = { readonly type: string; readonly url?: string; readonly children?: readonly Node[] };

const { repository } = place;

function eventsOf(...happenings: readonly Happening[]): readonly ReleaseEvent[] {
  return happenings.map((happening, index) => ({
    ...happening,
    version: 1,
    repository,
    release: 'payments',
    sequence: index + 1,
  }));
}

/** An opening whose plan has one activity, with a title of its own. */
function openingWith(title: string, resolved: { ref?: string } = { ref: 'v1' }): Opened {
  const opened = opening('payments').happening as Opened;
  const { revision } = opened.body;
  const rules = [
    { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } },
    { from: [{ kind: 'user', name: 'ada' }], require: { kind: 'unanimous' } },
  ] as const;
  const activity = {
    id: 'qa-signoff',
    phase: 'verify',
    title,
    needs: [],
    approvers: rules,
    exclude: [],
    inputs: [],
  };
  const phases = [{ id: 'verify', title, needs: [], activities: [activity, { ...activity, id: 'other' }] }];
  const target = { commit: 'a'.repeat(40), ...resolved };
  return {
    ...opened,
    body: { ...opened.body, revision: { ...revision, plan: { ...revision.plan, title, phases } }, target },
  };
}

/** A revision keeps the plan of `openingWith`, so that its activities stay on the page. */
const withPlan = (happening: Happening): Happening =>
  happening.kind === 'manifest-revised' ? { ...happening, body: openingWith('QA sign-off').body } : happening;

const voteWith = (text: string): Cast => {
  const cast = vote(text) as Cast;
  return {
    ...cast,
    body: {
      ...cast.body,
      inputs: { risk: text, tests: true },
      source: { ...cast.body.source, url: `javascript:${text}` },
    },
  };
};

test('a page tells who decided what, when and with which answers (S-019, S-024, S-045, S-110–S-113)', () => {
  const url = 'https://github.com/acme/payments/issues/3#issuecomment-5';
  const cast = voteWith('Low');
  const events = eventsOf(
    openingWith('QA sign-off'),
    { ...cast, body: { ...cast.body, source: { ...cast.body.source, url } } },
    ...everyHappening.slice(1).map(withPlan),
  );
  expect(renderRecord(events)).toMatchSnapshot();
});

test('a page of a release that nobody has decided about', () => {
  expect(renderRecord(eventsOf(openingWith('QA sign-off', {})))).toMatchSnapshot();
});

test('a vote without a reason and answers', () => {
  const { reason: _, ...body } = (vote('') as Cast).body;
  expect(renderRecord(eventsOf(openingWith('QA'), { at: noon, kind: 'vote-cast', body }))).toContain(
    '| 2026-11-23 12:00:00 UTC | grace | approved | – | [comment](https://github.com/x) |',
  );
});

test('a cancelled release says so', () => {
  const cancelled = everyHappening.find((one) => one.kind === 'release-cancelled') as Happening;
  expect(renderRecord(eventsOf(openingWith('QA'), cancelled))).toContain(
    '| Status | cancelled, 2026-11-23 12:00:00 UTC |',
  );
});

test('a page without an opening is still a page', () => {
  expect(renderRecord(eventsOf(vote('fine')))).toContain('# payments\n');
  expect(renderRecord([])).toContain('# Release\n');
});

test.each(hostileTexts)('text stays text: %j', (text) => {
  const quiet = shapeOf(renderRecord(eventsOf(openingWith('x'), voteWith('x'))));
  expect(shapeOf(renderRecord(eventsOf(openingWith(text), voteWith(text))))).toEqual(quiet);
});

test('the README names the repository and how to verify', () => {
  expect(recordsReadme('acme/payments')).toMatchSnapshot();
});

test('pages say their version', () => {
  expect(pageVersionOf(recordsReadme('a/b'))).toBe(pageVersion);
  expect(pageVersionOf(renderRecord([]))).toBe(pageVersion);
  expect(pageVersionOf('# A page')).toBeUndefined();
});

/** The kinds of nodes in order, apart from how text is cut up. */
function shapeOf(page: string): readonly string[] {
  const tree = fromMarkdown(page, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
  const walk = (node: Node): readonly string[] => {
    if (node.type === 'text') return [];
    return [node.type, ...(node.children ?? []).flatMap(walk)];
  };
  return walk(tree).filter((type) => type !== 'text');
}

test('tells who is asked, who stands in and who does not count', () => {
  const opened = openingWith('Sign-off');
  const { revision } = opened.body;
  const team = (name: string) => ({ kind: 'team' as const, name });
  const approvers: readonly QuorumRule[] = [
    {
      from: [team('qa')],
      require: { kind: 'all-but', count: 1 },
      except: [team('new')],
      backups: [team('sre')],
    },
    { from: [{ kind: 'owners', name: 'docs/' }], require: { kind: 'majority' }, inherited: false },
  ];
  const phases = revision.plan.phases.map((phase) => ({
    ...phase,
    activities: phase.activities.map((activity) => ({ ...activity, approvers })),
  }));
  const body = { ...opened.body, revision: { ...revision, plan: { ...revision.plan, phases } } };
  expect(renderRecord(eventsOf({ ...opened, body }))).toContain(
    'all but 1 of team qa, without team new, with team sre as backups and a majority of owners docs/, direct members only.',
  );
});
