import type { Person } from '../values.ts';

/** Whom an e-mail address stands for by its form alone, where the host did not attribute it to an account. */
export type Addressee =
  | { readonly kind: 'person'; readonly person: Person }
  /** Bots, and the host itself, which commits what people do on its web pages. */
  | { readonly kind: 'machine' }
  | { readonly kind: 'nobody-known' };

/**
 * Reads the private addresses that GitHub gives to accounts, `ID+LOGIN@users.noreply.HOST`. Ids of another host would
 * name other people here, so only those of `host`, such as `github.com`, are people.
 */
export function addresseeOf(email: string, host: string): Addressee {
  const address = email.toLowerCase();
  if (address === 'noreply@github.com' || address === `noreply@${host}`) return { kind: 'machine' };
  const found = /^(?:(\d{1,15})\+)?([^+@\s]+)@users\.noreply\.([a-z0-9.-]+)$/i.exec(email);
  const [, id, login = '', domain = ''] = found ?? [];
  if (login.endsWith('[bot]')) return { kind: 'machine' };
  if (id === undefined || domain.toLowerCase() !== host) return { kind: 'nobody-known' };
  return { kind: 'person', person: { id: Number(id), login } };
}
