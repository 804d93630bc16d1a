/** Names a series within a metric. Values come from closed sets of ours, never from what people wrote. */
export type Labels = Readonly<Record<string, string>>;

export type Counter<L extends Labels> = { add(labels: L, amount?: number): void };
export type Histogram<L extends Labels> = { observe(labels: L, value: number): void };
export type Sample<L extends Labels> = { readonly labels: L; readonly value: number };

/** Numbers about this process, in the form that Prometheus scrapes. */
export type Metrics = {
  /** Only ever grows; the name ends in `_total`. Series that are named here are there from the start, as 0. */
  counter<L extends Labels>(name: string, help: string, series?: readonly L[]): Counter<L>;
  /** Read when somebody asks. */
  gauge<L extends Labels>(name: string, help: string, read: () => readonly Sample<L>[]): void;
  /** `bounds` are upper bounds, ascending, in the unit that the name ends in. */
  histogram<L extends Labels>(name: string, help: string, bounds: readonly number[]): Histogram<L>;
  /** Everything, in text format 0.0.4. */
  text(): string;
};

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

type Family = { readonly head: string; readonly lines: () => readonly string[] };

export function createMetrics(): Metrics {
  const families: Family[] = [];
  const family = (name: string, help: string, type: string, lines: () => readonly string[]): void => {
    const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}`;
    families.push({ head, lines });
  };
  return {
    counter: (name, help, series = []) => {
      const values = new Map<string, number>(series.map((labels) => [labelText(labels), 0]));
      family(name, help, 'counter', () => [...values].map(([labels, value]) => `${name}${labels} ${value}`));
      return {
        add: (labels, amount = 1) => {
          const key = labelText(labels);
          values.set(key, (values.get(key) ?? 0) + amount);
        },
      };
    },
    gauge: (name, help, read) =>
      family(name, help, 'gauge', () =>
        read().map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
      ),
    histogram: (name, help, bounds) => {
      const series = new Map<string, Observed>();
      family(name, help, 'histogram', () =>
        [...series.values()].flatMap((observed) => histogramLines(name, bounds, observed)),
      );
      return { observe: (labels, value) => observe(series, bounds, labels, value) };
    },
    text: () => `${families.map(({ head, lines }) => [head, ...lines()].join('\n')).join('\n')}\n`,
  };
}

type Observed = { readonly labels: Labels; readonly within: number[]; count: number; sum: number };

function observe(
  series: Map<string, Observed>,
  bounds: readonly number[],
  labels: Labels,
  value: number,
): void {
  const key = labelText(labels);
  const observed = series.get(key) ?? { labels, within: bounds.map(() => 0), count: 0, sum: 0 };
  series.set(key, observed);
  observed.count += 1;
  observed.sum += value;
  bounds.forEach((bound, index) => {
    if (value <= bound) observed.within[index] = (observed.within[index] ?? 0) + 1;
  });
}

function histogramLines(name: string, bounds: readonly number[], observed: Observed): readonly string[] {
  const { labels, within, count, sum } = observed;
  const bucket = (le: string, value: number) => `${name}_bucket${labelText({ ...labels, le })} ${value}`;
  return [
    ...bounds.map((bound, index) => bucket(String(bound), within[index] ?? 0)),
    bucket('+Inf', count),
    `${name}_sum${labelText(labels)} ${sum}`,
    `${name}_count${labelText(labels)} ${count}`,
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const escapeValue = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');
