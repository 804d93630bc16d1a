import { readFileSync } from 'node:fs';
import { looksLikeKey, readPrivateKey } from './pem.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const writers = ['graphql', 'git'] as const;
export type WriterKind = (typeof writers)[number];

/** What `serve` runs with: every value read, checked, and in one form. */
export type Environment = {
  readonly appId: number;
  /** RSA key of the App, PEM (PKCS #8). */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Host name and port of a GitHub Enterprise; absent for github.com. */
  readonly gheHost?: string;
  readonly gheProtocol: 'https' | 'http';
  /** Ed25519 key that signs checkpoints, PEM (PKCS #8), T9. */
  readonly signingKey: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Folder of the local copies of repositories; it may be deleted at any time. */
  readonly data: string;
  /** How records are written: by the host's API, which signs them, or by git push where it has no such call. */
  readonly writer: WriterKind;
};

export type EnvironmentReading =
  | { readonly kind: 'valid'; readonly value: Environment }
  | { readonly kind: 'invalid'; readonly sentences: readonly string[] };

type Variables = Readonly<Record<string, string | undefined>>;
type ReadText = (path: string) => string;
type Reader = {
  /** The trimmed value, or undefined where it is absent or empty. */
  get(name: string): string | undefined;
  readText: ReadText;
  /** Notes a sentence for the person; the value stays undefined. */
  wrong(sentence: string): undefined;
};

/** Reads all variables and reports everything that is missing or wrong, one sentence each. Never throws. */
export function readEnvironment(
  env: Variables,
  readText: ReadText = (path) => readFileSync(path, 'utf8'),
): EnvironmentReading {
  const sentences: string[] = [];
  const reader: Reader = {
    get: (name) => env[name]?.trim() || undefined,
    readText,
    wrong: (sentence) => void sentences.push(sentence),
  };
  const appId = readAppId(reader);
  const privateKey = readAppKey(reader);
  const webhookSecret = readSecret(reader);
  const gheHost = readHost(reader);
  const gheProtocol = readProtocol(reader);
  const signingKey = readSigningKey(reader);
  const port = readPort(reader);
  const logLevel = readLogLevel(reader);
  const data = reader.get('COUNTERSIGN_DATA') ?? '.countersign';
  const writer = readWriter(reader);
  if (
    sentences.length > 0 ||
    appId === undefined ||
    privateKey === undefined ||
    webhookSecret === undefined ||
    gheProtocol === undefined ||
    signingKey === undefined ||
    port === undefined ||
    logLevel === undefined ||
    writer === undefined
  )
    return { kind: 'invalid', sentences };
  const required = {
    appId,
    privateKey,
    webhookSecret,
    gheProtocol,
    signingKey,
    port,
    logLevel,
    data,
    writer,
  };
  return { kind: 'valid', value: gheHost === undefined ? required : { ...required, gheHost } };
}

function readAppId({ get, wrong }: Reader): number | undefined {
  const text = get('APP_ID');
  if (text === undefined)
    return wrong('APP_ID is missing: set it to the number on the settings page of your GitHub App.');
  return /^[1-9]\d{0,14}$/.test(text)
    ? Number(text)
    : wrong(`APP_ID must be the number of your GitHub App, found ${quoted(text)}.`);
}

function readAppKey(reader: Reader): string | undefined {
  const { get, wrong } = reader;
  const inline = get('PRIVATE_KEY');
  const path = get('PRIVATE_KEY_PATH');
  if (inline === undefined && path === undefined)
    return wrong(
      'PRIVATE_KEY is missing: set it to the private key of your GitHub App, or PRIVATE_KEY_PATH to its file.',
    );
  if (inline !== undefined)
    return (
      readPrivateKey(inline, 'rsa') ??
      wrong('PRIVATE_KEY is not an RSA private key in PEM form, as GitHub hands it out for an App.')
    );
  return readKeyFile(reader, 'PRIVATE_KEY_PATH', path ?? '', 'rsa');
}

function readSigningKey(reader: Reader): string | undefined {
  const value = reader.get('COUNTERSIGN_SIGNING_KEY');
  if (value === undefined)
    return reader.wrong(
      'COUNTERSIGN_SIGNING_KEY is missing: make a key with `countersign keygen` and set this to the key or its file.',
    );
  if (looksLikeKey(value))
    return (
      readPrivateKey(value, 'ed25519') ??
      reader.wrong('COUNTERSIGN_SIGNING_KEY is not an Ed25519 private key in PEM form.')
    );
  return readKeyFile(reader, 'COUNTERSIGN_SIGNING_KEY', value, 'ed25519');
}

function readKeyFile(
  reader: Reader,
  name: string,
  path: string,
  type: 'rsa' | 'ed25519',
): string | undefined {
  let text: string;
  try {
    text = reader.readText(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return reader.wrong(`${name} names the file ${quoted(path)}, which cannot be read (${code}).`);
  }
  const kind = type === 'rsa' ? 'an RSA' : 'an Ed25519';
  return (
    readPrivateKey(text, type) ??
    reader.wrong(
      `${name} names the file ${quoted(path)}, which does not hold ${kind} private key in PEM form.`,
    )
  );
}

function readSecret({ get, wrong }: Reader): string | undefined {
  const secret = get('WEBHOOK_SECRET');
  if (secret === undefined)
    return wrong('WEBHOOK_SECRET is missing: set it to the webhook secret of your GitHub App.');
  return secret.length >= 8 ? secret : wrong('WEBHOOK_SECRET is too short: it needs at least 8 characters.');
}

function readHost({ get, wrong }: Reader): string | undefined {
  const host = get('GHE_HOST');
  if (host === undefined || /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)) return host;
  return wrong(
    `GHE_HOST must be a host name such as github.example.com, without protocol or path, found ${quoted(host)}.`,
  );
}

function readProtocol({ get, wrong }: Reader): 'https' | 'http' | undefined {
  const protocol = get('GHE_PROTOCOL') ?? 'https';
  if (protocol === 'https' || protocol === 'http') return protocol;
  return wrong(`GHE_PROTOCOL must be https or http, found ${quoted(protocol)}.`);
}

function readPort({ get, wrong }: Reader): number | undefined {
  const text = get('PORT') ?? '3000';
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  return wrong(`PORT must be a number from 0 to 65535, found ${quoted(text)}.`);
}

function readLogLevel({ get, wrong }: Reader): LogLevel | undefined {
  const text = get('LOG_LEVEL') ?? 'info';
  const level = logLevels.find((known) => known === text);
  return level ?? wrong(`LOG_LEVEL must be one of ${logLevels.join(', ')}, found ${quoted(text)}.`);
}

function readWriter({ get, wrong }: Reader): WriterKind | undefined {
  const text = get('COUNTERSIGN_WRITER') ?? 'graphql';
  const writer = writers.find((known) => known === text);
  return writer ?? wrong(`COUNTERSIGN_WRITER must be one of ${writers.join(', ')}, found ${quoted(text)}.`);
}

/** What a person typed, made safe for a terminal and short (T18). */
function quoted(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
