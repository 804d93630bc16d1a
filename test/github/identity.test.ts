import { expect, it } from 'vitest';
import { createCommitter } from '../../src/github/identity.ts';
import { useFakeHost } from './fake-host.ts';

const fake = useFakeHost();

it('commits stand under the account of the App, which is asked for once', async () => {
  const committer = createCommitter(
    fake.start({
      rest: {
        'GET /app': () => ({ slug: 'countersign' }),
        'GET /users/countersign[bot]': () => ({ id: 41, login: 'countersign[bot]' }),
      },
    }),
  );
  const expected = {
    name: 'countersign[bot]',
    email: '41+countersign[bot]@users.noreply.ghe.example',
  };
  expect(await committer('acme/payments')).toEqual(expected);
  expect(await committer('acme/other')).toEqual(expected);
  expect(fake.calls).toHaveLength(2);
});
