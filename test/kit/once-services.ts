import {service} from '#kit';
import {letterAnswered, letterCopied, letterWritten} from './letters.ts';

export function answering(model: {word: string}, name = 'answering') {
  let count = 0;
  return service({
    name,
    receives: letterWritten,
    replies: [letterAnswered],
    async handle({data}) {
      count += 1;
      return letterAnswered({documentId: data.documentId, answer: `${model.word} ${count}`});
    },
  });
}

export function copying(model: {word: string; isBroken: boolean}) {
  return service({
    name: 'copying',
    receives: letterWritten,
    replies: [letterAnswered],
    publishes: [letterCopied],
    async handle({data: {documentId}}, {publish}) {
      for (const copy of [1, 2]) await publish(letterCopied({documentId, copy, model: model.word}), copy);
      if (model.isBroken) throw new Error('Out of paper.');
      return letterAnswered({documentId, answer: model.word});
    },
  });
}
