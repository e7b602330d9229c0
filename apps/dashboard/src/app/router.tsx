import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { DeliveryFilter } from '@interview-webhooks/schema';
import type { InterviewSearch, InterviewsSearch } from '../interviews/interviews-search.ts';
import type { KeysSearch } from '../keys/keys-search.ts';
import { PageSkeleton } from '../ui/page.tsx';
import { NotFound } from './not-found.tsx';
import { PageCrash } from './page-crash.tsx';
import { named, parseSearch, stringifySearch } from './search-params.ts';
import { Shell } from './shell.tsx';

/** Before a page's skeleton is shown; most pages are there sooner. */
const SKELETON_AFTER_MS = 150;

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // The router has it thrown.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/settings', replace: true });
  },
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

const deliveries = createRoute({
  getParentRoute: () => root,
  path: '/deliveries',
  validateSearch: named<DeliveryFilter>(
    'state',
    'event',
    'status_class',
    'ai_interview_id',
    'response_id',
    'from',
    'to',
    'text',
  ),
  component: lazyRouteComponent(() => import('../deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});

const delivery = createRoute({
  getParentRoute: () => deliveries,
  path: '/$deliveryId',
  component: lazyRouteComponent(() => import('../deliveries/delivery-page.tsx'), 'DeliveryPage'),
});

const keys = createRoute({
  getParentRoute: () => root,
  path: '/keys',
  validateSearch: named<KeysSearch>('dialog'),
  component: lazyRouteComponent(() => import('../keys/keys-page.tsx'), 'KeysPage'),
});

const interviews = createRoute({
  getParentRoute: () => root,
  path: '/interviews',
  validateSearch: named<InterviewsSearch>('text', 'dialog'),
  component: lazyRouteComponent(() => import('../interviews/interviews-page.tsx'), 'InterviewsPage'),
});

const interview = createRoute({
  getParentRoute: () => root,
  path: '/interviews/$id',
  validateSearch: named<InterviewSearch>('dialog', 'response'),
  component: lazyRouteComponent(() => import('../interviews/interview-page.tsx'), 'InterviewPage'),
});

/** Every page has its address here and its code in a file of its own, loaded when it is pointed at or opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    deliveries.addChildren([delivery]),
    interviews,
    interview,
    settings,
    keys,
  ]),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingMs: SKELETON_AFTER_MS,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: PageCrash,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
