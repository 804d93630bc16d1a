import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../../src/core/manifest/schema-files.ts';

describe('the schemas', () => {
  it.each([...schemaFiles()])('%s is what npm run generate writes', (path, content) => {
    expect(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')).toBe(content);
  });

  it('describe ids, both forms of a list and every type of input', () => {
    const manifest = JSON.stringify(JSON.parse(schemaFiles().get('schemas/manifest.schema.json') as string));
    expect(manifest).toContain('"propertyNames":{"pattern":"^[a-z][a-z0-9-]{0,62}$"}');
    for (const type of ['text', 'number', 'dropdown', 'checkbox'])
      expect(manifest).toContain(`"const":"${type}"`);
    expect(manifest).toContain('"additionalProperties":false');
  });
});
