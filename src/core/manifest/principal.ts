import type { Principal } from './manifest.ts';

/** `team:qa` as data; the text keeps the grammar already. */
export const parsePrincipal = (text: string): Principal => {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as Principal['kind'], name: text.slice(colon + 1) };
};

/** One or many, each once, in the order written. */
export const parsePrincipals = (written: string | readonly string[]): readonly Principal[] =>
  [...new Set([written].flat())].map((text) => parsePrincipal(text as string));
