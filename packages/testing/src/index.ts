export { type Answer, apiClient, type ApiClient, type CallOptions } from './api-client.ts';
export { type Certificate, type CertificateOptions, newAuthority, newCertificate } from './certificates.ts';
export { type DatabaseAddress, readDatabaseAddress } from './database-address.ts';
export { type AnswerCheck, documentedAnswers } from './documented.ts';
export { freePort } from './free-port.ts';
export {
  findMongod,
  type FindMongodOptions,
  type MongodNotFound,
  requireMongod,
} from './mongod/find-mongod.ts';
export { type Mongod, type MongodOptions, startMongod } from './mongod/mongod.ts';
export { replicaSet, type ReplicaSet, type ReplicaSetOptions } from './mongod/replica-set.ts';
export { securedDatabase, type SecuredDatabase, type Credentials } from './mongod/secured-database.ts';
export { nameServer, type NameServer } from './name-server.ts';
export { receiver, type Received, type Receiver, type ReceiverAnswer } from './receiver.ts';
export { startServer, type ServerOptions, type StartedServer } from './started-server.ts';
export { systemProcess, type SystemProcess } from './system-process.ts';
export { databaseOf, isLocalMode, onRunDatabase, type RunDatabase } from './test-run/run-database.ts';
