import { type Activity, isManual, type Principal, type QuorumRule } from '../manifest/manifest.ts';
import { principalsGranted } from '../manifest/principal.ts';
import { seatCandidates } from '../policy/matching.ts';
import { writtenPrincipal } from '../policy/written-principal.ts';
import type { Found } from './found.ts';
import { placeOf } from './objection.ts';

/** A rule whose people are all named one by one: who is asked, and who else could fill a seat. Logins in lower case. */
type Bench = {
  readonly rule: QuorumRule;
  readonly asked: ReadonlySet<string>;
  readonly voters: ReadonlySet<string>;
};

/**
 * Quorums that the named people can never meet, whoever says what (S-081 to S-084): an activity that only ever blocks is
 * better refused when it is written. Who is in a team or a role may change, so only rules of users are judged. Who else is
 * set aside later, as an author, makes it harder still. What may approve by itself waits for nobody.
 */
export const impossibleQuorums = (activity: Activity): readonly Found[] => {
  if (!isManual(activity) || activity.task !== undefined || activity.timing?.autoApprove !== undefined)
    return [];
  const benches = activity.approvers.map((rule) => benchOf(rule, activity));
  const at = placeOf(activity, 'approvers');
  const alone = benches.flatMap((bench): readonly Found[] => {
    const why = bench && emptyWords(bench);
    return why === undefined
      ? []
      : [{ at, problem: 'conflict', message: `"${activity.id}" could never be approved: ${why}` }];
  });
  return [
    ...(alone.length > 0 ? alone : doubleBooked(activity, benches)),
    ...benches.flatMap((bench) => (bench === undefined ? [] : generous(activity, bench))),
  ];
};

const benchOf = (rule: QuorumRule, activity: Activity): Bench | undefined => {
  const { from, except = [], backups = [] } = rule;
  const [asked, guests] = [from, [...backups, ...principalsGranted(activity)]].map(loginsIn);
  if (asked === undefined || guests === undefined) return undefined;
  const away = new Set(usersIn([...activity.exclude, ...except]));
  const left = (logins: readonly string[]) => new Set(logins.filter((login) => !away.has(login)));
  return { rule, asked: left(asked), voters: left([...asked, ...guests]) };
};

const usersIn = (principals: readonly Principal[]): readonly string[] =>
  principals.flatMap(({ kind, name }) => (kind === 'user' ? [name.toLowerCase()] : []));

/** Undefined where somebody is named by anything but a login. */
const loginsIn = (principals: readonly Principal[]): readonly string[] | undefined => {
  const users = usersIn(principals);
  return users.length === principals.length ? users : undefined;
};

/** Why a rule can never be met by itself; undefined: it can. */
const emptyWords = ({ rule, asked, voters }: Bench): string | undefined => {
  const { from, require } = rule;
  const named = from.map(writtenPrincipal).join(', ');
  if (voters.size === 0 || (require.kind === 'unanimous' && asked.size === 0))
    return `nobody is left of ${named}, because whoever is named is taken away by except or exclude. Name somebody else.`;
  if (require.kind !== 'count' || require.count <= voters.size) return undefined;
  return `expected ${people(require.count)} of ${named}, found ${people(voters.size)} who may. Ask for fewer, or name more.`;
};

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** Rules that can be met one by one and not together, because one person fills one seat (decision 0001). */
const doubleBooked = (activity: Activity, benches: readonly (Bench | undefined)[]): readonly Found[] => {
  if (activity.distinct === false) return [];
  // Whoever is set aside later makes "all of them" fewer, and never none.
  const seats = benches.map((bench) => {
    if (bench === undefined) return 0;
    return bench.rule.require.kind === 'count' ? bench.rule.require.count : 1;
  });
  const logins = [...new Set(benches.flatMap((bench) => [...(bench?.voters ?? [])]))];
  const candidates = logins.map((login, id) => ({
    id,
    rules: new Set(benches.flatMap((bench, rule) => (bench?.voters.has(login) ? [rule] : []))),
  }));
  const wanted = seats.reduce((sum, one) => sum + one, 0);
  const seated = seatCandidates(candidates, seats).size;
  if (seated === wanted) return [];
  const message = `"${activity.id}" could never be approved: its rules ask for ${people(wanted)}, and those who are named can fill ${seated} of these seats, because one person fills one seat only. Name more people, or write distinct: false.`;
  return [{ at: placeOf(activity, 'approvers'), problem: 'conflict', message }];
};

/** All but as many as there are would be nobody: one is asked all the same, which is hardly what was meant. */
const generous = (activity: Activity, { rule: { require }, asked }: Bench): readonly Found[] => {
  if (require.kind !== 'all-but' || asked.size === 0 || require.count < asked.size) return [];
  const message = `"all-but: ${require.count}" of ${people(asked.size)} leaves nobody to ask; one approval is needed all the same. Write require: 1 if that is meant, or name more people.`;
  return [{ at: placeOf(activity, 'approvers'), problem: 'conflict', message, severity: 'warning' }];
};
