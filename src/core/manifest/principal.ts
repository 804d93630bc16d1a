import { ownerValue } from '../written/leaves.ts';
import type { Activity, Principal } from './manifest.ts';

/** `team:qa` as data; the text keeps the grammar already. */
export const parsePrincipal = (text: string): Principal => {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as Principal['kind'], name: text.slice(colon + 1) };
};

/** One or many, each once, in the order written. */
export const parsePrincipals = (written: string | readonly string[]): readonly Principal[] =>
  [...new Set([written].flat())].map((text) => parsePrincipal(text as string));

/** The principals as written that `${{ owner }}` and `${{ phase.owner }}` stand for. */
export type Owners = { readonly release: string | undefined; readonly phase: string | undefined };

/** Principals with the owners in the places of their values. The rules see to it that there are owners. */
export const withOwners = (written: readonly string[], owners: Owners): readonly string[] =>
  written.map((text) => {
    const value = ownerValue.exec(text);
    if (value === null) return text;
    return (value[1] === undefined ? owners.release : owners.phase) as string;
  });

/** Everybody an activity names: who is asked, who may stand in, who is taken away and who is excluded. */
export const principalsNamed = ({
  approvers,
  exclude,
}: Pick<Activity, 'approvers' | 'exclude'>): readonly Principal[] => [
  ...approvers.flatMap(({ from, except = [], backups = [] }) => [...from, ...except, ...backups]),
  ...exclude,
];

/** Whom its escalations let vote, whenever that is: they are part of who is asked (decision 0055). */
export const principalsGranted = ({ timing }: Pick<Activity, 'timing'>): readonly Principal[] =>
  timing?.escalate.flatMap(({ to, grant }) => (grant ? to : [])) ?? [];

/** With whom its escalations tell or let vote (S-087), who are no part of what is approved. */
export const principalsNamedOrTold = (activity: Activity): readonly Principal[] => [
  ...principalsNamed(activity),
  ...(activity.timing?.escalate.flatMap(({ to }) => to) ?? []),
];
