/**
 * For questions that many ask at the same moment: one is asked at a time. Those who ask the same while it is on its way share
 * the next one, which begins when it is answered: so nobody gets an answer from before the question was asked, and
 * what somebody has just changed is in the answer.
 */
export function nextAnswers<Answer>(): (question: string, ask: () => Promise<Answer>) => Promise<Answer> {
  interface Asked {
    current: Promise<unknown>;
    next?: Promise<Answer>;
  }
  const underWay = new Map<string, Asked>();

  const begin = (question: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = ask();
    const asked: Asked = { current: answer };
    underWay.set(question, asked);
    const done = () => {
      // Whoever waits for the next one begins it.
      if (!asked.next) underWay.delete(question);
    };
    void answer.then(done, done);
    return answer;
  };
  return (question, ask) => {
    const asked = underWay.get(question);
    if (!asked) return begin(question, ask);
    const start = () => begin(question, ask);
    return (asked.next ??= asked.current.then(start, start));
  };
}
