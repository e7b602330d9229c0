import type { ComponentType } from 'react';
import { HOME_PATH } from './paths.ts';
import { SettingsPage } from '../settings/settings-page.tsx';

interface Page {
  path: string;
  /** In the navigation and the window's title. */
  name: string;
  Content: ComponentType;
}

/** The pages for who is signed in, in the order of the navigation. */
export const pages: readonly Page[] = [{ path: HOME_PATH, name: 'Settings', Content: SettingsPage }];
