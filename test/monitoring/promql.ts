import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { catalogue, figuresCatalogue, type Known, type MetricDefinition } from '../../src/monitoring/catalogue.ts';
import { createPrometheus } from '../../src/monitoring/prometheus.ts';
import { statuses } from '../../src/orders/index.ts';

export const definitions: readonly MetricDefinition[] = Object.values({ ...catalogue, ...figuresCatalogue });

/** What Prometheus itself adds. */
const OF_PROMETHEUS = ['instance', 'job'];
const NOT_OURS = new Map<string, readonly string[]>([['up', []]]);
const known: Known = { command: [], status: statuses };

/** Every metric by name, as `/metrics` has them, with the labels that it can have. */
async function metricsThatExist(): Promise<Map<string, readonly string[]>> {
  const made = createPrometheus({ version: '0.0.0', caps: { order: '1', day: '1' }, known });
  const { body } = await made.page({ checks: {}, figures: undefined });
  const found = new Map(NOT_OURS);
  for (const [, name = '', type] of body.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const labels = Object.keys(definitions.find((each) => each.name === name)?.labels ?? {});
    if (type !== 'histogram') found.set(name, labels);
    else
      for (const part of ['bucket', 'sum', 'count'])
        found.set(`${name}_${part}`, part === 'bucket' ? [...labels, 'le'] : labels);
  }
  return found;
}
const existing = await metricsThatExist();

/** What is wrong with an expression: how it is written, and what it names. */
export function problemsOf(expression: string): string[] {
  // Grafana puts a duration there.
  const text = expression.replaceAll('$__rate_interval', '5m');
  let tree: Tree;
  try {
    tree = parser.configure({ strict: true }).parse(text);
  } catch (error) {
    return [`${(error as Error).message}: ${text}`];
  }
  const selectors = all(tree.topNode, 'VectorSelector');
  const grouped = all(tree.topNode, 'GroupingLabels').flatMap((node) => all(node, 'LabelName'));
  const names = selectors.map((node) => textOf(node.getChild('Identifier'), text));
  const labels = [...OF_PROMETHEUS, ...names.flatMap((name) => existing.get(name) ?? [])];
  return [
    ...(selectors.length === 0 ? [`asks for nothing: ${text}`] : []),
    ...names.filter((name) => !existing.has(name)).map((name) => `no metric ${name}`),
    ...grouped
      .map((node) => textOf(node, text))
      .filter((label) => !labels.includes(label))
      .map((label) => `no label ${label}`),
    ...selectors.flatMap((node) => matcherProblems(node, text)),
  ];
}

function matcherProblems(selector: SyntaxNode, text: string): string[] {
  const name = textOf(selector.getChild('Identifier'), text);
  return all(selector, 'UnquotedLabelMatcher').flatMap((matcher) => {
    const label = textOf(matcher.getChild('LabelName'), text);
    const wanted = textOf(matcher.getChild('StringLiteral'), text).slice(1, -1).split('|');
    if (OF_PROMETHEUS.includes(label)) return [];
    if (!existing.get(name)?.includes(label)) return [`${name} has no label ${label}`];
    const values = valuesOf(name, label);
    return values
      ? wanted.filter((value) => !values.includes(value)).map((value) => `${name}: no ${label} ${value}`)
      : [];
  });
}

/** Undefined for what has any value, such as a version or a command. */
function valuesOf(name: string, label: string): readonly string[] | undefined {
  const values = definitions.find((each) => name.startsWith(each.name))?.labels?.[label];
  const listed = typeof values === 'string' ? known[values] : values;
  return listed?.length ? listed : undefined;
}

function all(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((each) => {
    if (each.name === name) found.push(each.node);
  });
  return found;
}

const textOf = (node: SyntaxNode | null, text: string): string => (node ? text.slice(node.from, node.to) : '');
