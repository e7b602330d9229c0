import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { DeliveryFilter } from '@interview-webhooks/schema';
import type { AuditSearch } from '../audit/audit-search.ts';
import type { InterviewSearch, InterviewsSearch } from '../interviews/interviews-search.ts';
import type { KeysSearch } from '../keys/keys-search.ts';
import type { OverviewSearch } from '../overview/overview-search.ts';
import { PageSkeleton } from '../ui/page.tsx';
import { Home } from './home.tsx';
import { NotFound } from './not-found.tsx';
import { PageCrash } from './page-crash.tsx';
import { named, parseSearch, stringifySearch } from './search-params.ts';
import { Shell } from './shell.tsx';

/** Before a page's skeleton is shown; most pages are there sooner. */
const SKELETON_AFTER_MS = 150;

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  validateSearch: named<OverviewSearch>('range', 'view'),
  component: lazyRouteComponent(() => import('../overview/overview-page.tsx'), 'OverviewPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-layout.tsx'), 'SettingsLayout'),
});

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

const signing = createRoute({
  getParentRoute: () => settings,
  path: '/signing',
  validateSearch: named<{ language?: string }>('language'),
  component: lazyRouteComponent(() => import('../settings/signing/signing-page.tsx'), 'SigningPage'),
});

const payloads = createRoute({
  getParentRoute: () => settings,
  path: '/payloads',
  component: lazyRouteComponent(() => import('../settings/payloads/payloads-page.tsx'), 'PayloadsPage'),
});

const history = createRoute({
  getParentRoute: () => settings,
  path: '/history',
  component: lazyRouteComponent(() => import('../settings/history/history-page.tsx'), 'HistoryPage'),
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

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: named<AuditSearch>('action', 'actor'),
  component: lazyRouteComponent(() => import('../audit/audit-page.tsx'), 'AuditPage'),
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

const inboxes = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: lazyRouteComponent(() => import('../inbox/inbox-home.tsx'), 'InboxHome'),
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox/$name',
  component: lazyRouteComponent(() => import('../inbox/inbox-page.tsx'), 'InboxPage'),
});

/** Every page has its address here and its code in a file of its own, loaded when it is pointed at or opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    overview,
    deliveries.addChildren([delivery]),
    interviews,
    interview,
    settings.addChildren([webhooks, signing, payloads, history]),
    keys,
    audit,
    inboxes,
    inbox,
  ]),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingMs: SKELETON_AFTER_MS,
  // A skeleton goes when the page is there; by itself the router would keep it for half a second.
  defaultPendingMinMs: 0,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: PageCrash,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
