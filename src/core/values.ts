/** A git object id: 40 lower-case hexadecimal digits. */
export type Sha = string;

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Digest = string;

/** A moment as RFC 3339 in UTC, for example `2026-11-23T09:00:00Z`; equal moments are compared by `Date.parse`. */
export type Instant = string;

/** A person is a numeric user id; the login is what people read, never what is compared (design 3.2, T13). */
export type Person = { readonly id: number; readonly login: string };

/** A repository is its numeric id; `name` is `owner/repository`. */
export type Repository = { readonly id: number; readonly name: string };

/** Anything that canonical JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A fact that could not be established is itself a fact, and never approves (design 3.1). */
export type Known<T> = { readonly kind: 'known'; readonly value: T } | Unknown;

/** Why it could not be established, as half a sentence. */
export type Unknown = { readonly kind: 'unknown'; readonly why: string };
