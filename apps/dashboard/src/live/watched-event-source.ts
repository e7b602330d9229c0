/** How long a stream may take to begin. A proxy that accepts a connection and never answers is given up after it. */
const CONNECT_MS = 10_000;
/** The server sends something every five seconds; servers of the version before every ten. */
const SILENCE_MS = 12_000;

/** What tRPC's streams consist of; anything of it shows that the server is there. */
const SIGNS_OF_LIFE = ['connected', 'ping', 'message', 'serialized-error'];

/**
 * An event source that ends, with an `error` event, when its connection is gone: also when that is half open, where
 * the browser notices nothing. It never connects again by itself, so there is one schedule for trying again.
 */
export class WatchedEventSource extends EventSource {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string | URL, init?: EventSourceInit) {
    super(url, init);
    for (const type of SIGNS_OF_LIFE) {
      this.addEventListener(type, () => {
        this.#expectWithin(SILENCE_MS);
      });
    }
    // The first listener: those who come later see a source that is closed.
    this.addEventListener('error', () => {
      this.close();
    });
    this.#expectWithin(CONNECT_MS);
  }

  override close(): void {
    clearTimeout(this.#timer);
    super.close();
  }

  #expectWithin(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dispatchEvent(new Event('error')), ms);
  }
}
