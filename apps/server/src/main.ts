import { serve } from './programs/serve.ts';

await serve();
