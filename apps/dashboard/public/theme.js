// Light and dark follow the system unless someone chose otherwise; see src/app/theme.ts.
try {
  const theme = globalThis.localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') globalThis.document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked; the system's theme is then used.
}
