import { IANAZone } from 'luxon';
import type { Parsed, Problem } from '../problem.ts';
import { checkIds } from '../written/check-ids.ts';
import { show } from '../written/check-shape.ts';
import { error } from '../written/decode-text.ts';
import { parseWritten } from '../written/parse-written.ts';
import { present } from '../written/present.ts';
import { entriesOf, type Node, textOf, valueAt } from '../written/tree.ts';
import { type Configuration, defaultConfiguration, type Role } from './configuration.ts';
import { configurationGrammar } from './grammar.ts';
import { type WrittenConfiguration, writtenConfiguration } from './written-configuration.ts';

/** Reads `.github/countersign.yml`: the configuration, or every problem of the file with its place. Never throws. */
export const parseConfiguration = (bytes: Uint8Array): Parsed<Configuration> =>
  parseWritten(bytes, {
    schema: writtenConfiguration,
    grammar: configurationGrammar,
    rules: (root) => [...checkZone(valueAt(root, 'time-zone')), ...checkRoles(root)],
    normalize: normalizeConfiguration,
  });

const checkZone = (node: Node | undefined): readonly Problem[] => {
  const zone = textOf(node);
  if (node === undefined || zone === undefined || IANAZone.isValidZone(zone)) return [];
  const message = `Expected the name of a time zone, such as Europe/Berlin, found ${show(zone)}.`;
  return [error('invalid-value', node.position, message)];
};

const checkRoles = (root: Node): readonly Problem[] => {
  const roles = entriesOf(valueAt(root, 'roles'));
  const empty = roles
    .filter(({ value }) => value.kind === 'map' && value.entries.length === 0)
    .map(({ key, position }) =>
      error('empty', position, `Nobody holds the role "${key}". Expected users, teams or permission.`),
    );
  return [...checkIds(roles.map(({ key, position }) => ({ name: key, position }))), ...empty];
};

const normalizeConfiguration = (written: WrittenConfiguration): Configuration => ({
  manifests: written.manifests ?? defaultConfiguration.manifests,
  records: {
    branch: written.records?.branch ?? defaultConfiguration.records.branch,
    keys: [...new Set([written.records?.keys ?? []].flat())],
  },
  timeZone: written['time-zone'] ?? defaultConfiguration.timeZone,
  roles: Object.entries(written.roles ?? {}).map(([id, role]) => normalizeRole(id, role)),
});

type WrittenRole = NonNullable<WrittenConfiguration['roles']>[string];

const normalizeRole = (id: string, { users = [], teams = [], permission }: WrittenRole): Role => ({
  id,
  members: [
    ...[...new Set([users].flat())].map((name) => ({ kind: 'user', name }) as const),
    ...[...new Set([teams].flat())].map((name) => ({ kind: 'team', name }) as const),
  ],
  ...present({ permission }),
});
