import { dirname, relative, resolve } from 'node:path';

/**
 * ESLint's rule that imports between packages run one way, however they are written: statically, with `import()`, as a
 * type, or by a path that leads out of the package.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importDirection = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      direction: '{{place}} may import: {{allowed}}. See docs/architecture.md.',
      typesOnly: 'Types only.',
      path: 'Import another package by its name.',
    },
  },
  create(context) {
    const { place, allowed, typesOnly } = context.options[0];
    const known = new RegExp(`^@interview-webhooks/(${allowed.join('|') || '-'})(/testing)?$`);
    const ownFolder = packageFolder(place);

    const check = (node, source, isType) => {
      const name = source?.value;
      if (typeof name !== 'string') return;
      if (name.startsWith('.')) {
        const folder = packageFolder(relative(context.cwd, resolve(dirname(context.filename), name)));
        if (folder !== undefined && folder !== ownFolder) context.report({ node, messageId: 'path' });
      } else if (name.startsWith('@interview-webhooks/')) {
        const data = { place, allowed: allowed.join(', ') || 'no workspace package' };
        if (!known.test(name)) context.report({ node, messageId: 'direction', data });
        else if (!isType && typesOnly.includes(name)) context.report({ node, messageId: 'typesOnly' });
      }
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportAllDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source, true),
    };
  },
};

/** @param {string} path from the repository's root */
export function packageFolder(path) {
  return /^(?:(?:apps|packages)\/[^/]+|bench|scripts)(?=\/|$)/.exec(path)?.[0];
}

/** `import type …`, or one that names types only. */
function isTypeOnly({ importKind, exportKind, specifiers = [] }) {
  const kind = importKind ?? exportKind;
  const names = specifiers.map((specifier) => specifier.importKind ?? specifier.exportKind);
  return kind === 'type' || (names.length > 0 && names.every((each) => each === 'type'));
}
