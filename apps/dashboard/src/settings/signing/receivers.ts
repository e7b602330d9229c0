import go from './receivers/receiver.go?raw';
import java from './receivers/Receiver.java?raw';
import node from './receivers/receiver.mjs?raw';
import php from './receivers/receiver.php?raw';
import python from './receivers/receiver.py?raw';

export interface ReceiverCode {
  language: 'node' | 'python' | 'php' | 'go' | 'java';
  name: string;
  file: string;
  code: string;
}

/** A complete receiver in each language, with nothing to install. Those that can be run are, in receivers.test.ts. */
export const receivers: readonly [ReceiverCode, ...ReceiverCode[]] = [
  { language: 'node', name: 'Node', file: 'receiver.mjs', code: node },
  { language: 'python', name: 'Python', file: 'receiver.py', code: python },
  { language: 'php', name: 'PHP', file: 'receiver.php', code: php },
  { language: 'go', name: 'Go', file: 'receiver.go', code: go },
  { language: 'java', name: 'Java', file: 'Receiver.java', code: java },
];
