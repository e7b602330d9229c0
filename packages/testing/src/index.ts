export { type Answer, apiClient, type ApiClient, type CallOptions } from './api-client.ts';
export { type DatabaseAddress, readDatabaseAddress } from './database-address.ts';
export { type AnswerCheck, documentedAnswers } from './documented.ts';
export { nameServer, type NameServer } from './name-server.ts';
export { receiver, type Received, type Receiver, type ReceiverAnswer } from './receiver.ts';
export { startServer, type ServerOptions, type StartedServer } from './started-server.ts';
export { systemProcess, type SystemProcess } from './system-process.ts';
