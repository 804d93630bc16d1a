import { type Configuration, nothingOwn, type Role } from '../configuration/configuration.ts';
import { type Floor, floorWords } from '../configuration/floor.ts';
import { unmetRules } from '../floors/tighter-rule.ts';
import type { QuorumRule } from '../manifest/manifest.ts';
import { canonicalize } from '../record/canonical.ts';
import { differences, type Scope } from '../release/scope.ts';
import type { Json } from '../values.ts';
import { ownValue } from '../written/own-value.ts';
import { markdown } from './escape.ts';
import { principalWords, ruleWords } from './people.ts';
import { wordedDifferences } from './worded-differences.ts';

/** What custodians read before they agree to another configuration (T7). */
export const amendmentInstructions = (ruling: Configuration, proposed: Configuration): string =>
  [
    'Somebody changed the configuration on the default branch. Until you approve, the one before it rules.',
    '',
    ...amendmentLines(ruling, proposed),
  ].join('\n');

/** What a pull request that changes the configuration would change, and who has to agree to it (T7). */
export const proposalLines = (ruling: Configuration, proposed: Configuration): readonly string[] => {
  if (isSameMeaning(ruling, proposed)) return [];
  const who =
    ruling.custodians === undefined
      ? 'No custodians are named, so it rules as soon as it is merged.'
      : `After it is merged the one of today rules until its custodians agree: ${ruleWords(ruling.custodians)}, without whoever wrote the change.`;
  const lines = amendmentLines(ruling, proposed);
  const kept = lines.some((line) => line.startsWith('- **looser**'))
    ? [
        '',
        'What gets looser reaches no release that is open: each keeps the floors that it was opened under.',
      ]
    : [];
  return ['', `This would change the configuration. ${who}`, '', ...lines, ...kept];
};

/** Every difference in words, what gets looser first: **looser** demands less of manifests, **tighter** more. */
export const amendmentLines = (ruling: Configuration, proposed: Configuration): readonly string[] => {
  const seen = [
    ...custodianLines(ruling, proposed),
    ...roleLines(ruling.roles, proposed.roles),
    ...floorLines(ruling, proposed),
    ...otherLines(ruling, proposed),
  ];
  const lines = [...seen, ...ownLines(ruling, proposed, seen)];
  const rank = (line: string): number =>
    ['- **looser**', '- **changed**', '- **tighter**'].findIndex((word) => line.startsWith(word));
  return lines.toSorted((a, b) => rank(a) - rank(b));
};

/**
 * Whether two configurations demand and grant the same, now and whatever will be inherited: where something is written does
 * not matter, and which file says it does (T7).
 */
export const isSameMeaning = (one: Configuration, other: Configuration): boolean =>
  json(meaningOf(one)) === json(meaningOf(other));

const json = (value: unknown): string => canonicalize((value ?? null) as Json);

const meaningOf = ({ own, ...combined }: Configuration): unknown => ({
  combined: withoutPlaces(combined),
  own: own === undefined ? null : { ...own, configuration: withoutPlaces(own.configuration) },
});

const withoutPlaces = (configuration: Omit<Configuration, 'own'>): unknown => ({
  ...configuration,
  floors: configuration.floors.map(demandsOf),
});

const demandsOf = ({ source: _, lines: __, ...demands }: Floor): Omit<Floor, 'source' | 'lines'> => demands;

const changed = (what: string): string => `- **changed**: ${what}`;

const fromTo = (what: string, before: string, after: string): string =>
  changed(`${what}: ${before} → ${after}`);

const custodianLines = (ruling: Configuration, proposed: Configuration): readonly string[] => {
  const [before, after] = [ruling.custodians, proposed.custodians];
  if (json(before) === json(after)) return [];
  const words = (rule: QuorumRule | undefined): string => (rule === undefined ? 'nobody' : ruleWords(rule));
  return [fromTo('custodians, who agree to changes such as this', words(before), words(after))];
};

const roleLines = (before: readonly Role[], after: readonly Role[]): readonly string[] => {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const words = (role: Role | undefined): string => {
    const named = role?.members.map((one) => principalWords(one)) ?? [];
    const all = role?.permission === undefined ? named : [...named, `everybody with ${role.permission}`];
    return all.length === 0 ? 'nobody' : all.join(', ');
  };
  return ids.flatMap((id) => {
    const [old, now] = [before, after].map((roles) => roles.find((role) => role.id === id));
    return json(old) === json(now) ? [] : [fromTo(`role ${markdown(id)}`, words(old), words(now))];
  });
};

/** What only the repository's own file says in another way; floors add to the inherited ones, so that theirs are `seen`. */
const ownLines = (
  { own: before = nothingOwn }: Configuration,
  { own: after = nothingOwn }: Configuration,
  seen: readonly string[],
): readonly string[] => {
  const [ruling, proposed] = [before.configuration, after.configuration];
  const subjects = new Set(seen.map(subjectOf));
  const hidden = [
    ...custodianLines(ruling, proposed),
    ...roleLines(ruling.roles, proposed.roles),
    ...otherLines(ruling, proposed),
  ].filter((line) => !subjects.has(subjectOf(line)));
  const words = (spoken: readonly string[], part: string): string =>
    spoken.includes(part) ? 'said here' : 'as inherited';
  const parts = [...new Set([...before.spoken, ...after.spoken])];
  return [
    ...hidden.map((line) => `${line} (in this file only: what is inherited makes up for it today)`),
    ...parts
      .filter((part) => before.spoken.includes(part) !== after.spoken.includes(part))
      .map((part) => fromTo(part, words(before.spoken, part), words(after.spoken, part))),
  ];
};

/** How serious a line is, and what it is about. */
const subjectOf = (line: string): string => line.split(': ', 2).join(': ');

/** Floors are told apart by what they are for: several for one thing demand what all of them do. */
const floorLines = (ruling: Configuration, proposed: Configuration): readonly string[] => {
  const name = (floor: Floor): string => markdown(floorWords(floor));
  const names = [...new Set([...ruling.floors, ...proposed.floors].map(name))];
  return names.flatMap((words) => {
    const of = ({ floors, roles }: Configuration): Demanding => ({
      floors: floors.filter((floor) => name(floor) === words),
      roles,
    });
    const [before, after] = [of(ruling), of(proposed)];
    const less = missingFrom(before, after).map(
      (demand) => `- **looser**: ${words} no longer demands ${demand}`,
    );
    const more = missingFrom(after, before).map((demand) => `- **tighter**: ${words} demands ${demand}`);
    if (less.length + more.length > 0) return [...less, ...more];
    const isSame = json(before.floors.map(demandsOf)) === json(after.floors.map(demandsOf));
    return isSame ? [] : [changed(words)];
  });
};

type Demanding = { readonly floors: readonly Floor[]; readonly roles: readonly Role[] };

/** What `one` demands and `other` does not, in words. */
const missingFrom = (one: Demanding, other: Demanding): readonly string[] => {
  const rules = one.floors.flatMap((floor) =>
    Object.entries(floor.approvers).flatMap(([activity, least]) => {
      const now = other.floors.flatMap((also) => ownValue(also.approvers, activity) ?? []);
      return unmetRules(now, least, other.roles).map(
        (rule) => `${ruleWords(rule)} for ${markdown(activity)}`,
      );
    }),
  );
  const known = new Set(other.floors.flatMap(plainDemands));
  return [...rules, ...one.floors.flatMap(plainDemands).filter((demand) => !known.has(demand))];
};

/** Demands that are there or not. */
const plainDemands = (floor: Floor): readonly string[] => [
  ...floor.activities.map((activity) => `the approval ${markdown(activity)}`),
  ...floor.exclude.map((one) => `that ${principalWords(one)} does not vote`),
  ...(floor.apartFrom ?? []).map((duty) =>
    duty.kind === 'committers'
      ? 'that committers do not vote'
      : `that approvers of ${markdown(duty.activity)} do not vote`,
  ),
  ...floor.profile.map((profile) => `the profile ${markdown(profile)}`),
  ...Object.entries(floor.inputs).flatMap(([activity, inputs]) =>
    inputs.map((input) => {
      const what = input.kind === 'named' ? markdown(input.id) : markdown(json(input.input));
      return `the input ${what} of ${markdown(activity)}`;
    }),
  ),
  ...(floor.distinct === undefined ? ['different people for different rules'] : []),
  ...(floor.delegation === undefined ? [] : [`at most ${floor.delegation.max} delegated seats`]),
  ...(floor.reject === undefined ? ['that one rejection is enough'] : []),
  ...(floor.guarded === undefined ? [] : ['that GitHub itself guards the environment']),
];

const told: ReadonlySet<string> = new Set(['custodians', 'roles', 'floors', 'own']);

/** Whatever else a configuration says, by its key, as people write it. One more freeze holds more, one less holds less. */
const otherLines = (ruling: Configuration, proposed: Configuration): readonly string[] =>
  wordedDifferences(differences(rest(ruling), rest(proposed))).map(({ path, before, after }) => {
    const gravity = path === 'freezes' ? weight(before, after) : 'changed';
    const name = markdown(path);
    if (before === undefined) return `- **${gravity}**: ${name}: added ${shortened(after)}`;
    if (after === undefined) return `- **${gravity}**: ${name}: removed ${shortened(before)}`;
    return fromTo(name, shortened(before), shortened(after));
  });

const weight = (before: string | undefined, after: string | undefined): string => {
  if (before === undefined) return 'tighter';
  return after === undefined ? 'looser' : 'changed';
};

const rest = (configuration: Configuration): Scope =>
  Object.fromEntries(Object.entries(configuration).filter(([key]) => !told.has(key))) as Scope;

const shortened = (text = ''): string => markdown(text.length > 200 ? `${text.slice(0, 200)}…` : text);
