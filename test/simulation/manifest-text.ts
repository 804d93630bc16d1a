// How a manifest says what a simulation plays with.

import {
  type ActivitySpec,
  type Asked,
  type Condition,
  checkers,
  type ReleaseSpec,
  type Starts,
  type TimingSpec,
} from './subject.ts';

export const manifestPath = (release: string): string => `releases/${release}.yml`;

export function manifestText({ name, title, target, owner, supersedes, activities }: ReleaseSpec): string {
  const phases = (['verify', 'production', 'rollback'] as const).flatMap((phase) => {
    const own = activities.filter((activity) => activity.phase === phase);
    return own.length > 0 ? [{ phase, own }] : [];
  });
  const lines = [
    `release: ${name}`,
    `title: ${title}`,
    ...(owner === undefined ? [] : [`owner: ${owner}`]),
    `target: { ref: ${target} }`,
    ...(supersedes ? ['supersedes: previous'] : []),
    'phases:',
  ];
  for (const [index, { phase, own }] of phases.entries()) {
    lines.push(`  ${phase}:`);
    if (index > 0 && phase !== 'rollback') lines.push(`    needs: ${phases[0]?.phase}`);
    lines.push('    activities:', ...own.map((activity) => `      ${activity.id}: ${flow(activity)}`));
  }
  return `${lines.join('\n')}\n`;
}

const forms: Readonly<Record<Asked, readonly string[]>> = {
  none: [],
  risk: ['inputs: { risk: { type: dropdown, options: [Low, High], required: true } }'],
  always: ['inputs: { risk: { type: dropdown, options: [Low, High], required: always } }'],
  why: ['inputs: { why: { type: text, min-length: 5, required: true } }'],
};

function flow(activity: ActivitySpec): string {
  const { instructions, needs, rules, exclude, inputs, when, onFailure, reject, timing } = activity;
  const written = rules.map(({ from, require }) => `{ from: [${from.join(', ')}], require: ${require} }`);
  const { opens, task, awaits = [] } = activity;
  const excluded = [...(task === 'authors-leave-it' ? ['author'] : []), ...exclude];
  const asked =
    task === undefined
      ? `approvers: [${written.join(', ')}]`
      : `assignees: [${rules.flatMap(({ from }) => from).join(', ')}]`;
  const parts = [
    ...(opens === undefined
      ? [`instructions: ${instructions}`, asked]
      : [
          `environment: ${opens.environment}`,
          ...(opens.validFor === undefined ? [] : [`valid-for: ${opens.validFor}h`]),
          ...(opens.starts === undefined ? [] : workflow(activity.id, opens.starts)),
        ]),
    ...(awaits.length > 0 ? [`preconditions: { checks: [${awaits.map(check).join(', ')}] }`] : []),
    ...(needs.length > 0 ? [`needs: [${needs.join(', ')}]`] : []),
    ...(excluded.length > 0 ? [`exclude: [${excluded.join(', ')}]`] : []),
    ...forms[inputs],
    ...(when === undefined ? [] : [`if: "${condition(when)}"`]),
    ...(onFailure === undefined
      ? []
      : [`on-failure: ${onFailure === 'run' ? '{ run: rollback }' : onFailure}`]),
    ...(reject === undefined
      ? []
      : [`reject: ${reject === 'outweighed' ? reject : `{ require: ${reject} }`}`]),
    ...(activity.delegation === undefined ? [] : [`delegation: { max: ${activity.delegation} }`]),
    ...(activity.advisory ? ['advisory: true'] : []),
    ...(timing === undefined ? [] : times(timing)),
  ];
  return `{ ${parts.join(', ')} }`;
}

const workflow = (id: string, { file, given }: Starts): readonly string[] => {
  const answer = given === undefined ? '' : `, risk: "\${{ activities.${given}.inputs.risk }}"`;
  const data = `release: "\${{ release.name }}", activity: ${id}, commit: "\${{ target.commit }}"${answer}`;
  return [`workflow: ${file}`, `with: { ${data} }`];
};

const check = (name: string): string => {
  const app = checkers[name];
  return app === undefined ? name : `{ name: ${name}, app: ${app} }`;
};

const condition = (when: Condition): string => {
  if (when.kind === 'risk') return `activities.${when.of}.inputs.risk == '${when.is}'`;
  return when.kind === 'status' ? `activities.${when.of}.status == '${when.is}'` : `${when.kind}()`;
};

const times = ({ openFor, deadline, stays, remind, escalate, approves }: TimingSpec): readonly string[] => [
  ...(openFor === undefined ? [] : [`open-for: ${openFor}h`]),
  ...(deadline === undefined ? [] : [`deadline: ${deadline}h`]),
  ...(stays ? ['expire: stay'] : []),
  ...(remind === undefined ? [] : [`remind: [${remind.map((hours) => `${hours}h`).join(', ')}]`]),
  ...(escalate === undefined
    ? []
    : [`escalate: { at: ${escalate.at}h, to: ${escalate.to}, grant: ${escalate.grant} }`]),
  ...(approves === undefined ? [] : [`auto-approve: { after: ${approves}h, comment: Standard change }`]),
];
