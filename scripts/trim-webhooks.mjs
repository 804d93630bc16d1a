// Writes src/local-github/descriptions/webhooks.json: GitHub's published description of its webhooks, cut down to what
// the local GitHub sends, as plain JSON Schema without texts, examples and formats (the published formats reject what
// GitHub sends: an empty `homepage` is no URI).
//
//   node scripts/trim-webhooks.mjs                fetches @octokit/openapi-webhooks into a temporary folder
//   node scripts/trim-webhooks.mjs --from FOLDER  reads an unpacked package
import { writeFileSync } from 'node:fs';
import { definitionsOf, inLines, leanSchema } from './lean-schema.mjs';
import { folderGiven, readPublished } from './published-package.mjs';

const sent = `
check_run created completed rerequested requested_action
check_suite requested completed
create
delete
deployment created
deployment_protection_rule requested
deployment_status created
installation created
issue_comment created edited deleted
issues opened edited closed reopened
membership added removed
merge_group checks_requested destroyed
pull_request opened edited closed reopened synchronize enqueued dequeued
pull_request_review submitted dismissed
push
status
sub_issues sub_issue_added parent_issue_added
team created deleted edited
workflow_dispatch
workflow_run requested in_progress completed
`;

const [name, version] = ['@octokit/openapi-webhooks', '12.1.0'];
const id = 'webhooks';
const published = readPublished(name, version, 'generated/api.github.com.json', folderGiven());
const used = new Set();
const withoutFormats = (schema) =>
  JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === 'format' && typeof value === 'string' ? undefined : value,
    ),
  );
const lean = (schema) => leanSchema(schema, id, (found) => used.add(found));

const events = {};
for (const line of sent.trim().split('\n')) {
  const [event, ...actions] = line.split(' ');
  for (const action of actions.length === 0 ? [null] : actions) {
    const key = [event, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-');
    const webhook = published.webhooks[key]?.post;
    if (webhook === undefined) throw new Error(`GitHub describes no webhook ${key}`);
    const headers = webhook.parameters.filter((each) => each.in === 'header' && each.required);
    events[action === null ? event : `${event}.${action}`] = {
      headers: headers.map((each) => each.name.toLowerCase()),
      schema: lean(webhook.requestBody.content['application/json'].schema),
    };
  }
}
const document = {
  source: `${name} ${version}`,
  events,
  $defs: withoutFormats(definitionsOf(published.components.schemas, id, used)),
};
const target = new URL('../src/local-github/descriptions/webhooks.json', import.meta.url);
writeFileSync(target, inLines(document));
console.log(`${Object.keys(events).length} webhooks, ${Object.keys(document.$defs).length} schemas`);
