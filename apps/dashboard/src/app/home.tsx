import { Navigate } from '@tanstack/react-router';
import { usePages } from './pages.ts';

/** The first page that whoever is signed in can use. */
export function Home() {
  const [first] = usePages();
  return <Navigate to={first?.to ?? '/settings'} replace />;
}
