export { createDeliveryEngine, type DeliveryEngine } from './engine/engine.ts';
export type { DeliveryObserver } from './complete/delivery-observer.ts';
export { defaultOptions, type EngineOptions } from './engine/engine-options.ts';
export { defaultSchedule, longestScheduleMs } from './attempt/retry-schedule.ts';
export { COUNTED_UP_TO, type QueueFigures, readQueue } from './queue-figures.ts';
export { createSender, type Sender, type SenderOptions, type SendRequest } from './sending/sender.ts';
