import type { CallFault, DeliveryFault, Fault } from './fault.ts';

/** A fault with how many fitting calls or deliveries it has seen. */
type Pending = { readonly fault: Fault; seen: number };

/** Faults that are still to come. Nothing here is left to chance, so the same calls always meet the same trouble. */
export type FaultPlan = {
  readonly add: (faults: readonly Fault[]) => void;
  readonly clear: () => void;
  /** Faults that have not run out, with how often each was met. */
  readonly pending: () => readonly { readonly fault: Fault; readonly seen: number }[];
  /** Whether any call can suffer at all; most of the time none can. */
  readonly troublesCalls: () => boolean;
  /** Counts one call that goes by these names, and tells what it suffers. */
  readonly onCall: (names: readonly string[]) => readonly CallFault[];
  /** Counts one delivery, and tells what it suffers. */
  readonly onDelivery: (event: string, action: string | null) => readonly DeliveryFault[];
};

export function createFaultPlan(faults: readonly Fault[] = []): FaultPlan {
  let pending: Pending[] = [];
  const add = (more: readonly Fault[]) => {
    pending.push(...more.map((fault) => ({ fault, seen: 0 })));
  };
  const strike = <F extends Fault>(fits: (fault: Fault) => fault is F): readonly F[] => {
    const struck: F[] = [];
    for (const entry of pending) {
      if (!fits(entry.fault)) continue;
      entry.seen += 1;
      if (entry.seen >= entry.fault.call) struck.push(entry.fault);
    }
    pending = pending.filter(({ fault, seen }) => seen < fault.call + fault.times - 1);
    return struck;
  };
  add(faults);
  return {
    add,
    clear: () => {
      pending = [];
    },
    pending: () => pending.map(({ fault, seen }) => ({ fault, seen })),
    troublesCalls: () => pending.some(({ fault }) => 'on' in fault),
    onCall: (names) =>
      strike((fault): fault is CallFault => 'on' in fault && (fault.on === '*' || names.includes(fault.on))),
    onDelivery: (event, action) => {
      const names = ['*', event, `${event}.${action ?? ''}`];
      return strike((fault): fault is DeliveryFault => 'webhook' in fault && names.includes(fault.webhook));
    },
  };
}
