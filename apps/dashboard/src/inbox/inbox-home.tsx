import { Navigate } from '@tanstack/react-router';

/** The inbox that is there without anybody having named one. */
export function InboxHome() {
  return <Navigate to="/inbox/$name" params={{ name: 'demo' }} replace />;
}
