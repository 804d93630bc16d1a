// Judges every word that was recorded, and what custodians brought about: did that person say it, and might they?

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { type Chronicle, membershipsWithin, type Said } from './chronicle.ts';
import {
  type Ground,
  gone,
  groundFor,
  isGuest,
  isOf,
  manifestAt,
  means,
  rulesFor,
  second,
  wasCustodian,
} from './ground.ts';
import { isMachine } from './subject.ts';

/** What judging one event looks at. */
type Judged = {
  readonly chronicle: Chronicle;
  readonly before: readonly ReleaseEvent[];
  readonly event: ReleaseEvent;
  readonly lagging: boolean;
  readonly custodians: number;
};

/** Why a recorded fact, or what custodians came to, is not what people did; undefined: it is. */
export function objectionToFact(judged: Judged): string | undefined {
  const { event } = judged;
  switch (event.kind) {
    case 'vote-cast':
      return unsaid(judged, event.body.choice, event.body.elector.person.login, event.body);
    case 'vote-withdrawn':
      return (
        unsaid(judged, event.body.said ?? 'withdraw', event.body.person.login, event.body) ??
        stillMay(judged, event.body)
      );
    case 'advice-given':
      return misadvised(judged, event.body);
    case 'seat-delegated':
      return undelegated(judged, event.body);
    case 'activity-deferred':
    case 'release-aborted': {
      const verb = event.kind === 'activity-deferred' ? 'defer' : 'abort';
      return unsaid(judged, verb, event.body.person.login, event.body) ?? notTheirs(judged, event.body);
    }
    case 'overrule-cast':
    case 'acknowledgement-cast': {
      const verb = event.kind === 'overrule-cast' ? event.body.act : 'acknowledge';
      const { login } = event.body.elector.person;
      return unsaid(judged, verb, login, event.body) ?? noCustodian(judged, login, event.body);
    }
    case 'activity-overruled':
      return tooFew(judged, event.body.by, (other) => wants(other, event.body));
    case 'holds-lifted':
      return tooFew(judged, event.body.by, (other) => wants(other, { ...event.body, act: 'override' }));
    case 'retry-ordered':
      return (
        unsaid(judged, 'retry', event.body.person.login, event.body, false) ?? notOwners(judged, event.body)
      );
    case 'deviations-acknowledged':
      return tooFew(judged, event.body.by, (other) =>
        other.kind === 'acknowledgement-cast' && other.body.deviations >= event.body.deviations
          ? other.body.elector.person.login
          : undefined,
      );
    default:
      return undefined;
  }
}

type Sourced = {
  readonly source: { readonly id: number };
  readonly activity?: string;
  readonly attempt?: number;
};

const saidIn = ({ chronicle }: Judged, { source }: Sourced): Said | undefined =>
  chronicle.said.find(({ id }) => id === source.id);

/** The comment is there, of that person, on that issue, means that, came from their own hands, and was not touched. */
function unsaid(
  judged: Judged,
  verb: Said['verb'],
  login: string,
  body: Sourced,
  withReason = verbsWithReason.has(verb),
): string | undefined {
  const { event, lagging, chronicle, before } = judged;
  const said = saidIn(judged, body);
  const what = `${login}'s ${verb} in comment ${body.source.id}`;
  if (said === undefined || said.login !== login || said.verb !== verb || said.release !== event.release)
    return `${what}: they did not say that`;
  if (said.via !== 'plain') return `${what}: it came by ${said.via}`;
  if (gone(said, Date.parse(event.at)) && !lagging) return `${what}: it was edited or deleted before`;
  if (!said.reasoned && withReason) return `${what}: it gives no reason`;
  if (body.activity === undefined || body.attempt === undefined) return undefined;
  if (isMachine(body.activity)) {
    // Machines have no issue: it is said on that of the release.
    const meant = said.activity === '' && (said.names ?? body.activity) === body.activity;
    return meant ? undefined : `${what}: it was said about ${said.activity} ${said.names}`;
  }
  if (said.activity !== body.activity) return `${what}: it was said about ${said.activity}`;
  const notices = groundFor(chronicle, before, body.activity, body.attempt)?.notices ?? [];
  return notices.some(({ issue }) => issue === said.issue) ? undefined : `${what}: it was said elsewhere`;
}

const verbsWithReason: ReadonlySet<string> = new Set([
  'abort',
  'defer',
  'retry',
  'ignore',
  'override',
  'acknowledge',
]);

/** What a machine did badly is the owner's to try again. */
function notOwners(
  { chronicle, before, event, ...judged }: Judged,
  body: Sourced & { readonly person: { readonly login: string } },
): string | undefined {
  const said = saidIn({ chronicle, before, event, ...judged }, body);
  const owner = manifestAt(chronicle, before)?.release.owner;
  const spans = membershipsWithin(chronicle, said?.at ?? 0, Date.parse(event.at) + second);
  const owns = owner !== undefined && spans.some(({ teams }) => means(owner, body.person.login, teams));
  return owns ? undefined : `${body.person.login} does not own the release`;
}

/** Owners of the release, and whoever may approve there. */
function notTheirs(judged: Judged, body: Sourced & { readonly person: { readonly login: string } }) {
  const { chronicle, before, event } = judged;
  const said = saidIn(judged, body);
  const known = manifestAt(chronicle, before);
  if (said === undefined || known === undefined) return 'there is no manifest';
  const { login } = body.person;
  const { owner, activities } = known.release;
  const asked = said.activity === '' ? activities : activities.filter(({ id }) => id === said.activity);
  const spans = membershipsWithin(chronicle, said.at, Date.parse(event.at) + second);
  const may = spans.some(
    ({ teams }) =>
      (owner !== undefined && means(owner, login, teams)) ||
      asked.some((spec) => rulesFor(spec, login, teams, known.authors).length > 0),
  );
  const isAsked = (activity: string) => said.activity === '' || said.activity === activity;
  const isLet = before.some(
    (one) =>
      (one.kind === 'seat-delegated' && isAsked(one.body.activity) && one.body.to?.login === login) ||
      (one.kind === 'activity-escalated' &&
        isAsked(one.body.activity) &&
        one.body.granted.some((guest) => guest.person.login === login) &&
        one.body.to.some((to) => spans.some(({ teams }) => means(`${to.kind}:${to.name}`, login, teams)))),
  );
  return may || isLet ? undefined : `${login} neither owns the release nor may approve there`;
}

function noCustodian(judged: Judged, login: string, body: Sourced): string | undefined {
  const { chronicle, before, event, custodians } = judged;
  const known = manifestAt(chronicle, before);
  const said = saidIn(judged, body);
  const may =
    custodians > 0 &&
    known !== undefined &&
    said !== undefined &&
    wasCustodian(chronicle, known, login, said.at, Date.parse(event.at) + second);
  if (!may) return `${login} is no custodian`;
  if (body.activity === undefined || body.attempt === undefined) return undefined;
  const { activity, attempt } = body;
  if (event.kind === 'overrule-cast' && event.body.act === 'override') return undefined;
  const failed = before.some(
    (one) =>
      (one.kind === 'activity-rejected' ||
        one.kind === 'activity-expired' ||
        one.kind === 'activity-failed') &&
      isOf(one, activity, attempt),
  );
  return failed ? undefined : `${activity} had not failed`;
}

const wants = (
  other: ReleaseEvent,
  { activity, attempt, act }: { readonly activity: string; readonly attempt: number; readonly act: string },
): string | undefined =>
  other.kind === 'overrule-cast' && isOf(other, activity, attempt) && other.body.act === act
    ? other.body.elector.person.login
    : undefined;

/** As many custodians as it takes, each of whom said so, none of them an author by now. */
function tooFew(
  { chronicle, before, custodians }: Judged,
  by: readonly { readonly login: string }[],
  speaker: (event: ReleaseEvent) => string | undefined,
): string | undefined {
  const authors = manifestAt(chronicle, before)?.authors ?? new Set();
  const people = new Set(by.map(({ login }) => login));
  const silent = [...people].find((login) => !before.some((event) => speaker(event) === login));
  if (silent !== undefined) return `${silent} did not ask for it`;
  const author = [...people].find((login) => authors.has(login));
  if (author !== undefined) return `${author} wrote the manifest`;
  return people.size >= custodians && custodians > 0 ? undefined : `${people.size} custodians are not enough`;
}

type Handed = Sourced & {
  readonly activity: string;
  readonly attempt: number;
  readonly from: { readonly person: { readonly login: string } };
  readonly to?: { readonly login: string };
};

/** One seat moves: to somebody who is not kept apart, of somebody who had one, as many as the activity allows (T12). */
function undelegated(judged: Judged, body: Handed): string | undefined {
  const { chronicle, before, event } = judged;
  const from = body.from.person.login;
  const to = body.to?.login;
  const said = saidIn(judged, body);
  const isBack = to === undefined && said?.verb === 'withdraw';
  const why = unsaid(judged, isBack ? 'withdraw' : 'delegate', from, body);
  const ground = groundFor(chronicle, before, body.activity, body.attempt);
  if (why !== undefined || said === undefined || ground === undefined) return why ?? 'there is no manifest';
  if (!isBack && said.to !== to) return `${from} handed the seat to ${said.to}`;
  const spans = membershipsWithin(chronicle, said.at, Date.parse(event.at) + second);
  const seats = standingSeats(before, body);
  // Who has left takes back what they handed on, and what they handed on ends with them (T12).
  if (to === undefined) return seats.some((one) => one.from === from) ? undefined : `${from} has no seat`;
  const isAsked = (login: string) => (one: (typeof spans)[number]) =>
    rulesFor(ground.spec, login, one.teams, ground.authors).length > 0;
  if (!spans.some(isAsked(from))) return `${from} has no seat`;
  const others = seats.filter((one) => one.from !== from && spans.every(isAsked(one.from)));
  const bars = ground.spec.task !== 'authors-may' && ground.authors.has(to);
  if (to === from || bars || others.some((one) => one.to === to)) return `${to} may not take a seat`;
  const { delegation = Number.POSITIVE_INFINITY } = ground.spec;
  return others.length < delegation ? undefined : `${others.length} seats are handed on already`;
}

/** Seats that are handed on by now: until their holder speaks, or the scope changes. */
function standingSeats(before: readonly ReleaseEvent[], { activity, attempt }: Handed) {
  let seats: readonly { readonly from: string; readonly to: string }[] = [];
  for (const event of before) {
    if (!isOf(event, activity, attempt)) continue;
    if (event.kind === 'scope-changed') seats = [];
    if (event.kind === 'vote-cast')
      seats = seats.filter(({ from }) => from !== event.body.elector.person.login);
    if (event.kind !== 'seat-delegated') continue;
    const from = event.body.from.person.login;
    const { to } = event.body;
    seats = [...seats.filter((one) => one.from !== from), ...(to ? [{ from, to: to.login }] : [])];
  }
  return seats;
}

/** A rejection is taken for less than that only where its author was not asked at some moment. */
function stillMay(
  judged: Judged,
  body: Sourced & { readonly activity: string; readonly attempt: number; readonly said?: 'reject' } & {
    readonly person: { readonly login: string };
  },
): string | undefined {
  const { chronicle, before, event } = judged;
  const said = saidIn(judged, body);
  const ground = groundFor(chronicle, before, body.activity, body.attempt);
  if (body.said === undefined || said === undefined || ground === undefined) return undefined;
  const { login } = body.person;
  const asked = membershipsWithin(chronicle, said.at, Date.parse(event.at) + second).every(
    ({ teams }) =>
      isGuest(ground, login, teams) || rulesFor(ground.spec, login, teams, ground.authors).length > 0,
  );
  return asked ? `${login} rejected it, and might` : undefined;
}

type Advised = Sourced & {
  readonly activity: string;
  readonly attempt: number;
  readonly person: { readonly login: string };
  readonly choice?: 'approve' | 'reject';
};

function misadvised(judged: Judged, body: Advised): string | undefined {
  const ground: Ground | undefined = groundFor(judged.chronicle, judged.before, body.activity, body.attempt);
  if (!ground?.spec.advisory) return 'nobody asked for advice';
  return unsaid(judged, body.choice ?? 'withdraw', body.person.login, body);
}
