import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { definitions, problemsOf } from './promql.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook', string>>;
}
const rules: Rule[] = parse(read('ops/prometheus/alerts.yml')).groups.flatMap(
  (group: { rules: Rule[] }) => group.rules,
);

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const dashboard = JSON.parse(read('ops/grafana/cardigan.json'));
const panels: Panel[] = dashboard.panels.filter(({ type }: Panel) => type !== 'row');
const page = read('docs/monitoring.md');

describe('an expression', () => {
  it('that names what there is has nothing wrong', () => {
    expect(problemsOf('sum by (outcome) (rate(cardigan_purchases_total{outcome="bought"}[5m]))')).toEqual([]);
  });

  it.each([
    ['cardigan_purchase_total', 'no metric cardigan_purchase_total'],
    ['cardigan_order_status_seconds', 'no metric cardigan_order_status_seconds'],
    ['cardigan_purchases_total{result="bought"}', 'cardigan_purchases_total has no label result'],
    ['cardigan_purchases_total{outcome=~"bought|lost"}', 'cardigan_purchases_total: no outcome lost'],
    ['cardigan_orders{status="paid"}', 'cardigan_orders: no status paid'],
    ['sum by (guild) (cardigan_orders)', 'no label guild'],
  ])('%s is found wrong', (expression, problem) => {
    expect(problemsOf(expression)).toEqual([problem]);
  });

  it('that cannot be read is found wrong', () => {
    expect(problemsOf('sum(rate(cardigan_purchases_total[5m])')).toHaveLength(1);
  });
});

describe('ops/prometheus/alerts.yml', () => {
  it('asks for what there is', () => {
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.flatMap(({ alert, expr }) => problemsOf(expr).map((problem) => `${alert}: ${problem}`))).toEqual([]);
  });

  it('says of each alert how grave it is, and what to do, in a sentence and at a heading that there is', () => {
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    );
    const runbooks = rules.map(({ annotations }) => annotations.runbook);
    for (const { labels, annotations } of rules) {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(10);
      expect(annotations.description).toMatch(/\.$/);
    }
    expect(runbooks.filter((link) => !headings.includes(link.replace('docs/monitoring.md#', '')))).toEqual([]);
    expect(new Set(runbooks).size).toBe(rules.length);
  });

  it('names each alert once', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});

describe('ops/grafana/cardigan.json', () => {
  it('asks for what there is', () => {
    const wrong = panels.flatMap(({ title, targets = [] }) =>
      targets.flatMap(({ expr }) => problemsOf(expr).map((problem) => `${title}: ${problem}`)),
    );
    expect(panels.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it('has one data source, which is chosen where it is imported', () => {
    expect(dashboard.templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }]);
    expect(panels.filter(({ datasource }) => datasource?.uid !== ['$', '{datasource}'].join(''))).toEqual([]);
  });

  it('shows every metric of Cardigan', () => {
    const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join(' ');
    expect(definitions.map(({ name }) => name).filter((name) => !asked.includes(name))).toEqual([]);
  });
});

describe('docs/monitoring.md', () => {
  it('says of every metric what it is, with its labels', () => {
    const rows = [...page.matchAll(/^\| `(cardigan_\w+)` +\| (.*?) +\|/gm)].map(([, name = '', labels = '']) => [
      name,
      [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
    ]);
    expect(rows).toEqual(definitions.map(({ name, labels = {} }) => [name, Object.keys(labels)]));
  });
});
