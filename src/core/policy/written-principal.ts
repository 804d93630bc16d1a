import type { Principal } from '../manifest/manifest.ts';

/** A principal the way people write it, for example `team:qa`. */
export const writtenPrincipal = (principal: Principal): string => `${principal.kind}:${principal.name}`;
