import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const themes = ['light', 'dark'] as const;
const wide = { width: 1440, height: 900 };
const narrow = { width: 380, height: 780 };

/** Where every state that is scanned is kept as a picture, to be looked at: not in Git, and not in CI, where nobody does. */
const pictures = fileURLToPath(new URL('../screenshots/', import.meta.url));

const takesPictures = !process.env['CI'];

/** Scans what is on the screen in both themes, wide and narrow, and takes its picture. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(axe);
  for (const viewport of [wide, narrow]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const where = `${state}, ${colorScheme}, ${viewport.width} px`;
      // Colours change in a transition; what is scanned must be what stays.
      await page.evaluate(() =>
        Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
      );
      const found = await page.evaluate(async (tags): Promise<string[]> => {
        // Injected above; the page itself knows nothing of it.
        const { axe: scanner } = globalThis as unknown as {
          axe: { run: (o: object) => Promise<AxeResults> };
        };
        const { violations } = await scanner.run({ runOnly: tags });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      }, rules);
      expect(found, where).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `${where}: scrolls sideways`).toBeLessThanOrEqual(viewport.width);
      if (takesPictures) await page.screenshot({ path: `${pictures}${where.replaceAll(/\W+/g, '-')}.png` });
    }
  }
  await page.setViewportSize(wide);
}
