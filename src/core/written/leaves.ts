import { z } from 'zod';

// The message of every schema here is what was expected, as a phrase; `check-shape.ts` makes the sentence.

/** Ids of phases, activities, inputs and roles (syntax, Grammar). */
export const idPattern = /^[a-z][a-z0-9-]{0,62}$/;

export const idPhrase =
  'an id of lower-case letters, digits and hyphens that starts with a letter, at most 63 long';

export const id = z.string({ error: idPhrase }).regex(idPattern, { error: idPhrase });

const login = '[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:_[A-Za-z0-9]+)?';
const slug = '[a-z0-9_][a-z0-9_-]{0,99}';

/** A file or folder of the repository, in characters that nobody needs to escape, without `.`, `..` or empty steps. */
const ownedPath = String.raw`(?!/)(?!(?:.*/)?\.{1,2}(?:/|$))(?!.*//)[A-Za-z0-9._/@+-]{1,200}`;

/** The owner of the release, or of the phase; normalization puts the principal there. */
export const ownerValue = /^\$\{\{ *(phase\.)?owner *\}\}$/;

export const principalPattern = new RegExp(
  `^(?:user:${login}|team:${slug}|role:[a-z][a-z0-9-]{0,62}|owners:${ownedPath})$`,
);

const principalPhrase = 'a principal, written user:login, team:slug, role:id or owners:path';

export const principal = z
  .string({ error: principalPhrase })
  .regex(principalPattern, { error: principalPhrase })
  .describe(
    "A principal of the repository's own organization: user:login, team:slug, role:id or owners:path.",
  );

const askedPhrase = `${principalPhrase}, or \${{ owner }}`;

/** A principal where approvers are named: the owner may stand there as a value too. */
export const askedPrincipal = z
  .string({ error: askedPhrase })
  .regex(new RegExp(`${principalPattern.source}|${ownerValue.source}`), { error: askedPhrase })
  .describe(`A principal, or \${{ owner }} or \${{ phase.owner }}.`);

export const loginPattern = new RegExp(`^${login}$`);

export const userLogin = named('the login of a user', loginPattern, 'A login, without "user:".');

export const teamSlug = named(
  'the slug of a team, in lower case',
  new RegExp(`^${slug}$`),
  'A slug, without "team:".',
);

function named(phrase: string, pattern: RegExp, description: string) {
  return z.string({ error: phrase }).regex(pattern, { error: phrase }).describe(description);
}

/** One line that is not blank. */
export const line = (what: string, most = 200) => {
  const phrase = `${what}: one line of 1 to ${most} characters`;
  return z
    .string({ error: phrase })
    .regex(/^.*\S.*$/, { error: phrase })
    .max(most, { error: phrase });
};

/** Text of any number of lines. */
export const text = (what: string, most: number) => {
  const phrase = `${what}: text of 1 to ${most} characters`;
  return z.string({ error: phrase }).regex(/\S/, { error: phrase }).max(most, { error: phrase });
};

const refPattern = /^(?![./-])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[A-Za-z0-9._/@+-]{1,200}(?<![./])$/;

/** A branch or tag as git allows it, kept to characters that nobody needs to escape. */
export const ref = (what: string) => named(what, refPattern, `${what[0]?.toUpperCase()}${what.slice(1)}.`);

/** One value, or a list of at least one. */
export const oneOrMany = <S extends z.ZodType>(one: S, phrase: string, most = 100) =>
  z.union(
    [
      one,
      z
        .array(one)
        .min(1, { error: phrase })
        .max(most, { error: `at most ${most} of them` }),
    ],
    {
      error: phrase,
    },
  );

/** A map keyed by ids. The ids themselves are a rule, so that a wrong one does not hide what stands below it. */
export const byId = <S extends z.ZodType>(value: S, phrase: string, description: string) =>
  z
    .record(z.string(), value, { error: phrase })
    .meta({ description, propertyNames: { pattern: idPattern.source } });
