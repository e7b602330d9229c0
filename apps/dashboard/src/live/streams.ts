/** What is watched: a subscription of the API with its input. */
export interface Question {
  /** The same for what is the same. */
  key: string;
  path: string;
  input: unknown;
}

/** What becomes known of a question: whether news of it come at once, or what it is now. */
export type Update = { live: boolean } | { data: unknown };

/** What happens on one stream. `onEnd` comes once, whatever ended it. */
export interface StreamEvents {
  onLive: () => void;
  onData: (data: unknown) => void;
  onEnd: () => void;
}

/** Opens a stream; what it gives closes it, without an `onEnd`. */
export type OpenStream = (question: Question, events: StreamEvents) => () => void;

interface StreamsOptions {
  open: OpenStream;
  onUpdate: (question: Question, update: Update) => void;
  random?: () => number;
}

export interface Streams {
  /** What is to be watched from now on; what is no longer among it ends. */
  watch: (questions: readonly Question[]) => void;
  /** What is known of a question now, for who has just come. */
  known: (question: Question) => Update[];
  close: () => void;
}

/**
 * Over HTTP/1.1 a browser has six connections to a server, for all tabs together, and calls need some of them. Whoever
 * asks further questions has to ask again and again.
 */
const MAX_STREAMS = 3;

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

interface Stream {
  isLive: boolean;
  data?: unknown;
  stop: () => void;
}

/** Keeps a stream open for each question, up to {@link MAX_STREAMS}, and opens those that end again. */
export function createStreams(options: StreamsOptions): Streams {
  const streams = new Map<string, Stream>();
  return {
    watch(questions) {
      const wanted = new Set(questions.map(({ key }) => key));
      for (const [key, stream] of streams) {
        if (wanted.has(key)) continue;
        stream.stop();
        streams.delete(key);
      }
      for (const question of questions) {
        if (streams.size >= MAX_STREAMS) return;
        if (!streams.has(question.key)) streams.set(question.key, startStream(question, options));
      }
    },
    known({ key }) {
      const stream = streams.get(key);
      const live = stream?.isLive ?? false;
      return stream && 'data' in stream ? [{ data: stream.data }, { live }] : [{ live }];
    },
    close() {
      for (const stream of streams.values()) stream.stop();
      streams.clear();
    },
  };
}

function startStream(question: Question, { open, onUpdate, random = Math.random }: StreamsOptions): Stream {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | undefined;
  const stream: Stream = {
    isLive: false,
    stop: () => {
      clearTimeout(timer);
      close?.();
    },
  };
  const connect = () => {
    close = open(question, {
      onLive: () => {
        failures = 0;
        stream.isLive = true;
        onUpdate(question, { live: true });
      },
      onData: (data) => {
        stream.data = data;
        onUpdate(question, { data });
      },
      onEnd: () => {
        stream.isLive = false;
        delete stream.data;
        onUpdate(question, { live: false });
        timer = setTimeout(connect, retryMs(failures, random));
        failures += 1;
      },
    });
  };
  connect();
  return stream;
}

/** Twice as long each time, and never for all browsers at the same moment: a server that restarts has many. */
function retryMs(failures: number, random: () => number): number {
  const most = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
  return most * (0.5 + random() / 2);
}
