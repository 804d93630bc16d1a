import type { Annotation, CheckContent, Write } from '../core/release/surface.ts';
import { cutLine, cutMarkdown, textLimits } from './cut-text.ts';
import { CHECK_RUN, COMMENT, issueWith } from './fragments.ts';

/** A mutation: its name, the type of its input, what to read of its result, and the input itself. */
export type MutationField = {
  readonly name: string;
  readonly inputType: string;
  readonly selection: string;
  readonly input: { readonly [key: string]: unknown };
};

const annotationOf = ({ path, position, level, title, message }: Annotation) => ({
  path,
  // One line: GitHub takes columns only where a mark begins and ends on the same line.
  location: {
    startLine: position.line,
    endLine: position.line,
    startColumn: position.column,
    endColumn: position.column,
  },
  annotationLevel: level === 'failure' ? 'FAILURE' : 'WARNING',
  title: cutLine(title, textLimits.annotationTitle),
  message: cutLine(message, textLimits.annotationMessage),
});

const summaryOf = (check: CheckContent): string => {
  const left = check.annotations.length - textLimits.annotations;
  const note = left > 0 ? `\n\n*${left} more marks are left out: GitHub shows 50 at a time.*\n` : '';
  return cutMarkdown(`${check.summary}${note}`, textLimits.checkSummary);
};

const checkInput = (repository: string, check: CheckContent) => ({
  repositoryId: repository,
  name: check.name,
  externalId: check.externalId,
  // Waiting too is a completed run: buttons show, and GitHub never turns it stale (design 4).
  status: 'COMPLETED',
  conclusion: check.conclusion.toUpperCase(),
  output: {
    title: cutLine(check.title, textLimits.checkTitle),
    summary: summaryOf(check),
    annotations: check.annotations.slice(0, textLimits.annotations).map(annotationOf),
  },
});

const issueText = ({ title, body }: { readonly title: string; readonly body: string }) => ({
  title: cutLine(title, textLimits.issueTitle),
  body: cutMarkdown(body, textLimits.body),
});

const checkRun = `checkRun { ${CHECK_RUN} }`;
const done = 'clientMutationId';

/** One write as one field of a mutation document; all text is in `input`, which travels as a variable (T18). */
export const fieldOf = (repository: string, write: Write): MutationField => {
  switch (write.kind) {
    case 'create-check': {
      const input = { ...checkInput(repository, write.check), headSha: write.check.commit };
      return { name: 'createCheckRun', inputType: 'CreateCheckRunInput', selection: checkRun, input };
    }
    case 'update-check': {
      const input = { ...checkInput(repository, write.check), checkRunId: write.nodeId };
      return { name: 'updateCheckRun', inputType: 'UpdateCheckRunInput', selection: checkRun, input };
    }
    case 'create-issue': {
      const parent = write.parent === undefined ? {} : { parentIssueId: write.parent };
      const input = { repositoryId: repository, ...issueText(write), ...parent };
      const selection = `issue { ${issueWith('recent')} }`;
      return { name: 'createIssue', inputType: 'CreateIssueInput', selection, input };
    }
    case 'update-issue': {
      const input = { id: write.nodeId, ...issueText(write) };
      return { name: 'updateIssue', inputType: 'UpdateIssueInput', selection: done, input };
    }
    case 'close-issue': {
      const input = { issueId: write.nodeId, stateReason: write.reason };
      return { name: 'closeIssue', inputType: 'CloseIssueInput', selection: done, input };
    }
    case 'reopen-issue': {
      const input = { issueId: write.nodeId };
      return { name: 'reopenIssue', inputType: 'ReopenIssueInput', selection: done, input };
    }
    case 'link-issue': {
      const input = { issueId: write.parent, subIssueId: write.child };
      return { name: 'addSubIssue', inputType: 'AddSubIssueInput', selection: done, input };
    }
    case 'comment': {
      const input = { subjectId: write.issue, body: cutMarkdown(write.body, textLimits.body) };
      const selection = `commentEdge { node { ${COMMENT} } }`;
      return { name: 'addComment', inputType: 'AddCommentInput', selection, input };
    }
    case 'react': {
      const input = { subjectId: write.subject, content: write.reaction };
      return { name: 'addReaction', inputType: 'AddReactionInput', selection: done, input };
    }
  }
};
