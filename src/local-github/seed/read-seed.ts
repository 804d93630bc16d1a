import { readFileSync } from 'node:fs';
import { type Document, parseDocument } from 'yaml';
import { z } from 'zod';
import { workflow } from '../actions/workflow.ts';
import { faultList } from '../faults/fault.ts';
import { rulesetBody } from '../rules/ruleset.ts';
import { environmentSettings } from './environment-settings.ts';
import { SeedError } from './seed-error.ts';

const login = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, 'expected a login (letters, digits, dashes)');
const slug = z.string().regex(/^[a-z0-9][a-z0-9-_]*$/, 'expected a slug (small letters, digits, dashes)');
const role = z.enum(['admin', 'maintain', 'write', 'triage', 'read']);

const member = z.union([
  login.transform((name) => ({ login: name, role: 'member' as const, state: 'active' as const })),
  z.strictObject({
    login,
    role: z.enum(['member', 'maintainer']).default('member'),
    state: z.enum(['active', 'pending']).default('active'),
  }),
]);

const team = z.strictObject({
  name: z.string().optional(),
  members: z.array(member).default([]),
  parent: slug.optional(),
  privacy: z.enum(['closed', 'secret']).default('closed'),
});

const organization = z.strictObject({
  name: z.string().optional(),
  members: z.array(login).default([]),
  teams: z.record(slug, team).default({}),
});

const repository = z.strictObject({
  from: z.string().optional(),
  private: z.boolean().default(false),
  description: z.string().optional(),
  permissions: z.record(z.string(), role).default({}),
  rulesets: z.array(rulesetBody).optional(),
  workflows: z
    .record(z.string().regex(/^[\w.-]+\.ya?ml$/, 'expected the name of a workflow file'), workflow)
    .optional(),
  environments: z.record(z.string(), z.strictObject(environmentSettings).nullable()).default({}),
});

const app = z.strictObject({
  id: z.int().positive(),
  name: z.string().optional(),
  'private-key': z.string(),
  webhook: z.strictObject({ url: z.url(), secret: z.string() }).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).default({}),
  events: z.array(z.string()).default([]),
  'client-secret': z.string().min(1).optional(),
  'callback-urls': z.array(z.url()).optional(),
  'installed-on': z.array(login).default([]),
});

const seed = z.strictObject({
  organizations: z.record(login, organization).default({}),
  users: z
    .record(
      login,
      z.strictObject({
        name: z.string().optional(),
        type: z.enum(['User', 'Bot']).default('User'),
        email: z.email().optional(),
      }),
    )
    .default({}),
  repositories: z
    .record(z.string().regex(/^[^/\s]+\/[\w.-]+$/, 'expected owner/name'), repository)
    .default({}),
  apps: z.record(slug, app).default({}),
  faults: faultList.default([]),
});

export type Seed = z.output<typeof seed>;
export type SeedApp = z.output<typeof app>;
export type SeedRepository = z.output<typeof repository>;
export type SeedOrganization = z.output<typeof organization>;

/** Reads a seed file. Throws one `SeedError` that names every wrong place and what was expected there. */
export function readSeed(file: string): Seed {
  const document = parseDocument(readFileSync(file, 'utf8'), { version: '1.2' });
  const [syntax] = document.errors;
  if (syntax) throw new SeedError(`${file}: ${syntax.message}`);
  const parsed = seed.safeParse(plainOf(document, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`,
  );
  throw new SeedError(`${file} is not a seed:\n${problems.join('\n')}`);
}

/** Aliases that lead nowhere, or to too much, are found only now. */
function plainOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new SeedError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
