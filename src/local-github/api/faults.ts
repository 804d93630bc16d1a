import { faultList } from '../faults/fault.ts';
import { type Call, created, noContent, ok, readBody, refuse } from './call.ts';
import { route } from './route.ts';

const shown = (call: Call) => call.faults.pending().map(({ fault, seen }) => ({ ...fault, seen }));

const give = route('POST /_local/faults', (call) => {
  const body = readBody(call, faultList);
  if (!body.ok) return refuse(body.fault);
  call.faults.add(body.value);
  return created(shown(call));
});

const show = route('GET /_local/faults', (call) => ok(shown(call)));

const clear = route('DELETE /_local/faults', (call) => {
  call.faults.clear();
  return noContent;
});

/** Trouble on request; what may be asked for is told in `faults/fault.ts`. */
export const faultRoutes = [give, show, clear];
