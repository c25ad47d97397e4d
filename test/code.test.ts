import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Every file of the bot, with its path from the root, as syntax. */
const files = ['src', 'commands'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const path = join(folder, file);
      const text = readFileSync(join(root, path), 'utf8');
      return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    }),
);

/** Words are apart: a page of them for each page of the bot, by whatever name that has. */
const ofWords = /^src\/i18n\/en[/.]/;

function descendants(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => void found.push(child, ...descendants(child)));
  return found;
}

/** What is left of an expression without its parentheses, `as` and `satisfies`. */
function bare(node: ts.Expression): ts.Expression {
  const isWrapped = ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node);
  return isWrapped ? bare(node.expression) : node;
}

const isLiteral = (node: ts.Node) => ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);

/** Where a literal is spread in another, or in a call. */
const spreadLiterals = (file: ts.SourceFile) =>
  descendants(file)
    .filter((node) => ts.isSpreadAssignment(node) || ts.isSpreadElement(node))
    .filter(({ expression }) => isLiteral(bare(expression)))
    .map((node) => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      return `${file.fileName}:${line + 1} ${node.getText()}`;
    });

/** The names that a file declares and exports, and those under which it exports something by another name. */
function exportsOf(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause: clause } = statement;
      const named = clause && ts.isNamedExports(clause) ? clause.elements : [];
      return named.flatMap(({ name, propertyName }) => (propertyName ? name.text : []));
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : [];
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations
      : [statement as ts.FunctionDeclaration];
    return declared.flatMap(({ name }) => (name && ts.isIdentifier(name) ? name.text : []));
  });
}

/** What modules have in common, each for its own: the steps of an order's life and of a campaign's, and the tending. */
const ofALife = ['ask', 'confirm', 'cancel', 'approve', 'reject', 'judge', 'reserve', 'awaiting', 'runSoon'];
const ofWhatRunsByItself = ['createContext', 'recover', 'tick', 'stop', 'settled'];
const verbsOfModules = new Set([...ofALife, ...ofWhatRunsByItself]);
/** The two databases have the same parts, behind the same interface. */
const ofDatabase = /^src\/store\/(postgres|sqlite)\//;

describe('names', () => {
  it('mean one thing each, wherever they are exported', () => {
    const places = new Map<string, string[]>();
    // A command is named like its file, which nobody imports but the list of commands.
    const modules = files.filter(({ fileName: path }) => /^src/.test(path) && !ofWords.test(path));
    for (const file of modules)
      for (const name of new Set(exportsOf(file))) places.set(name, [...(places.get(name) ?? []), file.fileName]);
    expect(places.size).toBeGreaterThan(800);
    const twice = [...places]
      .filter(([name, paths]) => paths.length > 1 && !verbsOfModules.has(name))
      .filter(([, paths]) => !paths.every((path) => ofDatabase.test(path)))
      .map(([name, paths]) => `${name}: ${paths.join(', ')}`);
    expect(twice.sort()).toEqual([]);
  });

  it('of files are nouns of the field or verbs of people, not what something is about to be doing', () => {
    // What was spent, a place in a draw, what somebody set, a list of who waits, and what CardPlusPay calls signing.
    const nouns = new Set(['spending', 'ranking', 'setting', 'waiting', 'signing']);
    const gerunds = files
      .map(({ fileName }) => fileName)
      .filter((path) =>
        basename(path, '.ts')
          .split(/[-.]/)
          .some((part) => part.endsWith('ing') && !nouns.has(part)),
      );
    expect(gerunds).toEqual([]);
  });
});

describe('a folder', () => {
  it('of the bot shows at most 15 things at a time', () => {
    const shown = new Map<string, Set<string>>();
    for (const { fileName } of files.filter(({ fileName: path }) => path.startsWith('src/')))
      for (let path = fileName; path !== 'src'; path = dirname(path))
        shown.set(dirname(path), (shown.get(dirname(path)) ?? new Set()).add(path));
    // What `src` itself shows is the list of its modules.
    const crowded = [...shown].filter(
      ([folder, { size }]) => size > 15 && folder !== 'src' && !ofWords.test(`${folder}/`),
    );
    expect(crowded.map(([folder, { size }]) => `${folder}: ${size}`)).toEqual([]);
  });
});

describe('the code', () => {
  it('spreads no literal where its parts can stand themselves', () => {
    expect(files.flatMap(spreadLiterals)).toEqual([]);
  });

  it('and may spread what is there only sometimes', () => {
    const text = "f([...(x ? ['a'] : []), ...(['b'] as const)], { ...(x && { c }), ...{ d } });";
    const planted = ts.createSourceFile('planted.ts', text, ts.ScriptTarget.Latest, true);
    expect(spreadLiterals(planted)).toEqual(["planted.ts:1 ...(['b'] as const)", 'planted.ts:1 ...{ d }']);
  });
});

describe('a purchase', () => {
  it('is sent from one place: nothing else outside the client of CardPlusPay names what sends it', () => {
    const naming = files.filter((file) =>
      descendants(file).some((node) => ts.isIdentifier(node) && node.text === 'createOrder'),
    );
    const outside = naming.map(({ fileName }) => fileName).filter((file) => !file.startsWith('src/cardpluspay/'));
    expect(outside).toEqual(['src/orders/purchase/purchase.ts']);
  });
});
