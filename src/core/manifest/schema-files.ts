import { writtenConfiguration } from '../configuration/written-configuration.ts';
import { jsonSchema } from '../written/json-schema.ts';
import { writtenManifest } from './written-manifest.ts';

/** The generated schemas by their path in this repository. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['schemas/manifest.schema.json', jsonSchema(writtenManifest, 'Countersign release manifest')],
    ['schemas/configuration.schema.json', jsonSchema(writtenConfiguration, 'Countersign configuration')],
  ]);
