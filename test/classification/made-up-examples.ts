import {randomFrom} from '../../services/classification/random.ts';
import type {Example} from '../../services/classification/train.ts';

/** Made-up letters to a made-up town hall: sentences put together by chance, each about one of four things. */
export function madeUpExamples(perCategory: number, seed = 1): Example[] {
  const random = randomFrom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  return Array.from({length: perCategory}).flatMap(() =>
    Object.entries(subjects).map(([category, {openings, matters}]) => ({
      category,
      text: [pick(greetings), pick(openings), pick(matters), pick(closings)].join(' '),
    })),
  );
}

/** Made-up texts that no town hall has to answer. */
export function foreignExamples(number: number, seed = 1): Example[] {
  const random = randomFrom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  return Array.from({length: number}, () => ({
    category: null,
    text: [pick(greetings), pick(elsewhere), pick(elsewhere), pick(closings)].join(' '),
  }));
}

const elsewhere = [
  'Our winter sale has begun, with shoes at half price.',
  'Peel the potatoes and fry them with an onion.',
  'I apply for the position of a nurse.',
  'Please find the invoice for March enclosed.',
  'The team won after extra time.',
  'Your parcel has left our warehouse today.',
];

const greetings = ['Dear town hall,', 'Hello,', 'Good morning,', 'To whom it may concern:'];
const closings = [
  'Please answer soon.',
  'Thank you for your help.',
  'I look forward to your reply.',
  'Regards.',
];
const subjects: Record<string, {openings: readonly string[]; matters: readonly string[]}> = {
  parking: {
    openings: ['my car was towed from the car park.', 'I got a parking ticket.', 'the meter took my coins.'],
    matters: [
      'The parking fine is unfair.',
      'My resident parking permit ran out.',
      'No sign forbade parking there.',
    ],
  },
  library: {
    openings: ['I lost a library book.', 'the novel I reserved never came.', 'my library card is broken.'],
    matters: [
      'May I borrow two more books?',
      'The reading room closes too early.',
      'The late fee for books is wrong.',
    ],
  },
  waste: {
    openings: [
      'our bins were not emptied.',
      'the recycling lorry missed our street.',
      'somebody dumped rubbish here.',
    ],
    matters: [
      'We need a larger waste bin.',
      'When is garden waste collected?',
      'The bins smell of old rubbish.',
    ],
  },
  street_lighting: {
    openings: ['the street lamp is out.', 'a lamp post fell over.', 'the light flickers all night.'],
    matters: [
      'Without lamps the path is dark.',
      'The bulb must be replaced.',
      'The lantern shines into my bedroom.',
    ],
  },
};
