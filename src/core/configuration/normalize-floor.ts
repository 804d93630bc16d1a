import type { QuorumRule } from '../manifest/manifest.ts';
import { normalizeExclusions } from '../manifest/normalize.ts';
import { normalizeInput } from '../manifest/normalize-input.ts';
import { normalizeJudgement, normalizeRule } from '../manifest/normalize-rule.ts';
import type { WrittenRule } from '../manifest/written-rule.ts';
import { present } from '../written/present.ts';
import { entriesOf, type Node } from '../written/tree.ts';
import type { DemandedInput, Floor, FloorScope } from './floor.ts';
import type { WrittenFloor } from './written-floor.ts';

/** A configuration is for every release, so that it cannot mean the owner of one: the rules refuse that. */
const nobody = { release: undefined, phase: undefined };

/** A rule of a configuration, with every default applied. */
export const configuredRule = (written: WrittenRule): QuorumRule => normalizeRule(written, nobody);

/** A floor with every default applied; `node` is what was written, `path` the file it was written in. */
export const normalizeFloor = (written: WrittenFloor, node: Node, path: string): Floor => ({
  source: { path, line: node.position.line },
  for: scopeOf(written.for),
  activities: several(written.activities),
  approvers: mapped(written.approvers, (rules) => [rules].flat().map(configuredRule)),
  ...normalizeExclusions(written.exclude, nobody),
  inputs: mapped(written.inputs, demandedInputs),
  profile: several(written.profile),
  ...pick(normalizeJudgement(written)),
  ...(written.guarded === undefined ? {} : { guarded: true as const }),
  lines: linesOf(node),
});

/** What floors say about how votes add up; the rest is the manifests' business. */
const pick = ({ distinct, reject, delegation }: ReturnType<typeof normalizeJudgement>) =>
  present({ distinct, reject, delegation });

const several = <T extends string>(written: T | readonly T[] | undefined): readonly T[] => [
  ...new Set([written ?? []].flat() as readonly T[]),
];

const mapped = <W, T>(
  written: { readonly [id: string]: W } | undefined,
  how: (one: W) => T,
): { readonly [id: string]: T } =>
  Object.fromEntries(Object.entries(written ?? {}).map(([id, one]) => [id, how(one)]));

const scopeOf = (written: WrittenFloor['for']): FloorScope => {
  // The rules demand exactly one of the three.
  const [kind, name] = Object.entries(written)[0] as [FloorScope['kind'], string];
  return { kind, name };
};

type WrittenInputs = Exclude<WrittenFloor['inputs'], undefined>[string];

const demandedInputs = (written: WrittenInputs): readonly DemandedInput[] =>
  typeof written === 'string' || Array.isArray(written)
    ? several(written).map((id) => ({ kind: 'named', id }))
    : Object.entries(written).map(([id, input]) => ({ kind: 'defined', input: normalizeInput(id, input) }));

/** Lines of every key of the floor, and of every key one step below. */
const linesOf = (node: Node): { readonly [demand: string]: number } =>
  Object.fromEntries(
    entriesOf(node).flatMap(({ key, position, value }) => [
      [key, position.line] as const,
      ...entriesOf(value).map((inner) => [`${key}.${inner.key}`, inner.position.line] as const),
    ]),
  );
