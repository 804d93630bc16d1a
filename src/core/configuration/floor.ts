import type { Input } from '../manifest/input.ts';
import type { Duty, Excluded, Principal, QuorumRule, RejectionRule } from '../manifest/manifest.ts';
import { principalsNamed } from '../manifest/principal.ts';

/** Where something is written: a path in the repository (or `owner/repository:path`), and a line, counted from 1. */
export type Source = { readonly path: string; readonly line: number };

/** What a floor is for. Environments are compared ignoring case; `*` is every environment. */
export type FloorScope = { readonly kind: 'environment' | 'profile' | 'uses'; readonly name: string };

/** A field that must be answered: only by its id, or with everything it must be at least. */
export type DemandedInput =
  | { readonly kind: 'named'; readonly id: string }
  | { readonly kind: 'defined'; readonly input: Input };

export const idOf = (input: DemandedInput): string => (input.kind === 'named' ? input.id : input.input.id);

/** The least that a configuration demands of manifests (design 3.10). Activities are ids, or ids of the catalog. */
export type Floor = {
  readonly source: Source;
  readonly for: FloorScope;
  /** Must be there, and be waited for by whatever the floor is for (T1). */
  readonly activities: readonly string[];
  readonly approvers: { readonly [activity: string]: readonly QuorumRule[] };
  readonly exclude: readonly Excluded[];
  /** Duties that are kept apart from approving; absent where there is none. */
  readonly apartFrom?: readonly Duty[];
  readonly inputs: { readonly [activity: string]: readonly DemandedInput[] };
  readonly profile: readonly string[];
  /** Manifests may let one person fill a seat in each rule; without it, they may not. */
  readonly distinct?: false;
  /** The weakest rejection rule that manifests may have; without it, one rejection ends it. */
  readonly reject?: RejectionRule;
  /** The most seats that may be delegated at one time; without it, manifests decide. */
  readonly delegation?: { readonly max: number };
  /** The environment opens only where GitHub guards it itself (T14); floors for environments only. */
  readonly guarded?: true;
  /** Lines of single demands, by path, such as `approvers.go-no-go`. */
  readonly lines: { readonly [demand: string]: number };
};

/** Everybody whom a floor names, for whichever activity. */
export const principalsDemanded = ({ approvers, exclude }: Floor): readonly Principal[] =>
  principalsNamed({ approvers: Object.values(approvers).flat(), exclude });

/** The floor in words, for example `the floor for environment production`. */
export const floorWords = ({ for: { kind, name } }: Pick<Floor, 'for'>): string => {
  if (name === '*') return `the floor for every ${kind}`;
  return kind === 'uses' ? `the floor for uses: ${name}` : `the floor for ${kind} ${name}`;
};

/** Where a demand of a floor is written; where the floor begins if the demand has no line of its own. */
export const demandSource = ({ source, lines }: Floor, demand: string): Source => ({
  path: source.path,
  line: lines[demand] ?? source.line,
});

/** A place in words, for example `.github/countersign.yml, line 12`; what is inherited says from whom. */
export const sourceWords = ({ path, line }: Source): string => {
  const [repository, file] = path.split(':');
  return file === undefined
    ? `${path}, line ${line}`
    : `the organization's configuration ${repository}, ${file}, line ${line}`;
};
