declare global {
  // Where Zod keeps what `z.config` sets.
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// Zod compiles object schemas with `new Function` and tries that out first: the content security policy forbids
// it and would report the attempt. Set before Zod is loaded, which happens with the first page that needs it; by
// `z.config`, it would be part of what is loaded first. See first-load.ts, too.
globalThis.__zod_globalConfig = { jitless: true };

export {};
