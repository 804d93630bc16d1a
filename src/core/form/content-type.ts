import { ownValue } from '../written/own-value.ts';

/** First bytes of binary formats, as hexadecimal digits; a dot stands for any digit. */
const signatures: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^255044462d/, 'application/pdf'],
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^47494638[37]961/, 'image/gif'],
  [/^52494646.{8}57454250/, 'image/webp'],
  [/^504b0304/, 'application/zip'],
  [/^1f8b/, 'application/gzip'],
];

const bySignature: { readonly [ending: string]: string } = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
  '.docx': 'application/zip',
  '.xlsx': 'application/zip',
  '.pptx': 'application/zip',
  '.odt': 'application/zip',
  '.ods': 'application/zip',
  '.gz': 'application/gzip',
  '.tgz': 'application/gzip',
};

/** Text has no signature: it is what its ending says as long as it is valid UTF-8. */
const ofText: { readonly [ending: string]: string } = {
  '.txt': 'text/plain',
  '.log': 'text/plain',
  '.md': 'text/markdown',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.json': 'application/json',
  '.sarif': 'application/json',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.yml': 'application/yaml',
  '.yaml': 'application/yaml',
};

/** The ending of a file's name in lower case, with its dot; empty where it has none. */
export const endingOf = (name: string): string =>
  /[^/](\.[A-Za-z0-9]{1,16})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The media type that a name promises; undefined where it promises none. */
export const promisedType = (name: string): string | undefined => {
  const ending = endingOf(name);
  return Object.hasOwn(bySignature, ending) ? bySignature[ending] : ownValue(ofText, ending);
};

/** The media type of a content: what it begins with, else text by its ending, else unknown bytes (G-22). */
export const contentType = (name: string, bytes: Uint8Array): string => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const signed = signatures.find(([pattern]) => pattern.test(head));
  if (signed !== undefined) return signed[1];
  return isText(bytes) ? (ownValue(ofText, endingOf(name)) ?? 'text/plain') : 'application/octet-stream';
};

const isText = (bytes: Uint8Array): boolean => {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};
