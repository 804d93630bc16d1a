import { asWritten } from '../floors/raise-activity.ts';
import type { Problem } from '../problem.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';
import { error } from '../written/decode-text.ts';
import { ownValue } from '../written/own-value.ts';
import { type Node, type Path, spotAt, valueAt } from '../written/tree.ts';
import type { Configuration } from './configuration.ts';
import { areEnoughCustodians, loosenedField, remainderOf } from './tighter-parts.ts';
import { below, type Loosening, weakerFloors } from './weaker-floors.ts';

/** What a repository inherits, and the repository that it comes from, such as `acme/.github`. */
export type Above = { readonly configuration: Configuration; readonly repository: string };

/**
 * Where a repository's own configuration would loosen what it inherits: it may add and tighten only (design 3.10, T7).
 * Every part that `combine` lets a repository write on top of an inherited one is looked at here.
 */
export const loosenings = (root: Node, own: Configuration, above: Above): readonly Problem[] =>
  [
    ...otherRoles(own, above),
    ...otherSessions(root, own, above),
    ...moreWindows(own, above),
    ...fewerCustodians(own, above),
    ...weakerFields(own, above),
    ...weakerFloors(own, above.configuration),
  ].map(({ at, message }) => error('below-inherited', spotAt(root, asListed(root, at)).holder, message));

/** One floor, or one window, may stand without a list around it. */
const asListed = (root: Node, [key = '', index, ...rest]: Path): Path =>
  typeof index === 'number' && valueAt(root, String(key))?.kind === 'map'
    ? [key, ...rest]
    : [key, index ?? '', ...rest];

const whose = ({ repository }: Above): string => `the organization's configuration ${repository}`;

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalize(one as Json) === canonicalize(other as Json);

/** Whoever could say who holds a role that a floor names could appoint the approvers. */
const otherRoles = (own: Configuration, above: Above): readonly Loosening[] =>
  own.roles
    .filter((role) => above.configuration.roles.some((one) => one.id === role.id && !isSame(one, role)))
    .map(({ id }) => ({
      at: ['roles', id],
      message: `Who holds the role "${id}" is said by ${whose(above)}. Remove it here, or give this one another name.`,
    }));

/** A board that meets sooner than the organization's would open a vote before its time. */
const otherSessions = (root: Node, own: Configuration, above: Above): readonly Loosening[] => {
  const { sessions: theirs = {}, zone } = above.configuration.calendar;
  const isElsewhere = valueAt(root, 'time-zone') !== undefined && own.calendar.zone !== zone;
  return Object.entries(own.calendar.sessions ?? {})
    .filter(([id, session]) => {
      const inherited = ownValue(theirs, id);
      return inherited !== undefined && (isElsewhere || !isSame(inherited, session));
    })
    .map(([id]) => ({
      at: ['calendar', 'sessions', id],
      message: `When "${id}" meets is said by ${whose(above)}. Remove it here, or give this one another name.`,
    }));
};

/** Windows add up, so a repository has none of its own where the organization says when an environment opens. */
const moreWindows = (own: Configuration, above: Above): readonly Loosening[] =>
  own.windows.flatMap((window, index) => {
    const left = remainderOf(window, above.configuration.windows);
    const message = `When this environment opens is said by ${whose(above)}. Remove this window, or name other environments.`;
    return isSame(left, [window]) ? [] : [{ at: ['windows', index], message }];
  });

const fewerCustodians = (own: Configuration, above: Above): readonly Loosening[] => {
  const { custodians: least } = above.configuration;
  if (least === undefined || areEnoughCustodians(own.custodians, above.configuration)) return [];
  const message = `Expected at least the custodians of ${whose(above)}: ${asWritten(least)}. Ask for that or more, or leave custodians out.`;
  return [{ at: ['custodians'], message }];
};

const weakerFields = (own: Configuration, { configuration }: Above): readonly Loosening[] =>
  Object.entries(own.catalog).flatMap(([entry, { inputs }]) =>
    Object.entries(inputs).flatMap(([id, written]) => {
      const named = loosenedField(configuration, entry, id, written);
      if (named === undefined) return [];
      const { floor, activity } = named;
      const message = below(floor, `inputs.${activity}`, `${id} as the catalog there has it`);
      return [{ at: ['catalog', entry, 'inputs', id], message }];
    }),
  );
