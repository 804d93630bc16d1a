import type { Figure } from '../figure.ts';
import { lineWhere, setStage } from '../stage.ts';

const events = 500;

/** 500 comments on one release while it is being looked at: how often it is looked at afterwards. */
export const burst: Figure = {
  name: 'burst',
  measure: async () => {
    const stage = await setStage(1);
    const [repository = ''] = stage.repositories;
    await stage.startApp();
    await stage.bring(repository, ['r0']);
    await stage.quiet();
    const [gate] = await stage.gates();
    if (gate === undefined) throw new Error('no gate waits');
    // The look at the first command is held up until all the others have arrived.
    await stage.hub.ask('mona', 'POST', '/_local/faults', [
      { on: 'graphql', do: 'delay', milliseconds: 20_000 },
    ]);
    const from = stage.lines.length;
    const path = `/repos/${repository}/issues/${gate.issue}/comments`;
    for (let event = 0; event < events; event += 10) {
      await Promise.all(
        Array.from({ length: 10 }, () => stage.hub.ask('grace', 'POST', path, { body: '/help' })),
      );
    }
    const held = stage.lines.slice(from).some(({ release }) => release === 'r0');
    if (held) throw new Error('the first look ended before all comments were there');
    await lineWhere(stage, from, ({ release }) => release === 'r0');
    await stage.quiet();
    const looks = stage.lines.slice(from).filter(({ release }) => release === 'r0');
    await stage.close();
    return [
      {
        figure: `burst of ${events} events on one release: evaluations after the one that runs`,
        unit: 'runs',
        samples: [looks.length - 1],
        target: { of: 'worst', most: 1 },
      },
      {
        figure: 'burst: calls of all evaluations',
        unit: 'calls',
        samples: [looks.reduce((sum, { calls = 0 }) => sum + calls, 0)],
      },
    ];
  },
};
