export { createDeliveryEngine, type DeliveryEngine } from './engine/engine.ts';
export { defaultOptions, type EngineOptions } from './engine/engine-options.ts';
export { defaultSchedule } from './engine/retry-schedule.ts';
export { createSender, type Sender, type SenderOptions, type SendRequest } from './sending/sender.ts';
