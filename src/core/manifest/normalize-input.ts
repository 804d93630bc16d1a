import { present } from '../written/present.ts';
import type { Input, Necessity } from './input.ts';
import type { WrittenInput } from './written-input.ts';

/** One field with every default applied; what is not written stays absent, so that old digests stand (T2). */
export const normalizeInput = (id: string, written: WrittenInput): Input => {
  const base = {
    id,
    label: written.label ?? id,
    required: necessity(written.required),
    ...present({ description: written.description, message: written.message, default: defaultOf(written) }),
  };
  switch (written.type) {
    case 'text':
      return {
        ...base,
        type: 'text',
        ...present({
          minLength: written['min-length'],
          maxLength: written['max-length'],
          pattern: written.pattern,
        }),
      };
    case 'dropdown':
      return { ...base, type: 'dropdown', options: written.options };
    case 'multi-select': {
      const { type, options, min, max } = written;
      return { ...base, type, options, ...present({ min, max }) };
    }
    case 'checkboxes': {
      const items = Object.entries(written.items).map(([item, label]) => ({ id: item, label }));
      const min = written.min === 'all' ? items.length : written.min;
      return { ...base, type: 'checkboxes', items, ...present({ min }) };
    }
    case 'file':
      return {
        ...base,
        type: 'file',
        ...present({ accept: listOf(written.accept), maxSize: bytesOf(written['max-size']) }),
      };
    case 'url': {
      const http = listOf(written.schemes)?.includes('http') === true ? (true as const) : undefined;
      return { ...base, type: 'url', ...present({ hosts: listOf(written.hosts), http }) };
    }
    case 'number':
      return { ...base, type: 'number', ...present({ min: written.min, max: written.max }) };
    case 'date':
      return { ...base, type: 'date', ...present({ min: written.min, max: written.max }) };
    case 'checkbox':
    case 'user':
      return { ...base, type: written.type };
  }
};

const necessity = (written: boolean | 'always' | undefined): Necessity => {
  if (written === 'always') return 'always';
  return written === true ? 'to-approve' : 'optional';
};

/** The default as the line of an answer. */
const defaultOf = (written: WrittenInput): string | undefined => {
  if (!('default' in written) || written.default === undefined) return undefined;
  return [written.default].flat().join(', ');
};

const listOf = <T>(written: T | readonly T[] | undefined): readonly T[] | undefined =>
  written === undefined ? undefined : [...new Set([written].flat() as readonly T[])];

const units = { K: 1024, M: 1024 * 1024 };

const bytesOf = (written: string | undefined): number | undefined =>
  written === undefined ? undefined : Number.parseInt(written, 10) * units[written.includes('K') ? 'K' : 'M'];
