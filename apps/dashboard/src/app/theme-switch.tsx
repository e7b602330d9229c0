import { Monitor, Moon, Sun } from 'lucide-react';
import { useId } from 'react';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { chooseTheme, type Theme, useTheme } from './theme.ts';

const themes = [
  { value: 'system', label: 'System theme', icon: Monitor },
  { value: 'light', label: 'Light theme', icon: Sun },
  { value: 'dark', label: 'Dark theme', icon: Moon },
] as const satisfies { value: Theme; label: string; icon: typeof Sun }[];

export function ThemeSwitch() {
  const current = useTheme();
  const name = useId();
  return (
    <SegmentedControl
      label="Theme"
      options={themes}
      radio={({ value }) => ({
        name,
        checked: value === current,
        onChange: () => {
          chooseTheme(value);
        },
      })}
    />
  );
}
