/**
 * For questions that many ask at the same moment: those who ask while the answer to the same question is on its way get
 * that answer. Nothing is kept any longer.
 */
export function shareAnswers<Answer>(): (question: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const underWay = new Map<string, Promise<Answer>>();
  return (question, ask) => {
    const known = underWay.get(question);
    if (known) return known;
    const answer = ask().finally(() => underWay.delete(question));
    underWay.set(question, answer);
    return answer;
  };
}
