import type { Anchor } from './record.ts';

/** Why a records branch cannot be used at all: every gate of the repository closes until a person acts (T8, T9). */
export type RecordsFault =
  | { readonly kind: 'rolled-back'; readonly known: Anchor; readonly found?: Anchor }
  | { readonly kind: 'unanchored'; readonly key: string; readonly trusted: readonly string[] }
  | { readonly kind: 'own-key-untrusted'; readonly key: string; readonly trusted: readonly string[] }
  /** Another branch of the repository holds a record of ours, so this one would be a second beginning. */
  | { readonly kind: 'second-genesis'; readonly branch: string }
  | { readonly kind: 'damaged'; readonly where: string; readonly why: string };
