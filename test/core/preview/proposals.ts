import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import { foresee, type Proposed, type Tomorrow } from '../../../src/core/preview/foresee.ts';
import type { Flip, Foreseen } from '../../../src/core/preview/foresight.ts';
import { digestOf } from '../../../src/core/record/digest.ts';
import { commit, type ReleaseWorld } from '../../support/release-world.ts';

export const at = '2026-11-23T10:00:00Z';
export const count = (many: number) => ({ kind: 'count', count: many }) as const;
export const qa = (many = 1) => ({ from: [{ kind: 'team', name: 'qa' }], require: count(many) }) as const;
export const product = { from: [{ kind: 'team', name: 'product' }], require: count(1) } as const;

export const proposed = (plan: Manifest, more: Partial<Proposed> = {}): Proposed => ({
  path: 'releases/r1.yml',
  digest: digestOf(JSON.stringify(plan)),
  plan,
  target: { commit: commit('b'), tag: true },
  ...more,
});
export const tomorrow = (files: readonly Proposed[], more: Partial<Tomorrow> = {}): Tomorrow => ({
  manifests: new Map(files.map((file) => [file.plan.release, file])),
  paths: new Set(files.map(({ path }) => path)),
  today: defaultConfiguration,
  configuration: defaultConfiguration,
  fileless: () => false,
  ...more,
});
export const foretold = (world: ReleaseWorld, then: Tomorrow): Foreseen | undefined =>
  foresee([world.opened()], [], then, at).foreseen[0];
export const changesIn = (world: ReleaseWorld, plan: Manifest) => {
  const one = foretold(world, tomorrow([proposed(plan)]));
  if (one?.kind !== 'changes') throw new Error(`${one?.kind}`);
  return one;
};
export const flip = ({ flips }: { readonly flips: readonly Flip[] }, id: string) =>
  flips.find((one) => one.activity === id);
