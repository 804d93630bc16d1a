import type { Gap, Guard } from '../core/release/guard.ts';
import { ForgeError } from '../ports/forge.ts';
import { type Connection, ownerAndName } from './connection.ts';

/** The published description leaves `can_admins_bypass` out; where it is not told, administrators may. */
type WireEnvironment = {
  readonly deployment_branch_policy?: object | null;
  readonly can_admins_bypass?: boolean;
};

type WireRules = {
  readonly custom_deployment_protection_rules?: readonly {
    readonly enabled: boolean;
    readonly app: { readonly id: number };
  }[];
};

/** What keeps GitHub from guarding an environment with our rule (T14). An environment that is not there has none. */
export async function readGuard(
  connection: Connection,
  repository: string,
  environment: string,
): Promise<Guard> {
  const caller = await connection.on(repository);
  const { owner, name } = ownerAndName(repository);
  const where = { owner, repo: name, environment_name: environment };
  const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}';
  try {
    const [{ data: found }, { data: rules }] = await Promise.all([
      caller.rest<WireEnvironment>(route, where, 'read'),
      caller.rest<WireRules>(`${route}/deployment_protection_rules`, where, 'read'),
    ]);
    const own = rules.custom_deployment_protection_rules?.some(
      ({ enabled, app }) => enabled && app.id === connection.appId,
    );
    const gaps: readonly (readonly [Gap, boolean])[] = [
      ['rule', own !== true],
      ['branches', (found.deployment_branch_policy ?? null) === null],
      ['bypass', found.can_admins_bypass !== false],
    ];
    return { kind: 'known', value: gaps.flatMap(([gap, there]) => (there ? [gap] : [])) };
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    if (error.code === 'not-found') return { kind: 'known', value: ['rule', 'branches', 'bypass'] };
    if (error.code === 'forbidden')
      return { kind: 'unknown', why: 'the App may not read how GitHub protects it' };
    throw error;
  }
}
