import { Octokit } from '@octokit/rest';

/** The repository of the story, as Octokit names it. */
export const repository = { owner: 'acme', repo: 'payments' } as const;

/** Somebody at a keyboard, with plain Octokit and their own token. */
export type Person = Octokit['rest'];

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** `github` is the web address of the host. */
export const createPerson = (login: string, github: string): Person =>
  new Octokit({ auth: `ghp_local_${login}`, baseUrl: `${github}/api/v3`, log: silent }).rest;
