import test from 'ava';
import {fitCalibration, type Lead} from '../../services/classification/calibration.ts';

/** A hundred leads of each side, that are honest once this is taken off and divided out. */
const boasting = ({shift, temperature}: {shift: number; temperature: number}): Lead[] =>
  [-1, 1].flatMap((side) =>
    Array.from({length: 100}, (_, at) => ({
      lead: temperature * side * (at / 25 - 1) - shift,
      belongs: side > 0,
    })),
  );

test('leads that all speak for one side are shifted back', (t) => {
  const {shift} = fitCalibration(boasting({shift: 2, temperature: 1}));

  t.true(Math.abs(shift - 2) < 0.1, `the shift is ${shift}`);
});

test('leads that are three times too large get three times the temperature', (t) => {
  const plain = fitCalibration(boasting({shift: 0, temperature: 1}));
  const boasts = fitCalibration(boasting({shift: 0, temperature: 3}));

  t.true(Math.abs(boasts.temperature / plain.temperature - 3) < 0.1, `${boasts.temperature}`);
});

test('both sides weigh the same, however many texts there are of each', (t) => {
  const leads = boasting({shift: 1, temperature: 2});
  const oneSided = [
    ...leads,
    ...leads.filter(({belongs}) => belongs),
    ...leads.filter(({belongs}) => belongs),
  ];

  const [even, odd] = [fitCalibration(leads), fitCalibration(oneSided)];
  t.true(Math.abs(even.shift - odd.shift) < 0.05, `${even.shift} and ${odd.shift}`);
  t.true(Math.abs(even.temperature - odd.temperature) < 0.05, `${even.temperature} and ${odd.temperature}`);
});

test('of one side alone nothing is calibrated', (t) => {
  const ofOne = boasting({shift: 1, temperature: 2}).filter(({belongs}) => belongs);

  t.deepEqual(fitCalibration(ofOne), {shift: 0, temperature: 1});
  t.deepEqual(fitCalibration([]), {shift: 0, temperature: 1});
});
