/** The inside of the server as the published declarations see it: nothing. No caller has a use for more. */
export type ApiContext = object;
export type ProcedureMeta = object;
