/** The part of a pino logger that supervision writes to. */
export interface EmbeddedMongoLog {
  info(obj: object, msg: string): void;
  warn(obj: object, msg: string): void;
  error(obj: object, msg: string): void;
}
