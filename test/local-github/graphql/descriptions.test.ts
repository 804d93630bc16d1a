import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { bindSchema } from '../../../src/local-github/api/graphql/schema.ts';
import { types } from '../../../src/local-github/api/graphql/types.ts';

it('is exactly what the script trims out of the schema GitHub publishes', async () => {
  const run = promisify(execFile)(process.execPath, ['scripts/trim-graphql.mjs', '--check']);
  await expect(run).resolves.toMatchObject({ stderr: '' });
});

it('binds every resolver to a field that exists, and refuses one that does not', () => {
  expect(isObjectType(bindSchema(types).getType('Issue'))).toBe(true);
  expect(() => bindSchema({ Issue: { mood: () => 'fine' } })).toThrow('Issue.mood');
  expect(() => bindSchema({ Mood: {} })).toThrow('Mood');
});
