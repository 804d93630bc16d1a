import { present } from '../written/present.ts';
import type { Input, Necessity } from './input.ts';
import type { WrittenInput } from './written-input.ts';

/** One field with every default applied. */
export const normalizeInput = (id: string, written: WrittenInput): Input => {
  const base = { id, label: written.label ?? id, required: necessity(written.required) };
  switch (written.type) {
    case 'text':
      return {
        ...base,
        type: 'text',
        ...present({ minLength: written['min-length'], pattern: written.pattern }),
      };
    case 'number':
      return { ...base, type: 'number', ...present({ min: written.min, max: written.max }) };
    case 'dropdown':
      return { ...base, type: 'dropdown', options: written.options };
    case 'checkbox':
      return { ...base, type: 'checkbox' };
  }
};

const necessity = (written: boolean | 'always' | undefined): Necessity => {
  if (written === 'always') return 'always';
  return written === true ? 'to-approve' : 'optional';
};
