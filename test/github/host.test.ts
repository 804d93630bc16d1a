import { expect, it } from 'vitest';
import { hostOf } from '../../src/github/host.ts';

it.each([
  [{}, 'https://github.com', 'https://api.github.com', 'https://api.github.com/graphql', 1000],
  [
    { gheHost: 'GitHub.com' },
    'https://github.com',
    'https://api.github.com',
    'https://api.github.com/graphql',
    1000,
  ],
  [
    { gheHost: 'octo.ghe.com' },
    'https://octo.ghe.com',
    'https://api.octo.ghe.com',
    'https://api.octo.ghe.com/graphql',
    1000,
  ],
  [
    { gheHost: 'git.acme.example' },
    'https://git.acme.example',
    'https://git.acme.example/api/v3',
    'https://git.acme.example/api/graphql',
    0,
  ],
  [
    { gheHost: '127.0.0.1:3999', gheProtocol: 'http' as const },
    'http://127.0.0.1:3999',
    'http://127.0.0.1:3999/api/v3',
    'http://127.0.0.1:3999/api/graphql',
    0,
  ],
])('%o', (setting, web, api, graphql, writes) => {
  expect(hostOf(setting)).toMatchObject({ web, api, graphql, spacing: { writes } });
});
