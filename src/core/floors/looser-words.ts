import type { Input } from '../manifest/input.ts';
import { writtenKey } from '../manifest/written-key.ts';

/** What is wrong with a field of an input that lets too much pass, at which key, and what to write instead. */
export const looserWords = (
  id: string,
  field: string,
  least: Input,
): { readonly key: string; readonly wrong: string; readonly write: string } => {
  const key = writtenKey(field);
  const verb = key.endsWith('s') ? 'let' : 'lets';
  return {
    key,
    wrong: `The ${key} of the input "${id}" ${verb} answers pass that the floor refuses.`,
    write: `Expected ${expectation(least, field)}.`,
  };
};

const expectation = (least: Input, field: string): string => {
  const value = (least as unknown as { readonly [field: string]: unknown })[field];
  if (field === 'http') return 'schemes: https';
  const key = writtenKey(field);
  if (value === undefined) return `no ${key}`;
  if (field === 'items') return 'the same boxes, with the same words';
  if (field === 'maxSize') return `${key}: ${sizeOf(value as number)}`;
  return Array.isArray(value) ? `nothing but ${value.join(', ')}` : `${key}: ${String(value)}`;
};

const kilobyte = 1024;

/** As it may be written: whole megabytes, or else whole kilobytes. */
const sizeOf = (bytes: number): string =>
  bytes % (kilobyte * kilobyte) === 0 ? `${bytes / (kilobyte * kilobyte)} MB` : `${bytes / kilobyte} KB`;
