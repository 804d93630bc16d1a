import { approvalTypes } from './approval-types.ts';

/** The approvals that an industry cannot do without, and those that it does well to have (S-069, S-070). */
export type Profile = {
  readonly id: string;
  readonly title: string;
  /** Ids of approval types. */
  readonly mandatory: readonly string[];
  readonly recommended: readonly string[];
};

/** S-071 to S-073. */
export const profiles: readonly Profile[] = [
  {
    id: 'saas',
    title: 'General SaaS',
    mandatory: ['code-review', 'build-verification', 'environment-readiness', 'product-owner', 'go-no-go'],
    recommended: ['qa-signoff', 'security', 'operations'],
  },
  {
    id: 'regulated',
    title: 'Regulated industry',
    mandatory: approvalTypes.map(({ id }) => id),
    recommended: [],
  },
  {
    id: 'high-availability',
    title: 'High availability',
    mandatory: ['operations', 'qa-signoff', 'environment-readiness', 'dependency-readiness'],
    recommended: [],
  },
];

export const profileIds: readonly string[] = profiles.map(({ id }) => id);

/** What several profiles ask for together; what one of them demands is not merely recommended (S-074). */
export const askedBy = (ids: readonly string[]): Pick<Profile, 'mandatory' | 'recommended'> => {
  const chosen = profiles.filter(({ id }) => ids.includes(id));
  const mandatory = new Set(chosen.flatMap((profile) => profile.mandatory));
  const recommended = new Set(chosen.flatMap((profile) => profile.recommended));
  return { mandatory: [...mandatory], recommended: [...recommended].filter((id) => !mandatory.has(id)) };
};
